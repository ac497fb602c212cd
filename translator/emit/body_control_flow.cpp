// From the structured tree of a body to blocks, loops and branches: basic blocks, jumps, returns,
// polls. See body_emitter.h.
#include <utility>

#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

using ir::TerminatorKind;

void BodyEmitter::emitNode(const ir::StructuredTree& tree, ir::NodeId id) {
  const ir::Node& node = tree.at(id);
  switch (node.kind) {
    case ir::NodeKind::kSeq:
      for (const ir::NodeId child : node.children) emitNode(tree, child);
      break;
    case ir::NodeKind::kBlockLabel:
      out_.open(fmt::format("block $L{}", node.label));
      emitNode(tree, node.children[0]);
      out_.close();
      break;
    case ir::NodeKind::kLoop:
      emitLoop(tree, node);
      break;
    case ir::NodeKind::kLeaf:
      emitLeaf(node.block);
      break;
    case ir::NodeKind::kBranch:
      emitBranch(node);
      break;
    case ir::NodeKind::kCond:
      emitCond(tree, node);
      break;
  }
}

// Each side of a value that is on the stack has one comparison of its own: true has no other, and
// the one of false is always the same.
void BodyEmitter::emitCond(const ir::StructuredTree& tree, const ir::Node& node) {
  const UntestedCondition untested = std::exchange(untested_, {});
  if (untested.code.empty())
    out_.line("local.get $c");
  else
    out_.line("(ref.eq {} (global.get $true))", untested.code);
  out_.open("if");
  emitNode(tree, node.children[0]);
  out_.reopen("else");
  if (!untested.code.empty()) emitNoBoolean(untested);
  emitNode(tree, node.children[1]);
  out_.close();
}

void BodyEmitter::emitBranch(const ir::Node& node) {
  if (node.label == ir::kNoLabel) return;
  if (!node.isBackEdge) return out_.line("br $L{}", node.label);
  out_.line(
      "(if (i32.ge_s (local.tee $fuel (i32.sub (local.get $fuel) (i32.const 1))) (i32.const 0)) "
      "(then (br $L{})))",
      node.label);
  out_.line("br $poll{}", node.label);
}

// Two loops, so that the inner one has no call of its own: engines then know from turn to turn what
// they have read and tested. The outer one polls.
void BodyEmitter::emitLoop(const ir::StructuredTree& tree, const ir::Node& node) {
  scope_.polls = true;
  out_.open(fmt::format("block $left{}", node.label));
  out_.open(fmt::format("loop $again{}", node.label));
  out_.open(fmt::format("block $poll{}", node.label));
  out_.open(fmt::format("loop $L{}", node.label));
  emitNode(tree, node.children[0]);
  out_.close();
  out_.line("br $left{}", node.label);
  out_.close();
  const ir::BasicBlock& head = body_.blocks[static_cast<size_t>(node.block)];
  emitPoll(head.startPc, head.entryDepth);
  out_.line("br $again{}", node.label);
  out_.close();
  out_.close();
}

// Entering a block everything is in its local, and so it is when the block ends.
void BodyEmitter::emitLeaf(int index) {
  const ir::BasicBlock& block = body_.blocks[static_cast<size_t>(index)];
  currentBlock_ = &block;
  slotRanges_ = ranges_[static_cast<size_t>(index)];
  stack_.clear();
  for (int d = 0; d < block.entryDepth; ++d)
    pushSlot(slotRanges_[static_cast<size_t>(body_.numFixedSlots) + static_cast<size_t>(d)]);
  enterWithVectors(index);
  if (counts()) return emitCountedLeaf(block);
  rest_ = body_.instructionsOf(block);
  if (rest_.empty()) commentThreaded(block);
  bool ends = false;  // the block's end is written
  while (!rest_.empty()) {
    if (const ir::FloatRun* run = floatRunAt(rest_.front())) {
      emitFloatRun(*run, block);
      ends = run->compares;
    } else {
      ends = emitNext(block);
    }
  }
  if (!ends) emitTerminator(block);
  leaveWithVectors(index);
  stack_.clear();
}

