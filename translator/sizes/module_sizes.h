// How many bytes the parts of a built module take: its sections, and its functions by name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "translator/sizes/wasm_code.h"
#include "translator/support/result.h"

namespace stwasm::sizes {

struct SectionSize {
  std::string name;
  uint64_t bytes = 0;
};

struct FunctionSize {
  std::string name;  // "" without a name section
  uint64_t bytes = 0;
  CodeSizes code;
};

struct ModuleSizes {
  uint64_t bytes = 0;
  std::vector<SectionSize> sections;
  std::vector<FunctionSize> functions;  // without imports
  uint32_t importedFunctions = 0;
  bool hasNames = false;

  // Fails for what is no WebAssembly module.
  static Result<ModuleSizes> of(std::string_view wasm);
};

}  // namespace stwasm::sizes
