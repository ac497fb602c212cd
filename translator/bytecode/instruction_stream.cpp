// Bounds checks and progress; what the bytes mean is the decoder's business.
#include "translator/bytecode/instruction_stream.h"

namespace stwasm::bytecode {

const InstructionDecoder* decoderFor(BytecodeSet set) {
  switch (set) {
    case BytecodeSet::kV3PlusClosures:
      return &v3PlusClosuresDecoder();
    case BytecodeSet::kSistaV1:
      return &sistaV1Decoder();
    case BytecodeSet::kV3:
      return &v3Decoder();
  }
  return nullptr;
}

InstructionStream::InstructionStream(std::span<const uint8_t> bytecodes, BytecodeSet set,
                                     int startPc)
    : bytecodes_(bytecodes), set_(set), pc_(startPc), nextPc_(startPc) {}

Status InstructionStream::interpretNext(InstructionClient& client) {
  const InstructionDecoder* decoder = decoderFor(set_);
  if (decoder == nullptr) {
    return fail(Diagnostic(fmt::format("bytecode set {} is not supported", bytecodeSetName(set_)))
                    .atPc(nextPc_));
  }
  const int size = static_cast<int>(bytecodes_.size());
  if (nextPc_ < 0 || nextPc_ >= size) {
    return fail(
        Diagnostic(fmt::format("no bytecode here: the method has {} bytes", size)).atPc(nextPc_));
  }
  const int length = decoder->instructionLength(bytecodes_, nextPc_);
  if (length == 0) {
    return fail(Diagnostic("the bytecodes end within an instruction").atPc(nextPc_));
  }
  pc_ = nextPc_;
  nextPc_ += length;
  decoder->decode(bytecodes_, pc_, client);
  return Status::success();
}

std::span<const uint8_t> InstructionStream::instructionBytes() const {
  return bytecodes_.subspan(static_cast<size_t>(pc_), static_cast<size_t>(nextPc_ - pc_));
}

}  // namespace stwasm::bytecode
