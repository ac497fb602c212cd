// The 32 selectors that have send bytecodes of their own. An image carries its own copy in its
// special objects array; this table holds the arities, which the bytecodes fix, and default names.
#pragma once

#include <string_view>

namespace stwasm::bytecode {

struct SpecialSelector {
  std::string_view name;
  int numArgs;
};

inline constexpr int kSpecialSelectorCount = 32;

// Indices that analyses look for; the arithmetic ones are 0..15 in the order of the bytecodes.
enum SpecialSelectorIndex : int {
  kSelectorAdd = 0,
  kSelectorSubtract,
  kSelectorLess,
  kSelectorGreater,
  kSelectorLessOrEqual,
  kSelectorGreaterOrEqual,
  kSelectorEqual,
  kSelectorNotEqual,
  kSelectorMultiply,
  kSelectorDivide,
  kSelectorModulo,
  kSelectorMakePoint,
  kSelectorBitShift,
  kSelectorIntegerDivide,
  kSelectorBitAnd,
  kSelectorBitOr,
  kSelectorAt,
  kSelectorAtPut,
  kSelectorSize,
  kSelectorNext,
  kSelectorNextPut,
  kSelectorAtEnd,
  kSelectorIdentical,
  kSelectorClass,
  kSelectorBlockCopy,
  kSelectorValue,
  kSelectorValueWithArg,
  kSelectorDo,
  kSelectorNew,
  kSelectorNewWithSize,
  kSelectorX,
  kSelectorY,
};

// index must be in 0..31.
const SpecialSelector& specialSelector(int index);

}  // namespace stwasm::bytecode
