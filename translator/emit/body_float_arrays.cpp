// at:, at:put: and size of arrays of 32-bit Floats in place, where a profile has seen them: methods
// whose primitives are those of FloatArrayPlugin, behind the class test of a candidate. An element
// that is read may stay unboxed, and so may one that is stored if nobody asks for the answer.
#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

namespace {

using bytecode::kSelectorAt;
using bytecode::kSelectorAtPut;
using bytecode::kSelectorSize;

constexpr uint32_t kBasicSize = 62;

bool hasPrimitive(const CallTarget& target, std::string_view name) {
  const auto& primitive = target.plan->primitive;
  return primitive && primitive->name == name;
}

}  // namespace

// The special selector that the method of a candidate answers in place for such an array.
std::optional<int> BodyEmitter::floatArrayAccess(const Candidate& candidate) const {
  const CallTarget& target = *candidate.target;
  if (hasPrimitive(target, "FloatArrayPlugin_primitiveAt")) return kSelectorAt;
  if (hasPrimitive(target, "FloatArrayPlugin_primitiveAtPut")) return kSelectorAtPut;
  if (candidate.behavior == image::kNil || target.plan->view.primitiveNumber() != kBasicSize)
    return {};
  const auto spec = model_.instanceSpec(candidate.behavior);
  return spec && spec->format == image::Format::kWords32 ? std::optional(kSelectorSize)
                                                         : std::nullopt;
}

// Goes on behind the block $other where the primitive would fail.
bool BodyEmitter::emitFloatArrayAccess(const TargetedSend& send, const Candidate& candidate,
                                       uint32_t site) {
  const auto access = floatArrayAccess(candidate);
  if (!access) return false;
  scope_.usesWords = true;
  const std::string& array = stack_[send.receiver].code;
  out_.open("block $other");
  if (*access != kSelectorSize && !stack_[send.receiver + 1].range.known)
    out_.line("(br_if $other (i32.eqz (ref.test (ref i31) {})))", stack_[send.receiver + 1].code);
  out_.line("(br_if $other (i32.eqz (ref.test (ref $WordObject) {})))", array);
  out_.line("(local.set $floats (ref.cast (ref $WordObject) {}))", array);
  emitClassTest("(struct.get $WordObject $classIndex (local.get $floats))", site,
                candidate.classes);
  out_.line("(local.set $words (struct.get $WordObject $words (local.get $floats)))");
  if (*access == kSelectorSize) {
    out_.line("(local.set {} (ref.i31 (array.len (local.get $words))))",
              stackSlot(static_cast<int>(send.receiver)));
  } else {
    if (*access == kSelectorAtPut) emitStoredFloat(stack_[send.receiver + 2]);
    emitUntagged(stack_[send.receiver + 1]);
    out_.line("(local.set $x (i32.sub (i32.const 1)))");
    out_.line("(br_if $other (i32.ge_u (local.get $x) (array.len (local.get $words))))");
    if (*access == kSelectorAt)
      emitFloatElement(static_cast<int>(send.receiver));
    else
      emitFloatElementStore(send);
  }
  out_.line("br $sent");
  out_.close();
  return true;
}

// To the entry of the operand stack, unboxed if that will do.
void BodyEmitter::emitFloatElement(int entry) {
  constexpr std::string_view kElement =
      "(f64.promote_f32 (f32.reinterpret_i32 (array.get $Words (local.get $words) (local.get "
      "$x))))";
  const std::string slot = stackSlot(entry);
  if (!mayStayUnboxed(entry))
    return out_.line("(local.set {} (call $new_float {}))", slot, kElement);
  markUnboxable(body_.numFixedSlots + entry);
  out_.line("(local.set {}.f {})", slot, kElement);
  out_.line("(local.set {} (global.get $unboxed))", slot);
}

// The value that is to be stored goes to $float.
void BodyEmitter::emitStoredFloat(const Operand& value) {
  if (context_.program.checksStores)
    out_.line(
        "(br_if $other (i32.and (struct.get $WordObject $hash (local.get $floats)) (i32.const "
        "0x400000)))");
  const bool mayBeUnboxed = value.unboxedSlot >= 0;
  const std::string local = mayBeUnboxed ? slotName(value.unboxedSlot) : "";
  const std::string object = mayBeUnboxed ? fmt::format("(local.get {})", local) : value.code;
  if (mayBeUnboxed) {
    out_.open(fmt::format("(if (ref.eq {} (global.get $unboxed))", object));
    out_.line("(then (local.set $float (local.get {}.f)))", local);
    out_.open("(else");
  }
  out_.open(fmt::format("(if (ref.test (ref $Float) {})", object));
  out_.line("(then (local.set $float (struct.get $Float $value (ref.cast (ref $Float) {}))))",
            object);
  out_.open("(else");
  out_.line("(br_if $other (i32.eqz (ref.test (ref i31) {})))", object);
  out_.line("(local.set $float (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) {}))))", object);
  for (int i = mayBeUnboxed ? 4 : 2; i > 0; --i) out_.close(")");
}

void BodyEmitter::emitFloatElementStore(const TargetedSend& send) {
  out_.line(
      "(array.set $Words (local.get $words) (local.get $x) (i32.reinterpret_f32 (f32.demote_f64 "
      "(local.get $float))))");
  if (!isAnswerPopped(send.instruction))
    out_.line("(local.set {} {})", stackSlot(static_cast<int>(send.receiver)),
              stack_[send.receiver + 2].code);
}

bool BodyEmitter::isAnswerPopped(const ir::Instruction& send) const {
  const auto next = static_cast<size_t>(&send - body_.instructions.data()) + 1;
  return next < static_cast<size_t>(currentBlock_->endInstruction) &&
         body_.instructions[next].opcode == ir::Opcode::kPop;
}

// Whether the send stores the entry of the operand stack into such an array, and that is all.
bool BodyEmitter::storesFloat(const ir::Instruction& send, int entry) const {
  const int receiver = send.depth - send.b - 1;
  if (send.opcode != ir::Opcode::kSendSpecial || send.a != kSelectorAtPut || receiver >= depth() ||
      entry != receiver + 2 || !isAnswerPopped(send))
    return false;
  const image::ObjectId selector = model_.specialSelectors()[static_cast<size_t>(send.a)].selector;
  const auto candidates = hotCandidates(send, selector, stack_[static_cast<size_t>(receiver)]);
  return !candidates.empty() && floatArrayAccess(candidates[0]) == kSelectorAtPut;
}

}  // namespace stwasm::emit
