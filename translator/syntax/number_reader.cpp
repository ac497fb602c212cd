// Reads number literals: see number_reader.h.
#include "translator/syntax/number_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <utility>

namespace stwasm::syntax {

namespace {

constexpr int kMaxRadix = 36;
// Bounds the size of the integers that 1e100000 and the like would make.
constexpr int kMaxExponent = 4096;

bool isDecimalDigit(int c) { return c >= '0' && c <= '9'; }

void divideByCommonFactors(Integer& numerator, Integer& denominator, uint32_t factor) {
  while (!numerator.isZero()) {
    Integer smallerNumerator = numerator;
    Integer smallerDenominator = denominator;
    if (smallerNumerator.divideBy(factor) != 0 || smallerDenominator.divideBy(factor) != 0) return;
    numerator = std::move(smallerNumerator);
    denominator = std::move(smallerDenominator);
  }
  denominator = Integer::of(1);
}

}  // namespace

bool NumberReader::fail(std::string message) {
  mistake_ = std::move(message);
  return false;
}

int NumberReader::digitAt(Position at) const {
  const int c = charAt(at);
  const int digit = isDecimalDigit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : kMaxRadix;
  return digit < radix_ ? digit : -1;
}

void NumberReader::readDigits() {
  for (int digit = digitAt(at_); digit >= 0; digit = digitAt(++at_)) {
    digits_.multiplyAdd(static_cast<uint32_t>(radix_), static_cast<uint32_t>(digit));
    if (hasFraction_) ++fractionDigits_;
  }
}

bool NumberReader::readRadix() {
  const std::optional<int64_t> radix = digits_.value();
  if (!radix || *radix < 2 || *radix > kMaxRadix) return fail("a radix is between 2 and 36");
  radix_ = static_cast<int>(*radix);
  ++at_;
  digits_ = Integer();
  if (digitAt(at_) < 0) return fail("expected digits of the radix, letters in upper case");
  readDigits();
  return true;
}

void NumberReader::readFraction() {
  if (charAt(at_) != '.' || digitAt(at_ + 1) < 0) return;
  hasFraction_ = true;
  ++at_;
  readDigits();
}

bool NumberReader::readExponent() {
  const int c = charAt(at_);
  if (c != 'e' && c != 'd' && c != 'q') return true;
  const bool negative = charAt(at_ + 1) == '-';
  Position at = at_ + (negative ? 2 : 1);
  if (!isDecimalDigit(charAt(at))) return true;
  hasExponent_ = true;
  for (; isDecimalDigit(charAt(at)); ++at) {
    exponent_ = exponent_ * 10 + charAt(at) - '0';
    if (exponent_ > kMaxExponent) return fail("this exponent is too large");
  }
  at_ = at;
  if (negative) exponent_ = -exponent_;
  return true;
}

bool NumberReader::read(Literal& literal) {
  const Position begin = at_;
  readDigits();
  if (charAt(at_) == 'r' && !readRadix()) return false;
  readFraction();
  if (!readExponent()) return false;
  const bool scaled = charAt(at_) == 's' && std::isalpha(charAt(at_ + 1)) == 0;
  if (scaled && !hasExponent_) return finishScaledDecimal(literal);
  return hasFraction_ ? finishFloat(literal, begin) : finishInteger(literal);
}

bool NumberReader::finishInteger(Literal& literal) {
  if (exponent_ < 0) return fail("an integer has no negative exponent: write 1.0e-2 for 1e-2");
  for (int i = 0; i < exponent_; ++i) digits_.multiplyAdd(static_cast<uint32_t>(radix_), 0);
  literal = Literal(Literal::Kind::kInteger);
  literal.integer = std::move(digits_);
  return true;
}

// Decimal numbers are rounded once, from their text. In other radices the digits are exact as
// long as they fit into a double, and so is the scaling by a power of two.
bool NumberReader::finishFloat(Literal& literal, Position begin) {
  literal = Literal(Literal::Kind::kFloat);
  if (radix_ == 10) {
    std::string digits(text_.substr(begin, at_ - begin));
    std::ranges::replace(digits, 'd', 'e');
    std::ranges::replace(digits, 'q', 'e');
    const auto result =
        std::from_chars(digits.data(), digits.data() + digits.size(), literal.number);
    if (result.ec == std::errc::result_out_of_range) {
      literal.number = exponent_ > 0 ? HUGE_VAL : 0.0;
    }
    return true;
  }
  const double scale = std::pow(radix_, std::abs(exponent_ - fractionDigits_));
  const double value = digits_.toDouble();
  literal.number = exponent_ < fractionDigits_ ? value / scale : value * scale;
  return true;
}

bool NumberReader::finishScaledDecimal(Literal& literal) {
  if (radix_ != 10) return fail("a scaled decimal has radix 10");
  ++at_;
  int scale = 0;
  const bool stated = isDecimalDigit(charAt(at_));
  for (; isDecimalDigit(charAt(at_)); ++at_) {
    scale = scale * 10 + charAt(at_) - '0';
    if (scale > kMaxExponent) return fail("this scale is too large");
  }
  literal = Literal(Literal::Kind::kScaledDecimal);
  literal.scale = static_cast<uint32_t>(stated ? scale : fractionDigits_);
  literal.denominator = Integer::of(1);
  for (int i = 0; i < fractionDigits_; ++i) literal.denominator.multiplyAdd(10, 0);
  literal.integer = std::move(digits_);
  divideByCommonFactors(literal.integer, literal.denominator, 2);
  divideByCommonFactors(literal.integer, literal.denominator, 5);
  return true;
}

}  // namespace stwasm::syntax
