// See run_options.h.
#include "cli/run_options.h"

#include "cli/host.h"

namespace stwasm::cli {

std::vector<Option> runOptions() {
  return {{"--eval", "-e", "EXPRESSION", "evaluate an expression and print its value"},
          {"--script", "", "FILE", "evaluate a file and print the value of its last statement"},
          {"--files", "", "DIR",
           "the image's folder /image is the folder DIR, where it reads, writes and\n"
           "saves itself; without it, the image writes to memory only and reads the\n"
           "files that its arguments name"},
          {"--network", "", "ORIGINS",
           "what the image may reach, separated by commas:\n"
           "'wss://example.org:8080', or '*.example.org' for any scheme"},
          {"--interpret-only", "", "", "run all code in the bytecode interpreter, none translated"},
          {"--interpret", "", "PATTERN", "methods to interpret although they are translated", true},
          {"--translate", "", "PATTERN",
           "methods to run translated after all. Patterns match the whole of\n"
           "'Class>>selector', * any text; of several options, later ones win",
           true},
          {"--mixed", "", "SEED", "interpret a half of all methods that the seed decides", true},
          {"--trace", "", "[=NAME,..]",
           "print each call that the image makes to the host (or those named)"},
          {"--debug", "", "", "show the JavaScript stack of an error"},
          {"--engine", "", "PATH",
           "the JavaScript engine; otherwise $STWASM_NODE, the Node that\n"
           "tools/setup fetched, or the node on PATH (25 or later)"}};
}

void appendRunOptions(const Arguments& arguments, std::vector<std::string>& words) {
  appendGiven(arguments, {"--eval", "--script", "--files", "--network"},
              {"--interpret-only", "--debug"}, words);
  if (auto calls = arguments.value("--trace"))
    words.push_back(calls->empty() ? "--trace" : "--trace=" + *calls);
  if (arguments.rest().empty()) return;
  words.emplace_back("--");
  words.insert(words.end(), arguments.rest().begin(), arguments.rest().end());
}

}  // namespace stwasm::cli
