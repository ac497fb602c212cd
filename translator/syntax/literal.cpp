// Literals: see literal.h.
#include "translator/syntax/literal.h"

#include <algorithm>
#include <bit>

namespace stwasm::syntax {

bool Literal::sameAs(const Literal& other) const {
  if (kind != other.kind || integer != other.integer || denominator != other.denominator) {
    return false;
  }
  if (scale != other.scale || codePoint != other.codePoint || text != other.text) return false;
  if (std::bit_cast<uint64_t>(number) != std::bit_cast<uint64_t>(other.number)) return false;
  return std::ranges::equal(elements, other.elements,
                            [](const Literal& a, const Literal& b) { return a.sameAs(b); });
}

void negate(Literal& number) {
  number.number = -number.number;
  number.integer.negative = !number.integer.negative && !number.integer.isZero();
}

}  // namespace stwasm::syntax
