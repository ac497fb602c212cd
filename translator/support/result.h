// Results and diagnostics: how every part of the translator reports that the input is wrong.
#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <llvm/Support/Error.h>

namespace stwasm {

template <class T>
using Result = llvm::Expected<T>;
using Status = llvm::Error;

// What is wrong, where, and a way out. Rendered as
//   file: Class>>selector pc N: message (hint: ...)
// where the parts that are not known are left out.
class Diagnostic : public llvm::ErrorInfo<Diagnostic> {
 public:
  static char ID;  // NOLINT(readability-identifier-naming): LLVM's name for the error's type

  explicit Diagnostic(std::string what, std::string inFile = "", std::string inMethod = "",
                      int atPc = -1, std::string wayOut = "")
      : message(std::move(what)),
        file(std::move(inFile)),
        method(std::move(inMethod)),
        pc(atPc),
        hint(std::move(wayOut)) {}

  Diagnostic&& inFile(std::string name) && { return file = std::move(name), std::move(*this); }
  Diagnostic&& inMethod(std::string name) && { return method = std::move(name), std::move(*this); }
  Diagnostic&& atPc(int value) && { return pc = value, std::move(*this); }
  Diagnostic&& withHint(std::string text) && { return hint = std::move(text), std::move(*this); }

  std::string render() const;
  void log(llvm::raw_ostream& stream) const override;
  std::error_code convertToErrorCode() const override;

  std::string message;
  std::string file;
  std::string method;  // "Class>>selector"
  int pc;              // -1: none
  std::string hint;
};

Status fail(Diagnostic diagnostic);

// fail("slot {} of {} is outside", index, size)
template <class... Args>
Status fail(fmt::format_string<Args...> format, Args&&... args) {
  return fail(Diagnostic(fmt::format(format, std::forward<Args>(args)...)));
}

// Adds what the caller knows to diagnostics that do not say it yet. Success stays success.
Status inFile(Status status, std::string_view file);
// Together with the method the pc is made the image's own: what scans bytecodes counts from the
// first one, which the image calls `firstPc`.
Status inMethod(Status status, std::string_view method, int firstPc = 0);

// The text of a failure, several joined by newlines. Consumes it.
std::string render(Status status);

}  // namespace stwasm
