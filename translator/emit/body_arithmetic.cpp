// Arithmetic, comparisons, and conditions of jumps. SmallIntegers are done in place, everything
// else by the runtime's functions for special selectors, which also do the send.
#include <array>

#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

namespace {

using InlineOperation = BodyEmitter::InlineOperation;

constexpr int kBitsOfInteger = 31;

constexpr std::array<InlineOperation, 16> kOperations = {{
    {"i32.add", false, true},
    {"i32.sub", false, true},
    {"i32.lt_s", true, false},
    {"i32.gt_s", true, false},
    {"i32.le_s", true, false},
    {"i32.ge_s", true, false},
    {"i32.eq", true, false},
    {"i32.ne", true, false},
    {"i64.mul", false, true},
    {},
    {"i32.rem_s", false, false},
    {},
    {"i64.shl", false, true},
    {"i32.div_s", false, false},
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

// Operations whose result another one can go on with.
bool isChained(const ir::Instruction& instruction, const std::optional<int32_t>& argument) {
  return isInPlace(instruction, argument) &&
         !kOperations[static_cast<size_t>(instruction.a)].comparison;
}

}  // namespace

// One that divides needs a divisor above zero, and tests it where it is not known; how far to shift
// has to be known.
bool isInPlace(const ir::Instruction& instruction, const std::optional<int32_t>& argument) {
  if (instruction.opcode != ir::Opcode::kSendSpecial || instruction.a > bytecode::kSelectorBitOr)
    return false;
  if (instruction.a == bytecode::kSelectorBitShift)
    return argument && *argument > -kBitsOfInteger && *argument < kBitsOfInteger;
  const bool divides = instruction.a == bytecode::kSelectorModulo ||
                       instruction.a == bytecode::kSelectorIntegerDivide;
  if (divides && argument && *argument <= 0) return false;
  return !kOperations[static_cast<size_t>(instruction.a)].instruction.empty();
}

// $unwind is no SmallInteger: where an inline operation on the result comes next, its test is the
// check as well, and only its general form has to look again.
bool BodyEmitter::maySkipUnwindCheck() const {
  if (rest_.empty()) return false;
  if (isInPlace(rest_[0], {})) return depth() >= 1;
  return rest_.size() >= 2 && isPurePush(rest_[0]) && isInPlace(rest_[1], pushedInteger(rest_[0]));
}

// What a push is known to push.
std::optional<int32_t> BodyEmitter::pushedInteger(const ir::Instruction& push) const {
  if (push.opcode == ir::Opcode::kPushInteger) return push.a;
  if (push.opcode != ir::Opcode::kPushLiteralConstant) return {};
  const image::Value value = plan_.view.literals()[static_cast<size_t>(push.a)];
  if (!isI31(value)) return {};
  return static_cast<int32_t>(value.smallInteger());
}

void BodyEmitter::emitDeferredCheck(const DeferredCheck& deferred) {
  if (deferred.slot.empty()) return;
  out_.line("(drop (br_if $unwound (i32.const {}) (ref.eq (local.get {}) (global.get $unwind))))",
            deferred.position, deferred.slot);
}

bool BodyEmitter::emitArithmetic(const ir::Instruction& instruction) {
  if (instruction.a > bytecode::kSelectorBitOr) return false;
  if (!isInPlace(instruction, stack_.back().smallInteger)) {
    emitGeneralArithmetic(instruction);
  } else {
    emitIntegerOperation(instruction);
  }
  return true;
}

// Operands that are no SmallIntegers. Methods that a profile has seen come before the runtime's
// function, which is for numbers.
void BodyEmitter::emitGeneralArithmetic(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - 2;
  keepForCapture(receiver);
  const image::ObjectId selector =
      model_.specialSelectors()[static_cast<size_t>(instruction.a)].selector;
  std::vector<Candidate> candidates = hotCandidates(instruction, selector, stack_[receiver]);
  std::erase_if(candidates, [](const Candidate& candidate) {
    return candidate.target->plan->view.primitiveNumber() != 0;
  });
  const std::string_view function = kFunctions[static_cast<size_t>(instruction.a)];
  if (candidates.empty()) return emitRuntimeSend(function, 1, instruction.nextPc);
  const TargetedSend send{nullptr, "", receiver, constants_.selector(selector), 1, "", instruction};
  out_.open("block $sent");
  if (coversAllSeen(send, candidates, hasSeenSmallIntegers(instruction) ? 1 : 0))
    return emitOnlyCandidates(send, candidates);
  emitCandidates(send, candidates);
  emitGeneralForm(send, function);
}

void BodyEmitter::emitSmallIntegerGuard(const Operand& operand) {
  if (operand.range.known) return;
  out_.line("(br_if {} (i32.eqz (ref.test (ref i31) {})))", general_, operand.code);
}

void BodyEmitter::emitUntagged(const Operand& operand) {
  if (!operand.integer.empty()) {
    out_.line("{}", operand.integer);
  } else {
    out_.line("(i31.get_s (ref.cast (ref i31) {}))", operand.code);
  }
}

// Two SmallIntegers come onto Wasm's stack, anything else leaves the block $general.
void BodyEmitter::emitIntegerOperands(const Operand& receiver, const Operand& argument) {
  emitSmallIntegerGuard(receiver);
  emitSmallIntegerGuard(argument);
  emitUntagged(receiver);
  emitUntagged(argument);
}

ir::IntegerOperation BodyEmitter::knownOperation(const ir::Instruction& instruction) const {
  if (counts()) return {};  // leaving on overflow would count the send twice
  return ir::integerOperation(instruction.a, stack_[stack_.size() - 2].range,
                              stack_[stack_.size() - 1].range);
}

// Both operands are known to be SmallIntegers: there is nothing else to be done for others.
void BodyEmitter::emitIntegersInPlace(const ir::Instruction& instruction,
                                      const ir::IntegerOperation& known) {
  const Operand argument = stack_.back();
  emitUntagged(stack_[stack_.size() - 2]);
  emitUntagged(argument);
  emitOperation(instruction, argument, known);
  if (known.overflows) emitOverflowExit(instruction);
  stack_.resize(stack_.size() - 2);
  pushResult(instruction, known.result);
}

// Of two integers on Wasm's stack: a comparison leaves its answer in $c, anything else in $x. What
// may not fit a SmallInteger is in $wide where $x has no room for it.
void BodyEmitter::emitOperation(const ir::Instruction& instruction, const Operand& argument,
                                const ir::IntegerOperation& known) {
  const InlineOperation& operation = kOperations[static_cast<size_t>(instruction.a)];
  switch (instruction.a) {
    case bytecode::kSelectorMultiply:
      return emitProduct(known);
    case bytecode::kSelectorModulo:
    case bytecode::kSelectorIntegerDivide:
      return emitDivision(instruction, argument, known);
    case bytecode::kSelectorBitShift:
      return emitShift(*argument.smallInteger, known);
    default:
      if (known.inPlace || !operation.overflows)
        return out_.line("{} local.set {}", operation.instruction,
                         operation.comparison ? "$c" : "$x");
      // x + 2^30 is negative exactly when x needs more than 31 bits.
      out_.line("{} local.tee $x", operation.instruction);
      out_.line("i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if {}", general_);
  }
}

// The i64 on Wasm's stack goes to $x if it is a SmallInteger.
void BodyEmitter::emitNarrowed() {
  scope_.usesWide = true;
  out_.line("local.set $wide");
  out_.line(
      "(br_if {} (i64.ge_u (i64.add (local.get $wide) (i64.const 0x40000000)) (i64.const "
      "0x80000000)))",
      general_);
  out_.line("(local.set $x (i32.wrap_i64 (local.get $wide)))");
}

void BodyEmitter::emitProduct(const ir::IntegerOperation& known) {
  if (known.inPlace) return out_.line("i32.mul local.set $x");
  out_.line("local.set $c i64.extend_i32_s (i64.extend_i32_s (local.get $c)) i64.mul");
  emitNarrowed();
}

// Rounds down. The divisor is above zero: with another one the general form does it.
void BodyEmitter::emitDivision(const ir::Instruction& instruction, const Operand& argument,
                               const ir::IntegerOperation& known) {
  out_.line("local.set $c local.set $x");
  if (!argument.range.known || argument.range.low <= 0)
    out_.line("(br_if {} (i32.le_s (local.get $c) (i32.const 0)))", general_);
  if (instruction.a == bytecode::kSelectorModulo) {
    out_.line("(local.set $x (i32.rem_s (local.get $x) (local.get $c)))");
    if (known.dividendMayBeNegative)
      out_.line(
          "(local.set $x (i32.add (local.get $x) (i32.and (local.get $c) (i32.shr_s (local.get $x) "
          "(i32.const 31)))))");
    return;
  }
  if (known.dividendMayBeNegative)
    out_.line(
        "(local.set $x (i32.sub (local.get $x) (i32.and (i32.sub (local.get $c) (i32.const 1)) "
        "(i32.shr_s (local.get $x) (i32.const 31)))))");
  out_.line("(local.set $x (i32.div_s (local.get $x) (local.get $c)))");
}

void BodyEmitter::emitShift(int32_t bits, const ir::IntegerOperation& known) {
  out_.line("drop");
  if (bits <= 0) return out_.line("i32.const {} i32.shr_s local.set $x", -bits);
  if (known.inPlace) return out_.line("i32.const {} i32.shl local.set $x", bits);
  out_.line("i64.extend_i32_s i64.const {} i64.shl", bits);
  emitNarrowed();
}

void BodyEmitter::pushResult(const ir::Instruction& instruction, ir::IntegerRange range) {
  if (!kOperations[static_cast<size_t>(instruction.a)].comparison) return pushInteger(range);
  emitResult(instruction, stackSlot(depth()));
  pushSlot();
}

// $c or $x as an object.
void BodyEmitter::emitResult(const ir::Instruction& instruction, const std::string& slot) {
  if (kOperations[static_cast<size_t>(instruction.a)].comparison) {
    out_.line(
        "(local.set {} (select (result eqref) (global.get $true) (global.get $false) (local.get "
        "$c)))",
        slot);
  } else {
    out_.line("(local.set {} (ref.i31 (local.get $x)))", slot);
  }
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

// What follows in the same basic block and goes on with the result: operations on SmallIntegers
// whose argument costs no code, then perhaps a unary send with a likely target.
BodyEmitter::Chain BodyEmitter::chainFrom(const ir::Instruction& first) {
  Chain chain{{{&first, nullptr, {}}}, nullptr, 0};
  std::span<const ir::Instruction> rest = rest_;
  while (rest.size() >= 2 && floatRunAt(rest[0]) == nullptr && isPurePush(rest[0]) &&
         !isSpeculated(rest[1]) && isChained(rest[1], pushedInteger(rest[0]))) {
    chain.links.push_back({&rest[1], rest.data(), purePush(rest[0])});
    rest = rest.subspan(2);
  }
  if (!rest.empty() && rest[0].opcode == ir::Opcode::kSend && rest[0].b == 0) {
    const image::Value selector = plan_.view.literals()[static_cast<size_t>(rest[0].a)];
    if (context_.targets.ofSend(selector.objectId(), 0) != nullptr) {
      chain.send = &rest[0];
      rest = rest.subspan(1);
    }
  }
  chain.consumed = rest_.size() - rest.size();
  return chain;
}

// The SmallIntegers take the way through all operations at once. Whatever does not fit leaves for
// the general form of its operation, and everything behind is done in the general form too.
void BodyEmitter::emitIntegerOperation(const ir::Instruction& instruction) {
  if (const auto known = knownOperation(instruction); known.inPlace) {
    keepForCapture(stack_.size() - 2);
    return emitIntegersInPlace(instruction, known);
  }
  if (isSpeculated(instruction)) return emitSpeculatedOperation(instruction);
  keepForCapture(stack_.size() - 2);
  const Chain chain = chainFrom(instruction);
  const DeferredCheck deferred = std::exchange(deferred_, {});
  out_.open("block $done");
  if (chain.send != nullptr) out_.open("block $send");
  for (size_t i = chain.links.size(); i > 0; --i) out_.open(fmt::format("block $general{}", i - 1));
  emitFastChain(chain);
  const auto rest = std::exchange(rest_, {}).subspan(chain.consumed);
  for (size_t i = 0; i < chain.links.size(); ++i) {
    out_.close();
    if (i == 0) emitDeferredCheck(deferred);
    if (i > 0) push(chain.links[i].argument);
    record(*chain.links[i].operation);
    emitGeneralArithmetic(*chain.links[i].operation);
  }
  if (chain.send != nullptr) emitChainedSend(chain);
  out_.close();
  rest_ = rest;
  if (chain.send == nullptr) return;
  pop();
  checkResult(chain.send->nextPc);
}

void BodyEmitter::emitFastChain(const Chain& chain) {
  const std::string slot = stackSlot(depth() - 2);
  ir::IntegerOperation known = knownOperation(*chain.links[0].operation);
  for (size_t i = 0; i < chain.links.size(); ++i) {
    const ir::Instruction& operation = *chain.links[i].operation;
    general_ = fmt::format("$general{}", i);
    const Operand& argument = i == 0 ? stack_.back() : chain.links[i].argument;
    if (i == 0) {
      emitIntegerOperands(stack_[stack_.size() - 2], stack_[stack_.size() - 1]);
    } else {
      comment(chain.links[i].push->pc);
      comment(operation.pc);
      emitSmallIntegerGuard(argument);
      out_.line("local.get $x");
      emitUntagged(argument);
      known = {};
    }
    emitOperation(operation, argument, known);
    emitResult(operation, slot);
  }
  if (chain.send == nullptr) return out_.line("br $done");
  comment(chain.send->pc);
  record(*chain.send);
  const image::Value selector = plan_.view.literals()[static_cast<size_t>(chain.send->a)];
  const CallTarget& target = *context_.targets.ofSend(selector.objectId(), 0);
  chainSite_ = newCallSite();
  out_.line("(br_if $send (i32.eqz (i32.load offset={} (i32.const 0))))", chainSite_);
  out_.line(
      "(local.set {} (call ${} (local.get {}) (i32.const {}) (i32.add (local.get $depth) "
      "(i32.const {}))))",
      slot, target.function, slot, constants_.selector(selector.objectId()), kWeightMark);
  out_.line("br $done");
}

// The receiver is in its slot; the class that the site knows is another one, or it knows none yet.
void BodyEmitter::emitChainedSend(const Chain& chain) {
  out_.close();
  record(*chain.send);
  const image::Value selector = plan_.view.literals()[static_cast<size_t>(chain.send->a)];
  const CallTarget& target = *context_.targets.ofSend(selector.objectId(), 0);
  const std::string slot = stackSlot(depth() - 1);
  out_.line(
      "(local.set {} (call $send_predicted_integer (local.get {}) (i32.const {}) (i32.add "
      "(local.get "
      "$depth) (i32.const {})) (i32.const {}) (i32.const {})))",
      slot, slot, constants_.selector(selector.objectId()), kWeightMark, target.code, chainSite_);
}

// A comparison right before a conditional jump, or a return that decides one, leaves its answer in
// $c: no Boolean is made. What is no Boolean goes where the block's end takes it.
bool BodyEmitter::emitFusedComparison(const ir::Instruction& instruction,
                                      const ir::Terminator& end) {
  if (!isFusible(instruction)) return false;
  comment(end.pc);
  if (instruction.a == bytecode::kSelectorIdentical) {
    const Operand argument = pop();
    const Operand receiver = pop();
    out_.line("(local.set $c {})", identityTest(receiver, argument));
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
  materialize(stack_.size() - 2);
  if (isSpeculated(instruction)) {
    emitSpeculatedIntegers(instruction);
    stack_.resize(stack_.size() - 2);
    return true;
  }
  const DeferredCheck deferred = std::exchange(deferred_, {});
  out_.open("block $done");
  out_.open("block $general");
  general_ = "$general";
  emitIntegerOperands(stack_[stack_.size() - 2], stack_[stack_.size() - 1]);
  out_.line("{} local.set $c", kOperations[static_cast<size_t>(instruction.a)].instruction);
  out_.line("br $done");
  out_.close();
  emitDeferredCheck(deferred);
  emitGeneralArithmetic(instruction);
  const Operand answer = pop();
  if (end.kind == ir::TerminatorKind::kConditionalJump)
    emitTruth(answer, end, depth());
  else
    emitLeave(answer);
  out_.close();
  return true;
}

void BodyEmitter::emitCondition(const ir::Terminator& jump) {
  const Operand value = pop();
  materialize(stack_.size());
  if (counts() || jump.target == jump.next) return emitTruth(value, jump, depth());
  if (value.kind != Operand::Kind::kSlot)
    out_.line("(local.set {} {})", stackSlot(depth()), value.code);
  canUnwind_ = true;
  untested_ = {value.code, position(jump.pc, depth() + 1)};
}

// $c := value is true.
void BodyEmitter::emitTruth(const Operand& value, const ir::Terminator& jump, int slotDepth) {
  if (value.kind != Operand::Kind::kSlot)
    out_.line("(local.set {} {})", stackSlot(slotDepth), value.code);
  canUnwind_ = true;
  out_.open(
      fmt::format("(if (i32.eqz (local.tee $c (ref.eq {} (global.get $true)))) (then", value.code));
  emitNoBoolean({value.code, position(jump.pc, slotDepth + 1)});
  out_.close("))");
}

// What is not true and no Boolean goes on in the interpreter, which sends mustBeBoolean.
void BodyEmitter::emitNoBoolean(const UntestedCondition& condition) {
  out_.line("(drop (br_if $unwound (i32.const {}) (i32.eqz (ref.eq {} (global.get $false)))))",
            condition.position, condition.code);
}

}  // namespace stwasm::emit
