// See instrumentation.h.
#include "translator/link/instrumentation.h"

#include <set>

namespace stwasm::link {
namespace {

constexpr std::string_view kType = "(type $";
constexpr std::string_view kClassIndex = "(field $classIndex";
constexpr std::string_view kNew = "(struct.new $";
constexpr std::string_view kGlobal = "\n(global ";
constexpr std::string_view kSpace = " \n";

std::string_view nameAt(std::string_view text, size_t at) {
  return text.substr(at, text.find_first_of(" \n()", at) - at);
}

std::set<std::string_view> objectTypes(std::string_view types) {
  std::set<std::string_view> names;
  for (size_t at = types.find(kType); at != std::string_view::npos;) {
    const size_t next = types.find(kType, at + 1);
    const std::string_view declaration = types.substr(at, next - at);
    if (declaration.find(kClassIndex) != std::string_view::npos)
      names.insert(nameAt(types, at + kType.size()));
    at = next;
  }
  return names;
}

// Behind the expression in parentheses that begins at `at`; npos when there is none.
size_t endOfExpression(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '(') return std::string_view::npos;
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

// A global's initial value has to stay a constant. Functions and globals begin their lines.
bool isInGlobal(std::string_view text, size_t at) {
  const size_t form = text.rfind("\n(", at);
  return form != std::string_view::npos && text.substr(form).starts_with(kGlobal);
}

}  // namespace

Result<std::string> countAllocations(std::string_view functions, std::string_view types) {
  const std::set<std::string_view> objects = objectTypes(types);
  std::string out;
  out.reserve(functions.size() + functions.size() / 16);
  size_t done = 0;
  for (size_t at = functions.find(kNew); at != std::string_view::npos;
       at = functions.find(kNew, at + 1)) {
    const std::string_view name = nameAt(functions, at + kNew.size());
    if (!objects.contains(name) || isInGlobal(functions, at)) continue;
    const size_t first = functions.find_first_not_of(kSpace, at + kNew.size() + name.size());
    const size_t end = endOfExpression(functions, first);
    if (end == std::string_view::npos)
      return fail("internal error: the class index of a new ${} is no expression", name);
    out += functions.substr(done, first - done);
    out += "(call $count_allocation ";
    out += functions.substr(first, end - first);
    out += ')';
    done = end;
  }
  out += functions.substr(done);
  return out;
}

}  // namespace stwasm::link
