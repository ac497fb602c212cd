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
constexpr int kMaximumLiteral = 6;
constexpr int kSineLiteral = 7;
constexpr int kTruncatedLiteral = 8;
constexpr int kAsFloatLiteral = 9;

Instruction pushTemp(int temp) { return {Opcode::kPushTemporary, temp}; }
Instruction pushFloat() { return {Opcode::kPushLiteralConstant, kFloatLiteral}; }
Instruction pushInteger(int value) { return {Opcode::kPushInteger, value}; }
Instruction popInto(int temp) { return {Opcode::kPopIntoTemporary, temp}; }
Instruction pushVariable(int variable) { return {Opcode::kPushReceiverVariable, variable}; }
Instruction popIntoVariable(int variable) { return {Opcode::kPopIntoReceiverVariable, variable}; }
Instruction special(int selector) { return {Opcode::kSendSpecial, selector, 1}; }
Instruction send(int selector = 5) { return {Opcode::kSend, selector, 0}; }

int effect(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPopIntoTemporary:
    case Opcode::kPopIntoReceiverVariable:
    case Opcode::kPopIntoTemporaryInVector:
      return -1;
    case Opcode::kStoreIntoTemporary:
    case Opcode::kStoreIntoTemporaryInVector:
      return 0;
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

// ^ self > argument ifTrue: [self] ifFalse: [argument]
Body maximum() {
  Body body = bodyOf({{Opcode::kPushReceiver}, pushTemp(0), special(kSelectorGreater), pushTemp(0)},
                     TerminatorKind::kConditionalJump, 1);
  body.blocks[0].endInstruction = 3;
  body.blocks[0].terminator.target = 1;
  body.blocks[0].terminator.next = 2;
  BasicBlock receiver;
  receiver.firstInstruction = receiver.endInstruction = 3;
  receiver.terminator.kind = TerminatorKind::kMethodReturn;
  receiver.terminator.value = ReturnValue::kReceiver;
  BasicBlock argument = receiver;
  argument.endInstruction = 4;
  argument.terminator.value = ReturnValue::kTop;
  body.blocks.push_back(argument);
  body.blocks.push_back(receiver);
  return body;
}

constexpr int kVector = 5;    // the temporary with a vector
constexpr int kElement = 14;  // its first element, as a temporary

// Of the operations at these indices a profile knows that their operands were Floats, or not.
struct Seen {
  std::vector<int32_t> floats;
  std::vector<int32_t> others;
  std::vector<int32_t> otherReceivers = {};  // of at:, no Arrays
  bool isVectorVirtual = false;
  bool answerIsUnused = false;
  bool storesInPlace = false;  // into instance variables
};

FloatRuns runsOf(const Body& body, const Seen& seen = {}) {
  const IntegerAssumptions integers{[](int) { return IntegerRange{}; }};
  const Body negation = negated();
  const Body greater = maximum();
  const auto literalAt = [&body](int32_t index) {
    return body.instructions[static_cast<size_t>(index)].a;
  };
  FloatAssumptions floats;
  floats.floatLiteral = floatLiteral;
  floats.isFloatSlot = [&](int32_t) { return seen.storesInPlace; };
  floats.floatMethod = [&](int32_t index) -> std::optional<FloatMethod> {
    if (literalAt(index) == kSquareRootLiteral) return FloatMethod{};
    if (literalAt(index) == kNegatedLiteral) return FloatMethod{&negation, floatLiteral};
    if (literalAt(index) == kMaximumLiteral) return FloatMethod{&greater, floatLiteral};
    if (literalAt(index) == kSineLiteral) return FloatMethod{nullptr, {}, kSinePrimitive};
    if (literalAt(index) == kTruncatedLiteral) return FloatMethod{nullptr, {}, kTruncatedPrimitive};
    return {};
  };
  floats.mayReadArray = [&](int32_t index) {
    return std::ranges::find(seen.otherReceivers, index) == seen.otherReceivers.end();
  };
  floats.convertsIntegers = [&](int32_t index) { return literalAt(index) == kAsFloatLiteral; };
  floats.isAccessor = [&](int32_t index) { return literalAt(index) == kAccessorLiteral; };
  floats.seenOperands = [&seen](int32_t index) {
    if (std::ranges::find(seen.floats, index) != seen.floats.end()) return SeenOperands::kFloats;
    if (std::ranges::find(seen.others, index) != seen.others.end()) return SeenOperands::kOthers;
    return SeenOperands::kUnknown;
  };
  floats.vectorTemporary = [&seen](int32_t index, int32_t slot) {
    return seen.isVectorVirtual && slot == kVector ? kElement + index : -1;
  };
  floats.vectorTemporaries = 2;
  floats.answerIsUnused = seen.answerIsUnused;
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

TEST_CASE("a run goes on behind stores into instance variables") {
  // v0 := v0 + (v1 * 0.5). v2 := v0 * v1.
  const FloatRuns found =
      runsOf({pushVariable(0), pushVariable(1), pushFloat(), special(kSelectorMultiply),
              special(kSelectorAdd), popIntoVariable(0), pushVariable(0), pushVariable(1),
              special(kSelectorMultiply), popIntoVariable(2)});
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].end == 9);
  const std::vector<FloatSegment> segments = found.runs[0].segments();
  REQUIRE(segments.size() == 2);
  CHECK(segments[0].end == 6);
  CHECK(segments[1].first == 6);
  CHECK(segments[1].end == 9);
  // Both variables are in registers already.
  CHECK(segments[1].endStep - segments[1].firstStep == 1);
  CHECK(segments[0].endStep == segments[1].firstStep);
}

