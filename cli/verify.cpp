// stwasm verify: runs a program interpreted and translated and compares both; the work is done by
// the host's verify.mjs.
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/host.h"

namespace stwasm::cli {

namespace {

Result<int> run(const Arguments& arguments) {
  if (!arguments.has("--eval") && !arguments.has("--script")) {
    return wrongUsage("what is to be run? give --eval or --script");
  }
  std::vector<std::string> words{"verify"};
  appendGiven(arguments, {"--eval", "--script"}, {"--debug"}, words);
  return startHost(arguments, words);
}

}  // namespace

Command verifyCommand() {
  CommandSpec spec;
  spec.name = "verify";
  spec.summary = "compare the interpreter with translated code on a program";
  spec.arguments = "OUT --eval EXPRESSION | --script FILE";
  spec.description =
      "Runs a program twice side by side, once in the bytecode interpreter and once in translated\n"
      "code, with the same clock and random numbers. After each top-level statement, and where "
      "the\n"
      "image waits, it compares the statement's value, the output, and the structure of all\n"
      "reachable objects. At the first difference it looks for the translated method that makes "
      "it,\n"
      "by running the program again with fewer and fewer methods translated, and for the calls in\n"
      "its body between which it goes wrong, and prints its Class>>selector and the pcs.";
  spec.minArguments = 1;
  spec.maxArguments = 1;
  spec.options = {
      {"--eval", "-e", "EXPRESSION", "the program as text"},
      {"--script", "", "FILE", "the program in a file"},
      {"--interpret", "", "PATTERN", "methods that both runs interpret", true},
      {"--translate", "", "PATTERN", "methods translated after all; later options win", true},
      {"--mixed", "", "SEED", "both runs interpret a half of all methods that the seed decides",
       true},
      {"--debug", "", "", "show the JavaScript stack of an error"},
      {"--engine", "", "PATH", "the JavaScript engine, as for run"}};
  spec.exclusive = {{"--eval", "--script"}};
  spec.exitCodes =
      "0 no difference, 1 a difference or a folder that cannot be loaded, 2 wrong usage";
  spec.examples = {{"stwasm verify out --eval '30 benchFib. 100 factorial'", "two statements"},
                   {"stwasm verify out --script tests.st", "a whole script"}};
  return {std::move(spec), run};
}

}  // namespace stwasm::cli
