// A table of exemplars: what is to be run, what is expected, and which instruction or primitive it
// exercises. The tables themselves are written by hand from the definitions of the bytecode sets
// and of the primitives.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/exemplars/memory.h"

namespace stwasm::exemplars {

struct Case {
  std::string key{};   // what is covered: "V3 128.2" or "primitive 60"
  std::string path{};  // which way through it: "index 63", "fails: no integer"
  Method method{};     // its selector is given when it is added
  Item receiver{};
  Item expected{};
};

struct Table {
  MemoryFormat format;
  std::vector<Case> cases;
  std::vector<std::string> keys;  // all that there is to cover
  std::vector<Method> methods;    // that cases send to
  bool ofInstructions = false;    // each case's own code has what it covers

  void add(Case added) { cases.push_back(std::move(added)); }
};

// Slots 100..115 and 1000..1255: a receiver for each way of laying out named slots.
Item exemplar();
Item wide(const MemoryFormat& format);

// The classes of these receivers, methods that cases send to, and what Object answers to the
// messages of the VM.
void addBase(Memory& memory);
// "take", "take:", "take:and:" ... answer an Array of who answers, #own or #parent, and the
// arguments.
std::string takeSelector(int arguments);

// The keys of the instructions that a method's code consists of, those of its blocks included.
std::set<std::string> instructionKeys(const Method& method);

void addV3Instructions(Table& table);
void addSistaInstructions(Table& table);
// The sends of the 32 special selectors, in either set.
void addSpecialSends(Table& table, CodeSet set);
void addPrimitives(Table& table);

}  // namespace stwasm::exemplars
