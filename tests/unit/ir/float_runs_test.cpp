// Which instructions are computed with unboxed Floats, and what SmallInteger operations are known
// to give, on bodies of one basic block written by hand.
#include "translator/ir/float_runs.h"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "translator/bytecode/special_selectors.h"
#include "translator/ir/integer_ranges.h"

using namespace stwasm;            // NOLINT(google-build-using-namespace)
using namespace stwasm::ir;        // NOLINT(google-build-using-namespace)
using namespace stwasm::bytecode;  // NOLINT(google-build-using-namespace)

namespace {

constexpr int kFloatLiteral = 0;  // index in the literal frame
constexpr int kSquareRootLiteral = 1;
constexpr int kNegatedLiteral = 2;
constexpr int kAccessorLiteral = 3;

Instruction pushTemp(int temp) { return {Opcode::kPushTemporary, temp}; }
Instruction pushFloat() { return {Opcode::kPushLiteralConstant, kFloatLiteral}; }
Instruction pushInteger(int value) { return {Opcode::kPushInteger, value}; }
Instruction popInto(int temp) { return {Opcode::kPopIntoTemporary, temp}; }
Instruction special(int selector) { return {Opcode::kSendSpecial, selector, 1}; }
Instruction send(int selector = 5) { return {Opcode::kSend, selector, 0}; }

int effect(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPopIntoTemporary:
      return -1;
    case Opcode::kSend:
    case Opcode::kSendSpecial:
      return -instruction.b;
    default:
      return 1;
  }
}

Body bodyOf(std::vector<Instruction> instructions, TerminatorKind end, int temporaries = 6) {
  Body body;
  body.numArgs = temporaries;
  body.numFixedSlots = temporaries;
  int depth = 0;
  for (Instruction& instruction : instructions) {
    instruction.depth = depth;
    depth += effect(instruction);
  }
  body.facts.maxDepth = 8;
  BasicBlock block;
  block.endInstruction = static_cast<int32_t>(instructions.size());
  block.terminator.kind = end;
  body.instructions = std::move(instructions);
  body.blocks.push_back(block);
  return body;
}

std::optional<double> floatLiteral(int literal) {
  return literal == kFloatLiteral ? std::optional<double>(0.5) : std::nullopt;
}

Body negated() {
  return bodyOf({{Opcode::kPushInteger, 0}, {Opcode::kPushReceiver}, special(kSelectorSubtract)},
                TerminatorKind::kMethodReturn, 0);
}

// Of the operations at these indices a profile knows that their operands were Floats, or not.
struct Seen {
  std::vector<int32_t> floats;
  std::vector<int32_t> others;
};

FloatRuns runsOf(const Body& body, const Seen& seen = {}) {
  const IntegerAssumptions integers{[](int) { return IntegerRange{}; }};
  const Body negation = negated();
  const auto literalAt = [&body](int32_t index) {
    return body.instructions[static_cast<size_t>(index)].a;
  };
  FloatAssumptions floats;
  floats.floatLiteral = floatLiteral;
  floats.floatMethod = [&](int32_t index) -> std::optional<FloatMethod> {
    if (literalAt(index) == kSquareRootLiteral) return FloatMethod{};
    if (literalAt(index) == kNegatedLiteral) return FloatMethod{&negation, floatLiteral};
    return {};
  };
  floats.isAccessor = [&](int32_t index) { return literalAt(index) == kAccessorLiteral; };
  floats.seenOperands = [&seen](int32_t index) {
    if (std::ranges::find(seen.floats, index) != seen.floats.end()) return SeenOperands::kFloats;
    if (std::ranges::find(seen.others, index) != seen.others.end()) return SeenOperands::kOthers;
    return SeenOperands::kUnknown;
  };
  return floatRuns(body, floats, integers, integerRanges(body, integers));
}

int stepsOf(const FloatRun& run, FloatStep::Kind kind) {
  return static_cast<int>(std::ranges::count(run.steps, kind, &FloatStep::kind));
}

FloatRuns runsOf(std::vector<Instruction> instructions,
                 TerminatorKind end = TerminatorKind::kMethodReturn, const Seen& seen = {}) {
  return runsOf(bodyOf(std::move(instructions), end), seen);
}

}  // namespace

TEST_CASE("an expression with a Float literal is one run") {
  const FloatRuns found = runsOf({pushTemp(0), pushFloat(), special(kSelectorMultiply), pushTemp(1),
                                  special(kSelectorAdd), popInto(2), pushTemp(2)});
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].first == 0);
  CHECK(found.runs[0].end == 6);
  CHECK(found.runs[0].results.empty());
  CHECK(found.unboxable[2]);
  CHECK_FALSE(found.unboxable[0]);
}

