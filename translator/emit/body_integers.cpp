// SmallIntegers without their tag. What an operation in place has computed is in an i32 local of
// its stack slot ($s<d>.i) until something needs the object, and so are temporaries that never hold
// anything else while somebody reads them ($t<k>.i): for these the frame makes objects only when it
// is captured. Until the first store the i32 is kUnassigned, and the temporary's own local has what
// it was before: nil, or what a Context has.
#include <algorithm>

#include "translator/emit/body_emitter.h"
#include "translator/emit/virtual_block.h"

namespace stwasm::emit {

using ir::Opcode;

namespace {

// No SmallInteger.
constexpr std::string_view kUnassigned = "(i32.const 0x80000000)";

bool isStoreInto(const ir::Instruction& instruction, int slot) {
  return instruction.a == slot && (instruction.opcode == Opcode::kPopIntoTemporary ||
                                   instruction.opcode == Opcode::kStoreIntoTemporary);
}

// Whether each push of the temporary, and each store, is known to be of a SmallInteger.
bool isInteger(const ir::Body& body, const ir::RangesBefore& before, int slot) {
  bool isStored = false;
  for (size_t i = 0; i < body.instructions.size(); ++i) {
    const ir::Instruction& instruction = body.instructions[i];
    if (before[i].empty()) continue;  // never reached
    if (usesVector(instruction, slot)) return false;
    if (instruction.opcode == Opcode::kStorePrimitiveErrorCode && instruction.a == slot)
      return false;
    if (instruction.opcode == Opcode::kPushTemporary && instruction.a == slot &&
        !before[i][static_cast<size_t>(slot)].known)
      return false;
    if (!isStoreInto(instruction, slot)) continue;
    const int top = body.numFixedSlots + instruction.depth - 1;
    if (!before[i][static_cast<size_t>(top)].known) return false;
    isStored = true;
  }
  return isStored;
}

bool assigns(const ir::FloatRun& run, int slot) {
  return std::ranges::any_of(run.steps, [slot](const ir::FloatStep& step) {
    return step.target == slot &&
           (step.kind == ir::FloatStep::Kind::kStore || step.kind == ir::FloatStep::Kind::kMove);
  });
}

}  // namespace

// Where somebody may look at the locals, as a debugger does, objects stay in them.
bool BodyEmitter::untags() const { return context_.options.inlines && !counts() && !heapTemps_; }

void BodyEmitter::findIntegerSlots() {
  integerSlots_.resize(static_cast<size_t>(frameSlots_), false);
  const int first = body_.numArgs + body_.numCopied;
  if (!untags() || first >= body_.numFixedSlots) return;
  const ir::RangesBefore before = ir::rangesBefore(body_, assumptions(), ranges_);
  for (int slot = first; slot < body_.numFixedSlots; ++slot) {
    if (vectorIn(slot) != nullptr || isUnboxable(slot) || !isInteger(body_, before, slot)) continue;
    if (std::ranges::any_of(floatRuns_.runs,
                            [slot](const ir::FloatRun& run) { return assigns(run, slot); }))
      continue;
    integerSlots_[static_cast<size_t>(slot)] = true;
    out_.line("(local.set {} {})", integerLocal(slot), kUnassigned);
  }
}

bool BodyEmitter::isIntegerSlot(int slot) const {
  return slot < static_cast<int>(integerSlots_.size()) && integerSlots_[static_cast<size_t>(slot)];
}

std::string BodyEmitter::integerLocal(int slot) {
  const std::string name = slotName(slot) + ".i";
  if (integerLocals_.insert(slot).second) declare(name, "i32");
  return name;
}

Operand BodyEmitter::integerSlotOperand(Operand::Kind kind, int slot,
                                        ir::IntegerRange range) const {
  const std::string integer = fmt::format("(local.get {}.i)", slotName(slot));
  Operand operand{kind, slot, {}, fmt::format("(ref.i31 {})", integer), range};
  operand.integer = integer;
  return operand;
}

// The result in $x.
void BodyEmitter::pushInteger(ir::IntegerRange range) {
  const int slot = body_.numFixedSlots + depth();
  if (!untags() || inFloatRun_) {
    out_.line("(local.set {} (ref.i31 (local.get $x)))", stackSlot(depth()));
    return pushSlot(range);
  }
  out_.line("(local.set {} (local.get $x))", integerLocal(slot));
  push(integerSlotOperand(Operand::Kind::kPure, slot, range));
}

void BodyEmitter::storeInteger(int slot, const Operand& value) {
  emitUntagged(value);
  out_.line("local.set {}", integerLocal(slot));
}

// An argument of an inlined activation, or a value that its block copies: nobody assigns it.
bool BodyEmitter::bindInteger(FunctionText& out, int slot, const Operand& value) {
  if (value.integer.empty() || !untags()) return false;
  if (std::ranges::any_of(body_.instructions, [slot](const ir::Instruction& instruction) {
        return isStoreInto(instruction, slot) || usesVector(instruction, slot);
      }))
    return false;
  integerSlots_.resize(static_cast<size_t>(frameSlots_), false);
  integerSlots_[static_cast<size_t>(slot)] = true;
  out.line("(local.set {} {})", integerLocal(slot), value.integer);
  return true;
}

// What the Context has there has been tested.
void BodyEmitter::untagAtEntry(int slot) {
  out_.line("(local.set {} (i31.get_s (ref.cast (ref i31) (local.get {}))))", integerLocal(slot),
            slotName(slot));
}

std::string BodyEmitter::capturedInteger(int slot) const {
  const std::string name = slotName(slot);
  if (slot < body_.numArgs + body_.numCopied)
    return fmt::format("(ref.i31 (local.get {}.i))", name);
  return fmt::format("(call $captured_integer (local.get {}.i) (local.get {}))", name, name);
}

}  // namespace stwasm::emit
