// V3: Squeak's original bytecode set, which makes blocks by sending blockCopy: to thisContext:
//     137 <push the number of arguments> 200 <long jump over the block> <the block>
// These four are told as one instruction. What V3PlusClosures put at 138-143 is undefined here, and
// 200, which is ~~ there, any other send of blockCopy:.
#include <optional>

#include "translator/bytecode/instruction_decoder.h"
#include "translator/bytecode/special_selectors.h"

namespace stwasm::bytecode {
namespace {

constexpr uint8_t kPushThisContext = 137;
constexpr uint8_t kSendBlockCopy = 200;
constexpr uint8_t kFirstAddedByClosures = 138;
constexpr uint8_t kLastAddedByClosures = 143;
constexpr size_t kJumpSize = 2;

struct BlockCopy {
  int numArgs = -1;
  int numArgsLiteral = -1;
  size_t length = 0;
  int blockSize = 0;
};

// The push of the argument count; `copy.length` grows by its size. False for any other instruction.
bool readArgumentCount(std::span<const uint8_t> bytes, BlockCopy& copy) {
  const uint8_t code = bytes[copy.length];
  if (code >= 117 && code <= 119) {  // 0, 1, 2
    copy.numArgs = code - 117;
    ++copy.length;
  } else if (code >= 32 && code <= 63) {
    copy.numArgsLiteral = code - 32;
    ++copy.length;
  } else if (code == 128 && bytes[copy.length + 1] >> 6 == 2) {
    copy.numArgsLiteral = bytes[copy.length + 1] & 63;
    copy.length += 2;
  } else {
    return false;
  }
  return true;
}

std::optional<BlockCopy> blockCopyAt(std::span<const uint8_t> bytes) {
  constexpr size_t kShortest = 5;
  if (bytes.size() < kShortest + 1 || bytes[0] != kPushThisContext) return std::nullopt;
  BlockCopy copy;
  copy.length = 1;
  if (!readArgumentCount(bytes, copy)) return std::nullopt;
  if (copy.length + 1 + kJumpSize > bytes.size() || bytes[copy.length] != kSendBlockCopy) {
    return std::nullopt;
  }
  const uint8_t jump = bytes[copy.length + 1];
  if (jump < 164 || jump > 167) return std::nullopt;
  copy.blockSize = (jump - 164) * 256 + bytes[copy.length + 2];
  copy.length += 1 + kJumpSize;
  return copy;
}

class V3Decoder final : public InstructionDecoder {
 public:
  int instructionLength(std::span<const uint8_t> bytecodes, int pc) const override {
    const auto copy = blockCopyAt(bytecodes.subspan(static_cast<size_t>(pc)));
    if (copy) return static_cast<int>(copy->length);
    if (isUndefined(bytecodes, pc)) return 1;
    return v3PlusClosuresDecoder().instructionLength(bytecodes, pc);
  }

  void decode(std::span<const uint8_t> bytecodes, int pc,
              InstructionClient& client) const override {
    const auto copy = blockCopyAt(bytecodes.subspan(static_cast<size_t>(pc)));
    if (copy) return client.pushBlockCopy(copy->numArgs, copy->numArgsLiteral, copy->blockSize);
    if (isUndefined(bytecodes, pc)) {
      return client.undefinedBytecode(bytecodes[static_cast<size_t>(pc)]);
    }
    if (bytecodes[static_cast<size_t>(pc)] == kSendBlockCopy) {
      return client.sendSpecial(kSelectorBlockCopy);
    }
    v3PlusClosuresDecoder().decode(bytecodes, pc, client);
  }

 private:
  static bool isUndefined(std::span<const uint8_t> bytecodes, int pc) {
    const uint8_t code = bytecodes[static_cast<size_t>(pc)];
    return code >= kFirstAddedByClosures && code <= kLastAddedByClosures;
  }
};

}  // namespace

const InstructionDecoder& v3Decoder() {
  static const V3Decoder kDecoder;
  return kDecoder;
}

}  // namespace stwasm::bytecode
