// A module that has been built, as text: its functions by name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "translator/support/result.h"

namespace stwasm::inspection {

class BuiltModule {
 public:
  // `wasm`: the bytes of a .wasm with a name section.
  static Result<BuiltModule> parse(const std::string& wasm);

  // The functions of a method ("Point>>x"), its blocks and loop entries. Fails with close names.
  Result<std::string> functionsOf(const std::string& method) const;
  // Those whose name or text contains this.
  std::string functionsWith(const std::string& text) const;

 private:
  struct Function {
    std::string name;
    std::string text;
  };

  std::vector<Function> functions_;
};

}  // namespace stwasm::inspection
