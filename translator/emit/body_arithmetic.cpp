// Arithmetic, comparisons, and conditions of jumps. SmallIntegers are done in place, everything
// else by the runtime's functions for special selectors, which also do the send.
#include <array>

#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

namespace {

// What stands in place for two SmallIntegers; empty: only the runtime does it.
struct InlineOperation {
  std::string_view instruction;
  bool comparison = false;
  bool overflows = false;
};

constexpr std::array<InlineOperation, 16> kOperations = {{
    {"i32.add", false, true},
    {"i32.sub", false, true},
    {"i32.lt_s", true, false},
    {"i32.gt_s", true, false},
    {"i32.le_s", true, false},
    {"i32.ge_s", true, false},
    {"i32.eq", true, false},
    {"i32.ne", true, false},
    {},
    {},
    {},
    {},
    {},
    {},
    {"i32.and", false, false},
    {"i32.or", false, false},
}};

constexpr std::array<std::string_view, 16> kFunctions = {
    "$special_add",        "$special_subtract",       "$special_less",    "$special_greater",
    "$special_less_equal", "$special_greater_equal",  "$special_equal",   "$special_not_equal",
    "$special_multiply",   "$special_divide",         "$special_modulo",  "$special_make_point",
    "$special_bit_shift",  "$special_integer_divide", "$special_bit_and", "$special_bit_or"};

// Comparisons whose answer can be known without a send.
bool isFusible(const ir::Instruction& instruction) {
  if (instruction.opcode != ir::Opcode::kSendSpecial) return false;
  if (instruction.a == bytecode::kSelectorIdentical) return true;
  return instruction.a <= bytecode::kSelectorNotEqual &&
         kOperations[static_cast<size_t>(instruction.a)].comparison;
}

}  // namespace

std::string_view arithmeticFunction(int specialSelector) {
  return kFunctions[static_cast<size_t>(specialSelector)];
}

bool BodyEmitter::emitArithmetic(const ir::Instruction& instruction) {
  if (instruction.a > bytecode::kSelectorBitOr) return false;
  if (kOperations[static_cast<size_t>(instruction.a)].instruction.empty()) {
    emitRuntimeSend(arithmeticFunction(instruction.a), 1, instruction.nextPc);
  } else {
    emitIntegerOperation(instruction);
  }
  return true;
}

void BodyEmitter::emitSmallIntegerGuard(const Operand& operand) {
  if (operand.range.known) return;
  out_.line("(br_if $general (i32.eqz (ref.test (ref i31) {})))", operand.code);
}

void BodyEmitter::emitUntagged(const Operand& operand) {
  if (operand.smallInteger) {
    out_.line("i32.const {}", *operand.smallInteger);
  } else {
    out_.line("(i31.get_s (ref.cast (ref i31) {}))", operand.code);
  }
}

// Opens $done and in it $general; two SmallIntegers come out of it on Wasm's stack, anything else
// leaves $general. The operands stay on the symbolic stack for the send that follows there.
void BodyEmitter::emitIntegerOperands() {
  materialize(stack_.size() - 2);
  const Operand argument = stack_[stack_.size() - 1];
  const Operand receiver = stack_[stack_.size() - 2];
  out_.open("block $done");
  out_.open("block $general");
  emitSmallIntegerGuard(receiver);
  emitSmallIntegerGuard(argument);
  emitUntagged(receiver);
  emitUntagged(argument);
}

ir::IntegerOperation BodyEmitter::knownOperation(const ir::Instruction& instruction) const {
  return ir::integerOperation(instruction.a, stack_[stack_.size() - 2].range,
                              stack_[stack_.size() - 1].range);
}

// Both operands are known to be SmallIntegers: there is nothing else to be done for others.
void BodyEmitter::emitIntegersInPlace(const ir::Instruction& instruction,
                                      const ir::IntegerOperation& known) {
  const InlineOperation& operation = kOperations[static_cast<size_t>(instruction.a)];
  emitUntagged(stack_[stack_.size() - 2]);
  emitUntagged(stack_[stack_.size() - 1]);
  if (operation.comparison) {
    out_.line("{} local.set $c", operation.instruction);
    stack_.resize(stack_.size() - 2);
    out_.line(
        "(local.set {} (select (result eqref) (global.get $true) (global.get $false) (local.get "
        "$c)))",
        stackSlot(depth()));
  } else {
    out_.line("{} local.set $x", operation.instruction);
    if (known.overflows) emitOverflowExit(instruction);
    stack_.resize(stack_.size() - 2);
    out_.line("(local.set {} (ref.i31 (local.get $x)))", stackSlot(depth()));
  }
  pushSlot(known.result);
}

