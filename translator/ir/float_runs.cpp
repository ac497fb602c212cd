// See float_runs.h.
#include "translator/ir/float_runs.h"

#include <algorithm>
#include <map>

#include "translator/bytecode/special_selectors.h"

namespace stwasm::ir {

using namespace bytecode;
using Kind = FloatStep::Kind;

namespace {

bool isArithmetic(int selector) {
  return selector == kSelectorAdd || selector == kSelectorSubtract ||
         selector == kSelectorMultiply || selector == kSelectorDivide;
}

bool isComparison(int selector) {
  return selector >= kSelectorLess && selector <= kSelectorNotEqual;
}

// Follows one basic block from some instruction on, as far as a run goes.
class RunBuilder {
 public:
  RunBuilder(const Body& body, const FloatAssumptions& assumptions, const BasicBlock& block,
             const RangesBefore& ranges)
      : body_(body), assumptions_(assumptions), block_(block), ranges_(ranges) {}

  // Answers where the search goes on. Without steps there is no run.
  int32_t build(int32_t start) {
    start_ = start;
    state_.lowest = instruction(start).depth;
    state_.first = block_.endInstruction;
    int32_t index = start;
    while (index < block_.endInstruction && step(index)) ++index;
    finish();
    return std::max(run_.end, restart_ < 0 ? index + 1 : restart_);
  }

  const FloatRun& run() const { return run_; }
  bool hasEvidence() const { return done_.hasEvidence; }
  // Results that no object has to be made for.
  int saved() const { return done_.saved; }
  const std::vector<int32_t>& readTemporaries() const { return done_.readTemporaries; }

 private:
  // An entry of the operand stack: a register, or a leaf.
  struct Value {
    bool isRegister = false;
    int32_t index = 0;
    int32_t from = 0;         // the first instruction that it takes
    bool isComputed = false;  // by the run
    std::optional<double> constant;
  };

  // What is so after some instruction.
  struct State {
    int32_t first = 0;
    int32_t end = 0;
    size_t steps = 0;
    int32_t lowest = 0;  // depth of the first entry of the stack
    std::vector<Value> stack;
    int saved = 0;
    int products = 0;
    bool hasEvidence = false;
    bool compares = false;
    std::vector<int32_t> readTemporaries;
  };

  const Instruction& instruction(int32_t index) const {
    return body_.instructions[static_cast<size_t>(index)];
  }

  bool isInteger(int32_t before, int32_t depth) const {
    const auto slot = static_cast<size_t>(body_.numFixedSlots) + static_cast<size_t>(depth);
    return ranges_[static_cast<size_t>(before)][slot].known;
  }

  bool step(int32_t index) {
    const Instruction& next = instruction(index);
    switch (next.opcode) {
      case Opcode::kPushReceiver:
      case Opcode::kPushReceiverVariable:
      case Opcode::kPushConstant:
      case Opcode::kPushInteger:
      case Opcode::kPushTemporary:
      case Opcode::kPushTemporaryInVector:
        return pushLeaf(index, {});
      case Opcode::kPushLiteralConstant:
        return pushLeaf(index, assumptions_.floatLiteral(next.a));
      case Opcode::kPopIntoTemporary:
        return store(index);
      case Opcode::kSend:
        return next.b == 0 && assumptions_.isSquareRoot(next.a) && squareRoot(index);
      case Opcode::kSendSpecial:
        if (next.a == kSelectorAt) return element(index);
        if (isArithmetic(next.a)) return arithmetic(index);
        return isComparison(next.a) && comparison(index);
      default:
        return false;
    }
  }

  bool pushLeaf(int32_t index, std::optional<double> constant) {
    const Instruction& push = instruction(index);
    if (push.opcode == Opcode::kPushTemporary) {
      if (const auto known = stored_.find(push.a); known != stored_.end()) {
        state_.stack.push_back({true, known->second, index, false, {}});
        return true;
      }
    }
    if (index + 1 >= block_.endInstruction) return false;
    addLeaf({FloatLeaf::Source::kPush, index, 0, 0, isInteger(index + 1, push.depth)});
    state_.stack.push_back({false, lastLeaf(), index, false, constant});
    return true;
  }

