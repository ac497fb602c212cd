// stwasm run: starts a JavaScript engine with the host that `build` put beside the translated
// image.
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/host.h"
#include "cli/instrumented.h"
#include "cli/run_options.h"

namespace stwasm::cli {

namespace {

// The host understands the same options, save --engine.
Result<int> run(const Arguments& arguments) {
  std::vector<std::string> words{"run"};
  const auto report = arguments.value("--profile-report");
  if (report) words.push_back(report->empty() ? "--profile-report" : "--profile-report=" + *report);
  if (arguments.has("--stats")) words.emplace_back("--stats");
  for (const char* option : {"--screenshot", "--seconds"})
    if (auto value = arguments.value(option)) words.insert(words.end(), {option, *value});
  appendRunOptions(arguments, words);
  return report ? startInstrumented(arguments, words) : startHost(arguments, words);
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
  spec.options = runOptions();
  spec.options.insert(
      spec.options.begin() + 4,
      {{"--screenshot", "", "FILE",
        "write the image's Display to a PNG file after --seconds, and exit"},
       {"--seconds", "", "NUMBER", "how long the image runs before that (10), or is profiled"},
       {"--profile-report", "", "[=PREFIX]",
        "of a folder that was built with --instrument, or of an image, which is\n"
        "built for it: print at the end what was executed and where the time\n"
        "went; with a prefix, all of it as PREFIX.json and PREFIX.html"},
       {"--stats", "", "", "at the end list primitives that were called, missing or failed"}});
  spec.exitCodes =
      "the image's own; 1 an unhandled error or a folder that cannot be loaded, 2 wrong usage,\n"
      "  70 the image stopped on a trap";
  spec.exclusive = {{"--eval", "--script"},
                    {"--profile-report", "--screenshot"},
                    {"--profile-report", "--stats"}};
  spec.takesRest = true;
  spec.examples = {
      {"stwasm run out --eval '3 + 4'", "prints 7"},
      {"stwasm run out --script tests.st -- --verbose", "--verbose is the image's own argument"},
      {"stwasm run cuis.image --profile-report=fib --eval '27 benchFib'",
       "tables; fib.json, and fib.html with a flame graph"},
      {"stwasm run out --interpret-only --eval '30 benchFib'", "how fast the interpreter is"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
