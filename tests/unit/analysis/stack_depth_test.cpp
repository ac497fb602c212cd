// Verification: the depths of good methods, and one refusal with its pc for each way to be bad.
#include "translator/analysis/stack_depth.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace stwasm;            // NOLINT(google-build-using-namespace)
using namespace stwasm::analysis;  // NOLINT(google-build-using-namespace)

namespace {

using Bytes = std::vector<uint8_t>;

constexpr int kNone = StackDepths::kNone;

MethodShape shape(int numTemps, int numLiterals = 8) {
  MethodShape result;
  result.numTemps = numTemps;
  result.numLiterals = numLiterals;
  return result;
}

StackDepths accepted(const Bytes& bytes, int numTemps = 1) {
  auto depths = analyzeStackDepth(bytes, shape(numTemps));
  if (!depths) FAIL(render(depths.takeError()));
  return *depths;
}

std::vector<int> depthsOf(const Bytes& bytes, const StackDepths& depths) {
  std::vector<int> result;
  for (size_t pc = 0; pc < bytes.size(); ++pc) {
    result.push_back(depths.depthBefore(static_cast<int>(pc)));
  }
  return result;
}

std::string refused(const Bytes& bytes, int numTemps = 1) {
  auto depths = analyzeStackDepth(bytes, shape(numTemps));
  return depths ? "accepted" : render(depths.takeError());
}

}  // namespace

TEST_CASE("depths before each instruction; merges may have values on the stack") {
  // temp0 ifTrue: [1] ifFalse: [2]; trailing bytes are not code.
  const Bytes bytes = {0x10, 0x99, 0x76, 0x90, 0x77, 0x7C, 0xFF, 0x03};
  const StackDepths depths = accepted(bytes);
  CHECK(depthsOf(bytes, depths) == std::vector<int>{0, 1, 0, 1, 0, 1, kNone, kNone});
  CHECK(depths.endPc() == 6);
  CHECK(depths.bodies().size() == 1);
  CHECK(depths.bodies()[0].maxDepth == 1);
}

TEST_CASE("blocks are bodies of their own") {
  // ^[:a | | t | t := a foo. [t bar]] where t lies on the block's stack
  const Bytes bytes = {0x8F, 0x01, 0x00, 0x0D, 0x73, 0x10, 0xD0, 0x69, 0x11,
                       0x8F, 0x10, 0x00, 0x03, 0x10, 0xD1, 0x7D, 0x7D, 0x7C};
  const StackDepths depths = accepted(bytes);
  REQUIRE(depths.bodies().size() == 3);
  const BodyExtent& outer = depths.bodies()[1];
  CHECK(outer.parent == 0);
  CHECK(outer.creationPc == 0);
  CHECK(outer.startPc == 4);
  CHECK(outer.endPc == 17);
  CHECK(outer.numFixedSlots == 1);
  CHECK(outer.maxDepth == 2);
  const BodyExtent& inner = depths.bodies()[2];
  CHECK(inner.parent == 1);
  CHECK(inner.startPc == 13);
  CHECK(inner.numCopied == 1);
  CHECK(depths.bodyCreatedAt(9) == 2);
  CHECK(depths.bodyCreatedAt(8) == kNone);
  CHECK(depths.depthBefore(16) == 2);
  CHECK(depths.endPc() == 18);
}

TEST_CASE("a primitive's error code is stored without being pushed") {
  // <primitive: 117 error: t> ^t
  const Bytes bytes = {0x8B, 0x75, 0x00, 0x81, 0x40, 0x10, 0x7C};
  const StackDepths depths = accepted(bytes);
  CHECK(depths.primitiveErrorStorePc() == 3);
  CHECK(depthsOf(bytes, depths) == std::vector<int>{0, kNone, kNone, 0, kNone, 0, 1});
  CHECK(refused({0x8B, 0x75, 0x00, 0x87, 0x78}) ==
        "pc 3: stack underflow: 1 values needed, 0 there");
  CHECK(refused({0x8B, 0x75, 0x00, 0x81, 0x41, 0x78}) == "pc 3: temp 1 of 1 temps");
}

TEST_CASE("nothing is needed behind a quick return") {
  CHECK(accepted({0x8B, 0x00, 0x01}).endPc() == 3);
  CHECK(accepted({0x8B, 0x07, 0x02, 0xFF}).endPc() == 3);
  CHECK(refused({0x8B, 0x08, 0x02}) == "pc 0: the bytecodes run off their end without a return");
}

