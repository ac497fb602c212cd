// Expressions: see parser.h.
#include <utility>

#include <llvm/Support/Casting.h>

#include "translator/syntax/parser.h"

namespace stwasm::syntax {

namespace {

// A keyword token holds one keyword, except where several were written without a space.
bool isOneKeyword(std::string_view text) { return text.find(':') == text.size() - 1; }

}  // namespace

NodePtr Parser::expression() {
  if (depth_ >= kMaxDepth) mistake(token_.begin, "expressions are nested too deeply here");
  if (failed_) return nullptr;
  ++depth_;
  NodePtr node = expressionAfterDepthCheck();
  --depth_;
  return failed_ ? nullptr : std::move(node);
}

NodePtr Parser::expressionAfterDepthCheck() {
  if (token_.is(TokenKind::kIdentifier) && ahead_.is(TokenKind::kAssignment)) return assignment();
  NodePtr node = primary();
  if (failed_) return nullptr;
  node = keywordMessage(binaryMessages(unaryMessages(std::move(node))));
  if (failed_) return nullptr;
  return token_.is(TokenKind::kSemicolon) ? cascade(std::move(node)) : std::move(node);
}

NodePtr Parser::assignment() {
  auto node = std::make_unique<AssignmentNode>(token_.begin);
  node->variable = std::make_unique<VariableNode>(token_.text, token_.begin);
  advance();
  advance();
  node->value = expression();
  return node;
}

std::unique_ptr<MessageNode> Parser::message(Position at, NodePtr receiver, std::string selector) {
  auto node = std::make_unique<MessageNode>(at);
  node->receiver = std::move(receiver);
  node->selector = std::move(selector);
  return node;
}

NodePtr Parser::unaryMessages(NodePtr receiver) {
  while (!failed_ && token_.is(TokenKind::kIdentifier)) {
    auto node = message(token_.begin, std::move(receiver), token_.text);
    advance();
    receiver = std::move(node);
  }
  return receiver;
}

NodePtr Parser::binaryMessages(NodePtr receiver) {
  while (!failed_ && token_.is(TokenKind::kBinary)) {
    auto node = message(token_.begin, std::move(receiver), token_.text);
    advance();
    node->arguments.push_back(unaryMessages(primary()));
    receiver = std::move(node);
  }
  return receiver;
}

NodePtr Parser::keywordMessage(NodePtr receiver) {
  if (failed_ || !token_.is(TokenKind::kKeyword)) return receiver;
  auto node = message(token_.begin, std::move(receiver), "");
  while (!failed_ && token_.is(TokenKind::kKeyword)) {
    if (!isOneKeyword(token_.text)) mistake(token_.begin, "each keyword needs its argument");
    node->selector += token_.text;
    advance();
    node->arguments.push_back(binaryMessages(unaryMessages(primary())));
  }
  return node;
}

// The receiver of the first message becomes that of all of them.
NodePtr Parser::cascade(NodePtr first) {
  auto* firstMessage = llvm::dyn_cast<MessageNode>(first.get());
  if (firstMessage == nullptr) {
    mistake(token_.begin, "a cascade needs a message before it");
    return nullptr;
  }
  auto node = std::make_unique<CascadeNode>(first->position);
  node->receiver = std::move(firstMessage->receiver);
  first.release();  // NOLINT(bugprone-unused-return-value): owned by the cascade from here on
  node->messages.emplace_back(firstMessage);
  while (!failed_ && take(TokenKind::kSemicolon)) node->messages.push_back(cascadedMessage());
  return node;
}

std::unique_ptr<MessageNode> Parser::cascadedMessage() {
  NodePtr node;
  if (token_.is(TokenKind::kIdentifier)) {
    auto unary = message(token_.begin, nullptr, token_.text);
    advance();
    return unary;
  }
  if (token_.is(TokenKind::kBinary)) {
    auto binary = message(token_.begin, nullptr, token_.text);
    advance();
    binary->arguments.push_back(unaryMessages(primary()));
    return binary;
  }
  if (token_.is(TokenKind::kKeyword)) {
    node = keywordMessage(nullptr);
    return std::unique_ptr<MessageNode>(llvm::cast<MessageNode>(node.release()));
  }
  expected("a message");
  return nullptr;
}

NodePtr Parser::primary() {
  if (failed_) return nullptr;
  const Position at = token_.begin;
  switch (token_.kind) {
    case TokenKind::kIdentifier: {
      auto node = std::make_unique<VariableNode>(token_.text, at);
      advance();
      return node;
    }
    case TokenKind::kLiteral: {
      auto node = std::make_unique<LiteralNode>(std::move(token_.literal), at);
      advance();
      return node;
    }
    case TokenKind::kArrayBegin:
      return std::make_unique<LiteralNode>(literalArray(), at);
    case TokenKind::kBytesBegin:
      return std::make_unique<LiteralNode>(byteArray(), at);
    case TokenKind::kLeftParenthesis:
      return parenthesized();
    case TokenKind::kLeftBracket:
      return block();
    case TokenKind::kLeftBrace:
      return brace();
    case TokenKind::kBinary:
      return negativeNumber();
    default:
      expected("an expression");
      return nullptr;
  }
}

NodePtr Parser::parenthesized() {
  advance();
  NodePtr node = expression();
  if (!expect(TokenKind::kRightParenthesis, "')'")) return nullptr;
  return node;
}

NodePtr Parser::negativeNumber() {
  const bool adjacent = token_.isBinary("-") && ahead_.is(TokenKind::kLiteral) &&
                        ahead_.literal.isNumber() && ahead_.begin == token_.end;
  if (!adjacent) {
    expected("an expression");
    return nullptr;
  }
  const Position at = token_.begin;
  advance();
  auto node = std::make_unique<LiteralNode>(std::move(token_.literal), at);
  negate(node->literal);
  advance();
  return node;
}

NodePtr Parser::block() {
  auto node = std::make_unique<BlockNode>(token_.begin);
  advance();
  while (take(TokenKind::kColon)) {
    if (auto argument = declaration("the block argument's name")) {
      node->arguments.push_back(*argument);
    }
  }
  bool temporariesOpened = false;
  if (!failed_ && !node->arguments.empty() && !token_.is(TokenKind::kRightBracket)) {
    // "||" closes the arguments and opens the temporaries: [:a || t | ...].
    temporariesOpened = token_.isBinary("||");
    if (!temporariesOpened && !takeBinary("|")) expected("'|' after the block's arguments");
  }
  if (temporariesOpened) {
    token_.text = "|";
    token_.begin += 1;
  }
  temporaries(*node);
  ++depth_;
  statements(*node, TokenKind::kRightBracket);
  --depth_;
  if (!expect(TokenKind::kRightBracket, "a period or ']'")) return nullptr;
  return node;
}

NodePtr Parser::brace() {
  auto node = std::make_unique<BraceNode>(token_.begin);
  advance();
  while (!failed_ && !token_.is(TokenKind::kRightBrace) && !atEnd()) {
    node->elements.push_back(expression());
    if (!token_.is(TokenKind::kRightBrace) && !take(TokenKind::kPeriod)) break;
  }
  if (!expect(TokenKind::kRightBrace, "a period or '}'")) return nullptr;
  return node;
}

}  // namespace stwasm::syntax
