// The InstructionClient that turns each verb into one IR instruction or one terminator.
#pragma once

#include <cstdint>

#include "translator/analysis/stack_depth.h"
#include "translator/bytecode/instruction_stream.h"
#include "translator/ir/method_ir.h"

namespace stwasm::ir {

// Appends to body.instructions and keeps body.facts. Jump targets are left as pcs.
class InstructionRecorder final : public bytecode::InstructionClient {
 public:
  InstructionRecorder(const bytecode::InstructionStream& stream,
                      const analysis::StackDepths& depths, Body& body);

  // Whether the last instruction ended its basic block; then `terminator` says how.
  bool endsBlock() const { return endsBlock_; }
  const Terminator& terminator() const { return terminator_; }
  // The answer of a primitive that is a quick return, as if bytecodes said it.
  void quickReturn(int primitive);

  void pushReceiver() override;
  void pushActiveContext() override;
  void pushReceiverVariable(int index) override;
  void pushTemporary(int index) override;
  void pushTemporaryInVector(int index, int vectorTemp) override;
  void pushLiteralConstant(int literal) override;
  void pushLiteralVariable(int literal) override;
  void pushConstant(bytecode::Constant constant) override;
  void pushInteger(int value) override;
  void pushCharacter(int codePoint) override;
  void pushActiveProcess() override;
  void pushNewArray(int size) override;
  void pushConsArray(int size) override;
  void pushClosureCopy(int numCopied, int numArgs, int blockSize) override;
  void pushFullClosure(int literal, int numCopied, bool receiverOnStack,
                       bool ignoresOuterContext) override;
  void pushBlockCopy(int numArgs, int numArgsLiteral, int blockSize) override;
  void popIntoReceiverVariable(int index) override;
  void popIntoTemporary(int index) override;
  void popIntoTemporaryInVector(int index, int vectorTemp) override;
  void popIntoLiteralVariable(int literal) override;
  void storeIntoReceiverVariable(int index) override;
  void storeIntoTemporary(int index) override;
  void storeIntoTemporaryInVector(int index, int vectorTemp) override;
  void storeIntoLiteralVariable(int literal) override;
  void returnReceiver() override;
  void returnConstant(bytecode::Constant constant) override;
  void returnTop() override;
  void blockReturnTop() override;
  void blockReturnNil() override;
  void send(int selectorLiteral, int numArgs, bool toSuper) override;
  void sendDirectedSuper(int selectorLiteral, int numArgs) override;
  void sendSpecial(int index) override;
  void jump(int target) override;
  void jumpIf(bool condition, int target) override;
  void compareNotIdentical() override;
  void pop() override;
  void duplicate() override;
  void callPrimitive(int number) override;
  void callInlinedPrimitive(int set, int number) override;
  void noOperation() override;
  void trap() override;
  void undefinedBytecode(uint8_t bytecode) override;

 private:
  Instruction& add(Opcode opcode, int a = 0, int b = 0, int c = 0);
  Terminator& terminate(TerminatorKind kind);
  void returnFromMethod(ReturnValue value, bytecode::Constant constant);
  void noteReceiverVariable(int index, bool stored);
  void noteTemp(int temp, bool assigned);

  const bytecode::InstructionStream& stream_;
  const analysis::StackDepths& depths_;
  Body& body_;
  Terminator terminator_;
  bool endsBlock_ = false;
};

}  // namespace stwasm::ir