  void addLeaf(const FloatLeaf& leaf) { run_.leaves.push_back(leaf); }
  int32_t lastLeaf() const { return static_cast<int32_t>(run_.leaves.size()) - 1; }

  // The entry `below` the top, which may have been there before the run.
  Value entry(size_t below, int32_t index) {
    std::vector<Value>& stack = state_.stack;
    while (stack.size() <= below) {
      --state_.lowest;
      addLeaf(
          {FloatLeaf::Source::kStackEntry, -1, state_.lowest, 0, isInteger(start_, state_.lowest)});
      stack.insert(stack.begin(), Value{false, lastLeaf(), index, false, {}});
    }
    return stack[stack.size() - 1 - below];
  }

  const FloatLeaf& leaf(const Value& value) const {
    return run_.leaves[static_cast<size_t>(value.index)];
  }
  static bool isKnownFloat(const Value& value) { return value.isRegister || value.constant; }
  bool isInteger(const Value& value) const { return !value.isRegister && leaf(value).isInteger; }

  int32_t addStep(Kind kind, int32_t a, int32_t b = 0, int32_t selector = 0, double value = 0) {
    run_.steps.push_back({kind, run_.registers, a, b, selector, value});
    return run_.registers++;
  }

  // Beside a Float a SmallInteger will do.
  int32_t registerOf(const Value& value, bool besideFloat) {
    if (value.isRegister) return value.index;
    if (value.constant) {
      state_.hasEvidence = true;
      return addStep(Kind::kConstant, 0, 0, 0, *value.constant);
    }
    const auto key = std::pair(identityOf(value), besideFloat);
    if (const auto known = read_.find(key); known != read_.end()) return known->second;
    return read_[key] = addStep(besideFloat ? Kind::kFromNumber : Kind::kFromFloat, value.index);
  }

  // Equal for two pushes of one thing.
  std::pair<int32_t, int32_t> identityOf(const Value& value) const {
    if (leaf(value).source != FloatLeaf::Source::kPush) return {-1, value.index};
    const Instruction& push = instruction(leaf(value).instruction);
    return {static_cast<int32_t>(push.opcode), push.a | push.b << 16};
  }

  // Two operands' registers. Where nothing says that they are Floats they begin a run of their own,
  // so that a wrong guess costs no other.
  bool operands(int32_t index, int32_t& a, int32_t& b) {
    const Value argument = entry(0, index);
    const Value receiver = entry(1, index);
    const bool known = isKnownFloat(receiver) || isKnownFloat(argument);
    if (!known && (isInteger(receiver) || isInteger(argument))) return false;
    if (!known && done_.end > 0 && state_.stack.size() == 2) {
      if (receiver.from >= done_.end) restart_ = receiver.from;
      return false;
    }
    a = registerOf(receiver, isKnownFloat(argument));
    b = registerOf(argument, isKnownFloat(receiver));
    consume(2, index);
    return true;
  }

  void consume(size_t count, int32_t index) {
    std::vector<Value>& stack = state_.stack;
    for (size_t i = stack.size() - count; i < stack.size(); ++i) {
      state_.first = std::min({state_.first, stack[i].from, index});
      if (stack[i].isComputed) ++state_.saved;
      noteTemporary(stack[i]);
    }
    stack.resize(stack.size() - count);
    state_.end = index + 1;
  }

  void noteTemporary(const Value& value) {
    if (value.isRegister || leaf(value).source != FloatLeaf::Source::kPush) return;
    const Instruction& push = instruction(leaf(value).instruction);
    if (push.opcode == Opcode::kPushTemporary) state_.readTemporaries.push_back(push.a);
  }

  // The run may end here.
  bool complete() {
    state_.steps = run_.steps.size();
    done_ = state_;
    return true;
  }

