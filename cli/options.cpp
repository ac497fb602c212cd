// Parsing of a subcommand's options, and its help text: see options.h.
#include "cli/options.h"

#include <algorithm>

#include <fmt/format.h>

#include "translator/support/text.h"

namespace stwasm::cli {

char UsageMistake::ID = 0;

Status wrongUsage(std::string message, std::string hint) {
  return llvm::make_error<UsageMistake>(std::move(message), "", "", -1, std::move(hint));
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = values_.find(option);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

class ArgumentParser {
 public:
  ArgumentParser(const CommandSpec& spec, std::span<const char* const> words)
      : spec_(spec), words_(words) {}

  Result<Arguments> parse() {
    while (next_ < words_.size()) {
      const std::string_view word = words_[next_++];
      if (word == "--") {
        if (Status status = takeRest()) return status;
      } else if (word.size() > 1 && word[0] == '-') {
        if (Status status = takeOption(word)) return status;
      } else {
        arguments_.positional_.emplace_back(word);
      }
    }
    if (Status status = checkCount()) return status;
    if (Status status = checkCombination()) return status;
    return std::move(arguments_);
  }

 private:
  Status takeRest() {
    if (!spec_.takesRest) return wrongUsage("nothing can follow --");
    arguments_.rest_.assign(words_.begin() + static_cast<std::ptrdiff_t>(next_), words_.end());
    next_ = words_.size();
    return Status::success();
  }

  // "--name", "--name value", "--name=value", "-n", "-n value", "-nvalue".
  Status takeOption(std::string_view word) {
    const std::size_t nameEnd = word.starts_with("--") ? word.find('=') : 2;
    const bool joined = nameEnd < word.size();
    const std::string_view name = word.substr(0, nameEnd);
    const Option* option = find(name);
    if (option == nullptr) return unknown(name);
    std::string value;
    const bool takesNone = option->placeholder.empty();
    if (joined) {
      if (takesNone) return wrongUsage(fmt::format("{} takes no value", name));
      value = word.substr(word[1] == '-' ? nameEnd + 1 : nameEnd);
    } else if (!takesNone && option->placeholder[0] != '[') {
      if (next_ == words_.size()) {
        return wrongUsage(fmt::format("{0} needs a value: {0} {1}", name, option->placeholder));
      }
      value = words_[next_++];
    }
    if (option->repeatable) {
      arguments_.occurrences_.emplace_back(option->name, std::move(value));
      return Status::success();
    }
    if (!arguments_.values_.emplace(option->name, std::move(value)).second) {
      return wrongUsage(fmt::format("{} is given twice", option->name));
    }
    return Status::success();
  }

  const Option* find(std::string_view name) const {
    const auto found =
        std::find_if(spec_.options.begin(), spec_.options.end(),
                     [&](const Option& o) { return o.name == name || o.shortName == name; });
    return found == spec_.options.end() || name.empty() ? nullptr : &*found;
  }

  Status unknown(std::string_view name) const {
    std::vector<std::string> names;
    for (const Option& option : spec_.options) names.emplace_back(option.name);
    return wrongUsage(fmt::format("there is no option {}", name),
                      suggestion(closestNames(name, names, 1)));
  }

  Status checkCount() const {
    const std::size_t count = arguments_.positional_.size();
    if (count < spec_.minArguments) return wrongUsage("too few arguments");
    if (count > spec_.maxArguments) {
      return wrongUsage(
          fmt::format("what is '{}' for?", arguments_.positional_[spec_.maxArguments]));
    }
    return Status::success();
  }

  Status checkCombination() const {
    for (const std::string_view name : spec_.required) {
      if (!arguments_.has(name)) return wrongUsage(fmt::format("{} is missing", name));
    }
    for (const auto& [one, other] : spec_.exclusive) {
      if (arguments_.has(one) && arguments_.has(other)) {
        return wrongUsage(fmt::format("{} and {} exclude each other", one, other));
      }
    }
    return Status::success();
  }

  const CommandSpec& spec_;
  std::span<const char* const> words_;
  std::size_t next_ = 0;
  Arguments arguments_;
};

Result<Arguments> parseArguments(const CommandSpec& spec, std::span<const char* const> words) {
  return ArgumentParser(spec, words).parse();
}

std::string usageLine(const CommandSpec& spec) {
  return fmt::format("usage: stwasm {} {}", spec.name, spec.arguments);
}

namespace {

std::string optionHead(const Option& option) {
  std::string head = option.shortName.empty() ? "" : std::string(option.shortName) + ", ";
  head += option.name;
  if (!option.placeholder.empty() && option.placeholder[0] != '[') head += ' ';
  head += option.placeholder;
  return head;
}

// The text beside its head, each further line under the first.
std::string entry(std::string_view head, std::string_view text, std::size_t width) {
  std::string result = fmt::format("  {:<{}}  ", head, width);
  for (char c : text) {
    result += c;
    if (c == '\n') result += std::string(width + 4, ' ');
  }
  return result + '\n';
}

}  // namespace

std::string helpText(const CommandSpec& spec) {
  std::string text = fmt::format("{}\n\n{}\n\noptions\n", usageLine(spec), spec.description);
  std::vector<Option> options = spec.options;
  options.push_back({"--help", "-h", "", "this text"});
  std::size_t width = 0;
  for (const Option& option : options) width = std::max(width, optionHead(option).size());
  for (const Option& option : options) text += entry(optionHead(option), option.text, width);
  text += "\nexamples\n";
  for (const Example& example : spec.examples) {
    text += fmt::format("  {}\n      {}\n", example.command, example.text);
  }
  return text + fmt::format("\nexit codes\n  {}\n", spec.exitCodes);
}

}  // namespace stwasm::cli
