// Every bytecode of SistaV1, decoded and printed with its prefixes, against expectations written
// from the set's definition: one row per bytecode or per range that differs in an index only.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/bytecode/described.h"
#include "translator/analysis/stack_depth.h"
#include "translator/ir/build.h"

namespace {

using stwasm::bytecode::BytecodeSet;
using stwasm::bytecode::Bytes;
using stwasm::bytecode::Described;
using stwasm::bytecode::RangeRow;
using stwasm::bytecode::Row;

Described describe(const Bytes& bytes) {
  return stwasm::bytecode::describe(bytes, BytecodeSet::kSistaV1);
}

const RangeRow kRanges[] = {
    {0, 15, "pushRcvr: {}", 0},
    {16, 31, "pushLit: lit{}", 0},
    {32, 63, "pushConstant: lit{}", 0},
    {64, 75, "pushTemp: {}", 0},
    {76, 76, "self", 0},
    {77, 77, "pushConstant: true", 0},
    {78, 78, "pushConstant: false", 0},
    {79, 79, "pushConstant: nil", 0},
    {80, 81, "pushConstant: {}", 0},
    {82, 82, "pushThisContext", 0},
    {83, 83, "dup", 0},
    {84, 87, "undefinedBytecode: {}", 84},
    {88, 88, "returnSelf", 0},
    {89, 89, "return: true", 0},
    {90, 90, "return: false", 0},
    {91, 91, "return: nil", 0},
    {92, 92, "returnTop", 0},
    {93, 93, "blockReturn: nil", 0},
    {94, 94, "blockReturn", 0},
    {95, 95, "nop", 0},
    {96, 96, "send: +", 0},
    {111, 111, "send: bitOr:", 0},
    {112, 112, "send: at:", 0},
    {119, 119, "send: class", 0},
    {120, 120, "send: ~~", 0},
    {121, 121, "send: value", 0},
    {127, 127, "send: y", 0},
    {128, 143, "send: lit{} numArgs: 0", 0},
    {144, 159, "send: lit{} numArgs: 1", 0},
    {160, 175, "send: lit{} numArgs: 2", 0},
    {176, 183, "jumpTo: {}", 2},
    {184, 191, "jumpTrue: {}", 2},
    {192, 199, "jumpFalse: {}", 2},
    {200, 207, "popIntoRcvr: {}", 0},
    {208, 215, "popIntoTemp: {}", 0},
    {216, 216, "pop", 0},
    {217, 217, "trap", 0},
    {218, 223, "undefinedBytecode: {}", 218},
    {254, 255, "undefinedBytecode: {}", 254},
};

const Row kRows[] = {
    {{226, 200}, "pushRcvr: 200"},
    {{224, 1, 226, 2}, "pushRcvr: 258"},
    {{227, 3}, "pushLit: lit3"},
    {{224, 1, 227, 3}, "pushLit: lit259"},
    {{228, 3}, "pushConstant: lit3"},
    {{224, 1, 224, 1, 228, 3}, "pushConstant: lit65795"},
    {{229, 20}, "pushTemp: 20"},
    {{230, 1}, "undefinedBytecode: 230"},
    {{231, 3}, "push: (Array new: 3)"},
    {{231, 131}, "pop 3 into (Array new: 3)"},
    {{232, 200}, "pushConstant: 200"},
    {{225, 3, 232, 232}, "pushConstant: 1000"},
    {{225, 255, 232, 255}, "pushConstant: -1"},
    {{225, 128, 225, 0, 232, 0}, "pushConstant: -8388608"},
    {{225, 0, 225, 200, 232, 0}, "pushConstant: 51200"},
    {{233, 65}, "pushConstant: (Character value: 65)"},
    {{225, 3, 233, 145}, "pushConstant: (Character value: 913)"},
    {{225, 255, 233, 145}, "undefinedBytecode: 233"},
    {{234, 19}, "send: lit2 numArgs: 3"},
    {{224, 1, 234, 192}, "send: lit56 numArgs: 0"},
    {{225, 1, 234, 8}, "send: lit1 numArgs: 8"},
    {{225, 64, 234, 8}, "undefinedBytecode: 234"},
    {{235, 17}, "superSend: lit2 numArgs: 1"},
    {{225, 64, 235, 17}, "directedSuperSend: lit2 numArgs: 1"},
    {{225, 65, 235, 17}, "directedSuperSend: lit2 numArgs: 9"},
    {{236, 0}, "undefinedBytecode: 236"},
    {{237, 10}, "jumpTo: 12"},
    {{225, 1, 237, 10}, "jumpTo: 270"},
    {{225, 255, 237, 252}, "jumpTo: 0"},
    {{238, 10}, "jumpTrue: 12"},
    {{225, 1, 239, 10}, "jumpFalse: 270"},
    {{225, 255, 239, 10}, "undefinedBytecode: 239"},
    {{240, 9}, "popIntoRcvr: 9"},
    {{241, 9}, "popIntoLit: lit9"},
    {{242, 9}, "popIntoTemp: 9"},
    {{243, 9}, "storeIntoRcvr: 9"},
    {{224, 1, 244, 9}, "storeIntoLit: lit265"},
    {{245, 9}, "storeIntoTemp: 9"},
    {{246, 0}, "undefinedBytecode: 246"},
    {{247, 0}, "undefinedBytecode: 247"},
    {{248, 117, 0}, "callPrimitive: 117"},
    {{248, 10, 2}, "callPrimitive: 522"},
    {{248, 232, 131}, "callInlinedPrimitive: 1000 set: 0"},
    {{249, 5, 2}, "pushFullClosure: lit5 numCopied: 2"},
    {{224, 1, 249, 5, 194}, "pushFullClosure: lit261 numCopied: 2 receiverOnStack noOuterContext"},
    {{250, 17, 1, 94}, "closureNumCopied: 2 numArgs: 1 bytes 3 to 3"},
    {{224, 17, 225, 1, 250, 17, 1}, "closureNumCopied: 10 numArgs: 9 bytes 7 to 263"},
    {{251, 1, 2}, "pushTemp: 1 inVectorAt: 2"},
    {{252, 1, 2}, "storeIntoTemp: 1 inVectorAt: 2"},
    {{253, 1, 2}, "popIntoTemp: 1 inVectorAt: 2"},
    {{225, 1, 82}, "pushThisProcess"},
    {{225, 2, 82}, "undefinedBytecode: 82"},
    {{224, 1, 94}, "undefinedBytecode: 94"},
};

stwasm::analysis::MethodShape shape(int numArgs, int numTemps, int numLiterals) {
  stwasm::analysis::MethodShape shape;
  shape.bytecodeSet = BytecodeSet::kSistaV1;
  shape.numArgs = numArgs;
  shape.numTemps = numTemps;
  shape.numLiterals = numLiterals;
  return shape;
}

std::string errorOf(const Bytes& bytes) {
  auto method = stwasm::ir::buildMethodIr(bytes, shape(0, 0, 1));
  return method ? "" : stwasm::render(method.takeError());
}

}  // namespace

