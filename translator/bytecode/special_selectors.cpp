// The table behind special_selectors.h.
#include "translator/bytecode/special_selectors.h"

#include <array>

namespace stwasm::bytecode {

const SpecialSelector& specialSelector(int index) {
  static constexpr std::array<SpecialSelector, kSpecialSelectorCount> kTable{{
      {"+", 1},          {"-", 1},     {"<", 1},        {">", 1},      {"<=", 1},   {">=", 1},
      {"=", 1},          {"~=", 1},    {"*", 1},        {"/", 1},      {"\\\\", 1}, {"@", 1},
      {"bitShift:", 1},  {"//", 1},    {"bitAnd:", 1},  {"bitOr:", 1}, {"at:", 1},  {"at:put:", 2},
      {"size", 0},       {"next", 0},  {"nextPut:", 1}, {"atEnd", 0},  {"==", 1},   {"class", 0},
      {"blockCopy:", 1}, {"value", 0}, {"value:", 1},   {"do:", 1},    {"new", 0},  {"new:", 1},
      {"x", 0},          {"y", 0},
  }};
  return kTable[static_cast<size_t>(index)];
}

}  // namespace stwasm::bytecode