// True when the block's end is written as well.
bool BodyEmitter::emitNext(const ir::BasicBlock& block) {
  const ir::Instruction& instruction = rest_.front();
  rest_ = rest_.subspan(1);
  comment(instruction.pc);
  record(instruction);
  if (&instruction == &body_.instructions[static_cast<size_t>(block.endInstruction) - 1]) {
    commentThreaded(block);
    if (emitDecision(instruction, block.terminator)) return true;
  }
  emitInstruction(instruction);
  return false;
}

void BodyEmitter::commentThreaded(const ir::BasicBlock& block) {
  for (const int32_t pc : block.threadedPcs) comment(pc);
}

void BodyEmitter::emitTerminator(const ir::BasicBlock& block) {
  const ir::Terminator& terminator = block.terminator;
  if (terminator.kind != TerminatorKind::kFallthrough) comment(terminator.pc);
  switch (terminator.kind) {
    case TerminatorKind::kFallthrough:
    case TerminatorKind::kJump:
      materialize(stack_.size());
      break;
    case TerminatorKind::kConditionalJump:
      emitCondition(terminator);
      break;
    case TerminatorKind::kMethodReturn:
    case TerminatorKind::kBlockReturn:
      emitReturn(terminator);
      break;
    case TerminatorKind::kNonLocalReturn:
      emitNonLocalReturn(terminator);
      break;
  }
}

Operand BodyEmitter::returnOperand(const ir::Terminator& terminator) {
  switch (terminator.value) {
    case ir::ReturnValue::kTop:
      return pop();
    case ir::ReturnValue::kReceiver:
      return selfOperand();
    case ir::ReturnValue::kConstant:
      break;
  }
  return constantOperand(terminator.constant);
}

void BodyEmitter::emitReturn(const ir::Terminator& terminator) {
  emitLeave(returnOperand(terminator));
}

void BodyEmitter::emitLeave(const Operand& value) {
  emitWriteBack();
  if (answerIsUnused_) return out_.line("(ref.null eq) br {}", leave_);
  if (emitAnsweredTruth(value)) return;
  // The caller's temporary may go on with the value: it has one object at most.
  if (value.unboxedSlot >= 0 && !sharedSlots_.contains(value.unboxedSlot) &&
      !unboxedAnswer_.empty()) {
    const std::string local = slotName(value.unboxedSlot);
    out_.line("(local.set {}.f (local.get {}.f))", unboxedAnswer_, local);
    return out_.line("(local.get {}) br {}", local, leave_);
  }
  if (caller_ == nullptr && !needsEpilogue())
    out_.line("{} return", value.code);
  else
    out_.line("{} br {}", value.code, leave_);
}

// Either every frame up to the home is left at once, or the return bytecode is executed again in
// the interpreter: its position has the value still on the stack.
void BodyEmitter::emitNonLocalReturn(const ir::Terminator& terminator) {
  if (home_ != nullptr && emitReturnFromHome(terminator)) return;
  materialize(stack_.size());
  const int depthBefore = depth();
  const Operand value = returnOperand(terminator);
  if (body_.isBlockContext) {
    out_.line("(drop (call $return_from_block_context (local.get $context) {}))", value.code);
  } else {
    out_.line("{} {} call $non_local_return drop",
              inLoopEntry_ ? "(ref.as_non_null (local.get $closure))" : closure_, value.code);
  }
  if (counts()) countNonLocalReturn();
  emitUnwindTo(terminator.pc, depthBefore);
}

void BodyEmitter::emitUnwindTo(int pc, int depth) {
  canUnwind_ = true;
  out_.line("(br $unwound (i32.const {}))", position(pc, depth));
}

// Most iterations count in a local: the common countdown would cost a load and a store each.
void BodyEmitter::emitPoll(int pc, int depth) {
  canUnwind_ = true;
  out_.line(
      "(drop (br_if $unwound (i32.const {}) (i32.lt_s (local.tee $fuel (call $refuel)) (i32.const "
      "0))))",
      position(pc, depth));
}

}  // namespace stwasm::emit