TEST_CASE("code that runs off its end is refused") {
  CHECK(refused({}) == "the bytecodes run off their end without a return");
  CHECK(refused({0x70, 0x87}) == "pc 1: the bytecodes run off their end without a return");
  CHECK(refused({0x70, 0x80}) == "pc 1: the bytecodes end within an instruction");
  CHECK(refused({0x8F, 0x00, 0x00, 0x01, 0x70, 0x7C}) == "pc 4: a block ends without a return");
  CHECK(refused({0x8F, 0x00, 0x00, 0x00, 0x7C}) == "pc 0: a block ends without a return");
  CHECK(refused({0x8F, 0x00, 0x00, 0x01, 0x80, 0x7C}) ==
        "pc 4: an instruction crosses its block's end");
}

TEST_CASE("undefined bytecodes are refused where they can be reached") {
  CHECK(refused({0x7E}) == "pc 0: undefined bytecode 126");
  CHECK(refused({0x70, 0x81, 0x80, 0x78}) == "pc 1: undefined bytecode 129");
  CHECK(refused({0x78, 0x7E}) == "accepted");
}

TEST_CASE("jumps must hit an instruction of the same body") {
  CHECK(refused({0x97, 0x78}) == "pc 0: jump to 9, outside 0 to 1");
  CHECK(refused({0xA0, 0x00, 0x78}) == "pc 0: jump to -1022, outside 0 to 2");
  CHECK(refused({0x71, 0x98, 0x80, 0x01, 0x87, 0x78}) ==
        "pc 3: jump into the middle of the instruction at 2");
  // Into a block, out of a block.
  CHECK(refused({0x71, 0x9C, 0x8F, 0x00, 0x00, 0x02, 0x73, 0x7D, 0x7C}) ==
        "pc 7: block return outside a block");
  CHECK(refused({0x71, 0x9B, 0x8F, 0x00, 0x00, 0x02, 0x73, 0x7C, 0x7C}) ==
        "pc 6: code outside a block runs into the block made at 2");
  CHECK(refused({0x8F, 0x00, 0x00, 0x02, 0x90, 0x7D, 0x7C}) == "pc 4: jump to 6, outside 4 to 5");
}

TEST_CASE("the stack must not underflow, and paths must agree on its depth") {
  CHECK(refused({0x87, 0x78}) == "pc 0: stack underflow: 1 values needed, 0 there");
  CHECK(refused({0x70, 0xB0, 0x7C}) == "pc 1: stack underflow: 2 values needed, 1 there");
  CHECK(refused({0x7C}) == "pc 0: stack underflow: 1 values needed, 0 there");
  CHECK(refused({0x88, 0x7C}) == "pc 0: stack underflow: 1 values needed, 0 there");
  CHECK(refused({0x8F, 0x10, 0x00, 0x01, 0x78, 0x7C}) ==
        "pc 0: stack underflow: 1 values needed, 0 there");
  CHECK(refused({0x71, 0x98, 0x70, 0x78}) == "pc 3: paths meet here with stack depths 0 and 1");
  CHECK(refused({0x70, 0xA3, 0xFD}) == "pc 0: paths meet here with stack depths 0 and 1");
}

TEST_CASE("blocks must nest") {
  CHECK(refused({0x8F, 0x00, 0x00, 0x09, 0x78, 0x7C}) ==
        "pc 0: a block reaches beyond the code around it");
  // The inner block is longer than the outer one.
  CHECK(refused({0x8F, 0x00, 0x00, 0x06, 0x8F, 0x00, 0x00, 0x03, 0x78, 0x7D, 0x7C}) ==
        "pc 4: a block reaches beyond the code around it");
  CHECK(refused({0x7D}) == "pc 0: block return outside a block");
}

TEST_CASE("indices stay inside the frame and the literals") {
  CHECK(refused({0x11, 0x7C}) == "pc 0: temp 1 of 1 temps");
  CHECK(refused({0x8C, 0x00, 0x05, 0x7C}) == "pc 0: temp 5 of 1 temps");
  CHECK(refused({0x28, 0x7C}) == "pc 0: literal 8 of 8 literals");
  CHECK(refused({0x70, 0xD9, 0x7C}) == "pc 1: literal 9 of 8 literals");
  // A temp may name a live stack slot, but not one that is being popped.
  CHECK(refused({0x70, 0x11, 0x7C}) == "accepted");
  CHECK(refused({0x70, 0x69, 0x78}) == "pc 1: temp 1 of 1 temps");
  auto depths = analyzeStackDepth(Bytes{0x78}, {{}, 3, 2, 0});
  REQUIRE(!depths);
  CHECK(render(depths.takeError()) == "the method header says 3 arguments but 2 temps");
}
