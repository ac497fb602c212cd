// From bytes to basic blocks: listings of small methods, and the facts that emission relies on.
#include "translator/ir/build.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "translator/ir/structure.h"

using namespace stwasm;      // NOLINT(google-build-using-namespace)
using namespace stwasm::ir;  // NOLINT(google-build-using-namespace)

namespace {

MethodIr built(const std::vector<uint8_t>& bytes, int numArgs = 0, int numTemps = 0,
               const BuildOptions& options = {}) {
  auto method = buildMethodIr(
      bytes, {bytecode::BytecodeSet::kV3PlusClosures, numArgs, numTemps, -1}, options);
  if (!method) FAIL(render(method.takeError()));
  return std::move(*method);
}

std::string treeOf(const Body& body) {
  auto tree = structurize(body);
  return tree ? printTree(*tree) : render(tree.takeError());
}

}  // namespace

TEST_CASE("a loop: blocks in reverse postorder, depths, loop heads") {
  // | i | i := 0. [i < lit0] whileTrue: [i := i + 1]. ^i
  const MethodIr method = built(
      {0x75, 0x68, 0x10, 0x20, 0xB2, 0xAC, 0x06, 0x10, 0x76, 0xB0, 0x68, 0xA3, 0xF5, 0x10, 0x7C}, 0,
      1);
  REQUIRE(method.bodies.size() == 1);
  const Body& body = method.bodies[0];
  CHECK(printBody(body) ==
        "b0:\n"
        "  0[0] pushConstant 4\n"
        "  1[1] popIntoTemporary 0\n"
        "  2[0] fallthrough b1\n"
        "b1: loop\n"
        "  2[0] pushTemporary 0\n"
        "  3[1] pushLiteralConstant 0\n"
        "  4[2] sendSpecial 2 1 (<)\n"
        "  5[1] jumpIf false b3 else b2\n"
        "b2:\n"
        "  7[0] pushTemporary 0\n"
        "  8[1] pushConstant 5\n"
        "  9[2] sendSpecial 0 1 (+)\n"
        "  10[1] popIntoTemporary 0\n"
        "  11[0] jump b1\n"
        "b3:\n"
        "  13[0] pushTemporary 0\n"
        "  14[1] return top\n");
  CHECK(body.blocks[1].predecessors == std::vector<int32_t>{0, 2});
  CHECK(treeOf(body) ==
        "(seq (leaf 0) (loop L3 (seq (leaf 1) (cond 1 (seq (leaf 2) (br L3)) (leaf 3)))))");
  CHECK(body.facts.maxDepth == 2);
  CHECK(body.facts.sends);
  CHECK_FALSE(body.facts.usesReceiver);
  CHECK(body.facts.assignedTemps == std::vector<bool>{true});
}

TEST_CASE("and: leaves its value on the stack where paths meet") {
  // ^temp0 and: [temp1]
  const MethodIr method = built({0x10, 0x99, 0x11, 0x90, 0x72, 0x7C}, 2, 2);
  const Body& body = method.bodies[0];
  REQUIRE(body.blocks.size() == 4);
  CHECK(body.blocks[3].entryDepth == 1);
  CHECK(treeOf(body) ==
        "(seq (leaf 0) (cond 0 (seq (leaf 1) (next 3)) (seq (leaf 2) (next 3))) (leaf 3))");
}

TEST_CASE("threaded jumps: who pushes a Boolean for a jump goes where that leads") {
  // (temp0 and: [temp1]) ifTrue: [^1]. ^2
  const std::vector<uint8_t> bytes = {0x10, 0x99, 0x11, 0x90, 0x72, 0x99, 0x76, 0x7C, 0x77, 0x7C};
  const Body body = built(bytes, 2, 2, {{}, true}).bodies[0];
  CHECK(printBody(body) ==
        "b0:\n"
        "  0[0] pushTemporary 0\n"
        "  1[1] jumpIf false b3 else b1\n"
        "b1:\n"
        "  2[0] pushTemporary 1\n"
        "  5[1] jumpIf false b4 else b2\n"
        "b2:\n"
        "  6[0] pushConstant 5\n"
        "  7[1] return top\n"
        "b3:\n"
        "  5[0] jump b4\n"
        "b4:\n"
        "  8[0] pushConstant 6\n"
        "  9[1] return top\n");
  // The jump is kept where the interpreter may come in.
  const std::vector<int> leaders = {5};
  CHECK(built(bytes, 2, 2, {leaders, true}).bodies[0].blocks.size() == 6);
  CHECK(built(bytes, 2, 2).bodies[0].blocks.size() == 6);
}

TEST_CASE("threaded jumps: heads of loops stay, returns are repeated") {
  // [temp0 and: [temp1]] whileTrue. ^temp0 or: [temp1]
  const Body loop =
      built({0x10, 0x99, 0x11, 0x90, 0x72, 0x99, 0xA3, 0xF8, 0x10, 0x99, 0x71, 0x90, 0x11, 0x7C}, 2,
            2, {{}, true})
          .bodies[0];
  CHECK(loop.blocks[0].isLoopHead);
  int returns = 0;
  for (const BasicBlock& block : loop.blocks)
    returns += block.terminator.kind == TerminatorKind::kMethodReturn ? 1 : 0;
  CHECK(returns == 2);
  CHECK(structurize(loop));
}

