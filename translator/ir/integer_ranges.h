// Which frame slots hold SmallIntegers, and in what range: a forward analysis over the basic blocks
// of a body. What it knows needs no type test and often no overflow test in the translated code.
//
// An addition whose operands are known and one of which is small counts as a SmallInteger: on the
// rare overflow the frame leaves and the interpreter executes the bytecode (`exitsOnOverflow`).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "translator/ir/method_ir.h"

namespace stwasm::ir {

inline constexpr int32_t kMinSmallInteger = -(1 << 30);
inline constexpr int32_t kMaxSmallInteger = (1 << 30) - 1;

// What a value is known to be: a SmallInteger in low .. high, or anything.
struct IntegerRange {
  bool known = false;
  int32_t low = 0;
  int32_t high = 0;

  static IntegerRange anything() { return {}; }
  static IntegerRange constant(int32_t value) { return {true, value, value}; }
  static IntegerRange all() { return {true, kMinSmallInteger, kMaxSmallInteger}; }
  bool isAll() const { return known && low == kMinSmallInteger && high == kMaxSmallInteger; }
  bool operator==(const IntegerRange&) const = default;
};

// What one of the special arithmetic selectors does with two values.
struct IntegerOperation {
  bool inPlace = false;          // both are SmallIntegers: no send is needed for other operands
  bool overflows = true;         // the result may be no SmallInteger
  bool exitsOnOverflow = false;  // if so, the frame leaves
  IntegerRange result;
  bool dividendMayBeNegative = true;  // of operations that divide
};
IntegerOperation integerOperation(int specialSelector, IntegerRange receiver,
                                  IntegerRange argument);

// The same where the frame leaves if an operand is no SmallInteger, a divisor is not above zero, or
// the result does not fit. Not for shifts by what is not known.
IntegerOperation speculatedOperation(int specialSelector, IntegerRange receiver,
                                     IntegerRange argument);

// What the analysis has to be told about a method.
struct IntegerAssumptions {
  std::function<IntegerRange(int)> literal;  // by index in the literal frame
  bool receiverIsSmallInteger = false;
  bool sharesTemporaries = false;  // with BlockContexts: any send may change them
  // Sends of special selectors that the frame goes on behind only if they did what they do for
  // SmallIntegers, or elements with an index; empty: none.
  std::function<bool(const Instruction&)> isSpeculated = {};
  std::vector<IntegerRange> arguments = {};  // the first slots at the beginning
};

// By basic block, what its frame slots hold on entry.
// A block that is not reached has no slots.
using RangesAtEntry = std::vector<std::vector<IntegerRange>>;
RangesAtEntry integerRanges(const Body& body, const IntegerAssumptions& assumptions);

// The same by instruction: what the frame slots hold before it.
using RangesBefore = std::vector<std::vector<IntegerRange>>;
RangesBefore rangesBefore(const Body& body, const IntegerAssumptions& assumptions,
                          const RangesAtEntry& entry);

}  // namespace stwasm::ir
