// What is known of SmallIntegers behind sends that the frame goes on behind only if they did what
// they do for SmallIntegers, on bodies of two basic blocks written by hand.
#include "translator/ir/integer_ranges.h"

#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "translator/bytecode/special_selectors.h"

namespace stwasm::ir {
namespace {

using namespace bytecode;

constexpr int kTemporaries = 3;

Instruction push(int temp, int depth) { return {Opcode::kPushTemporary, temp, 0, 0, 0, 0, depth}; }
Instruction popInto(int temp) { return {Opcode::kPopIntoTemporary, temp, 0, 0, 0, 0, 1}; }
Instruction special(int selector, int numArgs = 1) {
  return {Opcode::kSendSpecial, selector, numArgs, 0, 0, 0, numArgs + 1};
}

// The ranges at the beginning of the block behind the instructions.
std::vector<IntegerRange> rangesBehind(std::vector<Instruction> instructions,
                                       const IntegerAssumptions& assumptions) {
  Body body;
  body.numFixedSlots = kTemporaries;
  body.facts.maxDepth = 4;
  body.instructions = std::move(instructions);
  BasicBlock first;
  first.endInstruction = static_cast<int32_t>(body.instructions.size());
  first.terminator.target = 1;
  BasicBlock second;
  second.firstInstruction = second.endInstruction = first.endInstruction;
  second.terminator.kind = TerminatorKind::kMethodReturn;
  body.blocks = {first, second};
  return integerRanges(body, assumptions)[1];
}

IntegerAssumptions speculating(bool speculates) {
  return {[](int) { return IntegerRange{}; }, false, false,
          [speculates](const Instruction&) { return speculates; }};
}

TEST_CASE("behind a speculated operation its operands' temporaries and its result are known") {
  const std::vector<Instruction> code = {push(0, 0), push(1, 1), special(kSelectorAdd), popInto(2)};
  const auto known = rangesBehind(code, speculating(true));
  CHECK(known[0].isAll());
  CHECK(known[1].isAll());
  CHECK(known[2].isAll());
  const auto unknown = rangesBehind(code, speculating(false));
  CHECK_FALSE(unknown[0].known);
  CHECK_FALSE(unknown[2].known);
}

TEST_CASE("a temporary that got something else between push and operation is not known") {
  const auto ranges = rangesBehind({push(0, 0),
                                    push(1, 1),
                                    {Opcode::kPushReceiver, 0, 0, 0, 0, 0, 2},
                                    {Opcode::kPopIntoTemporary, 0, 0, 0, 0, 0, 3},
                                    special(kSelectorAdd),
                                    popInto(2)},
                                   speculating(true));
  CHECK_FALSE(ranges[0].known);
  CHECK(ranges[1].isAll());
}

TEST_CASE("elements: the index is known, the element is not, a size is never negative") {
  const auto element =
      rangesBehind({push(0, 0), push(1, 1), special(kSelectorAt), popInto(2)}, speculating(true));
  CHECK_FALSE(element[0].known);
  CHECK(element[1].isAll());
  CHECK_FALSE(element[2].known);
  const auto size =
      rangesBehind({push(0, 0), special(kSelectorSize, 0), popInto(2)}, speculating(true));
  CHECK(size[2] == IntegerRange{true, 0, kMaxSmallInteger});
}

TEST_CASE("what is known of arguments holds from the beginning") {
  IntegerAssumptions assumptions = speculating(false);
  assumptions.arguments = {IntegerRange::constant(3), {true, 1, 9}};
  const auto ranges =
      rangesBehind({push(0, 0), push(1, 1), special(kSelectorMultiply), popInto(2)}, assumptions);
  CHECK(ranges[2] == IntegerRange{true, 3, 27});
}

TEST_CASE("speculated operations of operands that are not known") {
  const IntegerRange any;
  CHECK(speculatedOperation(kSelectorAdd, any, IntegerRange::constant(1)).exitsOnOverflow);
  CHECK_FALSE(speculatedOperation(kSelectorBitAnd, any, IntegerRange::constant(7)).overflows);
  CHECK(speculatedOperation(kSelectorBitAnd, any, IntegerRange::constant(7)).result ==
        IntegerRange{true, 0, 7});
  CHECK(speculatedOperation(kSelectorMultiply, any, any).result.isAll());
  CHECK(speculatedOperation(kSelectorMultiply, any, any).exitsOnOverflow);
  CHECK(speculatedOperation(kSelectorModulo, any, any).result.low == 0);
  CHECK_FALSE(speculatedOperation(kSelectorLess, any, any).result.known);
}

}  // namespace
}  // namespace stwasm::ir
