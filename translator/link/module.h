// Puts runtime and translated functions into one module: text first, then Binaryen.
#pragma once

#include <string>
#include <vector>

#include "translator/emit/program.h"
#include "translator/link/runtime.h"
#include "translator/support/result.h"

namespace stwasm::link {

struct ModuleOptions {
  bool namesTypes = false;    // names for the types of functions, too
  bool instrumented = false;  // allocations are counted: the runtime is loaded for that
};

// The whole module as WAT.
Result<std::string> moduleText(const Runtime& runtime, const emit::Program& program,
                               const ModuleOptions& options = {});

struct BinaryOptions {
  int optimizeLevel = 2;  // 0: none; as wasm-opt's -O
  int shrinkLevel = 0;
  bool names = false;                   // keep the name section
  bool measured = false;                // also encode it with names
  std::vector<std::string> notInlined;  // patterns of functions that stay functions of their own
  std::string sourceMap;  // the name of the source map's file, as the module tells it; "": none
};

struct Binary {
  std::string wasm;
  std::string sourceMap;  // JSON; its sources are the names that stand in the text
  std::string named;      // where it is measured: the same code with names
};

// Parses, validates, optimises and encodes. The text is ours: a failure here is a defect of the
// translator and says so.
Result<Binary> encodeModule(const std::string& text, const BinaryOptions& options);

// The text of a module that has been encoded.
Result<std::string> textOf(const std::string& wasm);

}  // namespace stwasm::link
