// The command `stwasm`: finds the subcommand, parses its options, prints its failures.
#include <array>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <llvm/Config/llvm-config.h>

#include "cli/command.h"
#include "translator/support/text.h"

namespace {

using stwasm::cli::Arguments;
using stwasm::cli::Command;

constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kUsage = 2;

using Words = std::span<const char* const>;

std::vector<Command> commands() {
  using namespace stwasm::cli;  // NOLINT(google-build-using-namespace)
  return {buildCommand(),   runCommand(),  profileCommand(), serveCommand(),
          verifyCommand(),  infoCommand(), methodsCommand(), disassembleCommand(),
          inspectCommand(), sizeCommand(), composeCommand()};
}

std::string overview(const std::vector<Command>& all) {
  std::string text =
      "usage: stwasm COMMAND [arguments]\n\n"
      "Translates Smalltalk images to WebAssembly GC ahead of time, and runs the result.\n\n"
      "commands\n";
  for (const Command& command : all) {
    text += fmt::format("  {:<12} {}\n", command.spec.name, command.spec.summary);
  }
  return text +
         "\n`stwasm COMMAND --help` explains one of them; `stwasm --version` says what this is.\n"
         "\nexamples\n"
         "  stwasm build cuis.image -o out\n"
         "  stwasm run out --eval '1000 factorial printString size'\n"
         "\nexit codes\n"
         "  0 success, 1 a failure in the input, 2 wrong usage; those of run are the image's own\n";
}

bool asksForHelp(Words words) {
  for (const std::string_view word : words) {
    if (word == "--") return false;
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

int printUsage(std::string_view text) {
  fmt::print(stderr, "{}\n", text);
  return kUsage;
}

int explain(const Command& command, stwasm::Status failure) {
  const bool usage = failure.isA<stwasm::cli::UsageMistake>();
  fmt::print(stderr, "stwasm {}: {}\n", command.spec.name, stwasm::render(std::move(failure)));
  if (!usage) return kFailure;
  return printUsage(fmt::format("{}\n`stwasm {} --help` explains it", usageLine(command.spec),
                                command.spec.name));
}

int runCommand(const Command& command, Words words) {
  if (asksForHelp(words)) {
    fmt::print("{}", stwasm::cli::helpText(command.spec));
    return kSuccess;
  }
  stwasm::Result<Arguments> arguments = stwasm::cli::parseArguments(command.spec, words);
  if (!arguments) return explain(command, arguments.takeError());
  stwasm::Result<int> code = command.run(*arguments);
  if (!code) return explain(command, code.takeError());
  return *code;
}

int noSuchCommand(std::string_view name, const std::vector<Command>& all) {
  std::vector<std::string> names;
  for (const Command& command : all) names.emplace_back(command.spec.name);
  std::string text = fmt::format("stwasm: there is no command '{}'", name);
  const std::vector<std::string> near = stwasm::closestNames(name, names, 1);
  if (!near.empty()) text += fmt::format(" (hint: {})", stwasm::suggestion(near));
  return printUsage(text + "\n`stwasm --help` lists the commands");
}

const Command* findCommand(std::string_view name, const std::vector<Command>& all) {
  for (const Command& command : all) {
    if (command.spec.name == name) return &command;
  }
  return nullptr;
}

int dispatch(Words words) {
  const std::vector<Command> all = commands();
  if (words.empty()) return printUsage(overview(all));
  std::string_view name = words.front();
  words = words.subspan(1);
  if (name == "--version") {
    fmt::print("stwasm {} (LLVM {})\n", STWASM_VERSION, LLVM_VERSION_STRING);
    return kSuccess;
  }
  const bool helpAbout = name == "help" && !words.empty();
  if (helpAbout) name = words.front();
  if (name == "--help" || name == "-h" || name == "help") {
    fmt::print("{}", overview(all));
    return kSuccess;
  }
  const Command* command = findCommand(name, all);
  if (command == nullptr) return noSuchCommand(name, all);
  static constexpr std::array<const char*, 1> kHelp{"--help"};
  return runCommand(*command, helpAbout ? Words(kHelp) : words);
}

}  // namespace

int main(int argc, char** argv) {
  return dispatch(Words(argv, static_cast<std::size_t>(argc)).subspan(1));
}
