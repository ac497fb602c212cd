// Methods that make BlockContexts, and these blocks. A BlockContext is an object from the start and
// its own activation, and it shares the temporaries of its home, the method's activation: they are
// in an array, which the home's Context holds once there is one. See body_emitter.h.
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

// The array: made by the method's own frame, found by what continues a Context.
void BodyEmitter::emitHomeTemporaries() {
  if (body_.isBlockContext)
    return out_.line("(local.set $temps (call $home_slots (local.get $context)))");
  if (inLoopEntry_)
    return out_.line("(local.set $temps (struct.get $Context $slots (local.get $context)))");
  std::string values;
  for (int i = 0; i < body_.numFixedSlots; ++i)
    values += i < body_.numArgs ? fmt::format(" (local.get {})", slotName(i)) : " (ref.null eq)";
  out_.line("(local.set $temps (array.new_fixed $Slots {}{}))", body_.numFixedSlots, values);
}

// `stack` is the position and an array of the operand stack.
void BodyEmitter::emitHomeCapture(const std::string& stack) {
  if (inLoopEntry_)
    return out_.line("(call $capture_resumed_home (local.get $context) (i32.const {}) {})",
                     body_.numFixedSlots, stack);
  out_.line(
      "(return (call $capture_home (local.get $home) (i32.const {}) (local.get $self) "
      "(ref.as_non_null (local.get $temps)) {}))",
      plan_.id, stack);
}

// The home's Context is made with its first block.
void BodyEmitter::emitBlockCopy(const ir::Instruction& instruction) {
  const auto block = static_cast<size_t>(instruction.a);
  std::string home = "(local.get $context)";
  if (body_.isBlockContext) {
    home = "(call $home_of_block_context (local.get $context))";
  } else if (isHomeFrame()) {
    out_.line(
        "(if (ref.is_null (local.get $home)) (then (local.set $home (call $new_home (i32.const "
        "{}) (local.get $self) (ref.as_non_null (local.get $temps))))))",
        plan_.id);
    home = "(ref.as_non_null (local.get $home))";
  }
  out_.line(
      "(local.set {} (call $new_block_context_of {} (i32.const {}) (i32.const {}) (ref.func ${})))",
      stackSlot(depth()), home, plan_.ir.bodies[block].startPc, instruction.b,
      plan_.bodyNames[block]);
  pushSlot();
}

}  // namespace stwasm::emit