TEST_CASE("SistaV1: one-byte instructions") {
  for (const RangeRow& row : kRanges) {
    stwasm::bytecode::checkRange(row, BytecodeSet::kSistaV1);
  }
}

TEST_CASE("SistaV1: longer instructions, and prefixes") {
  for (const Row& row : kRows) {
    const Described described = describe(row.bytes);
    CHECK(described.text == row.text);
    const int behind = row.bytes.size() > 3 && row.bytes[0] == 250 ? 1 : 0;  // the block's byte
    CHECK(described.length == static_cast<int>(row.bytes.size()) - behind);
  }
}

TEST_CASE("SistaV1: bytes that end within an instruction") {
  for (const Bytes& bytes : {Bytes{224}, Bytes{224, 1}, Bytes{225, 1, 224}, Bytes{224, 1, 228},
                             Bytes{248, 1}, Bytes{225, 1, 250, 1}}) {
    CHECK(describe(bytes).length == 0);
  }
}

TEST_CASE("SistaV1: extensions beyond all sense are undefined") {
  const Bytes bytes = {224, 255, 224, 255, 224, 255, 224, 255, 228, 1};
  CHECK(describe(bytes).text == "undefinedBytecode: 224");
}

TEST_CASE("SistaV1: what nobody but an optimising VM runs is refused with the reason") {
  struct Group {
    int set;
    int number;
    const char* text;
  };
  const Group groups[] = {
      {0, 0, "inlined primitive 0, with 0 operands,"},
      {0, 1011, "inlined primitive 1011, with 1 operand,"},   // new
      {0, 2000, "inlined primitive 2000, with 2 operands,"},  // the sum of SmallIntegers
      {0, 2064, "inlined primitive 2064, with 2 operands,"},  // a slot
      {0, 3001, "inlined primitive 3001, with 3 operands,"},  // storing a byte
      {0, 4000, "inlined primitive 4000, with 4 operands,"},  // filling slots
      {0, 5000, "inlined primitive 5000, with 5 operands,"},  // copying slots
      {0, 8191, "inlined primitive 8191, with 8 operands,"},  // the last
      {1, 64, "inlined primitive 64, Lowcode,"},
      {3, 64, "inlined primitive 64, of set 3,"},
  };
  for (const Group& group : groups) {
    CAPTURE(group.number);
    const auto low = static_cast<uint8_t>(group.number & 255);
    const auto high = static_cast<uint8_t>(128 | group.set << 5 | group.number >> 8);
    // As the first instruction, and between others.
    for (const Bytes& bytes : {Bytes{248, low, high, 88}, Bytes{80, 216, 248, low, high, 88}}) {
      const std::string error = errorOf(bytes);
      CHECK(error.find(group.text) != std::string::npos);
      CHECK(error.find("an optimising VM's own code") != std::string::npos);
      CHECK(error.find("NewspeakV4") == std::string::npos);
    }
  }
  CHECK(errorOf({217, 88}).find("a trap") != std::string::npos);
}