// $x + 2^30 is negative exactly when $x needs more than 31 bits: the interpreter executes the
// bytecode.
void BodyEmitter::emitOverflowExit(const ir::Instruction& instruction) {
  out_.open("(if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000)) (i32.const 0)) (then");
  for (size_t i = stack_.size() - 2; i < stack_.size(); ++i)
    if (stack_[i].kind != Operand::Kind::kSlot)
      out_.line("(local.set {} {})", stackSlot(static_cast<int>(i)), stack_[i].code);
  emitUnwindTo(instruction.pc, depth());
  out_.close("))");
}

void BodyEmitter::emitIntegerOperation(const ir::Instruction& instruction) {
  if (const auto known = knownOperation(instruction); known.inPlace) {
    materialize(stack_.size() - 2);
    return emitIntegersInPlace(instruction, known);
  }
  const InlineOperation& operation = kOperations[static_cast<size_t>(instruction.a)];
  const std::string slot = stackSlot(depth() - 2);
  emitIntegerOperands();
  if (operation.comparison) {
    out_.line("{} local.set $c", operation.instruction);
    out_.line(
        "(local.set {} (select (result eqref) (global.get $true) (global.get $false) (local.get "
        "$c)))",
        slot);
  } else if (operation.overflows) {
    // x + 2^30 is negative exactly when x needs more than 31 bits.
    out_.line("{} local.tee $x", operation.instruction);
    out_.line("i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general");
    out_.line("(local.set {} (ref.i31 (local.get $x)))", slot);
  } else {
    out_.line("{} ref.i31 local.set {}", operation.instruction, slot);
  }
  out_.line("br $done");
  out_.close();
  emitRuntimeSend(arithmeticFunction(instruction.a), 1, instruction.nextPc);
  out_.close();
}

// A comparison right before a conditional jump leaves its answer in $c: no Boolean is made.
bool BodyEmitter::emitFusedComparison(const ir::Instruction& instruction,
                                      const ir::Terminator& jump) {
  if (!isFusible(instruction)) return false;
  comment(jump.pc);
  if (instruction.a == bytecode::kSelectorIdentical) {
    const Operand argument = pop();
    const Operand receiver = pop();
    out_.line("(local.set $c (ref.eq {} {}))", receiver.code, argument.code);
    materialize(stack_.size());
    return true;
  }
  if (knownOperation(instruction).inPlace) {
    const Operand argument = pop();
    const Operand receiver = pop();
    materialize(stack_.size());
    emitUntagged(receiver);
    emitUntagged(argument);
    out_.line("{} local.set $c", kOperations[static_cast<size_t>(instruction.a)].instruction);
    return true;
  }
  emitIntegerOperands();
  out_.line("{} local.set $c", kOperations[static_cast<size_t>(instruction.a)].instruction);
  out_.line("br $done");
  out_.close();
  emitRuntimeSend(arithmeticFunction(instruction.a), 1, instruction.nextPc);
  const Operand answer = pop();
  emitTruth(answer, jump, depth());
  out_.close();
  return true;
}

void BodyEmitter::emitCondition(const ir::Terminator& jump) {
  const Operand value = pop();
  materialize(stack_.size());
  emitTruth(value, jump, depth());
}

// $c := value is true. What is no Boolean goes on in the interpreter, which sends mustBeBoolean.
void BodyEmitter::emitTruth(const Operand& value, const ir::Terminator& jump, int slotDepth) {
  if (value.kind != Operand::Kind::kSlot)
    out_.line("(local.set {} {})", stackSlot(slotDepth), value.code);
  canUnwind_ = true;
  out_.line(
      "(drop (br_if $unwound (i32.const {}) (i32.eqz (i32.or (local.tee $c (ref.eq {} (global.get "
      "$true))) (ref.eq {} (global.get $false))))))",
      position(jump.pc, slotDepth + 1), value.code, value.code);
}

}  // namespace stwasm::emit