TEST_CASE("a run ends with a store that is done in place") {
  // v0 := v0 + v1. v2 := v2 * 0.5.
  const std::vector<Instruction> code = {
      pushVariable(0), pushVariable(1), special(kSelectorAdd),      popIntoVariable(0),
      pushVariable(2), pushFloat(),     special(kSelectorMultiply), popIntoVariable(2)};
  Seen seen{{2}, {}};
  CHECK(runsOf(code, TerminatorKind::kMethodReturn, seen).runs[0].end == 7);
  seen.storesInPlace = true;
  const FloatRuns found = runsOf(code, TerminatorKind::kMethodReturn, seen);
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].end == 8);
  CHECK(found.runs[0].results.empty());
  const std::vector<FloatSegment> segments = found.runs[0].segments();
  REQUIRE(segments.size() == 2);
  CHECK(segments[1].end == 8);
  CHECK(segments[1].endStep == found.runs[0].steps.size());
}

TEST_CASE("a single operation is worth a run where its answer is stored in place") {
  // v0 := v0 + t0. A temporary with the same Float has the object.
  const std::vector<Instruction> code = {pushVariable(0), pushTemp(0), special(kSelectorAdd),
                                         popIntoVariable(0)};
  Seen seen{{2}, {}};
  seen.storesInPlace = true;
  const FloatRuns found = runsOf(code, TerminatorKind::kMethodReturn, seen);
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].end == 4);
  CHECK(stepsOf(found.runs[0], FloatStep::Kind::kCommit) == 1);
}

TEST_CASE("what a run has stored into a temporary is that object behind a store") {
  // t1 := t0 * 0.5. v0 := t1. t2 := t1 * t1 - t1. The last expression's t1 stays on the stack.
  const FloatRuns found = runsOf({pushTemp(0), pushFloat(), special(kSelectorMultiply), popInto(1),
                                  pushTemp(1), popIntoVariable(0), pushTemp(1), pushTemp(1),
                                  pushTemp(1), special(kSelectorMultiply)});
  REQUIRE(found.runs.size() == 1);
  const FloatRun& run = found.runs[0];
  REQUIRE(stepsOf(run, FloatStep::Kind::kCommit) == 1);
  const auto commit = std::ranges::find(run.steps, FloatStep::Kind::kCommit, &FloatStep::kind);
  CHECK(commit->b == 1);
  REQUIRE(run.results.size() == 2);
  CHECK_FALSE(run.results[0].isRegister);
  CHECK(run.results[1].isRegister);
}

TEST_CASE("a run does not go on behind a store below entries of the operand stack") {
  const FloatRuns found = runsOf({pushTemp(3), pushTemp(0), pushFloat(), special(kSelectorMultiply),
                                  pushTemp(1), special(kSelectorAdd), popIntoVariable(0),
                                  pushTemp(4), pushFloat(), special(kSelectorAdd), popInto(2)});
  for (const FloatRun& run : found.runs) CHECK(stepsOf(run, FloatStep::Kind::kCommit) == 0);
}

TEST_CASE("methods that choose between operands are in place where their answer is taken") {
  const std::vector<Instruction> code = {pushTemp(0),
                                         pushFloat(),
                                         special(kSelectorMultiply),
                                         pushTemp(1),
                                         {Opcode::kSend, kMaximumLiteral, 1}};
  std::vector<Instruction> taken = code;
  taken.insert(taken.end(), {pushFloat(), special(kSelectorAdd), popInto(2)});
  const FloatRuns found = runsOf(taken);
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].end == 8);
  const auto& steps = found.runs[0].steps;
  const auto choice = std::ranges::find(steps, FloatStep::Kind::kSelect, &FloatStep::kind);
  REQUIRE(choice != steps.end());
  CHECK(choice->yes == choice->a);
  CHECK(choice->no == choice->b);
  // It may be the argument, whose object there is.
  std::vector<Instruction> stored = code;
  stored.push_back(popInto(2));
  for (const FloatRun& run : runsOf(stored).runs)
    CHECK(stepsOf(run, FloatStep::Kind::kSelect) == 0);
}

