// stwasm run: starts a JavaScript engine with the host that `build` put beside the translated
// image.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include "cli/command.h"
#include "cli/engine.h"

namespace stwasm::cli {

namespace {

constexpr const char* kHost = "stwasm.mjs";

// The host understands the same options, save --engine.
std::vector<std::string> hostArguments(const Arguments& arguments) {
  std::vector<std::string> words{"run"};
  for (const char* option : {"--eval", "--script", "--files"}) {
    if (auto value = arguments.value(option)) words.insert(words.end(), {option, *value});
  }
  for (const char* flag : {"--interpret-only", "--stats", "--debug"}) {
    if (arguments.has(flag)) words.emplace_back(flag);
  }
  for (const auto& [option, value] : arguments.occurrences()) {
    words.insert(words.end(), {option, value});
  }
  if (auto calls = arguments.value("--trace")) {
    words.push_back(calls->empty() ? "--trace" : "--trace=" + *calls);
  }
  if (!arguments.rest().empty()) {
    words.emplace_back("--");
    words.insert(words.end(), arguments.rest().begin(), arguments.rest().end());
  }
  return words;
}

// Does not return when it succeeds: the engine takes this process's place.
Status execute(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  std::fflush(nullptr);
  execv(pointers[0], pointers.data());
  return fail("cannot start {}: {}", words[0], std::strerror(errno));
}

Result<int> run(const Arguments& arguments) {
  const std::string& folder = arguments.positional(0);
  const std::string host = folder + "/" + kHost;
  if (!llvm::sys::fs::exists(host)) {
    return fail(Diagnostic("is no translated image", folder)
                    .withHint(fmt::format("make one with `stwasm build IMAGE -o {}`", folder)));
  }
  Result<std::string> engine = findEngine(arguments.value("--engine"));
  if (!engine) return engine.takeError();
  std::vector<std::string> words{*engine};
  // Deno runs nothing without permission to read files.
  if (llvm::sys::path::stem(*engine) == "deno") words.insert(words.end(), {"run", "--allow-all"});
  words.push_back(host);
  for (std::string& word : hostArguments(arguments)) words.push_back(std::move(word));
  return execute(words);
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
       "the image's folder /image is the folder DIR, where it reads and writes;\n"
       "without it, the image writes to memory only and reads the files that its\n"
       "arguments name"},
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