TEST_CASE("SistaV1: an undefined bytecode may be NewspeakV4's") {
  for (const uint8_t code : Bytes{84, 218, 223}) {
    const std::string error = errorOf({80, 216, code, 88});
    CHECK(error.find(fmt::format("pc 2: undefined bytecode {}", code)) != std::string::npos);
    CHECK(error.find("NewspeakV4") != std::string::npos);
  }
}

TEST_CASE("SistaV1: a jump into a prefixed instruction is an error") {
  CHECK(errorOf({77, 193, 224, 0, 228, 0, 92}).find("into the middle") != std::string::npos);
}

TEST_CASE("A full closure with its receiver on the stack, and a CompiledBlock") {
  const Bytes method = {76, 80, 81, 249, 0, 130, 92};  // self 0 1, closure of them, return
  auto ir = stwasm::ir::buildMethodIr(method, shape(0, 0, 1));
  REQUIRE(ir);
  const auto& body = ir->bodies[0];
  CHECK(body.facts.createsClosures);
  CHECK(body.instructions.back().opcode == stwasm::ir::Opcode::kPushFullClosure);
  CHECK(body.instructions.back().b == 2);
  CHECK(body.instructions.back().c == stwasm::ir::kReceiverOnStack);

  auto blockShape = shape(1, 1, 1);
  CHECK(!stwasm::ir::buildMethodIr({{64, 94}}, blockShape));
  blockShape.isFullBlock = true;
  auto blockIr = stwasm::ir::buildMethodIr({{64, 184, 93, 76, 92}}, blockShape);
  REQUIRE(blockIr);
  CHECK(blockIr->bodies[0].isBlock());
  CHECK(blockIr->bodies[0].facts.hasOwnNonLocalReturn);
}
