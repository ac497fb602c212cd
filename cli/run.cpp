// stwasm run: starts a JavaScript engine with the host that `build` put beside the translated
// image.
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/host.h"

namespace stwasm::cli {

namespace {

// The host understands the same options, save --engine.
Result<int> run(const Arguments& arguments) {
  std::vector<std::string> words{"run"};
  appendGiven(arguments,
              {"--eval", "--script", "--files", "--network", "--screenshot", "--seconds"},
              {"--interpret-only", "--stats", "--debug"}, words);
  if (auto calls = arguments.value("--trace")) {
    words.push_back(calls->empty() ? "--trace" : "--trace=" + *calls);
  }
  if (!arguments.rest().empty()) {
    words.emplace_back("--");
    words.insert(words.end(), arguments.rest().begin(), arguments.rest().end());
  }
  return startHost(arguments, words);
}

}  // namespace

Command runCommand() {
  CommandSpec spec;
  spec.name = "run";
  spec.summary = "run a translated image";
  spec.arguments = "OUT [options] [-- image arguments]";
  spec.description =
      "Starts the image that `stwasm build` translated into the folder OUT, as its virtual "
      "machine\n"
      "would: its saved process resumes and its start-up list runs. With --eval or --script, the\n"
      "code is compiled by the image's own Compiler, the printString of its value is the last "
      "line\n"
      "of standard output, and the image exits.\n"
      "\n"
      "This starts Node with OUT/stwasm.mjs; `node OUT/stwasm.mjs run [options]` is the same.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = {
      {"--eval", "-e", "EXPRESSION", "evaluate an expression and print its value"},
      {"--script", "", "FILE", "evaluate a file and print the value of its last statement"},
      {"--files", "", "DIR",
       "the image's folder /image is the folder DIR, where it reads, writes and\n"
       "saves itself; without it, the image writes to memory only and reads the\n"
       "files that its arguments name"},
      {"--network", "", "ORIGINS",
       "what the image may reach, separated by commas: 'wss://example.org:8080',\n"
       "or '*.example.org' for any scheme"},
      {"--screenshot", "", "FILE",
       "write the image's Display to a PNG file after --seconds, and exit"},
      {"--seconds", "", "NUMBER", "how long the image runs before that (10)"},
      {"--interpret-only", "", "", "run all code in the bytecode interpreter, none translated"},
      {"--interpret", "", "PATTERN", "methods to interpret although they are translated", true},
      {"--translate", "", "PATTERN",
       "methods to run translated after all. Patterns match the whole of\n"
       "'Class>>selector', * any text; of several options, later ones win",
       true},
      {"--mixed", "", "SEED", "interpret a half of all methods that the seed decides", true},
      {"--stats", "", "", "at the end list primitives that were called, missing or failed"},
      {"--trace", "", "[=NAME,..]",
       "print each call that the image makes to the host (or those named)"},
      {"--debug", "", "", "show the JavaScript stack of an error"},
      {"--engine", "", "PATH",
       "the JavaScript engine; otherwise $STWASM_NODE, the Node that\n"
       "tools/setup fetched, or the node on PATH (25 or later)"}};
  spec.exitCodes =
      "the image's own; 1 an unhandled error or a folder that cannot be loaded, 2 wrong usage,\n"
      "  70 the image stopped on a trap";
  spec.exclusive = {{"--eval", "--script"}};
  spec.takesRest = true;
  spec.examples = {
      {"stwasm run out --eval '3 + 4'", "prints 7"},
      {"stwasm run out --script tests.st -- --verbose", "--verbose is the image's own argument"},
      {"stwasm run out --interpret-only --eval '30 benchFib'", "how fast the interpreter is"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
