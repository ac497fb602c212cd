// Integers of any size: see integer.h.
#include "translator/syntax/integer.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace stwasm::syntax {

Integer Integer::of(int64_t value) {
  Integer result;
  result.negative = value < 0;
  uint64_t magnitude = static_cast<uint64_t>(value);
  if (value < 0) magnitude = 0 - magnitude;
  for (; magnitude != 0; magnitude >>= 8) {
    result.magnitude.push_back(static_cast<uint8_t>(magnitude));
  }
  return result;
}

void Integer::multiplyAdd(uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (uint8_t& digit : magnitude) {
    carry += uint64_t{digit} * factor;
    digit = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
  for (; carry != 0; carry >>= 8) magnitude.push_back(static_cast<uint8_t>(carry));
  while (!magnitude.empty() && magnitude.back() == 0) magnitude.pop_back();
}

uint32_t Integer::divideBy(uint32_t divisor) {
  uint64_t remainder = 0;
  for (size_t i = magnitude.size(); i-- > 0;) {
    remainder = remainder << 8 | magnitude[i];
    magnitude[i] = static_cast<uint8_t>(remainder / divisor);
    remainder %= divisor;
  }
  while (!magnitude.empty() && magnitude.back() == 0) magnitude.pop_back();
  return static_cast<uint32_t>(remainder);
}

std::optional<int64_t> Integer::value() const {
  constexpr size_t kMaxBytes = 8;
  if (magnitude.size() > kMaxBytes) return std::nullopt;
  uint64_t bits = 0;
  for (size_t i = magnitude.size(); i-- > 0;) bits = bits << 8 | magnitude[i];
  constexpr uint64_t kMinimum = uint64_t{1} << 63;
  if (bits > kMinimum || (bits == kMinimum && !negative)) return std::nullopt;
  return static_cast<int64_t>(negative ? 0 - bits : bits);
}

// Through its decimal digits, so that the result is the nearest double.
double Integer::toDouble() const {
  Integer rest = *this;
  std::string digits;
  while (!rest.isZero()) digits += static_cast<char>('0' + rest.divideBy(10));
  if (digits.empty()) digits = "0";
  std::ranges::reverse(digits);
  double result = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return negative ? -result : result;
}

}  // namespace stwasm::syntax
