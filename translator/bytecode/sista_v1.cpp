// SistaV1: the bytecode set of newer Squeak, Pharo and Cuis images. Two prefixes, extend A
// (unsigned) and extend B (signed), widen the operands of the instruction behind them; they are
// decoded together with it.
//     0- 75  push receiver variable, literal variable, literal constant, temp
//    76- 83  push self, true, false, nil, 0, 1, thisContext; duplicate
//    88- 95  returns, no operation
//    96-127  special selectors (120 is ~~, which is no send)
//   128-175  sends of the first 16 literals with 0, 1, 2 arguments
//   176-199  short jumps
//   200-217  pop into receiver variable, temp; pop; trap
//   224-225  extend A, extend B
//   226-247  two bytes: the above with an operand, integers, characters, super sends, stores
//   248-253  three bytes: primitives, closures, temp vectors
#include "translator/bytecode/instruction_decoder.h"

namespace stwasm::bytecode {
namespace {

constexpr int kExtendA = 224;
constexpr int kExtendB = 225;
constexpr int kFirstTwoByte = 224;
constexpr int kFirstThreeByte = 248;
constexpr int kLastThreeByte = 253;

// Larger extensions mean nothing in any image; the bound keeps sums inside 32 bits.
constexpr int kMaxExtension = 1 << 21;

constexpr int lengthOf(int bytecode) {
  if (bytecode < kFirstTwoByte || bytecode > kLastThreeByte) return 1;
  return bytecode < kFirstThreeByte ? 2 : 3;
}

// What the prefixes before an instruction add up to.
struct Extensions {
  int a = 0;
  int b = 0;
  bool tooLarge = false;
  int length = 0;

  // False when the bytes end before an instruction comes.
  bool read(std::span<const uint8_t> bytes);
};

bool Extensions::read(std::span<const uint8_t> bytes) {
  bool firstB = true;
  size_t at = 0;
  while (at + 1 < bytes.size() && (bytes[at] == kExtendA || bytes[at] == kExtendB)) {
    const int operand = bytes[at + 1];
    if (bytes[at] == kExtendA) {
      a = a * 256 + operand;
    } else {
      b = firstB && operand > 127 ? operand - 256 : b * 256 + operand;
      firstB = false;
    }
    if (a > kMaxExtension || b > kMaxExtension || b < -kMaxExtension) {
      tooLarge = true;
      a = b = 0;
    }
    at += 2;
  }
  length = static_cast<int>(at);
  return at < bytes.size() && bytes[at] != kExtendA && bytes[at] != kExtendB;
}

// Decodes one instruction; prefixes are read, its bytes are known to be there.
class SistaInstruction {
 public:
  SistaInstruction(std::span<const uint8_t> bytes, int nextPc, Extensions extensions,
                   InstructionClient& client)
      : bytes_(bytes), nextPc_(nextPc), a_(extensions.a), b_(extensions.b), client_(client) {}

  void decode();

 private:
  int bytecode() const { return bytes_[0]; }
  int second() const { return bytes_[1]; }
  int third() const { return bytes_[2]; }
  int index() const { return second() + a_ * 256; }
  int displacement() const { return second() + b_ * 256; }

  void decodePushes();
  void decodePseudoVariables();
  void decodeReturns();
  void decodeSpecialSend(int index);
  void decodePopsAndTrap();
  void decodeTwoByte();
  void decodeNewArray();
  void decodeSend(bool toSuper);
  void decodeStores();
  void decodeThreeByte();
  void decodeFullClosure();
  void decodeEmbeddedClosure();
  void undefined() { client_.undefinedBytecode(bytes_[0]); }

