// See float_runs.h.
#include "translator/ir/float_runs.h"

#include <algorithm>

#include "translator/bytecode/special_selectors.h"
#include "translator/ir/float_run_builder.h"

namespace stwasm::ir {

using Kind = FloatStep::Kind;

namespace {

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
  return std::any_of(
      body.instructions.begin(), body.instructions.end(), [](const Instruction& instruction) {
        return instruction.opcode == Opcode::kSendSpecial &&
               (isFloatArithmetic(instruction.a) || isFloatComparison(instruction.a));
      });
}

std::vector<Candidate> candidatesIn(const Body& body, const FloatAssumptions& assumptions,
                                    const RangesBefore& ranges) {
  std::vector<Candidate> candidates;
  for (const BasicBlock& block : body.blocks) {
    int32_t index = block.firstInstruction;
    while (index < block.endInstruction && !ranges[static_cast<size_t>(index)].empty()) {
      FloatRunBuilder builder(body, assumptions, block, ranges);
      index = builder.build(index);
      if (builder.run().steps.empty()) continue;
      candidates.push_back({builder.run(), builder.isWorthIt(), builder.readTemporaries()});
    }
  }
  return candidates;
}

}  // namespace

std::vector<FloatSegment> FloatRun::segments() const {
  std::vector<FloatSegment> all{{first, end, 0, steps.size()}};
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].kind != Kind::kCommit) continue;
    all.back().end = steps[i].instruction + 1;
    all.back().endStep = i + 1;
    if (all.back().end < end) all.push_back({steps[i].instruction + 1, end, i + 1, steps.size()});
  }
  return all;
}

const FloatRun* FloatRuns::at(int32_t instruction) const {
  const auto found =
      std::lower_bound(runs.begin(), runs.end(), instruction,
                       [](const FloatRun& run, int32_t index) { return run.first < index; });
  return found != runs.end() && found->first == instruction ? &*found : nullptr;
}

FloatRuns floatRuns(const Body& body, const FloatAssumptions& assumptions,
                    const IntegerAssumptions& integers, const RangesAtEntry& ranges) {
  FloatRuns all;
  all.unboxable.resize(static_cast<size_t>(body.numFixedSlots) +
                           static_cast<size_t>(body.facts.maxDepth) +
                           static_cast<size_t>(assumptions.vectorTemporaries),
                       false);
  if (integers.sharesTemporaries || !computes(body)) return all;
  std::vector<Candidate> candidates =
      candidatesIn(body, assumptions, rangesBefore(body, integers, ranges));
  takeConnected(candidates, all.unboxable.size());
  for (Candidate& candidate : candidates) {
    if (!candidate.isTaken) continue;
    for (const FloatStep& step : candidate.run.steps)
      if (step.kind == Kind::kStore || step.kind == Kind::kMove)
        all.unboxable[static_cast<size_t>(step.target)] = true;
    all.runs.push_back(std::move(candidate.run));
  }
  std::sort(all.runs.begin(), all.runs.end(),
            [](const FloatRun& one, const FloatRun& other) { return one.first < other.first; });
  return all;
}

}  // namespace stwasm::ir
