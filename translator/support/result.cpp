// Results and diagnostics: rendering, and filling in what the caller knows.
#include "translator/support/result.h"

#include <llvm/Support/raw_ostream.h>

namespace stwasm {

char Diagnostic::ID = 0;

std::string Diagnostic::render() const {
  std::string text;
  if (!file.empty()) text += file + ": ";
  if (!method.empty()) text += method;
  if (pc >= 0) text += fmt::format("{}pc {}", method.empty() ? "" : " ", pc);
  if (!method.empty() || pc >= 0) text += ": ";
  text += message;
  if (!hint.empty()) text += " (hint: " + hint + ")";
  return text;
}

void Diagnostic::log(llvm::raw_ostream& stream) const { stream << render(); }

std::error_code Diagnostic::convertToErrorCode() const {
  return std::make_error_code(std::errc::invalid_argument);
}

Status fail(Diagnostic diagnostic) { return llvm::make_error<Diagnostic>(std::move(diagnostic)); }

Status inFile(Status status, std::string_view file) {
  return llvm::handleErrors(std::move(status), [&](std::unique_ptr<Diagnostic> diagnostic) {
    if (diagnostic->file.empty()) diagnostic->file = file;
    return Status(std::move(diagnostic));
  });
}

Status inMethod(Status status, std::string_view method, int firstPc) {
  return llvm::handleErrors(std::move(status), [&](std::unique_ptr<Diagnostic> diagnostic) {
    if (diagnostic->method.empty()) {
      diagnostic->method = method;
      if (diagnostic->pc >= 0) diagnostic->pc += firstPc;
    }
    return Status(std::move(diagnostic));
  });
}

std::string render(Status status) { return llvm::toString(std::move(status)); }

}  // namespace stwasm