TEST_CASE("primitives of Floats, and SmallIntegers that become Floats") {
  const FloatRuns sine = runsOf(
      {pushTemp(0), send(kSineLiteral), pushTemp(1), special(kSelectorMultiply), popInto(2)});
  REQUIRE(sine.runs.size() == 1);
  CHECK(stepsOf(sine.runs[0], FloatStep::Kind::kFunction) == 1);
  const FloatRuns whole =
      runsOf({pushTemp(0), pushFloat(), special(kSelectorMultiply), send(kTruncatedLiteral),
              send(kAsFloatLiteral), pushTemp(1), special(kSelectorMultiply), popInto(2)});
  REQUIRE(whole.runs.size() == 1);
  CHECK(whole.runs[0].end == 8);
  CHECK(stepsOf(whole.runs[0], FloatStep::Kind::kTruncated) == 1);
  CHECK(stepsOf(whole.runs[0], FloatStep::Kind::kAsFloat) == 1);
  // Whether this is a Float nobody knows.
  CHECK(runsOf({pushTemp(0), send(kTruncatedLiteral), popInto(2)}).runs.empty());
}

TEST_CASE("elements of what a profile has not seen to be Arrays are answers of sends") {
  const std::vector<Instruction> code = {
      pushTemp(0), pushFloat(),          special(kSelectorMultiply), pushTemp(1),
      pushTemp(2), special(kSelectorAt), special(kSelectorAdd),      popInto(3)};
  const FloatRuns read = runsOf(code);
  REQUIRE(read.runs.size() == 1);
  CHECK(stepsOf(read.runs[0], FloatStep::Kind::kElement) == 1);
  for (const FloatRun& run : runsOf(code, TerminatorKind::kMethodReturn, {{}, {}, {5}}).runs)
    CHECK(stepsOf(run, FloatStep::Kind::kElement) == 0);
}

TEST_CASE("elements of a temp vector whose elements are locals are temporaries") {
  const std::vector<Instruction> code = {pushTemp(0),
                                         pushFloat(),
                                         special(kSelectorMultiply),
                                         {Opcode::kPopIntoTemporaryInVector, 1, kVector},
                                         {Opcode::kPushTemporaryInVector, 1, kVector},
                                         {Opcode::kPushTemporaryInVector, 0, kVector},
                                         special(kSelectorAdd),
                                         popInto(2)};
  const FloatRuns found = runsOf(code, TerminatorKind::kMethodReturn, {{}, {}, {}, true});
  REQUIRE(found.runs.size() == 1);
  CHECK(found.runs[0].end == 8);
  CHECK(stepsOf(found.runs[0], FloatStep::Kind::kStore) == 2);
  CHECK(stepsOf(found.runs[0], FloatStep::Kind::kFromFloat) +
            stepsOf(found.runs[0], FloatStep::Kind::kFromNumber) ==
        2);  // not what it has stored itself
  CHECK(found.unboxable[kElement + 1]);
  CHECK_FALSE(found.unboxable[kElement]);
  const FloatRuns inArray = runsOf(code);
  for (const FloatRun& run : inArray.runs)
    CHECK(stepsOf(run, FloatStep::Kind::kStore) <= 1);  // into temporary 2
}

TEST_CASE("the assignment at the end of a block belongs to a run if nobody looks at the answer") {
  for (const bool isUnused : {true, false}) {
    const FloatRuns found = runsOf({pushTemp(0),
                                    pushFloat(),
                                    special(kSelectorMultiply),
                                    pushTemp(1),
                                    special(kSelectorAdd),
                                    {Opcode::kStoreIntoTemporary, 2}},
                                   TerminatorKind::kBlockReturn, {{}, {}, {}, false, isUnused});
    REQUIRE(found.runs.size() == 1);
    CHECK(found.runs[0].end == (isUnused ? 6 : 5));
    CHECK(found.unboxable[2] == isUnused);
  }
  const FloatRuns inside = runsOf({pushTemp(0),
                                   pushFloat(),
                                   special(kSelectorMultiply),
                                   pushTemp(1),
                                   special(kSelectorAdd),
                                   {Opcode::kStoreIntoTemporary, 2},
                                   popInto(3)},
                                  TerminatorKind::kBlockReturn, {{}, {}, {}, false, true});
  REQUIRE(inside.runs.size() == 1);
  CHECK(inside.runs[0].end == 5);
}
