// See template.h.
#include "translator/link/template.h"

#include <charconv>
#include <map>
#include <vector>

#include "translator/emit/program.h"

namespace stwasm::link {
namespace {

constexpr std::string_view kRepeat = ";;@repeat ";
constexpr std::string_view kEnd = ";;@end";
constexpr std::string_view kIf = ";;@if ";
constexpr std::string_view kElse = ";;@else";
constexpr std::string_view kEndIf = ";;@endif";
constexpr std::string_view kEach = "@each{";

void replaceAll(std::string& text, std::string_view from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// @each{...} once for each @i below n, then the plain placeholders.
std::string expandBlock(std::string block, int n) {
  for (size_t at = block.find(kEach); at != std::string::npos; at = block.find(kEach, at)) {
    const size_t close = block.find('}', at);
    if (close == std::string::npos) break;
    const std::string item = block.substr(at + kEach.size(), close - at - kEach.size());
    std::string all;
    for (int i = 0; i < n; ++i) {
      std::string one = item;
      replaceAll(one, "@i", std::to_string(i));
      all += one;
    }
    block.replace(at, close + 1 - at, all);
  }
  replaceAll(block, "@n", std::to_string(n));
  replaceAll(block, "@+", std::to_string(n + 1));
  replaceAll(block, "@-", std::to_string(n - 1));
  return block;
}

bool readNumber(std::string_view& text, int& number) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return true;
}

Status malformed(std::string_view fileName, size_t line) {
  return fail(Diagnostic(fmt::format("malformed template directive in line {}", line),
                         std::string(fileName)));
}

// Which lines stand in the text: follows ;;@if, ;;@else and ;;@endif.
class ConditionSwitch {
 public:
  explicit ConditionSwitch(const TemplateConditions& conditions)
      : values_{{"WORD32", conditions.wordSize == 4},
                {"WORD64", conditions.wordSize == 8},
                {"INSTRUMENTED", conditions.instrumented},
                {"RECORDED", conditions.recorded}} {}

  // Whether the line was one of the directives.
  bool takes(std::string_view line) {
    if (line.starts_with(kIf)) {
      line.remove_prefix(kIf.size());
      const auto value = values_.find(line.substr(0, line.find_first_of(" \n")));
      wellFormed_ = state_ == State::kOutside && value != values_.end();
      state_ = wellFormed_ && value->second ? State::kKeeps : State::kSkips;
    } else if (line.starts_with(kElse)) {
      wellFormed_ = state_ != State::kOutside;
      state_ = state_ == State::kSkips ? State::kKeeps : State::kSkips;
    } else if (line.starts_with(kEndIf)) {
      wellFormed_ = state_ != State::kOutside;
      state_ = State::kOutside;
    } else {
      return false;
    }
    return true;
  }
  bool wellFormed() const { return wellFormed_; }
  bool skips() const { return state_ == State::kSkips; }
  bool isOpen() const { return state_ != State::kOutside; }

 private:
  enum class State : uint8_t { kOutside, kKeeps, kSkips };

  std::map<std::string_view, bool> values_;
  State state_ = State::kOutside;
  bool wellFormed_ = true;
};

}  // namespace

Result<std::string> expandTemplate(std::string_view text, std::string_view fileName,
                                   const TemplateConditions& conditions) {
  std::string source(text);
  ConditionSwitch conditionSwitch(conditions);
  replaceAll(source, "@MAX_FIXED", std::to_string(emit::kMaxFixedSlots));
  std::string out;
  std::string block;
  int low = 0;
  int high = 0;
  bool inBlock = false;
  size_t lineNumber = 0;
  for (size_t at = 0; at < source.size();) {
    const size_t newline = std::min(source.find('\n', at), source.size() - 1);
    std::string_view line(source.data() + at, newline + 1 - at);
    at = newline + 1;
    ++lineNumber;
    if (conditionSwitch.takes(line)) {
      if (!conditionSwitch.wellFormed()) return malformed(fileName, lineNumber);
    } else if (conditionSwitch.skips()) {
      continue;
    } else if (line.starts_with(kRepeat)) {
      line.remove_prefix(kRepeat.size());
      if (inBlock || !readNumber(line, low) || !readNumber(line, high))
        return malformed(fileName, lineNumber);
      inBlock = true;
      block.clear();
    } else if (line.starts_with(kEnd)) {
      if (!inBlock) return malformed(fileName, lineNumber);
      for (int n = low; n <= high; ++n) out += expandBlock(block, n);
      inBlock = false;
    } else {
      (inBlock ? block : out) += line;
    }
  }
  if (inBlock || conditionSwitch.isOpen()) return malformed(fileName, lineNumber);
  return out;
}

}  // namespace stwasm::link
