// See float_run_builder.h.
#include "translator/ir/float_run_builder.h"

#include <algorithm>

#include "translator/bytecode/special_selectors.h"

namespace stwasm::ir {

using namespace bytecode;
using Kind = FloatStep::Kind;
using Source = FloatLeaf::Source;

bool isFloatArithmetic(int selector) {
  return selector == kSelectorAdd || selector == kSelectorSubtract ||
         selector == kSelectorMultiply || selector == kSelectorDivide;
}

bool isFloatComparison(int selector) {
  return selector >= kSelectorLess && selector <= kSelectorNotEqual;
}

int32_t FloatRunBuilder::build(int32_t start) {
  start_ = start;
  state_.lowest = instruction(start).depth;
  state_.first = block_.endInstruction;
  int32_t index = start;
  while (index < block_.endInstruction && step(index)) ++index;
  finish();
  return std::max(run_.end, restart_ < 0 ? index + 1 : restart_);
}

bool FloatRunBuilder::isInteger(int32_t before, int32_t depth) const {
  const auto slot = static_cast<size_t>(body_.numFixedSlots) + static_cast<size_t>(depth);
  return ranges_[static_cast<size_t>(before)][slot].known;
}

const Instruction* FloatRunBuilder::pushOf(const Value& value) const {
  if (value.isRegister || leaf(value).source != Source::kPush) return nullptr;
  return &instruction(leaf(value).instruction);
}

bool FloatRunBuilder::isLikelyFloat(const Value& value) const {
  const Instruction* push = pushOf(value);
  if (push == nullptr || !assumptions_.isLikelyFloat) return false;
  const int32_t temporary = temporaryOf(*push);
  return temporary >= 0 && assumptions_.isLikelyFloat(temporary);
}

// What the instruction pushes or stores into; -1: no temporary.
int32_t FloatRunBuilder::temporaryOf(const Instruction& instruction) const {
  switch (instruction.opcode) {
    case Opcode::kPushTemporary:
    case Opcode::kPopIntoTemporary:
    case Opcode::kStoreIntoTemporary:
      return instruction.a;
    case Opcode::kPushTemporaryInVector:
    case Opcode::kPopIntoTemporaryInVector:
    case Opcode::kStoreIntoTemporaryInVector:
      return assumptions_.vectorTemporary
                 ? assumptions_.vectorTemporary(instruction.a, instruction.b)
                 : -1;
    default:
      return -1;
  }
}

bool FloatRunBuilder::step(int32_t index) {
  const Instruction& next = instruction(index);
  switch (next.opcode) {
    case Opcode::kPushReceiver:
    case Opcode::kPushReceiverVariable:
    case Opcode::kPushConstant:
    case Opcode::kPushInteger:
    case Opcode::kPushTemporary:
    case Opcode::kPushTemporaryInVector:
    case Opcode::kPushLiteralVariable:
      return pushLeaf(index, {});
    case Opcode::kPushLiteralConstant:
      return pushLeaf(index, assumptions_.floatLiteral(next.a));
    case Opcode::kPopIntoTemporary:
    case Opcode::kPopIntoTemporaryInVector:
      return store(index);
    case Opcode::kPopIntoReceiverVariable:
      return commit(index);
    case Opcode::kStoreIntoTemporary:
    case Opcode::kStoreIntoTemporaryInVector:
      return isLastStore(index) && store(index);
    case Opcode::kSend:
      return next.b <= 1 && send(index);
    case Opcode::kSendSpecial:
      return specialSend(index);
    default:
      return false;
  }
}

bool FloatRunBuilder::send(int32_t index) {
  if (integerAsFloat(index)) return true;
  if (assumptions_.floatMethod)
    if (const auto found = assumptions_.floatMethod(index); found && isForFloats(index, *found))
      return method(index, *found);
  if (instruction(index).b != 0) return false;
  return assumptions_.isAccessor && assumptions_.isAccessor(index) && accessor(index);
}

bool FloatRunBuilder::specialSend(int32_t index) {
  const int selector = instruction(index).a;
  if (instruction(index).b == 0) return send(index);
  if (selector == kSelectorAt)
    return (!assumptions_.mayReadArray || assumptions_.mayReadArray(index)) && element(index);
  if (isFloatArithmetic(selector)) return arithmetic(index);
  return isFloatComparison(selector) && comparison(index);
}

bool FloatRunBuilder::pushLeaf(int32_t index, std::optional<double> constant) {
  const Instruction& push = instruction(index);
  if (const int32_t temporary = temporaryOf(push); temporary >= 0) {
    if (const auto known = stored_.find(temporary); known != stored_.end()) {
      state_.stack.push_back({true, known->second, index, false, {}});
      return true;
    }
  }
  if (index + 1 >= block_.endInstruction) return false;
  // Two pushes of one thing are one leaf.
  const std::array<int32_t, 3> thing = {static_cast<int32_t>(push.opcode), push.a, push.b};
  const auto [pushed, isNew] = pushed_.try_emplace(thing, 0);
  if (isNew) {
    pushed->second = addLeaf({Source::kPush, index, 0, 0, isInteger(index + 1, push.depth)});
    if (const auto known = known_.find(thing); known != known_.end())
      read_[{pushed->second, false}] = known->second;
  }
  state_.stack.push_back({false, pushed->second, index, false, constant});
  return true;
}

int32_t FloatRunBuilder::addLeaf(const FloatLeaf& leaf) {
  run_.leaves.push_back(leaf);
  return static_cast<int32_t>(run_.leaves.size()) - 1;
}

int32_t FloatRunBuilder::addElement(bool isInteger) {
  return addLeaf({Source::kElement, -1, 0, run_.elements++, isInteger});
}

// The entry `below` the top, which may have been there before the run.
FloatRunBuilder::Value FloatRunBuilder::entry(size_t below, int32_t index) {
  std::vector<Value>& stack = state_.stack;
  while (stack.size() <= below) {
    --state_.lowest;
    const int32_t before =
        addLeaf({Source::kStackEntry, -1, state_.lowest, 0, isInteger(start_, state_.lowest)});
    stack.insert(stack.begin(), Value{false, before, index, false, {}});
  }
  return stack[stack.size() - 1 - below];
}

int32_t FloatRunBuilder::addStep(Kind kind, int32_t a, int32_t b, int32_t selector, double value) {
  run_.steps.push_back({kind, run_.registers, a, b, selector, value});
  return run_.registers++;
}

// Beside a Float a SmallInteger will do.
int32_t FloatRunBuilder::registerOf(const Value& value, bool besideFloat) {
  if (value.isRegister) return value.index;
  if (value.constant) {
    state_.hasEvidence = true;
    return addStep(Kind::kConstant, 0, 0, 0, *value.constant);
  }
  if (isLikelyFloat(value)) state_.hasEvidence = true;
  const auto key = std::pair(value.index, besideFloat);
  for (const auto& same : {std::pair(value.index, false), key})
    if (const auto known = read_.find(same); known != read_.end()) return known->second;
  return read_[key] = addStep(besideFloat ? Kind::kFromNumber : Kind::kFromFloat, value.index);
}

// Two operands' registers. Where nothing says that they are Floats they begin a run of their own,
// so that a wrong guess costs no other.
bool FloatRunBuilder::operands(int32_t index, int32_t& a, int32_t& b) {
  const Value argument = entry(0, index);
  const Value receiver = entry(1, index);
  const bool known = isKnownFloat(receiver) || isKnownFloat(argument);
  const SeenOperands seen =
      assumptions_.seenOperands ? assumptions_.seenOperands(index) : SeenOperands::kUnknown;
  if (seen == SeenOperands::kIntegers) return false;
  const bool likely = seen == SeenOperands::kFloats || isLikelyFloat(receiver);
  if (!known) {
    if (seen == SeenOperands::kOthers || isInteger(receiver)) return false;
    if (isInteger(argument) && !likely) return false;
    if (!likely && done_.end > 0 && state_.stack.size() == 2) {
      if (receiver.from >= done_.end) restart_ = receiver.from;
      return false;
    }
  }
  if (seen == SeenOperands::kFloats) state_.hasEvidence = state_.hasSeenFloats = true;
  a = registerOf(receiver, isKnownFloat(argument));
  b = registerOf(argument, isKnownFloat(receiver) || isInteger(argument));
  consume(2, index);
  return true;
}

void FloatRunBuilder::consume(size_t count, int32_t index) {
  std::vector<Value>& stack = state_.stack;
  for (size_t i = stack.size() - count; i < stack.size(); ++i) {
    state_.first = std::min({state_.first, stack[i].from, index});
    if (stack[i].isComputed) ++state_.saved;
    noteTemporary(stack[i]);
  }
  stack.resize(stack.size() - count);
  state_.end = index + 1;
}

void FloatRunBuilder::noteTemporary(const Value& value) {
  const Instruction* push = pushOf(value);
  if (push == nullptr) return;
  if (const int32_t temporary = temporaryOf(*push); temporary >= 0)
    state_.readTemporaries.push_back(temporary);
}

void FloatRunBuilder::pushRegister(int32_t number) {
  state_.stack.push_back({true, number, state_.first, true, {}});
}

// The run may end here, unless some answer may have to be an object that there is already.
bool FloatRunBuilder::complete() {
  if (std::ranges::any_of(state_.stack, &Value::isOperand)) return true;
  state_.steps = run_.steps.size();
  done_ = state_;
  return true;
}

bool FloatRunBuilder::arithmetic(int32_t index) {
  int32_t a = 0;
  int32_t b = 0;
  if (!operands(index, a, b)) return false;
  const int selector = instruction(index).a;
  if (selector == kSelectorMultiply || selector == kSelectorDivide) ++state_.products;
  if (state_.products > 0 && state_.saved > 0) state_.hasEvidence = true;
  pushRegister(addStep(Kind::kArithmetic, a, b, selector));
  return complete();
}

// Before a jump it makes no Boolean.
bool FloatRunBuilder::comparison(int32_t index) {
  const bool jumps = index + 1 == block_.endInstruction &&
                     block_.terminator.kind == TerminatorKind::kConditionalJump;
  int32_t a = 0;
  int32_t b = 0;
  if (!operands(index, a, b)) return false;
  const int selector = instruction(index).a;
  ++state_.saved;  // no call
  if (jumps) {
    run_.steps.push_back({Kind::kComparison, 0, a, b, selector, 0});
    state_.compares = true;
    return complete();
  }
  if (!state_.hasSeenFloats) return false;
  const int32_t truth = addElement();
  run_.steps.push_back({Kind::kTruth, truth, a, b, selector, 0});
  state_.stack.push_back({false, truth, state_.first, false, {}});
  return complete();
}

bool FloatRunBuilder::element(int32_t index) {
  const Value argument = entry(0, index);
  const Value receiver = entry(1, index);
  if (isKnownFloat(argument) || isKnownFloat(receiver) || isInteger(receiver)) return false;
  const int32_t element = addElement();
  run_.steps.push_back({Kind::kElement, element, receiver.index, argument.index, 0, 0, index});
  state_.stack.resize(state_.stack.size() - 2);
  state_.stack.push_back(
      {false, element, std::min({receiver.from, argument.from, index}), false, {}});
  return true;
}

bool FloatRunBuilder::accessor(int32_t index) {
  const Value receiver = entry(0, index);
  if (isKnownFloat(receiver) || isInteger(receiver)) return false;
  const int32_t variable = addElement();
  run_.steps.push_back({Kind::kAccessor, variable, receiver.index, 0, 0, 0, index});
  state_.stack.back() = {false, variable, std::min(receiver.from, index), false, {}};
  return true;
}

// A block that ends with an assignment answers its value, which nobody may look at.
bool FloatRunBuilder::isLastStore(int32_t index) const {
  return assumptions_.answerIsUnused && index + 1 == block_.endInstruction &&
         block_.terminator.kind == TerminatorKind::kBlockReturn;
}

bool FloatRunBuilder::store(int32_t index) {
  const int32_t temporary = temporaryOf(instruction(index));
  const Opcode opcode = instruction(index).opcode;
  const bool isOwn = opcode == Opcode::kPopIntoTemporary || opcode == Opcode::kStoreIntoTemporary;
  // A block's own temporary is an entry of the operand stack below.
  if (isOwn && temporary >= body_.numFixedSlots + instruction(index).depth - 1) return false;
  if (temporary < 0) return false;
  const Value value = entry(0, index);
  if (value.isRegister && !value.isComputed) return false;
  if (value.isOperand) return false;
  if (!value.isRegister) return isOwn && move(index, value);
  consume(1, index);
  run_.steps.push_back({Kind::kStore, temporary, value.index, 0, 0, 0});
  stored_[temporary] = value.index;
  return complete();
}

// What a send has answered may be a Float for the operation behind. The run does not end here.
bool FloatRunBuilder::move(int32_t index, const Value& value) {
  const int32_t temporary = instruction(index).a;
  if (leaf(value).source != Source::kStackEntry || leaf(value).isInteger || index != start_)
    return false;
  if (index + 1 >= block_.endInstruction) return false;
  const Instruction& next = instruction(index + 1);
  if (next.opcode != Opcode::kPushTemporary || next.a != temporary) return false;
  const int32_t moved = registerOf(value, false);
  consume(1, index);
  run_.steps.push_back({Kind::kMove, temporary, value.index, moved, 0, 0});
  stored_[temporary] = moved;
  return true;
}

// A store into an instance variable. The object that it makes is read from there again where one
// is asked for; the register goes on.
bool FloatRunBuilder::commit(int32_t index) {
  if (state_.stack.size() != 1) return false;
  const Value value = state_.stack.back();
  if (!value.isRegister || value.isOperand || !done_.hasEvidence) return false;
  const int32_t temporary = value.isComputed ? -1 : temporaryOf(instruction(value.from));
  consume(1, index);
  const int32_t variable = instruction(index).a;
  const bool isInPlace =
      temporary < 0 && assumptions_.isFloatSlot && assumptions_.isFloatSlot(variable);
  if (value.isComputed && !isInPlace) --state_.saved;
  run_.steps.push_back({Kind::kCommit, variable, value.index, temporary, 0, 0, index});
  for (const auto& [slot, number] : stored_)
    if (slot < body_.numFixedSlots + body_.facts.maxDepth)
      known_[{static_cast<int32_t>(Opcode::kPushTemporary), slot, 0}] = number;
  known_[{static_cast<int32_t>(Opcode::kPushReceiverVariable), variable, 0}] = value.index;
  forgetPushes(variable);
  stored_.clear();
  return !isInPlace || complete();
}

// Things that may be others now, or are known better.
void FloatRunBuilder::forgetPushes(int32_t variable) {
  std::erase_if(pushed_, [this, variable](const auto& pushed) {
    const std::array<int32_t, 3>& thing = pushed.first;
    switch (static_cast<Opcode>(thing[0])) {
      case Opcode::kPushReceiverVariable:
        return thing[1] == variable;
      case Opcode::kPushTemporary:
        return stored_.contains(thing[1]);
      case Opcode::kPushTemporaryInVector:
      case Opcode::kPushLiteralVariable:
        return true;
      default:
        return false;
    }
  });
}

void FloatRunBuilder::finish() {
  run_.first = done_.first;
  run_.end = done_.end;
  run_.compares = done_.compares;
  run_.steps.resize(done_.steps);
  // What nothing in the run takes was read before it.
  std::erase_if(run_.steps, [this](const FloatStep& step) {
    return (step.kind == Kind::kElement || step.kind == Kind::kAccessor) &&
           step.instruction < done_.first;
  });
  int32_t depth = done_.lowest;
  for (const Value& value : done_.stack) {
    if (value.from >= done_.first)
      run_.results.push_back({depth, value.isRegister, value.isComputed, value.index});
    ++depth;
  }
}

}  // namespace stwasm::ir
