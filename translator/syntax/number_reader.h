// Reads number literals: 16rFF, 1.5e3, 2r1.01, 1e100, 3.14s2.
#pragma once

#include <string>
#include <string_view>

#include "translator/syntax/literal.h"
#include "translator/syntax/source.h"

namespace stwasm::syntax {

class NumberReader {
 public:
  // `text` has a digit at `begin`.
  NumberReader(std::string_view text, Position begin) : text_(text), at_(begin) {}

  // False: mistake() says what is wrong at position().
  bool read(Literal& literal);

  Position position() const { return at_; }
  const std::string& mistake() const { return mistake_; }

 private:
  int charAt(Position at) const {
    return at < text_.size() ? static_cast<unsigned char>(text_[at]) : -1;
  }
  int digitAt(Position at) const;  // -1 when there is no digit of the radix
  void readDigits();
  bool readRadix();
  void readFraction();
  bool readExponent();
  bool finishInteger(Literal& literal);
  bool finishFloat(Literal& literal, Position begin);
  bool finishScaledDecimal(Literal& literal);
  bool fail(std::string message);

  std::string_view text_;
  Position at_;
  int radix_ = 10;
  Integer digits_;  // of the integer part and the fraction together
  int fractionDigits_ = 0;
  bool hasFraction_ = false;
  bool hasExponent_ = false;
  int exponent_ = 0;
  std::string mistake_;
};

}  // namespace stwasm::syntax
