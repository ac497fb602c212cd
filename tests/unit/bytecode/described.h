// What the tests of the bytecode sets share: an instruction's text and length, and rows of
// expectations.
#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "translator/bytecode/instruction_printer.h"

namespace stwasm::bytecode {

using Bytes = std::vector<uint8_t>;

// What stands at pc 0, and how many bytes it took.
struct Described {
  std::string text;
  int length = 0;
};

inline Described describe(const Bytes& bytes, BytecodeSet set) {
  Described described;
  PrinterOptions options;
  options.bytecodeSet = set;
  auto text = describeInstruction(bytes, 0, options, &described.length);
  described.text = text ? *text : render(text.takeError());
  return described;
}

// A range of one-byte instructions; {} in the text stands for firstIndex + (bytecode - first).
struct RangeRow {
  int first;
  int last;
  const char* text;
  int firstIndex;
};

struct Row {
  Bytes bytes;
  const char* text;
};

inline void checkRange(const RangeRow& row, BytecodeSet set) {
  for (int code = row.first; code <= row.last; ++code) {
    const Described described = describe({static_cast<uint8_t>(code)}, set);
    CHECK(described.text == fmt::format(fmt::runtime(row.text), row.firstIndex + code - row.first));
    CHECK(described.length == 1);
  }
}

}  // namespace stwasm::bytecode
