// See signature_types.h.
#include "translator/link/signature_types.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace stwasm::link {
namespace {

constexpr std::string_view kFunction = "(func $";
constexpr std::string_view kSpace = " \n\t";

// The list in parentheses that begins there; empty where none does.
std::string_view listAt(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '(') return {};
  int depth = 0;
  for (size_t i = at; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return text.substr(at, i + 1 - at);
  }
  return {};
}

// The value types in "(param $name eqref)" or "(result i32 (ref $Slots))".
void addTypes(std::string_view list, std::vector<std::string>& types) {
  size_t at = list.find_first_of(kSpace);
  while ((at = list.find_first_not_of(kSpace, at)) < list.size() - 1) {
    const std::string_view reference = listAt(list, at);
    const size_t end = reference.empty() ? list.find_first_of(" \n\t)", at) : at + reference.size();
    if (list[at] != '$') types.emplace_back(list.substr(at, end - at));
    at = end;
  }
}

// "(ref null $Context)" as a part of a name.
std::string shortName(const std::string& type) {
  const size_t name = type.find('$');
  if (name == std::string::npos) return type.front() == '(' ? "ref" : type;
  return type.substr(name + 1, type.find(')', name) - name - 1);
}

std::string joined(const std::vector<std::string>& types) {
  std::string out;
  for (const std::string& each : types) out += (out.empty() ? "" : ".") + shortName(each);
  return out;
}

struct Signature {
  std::vector<std::string> parameters;
  std::vector<std::string> results;
  bool isDeclared = false;  // it names its type

  bool operator<(const Signature& other) const {
    return std::tie(parameters, results) < std::tie(other.parameters, other.results);
  }
};

// Of the function whose name begins there.
Signature signatureAt(std::string_view text, size_t at) {
  Signature signature;
  at = text.find_first_of(" \n\t()", at);
  for (;;) {
    at = text.find_first_not_of(kSpace, at);
    const std::string_view rest = text.substr(std::min(at, text.size()));
    const bool isHead = rest.starts_with("(param") || rest.starts_with("(result") ||
                        rest.starts_with("(export") || rest.starts_with("(type");
    if (!isHead) return signature;
    const std::string_view list = listAt(text, at);
    if (rest.starts_with("(param")) addTypes(list, signature.parameters);
    if (rest.starts_with("(result")) addTypes(list, signature.results);
    if (rest.starts_with("(type")) signature.isDeclared = true;
    at += list.size();
  }
}

}  // namespace

std::string signatureTypes(const std::vector<std::string_view>& texts) {
  std::set<Signature> known;
  std::set<std::string> names;
  std::string out;
  for (const std::string_view text : texts) {
    for (size_t at = text.find(kFunction); at != std::string_view::npos;
         at = text.find(kFunction, at + 1)) {
      const Signature signature = signatureAt(text, at + kFunction.size());
      if (signature.isDeclared || !known.insert(signature).second) continue;
      std::string name =
          fmt::format("{}->{}", joined(signature.parameters), joined(signature.results));
      while (!names.insert(name).second) name += '\'';
      out += fmt::format("(type ${} (func (param {}) (result {})))\n", name,
                         fmt::join(signature.parameters, " "), fmt::join(signature.results, " "));
    }
  }
  return out;
}

}  // namespace stwasm::link
