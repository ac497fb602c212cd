// Primitives 256-519 answer the receiver, a constant or one of the receiver's variables, and cannot
// fail: the VM never activates such a method, and compilers may leave its bytecodes out.
#pragma once

#include <array>
#include <cstddef>

#include "translator/bytecode/bytecode_set.h"

namespace stwasm::bytecode {

inline constexpr int kQuickReturnReceiver = 256;
inline constexpr int kFirstQuickReturnConstant = 257;
inline constexpr int kFirstQuickReturnVariable = 264;
inline constexpr int kLastQuickReturn = 519;

constexpr bool isQuickReturn(int primitive) {
  return primitive >= kQuickReturnReceiver && primitive <= kLastQuickReturn;
}

constexpr bool isQuickReturnConstant(int primitive) {
  return primitive >= kFirstQuickReturnConstant && primitive < kFirstQuickReturnVariable;
}

// Of 257-263.
constexpr Constant quickReturnConstant(int primitive) {
  constexpr std::array<Constant, 7> kConstants = {
      Constant::kTrue, Constant::kFalse, Constant::kNil, Constant::kMinusOne,
      Constant::kZero, Constant::kOne,   Constant::kTwo};
  return kConstants[static_cast<size_t>(primitive - kFirstQuickReturnConstant)];
}

// Of 264-519.
constexpr int quickReturnVariable(int primitive) { return primitive - kFirstQuickReturnVariable; }

}  // namespace stwasm::bytecode