TEST_CASE("one operation whose result is an object anyway is no run") {
  CHECK(runsOf({pushTemp(0), pushFloat(), special(kSelectorMultiply)}).runs.empty());
}

TEST_CASE("without a sign of Floats sums are left to SmallIntegers") {
  CHECK(runsOf({pushTemp(0), pushTemp(1), special(kSelectorAdd), pushTemp(2), special(kSelectorAdd),
                popInto(3)})
            .runs.empty());
  CHECK(runsOf({pushTemp(0), pushInteger(3), special(kSelectorMultiply), pushInteger(1),
                special(kSelectorAdd), popInto(3)})
            .runs.empty());
}

TEST_CASE("what is stored for a run is computed unboxed too, in a run of its own") {
  const FloatRuns found = runsOf({pushTemp(0), pushTemp(1), special(kSelectorSubtract), popInto(2),
                                  pushTemp(2), pushTemp(2), special(kSelectorMultiply), pushTemp(3),
                                  special(kSelectorAdd), popInto(4)});
  // The second statement reads the first one's register: together they are one run.
  REQUIRE(found.runs.size() == 1);
  CHECK(found.unboxable[2]);
  CHECK(found.unboxable[4]);
  const FloatRuns apart =
      runsOf({pushTemp(0), pushTemp(1), special(kSelectorSubtract), popInto(2), pushTemp(5), send(),
              popInto(5), pushTemp(2), pushTemp(2), special(kSelectorMultiply), pushTemp(3),
              special(kSelectorAdd), popInto(4)});
  REQUIRE(apart.runs.size() == 2);
  CHECK(apart.runs[0].end == 4);
  CHECK(apart.runs[1].first == 7);
}

TEST_CASE("operands that may be SmallIntegers begin a run of their own") {
  const FloatRuns found = runsOf({pushTemp(0), pushFloat(), special(kSelectorMultiply), popInto(1),
                                  pushTemp(2), pushTemp(3), special(kSelectorAdd), popInto(4)});
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].end == 4);
  CHECK_FALSE(found.unboxable[4]);
}

TEST_CASE("entries of the operand stack are operands, and pushes between stay where they are") {
  // temp0 foo * 0.5 + 0.5, with temp1 below
  const FloatRuns found = runsOf({pushTemp(1), pushTemp(0), send(), pushFloat(),
                                  special(kSelectorMultiply), pushFloat(), special(kSelectorAdd)});
  REQUIRE(found.runs.size() == 1);
  const FloatRun& run = found.runs[0];
  CHECK(run.first == 3);
  REQUIRE(run.leaves.size() >= 1);
  REQUIRE(run.results.size() == 1);
  CHECK(run.results[0].depth == 1);
  CHECK(run.results[0].isComputed);
}

TEST_CASE("a comparison before a jump ends a run") {
  const std::vector<Instruction> code = {pushTemp(0), pushFloat(), special(kSelectorMultiply),
                                         pushTemp(1), special(kSelectorLess)};
  const FloatRuns found = runsOf(code, TerminatorKind::kConditionalJump);
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].compares);
  CHECK(runsOf(code, TerminatorKind::kMethodReturn).runs.empty());
}

TEST_CASE("ranges of products, quotients, remainders and shifts") {
  const IntegerRange small{true, -5, 7};
  CHECK(integerOperation(kSelectorMultiply, small, {true, -3, 2}).result ==
        IntegerRange{true, -21, 15});
  CHECK_FALSE(integerOperation(kSelectorMultiply, IntegerRange::all(), small).inPlace);
  CHECK(integerOperation(kSelectorModulo, small, IntegerRange::constant(4)).result ==
        IntegerRange{true, 0, 3});
  CHECK_FALSE(integerOperation(kSelectorModulo, small, {true, 0, 4}).inPlace);
  CHECK(integerOperation(kSelectorIntegerDivide, small, {true, 2, 3}).result ==
        IntegerRange{true, -3, 3});
  CHECK(integerOperation(kSelectorBitShift, small, IntegerRange::constant(-1)).result ==
        IntegerRange{true, -3, 3});
  CHECK(integerOperation(kSelectorBitShift, small, IntegerRange::constant(3)).result ==
        IntegerRange{true, -40, 56});
  CHECK_FALSE(
      integerOperation(kSelectorBitShift, IntegerRange::all(), IntegerRange::constant(1)).inPlace);
}

// temp 0 at: (temp 1 + 1), then temp 2 * 0.5 + temp 3: the element is read before the run, from
// entries that are gone then.
TEST_CASE("an element that the run does not take is not read by it") {
  const FloatRuns runs =
      runsOf({pushTemp(0), pushTemp(1), pushInteger(1), special(kSelectorAdd), special(kSelectorAt),
              pushTemp(2), pushFloat(), special(kSelectorMultiply), pushTemp(3),
              special(kSelectorAdd), send()});
  REQUIRE(runs.runs.size() == 1);
  CHECK(runs.runs[0].first == 5);
  for (const FloatStep& step : runs.runs[0].steps) CHECK(step.kind != FloatStep::Kind::kElement);
}

