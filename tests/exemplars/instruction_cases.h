// Helps to write tables of instructions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/exemplars/table.h"

namespace stwasm::exemplars {

using Bytes = std::vector<int>;

// Adds cases of one instruction; what changes between them is set in between.
class InstructionCases {
 public:
  InstructionCases(Table& table, CodeSet set, std::string key)
      : table_(table), key_(std::move(key)) {
    each_.receiver = exemplar();
    each_.method.className = "Exemplar";
    each_.method.set = set;
  }

  InstructionCases& receiver(const Item& item) {
    each_.receiver = item;
    each_.method.className = item.name;
    return *this;
  }
  InstructionCases& literals(Items items) {
    return each_.method.literals = std::move(items), *this;
  }
  InstructionCases& temporaries(int count) {
    each_.method.temporaries = count;
    each_.method.largeFrame = count > 8;
    return *this;
  }
  InstructionCases& primitive(int number) { return each_.method.primitive = number, *this; }
  InstructionCases& large() { return each_.method.largeFrame = true, *this; }
  InstructionCases& gives(const std::string& path, Bytes code, const Item& expected) {
    Case added = each_;
    added.key = key_;
    added.path = path;
    added.method.code = std::move(code);
    added.expected = expected;
    table_.add(std::move(added));
    return *this;
  }

 private:
  Table& table_;
  std::string key_;
  Case each_;
};

// SmallIntegers, and variables that hold SmallIntegers, from `first` on.
Items numbered(int first, int count);
Items variables(int first, int count);
// Literals with the selector of takeSelector() at `place`.
Items selectorAt(int place, int arguments);
// What `take` answers: who, and the arguments 1, 1, ... 2.
Item taken(const char* who, int count);
// An exemplar that was sent mustBeBoolean.
Item noted();
Bytes joined(Bytes first, const Bytes& second);

}  // namespace stwasm::exemplars