  bool arithmetic(int32_t index) {
    int32_t a = 0;
    int32_t b = 0;
    if (!operands(index, a, b)) return false;
    const int selector = instruction(index).a;
    if (selector == kSelectorMultiply || selector == kSelectorDivide) ++state_.products;
    if (state_.products > 0 && state_.saved > 0) state_.hasEvidence = true;
    const int32_t result = addStep(Kind::kArithmetic, a, b, selector);
    state_.stack.push_back({true, result, state_.first, true, {}});
    return complete();
  }

  bool comparison(int32_t index) {
    if (index + 1 != block_.endInstruction ||
        block_.terminator.kind != TerminatorKind::kConditionalJump)
      return false;
    int32_t a = 0;
    int32_t b = 0;
    if (!operands(index, a, b)) return false;
    ++state_.saved;  // no Boolean, and no call
    run_.steps.push_back({Kind::kComparison, 0, a, b, instruction(index).a, 0});
    state_.compares = true;
    return complete();
  }

  bool squareRoot(int32_t index) {
    const Value receiver = entry(0, index);
    if (isInteger(receiver)) return false;
    const int32_t a = registerOf(receiver, false);
    consume(1, index);
    const int32_t result = addStep(Kind::kSquareRoot, a, 0, instruction(index).a);
    state_.stack.push_back({true, result, state_.first, true, {}});
    state_.hasEvidence = true;
    return complete();
  }

  bool element(int32_t index) {
    const Value argument = entry(0, index);
    const Value receiver = entry(1, index);
    if (isKnownFloat(argument) || isKnownFloat(receiver) || isInteger(receiver)) return false;
    addLeaf({FloatLeaf::Source::kElement, -1, 0, run_.elements++, false});
    run_.steps.push_back({Kind::kElement, lastLeaf(), receiver.index, argument.index, index, 0});
    state_.stack.resize(state_.stack.size() - 2);
    state_.stack.push_back(
        {false, lastLeaf(), std::min({receiver.from, argument.from, index}), false, {}});
    return true;
  }

  bool store(int32_t index) {
    const int32_t temporary = instruction(index).a;
    // A block's own temporary is an entry of the operand stack below.
    if (temporary >= body_.numFixedSlots + instruction(index).depth - 1 || state_.stack.empty())
      return false;
    const Value value = state_.stack.back();
    if (!value.isComputed) return false;
    consume(1, index);
    run_.steps.push_back({Kind::kStore, temporary, value.index, 0, 0, 0});
    stored_[temporary] = value.index;
    return complete();
  }

  void finish() {
    run_.first = done_.first;
    run_.end = done_.end;
    run_.compares = done_.compares;
    run_.steps.resize(done_.steps);
    // An element that nothing in the run takes was read before it.
    std::erase_if(run_.steps, [this](const FloatStep& step) {
      return step.kind == Kind::kElement && step.selector < done_.first;
    });
    int32_t depth = done_.lowest;
    for (const Value& value : done_.stack) {
      if (value.from >= done_.first)
        run_.results.push_back({depth, value.isRegister, value.isComputed, value.index});
      ++depth;
    }
  }

  const Body& body_;
  const FloatAssumptions& assumptions_;
  const BasicBlock& block_;
  const RangesBefore& ranges_;
  FloatRun run_;
  State state_;  // after the instruction looked at last
  State done_;   // after the last that may end the run
  int32_t start_ = 0;
  int32_t restart_ = -1;
  std::map<int32_t, int32_t> stored_;  // registers of temporaries
  std::map<std::pair<std::pair<int32_t, int32_t>, bool>, int32_t> read_;
};

struct Candidate {
  FloatRun run;
  bool isTaken = false;
  std::vector<int32_t> readTemporaries;
};

// Where Floats are likely: the temporaries that runs read or store.
class LikelyFloats {
 public:
  explicit LikelyFloats(size_t slots) : read_(slots, false), stored_(slots, false) {}

