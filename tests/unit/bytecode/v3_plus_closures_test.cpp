// Every bytecode of V3PlusClosures, decoded and printed, against expectations written from the
// set's definition: one row per bytecode or per range of bytecodes that differ in an index only.
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/bytecode/described.h"

namespace {

using stwasm::bytecode::BytecodeSet;
using stwasm::bytecode::Bytes;
using stwasm::bytecode::Described;
using stwasm::bytecode::describeInstruction;
using stwasm::bytecode::PrinterOptions;
using stwasm::bytecode::RangeRow;
using stwasm::bytecode::Row;

Described describe(const Bytes& bytes) {
  return stwasm::bytecode::describe(bytes, BytecodeSet::kV3PlusClosures);
}

const RangeRow kRanges[] = {
    {0, 15, "pushRcvr: {}", 0},
    {16, 31, "pushTemp: {}", 0},
    {32, 63, "pushConstant: lit{}", 0},
    {64, 95, "pushLit: lit{}", 0},
    {96, 103, "popIntoRcvr: {}", 0},
    {104, 111, "popIntoTemp: {}", 0},
    {112, 112, "self", 0},
    {113, 113, "pushConstant: true", 0},
    {114, 114, "pushConstant: false", 0},
    {115, 115, "pushConstant: nil", 0},
    {116, 119, "pushConstant: {}", -1},
    {120, 120, "returnSelf", 0},
    {121, 121, "return: true", 0},
    {122, 122, "return: false", 0},
    {123, 123, "return: nil", 0},
    {124, 124, "returnTop", 0},
    {125, 125, "blockReturn", 0},
    {126, 127, "undefinedBytecode: {}", 126},
    {135, 135, "pop", 0},
    {136, 136, "dup", 0},
    {137, 137, "pushThisContext", 0},
    {144, 151, "jumpTo: {}", 2},
    {152, 159, "jumpFalse: {}", 2},
    {208, 223, "send: lit{} numArgs: 0", 0},
    {224, 239, "send: lit{} numArgs: 1", 0},
    {240, 255, "send: lit{} numArgs: 2", 0},
};

const char* const kSpecialSends[] = {
    "+",   "-",       "<",      ">",    "<=",        ">=",    "=",       "~=",
    "*",   "/",       "\\\\",   "@",    "bitShift:", "//",    "bitAnd:", "bitOr:",
    "at:", "at:put:", "size",   "next", "nextPut:",  "atEnd", "==",      "class",
    "~~",  "value",   "value:", "do:",  "new",       "new:",  "x",       "y",
};

const Row kExtended[] = {
    {{128, 0x05}, "pushRcvr: 5"},
    {{128, 0x7F}, "pushTemp: 63"},
    {{128, 0x81}, "pushConstant: lit1"},
    {{128, 0xFF}, "pushLit: lit63"},
    {{129, 0x3F}, "storeIntoRcvr: 63"},
    {{129, 0x40}, "storeIntoTemp: 0"},
    {{129, 0x80}, "undefinedBytecode: 129"},
    {{129, 0xC2}, "storeIntoLit: lit2"},
    {{130, 0x01}, "popIntoRcvr: 1"},
    {{130, 0x51}, "popIntoTemp: 17"},
    {{130, 0xBF}, "undefinedBytecode: 130"},
    {{130, 0xC3}, "popIntoLit: lit3"},
    {{131, 0x00}, "send: lit0 numArgs: 0"},
    {{131, 0x7F}, "send: lit31 numArgs: 3"},
    {{131, 0xE4}, "send: lit4 numArgs: 7"},
    {{132, 0x03, 0xFE}, "send: lit254 numArgs: 3"},
    {{132, 0x1F, 0x20}, "send: lit32 numArgs: 31"},
    {{132, 0x21, 0x09}, "superSend: lit9 numArgs: 1"},
    {{132, 0x40, 0xFF}, "pushRcvr: 255"},
    {{132, 0x60, 0x80}, "pushConstant: lit128"},
    {{132, 0x80, 0x41}, "pushLit: lit65"},
    {{132, 0xA0, 0x07}, "storeIntoRcvr: 7"},
    {{132, 0xC0, 0x50}, "popIntoRcvr: 80"},
    {{132, 0xE0, 0x64}, "storeIntoLit: lit100"},
    {{133, 0x22}, "superSend: lit2 numArgs: 1"},
    {{134, 0xFF}, "send: lit63 numArgs: 3"},
    {{134, 0x20}, "send: lit32 numArgs: 0"},
    {{138, 0x7F}, "push: (Array new: 127)"},
    {{138, 0x82}, "pop 2 into (Array new: 2)"},
    {{139, 0x75, 0x00}, "callPrimitive: 117"},
    {{139, 0x01, 0x02}, "callPrimitive: 513"},
    {{140, 0x01, 0x02}, "pushTemp: 1 inVectorAt: 2"},
    {{141, 0x03, 0x04}, "storeIntoTemp: 3 inVectorAt: 4"},
    {{142, 0x05, 0x06}, "popIntoTemp: 5 inVectorAt: 6"},
    {{143, 0x21, 0x01, 0x04}, "closureNumCopied: 2 numArgs: 1 bytes 4 to 263"},
    {{160, 0x00}, "jumpTo: -1022"},
    {{161, 0x01}, "jumpTo: -765"},
    {{162, 0xFF}, "jumpTo: -255"},
    {{163, 0xFA}, "jumpTo: -4"},
    {{164, 0x00}, "jumpTo: 2"},
    {{165, 0x10}, "jumpTo: 274"},
    {{166, 0x00}, "jumpTo: 514"},
    {{167, 0xFF}, "jumpTo: 1025"},
    {{168, 0x04}, "jumpTrue: 6"},
    {{169, 0x00}, "jumpTrue: 258"},
    {{170, 0x00}, "jumpTrue: 514"},
    {{171, 0xFF}, "jumpTrue: 1025"},
    {{172, 0x04}, "jumpFalse: 6"},
    {{173, 0x00}, "jumpFalse: 258"},
    {{174, 0x01}, "jumpFalse: 515"},
    {{175, 0x00}, "jumpFalse: 770"},
};

}  // namespace

