// Cuts Smalltalk source into tokens. Comments and white space are left out.
#pragma once

#include <string>
#include <string_view>

#include "translator/syntax/source.h"
#include "translator/syntax/token.h"

namespace stwasm::syntax {

class Scanner {
 public:
  Scanner(const SourceRange& range, Mistakes& mistakes);

  // The next token. After a mistake kInvalid comes for ever.
  Token next();

  // Where the token after the last one begins, comments skipped.
  Position position() const { return at_; }

 private:
  static constexpr int kEndOfText = -1;

  int current() const { return peek(0); }
  // The byte `ahead` characters further on; doubled bangs count as one.
  int peek(int ahead) const;
  Position after(Position at) const;
  void advance() { at_ = after(at_); }

  bool skipBlanks();
  Token scan();
  Token single(TokenKind kind);
  Token identifierOrKeyword();
  Token binary();
  Token number();
  Token character();
  Token afterHash();
  Token string(Literal::Kind kind);
  std::string name();
  std::string keywords();
  Token make(TokenKind kind, Position begin) const;
  Token makeLiteral(Position begin, Literal literal) const;
  Token invalid(Position at, const std::string& message);

  SourceRange range_;
  std::string_view text_;  // of the whole file
  Mistakes& mistakes_;
  Position at_;
  bool failed_ = false;
};

bool isBinaryCharacter(int c);
// The number of arguments that a selector takes.
uint32_t argumentCountOf(std::string_view selector);

}  // namespace stwasm::syntax
