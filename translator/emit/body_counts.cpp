// What functions of instrumented builds count: activations, bytecodes, sends with their receivers,
// jumps (runtime-wat/profile.wat). Whatever one function counts the interpreter does not count
// again, and the other way round: a frame may leave in the middle.
//
// Nothing is done across bytecodes here, as it is in other builds: each send is seen on its own.
#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

using ir::Opcode;
using ir::TerminatorKind;

namespace {

// thisContext, the number of arguments, blockCopy: and the jump over the block.
constexpr int kBytecodesOfBlockCopy = 4;

bool isSend(const ir::Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kSend:
    case Opcode::kSendSuper:
    case Opcode::kSendDirectedSuper:
      return true;
    case Opcode::kSendSpecial:
      return instruction.a != bytecode::kSelectorIdentical &&
             instruction.a != bytecode::kSelectorClass;
    default:
      return false;
  }
}

bool isStore(const ir::Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPopIntoReceiverVariable:
    case Opcode::kPopIntoLiteralVariable:
    case Opcode::kStoreIntoReceiverVariable:
    case Opcode::kStoreIntoLiteralVariable:
      return true;
    default:
      return false;
  }
}

}  // namespace

void BodyEmitter::emitCountsAtEntry() {
  out_.line("(local.set $profile (call $profile_of_id (i32.const {})))", plan_.id);
  if (inLoopEntry_) return;
  const bool isBlock = body_.isBlock() || body_.isBlockContext;
  out_.line("(call $count_activation (local.get $profile) (i32.const {}))",
            isBlock ? body_.startPc : 0);
}

void BodyEmitter::emitCountedLeaf(const ir::BasicBlock& block) {
  const bool conditional = block.terminator.kind == TerminatorKind::kConditionalJump;
  for (std::span<const ir::Instruction> left = body_.instructionsOf(block); !left.empty();) {
    const ir::Instruction& instruction = left.front();
    left = left.subspan(1);
    rest_ = {};
    comment(instruction.pc);
    record(instruction);
    countInstruction(instruction);
    if (conditional && left.empty() && emitFusedComparison(instruction, block.terminator))
      return countJump(block.terminator);
    emitInstruction(instruction);
  }
  if (!plan_.view.isQuickReturn()) countTerminator(block.terminator);
  emitTerminator(block);
  if (conditional) countJump(block.terminator);
}

// Before the instruction. Where it may leave to be executed by the interpreter, it is not among
// what is counted by then.
void BodyEmitter::countInstruction(const ir::Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kCallPrimitive:
      return;
    case Opcode::kPushActiveContext:
    case Opcode::kPushActiveProcess:
      return flushCount();
    case Opcode::kPushBlockCopy:
      pendingCount_ += kBytecodesOfBlockCopy;
      return;
    default:
      break;
  }
  if (isStore(instruction)) flushCount();
  ++pendingCount_;
  if (!isSend(instruction)) return;
  flushCount();
  countSend(instruction);
}

void BodyEmitter::countSend(const ir::Instruction& instruction) {
  const bool isSpecial = instruction.opcode == Opcode::kSendSpecial;
  const image::ObjectId selector =
      isSpecial ? model_.specialSelectors()[static_cast<size_t>(instruction.a)].selector
                : plan_.view.literals()[static_cast<size_t>(instruction.a)].objectId();
  size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  if (instruction.opcode == Opcode::kSendDirectedSuper) --receiver;
  out_.line("(call $count_send (local.get $profile) (i32.const {}) (i32.const {}) {})",
            instruction.pc, constants_.selector(selector), stack_[receiver].code);
  if (isSpecial && instruction.a <= bytecode::kSelectorBitOr)
    out_.line("(call $count_operation (local.get $profile) (i32.const {}) (i32.const {}) {} {})",
              instruction.pc, instruction.a, stack_[receiver].code, stack_[receiver + 1].code);
}

// Where its home cannot be left at once the interpreter executes the return again.
void BodyEmitter::countNonLocalReturn() {
  out_.line(
      "(call $count_bytecodes (local.get $profile) (i32.eq (global.get $unwind_reason) (i32.const "
      "2)))");
}

// Jumps and returns out of blocks are counted where it is known that they happen.
void BodyEmitter::countTerminator(const ir::Terminator& terminator) {
  const bool mayLeave = terminator.kind == TerminatorKind::kConditionalJump ||
                        terminator.kind == TerminatorKind::kNonLocalReturn;
  if (terminator.kind != TerminatorKind::kFallthrough && !mayLeave) ++pendingCount_;
  flushCount();
}

// Behind it: its condition is in $c.
void BodyEmitter::countJump(const ir::Terminator& jump) {
  ++pendingCount_;
  flushCount();
  out_.line(
      "(call $count_jump (local.get $profile) (i32.const {}) (i32.eq (local.get $c) (i32.const "
      "{})))",
      jump.pc, jump.condition ? 1 : 0);
}

void BodyEmitter::flushCount() {
  if (pendingCount_ == 0) return;
  out_.line("(call $count_bytecodes (local.get $profile) (i32.const {}))", pendingCount_);
  pendingCount_ = 0;
}

}  // namespace stwasm::emit