TEST_CASE("every V3PlusClosures bytecode decodes as defined") {
  std::set<int> seen;
  for (const RangeRow& row : kRanges) {
    stwasm::bytecode::checkRange(row, BytecodeSet::kV3PlusClosures);
    for (int code = row.first; code <= row.last; ++code) seen.insert(code);
  }
  for (int i = 0; i < 32; ++i) {
    const Described described = describe({static_cast<uint8_t>(176 + i)});
    CHECK(described.text == fmt::format("send: {}", kSpecialSends[i]));
    CHECK(described.length == 1);
    seen.insert(176 + i);
  }
  for (const Row& row : kExtended) {
    const Described described = describe(row.bytes);
    CHECK(described.text == row.text);
    CHECK(described.length == static_cast<int>(row.bytes.size()));
    seen.insert(row.bytes.front());
  }
  CHECK(seen.size() == 256);
}

TEST_CASE("an instruction that the bytes cut short is an error with its pc") {
  for (const Row& row : kExtended) {
    for (size_t length = 1; length < row.bytes.size(); ++length) {
      Bytes bytes = {135};
      bytes.insert(bytes.end(), row.bytes.begin(), row.bytes.begin() + static_cast<long>(length));
      auto text = describeInstruction(bytes, 1, PrinterOptions());
      REQUIRE(!text);
      CHECK(stwasm::render(text.takeError()) == "pc 1: the bytecodes end within an instruction");
    }
  }
  auto outside = describeInstruction(Bytes{135}, 1, PrinterOptions());
  REQUIRE(!outside);
  CHECK(stwasm::render(outside.takeError()) == "pc 1: no bytecode here: the method has 1 bytes");
}