TEST_CASE("accessors are operands of a run") {
  // temp 0 x - temp 1 x * 0.5 + temp 2
  const FloatRuns runs =
      runsOf({pushTemp(0), send(kAccessorLiteral), pushTemp(1), send(kAccessorLiteral),
              special(kSelectorSubtract), pushFloat(), special(kSelectorMultiply), popInto(2)});
  REQUIRE(runs.runs.size() == 1);
  CHECK(runs.runs[0].first == 0);
  CHECK(runs.runs[0].end == 8);
  CHECK(stepsOf(runs.runs[0], FloatStep::Kind::kAccessor) == 2);
}

TEST_CASE("an accessor that the run does not take is not read by it") {
  const FloatRuns runs =
      runsOf({pushTemp(0), send(kAccessorLiteral), pushTemp(2), pushFloat(),
              special(kSelectorMultiply), pushTemp(3), special(kSelectorAdd), send()});
  REQUIRE(runs.runs.size() == 1);
  CHECK(runs.runs[0].first == 2);
  CHECK(stepsOf(runs.runs[0], FloatStep::Kind::kAccessor) == 0);
}

TEST_CASE("methods of Floats that compute with self are in place where self is a Float") {
  const FloatRuns runs = runsOf(
      {pushTemp(0), pushFloat(), special(kSelectorMultiply), send(kNegatedLiteral), popInto(1)});
  REQUIRE(runs.runs.size() == 1);
  CHECK(runs.runs[0].end == 5);
  CHECK(stepsOf(runs.runs[0], FloatStep::Kind::kMethod) == 1);
  CHECK(stepsOf(runs.runs[0], FloatStep::Kind::kArithmetic) == 2);
  const std::vector<Instruction> alone = {pushTemp(0), send(kNegatedLiteral), pushTemp(1),
                                          special(kSelectorAdd), popInto(1)};
  CHECK(runsOf(alone).runs.empty());
  CHECK(runsOf(alone, TerminatorKind::kMethodReturn, {{1}, {}}).runs.size() == 1);
}

TEST_CASE("a profile says which operations have Floats") {
  const std::vector<Instruction> sum = {pushTemp(0), pushTemp(1), special(kSelectorAdd)};
  CHECK(runsOf(sum).runs.empty());
  CHECK(runsOf(sum, TerminatorKind::kMethodReturn, {{2}, {}}).runs.size() == 1);
  const std::vector<Instruction> product = {
      pushTemp(0), pushTemp(1),           special(kSelectorMultiply),
      pushTemp(2), special(kSelectorAdd), popInto(3)};
  CHECK(runsOf(product).runs.size() == 1);
  CHECK(runsOf(product, TerminatorKind::kMethodReturn, {{}, {2, 4}}).runs.empty());
}

TEST_CASE("a comparison that a profile has seen with Floats answers a Boolean") {
  const std::vector<Instruction> code = {pushTemp(0), pushTemp(1), special(kSelectorLess)};
  const FloatRuns found = runsOf(code, TerminatorKind::kMethodReturn, {{2}, {}});
  REQUIRE(found.runs.size() == 1);
  CHECK(stepsOf(found.runs[0], FloatStep::Kind::kTruth) == 1);
  CHECK_FALSE(found.runs[0].compares);
  REQUIRE(found.runs[0].results.size() == 1);
  CHECK_FALSE(found.runs[0].results[0].isRegister);
}

TEST_CASE("what a send answers goes to its temporary in the run that reads it") {
  // temp 1 := temp 0 foo. temp 1 < temp 2 ifTrue: ...
  const std::vector<Instruction> code = {pushTemp(0), send(),      popInto(1),
                                         pushTemp(1), pushTemp(2), special(kSelectorLess)};
  const FloatRuns found = runsOf(code, TerminatorKind::kConditionalJump, {{5}, {}});
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].first == 2);
  CHECK(stepsOf(found.runs[0], FloatStep::Kind::kMove) == 1);
  CHECK(found.unboxable[1]);
  const FloatRuns alone = runsOf({pushTemp(0), send(), popInto(1), pushTemp(2), pushTemp(3),
                                  special(kSelectorAdd), popInto(4)},
                                 TerminatorKind::kMethodReturn, {{5}, {}});
  for (const FloatRun& run : alone.runs) CHECK(stepsOf(run, FloatStep::Kind::kMove) == 0);
}
