// V3, the set without closures: blockCopy: with its jump as one instruction, what is undefined, and
// the verification of blocks that share their method's temporaries.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "translator/analysis/stack_depth.h"
#include "translator/bytecode/instruction_printer.h"
#include "translator/ir/build.h"

namespace {

using stwasm::render;
using stwasm::analysis::MethodShape;
using stwasm::bytecode::BytecodeSet;
using Bytes = std::vector<uint8_t>;

std::string describe(const Bytes& bytes, int* nextPc = nullptr) {
  stwasm::bytecode::PrinterOptions options;
  options.bytecodeSet = BytecodeSet::kV3;
  auto text = stwasm::bytecode::describeInstruction(bytes, 0, options, nextPc);
  return text ? *text : render(text.takeError());
}

MethodShape shape(int numTemps, std::vector<int> argumentCounts = {}) {
  MethodShape shape;
  shape.bytecodeSet = BytecodeSet::kV3;
  shape.numTemps = numTemps;
  shape.numLiterals = static_cast<int>(argumentCounts.size());
  shape.argumentCounts = std::move(argumentCounts);
  return shape;
}

std::string refusal(const Bytes& bytes, const MethodShape& shape) {
  auto depths = stwasm::analysis::analyzeStackDepth(bytes, shape);
  return depths ? "accepted" : render(depths.takeError());
}

// [:x | temp0 := x. temp0] in a method of one temporary, which returns it.
const Bytes kBlock = {137, 118, 200, 164, 3, 0x68, 0x10, 125, 124};

TEST_CASE("blockCopy: is one instruction") {
  int next = 0;
  CHECK(describe(kBlock, &next) == "blockCopy: 1 bytes 5 to 7");
  CHECK(next == 5);
  CHECK(describe({137, 33, 200, 165, 0, 0, 0}, &next) == "blockCopy: lit1 bytes 5 to 260");
  CHECK(describe({137, 128, 0x83, 200, 164, 1, 125}, &next) == "blockCopy: lit3 bytes 6 to 6");
  CHECK(next == 6);
  CHECK(describe({137, 118, 200, 163, 3, 0}, &next) == "pushThisContext");  // a jump backwards
  CHECK(next == 1);
  CHECK(describe({137, 118, 200, 164}) == "pushThisContext");          // cut off
  CHECK(describe({137, 116, 200, 164, 1, 125}) == "pushThisContext");  // -1 arguments
}

TEST_CASE("closure bytecodes are undefined in V3") {
  for (int code = 138; code <= 143; ++code) {
    CHECK(describe({static_cast<uint8_t>(code), 0, 0, 0}) ==
          "undefinedBytecode: " + std::to_string(code));
  }
}

TEST_CASE("a block begins with its arguments on the stack and has its method's temporaries") {
  auto depths = stwasm::analysis::analyzeStackDepth(kBlock, shape(1));
  REQUIRE(static_cast<bool>(depths));
  CHECK(depths->depthBefore(5) == 1);
  CHECK(depths->depthBefore(6) == 0);
  CHECK(depths->depthBefore(8) == 1);
  REQUIRE(depths->bodies().size() == 2);
  CHECK(depths->bodies()[1].isBlockContext);
  CHECK(depths->bodies()[1].numFixedSlots == 1);
  Bytes literal = kBlock;
  literal[1] = 32;  // the count is literal 0
  CHECK(refusal(literal, shape(1, {1})) == "accepted");
  CHECK(refusal(literal, shape(1, {2})).find("paths") == std::string::npos);
  CHECK(refusal(literal, shape(1, {-1})).find("number of arguments is unknown") !=
        std::string::npos);
  CHECK(refusal(literal, shape(1)).find("literal 0 of 0 literals") != std::string::npos);
  CHECK(refusal(kBlock, shape(0)).find("temp 0 of 0 temps") != std::string::npos);
}

TEST_CASE("the IR of a method that makes a BlockContext") {
  auto method = stwasm::ir::buildMethodIr(kBlock, shape(1));
  REQUIRE(static_cast<bool>(method));
  CHECK(method->bodies[0].facts.createsBlockContexts);
  CHECK_FALSE(method->bodies[0].facts.usesActiveContext);
  CHECK(method->bodies[0].instructions[0].opcode == stwasm::ir::Opcode::kPushBlockCopy);
  CHECK(method->bodies[0].instructions[0].nextPc == 8);
  CHECK(method->bodies[1].isBlockContext);
  CHECK(method->bodies[1].blocks[0].entryDepth == 1);
}

TEST_CASE("a quick return needs no bytecodes") {
  MethodShape quick = shape(0);
  quick.primitive = 264 + 3;
  auto method = stwasm::ir::buildMethodIr({}, quick);
  REQUIRE(static_cast<bool>(method));
  CHECK(method->bodies[0].facts.maxReceiverVariable == 3);
  CHECK(method->bodies[0].blocks.size() == 1);
}

}  // namespace
