// SistaV1 as bytes. The ranges stand in translator/bytecode/sista_v1.cpp.
#include <fmt/format.h>

#include "translator/compiler/encoders.h"

namespace stwasm::compiler {

namespace {

using Bytes = std::vector<uint8_t>;
using Mistake = std::optional<std::string>;

constexpr int kByteLimit = 256;
constexpr int kWideLimit = 65536;
constexpr int kTemporaryLimit = 64;
constexpr int kJumpLimit = 32768;
constexpr int kShortJumps = 8;

class SistaEncoder final : public Encoder {
 public:
  explicit SistaEncoder(bool padSlotAccess) : padSlotAccess_(padSlotAccess) {}

  Mistake encode(const Instruction& instruction, int distance, Bytes& bytes) const override;
  bool hasIntegerPush(int64_t value) const override {
    return value >= -kJumpLimit && value < kJumpLimit;
  }
  bool hasCharacterPush(uint32_t codePoint) const override { return codePoint < kByteLimit; }

 private:
  Mistake push(const Instruction& instruction, Bytes& bytes) const;
  Mistake popInto(const Instruction& instruction, Bytes& bytes) const;
  Mistake encodeSimple(const Instruction& instruction, Bytes& bytes) const;

  bool padSlotAccess_;
};

void put(Bytes& bytes, int byte) { bytes.push_back(static_cast<uint8_t>(byte)); }
void extendA(Bytes& bytes, int value) { put(bytes, 224), put(bytes, value); }
void extendB(Bytes& bytes, int value) { put(bytes, 225), put(bytes, value & 255); }

Mistake tooMany(std::string_view what, int limit) {
  return fmt::format("SistaV1 has no more than {} {} in a method", limit, what);
}

// An index of up to 16 bits, its upper half in extend A.
Mistake indexed(int code, int index, std::string_view what, Bytes& bytes) {
  if (index >= kWideLimit) return tooMany(what, kWideLimit);
  if (index >= kByteLimit) extendA(bytes, index >> 8);
  put(bytes, code);
  put(bytes, index & 255);
  return std::nullopt;
}

Mistake shortOr(int shortCode, int shortLimit, int code, int index, std::string_view what,
                Bytes& bytes) {
  if (index >= shortLimit) return indexed(code, index, what, bytes);
  put(bytes, shortCode + index);
  return std::nullopt;
}

Mistake temporary(int shortCode, int shortLimit, int code, int index, Bytes& bytes) {
  if (index >= kTemporaryLimit) return tooMany("temporaries", kTemporaryLimit);
  return shortOr(shortCode, shortLimit, code, index, "temporaries", bytes);
}

Mistake pushInteger(int value, Bytes& bytes) {
  if (value == 0 || value == 1) return put(bytes, 80 + value), std::nullopt;
  if (value < 0 || value >= kByteLimit) extendB(bytes, value >> 8);
  put(bytes, 232);
  put(bytes, value & 255);
  return std::nullopt;
}

Mistake inVector(int code, const Instruction& instruction, Bytes& bytes) {
  if (instruction.a >= kByteLimit) return tooMany("shared temporaries", kByteLimit);
  put(bytes, code);
  put(bytes, instruction.a);
  put(bytes, instruction.b);
  return std::nullopt;
}

Mistake array(int size, int flag, Bytes& bytes) {
  constexpr int kMaxSize = 127;
  if (size > kMaxSize) return tooMany("shared temporaries", kMaxSize);
  put(bytes, 231);
  put(bytes, flag + size);
  return std::nullopt;
}

Mistake send(const Instruction& instruction, bool toSuper, Bytes& bytes) {
  const int selector = instruction.a;
  const int arguments = instruction.b;
  if (selector >= 32 * kByteLimit) return tooMany("selectors", 32 * kByteLimit);
  if (!toSuper && selector < 16 && arguments <= 2) {
    return put(bytes, 128 + 16 * arguments + selector), std::nullopt;
  }
  constexpr int kDirected = 64;
  const int directed = instruction.operation == Operation::kDirectedSuperSend ? kDirected : 0;
  if (selector >= 32) extendA(bytes, selector >> 5);
  if (arguments >= 8 || directed != 0) extendB(bytes, directed | arguments >> 3);
  put(bytes, toSuper ? 235 : 234);
  put(bytes, (selector & 31) << 3 | (arguments & 7));
  return std::nullopt;
}

Mistake jump(const Instruction& instruction, int distance, Bytes& bytes) {
  if (distance >= kJumpLimit || distance < -kJumpLimit) {
    return "a jump of more than 32768 bytes, which SistaV1 does not have";
  }
  const int kind = instruction.operation == Operation::kJump         ? 0
                   : instruction.operation == Operation::kJumpIfTrue ? 1
                                                                     : 2;
  if (distance > 0 && distance <= kShortJumps) {
    return put(bytes, 176 + 8 * kind + distance - 1), std::nullopt;
  }
  if (distance < 0 || distance >= kByteLimit) extendB(bytes, distance >> 8);
  put(bytes, 237 + kind);
  put(bytes, distance & 255);
  return std::nullopt;
}

// The top two bits of the second byte count the prefixes.
Mistake closure(const Instruction& instruction, int size, Bytes& bytes) {
  constexpr int kMaxCount = 127;
  if (instruction.a > kMaxCount) return tooMany("copied values", kMaxCount);
  if (instruction.b > kMaxCount) return tooMany("block arguments", kMaxCount);
  if (size >= kJumpLimit) return "a block of more than 32767 bytes";
  const int high = (instruction.a >> 3) << 4 | instruction.b >> 3;
  const int prefixes = (high != 0 ? 1 : 0) + (size >= kByteLimit ? 1 : 0);
  if (high != 0) extendA(bytes, high);
  if (size >= kByteLimit) extendB(bytes, size >> 8);
  put(bytes, 250);
  put(bytes, prefixes << 6 | (instruction.a & 7) << 3 | (instruction.b & 7));
  put(bytes, size & 255);
  return std::nullopt;
}

Mistake fullClosure(const Instruction& instruction, Bytes& bytes) {
  constexpr int kMaxCopied = 63;
  if (instruction.b > kMaxCopied) return tooMany("copied values", kMaxCopied);
  Mistake mistake = indexed(249, instruction.a, "literals", bytes);
  put(bytes, instruction.b);
  return mistake;
}

Mistake SistaEncoder::push(const Instruction& instruction, Bytes& bytes) const {
  constexpr int kNoOperation = 95;
  const int a = instruction.a;
  switch (instruction.operation) {
    case Operation::kPushSlot: {
      if (instruction.b != 0) return indexed(226, a, "instance variables", bytes);
      Mistake mistake = shortOr(0, 16, 226, a, "instance variables", bytes);
      if (padSlotAccess_ && a < 16) put(bytes, kNoOperation);
      return mistake;
    }
    case Operation::kPushTemporary:
      return temporary(64, 12, 229, a, bytes);
    case Operation::kPushLiteral:
      return shortOr(32, 32, 228, a, "literals", bytes);
    case Operation::kPushBinding:
      return shortOr(16, 16, 227, a, "literals", bytes);
    case Operation::kPushConstant:
      return put(bytes, 77 + a), std::nullopt;
    case Operation::kPushCharacter:
      return put(bytes, 233), put(bytes, a), std::nullopt;
    default:
      return pushInteger(a, bytes);
  }
}

Mistake SistaEncoder::popInto(const Instruction& instruction, Bytes& bytes) const {
  constexpr int kNoOperation = 95;
  const int a = instruction.a;
  switch (instruction.operation) {
    case Operation::kPopIntoSlot: {
      if (instruction.b != 0) return indexed(240, a, "instance variables", bytes);
      Mistake mistake = shortOr(200, 8, 240, a, "instance variables", bytes);
      if (padSlotAccess_ && a < 8) put(bytes, kNoOperation);
      return mistake;
    }
    case Operation::kPopIntoTemporary:
      return temporary(208, 8, 242, a, bytes);
    default:
      return indexed(241, a, "literals", bytes);
  }
}

Mistake SistaEncoder::encodeSimple(const Instruction& instruction, Bytes& bytes) const {
  switch (instruction.operation) {
    case Operation::kPushReceiver:
      return put(bytes, 76), std::nullopt;
    case Operation::kPushContext:
      return put(bytes, 82), std::nullopt;
    case Operation::kReturnReceiver:
      return put(bytes, 88), std::nullopt;
    case Operation::kReturnConstant:
      return put(bytes, 89 + instruction.a), std::nullopt;
    case Operation::kReturnTop:
      return put(bytes, 92), std::nullopt;
    case Operation::kBlockReturnTop:
      return put(bytes, 94), std::nullopt;
    case Operation::kSpecialSend:
      return put(bytes, 96 + instruction.a), std::nullopt;
    case Operation::kPop:
      return put(bytes, 216), std::nullopt;
    case Operation::kDuplicate:
      return put(bytes, 83), std::nullopt;
    case Operation::kCallPrimitive:
      put(bytes, 248);
      put(bytes, instruction.a & 255);
      return put(bytes, instruction.a >> 8), std::nullopt;
    default:
      return push(instruction, bytes);
  }
}

Mistake SistaEncoder::encode(const Instruction& instruction, int distance, Bytes& bytes) const {
  switch (instruction.operation) {
    case Operation::kPushInVector:
      return inVector(251, instruction, bytes);
    case Operation::kStoreIntoVector:
      return inVector(252, instruction, bytes);
    case Operation::kPopIntoVector:
      return inVector(253, instruction, bytes);
    case Operation::kPushNewVector:
      return array(instruction.a, 0, bytes);
    case Operation::kConsArray:
      return array(instruction.a, 128, bytes);
    case Operation::kPushClosure:
      return closure(instruction, distance, bytes);
    case Operation::kPushFullClosure:
      return fullClosure(instruction, bytes);
    case Operation::kStoreIntoSlot:
      return indexed(243, instruction.a, "instance variables", bytes);
    case Operation::kStoreIntoBinding:
      return indexed(244, instruction.a, "literals", bytes);
    case Operation::kStoreIntoTemporary:
    case Operation::kStoreErrorCode:
      return temporary(0, 0, 245, instruction.a, bytes);
    case Operation::kPopIntoSlot:
    case Operation::kPopIntoTemporary:
    case Operation::kPopIntoBinding:
      return popInto(instruction, bytes);
    case Operation::kSend:
      return send(instruction, false, bytes);
    case Operation::kSuperSend:
    case Operation::kDirectedSuperSend:
      return send(instruction, true, bytes);
    case Operation::kJump:
    case Operation::kJumpIfTrue:
    case Operation::kJumpIfFalse:
      return jump(instruction, distance, bytes);
    default:
      return encodeSimple(instruction, bytes);
  }
}

}  // namespace

const Encoder& sistaEncoder(bool padSlotAccess) {
  static const SistaEncoder kEncoder(false);
  static const SistaEncoder kPaddingEncoder(true);
  return padSlotAccess ? kPaddingEncoder : kEncoder;
}

const Encoder& encoderFor(const Options& options) {
  if (options.bytecodeSet == BytecodeSet::kV3PlusClosures) return v3Encoder();
  return sistaEncoder(options.asCuis7);
}

}  // namespace stwasm::compiler
