// The words of Smalltalk source.
#pragma once

#include <cstdint>
#include <string>

#include "translator/syntax/literal.h"
#include "translator/syntax/source.h"

namespace stwasm::syntax {

enum class TokenKind : uint8_t {
  kEnd,
  kIdentifier,  // text
  kKeyword,     // text, with its colon; inside literal arrays several of them in one
  kBinary,      // text
  kLiteral,     // literal: a number, character, string or symbol
  kArrayBegin,  // #(
  kBytesBegin,  // #[
  kLeftParenthesis,
  kRightParenthesis,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kAssignment,  // := and, as in older sources, _
  kCaret,
  kPeriod,
  kSemicolon,
  kColon,
  kInvalid,  // a mistake was told of
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Position begin = 0;
  Position end = 0;
  std::string text;
  Literal literal;

  bool is(TokenKind other) const { return kind == other; }
  bool isBinary(std::string_view selector) const {
    return kind == TokenKind::kBinary && text == selector;
  }
};

// For messages: "'foo'", "a number", "the end of the method".
std::string describe(const Token& token);

}  // namespace stwasm::syntax
