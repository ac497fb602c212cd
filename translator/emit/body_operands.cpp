// The symbolic operand stack, the locals that frame slots have, and the positions that say which of
// them a capture finds live. See body_emitter.h.
#include <algorithm>

#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

// See types/README.md: pc of the next instruction, and how many frame slots are live.
uint32_t BodyEmitter::position(int pc, int depth) {
  const int slots = body_.isBlockContext ? depth : body_.numFixedSlots + depth;
  const uint32_t position = static_cast<uint32_t>(pc) << 8 | static_cast<uint32_t>(slots);
  noteCapturedVectors();
  for (int d = 0; d < std::min(depth, this->depth()); ++d) {
    const Operand& entry = stack_[static_cast<size_t>(d)];
    const bool isOfTemporary = entry.unboxedSlot >= 0 && entry.kind != Operand::Kind::kSlot;
    if (entry.block != nullptr || isOfTemporary)
      notePending(body_.numFixedSlots + d, entry.code, position);
  }
  return position;
}

void BodyEmitter::notePending(int slot, const std::string& code, uint32_t position) {
  const auto same = std::ranges::find_if(pendingEntries_, [&](const PendingEntry& pending) {
    return pending.slot == slot && pending.code == code;
  });
  if (same == pendingEntries_.end())
    pendingEntries_.push_back({slot, code, {position}});
  else if (same->positions.back() != position)
    same->positions.push_back(position);
}

std::string BodyEmitter::slotName(int frameSlot) const {
  return slotNames_[static_cast<size_t>(frameSlot)];
}

// $t<k> and $s<d>, or what the source calls them. A block's own temporaries are stack slots.
std::vector<std::string> BodyEmitter::slotNames() const {
  std::vector<std::string> names;
  const auto& named = context_.options.debug.temporaryName;
  for (int slot = 0; slot < frameSlots_; ++slot) {
    std::string name = "$" + prefix_;
    name += slot < body_.numFixedSlots ? fmt::format("t{}", slot)
                                       : fmt::format("s{}", slot - body_.numFixedSlots);
    const std::string known =
        named ? named(plan_.entry, plan_.view.id(), static_cast<uint32_t>(body_.startPc),
                      static_cast<size_t>(slot))
              : "";
    // With the slot's own name behind it, so that it is no other local's.
    if (!known.empty()) name = fmt::format("${}.{}", watName(known), name.substr(1));
    names.push_back(std::move(name));
  }
  return names;
}

// A temporary's value, be it a local or shared with BlockContexts.
std::string BodyEmitter::temporaryCode(int temp) const {
  if (heapTemps_ && temp < body_.numFixedSlots)
    return fmt::format("(array.get $Slots (local.get $temps) (i32.const {}))", temp);
  if (isIntegerSlot(temp)) return fmt::format("(ref.i31 (local.get {}.i))", slotName(temp));
  return fmt::format("(local.get {})", slotName(temp));
}

void BodyEmitter::pushSlot(ir::IntegerRange range) {
  push({Operand::Kind::kSlot, 0, {}, fmt::format("(local.get {})", stackSlot(depth())), range});
}

// A block's own temporaries are entries of the operand stack.
ir::IntegerRange BodyEmitter::temporaryRange(int slot) const {
  const int stackDepth = slot - body_.numFixedSlots;
  return stackDepth >= 0 && stackDepth < depth() ? stack_[static_cast<size_t>(stackDepth)].range
                                                 : slotRanges_[static_cast<size_t>(slot)];
}

Operand BodyEmitter::pop() {
  Operand top = std::move(stack_.back());
  stack_.pop_back();
  return top;
}

void BodyEmitter::materialize(size_t count) {
  for (size_t i = 0; i < count; ++i) materializeEntry(i);
}

void BodyEmitter::materializeEntry(size_t index) {
  Operand& operand = stack_[index];
  if (operand.kind == Operand::Kind::kSlot && operand.unboxedSlot < 0) return;
  const std::string slot = stackSlot(static_cast<int>(index));
  out_.line("(local.set {} {})", slot, operand.code);
  const bool keepsInteger = operand.kind == Operand::Kind::kPure;  // no store changes it
  std::string integer = keepsInteger ? std::move(operand.integer) : "";
  operand = {Operand::Kind::kSlot, 0, {}, fmt::format("(local.get {})", slot), operand.range,
             operand.likelyClass};
  operand.integer = std::move(integer);
}

// The same where only a capture will look for them: the handler makes virtual blocks, and the
// objects of what is unboxed.
void BodyEmitter::keepForCapture(size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (stack_[i].block == nullptr && stack_[i].unboxedSlot < 0) materializeEntry(i);
}

}  // namespace stwasm::emit
