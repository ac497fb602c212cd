// Integers of any size, as far as literals need them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace stwasm::syntax {

struct Integer {
  bool negative = false;
  std::vector<uint8_t> magnitude;  // little endian, without zeros at the top; empty: 0

  static Integer of(int64_t value);

  bool isZero() const { return magnitude.empty(); }
  // value * factor + addend, of the magnitude.
  void multiplyAdd(uint32_t factor, uint32_t addend);
  // The magnitude divided by `divisor`, which is not 0; answers the remainder.
  uint32_t divideBy(uint32_t divisor);
  // The value, where it fits.
  std::optional<int64_t> value() const;
  double toDouble() const;

  friend bool operator==(const Integer&, const Integer&) = default;
};

}  // namespace stwasm::syntax
