// The scanner: walks over bytecodes and calls one verb of an InstructionClient per instruction.
// It knows no literals, no stack and no control flow; jumps are reported, not followed.
#pragma once

#include <cstdint>
#include <span>

#include "translator/bytecode/bytecode_set.h"
#include "translator/bytecode/instruction_client.h"
#include "translator/bytecode/instruction_decoder.h"
#include "translator/support/result.h"

namespace stwasm::bytecode {

class InstructionStream {
 public:
  InstructionStream(std::span<const uint8_t> bytecodes, BytecodeSet set, int startPc = 0);

  // Interprets one instruction and moves past it. An error names the pc; the client then was not
  // called and the stream has not moved.
  Status interpretNext(InstructionClient& client);

  bool atEnd() const { return nextPc_ >= static_cast<int>(bytecodes_.size()); }

  // Start of the instruction that is being (or was last) interpreted.
  int pc() const { return pc_; }
  // Start of the instruction after it; already valid while the client's verb runs.
  int nextPc() const { return nextPc_; }
  void setNextPc(int pc) { nextPc_ = pc; }

  // The bytes of the instruction at pc().
  std::span<const uint8_t> instructionBytes() const;

 private:
  std::span<const uint8_t> bytecodes_;
  BytecodeSet set_;
  int pc_;
  int nextPc_;
};

}  // namespace stwasm::bytecode
