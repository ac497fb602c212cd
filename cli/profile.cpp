// stwasm profile: runs an instrumented build and writes what it counted.
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/instrumented.h"
#include "cli/run_options.h"

namespace stwasm::cli {

namespace {

Result<int> run(const Arguments& arguments) {
  std::vector<std::string> words{"profile", "--output", *arguments.value("--output")};
  if (auto seconds = arguments.value("--seconds"))
    words.insert(words.end(), {"--seconds", *seconds});
  appendRunOptions(arguments, words);
  return startInstrumented(arguments, words);
}

}  // namespace

Command profileCommand() {
  CommandSpec spec;
  spec.name = "profile";
  spec.summary = "run an image and write what it did, for a better build";
  spec.arguments = "OUT|IMAGE -o FILE [options] [-- image arguments]";
  spec.description =
      "Runs a folder that was built with --instrument as `stwasm run` would, and writes a profile: "
      "the\n"
      "classes of receivers and the blocks at each send, how often methods and blocks ran, which "
      "way\n"
      "jumps went. `stwasm build IMAGE -o OUT --profile FILE` reads it. An image is built for it "
      "first,\n"
      "without optimisation, into a folder that is gone afterwards.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = runOptions();
  spec.options.insert(spec.options.begin(),
                      {{"--output", "-o", "FILE", "the profile to write (required)"},
                       {"--seconds", "", "NUMBER", "end the run after so long"}});
  spec.required = {"--output"};
  spec.exclusive = {{"--eval", "--script"}};
  spec.exitCodes = "as for run";
  spec.takesRest = true;
  spec.examples = {
      {"stwasm profile cuis.image -o fib.profile --eval '30 benchFib'", "builds, runs, writes"},
      {"stwasm build cuis.image -o out --profile fib.profile", "a build that knows the program"},
      {"stwasm build cuis.image -o counting --instrument", "once, for several profiles"},
      {"stwasm profile counting -o start.profile --seconds 10", "what the image does by itself"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
