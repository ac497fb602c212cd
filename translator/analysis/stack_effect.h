// What one instruction does to the operand stack and to control: the facts that verification and
// the search for basic blocks share.
#pragma once

#include <cstdint>

#include "translator/bytecode/instruction_stream.h"
#include "translator/support/result.h"

namespace stwasm::analysis {

enum class Flow : uint8_t { kNext, kJump, kConditionalJump, kReturn, kBlockReturn, kUndefined };

struct StackEffect {
  Flow flow = Flow::kNext;
  int pops = 0;
  int pushes = 0;
  int target = -1;          // of jumps
  int temp = -1;            // the frame slot it names, be it for a value or a vector
  int literal = -1;         // the literal it names
  bool storesTemp = false;  // into `temp`, without popping
  int primitive = -1;       // of a callPrimitive
  bool createsBlock = false;
  int numCopied = 0;         // of the block
  bool isBlockCopy = false;  // the block is a BlockContext: its temps are the method's
  int numArgs = 0;           // of the block, or -1: the value of this literal
  int numArgsLiteral = -1;
  int blockSize = 0;
  int inlinedPrimitive = -1;  // of a callInlinedPrimitive, which no one executes
  int inlinedSet = 0;         // the set of operations that it belongs to
  bool isTrap = false;
};

// Interprets one instruction of the stream.
Result<StackEffect> nextStackEffect(bytecode::InstructionStream& stream);

}  // namespace stwasm::analysis
