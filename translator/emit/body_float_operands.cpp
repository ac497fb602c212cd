// Unboxed Floats between activations of one function: arguments of inlined methods and blocks, and
// their answers. An operand whose object need not be made yet is in a frame slot that may have the
// mark $unboxed (see body_float_runs.cpp); whoever asks for the operand's code makes the object, in
// that slot, so that there is one at most.
//
// An argument shares the caller's locals with it: nobody assigns them meanwhile.
#include <algorithm>

#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

using ir::Opcode;

namespace {

bool reads(const ir::FloatRun& run, int entry) {
  return std::ranges::any_of(run.leaves, [entry](const ir::FloatLeaf& leaf) {
    return leaf.source == ir::FloatLeaf::Source::kStackEntry && leaf.depth == entry;
  });
}

}  // namespace

// The object in the slot, made if need be.
std::string BodyEmitter::boxedCode(int slot) const {
  const std::string local = slotName(slot);
  return fmt::format(
      "(block (result eqref) (if (ref.eq (local.get {}) (global.get $unboxed)) (then (local.set {} "
      "(call $new_float (local.get {}.f))))) (local.get {}))",
      local, local, local, local);
}

void BodyEmitter::setUnboxed(Operand& operand, int slot) const {
  operand.unboxedSlot = slot;
  operand.code = boxedCode(slot);
  operand.range = {};
}

// Of an entry of the operand stack: no code before this one reads it.
void BodyEmitter::markUnboxable(int slot) {
  if (isUnboxable(slot)) return;
  floatRuns_.unboxable[static_cast<size_t>(slot)] = true;
  if (caller_ != nullptr) declare(slotName(slot) + ".f", "f64");
}

// A push whose value may stay unboxed.
bool BodyEmitter::pushUnboxed(const ir::Instruction& instruction) {
  if (instruction.opcode != Opcode::kPushTemporary || !isUnboxable(instruction.a)) return false;
  const int ownDepth = instruction.a - body_.numFixedSlots;
  if (ownDepth >= 0 && ownDepth < depth() &&
      stack_[static_cast<size_t>(ownDepth)].kind != Operand::Kind::kSlot)
    return false;
  if (!mayStayUnboxed(depth())) return false;
  Operand operand{Operand::Kind::kTemp, instruction.a, {}, "", {}};
  setUnboxed(operand, instruction.a);
  push(std::move(operand));
  return true;
}

// What is behind the current instruction, also where only a part of it is being written.
std::span<const ir::Instruction> BodyEmitter::restOfBlock() const {
  if (rest_.data() == nullptr || currentBlock_ == nullptr) return {};
  const ir::Instruction* end = body_.instructions.data() + currentBlock_->endInstruction;
  return {rest_.data(), end};
}

// Whether what takes the entry of the operand stack, behind the current instruction, can do with an
// unboxed Float.
bool BodyEmitter::mayStayUnboxed(int entry) const {
  if (floatRuns_.unboxable.empty()) return false;  // the method has no runs at all
  for (const ir::Instruction& instruction : restOfBlock()) {
    if (instruction.depth <= entry) return false;
    if (const ir::FloatRun* run = floatRunAt(instruction); run != nullptr && reads(*run, entry))
      return true;
    const bool sends =
        instruction.opcode == Opcode::kSend || instruction.opcode == Opcode::kSendSpecial;
    if (sends && instruction.depth - instruction.b - 1 <= entry)
      return isArgumentInlined(instruction, entry) || storesFloat(instruction, entry);
  }
  const ir::Terminator& end = currentBlock_->terminator;
  const bool answers = end.kind == ir::TerminatorKind::kMethodReturn ||
                       (end.kind == ir::TerminatorKind::kBlockReturn && caller_ != nullptr);
  return answers && end.value == ir::ReturnValue::kTop && end.depth == entry + 1 &&
         !unboxedAnswer_.empty();
}

bool BodyEmitter::isArgumentInlined(const ir::Instruction& send, int entry) const {
  const int receiver = send.depth - send.b - 1;
  if (entry == receiver || receiver >= depth()) return false;
  const auto candidates = candidatesOf(send, stack_[static_cast<size_t>(receiver)]);
  return !candidates.empty() &&
         mayInline(*candidates[0].target->plan, inliningLimitAt(send, false));
}

// An argument of an inlined activation.
bool BodyEmitter::bindUnboxed(int slot, const Operand& value) {
  if (value.likelyClass != image::kNil &&
      value.likelyClass == model_.special(image::SpecialObject::kClassFloat))
    likelyFloats_.insert(slot);
  if (value.unboxedSlot < 0) return false;
  likelyFloats_.insert(slot);
  if (body_.facts.assignedTemps[static_cast<size_t>(slot)]) return false;
  slotNames_[static_cast<size_t>(slot)] = caller_->slotName(value.unboxedSlot);
  sharedSlots_.insert(slot);
  return true;
}

// The callee's answer becomes the entry.
void BodyEmitter::offerUnboxedAnswer(BodyEmitter& callee, int entry) {
  callee.floatRuns_ = callee.findFloatRuns();
  const bool mayCompute = !callee.floatRuns_.runs.empty() || callee.body_.facts.sends;
  if (!mayCompute || !mayStayUnboxed(entry)) return;
  callee.unboxedAnswer_ = stackSlot(entry);
  markUnboxable(body_.numFixedSlots + entry);
}

// The answer of an inlined method.
void BodyEmitter::pushAnswer() {
  pushSlot();
  const int slot = body_.numFixedSlots + depth() - 1;
  if (isUnboxable(slot) && mayStayUnboxed(depth() - 1)) setUnboxed(stack_.back(), slot);
}

}  // namespace stwasm::emit
