// See branch_hints.h.
#include "translator/emit/branch_hints.h"

#include <algorithm>
#include <array>

namespace stwasm::emit {
namespace {

constexpr std::string_view kRare = "(@metadata.code.branch_hint \"\\00\") ";
constexpr std::string_view kCommon = "(@metadata.code.branch_hint \"\\01\") ";

constexpr std::string_view kBranch = "br_if ";
constexpr std::array<std::string_view, 6> kRareLabels = {"$general", "$other", "$unwound",
                                                         "$send",    "$slow",  "$shared"};

struct Condition {
  std::string_view beginning;
  std::string_view hint;
};
constexpr std::array<Condition, 7> kConditions = {{
    {"(if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit))", kRare},
    {"(if (i32.ge_s (local.tee $fuel ", kCommon},
    {"(if (i32.ge_u (i32.load offset=", kRare},  // guesses that failed too often
    {"(if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000))", kRare},  // overflow
    {"(if (call $may_learn ", kRare},
    {"(if (ref.test (ref $Float) ", kCommon},  // in runs of Float operations
    {"(if (result eqref) (i32.eq (call $class_index_of ",
     kCommon},  // the class that the site knows
}};

bool startsWith(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

std::string_view hintOf(std::string_view instruction) {
  if (startsWith(instruction, "(")) {
    for (const Condition& condition : kConditions)
      if (startsWith(instruction, condition.beginning)) return condition.hint;
    instruction.remove_prefix(1);
  }
  if (!startsWith(instruction, kBranch)) return {};
  instruction.remove_prefix(kBranch.size());
  const bool isRare =
      std::any_of(kRareLabels.begin(), kRareLabels.end(),
                  [&](std::string_view label) { return startsWith(instruction, label); });
  return isRare ? kRare : std::string_view();
}

// Where the next branch or `if` may begin, from `at` on.
size_t nextCandidate(std::string_view text, size_t at) {
  const size_t branch = text.find(kBranch, at);
  const size_t condition = text.find("(if ", at);
  if (branch == std::string_view::npos || condition < branch) return condition;
  return branch > at && text[branch - 1] == '(' ? branch - 1 : branch;
}

}  // namespace

std::string withBranchHints(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  size_t done = 0;
  for (size_t at = nextCandidate(text, 0); at != std::string_view::npos;) {
    const size_t lineStart = text.rfind('\n', at) + 1;
    const bool isComment = startsWith(text.substr(text.find_first_not_of(' ', lineStart)), ";;");
    out += text.substr(done, at - done);
    if (!isComment) out += hintOf(text.substr(at));
    done = at;
    at = nextCandidate(text, at + kBranch.size());
  }
  out += text.substr(done);
  return out;
}

}  // namespace stwasm::emit
