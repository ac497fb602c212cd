// V3PlusClosures as bytes. The ranges stand in translator/bytecode/v3_plus_closures.cpp.
#include <fmt/format.h>

#include "translator/compiler/encoders.h"

namespace stwasm::compiler {

namespace {

using Bytes = std::vector<uint8_t>;
using Mistake = std::optional<std::string>;

// The kinds of variable in the top two bits of the operand of bytecodes 128 to 130.
enum VariableKind : uint8_t { kSlot = 0, kTemporary = 64, kLiteral = 128, kBinding = 192 };
// What bytecode 132 does with its third byte, in the top three bits of its second.
enum DoubleExtended : uint8_t {
  kDoSend = 0,
  kDoSuperSend = 32,
  kDoPushSlot = 64,
  kDoPushLiteral = 96,
  kDoPushBinding = 128,
  kDoStoreSlot = 160,
  kDoPopSlot = 192,
  kDoStoreBinding = 224
};

constexpr int kExtendedLimit = 64;
constexpr int kByteLimit = 256;
constexpr int kJumpLimit = 1024;
constexpr int kShortJumps = 8;

class V3Encoder final : public Encoder {
 public:
  Mistake encode(const Instruction& instruction, int distance, Bytes& bytes) const override;
  bool hasIntegerPush(int64_t value) const override { return value >= -1 && value <= 2; }
  bool hasCharacterPush(uint32_t) const override { return false; }

