// Parses methods and expressions into syntax trees.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "translator/syntax/ast.h"
#include "translator/syntax/scanner.h"

namespace stwasm::syntax {

// All answer nothing when the source is wrong: `mistakes` has then got the reason.

// A method: its pattern and its body in one range.
std::unique_ptr<MethodNode> parseMethod(const SourceRange& source, Mistakes& mistakes);
// A method whose pattern stands apart, as in Tonel files.
std::unique_ptr<MethodNode> parseMethod(const SourceRange& pattern, const SourceRange& body,
                                        Mistakes& mistakes);
// Temporaries and statements without a pattern; the method's selector is empty.
std::unique_ptr<MethodNode> parseStatements(const SourceRange& source, Mistakes& mistakes);

class Parser {
 public:
  Parser(const SourceRange& range, Mistakes& mistakes);

  // These two make up a method. False: there was a mistake.
  bool parsePattern(MethodNode& method);
  bool parseBody(MethodNode& method);
  bool atEnd() const { return token_.is(TokenKind::kEnd); }
  bool expectEnd();

 private:
  static constexpr int kMaxDepth = 400;  // of nested expressions

  bool failed() const { return failed_; }
  void advance();
  bool take(TokenKind kind);
  bool takeBinary(std::string_view selector);
  void expected(std::string_view what);
  void mistake(Position at, const std::string& message, const std::string& hint = "");
  bool expect(TokenKind kind, std::string_view what);

  std::optional<Declaration> declaration(std::string_view what);
  void temporaries(BlockNode& block);
  void pragmas(MethodNode& method);
  void pragma(MethodNode& method);
  Literal pragmaArgument();
  void statements(BlockNode& block, TokenKind closer);
  NodePtr statement();

  NodePtr expression();
  NodePtr expressionAfterDepthCheck();
  NodePtr assignment();
  NodePtr cascade(NodePtr first);
  std::unique_ptr<MessageNode> cascadedMessage();
  NodePtr primary();
  NodePtr parenthesized();
  NodePtr negativeNumber();
  NodePtr block();
  NodePtr brace();
  NodePtr unaryMessages(NodePtr receiver);
  NodePtr binaryMessages(NodePtr receiver);
  NodePtr keywordMessage(NodePtr receiver);
  std::unique_ptr<MessageNode> message(Position at, NodePtr receiver, std::string selector);

  Literal literalArray();
  Literal byteArray();
  bool literalElement(Literal& element);
  Literal wordInArray(const std::string& word, bool isName);

  SourceRange range_;
  Scanner scanner_;
  Mistakes& mistakes_;
  Token token_;
  Token ahead_;  // the one after token_
  bool failed_ = false;
  int depth_ = 0;
};

}  // namespace stwasm::syntax
