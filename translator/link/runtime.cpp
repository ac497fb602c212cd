// See runtime.h.
#include "translator/link/runtime.h"

#include <algorithm>
#include <array>

#include "translator/support/embedded_file.h"

namespace stwasm::link {
namespace {

constexpr std::string_view kPrimitivePrefix = "(func $primitive_";

// They ask the host for something that no primitive is for.
constexpr std::array<std::string_view, 6> kNoPrimitives = {"$interpret",    "$is_something_due",
                                                           "$report_fatal", "$cell_for",
                                                           "$cell_value",   "$finish_foreign_call"};

// Arguments of the function whose text starts at `at`: its eqref parameters less the receiver.
int countArguments(std::string_view text, size_t at) {
  int depth = 0;
  int count = -1;
  for (size_t i = at; i < text.size(); ++i) {
    if (text[i] == '(') {
      ++depth;
      const std::string_view rest = text.substr(i);
      if (depth == 2 && !rest.starts_with("(param") && !rest.starts_with("(export")) break;
    } else if (text[i] == ')') {
      --depth;
    } else if (text.substr(i).starts_with("eqref")) {
      ++count;
    }
  }
  return count;
}

// A number, or Module_name; helpers such as $primitive_number begin with a small letter.
bool isPrimitiveName(std::string_view name) {
  return !name.empty() && (name[0] == '_' || (name[0] >= '0' && name[0] <= '9') ||
                           (name[0] >= 'A' && name[0] <= 'Z'));
}

bool isNumber(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "121_0" is primitive 121 for methods without arguments.
std::string withoutSuffix(std::string_view name, int numArgs) {
  const std::string suffix = "_" + std::to_string(numArgs);
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return std::string(name);
}

using Callers = std::map<std::string, std::vector<std::string>>;

// What is called -> the functions that do.
Callers callersIn(std::string_view text) {
  Callers callers;
  std::string function;
  for (size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const std::string_view before = text.substr(0, at);
    const std::string name(text.substr(at, text.find_first_of(" \n()", at) - at));
    if (before.ends_with("(func ")) {
      function = name;
    } else if (before.ends_with("call ")) {
      callers[name].push_back(function);
    }
  }
  return callers;
}

// The functions that reach one of `targets` by calls, not by way of `others`.
std::set<std::string> reaching(const Callers& callers, std::vector<std::string> targets,
                               const std::set<std::string>& others) {
  std::set<std::string> found;
  while (!targets.empty()) {
    const auto callee = callers.find(targets.back());
    targets.pop_back();
    if (callee == callers.end()) continue;
    for (const std::string& caller : callee->second)
      if (!others.contains(caller) && found.insert(caller).second) targets.push_back(caller);
  }
  return found;
}

}  // namespace

Result<Runtime> Runtime::load(const TemplateConditions& conditions) {
  Runtime runtime;
  const auto append = [&conditions](std::string& to, const EmbeddedFile& file) -> Status {
    auto text = expandTemplate(file.text, file.name, conditions);
    if (!text) return text.takeError();
    to += *text;
    return Status::success();
  };
  // A supertype has to stand before its subtypes, so the order of these files matters.
  const std::vector<std::pair<std::string_view, std::string*>> parts = {
      {"arrays.wat", &runtime.arrayTypes_},      {"objects.wat", &runtime.structTypes_},
      {"activation.wat", &runtime.structTypes_}, {"profile.wat", &runtime.structTypes_},
      {"globals.wat", &runtime.globals_},        {"host.wat", &runtime.imports_},
  };
  const std::vector<EmbeddedFile> declarations = types::files();
  for (const auto& [name, part] : parts)
    for (const EmbeddedFile& file : declarations)
      if (file.name == name)
        if (Status status = append(*part, file)) return status;
  for (const EmbeddedFile& file : stwasm::runtime::files())
    if (file.name.ends_with(".wat"))
      if (Status status = append(runtime.functions_, file)) return status;
  runtime.findPrimitives();
  runtime.findReaching();
  return runtime;
}

void Runtime::findPrimitives() {
  const std::string_view text = functions_;
  for (size_t at = text.find(kPrimitivePrefix); at != std::string_view::npos;
       at = text.find(kPrimitivePrefix, at + 1)) {
    const size_t start = at + kPrimitivePrefix.size();
    const size_t end = text.find_first_of(" \n()", start);
    const std::string_view name = text.substr(start, end - start);
    if (!isPrimitiveName(name)) continue;
    const int numArgs = countArguments(text, at);
    primitives_.emplace(std::pair(withoutSuffix(name, numArgs), numArgs), name);
  }
  for (const auto& [primitive, function] : primitives_)
    if (!isNumber(primitive.first) &&
        (namedPrimitives_.empty() || namedPrimitives_.back() != primitive.first))
      namedPrimitives_.push_back(primitive.first);
}

// Whoever calls a primitive that reaches $begin_capture_again has to say whose primitive it is
// ($primitive_method); behind one that calls the host, whether that has failed ($stopping). What
// the host is asked on other occasions, such as a poll, is looked at by the next poll.
void Runtime::findReaching() {
  const Callers callers = callersIn(functions_);
  retrying_ = reaching(callers, {"$begin_capture_again"}, {});
  std::vector<std::string> imports;
  for (const auto& [function, unused] : callers)
    if (function.starts_with("$host_")) imports.push_back(function);
  callingHost_ = reaching(callers, imports, {kNoPrimitives.begin(), kNoPrimitives.end()});
}

std::optional<emit::PrimitiveFunction> Runtime::primitiveFunction(const std::string& primitive,
                                                                  int numArgs) const {
  const auto found = primitives_.find({primitive, numArgs});
  if (found == primitives_.end()) return std::nullopt;
  const std::string function = "$primitive_" + found->second;
  return emit::PrimitiveFunction{found->second, primitiveIndex(primitive),
                                 retrying_.contains(function), callingHost_.contains(function)};
}

uint32_t Runtime::primitiveIndex(const std::string& primitive) const {
  if (isNumber(primitive)) return static_cast<uint32_t>(std::stoul(primitive));
  const auto named = std::lower_bound(namedPrimitives_.begin(), namedPrimitives_.end(), primitive);
  return kFirstNamedPrimitive + static_cast<uint32_t>(named - namedPrimitives_.begin());
}

}  // namespace stwasm::link
