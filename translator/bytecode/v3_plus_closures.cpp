// V3PlusClosures: Squeak's original bytecode set with Eliot Miranda's closure bytecodes (138-143).
// Ranges as in the "Blue Book" except where Squeak reassigned them:
//     0- 95  push receiver variable, temp, literal constant, literal variable
//    96-111  pop into receiver variable, temp
//   112-125  push and return self, true, false, nil, small integers, stack top
//   128-143  extended forms, pop, dup, thisContext, arrays, primitives, temp vectors, closures
//   144-175  jumps
//   176-207  special selectors (200, once blockCopy:, is ~~, which is no send)
//   208-255  sends of the first 16 literals with 0, 1, 2 arguments
#include "translator/bytecode/instruction_decoder.h"

namespace stwasm::bytecode {
namespace {

constexpr int kNotIdentical = 200;

// The four kinds of variable that the extended push, store and pop bytecodes select.
enum class VariableKind { kReceiver, kTemporary, kLiteralConstant, kLiteralVariable };

// Decodes one instruction; bytes are known to be there.
class V3Instruction {
 public:
  V3Instruction(std::span<const uint8_t> bytecodes, int pc, InstructionClient& client)
      : bytes_(bytecodes.subspan(static_cast<size_t>(pc))), pc_(pc), client_(client) {}

  void decode();

 private:
  int byteAt(size_t offset) const { return bytes_[offset]; }
  uint8_t bytecode() const { return bytes_[0]; }
  // pc of the instruction after this one, which has `length` bytes: what jumps are relative to.
  int afterLength(int length) const { return pc_ + length; }

  void decodePushOrReturn();
  void decodeExtended();
  void decodeExtendedPush();
  void decodeExtendedStore();
  void decodeExtendedPop();
  void decodeDoubleExtended();
  void decodeNewArray();
  void decodePushClosure();
  void decodeShortJump();
  void decodeLongJump();

