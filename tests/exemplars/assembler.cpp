// Writes bytecodes: see assembler.h.
#include "tests/exemplars/assembler.h"

#include <utility>

namespace stwasm::exemplars {

Assembler::Assembler(std::string className, std::string selector, int arguments, int temporaries) {
  method_.className = std::move(className);
  method_.selector = std::move(selector);
  method_.arguments = arguments;
  method_.temporaries = temporaries;
}

int Assembler::literalIndex(const Item& item) {
  method_.literals.push_back(item);
  return static_cast<int>(method_.literals.size()) - 1;
}

Assembler& Assembler::literal(const Item& item) { return byte(0x20 + literalIndex(item)); }

Assembler& Assembler::send(const std::string& selector, int arguments) {
  return byte(0x83).byte(arguments << 5 | literalIndex(symbol(selector)));
}

Assembler& Assembler::label(const std::string& name) {
  labels_[name] = method_.code.size();
  return *this;
}

Assembler& Assembler::jumpBytes(int bytecode, const std::string& label) {
  jumps_.push_back({method_.code.size(), label});
  return byte(bytecode).byte(0);
}

Method Assembler::method() const {
  Method made = method_;
  for (const Jump& jump : jumps_) {
    const auto distance =
        static_cast<int>(labels_.at(jump.label)) - static_cast<int>(jump.offset + 2);
    // The high bits are added to the bytecode: an unconditional jump counts them from -4 on.
    made.code[jump.offset] += distance >> 8;
    made.code[jump.offset + 1] = distance & 255;
  }
  return made;
}

}  // namespace stwasm::exemplars