  void note(const Candidate& candidate) {
    for (const int32_t temporary : candidate.readTemporaries)
      read_[static_cast<size_t>(temporary)] = true;
    for (const FloatStep& step : candidate.run.steps)
      if (step.kind == Kind::kStore) stored_[static_cast<size_t>(step.target)] = true;
  }

  // What it stores is read unboxed, or what it reads is unboxed, or it compares such values.
  bool connects(const Candidate& candidate) const {
    const std::vector<FloatStep>& steps = candidate.run.steps;
    const std::vector<int32_t>& reads = candidate.readTemporaries;
    const auto isRead = [this](int32_t temporary) { return read_[static_cast<size_t>(temporary)]; };
    const auto isStored = [this](int32_t temporary) {
      return stored_[static_cast<size_t>(temporary)];
    };
    return std::any_of(reads.begin(), reads.end(), isStored) ||
           (candidate.run.compares && std::any_of(reads.begin(), reads.end(), isRead)) ||
           std::any_of(steps.begin(), steps.end(), [&isRead](const FloatStep& step) {
             return step.kind == Kind::kStore && isRead(step.target);
           });
  }

 private:
  std::vector<bool> read_;
  std::vector<bool> stored_;
};

void takeConnected(std::vector<Candidate>& candidates, size_t slots) {
  LikelyFloats likely(slots);
  for (const Candidate& candidate : candidates)
    if (candidate.isTaken) likely.note(candidate);
  for (bool changed = true; changed;) {
    changed = false;
    for (Candidate& candidate : candidates) {
      if (candidate.isTaken || !likely.connects(candidate)) continue;
      candidate.isTaken = changed = true;
      likely.note(candidate);
    }
  }
}

bool computes(const Body& body) {
  return std::any_of(body.instructions.begin(), body.instructions.end(),
                     [](const Instruction& instruction) {
                       return instruction.opcode == Opcode::kSendSpecial &&
                              (isArithmetic(instruction.a) || isComparison(instruction.a));
                     });
}

std::vector<Candidate> candidatesIn(const Body& body, const FloatAssumptions& assumptions,
                                    const RangesBefore& ranges) {
  std::vector<Candidate> candidates;
  for (const BasicBlock& block : body.blocks) {
    int32_t index = block.firstInstruction;
    while (index < block.endInstruction && !ranges[static_cast<size_t>(index)].empty()) {
      RunBuilder builder(body, assumptions, block, ranges);
      index = builder.build(index);
      if (builder.run().steps.empty()) continue;
      candidates.push_back(
          {builder.run(), builder.hasEvidence() && builder.saved() > 0, builder.readTemporaries()});
    }
  }
  return candidates;
}

}  // namespace

const FloatRun* FloatRuns::at(int32_t instruction) const {
  const auto found =
      std::lower_bound(runs.begin(), runs.end(), instruction,
                       [](const FloatRun& run, int32_t index) { return run.first < index; });
  return found != runs.end() && found->first == instruction ? &*found : nullptr;
}

FloatRuns floatRuns(const Body& body, const FloatAssumptions& assumptions,
                    const IntegerAssumptions& integers, const RangesAtEntry& ranges) {
  FloatRuns all;
  all.unboxable.resize(
      static_cast<size_t>(body.numFixedSlots) + static_cast<size_t>(body.facts.maxDepth), false);
  if (integers.sharesTemporaries || !computes(body)) return all;
  std::vector<Candidate> candidates =
      candidatesIn(body, assumptions, rangesBefore(body, integers, ranges));
  takeConnected(candidates, all.unboxable.size());
  for (Candidate& candidate : candidates) {
    if (!candidate.isTaken) continue;
    for (const FloatStep& step : candidate.run.steps)
      if (step.kind == Kind::kStore) all.unboxable[static_cast<size_t>(step.target)] = true;
    all.runs.push_back(std::move(candidate.run));
  }
  std::sort(all.runs.begin(), all.runs.end(),
            [](const FloatRun& one, const FloatRun& other) { return one.first < other.first; });
  return all;
}

}  // namespace stwasm::ir
