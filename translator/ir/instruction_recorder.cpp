// Verbs to IR, one for one.
#include "translator/ir/instruction_recorder.h"

#include <algorithm>

#include "translator/bytecode/quick_return.h"
#include "translator/bytecode/special_selectors.h"

namespace stwasm::ir {

using bytecode::Constant;

InstructionRecorder::InstructionRecorder(const bytecode::InstructionStream& stream,
                                         const analysis::StackDepths& depths, Body& body)
    : stream_(stream), depths_(depths), body_(body) {
  body_.facts.assignedTemps.assign(static_cast<size_t>(body_.numFixedSlots), false);
}

Instruction& InstructionRecorder::add(Opcode opcode, int a, int b, int c) {
  endsBlock_ = false;
  const int pc = stream_.pc();
  body_.instructions.push_back({opcode, a, b, c, pc, stream_.nextPc(), depths_.depthBefore(pc)});
  return body_.instructions.back();
}

Terminator& InstructionRecorder::terminate(TerminatorKind kind) {
  endsBlock_ = true;
  terminator_ = Terminator();
  terminator_.kind = kind;
  terminator_.pc = stream_.pc();
  terminator_.nextPc = stream_.nextPc();
  terminator_.depth = depths_.depthBefore(stream_.pc());
  return terminator_;
}

void InstructionRecorder::noteReceiverVariable(int index, bool stored) {
  body_.facts.usesReceiver = true;
  body_.facts.storesReceiverVariables |= stored;
  body_.facts.maxReceiverVariable = std::max(body_.facts.maxReceiverVariable, index);
}

void InstructionRecorder::noteTemp(int temp, bool assigned) {
  std::vector<bool>& temps = body_.facts.assignedTemps;
  const auto index = static_cast<size_t>(temp);
  if (temps.size() <= index) temps.resize(index + 1, false);
  if (assigned) temps[index] = true;
}

void InstructionRecorder::pushReceiver() {
  body_.facts.usesReceiver = true;
  add(Opcode::kPushReceiver);
}

void InstructionRecorder::pushActiveContext() {
  body_.facts.usesActiveContext = true;
  add(Opcode::kPushActiveContext);
}

void InstructionRecorder::pushReceiverVariable(int index) {
  noteReceiverVariable(index, false);
  add(Opcode::kPushReceiverVariable, index);
}

void InstructionRecorder::pushTemporary(int index) {
  noteTemp(index, false);
  add(Opcode::kPushTemporary, index);
}

void InstructionRecorder::pushTemporaryInVector(int index, int vectorTemp) {
  noteTemp(vectorTemp, false);
  add(Opcode::kPushTemporaryInVector, index, vectorTemp);
}

void InstructionRecorder::pushLiteralConstant(int literal) {
  add(Opcode::kPushLiteralConstant, literal);
}

void InstructionRecorder::pushLiteralVariable(int literal) {
  add(Opcode::kPushLiteralVariable, literal);
}

void InstructionRecorder::pushConstant(Constant constant) {
  add(Opcode::kPushConstant, static_cast<int>(constant));
}

void InstructionRecorder::pushInteger(int value) { add(Opcode::kPushInteger, value); }

void InstructionRecorder::pushCharacter(int codePoint) { add(Opcode::kPushCharacter, codePoint); }

void InstructionRecorder::pushActiveProcess() { add(Opcode::kPushActiveProcess); }

void InstructionRecorder::pushNewArray(int size) { add(Opcode::kPushNewArray, size); }

void InstructionRecorder::pushConsArray(int size) { add(Opcode::kPushConsArray, size); }

// Execution continues behind the block's bytes.
void InstructionRecorder::pushClosureCopy(int numCopied, int numArgs, int blockSize) {
  body_.facts.createsClosures = true;
  const int block = depths_.bodyCreatedAt(stream_.pc());
  add(Opcode::kPushClosure, block, numCopied, numArgs).nextPc += blockSize;
}

void InstructionRecorder::pushFullClosure(int literal, int numCopied, bool receiverOnStack,
                                          bool ignoresOuterContext) {
  body_.facts.createsClosures = true;
  body_.facts.usesReceiver |= !receiverOnStack;
  const int flags =
      (receiverOnStack ? kReceiverOnStack : 0) | (ignoresOuterContext ? kIgnoresOuterContext : 0);
  add(Opcode::kPushFullClosure, literal, numCopied, flags);
}

void InstructionRecorder::pushBlockCopy(int /*numArgs*/, int /*numArgsLiteral*/, int blockSize) {
  body_.facts.createsBlockContexts = true;
  const int block = depths_.bodyCreatedAt(stream_.pc());
  const int numArgs = depths_.bodies()[static_cast<size_t>(block)].numArgs;
  add(Opcode::kPushBlockCopy, block, numArgs).nextPc += blockSize;
}

void InstructionRecorder::popIntoReceiverVariable(int index) {
  noteReceiverVariable(index, true);
  add(Opcode::kPopIntoReceiverVariable, index);
}

void InstructionRecorder::popIntoTemporary(int index) {
  noteTemp(index, true);
  add(Opcode::kPopIntoTemporary, index);
}

void InstructionRecorder::popIntoTemporaryInVector(int index, int vectorTemp) {
  noteTemp(vectorTemp, false);
  add(Opcode::kPopIntoTemporaryInVector, index, vectorTemp);
}

void InstructionRecorder::popIntoLiteralVariable(int literal) {
  add(Opcode::kPopIntoLiteralVariable, literal);
}

void InstructionRecorder::storeIntoReceiverVariable(int index) {
  noteReceiverVariable(index, true);
  add(Opcode::kStoreIntoReceiverVariable, index);
}

void InstructionRecorder::storeIntoTemporary(int index) {
  noteTemp(index, true);
  const bool takesErrorCode = stream_.pc() == depths_.primitiveErrorStorePc();
  add(takesErrorCode ? Opcode::kStorePrimitiveErrorCode : Opcode::kStoreIntoTemporary, index);
}

void InstructionRecorder::storeIntoTemporaryInVector(int index, int vectorTemp) {
  noteTemp(vectorTemp, false);
  add(Opcode::kStoreIntoTemporaryInVector, index, vectorTemp);
}

void InstructionRecorder::storeIntoLiteralVariable(int literal) {
  add(Opcode::kStoreIntoLiteralVariable, literal);
}

void InstructionRecorder::returnFromMethod(ReturnValue value, Constant constant) {
  body_.facts.hasOwnNonLocalReturn |= body_.isBlock();
  body_.facts.usesReceiver |= value == ReturnValue::kReceiver;
  Terminator& terminator =
      terminate(body_.isBlock() ? TerminatorKind::kNonLocalReturn : TerminatorKind::kMethodReturn);
  terminator.value = value;
  terminator.constant = constant;
}

void InstructionRecorder::returnReceiver() {
  returnFromMethod(ReturnValue::kReceiver, Constant::kNil);
}

void InstructionRecorder::returnConstant(Constant constant) {
  returnFromMethod(ReturnValue::kConstant, constant);
}

void InstructionRecorder::returnTop() { returnFromMethod(ReturnValue::kTop, Constant::kNil); }

void InstructionRecorder::blockReturnTop() { terminate(TerminatorKind::kBlockReturn); }

void InstructionRecorder::blockReturnNil() {
  Terminator& terminator = terminate(TerminatorKind::kBlockReturn);
  terminator.value = ReturnValue::kConstant;
  terminator.constant = Constant::kNil;
}

void InstructionRecorder::send(int selectorLiteral, int numArgs, bool toSuper) {
  body_.facts.sends = true;
  body_.facts.usesSuper |= toSuper;
  add(toSuper ? Opcode::kSendSuper : Opcode::kSend, selectorLiteral, numArgs);
}

void InstructionRecorder::sendDirectedSuper(int selectorLiteral, int numArgs) {
  body_.facts.sends = true;
  add(Opcode::kSendDirectedSuper, selectorLiteral, numArgs);
}

void InstructionRecorder::sendSpecial(int index) {
  body_.facts.sends = true;
  body_.facts.sendsBlockCopy |= index == bytecode::kSelectorBlockCopy;
  add(Opcode::kSendSpecial, index, bytecode::specialSelector(index).numArgs);
}

void InstructionRecorder::jump(int target) { terminate(TerminatorKind::kJump).target = target; }

void InstructionRecorder::jumpIf(bool condition, int target) {
  Terminator& terminator = terminate(TerminatorKind::kConditionalJump);
  terminator.target = target;
  terminator.next = stream_.nextPc();
  terminator.condition = condition;
}

void InstructionRecorder::compareNotIdentical() { add(Opcode::kNotIdentical); }

void InstructionRecorder::pop() { add(Opcode::kPop); }

void InstructionRecorder::duplicate() { add(Opcode::kDuplicate); }

void InstructionRecorder::callPrimitive(int number) {
  add(Opcode::kCallPrimitive, number);
  if (stream_.pc() == 0 && bytecode::isQuickReturn(number)) quickReturn(number);
}

void InstructionRecorder::quickReturn(int primitive) {
  if (primitive == bytecode::kQuickReturnReceiver) return returnReceiver();
  if (bytecode::isQuickReturnConstant(primitive)) {
    return returnConstant(bytecode::quickReturnConstant(primitive));
  }
  pushReceiverVariable(bytecode::quickReturnVariable(primitive));
  body_.facts.maxDepth = 1;
  returnTop();
  terminator_.depth = 1;
}

// No instruction, but a basic block may begin here.
void InstructionRecorder::noOperation() { endsBlock_ = false; }

// Verification has refused the method before.
void InstructionRecorder::callInlinedPrimitive(int /*set*/, int /*number*/) {}
void InstructionRecorder::trap() {}
void InstructionRecorder::undefinedBytecode(uint8_t /*bytecode*/) {}

}  // namespace stwasm::ir