 private:
  static Mistake push(const Instruction& instruction, Bytes& bytes);
  static Mistake store(const Instruction& instruction, Bytes& bytes);
  static Mistake popInto(const Instruction& instruction, Bytes& bytes);
  static Mistake inVector(uint8_t code, const Instruction& instruction, Bytes& bytes);
  static Mistake send(const Instruction& instruction, bool toSuper, Bytes& bytes);
  static Mistake jump(const Instruction& instruction, int distance, Bytes& bytes);
  static Mistake closure(const Instruction& instruction, int size, Bytes& bytes);
  static Mistake array(int size, uint8_t flag, Bytes& bytes);
};

void put(Bytes& bytes, int byte) { bytes.push_back(static_cast<uint8_t>(byte)); }

Mistake tooMany(std::string_view what, int limit) {
  return fmt::format("V3PlusClosures has no more than {} {} in a method", limit, what);
}

// The form with one more byte, or where that is too small the one with two.
Mistake extended(int code, VariableKind kind, int index, std::optional<DoubleExtended> wide,
                 std::string_view what, Bytes& bytes) {
  if (index < kExtendedLimit) {
    put(bytes, code);
    put(bytes, kind + index);
    return std::nullopt;
  }
  if (!wide || index >= kByteLimit) return tooMany(what, wide ? kByteLimit : kExtendedLimit);
  put(bytes, 132);
  put(bytes, *wide);
  put(bytes, index);
  return std::nullopt;
}

// One byte, for small indices.
Mistake shortOr(int shortCode, int shortLimit, int code, VariableKind kind, int index,
                std::optional<DoubleExtended> wide, std::string_view what, Bytes& bytes) {
  if (index >= shortLimit) return extended(code, kind, index, wide, what, bytes);
  put(bytes, shortCode + index);
  return std::nullopt;
}

// Of a slot, in the form that virtual machines check for Contexts.
Mistake longSlotAccess(DoubleExtended kind, int index, Bytes& bytes) {
  if (index >= kByteLimit) return tooMany("instance variables", kByteLimit);
  put(bytes, 132);
  put(bytes, kind);
  put(bytes, index);
  return std::nullopt;
}

Mistake V3Encoder::push(const Instruction& instruction, Bytes& bytes) {
  const int a = instruction.a;
  switch (instruction.operation) {
    case Operation::kPushSlot:
      if (instruction.b != 0) return longSlotAccess(kDoPushSlot, a, bytes);
      return shortOr(0, 16, 128, kSlot, a, kDoPushSlot, "instance variables", bytes);
    case Operation::kPushTemporary:
      return shortOr(16, 16, 128, kTemporary, a, std::nullopt, "temporaries", bytes);
    case Operation::kPushLiteral:
      return shortOr(32, 32, 128, kLiteral, a, kDoPushLiteral, "literals", bytes);
    case Operation::kPushBinding:
      return shortOr(64, 32, 128, kBinding, a, kDoPushBinding, "literals", bytes);
    case Operation::kPushConstant:
      return put(bytes, 113 + a), std::nullopt;
    default:
      return put(bytes, 117 + a), std::nullopt;  // integers from -1 to 2
  }
}

Mistake V3Encoder::store(const Instruction& instruction, Bytes& bytes) {
  const int a = instruction.a;
  switch (instruction.operation) {
    case Operation::kStoreIntoSlot:
      if (instruction.b != 0) return longSlotAccess(kDoStoreSlot, a, bytes);
      return extended(129, kSlot, a, kDoStoreSlot, "instance variables", bytes);
    case Operation::kStoreIntoBinding:
      return extended(129, kBinding, a, kDoStoreBinding, "literals", bytes);
    default:
      return extended(129, kTemporary, a, std::nullopt, "temporaries", bytes);
  }
}

Mistake V3Encoder::popInto(const Instruction& instruction, Bytes& bytes) {
  const int a = instruction.a;
  switch (instruction.operation) {
    case Operation::kPopIntoSlot:
      if (instruction.b != 0) return longSlotAccess(kDoPopSlot, a, bytes);
      return shortOr(96, 8, 130, kSlot, a, kDoPopSlot, "instance variables", bytes);
    case Operation::kPopIntoTemporary:
      return shortOr(104, 8, 130, kTemporary, a, std::nullopt, "temporaries", bytes);
    default:
      break;
  }
  // There is no wide form that pops.
  Mistake mistake =
      extended(a < kExtendedLimit ? 130 : 129, kBinding, a, kDoStoreBinding, "literals", bytes);
  if (!mistake && a >= kExtendedLimit) put(bytes, 135);
  return mistake;
}

Mistake V3Encoder::inVector(uint8_t code, const Instruction& instruction, Bytes& bytes) {
  if (instruction.a >= kByteLimit) return tooMany("shared temporaries", kByteLimit);
  put(bytes, code);
  put(bytes, instruction.a);
  put(bytes, instruction.b);
  return std::nullopt;
}

Mistake V3Encoder::send(const Instruction& instruction, bool toSuper, Bytes& bytes) {
  const int selector = instruction.a;
  const int arguments = instruction.b;
  if (selector >= kByteLimit) return tooMany("literals", kByteLimit);
  if (!toSuper && selector < 16 && arguments <= 2) {
    put(bytes, 208 + 16 * arguments + selector);
  } else if (selector < 32 && arguments < 8) {
    put(bytes, toSuper ? 133 : 131);
    put(bytes, 32 * arguments + selector);
  } else if (!toSuper && selector < 64 && arguments < 4) {
    put(bytes, 134);
    put(bytes, 64 * arguments + selector);
  } else {
    put(bytes, 132);
    put(bytes, (toSuper ? kDoSuperSend : kDoSend) + arguments);
    put(bytes, selector);
  }
  return std::nullopt;
}

Mistake V3Encoder::jump(const Instruction& instruction, int distance, Bytes& bytes) {
  if (distance >= kJumpLimit || distance < -kJumpLimit) {
    return "a jump of more than 1024 bytes, which V3PlusClosures does not have";
  }
  const bool isShort = distance > 0 && distance <= kShortJumps;
  switch (instruction.operation) {
    case Operation::kJump:
      if (isShort) return put(bytes, 144 + distance - 1), std::nullopt;
      put(bytes, 160 + ((distance + kJumpLimit) >> 8));
      break;
    case Operation::kJumpIfFalse:
      if (isShort) return put(bytes, 152 + distance - 1), std::nullopt;
      put(bytes, 172 + (distance >> 8));
      break;
    default:
      put(bytes, 168 + (distance >> 8));
      break;
  }
  put(bytes, (distance + kJumpLimit) & 255);
  return std::nullopt;
}

Mistake V3Encoder::closure(const Instruction& instruction, int size, Bytes& bytes) {
  constexpr int kMaxCount = 15;
  constexpr int kMaxSize = 65535;
  if (instruction.a > kMaxCount) return tooMany("copied values", kMaxCount);
  if (instruction.b > kMaxCount) return tooMany("block arguments", kMaxCount);
  if (size > kMaxSize) return "a block of more than 65535 bytes";
  put(bytes, 143);
  put(bytes, 16 * instruction.a + instruction.b);
  put(bytes, size >> 8);
  put(bytes, size & 255);
  return std::nullopt;
}

Mistake V3Encoder::array(int size, uint8_t flag, Bytes& bytes) {
  constexpr int kMaxSize = 127;
  if (size > kMaxSize) return tooMany("shared temporaries", kMaxSize);
  put(bytes, 138);
  put(bytes, flag + size);
  return std::nullopt;
}

Mistake V3Encoder::encode(const Instruction& instruction, int distance, Bytes& bytes) const {
  switch (instruction.operation) {
    case Operation::kPushReceiver:
      return put(bytes, 112), std::nullopt;
    case Operation::kPushContext:
      return put(bytes, 137), std::nullopt;
    case Operation::kPushInVector:
      return inVector(140, instruction, bytes);
    case Operation::kPushNewVector:
      return array(instruction.a, 0, bytes);
    case Operation::kConsArray:
      return array(instruction.a, 128, bytes);
    case Operation::kPushClosure:
      return closure(instruction, distance, bytes);
    case Operation::kPushFullClosure:
    case Operation::kPushCharacter:
      return "an instruction that V3PlusClosures does not have";
    case Operation::kStoreIntoSlot:
    case Operation::kStoreIntoTemporary:
    case Operation::kStoreIntoBinding:
    case Operation::kStoreErrorCode:
      return store(instruction, bytes);
    case Operation::kStoreIntoVector:
      return inVector(141, instruction, bytes);
    case Operation::kPopIntoSlot:
    case Operation::kPopIntoTemporary:
    case Operation::kPopIntoBinding:
      return popInto(instruction, bytes);
    case Operation::kPopIntoVector:
      return inVector(142, instruction, bytes);
    case Operation::kReturnReceiver:
      return put(bytes, 120), std::nullopt;
    case Operation::kReturnConstant:
      return put(bytes, 121 + instruction.a), std::nullopt;
    case Operation::kReturnTop:
      return put(bytes, 124), std::nullopt;
    case Operation::kBlockReturnTop:
      return put(bytes, 125), std::nullopt;
    case Operation::kSend:
      return send(instruction, false, bytes);
    case Operation::kSuperSend:
      return send(instruction, true, bytes);
    case Operation::kSpecialSend:
      return put(bytes, 176 + instruction.a), std::nullopt;
    case Operation::kJump:
    case Operation::kJumpIfTrue:
    case Operation::kJumpIfFalse:
      return jump(instruction, distance, bytes);
    case Operation::kPop:
      return put(bytes, 135), std::nullopt;
    case Operation::kDuplicate:
      return put(bytes, 136), std::nullopt;
    case Operation::kCallPrimitive:
      put(bytes, 139);
      put(bytes, instruction.a & 255);
      return put(bytes, instruction.a >> 8), std::nullopt;
    default:
      return push(instruction, bytes);
  }
}

}  // namespace

const Encoder& v3Encoder() {
  static const V3Encoder kEncoder;
  return kEncoder;
}

}  // namespace stwasm::compiler
