// Literals as the source states them, before they become objects.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "translator/syntax/integer.h"

namespace stwasm::syntax {

struct Literal {
  enum class Kind : uint8_t {
    kNil,
    kTrue,
    kFalse,
    kInteger,
    kFloat,
    kScaledDecimal,  // integer / denominator with `scale` decimals
    kCharacter,
    kString,
    kSymbol,
    kByteArray,  // the bytes are in `text`
    kArray,
  };

  Kind kind = Kind::kNil;
  Integer integer;
  Integer denominator;
  uint32_t scale = 0;
  uint32_t codePoint = 0;
  double number = 0;
  std::string text;
  std::vector<Literal> elements;

  static Literal ofInteger(int64_t value) {
    Literal literal(Kind::kInteger);
    literal.integer = Integer::of(value);
    return literal;
  }
  static Literal ofSymbol(std::string text) {
    Literal literal(Kind::kSymbol);
    literal.text = std::move(text);
    return literal;
  }

  Literal() = default;
  explicit Literal(Kind literalKind) : kind(literalKind) {}

  bool isNumber() const {
    return kind == Kind::kInteger || kind == Kind::kFloat || kind == Kind::kScaledDecimal;
  }
  // The same object would do for both: 0.0 and -0.0 differ, a string and a symbol differ.
  bool sameAs(const Literal& other) const;
};

// The number with its other sign.
void negate(Literal& number);

}  // namespace stwasm::syntax
