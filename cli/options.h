// Command-line options of a subcommand: declared once in a table, from which both the parser and
// the help text are made.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "translator/support/result.h"

namespace stwasm::cli {

struct Option {
  std::string_view name;       // "--output"
  std::string_view shortName;  // "-o", may be empty
  // "OUT"; empty: the option takes no value; "[=NAME]": it may take one, joined with '='.
  std::string_view placeholder;
  std::string_view text;    // for the help; lines are wrapped by hand
  bool repeatable = false;  // may be given several times: see Arguments::occurrences
};

struct Example {
  std::string_view command;
  std::string_view text;
};

// What a subcommand is called with, and what its help says.
struct CommandSpec {
  std::string_view name;
  std::string_view summary;    // one line, for the list of subcommands
  std::string_view arguments;  // for the usage line: "IMAGE [PATTERN]"
  std::string_view description;
  std::size_t minArguments = 0;
  std::size_t maxArguments = 0;
  std::vector<Option> options;
  std::vector<std::string_view> required;  // options that have to be given
  // Pairs of options that cannot both be given.
  std::vector<std::pair<std::string_view, std::string_view>> exclusive;
  std::vector<Example> examples;
  std::string_view exitCodes = "0 success, 1 a failure in the input, 2 wrong usage";
  bool takesRest = false;  // arguments after "--" belong to somebody else
};

class Arguments {
 public:
  const std::string& positional(std::size_t index) const { return positional_[index]; }
  std::size_t positionalCount() const { return positional_.size(); }
  bool has(std::string_view option) const { return values_.count(option) > 0; }
  // The option's value; nothing when it was not given.
  std::optional<std::string> value(std::string_view option) const;
  // Repeatable options and their values, in the order in which they were given.
  const std::vector<std::pair<std::string, std::string>>& occurrences() const {
    return occurrences_;
  }
  const std::vector<std::string>& rest() const { return rest_; }

 private:
  friend class ArgumentParser;

  std::vector<std::string> positional_;
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::pair<std::string, std::string>> occurrences_;
  std::vector<std::string> rest_;
};

// A mistake in how the command was called: main adds the usage line and exits with 2.
class UsageMistake : public llvm::ErrorInfo<UsageMistake, Diagnostic> {
 public:
  static char ID;  // NOLINT(readability-identifier-naming): LLVM's name for the error's type
  using ErrorInfo::ErrorInfo;
};
Status wrongUsage(std::string message, std::string hint = "");

// Fails with a UsageMistake.
Result<Arguments> parseArguments(const CommandSpec& spec, std::span<const char* const> words);

std::string usageLine(const CommandSpec& spec);
std::string helpText(const CommandSpec& spec);

}  // namespace stwasm::cli
