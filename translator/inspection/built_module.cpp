// See built_module.h.
#include "translator/inspection/built_module.h"

#include <string_view>

#include <fmt/format.h>

#include "translator/emit/function_text.h"
#include "translator/link/module.h"
#include "translator/support/text.h"

namespace stwasm::inspection {

namespace {

constexpr std::string_view kFunctionStart = "\n (func $";
constexpr std::string_view kFunctionEnd = "\n )";

// "$name" or, where a name has odd characters, "$\"name\"": up to its end.
std::string nameAt(std::string_view text) {
  if (text.starts_with('"')) return std::string(text.substr(1, text.find('"', 1) - 1));
  return std::string(text.substr(0, text.find_first_of(" \n)")));
}

// Blocks and loop entries are named after their method: see the emitter.
bool belongsTo(std::string_view function, std::string_view method) {
  return function == method ||
         (function.starts_with(method) && function.substr(method.size()).starts_with('@'));
}

}  // namespace

Result<BuiltModule> BuiltModule::parse(const std::string& wasm) {
  auto text = link::textOf(wasm);
  if (!text) return text.takeError();
  BuiltModule module;
  size_t at = text->find(kFunctionStart);
  while (at != std::string::npos) {
    const size_t end = text->find(kFunctionEnd, at);
    if (end == std::string::npos) break;
    const std::string_view function =
        std::string_view(*text).substr(at + 1, end + kFunctionEnd.size() - at - 1);
    module.functions_.push_back(
        {nameAt(function.substr(kFunctionStart.size() - 1)), std::string(function)});
    at = text->find(kFunctionStart, end);
  }
  return module;
}

Result<std::string> BuiltModule::functionsOf(const std::string& method) const {
  const std::string wanted = emit::watName(method);
  std::string out;
  std::vector<std::string> names;
  for (const Function& function : functions_) {
    names.push_back(function.name);
    if (belongsTo(function.name, wanted)) out += function.text + '\n';
  }
  if (!out.empty()) return out;
  std::string hint = suggestion(closestNames(wanted, names));
  if (hint.empty()) hint = "build with --names to keep the names of methods";
  return fail(
      Diagnostic(fmt::format("no function of {} is left in the module", method)).withHint(hint));
}

std::string BuiltModule::functionsWith(const std::string& text) const {
  std::string out;
  for (const Function& function : functions_)
    if (function.name.find(text) != std::string::npos ||
        function.text.find(text) != std::string::npos)
      out += function.text + '\n';
  return out;
}

}  // namespace stwasm::inspection
