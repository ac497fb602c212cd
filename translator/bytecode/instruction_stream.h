// The scanner: walks over bytecodes and calls one verb of an InstructionClient per instruction.
// It knows no literals, no stack and no control flow; jumps are reported, not followed.
#pragma once

#include <cstdint>
#include <span>

#include "translator/bytecode/bytecode_set.h"
#include "translator/bytecode/instruction_client.h"
#include "translator/support/result.h"

namespace stwasm::bytecode {

// One bytecode set. Implementations are stateless; each stands in a file of its own.
class InstructionDecoder {
 public:
  virtual ~InstructionDecoder() = default;

  // Bytes of the instruction at pc (which must be inside), or 0 when the bytecodes end within it.
  virtual int instructionLength(std::span<const uint8_t> bytecodes, int pc) const = 0;

  // Calls one verb of client for the instruction at pc, which must be there completely.
  virtual void decode(std::span<const uint8_t> bytecodes, int pc,
                      InstructionClient& client) const = 0;
};

// Null for a set that has no decoder yet.
const InstructionDecoder* decoderFor(BytecodeSet set);

class InstructionStream {
 public:
  InstructionStream(std::span<const uint8_t> bytecodes, BytecodeSet set, int pc = 0);

  // Interprets one instruction and moves past it. An error names the pc; the client then was not
  // called and the stream has not moved.
  Status interpretNext(InstructionClient& client);

  bool atEnd() const { return nextPc_ >= static_cast<int>(bytecodes_.size()); }

  // Start of the instruction that is being (or was last) interpreted.
  int pc() const { return pc_; }
  // Start of the instruction after it; already valid while the client's verb runs.
  int nextPc() const { return nextPc_; }
  void setNextPc(int pc) { nextPc_ = pc; }

  std::span<const uint8_t> bytecodes() const { return bytecodes_; }
  // The bytes of the instruction at pc().
  std::span<const uint8_t> instructionBytes() const;

 private:
  std::span<const uint8_t> bytecodes_;
  const InstructionDecoder* decoder_;
  int pc_;
  int nextPc_;
};

}  // namespace stwasm::bytecode
