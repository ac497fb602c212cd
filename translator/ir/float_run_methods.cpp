// Sends in runs of Float operations that are done in place: primitives of Floats, and methods that
// compute with their operands. See float_run_builder.h.
#include <algorithm>

#include "translator/bytecode/special_selectors.h"
#include "translator/ir/float_run_builder.h"

namespace stwasm::ir {

using namespace bytecode;
using Kind = FloatStep::Kind;

namespace {

// What a constant is worth beside a Float.
std::optional<double> numberPushed(const Instruction& push) {
  if (push.opcode == Opcode::kPushInteger) return push.a;
  if (push.opcode != Opcode::kPushConstant) return {};
  switch (static_cast<Constant>(push.a)) {
    case Constant::kMinusOne:
      return -1;
    case Constant::kZero:
      return 0;
    case Constant::kOne:
      return 1;
    case Constant::kTwo:
      return 2;
    default:
      return {};
  }
}

// Of Floats only, or nearly so.
bool isFunction(const FloatMethod& method) {
  return method.body == nullptr && method.primitive != kTruncatedPrimitive;
}

}  // namespace

bool FloatRunBuilder::hasSeenFloats(int32_t index) const {
  return assumptions_.seenOperands && assumptions_.seenOperands(index) == SeenOperands::kFloats;
}

// Whether the receiver is likely a Float.
bool FloatRunBuilder::isForFloats(int32_t index, const FloatMethod& method) {
  const auto count = static_cast<size_t>(instruction(index).b) + 1;
  for (size_t i = 0; i < count; ++i)
    if (isInteger(entry(i, index))) return false;
  return isFunction(method) || hasSeenFloats(index) || isKnownFloat(entry(count - 1, index));
}

bool FloatRunBuilder::method(int32_t index, const FloatMethod& method) {
  const auto count = static_cast<size_t>(instruction(index).b) + 1;
  std::vector<Number> operands;
  for (size_t i = 0; i < count; ++i)
    operands.push_back({registerOf(entry(count - 1 - i, index), false), 0, true});
  if (isFunction(method)) state_.hasEvidence = true;
  if (hasSeenFloats(index)) state_.hasEvidence = state_.hasSeenFloats = true;
  FloatStep check{Kind::kMethod};
  check.instruction = index;
  run_.steps.push_back(check);
  if (method.body == nullptr) return primitive(index, method.primitive, operands[0].index);
  Computation computation{method, operands, {}};
  const auto answer = answerOf(computation);
  if (!answer || answer->index < 0) return false;
  consume(operands.size(), index);
  pushRegister(answer->index);
  state_.stack.back().isOperand = answer->isOperand;
  return complete();
}

bool FloatRunBuilder::primitive(int32_t index, int primitive, int32_t self) {
  consume(1, index);
  if (primitive != kTruncatedPrimitive) {
    pushRegister(addStep(Kind::kFunction, self, 0, primitive));
    return complete();
  }
  const int32_t integer = addElement(true);
  run_.steps.push_back({Kind::kTruncated, integer, self});
  state_.stack.push_back({false, integer, state_.first, false, {}});
  return complete();
}

// asFloat of what is a SmallInteger for certain.
bool FloatRunBuilder::integerAsFloat(int32_t index) {
  if (instruction(index).b != 0 || !assumptions_.convertsIntegers ||
      !assumptions_.convertsIntegers(index))
    return false;
  const Value receiver = entry(0, index);
  if (!isInteger(receiver)) return false;
  FloatStep check{Kind::kAsFloat};
  check.instruction = index;
  run_.steps.push_back(check);
  state_.hasEvidence = true;
  const int32_t number = registerOf(receiver, true);
  consume(1, index);
  pushRegister(number);
  return complete();
}

int32_t FloatRunBuilder::inRegister(const Number& number) {
  return number.index >= 0 ? number.index : addStep(Kind::kConstant, 0, 0, 0, number.constant);
}

// Both ways of a condition are computed, and one of the answers is taken.
std::optional<FloatRunBuilder::Number> FloatRunBuilder::answerOf(Computation& computation) {
  const Body& body = *computation.method.body;
  const BasicBlock& entry = body.blocks[0];
  if (entry.terminator.kind != TerminatorKind::kConditionalJump)
    return branch(computation, 0, true);
  const auto code = body.instructionsOf(entry);
  if (code.empty() || !isFloatComparison(code.back().a) ||
      code.back().opcode != Opcode::kSendSpecial)
    return {};
  const int32_t selector = code.back().a;
  if (!compute(computation, code.first(code.size() - 1), false) || computation.stack.size() != 2)
    return {};
  FloatStep choice{Kind::kSelect, 0, inRegister(computation.stack[0]),
                   inRegister(computation.stack[1]), selector};
  computation.stack.clear();
  const bool jumpsIf = entry.terminator.condition;
  const auto yes =
      branch(computation, jumpsIf ? entry.terminator.target : entry.terminator.next, false);
  const auto no =
      branch(computation, jumpsIf ? entry.terminator.next : entry.terminator.target, false);
  if (!yes || !no || yes->index < 0 || no->index < 0) return {};
  choice.yes = yes->index;
  choice.no = no->index;
  choice.target = run_.registers++;
  run_.steps.push_back(choice);
  return Number{choice.target, 0, yes->isOperand || no->isOperand};
}

// What the method answers from this basic block on. Nothing may fail where it is not reached.
std::optional<FloatRunBuilder::Number> FloatRunBuilder::branch(Computation computation,
                                                               int32_t block, bool isReached) {
  const Body& body = *computation.method.body;
  for (size_t steps = 0; steps < body.blocks.size(); ++steps) {
    const BasicBlock& here = body.blocks[static_cast<size_t>(block)];
    if (!compute(computation, body.instructionsOf(here), isReached)) return {};
    const Terminator& end = here.terminator;
    switch (end.kind) {
      case TerminatorKind::kFallthrough:
      case TerminatorKind::kJump:
        block = end.target;
        continue;
      case TerminatorKind::kMethodReturn:
        if (end.value == ReturnValue::kReceiver) return computation.operands[0];
        if (end.value != ReturnValue::kTop || computation.stack.empty()) return {};
        return computation.stack.back();
      default:
        return {};
    }
  }
  return {};
}

bool FloatRunBuilder::compute(Computation& computation, std::span<const Instruction> code,
                              bool mayDivide) {
  std::vector<Number>& stack = computation.stack;
  for (const Instruction& next : code) {
    if (next.opcode == Opcode::kPushReceiver) {
      stack.push_back(computation.operands[0]);
    } else if (next.opcode == Opcode::kPushTemporary) {
      const auto argument = static_cast<size_t>(next.a) + 1;
      if (argument >= computation.operands.size()) return false;
      stack.push_back(computation.operands[argument]);
    } else if (next.opcode == Opcode::kSendSpecial && isFloatArithmetic(next.a)) {
      const Number argument = stack.back();
      stack.pop_back();
      if (argument.index < 0 && stack.back().index < 0) return false;
      if (next.a == kSelectorDivide && !mayDivide) return false;
      const int32_t a = inRegister(stack.back());
      const int32_t b = inRegister(argument);
      stack.back() = {addStep(Kind::kArithmetic, a, b, next.a)};
    } else {
      const auto constant = next.opcode == Opcode::kPushLiteralConstant
                                ? computation.method.floatLiteral(next.a)
                                : numberPushed(next);
      if (!constant) return false;
      stack.push_back({-1, *constant});
    }
  }
  return true;
}

}  // namespace stwasm::ir
