// at: and at:put: of Arrays in place: the test of receiver and index, the bounds, the element.
// Everything else, and Arrays of a class with methods of its own for that, is the runtime's
// (runtime-wat/element_access.wat).
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

// The slots are in $elements and the 0-based index in $x, or the block $general is left.
void BodyEmitter::emitElementChecks(const Operand& receiver, const Operand& index) {
  if (!index.range.known)
    out_.line("(br_if $general (i32.eqz (ref.test (ref i31) {})))", index.code);
  out_.line("(br_if $general (i32.eqz (ref.test (ref $Indexed) {})))", receiver.code);
  out_.line("(local.set $array (ref.cast (ref $Indexed) {}))", receiver.code);
  out_.line(
      "(br_if $general (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get "
      "$plain_array_class)))");
  out_.line("(local.set $elements (struct.get $Indexed $slots (local.get $array)))");
  emitUntagged(index);
  out_.line(
      "(br_if $general (i32.ge_u (local.tee $x (i32.sub (i32.const 1))) (array.len (local.get "
      "$elements))))");
}

// The operands stay on the symbolic stack for the general form, which has to compare its result
// with $unwind.
void BodyEmitter::emitGeneralElement(std::string_view function, size_t receiver, int nextPc) {
  std::string operands;
  for (size_t i = receiver; i < stack_.size(); ++i) operands += " " + stack_[i].code;
  stack_.resize(receiver);
  out_.line("(local.set {} (call {}{} (i32.add (local.get $depth) (i32.const {}))))",
            stackSlot(depth()), function, operands, kWeightMark);
  emitUnwindCheck(nextPc);
  canUnwind_ = true;
}

void BodyEmitter::emitAt(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - 2;
  materialize(receiver);
  const std::string answer = stackSlot(static_cast<int>(receiver));
  scope_.usesElements = true;
  out_.open("block $answered");
  out_.open("block $general");
  emitElementChecks(stack_[receiver], stack_[receiver + 1]);
  out_.line("(local.set {} (array.get $Slots (local.get $elements) (local.get $x)))", answer);
  out_.line("br $answered");
  out_.close();
  emitGeneralElement("$send_at_general", receiver, instruction.nextPc);
  out_.close();
  pushSlot();
}

void BodyEmitter::emitAtPut(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - 3;
  materialize(receiver);
  const std::string answer = stackSlot(static_cast<int>(receiver));
  const Operand value = stack_[receiver + 2];
  scope_.usesElements = true;
  out_.open("block $answered");
  out_.open("block $general");
  emitElementChecks(stack_[receiver], stack_[receiver + 1]);
  if (context_.program.checksStores)
    out_.line(
        "(br_if $general (i32.and (struct.get $Indexed $hash (local.get $array)) (i32.const "
        "0x400000)))");
  out_.line("(array.set $Slots (local.get $elements) (local.get $x) {})", value.code);
  out_.line("(local.set {} {})", answer, value.code);
  out_.line("br $answered");
  out_.close();
  emitGeneralElement("$send_at_put_general", receiver, instruction.nextPc);
  out_.close();
  pushSlot();
}

}  // namespace stwasm::emit