TEST_CASE("unreachable code is dropped") {
  const MethodIr method = built({0x91, 0x70, 0x7C, 0x79, 0x78});
  CHECK(printBody(method.bodies[0]) ==
        "b0:\n"
        "  0[0] jump b1\n"
        "b1:\n"
        "  3[0] return true\n");
  CHECK(method.endPc == 4);
}

TEST_CASE("blocks: own bodies, temps on the stack, non-local returns") {
  // | vector | vector := Array new: 1.
  // ^[:x | | t | t := x. [^t]. iv3 := super lit1. vector at: 1]
  const MethodIr method =
      built({0x8A, 0x01, 0x69, 0x11, 0x8F, 0x11, 0x00, 0x13, 0x73, 0x10, 0x6A, 0x12, 0x8F, 0x10,
             0x00, 0x02, 0x10, 0x7C, 0x87, 0x70, 0x85, 0x01, 0x63, 0x8C, 0x00, 0x01, 0x7D, 0x7C},
            1, 2);
  REQUIRE(method.bodies.size() == 3);
  CHECK(printBody(method.bodies[0]) ==
        "b0:\n"
        "  0[0] pushNewArray 1\n"
        "  2[1] popIntoTemporary 1\n"
        "  3[0] pushTemporary 1\n"
        "  4[1] pushClosure 1 1 1\n"
        "  27[1] return top\n");
  CHECK(printBody(method.bodies[1]) ==
        "b0:\n"
        "  8[0] pushConstant 0\n"
        "  9[1] pushTemporary 0\n"
        "  10[2] popIntoTemporary 2\n"
        "  11[1] pushTemporary 2\n"
        "  12[2] pushClosure 2 1 0\n"
        "  18[2] pop\n"
        "  19[1] pushReceiver\n"
        "  20[2] sendSuper 1 0\n"
        "  22[2] popIntoReceiverVariable 3\n"
        "  23[1] pushTemporaryInVector 0 1\n"
        "  26[2] blockReturn top\n");
  CHECK(printBody(method.bodies[2]) ==
        "b0:\n"
        "  16[0] pushTemporary 0\n"
        "  17[1] nonLocalReturn top\n");
  CHECK(method.bodies[0].children == std::vector<int>{1});
  CHECK(method.bodies[1].children == std::vector<int>{2});
  CHECK(method.bodies[0].instructions.back().nextPc == 27);

  const BodyFacts& home = method.bodies[0].facts;
  CHECK(home.createsClosures);
  CHECK(home.hasNestedNonLocalReturn);
  CHECK_FALSE(home.hasOwnNonLocalReturn);
  CHECK(home.assignedTemps == std::vector<bool>{false, true});
  const BodyFacts& outer = method.bodies[1].facts;
  CHECK(outer.usesSuper);
  CHECK(outer.usesReceiver);
  CHECK(outer.storesReceiverVariables);
  CHECK(outer.maxReceiverVariable == 3);
  CHECK(outer.hasNestedNonLocalReturn);
  CHECK(outer.assignedTemps == std::vector<bool>{false, false, true});
  const BodyFacts& inner = method.bodies[2].facts;
  CHECK(inner.hasOwnNonLocalReturn);
  CHECK_FALSE(inner.hasNestedNonLocalReturn);
  CHECK_FALSE(inner.createsClosures);
}

TEST_CASE("primitives: number, error code, quick returns") {
  const MethodIr named = built({0x8B, 0x75, 0x00, 0x81, 0x40, 0x10, 0x7C}, 0, 1);
  CHECK(named.primitive == 117);
  CHECK(printBody(named.bodies[0]) ==
        "b0:\n"
        "  0[0] callPrimitive 117\n"
        "  3[0] storePrimitiveErrorCode 0\n"
        "  5[0] pushTemporary 0\n"
        "  6[1] return top\n");
  CHECK(printBody(built({0x8B, 0x00, 0x01}).bodies[0]) ==
        "b0:\n"
        "  0[0] callPrimitive 256\n"
        "  0[0] return receiver\n");
  CHECK(printBody(built({0x8B, 0x04, 0x01}).bodies[0]) ==
        "b0:\n"
        "  0[0] callPrimitive 260\n"
        "  0[0] return -1\n");
  const MethodIr slot = built({0x8B, 0x0A, 0x01});
  CHECK(printBody(slot.bodies[0]) ==
        "b0:\n"
        "  0[0] callPrimitive 266\n"
        "  0[0] pushReceiverVariable 2\n"
        "  0[1] return top\n");
  CHECK(slot.bodies[0].facts.maxReceiverVariable == 2);
  CHECK(slot.bodies[0].facts.maxDepth == 1);
}

TEST_CASE("a jump to its own successor still has two ways") {
  // temp0 ifTrue: []. ^self
  const MethodIr method = built({0x10, 0xA8, 0x00, 0x78}, 1, 1);
  CHECK(method.bodies[0].blocks[1].predecessors == std::vector<int32_t>{0});
  CHECK(treeOf(method.bodies[0]) == "(seq (leaf 0) (cond 0 (next 1) (next 1)) (leaf 1))");
}
