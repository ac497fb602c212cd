// What an InstructionStream tells about each instruction: exactly one verb per instruction.
// All indices are 0-based; jump targets are 0-based byte offsets from the first bytecode.
#pragma once

#include <cstdint>

#include "translator/bytecode/bytecode_set.h"

namespace stwasm::bytecode {

class InstructionClient {
 public:
  virtual ~InstructionClient() = default;

  virtual void pushReceiver() = 0;
  virtual void pushActiveContext() = 0;
  virtual void pushReceiverVariable(int index) = 0;
  virtual void pushTemporary(int index) = 0;
  virtual void pushTemporaryInVector(int index, int vectorTemp) = 0;
  virtual void pushLiteralConstant(int literal) = 0;
  virtual void pushLiteralVariable(int literal) = 0;
  virtual void pushConstant(Constant constant) = 0;
  virtual void pushInteger(int value) = 0;
  virtual void pushCharacter(int codePoint) = 0;
  virtual void pushActiveProcess() = 0;
  virtual void pushNewArray(int size) = 0;
  // Pops size values into a new Array, the deepest first.
  virtual void pushConsArray(int size) = 0;
  // Pops numCopied values. The block's own bytecodes are the next blockSize bytes.
  virtual void pushClosureCopy(int numCopied, int numArgs, int blockSize) = 0;
  // A closure over the CompiledBlock in the literal frame. Pops numCopied values and then, with
  // receiverOnStack, the closure's receiver.
  virtual void pushFullClosure(int literal, int numCopied, bool receiverOnStack,
                               bool ignoresOuterContext) = 0;

  // V3's thisContext blockCopy: numArgs with the jump behind it. The count is numArgs, or, where
  // that is negative, the value of a literal. The block's own bytecodes are the next blockSize.
  virtual void pushBlockCopy(int numArgs, int numArgsLiteral, int blockSize) = 0;

  virtual void popIntoReceiverVariable(int index) = 0;
  virtual void popIntoTemporary(int index) = 0;
  virtual void popIntoTemporaryInVector(int index, int vectorTemp) = 0;
  virtual void popIntoLiteralVariable(int literal) = 0;
  virtual void storeIntoReceiverVariable(int index) = 0;
  virtual void storeIntoTemporary(int index) = 0;
  virtual void storeIntoTemporaryInVector(int index, int vectorTemp) = 0;
  virtual void storeIntoLiteralVariable(int literal) = 0;

  // Method returns: from the home method when met inside a block.
  virtual void returnReceiver() = 0;
  virtual void returnConstant(Constant constant) = 0;
  virtual void returnTop() = 0;
  virtual void blockReturnTop() = 0;
  virtual void blockReturnNil() = 0;

  virtual void send(int selectorLiteral, int numArgs, bool toSuper) = 0;
  // A super send whose class, the top of the stack, is popped before the arguments.
  virtual void sendDirectedSuper(int selectorLiteral, int numArgs) = 0;
  // index into the special selectors, which fix the number of arguments.
  virtual void sendSpecial(int index) = 0;

  virtual void jump(int target) = 0;
  // Pops a Boolean; jumps when it is `condition`.
  virtual void jumpIf(bool condition, int target) = 0;

  // Pops two values: false when they are the same object.
  virtual void compareNotIdentical() = 0;

  virtual void pop() = 0;
  virtual void duplicate() = 0;
  virtual void callPrimitive(int number) = 0;
  // One of Sista's unsafe operations that only an optimising VM's own compiler writes.
  // Of a set of operations: 0 Sista's, 1 Lowcode's.
  virtual void callInlinedPrimitive(int set, int number) = 0;
  virtual void noOperation() = 0;
  virtual void trap() = 0;

  // A bytecode (or an operand of one) to which the set gives no meaning.
  virtual void undefinedBytecode(uint8_t bytecode) = 0;
};

}  // namespace stwasm::bytecode
