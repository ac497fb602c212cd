// Writes V3PlusClosures bytecodes for the methods that run the cases. The cases themselves are
// bytes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/exemplars/memory.h"

namespace stwasm::exemplars {

class Assembler {
 public:
  Assembler(std::string className, std::string selector, int arguments, int temporaries);

  Assembler& primitive(int number) { return method_.primitive = number, *this; }
  Assembler& self() { return byte(0x70); }
  Assembler& slot(int index) { return byte(index); }
  Assembler& popSlot(int index) { return byte(0x60 + index); }
  Assembler& temporary(int index) { return byte(0x10 + index); }
  Assembler& popTemporary(int index) { return byte(0x68 + index); }
  Assembler& literal(const Item& item);
  Assembler& number(int64_t value) { return literal(integer(value)); }
  // One of the 32 selectors with a bytecode of their own.
  Assembler& special(int index) { return byte(0xB0 + index); }
  Assembler& send(const std::string& selector, int arguments);
  Assembler& pop() { return byte(0x87); }
  Assembler& thisContext() { return byte(0x89); }
  Assembler& consArray(int size) { return byte(0x8A).byte(0x80 | size); }
  Assembler& label(const std::string& name);
  Assembler& jump(const std::string& label) { return jumpBytes(0xA4, label); }
  Assembler& jumpIfFalse(const std::string& label) { return jumpBytes(0xAC, label); }
  Assembler& returnSelf() { return byte(0x78); }
  Assembler& returnTrue() { return byte(0x79); }
  Assembler& returnFalse() { return byte(0x7A); }
  Assembler& returnTop() { return byte(0x7C); }

  // With all jumps made.
  Method method() const;

 private:
  struct Jump {
    size_t offset;
    std::string label;
  };

  Assembler& byte(int value) { return method_.code.push_back(value), *this; }
  Assembler& jumpBytes(int bytecode, const std::string& label);
  int literalIndex(const Item& item);

  Method method_;
  std::map<std::string, size_t> labels_;
  std::vector<Jump> jumps_;
};

// Indices of special selectors.
enum Special : int {
  kAdd = 0,
  kSubtract = 1,
  kLess = 2,
  kLessOrEqual = 4,
  kMultiply = 8,
  kBitAnd = 14,
  kAt = 16,
  kAtPut = 17,
  kSize = 18,
  kIdentical = 22,
  kClass = 23,
};

}  // namespace stwasm::exemplars
