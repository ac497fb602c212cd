// Literal arrays and byte arrays: see parser.h.
#include <utility>

#include "translator/syntax/parser.h"

namespace stwasm::syntax {

// Inside a literal array a bare word is a symbol, but nil, true and false are themselves.
Literal Parser::wordInArray(const std::string& word, bool isName) {
  if (isName && word == "nil") return Literal(Literal::Kind::kNil);
  if (isName && word == "true") return Literal(Literal::Kind::kTrue);
  if (isName && word == "false") return Literal(Literal::Kind::kFalse);
  return Literal::ofSymbol(word);
}

// token_ is "#(" or, inside another array, "(".
Literal Parser::literalArray() {
  Literal array(Literal::Kind::kArray);
  if (depth_ >= kMaxDepth) mistake(token_.begin, "literals are nested too deeply here");
  ++depth_;
  advance();
  while (!failed_ && !token_.is(TokenKind::kRightParenthesis) && !atEnd()) {
    Literal element;
    if (!literalElement(element)) {
      expected("a literal or ')'");
      break;
    }
    array.elements.push_back(std::move(element));
  }
  --depth_;
  expect(TokenKind::kRightParenthesis, "a literal or ')'");
  return array;
}

Literal Parser::byteArray() {
  constexpr int64_t kMaxByte = 255;
  Literal bytes(Literal::Kind::kByteArray);
  advance();
  while (!failed_ && token_.is(TokenKind::kLiteral)) {
    const auto value = token_.literal.integer.value();
    if (token_.literal.kind != Literal::Kind::kInteger || !value || *value > kMaxByte) {
      mistake(token_.begin, "expected an integer between 0 and 255");
    } else {
      bytes.text += static_cast<char>(*value);
    }
    advance();
  }
  expect(TokenKind::kRightBracket, "an integer between 0 and 255 or ']'");
  return bytes;
}

// False when token_ begins no literal.
bool Parser::literalElement(Literal& element) {
  switch (token_.kind) {
    case TokenKind::kLiteral:
      element = std::move(token_.literal);
      break;
    case TokenKind::kArrayBegin:
    case TokenKind::kLeftParenthesis:
      element = literalArray();
      return true;
    case TokenKind::kBytesBegin:
    case TokenKind::kLeftBracket:
      element = byteArray();
      return true;
    case TokenKind::kIdentifier:
      element = wordInArray(token_.text, true);
      break;
    case TokenKind::kKeyword:
    case TokenKind::kCaret:
    case TokenKind::kSemicolon:
    case TokenKind::kAssignment:
      element = wordInArray(token_.text, false);
      break;
    case TokenKind::kBinary:
      if (token_.isBinary("-") && ahead_.is(TokenKind::kLiteral) && ahead_.literal.isNumber() &&
          ahead_.begin == token_.end) {
        advance();
        element = std::move(token_.literal);
        negate(element);
        break;
      }
      element = wordInArray(token_.text, false);
      break;
    default:
      return false;
  }
  advance();
  return true;
}

}  // namespace stwasm::syntax
