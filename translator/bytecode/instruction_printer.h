// Symbolic listing of bytecodes, in the wording Squeak's own printer uses. First client of the
// InstructionStream; knows literals only through a callback.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "translator/bytecode/bytecode_set.h"
#include "translator/support/result.h"

namespace stwasm::bytecode {

enum class LiteralUse : uint8_t {
  kConstant,         // pushed as it is
  kVariable,         // an Association whose value is meant: describe its key
  kSelector,         // sent
  kSpecialSelector,  // index into the special selectors, not into the literal frame
};

// Text for a literal. An empty answer selects the default ("lit3", or the usual special selector).
using LiteralDescriber = std::function<std::string(LiteralUse use, int index)>;

struct PrinterOptions {
  BytecodeSet bytecodeSet = BytecodeSet::kV3PlusClosures;
  LiteralDescriber describeLiteral;  // may be empty
  int firstPc = 0;                   // added to each pc shown, for listings in the image's own pcs
};

// The instruction alone: "pushTemp: 0", "send: foo:bar:", "jumpFalse: 23". nextPc, when given,
// receives the pc after it.
Result<std::string> describeInstruction(std::span<const uint8_t> bytecodes, int pc,
                                        const PrinterOptions& options, int* nextPc = nullptr);

// One line per instruction, "pc <hex bytes> text", nested blocks indented, from the first
// bytecode to endPc (-1: to the end of the bytes).
Result<std::string> printInstructions(std::span<const uint8_t> bytecodes,
                                      const PrinterOptions& options, int endPc = -1);

}  // namespace stwasm::bytecode
