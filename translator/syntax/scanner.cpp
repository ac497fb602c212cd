// Cuts source into tokens: see scanner.h.
#include "translator/syntax/scanner.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "translator/syntax/number_reader.h"

namespace stwasm::syntax {

namespace {

bool isLetter(int c) { return c == '_' || (c >= 0 && c < 128 && std::isalpha(c) != 0); }
bool isDigit(int c) { return c >= '0' && c <= '9'; }
bool isBlank(int c) { return c >= 0 && c <= ' '; }
bool isNameCharacter(int c) { return isLetter(c) || isDigit(c); }

// The length of the UTF-8 sequence that `bytes` begin with; 1 for anything else.
size_t sequenceLength(std::string_view bytes) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(0);
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  if (length > bytes.size() || first > 0xF4) return 1;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 1;
  }
  return length;
}

uint32_t decodeSequence(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return first;
  uint32_t codePoint = first & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1)) codePoint = codePoint << 6 | (c & 0x3F);
  return codePoint;
}

}  // namespace

bool isBinaryCharacter(int c) {
  constexpr std::string_view kCharacters = "+-*/\\~<>=@,%|&?";
  return c > 0 && kCharacters.find(static_cast<char>(c)) != std::string_view::npos;
}

uint32_t argumentCountOf(std::string_view selector) {
  if (selector.empty()) return 0;
  if (isBinaryCharacter(selector.front()) || selector == "!") return 1;
  return static_cast<uint32_t>(std::ranges::count(selector, ':'));
}

std::string describe(const Token& token) {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end";
    case TokenKind::kLiteral:
      return token.literal.isNumber() ? "a number" : "a literal";
    case TokenKind::kArrayBegin:
    case TokenKind::kBytesBegin:
      return "a literal";
    default:
      return fmt::format("'{}'", token.text);
  }
}

Scanner::Scanner(const SourceRange& range, Mistakes& mistakes)
    : range_(range), text_(range.file->text()), mistakes_(mistakes), at_(range.begin) {}

Position Scanner::after(Position at) const {
  const bool doubled = range_.bangsDoubled && text_[at] == '!' && at + 1 < range_.end;
  return at + (doubled && text_[at + 1] == '!' ? 2 : 1);
}

int Scanner::peek(int ahead) const {
  Position at = at_;
  for (; ahead > 0 && at < range_.end; --ahead) at = after(at);
  return at < range_.end ? static_cast<unsigned char>(text_[at]) : kEndOfText;
}

Token Scanner::next() {
  if (failed_ || !skipBlanks()) return make(TokenKind::kInvalid, at_);
  return scan();
}

// False when a comment does not end.
bool Scanner::skipBlanks() {
  while (isBlank(current()) || current() == '"') {
    if (current() != '"') {
      advance();
      continue;
    }
    const Position begin = at_;
    do {
      advance();
    } while (current() != '"' && current() != kEndOfText);
    if (current() == kEndOfText) {
      invalid(begin, "this comment does not end");
      return false;
    }
    advance();
  }
  return true;
}

Token Scanner::scan() {
  const int c = current();
  if (c == kEndOfText) return make(TokenKind::kEnd, at_);
  if (c == '_' && !isNameCharacter(peek(1))) return single(TokenKind::kAssignment);
  if (isLetter(c)) return identifierOrKeyword();
  if (isDigit(c)) return number();
  if (isBinaryCharacter(c)) return binary();
  switch (c) {
    case '(':
      return single(TokenKind::kLeftParenthesis);
    case ')':
      return single(TokenKind::kRightParenthesis);
    case '[':
      return single(TokenKind::kLeftBracket);
    case ']':
      return single(TokenKind::kRightBracket);
    case '{':
      return single(TokenKind::kLeftBrace);
    case '}':
      return single(TokenKind::kRightBrace);
    case '^':
      return single(TokenKind::kCaret);
    case '.':
      return single(TokenKind::kPeriod);
    case ';':
      return single(TokenKind::kSemicolon);
    case '!':
      return binary();
    case '\'':
      return string(Literal::Kind::kString);
    case '$':
      return character();
    case '#':
      return afterHash();
    case ':': {
      if (peek(1) != '=') return single(TokenKind::kColon);
      const Position begin = at_;
      advance();
      advance();
      return make(TokenKind::kAssignment, begin);
    }
    default:
      return invalid(at_, "this character has no meaning here");
  }
}

