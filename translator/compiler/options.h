// How code is generated.
#pragma once

#include <cstdint>

namespace stwasm::compiler {

enum class BytecodeSet : uint8_t { kV3PlusClosures, kSistaV1 };

struct Options {
  BytecodeSet bytecodeSet = BytecodeSet::kV3PlusClosures;
  // Blocks become CompiledBlocks of their own (SistaV1 only) and not part of the method's code.
  bool fullBlocks = false;
  bool inlineTimesRepeat = true;
  // Two bytes for each access of a receiver's variable, filled up with no-operations, as Cuis 7
  // compiles so that variables can be renumbered in place.
  bool padSlotAccess = false;
};

}  // namespace stwasm::compiler