  std::span<const uint8_t> bytes_;
  int pc_;
  InstructionClient& client_;
};

void V3Instruction::decode() {
  const int code = bytecode();
  switch (code >> 4) {
    case 0:
      return client_.pushReceiverVariable(code & 15);
    case 1:
      return client_.pushTemporary(code & 15);
    case 2:
    case 3:
      return client_.pushLiteralConstant(code & 31);
    case 4:
    case 5:
      return client_.pushLiteralVariable(code & 31);
    case 6:
      return (code & 8) == 0 ? client_.popIntoReceiverVariable(code & 7)
                             : client_.popIntoTemporary(code & 7);
    case 7:
      return decodePushOrReturn();
    case 8:
      return decodeExtended();
    case 9:
      return decodeShortJump();
    case 10:
      return decodeLongJump();
    case 11:
    case 12:
      return code == kNotIdentical ? client_.compareNotIdentical()
                                   : client_.sendSpecial(code - 176);
    default:
      return client_.send(code & 15, (code >> 4) - 13, false);
  }
}

void V3Instruction::decodePushOrReturn() {
  switch (bytecode()) {
    case 112:
      return client_.pushReceiver();
    case 113:
      return client_.pushConstant(Constant::kTrue);
    case 114:
      return client_.pushConstant(Constant::kFalse);
    case 115:
      return client_.pushConstant(Constant::kNil);
    case 116:
      return client_.pushConstant(Constant::kMinusOne);
    case 117:
      return client_.pushConstant(Constant::kZero);
    case 118:
      return client_.pushConstant(Constant::kOne);
    case 119:
      return client_.pushConstant(Constant::kTwo);
    case 120:
      return client_.returnReceiver();
    case 121:
      return client_.returnConstant(Constant::kTrue);
    case 122:
      return client_.returnConstant(Constant::kFalse);
    case 123:
      return client_.returnConstant(Constant::kNil);
    case 124:
      return client_.returnTop();
    case 125:
      return client_.blockReturnTop();
    default:
      return client_.undefinedBytecode(bytecode());
  }
}

void V3Instruction::decodeExtended() {
  switch (bytecode()) {
    case 128:
      return decodeExtendedPush();
    case 129:
      return decodeExtendedStore();
    case 130:
      return decodeExtendedPop();
    case 131:
      return client_.send(byteAt(1) & 31, byteAt(1) >> 5, false);
    case 132:
      return decodeDoubleExtended();
    case 133:
      return client_.send(byteAt(1) & 31, byteAt(1) >> 5, true);
    case 134:
      return client_.send(byteAt(1) & 63, byteAt(1) >> 6, false);
    case 135:
      return client_.pop();
    case 136:
      return client_.duplicate();
    case 137:
      return client_.pushActiveContext();
    case 138:
      return decodeNewArray();
    case 139:
      return client_.callPrimitive(byteAt(1) | byteAt(2) << 8);
    case 140:
      return client_.pushTemporaryInVector(byteAt(1), byteAt(2));
    case 141:
      return client_.storeIntoTemporaryInVector(byteAt(1), byteAt(2));
    case 142:
      return client_.popIntoTemporaryInVector(byteAt(1), byteAt(2));
    default:
      return decodePushClosure();
  }
}

void V3Instruction::decodeExtendedPush() {
  const int index = byteAt(1) & 63;
  switch (static_cast<VariableKind>(byteAt(1) >> 6)) {
    case VariableKind::kReceiver:
      return client_.pushReceiverVariable(index);
    case VariableKind::kTemporary:
      return client_.pushTemporary(index);
    case VariableKind::kLiteralConstant:
      return client_.pushLiteralConstant(index);
    case VariableKind::kLiteralVariable:
      return client_.pushLiteralVariable(index);
  }
}

void V3Instruction::decodeExtendedStore() {
  const int index = byteAt(1) & 63;
  switch (static_cast<VariableKind>(byteAt(1) >> 6)) {
    case VariableKind::kReceiver:
      return client_.storeIntoReceiverVariable(index);
    case VariableKind::kTemporary:
      return client_.storeIntoTemporary(index);
    case VariableKind::kLiteralConstant:
      return client_.undefinedBytecode(bytecode());
    case VariableKind::kLiteralVariable:
      return client_.storeIntoLiteralVariable(index);
  }
}

void V3Instruction::decodeExtendedPop() {
  const int index = byteAt(1) & 63;
  switch (static_cast<VariableKind>(byteAt(1) >> 6)) {
    case VariableKind::kReceiver:
      return client_.popIntoReceiverVariable(index);
    case VariableKind::kTemporary:
      return client_.popIntoTemporary(index);
    case VariableKind::kLiteralConstant:
      return client_.undefinedBytecode(bytecode());
    case VariableKind::kLiteralVariable:
      return client_.popIntoLiteralVariable(index);
  }
}

// Eight operations with an index of a whole byte; the low bits count arguments of the sends.
void V3Instruction::decodeDoubleExtended() {
  const int index = byteAt(2);
  switch (byteAt(1) >> 5) {
    case 0:
      return client_.send(index, byteAt(1) & 31, false);
    case 1:
      return client_.send(index, byteAt(1) & 31, true);
    case 2:
      return client_.pushReceiverVariable(index);
    case 3:
      return client_.pushLiteralConstant(index);
    case 4:
      return client_.pushLiteralVariable(index);
    case 5:
      return client_.storeIntoReceiverVariable(index);
    case 6:
      return client_.popIntoReceiverVariable(index);
    default:
      return client_.storeIntoLiteralVariable(index);
  }
}

void V3Instruction::decodeNewArray() {
  const int size = byteAt(1) & 127;
  if ((byteAt(1) & 128) == 0) return client_.pushNewArray(size);
  return client_.pushConsArray(size);
}

void V3Instruction::decodePushClosure() {
  client_.pushClosureCopy(byteAt(1) >> 4, byteAt(1) & 15, byteAt(2) << 8 | byteAt(3));
}

void V3Instruction::decodeShortJump() {
  const int target = afterLength(1) + (bytecode() & 7) + 1;
  if (bytecode() < 152) return client_.jump(target);
  return client_.jumpIf(false, target);
}

void V3Instruction::decodeLongJump() {
  if (bytecode() < 168) {
    return client_.jump(afterLength(2) + ((bytecode() & 7) - 4) * 256 + byteAt(1));
  }
  const int target = afterLength(2) + (bytecode() & 3) * 256 + byteAt(1);
  return client_.jumpIf(bytecode() < 172, target);
}

class V3PlusClosuresDecoder final : public InstructionDecoder {
 public:
  int instructionLength(std::span<const uint8_t> bytecodes, int pc) const override {
    const int length = lengthOf(bytecodes[static_cast<size_t>(pc)]);
    return length <= static_cast<int>(bytecodes.size()) - pc ? length : 0;
  }

  void decode(std::span<const uint8_t> bytecodes, int pc,
              InstructionClient& client) const override {
    V3Instruction(bytecodes, pc, client).decode();
  }

 private:
  static int lengthOf(int bytecode) {
    if (bytecode >= 160 && bytecode < 176) return 2;
    if (bytecode < 128 || bytecode > 143) return 1;
    static constexpr int kExtendedLengths[16] = {2, 2, 2, 2, 3, 2, 2, 1, 1, 1, 2, 3, 3, 3, 3, 4};
    return kExtendedLengths[bytecode - 128];
  }
};

}  // namespace

const InstructionDecoder& v3PlusClosuresDecoder() {
  static const V3PlusClosuresDecoder kDecoder;
  return kDecoder;
}

}  // namespace stwasm::bytecode