Token Scanner::make(TokenKind kind, Position begin) const {
  Token token;
  token.kind = kind;
  token.begin = begin;
  token.end = at_;
  token.text = text_.substr(begin, at_ - begin);
  return token;
}

Token Scanner::makeLiteral(Position begin, Literal literal) const {
  Token token = make(TokenKind::kLiteral, begin);
  token.literal = std::move(literal);
  return token;
}

Token Scanner::invalid(Position at, const std::string& message) {
  failed_ = true;
  mistakes_.add(*range_.file, at, message);
  return make(TokenKind::kInvalid, at);
}

Token Scanner::single(TokenKind kind) {
  const Position begin = at_;
  advance();
  return make(kind, begin);
}

std::string Scanner::name() {
  const Position begin = at_;
  while (isNameCharacter(current())) advance();
  return std::string(text_.substr(begin, at_ - begin));
}

Token Scanner::identifierOrKeyword() {
  const Position begin = at_;
  name();
  if (current() != ':' || peek(1) == '=') return make(TokenKind::kIdentifier, begin);
  advance();
  // at:put: in one word makes sense in literal arrays only.
  while (isLetter(current())) {
    const Position before = at_;
    name();
    if (current() != ':' || peek(1) == '=') {
      at_ = before;
      break;
    }
    advance();
  }
  return make(TokenKind::kKeyword, begin);
}

// A minus before a digit belongs to the number, unless nothing else is there.
Token Scanner::binary() {
  const Position begin = at_;
  std::string text;
  while (isBinaryCharacter(current()) || (current() == '!' && range_.bangsDoubled)) {
    if (!text.empty() && current() == '-' && isDigit(peek(1))) break;
    text += static_cast<char>(current());
    advance();
  }
  if (text.empty()) {
    text = "!";
    advance();
  }
  Token token = make(TokenKind::kBinary, begin);
  token.text = text;
  return token;
}

Token Scanner::number() {
  const Position begin = at_;
  NumberReader reader(text_.substr(0, range_.end), at_);
  Literal literal;
  if (!reader.read(literal)) return invalid(reader.position(), reader.mistake());
  at_ = reader.position();
  return makeLiteral(begin, std::move(literal));
}

Token Scanner::character() {
  const Position begin = at_;
  advance();
  if (current() == kEndOfText) return invalid(begin, "expected a character after $");
  Literal literal(Literal::Kind::kCharacter);
  const std::string_view rest = text_.substr(at_, range_.end - at_);
  const size_t length = sequenceLength(rest);
  literal.codePoint = decodeSequence(rest.substr(0, length));
  if (length == 1) {
    advance();
  } else {
    at_ += static_cast<Position>(length);
  }
  return makeLiteral(begin, std::move(literal));
}

Token Scanner::string(Literal::Kind kind) {
  const Position begin = at_;
  Literal literal(kind);
  advance();
  while (current() != '\'' || peek(1) == '\'') {
    if (current() == kEndOfText) return invalid(begin, "this string does not end");
    if (current() == '\'') advance();
    literal.text += static_cast<char>(current());
    advance();
  }
  advance();
  return makeLiteral(begin, std::move(literal));
}

std::string Scanner::keywords() {
  std::string text;
  while (isLetter(current())) {
    text += name();
    if (current() != ':' || peek(1) == '=') break;
    text += ':';
    advance();
    if (current() == ':') break;
  }
  return text;
}

Token Scanner::afterHash() {
  const Position begin = at_;
  while (current() == '#') advance();
  const int c = current();
  if (c == '(') return advance(), make(TokenKind::kArrayBegin, begin);
  if (c == '[') return advance(), make(TokenKind::kBytesBegin, begin);
  if (c == '\'') {
    Token token = string(Literal::Kind::kSymbol);
    token.begin = begin;
    return token;
  }
  Literal symbol(Literal::Kind::kSymbol);
  if (isLetter(c)) {
    symbol.text = keywords();
  } else if (isBinaryCharacter(c) || c == '!') {
    while (isBinaryCharacter(current()) || current() == '!') {
      symbol.text += static_cast<char>(current());
      advance();
    }
  } else {
    return invalid(begin, "expected a symbol, ( or [ after #");
  }
  return makeLiteral(begin, std::move(symbol));
}

}  // namespace stwasm::syntax
