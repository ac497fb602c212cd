// The seam between the scanner and the bytecode sets: one decoder per set, each in its own file.
#pragma once

#include <cstdint>
#include <span>

#include "translator/bytecode/bytecode_set.h"
#include "translator/bytecode/instruction_client.h"

namespace stwasm::bytecode {

// Implementations are stateless.
class InstructionDecoder {
 public:
  virtual ~InstructionDecoder() = default;

  // Bytes of the instruction at pc (which must be inside), or 0 when the bytecodes end within it.
  virtual int instructionLength(std::span<const uint8_t> bytecodes, int pc) const = 0;

  // Calls one verb of client for the instruction at pc, which must be there completely.
  virtual void decode(std::span<const uint8_t> bytecodes, int pc,
                      InstructionClient& client) const = 0;
};

const InstructionDecoder& v3PlusClosuresDecoder();
const InstructionDecoder& sistaV1Decoder();
const InstructionDecoder& v3Decoder();

// Null for a set that has no decoder yet.
const InstructionDecoder* decoderFor(BytecodeSet set);

}  // namespace stwasm::bytecode