  std::span<const uint8_t> bytes_;
  int nextPc_;
  int a_;
  int b_;
  InstructionClient& client_;
};

void SistaInstruction::decode() {
  const int code = bytecode();
  if (code >= kFirstThreeByte) return decodeThreeByte();
  if (code >= kFirstTwoByte) return decodeTwoByte();
  if (code >= 200) return decodePopsAndTrap();
  if (code >= 192) return client_.jumpIf(false, nextPc_ + (code & 7) + 1);
  if (code >= 184) return client_.jumpIf(true, nextPc_ + (code & 7) + 1);
  if (code >= 176) return client_.jump(nextPc_ + (code & 7) + 1);
  if (code >= 128) return client_.send(code & 15, (code >> 4) - 8, false);
  if (code >= 96) return decodeSpecialSend(code - 96);
  if (code >= 88) return decodeReturns();
  if (code >= 76) return decodePseudoVariables();
  return decodePushes();
}

void SistaInstruction::decodePushes() {
  const int code = bytecode();
  if (code >= 64) return client_.pushTemporary(code - 64);
  if (code >= 32) return client_.pushLiteralConstant(code - 32);
  if (code >= 16) return client_.pushLiteralVariable(code - 16);
  return client_.pushReceiverVariable(code);
}

void SistaInstruction::decodePseudoVariables() {
  switch (bytecode()) {
    case 76:
      return client_.pushReceiver();
    case 77:
      return client_.pushConstant(Constant::kTrue);
    case 78:
      return client_.pushConstant(Constant::kFalse);
    case 79:
      return client_.pushConstant(Constant::kNil);
    case 80:
      return client_.pushConstant(Constant::kZero);
    case 81:
      return client_.pushConstant(Constant::kOne);
    case 82:
      if (b_ == 0) return client_.pushActiveContext();
      return b_ == 1 ? client_.pushActiveProcess() : undefined();
    case 83:
      return client_.duplicate();
    default:
      return undefined();
  }
}

void SistaInstruction::decodeReturns() {
  switch (bytecode()) {
    case 88:
      return client_.returnReceiver();
    case 89:
      return client_.returnConstant(Constant::kTrue);
    case 90:
      return client_.returnConstant(Constant::kFalse);
    case 91:
      return client_.returnConstant(Constant::kNil);
    case 92:
      return client_.returnTop();
    case 93:
      return client_.blockReturnNil();
    case 94:
      // Extend A would say how many blocks further out to return from; no compiler says it.
      return a_ == 0 ? client_.blockReturnTop() : undefined();
    default:
      return client_.noOperation();
  }
}

void SistaInstruction::decodeSpecialSend(int index) {
  constexpr int kNotIdentical = 24;
  if (index == kNotIdentical) return client_.compareNotIdentical();
  client_.sendSpecial(index);
}

void SistaInstruction::decodePopsAndTrap() {
  const int code = bytecode();
  if (code < 208) return client_.popIntoReceiverVariable(code & 7);
  if (code < 216) return client_.popIntoTemporary(code & 7);
  if (code == 216) return client_.pop();
  return code == 217 ? client_.trap() : undefined();
}

void SistaInstruction::decodeTwoByte() {
  switch (bytecode()) {
    case 226:
      return client_.pushReceiverVariable(index());
    case 227:
      return client_.pushLiteralVariable(index());
    case 228:
      return client_.pushLiteralConstant(index());
    case 229:
      return client_.pushTemporary(second());
    case 231:
      return decodeNewArray();
    case 232:
      return client_.pushInteger(displacement());
    case 233:
      return displacement() < 0 ? undefined() : client_.pushCharacter(displacement());
    case 234:
      return decodeSend(false);
    case 235:
      return decodeSend(true);
    case 237:
      return client_.jump(nextPc_ + displacement());
    case 238:
    case 239:
      return b_ < 0 ? undefined() : client_.jumpIf(bytecode() == 238, nextPc_ + displacement());
    default:
      return decodeStores();
  }
}

void SistaInstruction::decodeNewArray() {
  const int size = second() & 127;
  if ((second() & 128) == 0) return client_.pushNewArray(size);
  client_.pushConsArray(size);
}

// Bit 6 of extend B makes a super send a directed one: the class to begin above is on the stack.
void SistaInstruction::decodeSend(bool toSuper) {
  constexpr int kDirected = 64;
  const int selector = (second() >> 3) + a_ * 32;
  if (b_ < 0 || (b_ & (kDirected - 1)) * 8 + 7 > 255) return undefined();
  const int numArgs = (second() & 7) + (b_ & (kDirected - 1)) * 8;
  if (toSuper && b_ >= kDirected) return client_.sendDirectedSuper(selector, numArgs);
  if (b_ >= kDirected) return undefined();
  client_.send(selector, numArgs, toSuper);
}

void SistaInstruction::decodeStores() {
  switch (bytecode()) {
    case 240:
      return client_.popIntoReceiverVariable(index());
    case 241:
      return client_.popIntoLiteralVariable(index());
    case 242:
      return client_.popIntoTemporary(second());
    case 243:
      return client_.storeIntoReceiverVariable(index());
    case 244:
      return client_.storeIntoLiteralVariable(index());
    case 245:
      return client_.storeIntoTemporary(second());
    default:
      return undefined();
  }
}

void SistaInstruction::decodeThreeByte() {
  switch (bytecode()) {
    case 248: {
      const int number = second() + (third() & 31) * 256;
      return (third() & 128) != 0 ? client_.callInlinedPrimitive(third() >> 5 & 3, number)
                                  : client_.callPrimitive(number);
    }
    case 249:
      return decodeFullClosure();
    case 250:
      return decodeEmbeddedClosure();
    case 251:
      return client_.pushTemporaryInVector(second(), third());
    case 252:
      return client_.storeIntoTemporaryInVector(second(), third());
    case 253:
      return client_.popIntoTemporaryInVector(second(), third());
    default:
      return undefined();
  }
}

void SistaInstruction::decodeFullClosure() {
  constexpr int kIgnoresOuterContext = 64;
  constexpr int kReceiverOnStack = 128;
  client_.pushFullClosure(index(), third() & 63, (third() & kReceiverOnStack) != 0,
                          (third() & kIgnoresOuterContext) != 0);
}

// Extend A holds what does not fit into the three bits of each count.
void SistaInstruction::decodeEmbeddedClosure() {
  if (b_ < 0 || a_ > 255) return undefined();
  client_.pushClosureCopy((second() >> 3 & 7) + (a_ >> 4) * 8, (second() & 7) + (a_ & 15) * 8,
                          third() + b_ * 256);
}

class SistaV1Decoder final : public InstructionDecoder {
 public:
  int instructionLength(std::span<const uint8_t> bytecodes, int pc) const override {
    const auto bytes = bytecodes.subspan(static_cast<size_t>(pc));
    Extensions extensions;
    if (!extensions.read(bytes)) return 0;
    const int length = extensions.length + lengthOf(bytes[static_cast<size_t>(extensions.length)]);
    return length <= static_cast<int>(bytes.size()) ? length : 0;
  }

  void decode(std::span<const uint8_t> bytecodes, int pc,
              InstructionClient& client) const override {
    const auto bytes = bytecodes.subspan(static_cast<size_t>(pc));
    Extensions extensions;
    if (!extensions.read(bytes)) return;
    const auto instruction = bytes.subspan(static_cast<size_t>(extensions.length));
    if (extensions.tooLarge) return client.undefinedBytecode(bytes[0]);
    const int nextPc = pc + extensions.length + lengthOf(instruction[0]);
    SistaInstruction(instruction, nextPc, extensions, client).decode();
  }
};

}  // namespace

const InstructionDecoder& sistaV1Decoder() {
  static const SistaV1Decoder kDecoder;
  return kDecoder;
}

}  // namespace stwasm::bytecode
