// How code is generated.
#pragma once

#include <cstdint>

namespace stwasm::compiler {

enum class BytecodeSet : uint8_t { kV3PlusClosures, kSistaV1 };

struct Options {
  BytecodeSet bytecodeSet = BytecodeSet::kV3PlusClosures;
  // Blocks become CompiledBlocks of their own (SistaV1 only) and not part of the method's code.
  bool fullBlocks = false;
  // The method header says which primitive is called, no instruction does: before Spur.
  bool primitiveInHeader = false;
  bool inlineTimesRepeat = true;
  // Two habits of Cuis 7: accesses of a receiver's variable take two bytes, filled up with
  // no-operations, so that variables can be renumbered in place; and all temporaries of a loop's
  // block are cleared at each turn.
  bool asCuis7 = false;
};

}  // namespace stwasm::compiler
