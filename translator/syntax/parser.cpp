// Methods, statements and declarations: see parser.h. Expressions are in parse_expressions.cpp,
// literal arrays in parse_literals.cpp.
#include "translator/syntax/parser.h"

#include <utility>

#include <fmt/format.h>

namespace stwasm::syntax {

Parser::Parser(const SourceRange& range, Mistakes& mistakes)
    : range_(range), scanner_(range, mistakes), mistakes_(mistakes) {
  token_ = scanner_.next();
  ahead_ = scanner_.next();
  if (token_.is(TokenKind::kInvalid)) failed_ = true;
}

void Parser::advance() {
  token_ = std::move(ahead_);
  ahead_ = token_.is(TokenKind::kEnd) ? token_ : scanner_.next();
  if (token_.is(TokenKind::kInvalid)) failed_ = true;
}

bool Parser::take(TokenKind kind) {
  if (failed_ || !token_.is(kind)) return false;
  advance();
  return true;
}

bool Parser::takeBinary(std::string_view selector) {
  if (failed_ || !token_.isBinary(selector)) return false;
  advance();
  return true;
}

// The scanner's own mistakes come first: they were told already.
void Parser::mistake(Position at, const std::string& message, const std::string& hint) {
  if (!failed_) mistakes_.add(*range_.file, at, message, hint);
  failed_ = true;
}

void Parser::expected(std::string_view what) {
  mistake(token_.begin, fmt::format("expected {} and not {}", what, describe(token_)));
}

bool Parser::expect(TokenKind kind, std::string_view what) {
  if (take(kind)) return !failed_;
  expected(what);
  return false;
}

bool Parser::expectEnd() {
  if (!failed_ && !atEnd()) expected("an operator, a message or a period");
  return !failed_;
}

std::optional<Declaration> Parser::declaration(std::string_view what) {
  if (failed_ || !token_.is(TokenKind::kIdentifier)) {
    expected(what);
    return std::nullopt;
  }
  Declaration result{token_.text, token_.begin};
  advance();
  return result;
}

bool Parser::parsePattern(MethodNode& method) {
  method.file = range_.file;
  method.position = token_.begin;
  if (!method.body) method.body = std::make_unique<BlockNode>(token_.begin);
  if (token_.is(TokenKind::kIdentifier)) {
    method.selector = token_.text;
    advance();
  } else if (token_.is(TokenKind::kBinary)) {
    method.selector = token_.text;
    advance();
    if (auto argument = declaration("the argument's name")) {
      method.body->arguments.push_back(*argument);
    }
  } else if (token_.is(TokenKind::kKeyword)) {
    while (!failed_ && token_.is(TokenKind::kKeyword)) {
      method.selector += token_.text;
      advance();
      if (auto argument = declaration("the argument's name")) {
        method.body->arguments.push_back(*argument);
      }
    }
  } else {
    expected("a method's name");
  }
  return !failed_;
}

bool Parser::parseBody(MethodNode& method) {
  method.file = range_.file;
  if (!method.body) method.body = std::make_unique<BlockNode>(token_.begin);
  pragmas(method);
  temporaries(*method.body);
  pragmas(method);
  statements(*method.body, TokenKind::kEnd);
  return expectEnd();
}

void Parser::temporaries(BlockNode& block) {
  if (takeBinary("||")) return;
  if (!takeBinary("|")) return;
  while (!failed_ && token_.is(TokenKind::kIdentifier)) {
    block.temporaries.push_back({token_.text, token_.begin});
    advance();
  }
  if (!takeBinary("|")) expected("a temporary variable or '|'");
}

void Parser::pragmas(MethodNode& method) {
  while (!failed_ && token_.isBinary("<")) pragma(method);
}

void Parser::pragma(MethodNode& method) {
  Pragma pragma;
  advance();
  pragma.position = token_.begin;
  if (token_.is(TokenKind::kIdentifier)) {
    pragma.selector = token_.text;
    advance();
  } else if (token_.is(TokenKind::kKeyword)) {
    while (!failed_ && token_.is(TokenKind::kKeyword)) {
      pragma.selector += token_.text;
      advance();
      pragma.arguments.push_back(pragmaArgument());
    }
  } else {
    expected("a pragma");
  }
  if (!takeBinary(">")) expected("'>'");
  method.pragmas.push_back(std::move(pragma));
}

// A literal; a bare name, as in <primitive: 60 error: code>, counts as a symbol.
Literal Parser::pragmaArgument() {
  Literal literal;
  if (token_.is(TokenKind::kIdentifier)) {
    literal = wordInArray(token_.text, true);
    advance();
  } else if (!literalElement(literal)) {
    expected("a literal");
  }
  return literal;
}

// Ends at what cannot be part of a statement; the caller says what it expected there.
void Parser::statements(BlockNode& block, TokenKind closer) {
  for (;;) {
    while (take(TokenKind::kPeriod)) {
    }
    if (failed_ || token_.is(closer) || atEnd()) return;
    NodePtr node = statement();
    if (failed_) return;
    const bool isReturn = node->kind == Node::Kind::kReturn;
    block.statements.push_back(std::move(node));
    if (!token_.is(TokenKind::kPeriod)) return;
    if (!isReturn) continue;
    while (take(TokenKind::kPeriod)) {
    }
    if (!token_.is(closer) && !atEnd()) mistake(token_.begin, "nothing can follow a return");
    return;
  }
}

NodePtr Parser::statement() {
  if (!token_.is(TokenKind::kCaret)) return expression();
  auto node = std::make_unique<ReturnNode>(token_.begin);
  advance();
  node->value = expression();
  return node;
}

std::unique_ptr<MethodNode> parseMethod(const SourceRange& source, Mistakes& mistakes) {
  Parser parser(source, mistakes);
  auto method = std::make_unique<MethodNode>();
  if (!parser.parsePattern(*method) || !parser.parseBody(*method)) return nullptr;
  return method;
}

std::unique_ptr<MethodNode> parseMethod(const SourceRange& pattern, const SourceRange& body,
                                        Mistakes& mistakes) {
  auto method = std::make_unique<MethodNode>();
  Parser patternParser(pattern, mistakes);
  if (!patternParser.parsePattern(*method) || !patternParser.expectEnd()) return nullptr;
  Parser bodyParser(body, mistakes);
  return bodyParser.parseBody(*method) ? std::move(method) : nullptr;
}

std::unique_ptr<MethodNode> parseStatements(const SourceRange& source, Mistakes& mistakes) {
  Parser parser(source, mistakes);
  auto method = std::make_unique<MethodNode>();
  method->position = source.begin;
  return parser.parseBody(*method) ? std::move(method) : nullptr;
}

}  // namespace stwasm::syntax
