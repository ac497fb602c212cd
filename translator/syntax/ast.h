// The syntax tree of methods and expressions, as the source has it: names are not resolved and
// nothing is inlined. Nodes are told apart with llvm::isa and llvm::cast.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "translator/syntax/literal.h"
#include "translator/syntax/source.h"

namespace stwasm::syntax {

struct Node {
  enum class Kind : uint8_t {
    kVariable,
    kLiteral,
    kAssignment,
    kMessage,
    kCascade,
    kBlock,
    kReturn,
    kBrace
  };

  virtual ~Node() = default;

  Kind kind;
  Position position;  // where a mistake in it is shown

 protected:
  Node(Kind nodeKind, Position at) : kind(nodeKind), position(at) {}
};

using NodePtr = std::unique_ptr<Node>;

struct VariableNode : Node {
  VariableNode(std::string variableName, Position at)
      : Node(Kind::kVariable, at), name(std::move(variableName)) {}
  static bool classof(const Node* node) { return node->kind == Kind::kVariable; }

  std::string name;
};

struct LiteralNode : Node {
  LiteralNode(Literal value, Position at) : Node(Kind::kLiteral, at), literal(std::move(value)) {}
  static bool classof(const Node* node) { return node->kind == Kind::kLiteral; }

  Literal literal;
};

struct AssignmentNode : Node {
  explicit AssignmentNode(Position at) : Node(Kind::kAssignment, at) {}
  static bool classof(const Node* node) { return node->kind == Kind::kAssignment; }

  std::unique_ptr<VariableNode> variable;
  NodePtr value;
};

struct MessageNode : Node {
  explicit MessageNode(Position at) : Node(Kind::kMessage, at) {}
  static bool classof(const Node* node) { return node->kind == Kind::kMessage; }

  NodePtr receiver;  // nothing for the messages of a cascade
  std::string selector;
  std::vector<NodePtr> arguments;
};

struct CascadeNode : Node {
  explicit CascadeNode(Position at) : Node(Kind::kCascade, at) {}
  static bool classof(const Node* node) { return node->kind == Kind::kCascade; }

  NodePtr receiver;
  std::vector<std::unique_ptr<MessageNode>> messages;
};

struct Declaration {
  std::string name;
  Position position = 0;
};

struct BlockNode : Node {
  explicit BlockNode(Position at) : Node(Kind::kBlock, at) {}
  static bool classof(const Node* node) { return node->kind == Kind::kBlock; }

  std::vector<Declaration> arguments;
  std::vector<Declaration> temporaries;
  std::vector<NodePtr> statements;
};

struct ReturnNode : Node {
  explicit ReturnNode(Position at) : Node(Kind::kReturn, at) {}
  static bool classof(const Node* node) { return node->kind == Kind::kReturn; }

  NodePtr value;
};

struct BraceNode : Node {
  explicit BraceNode(Position at) : Node(Kind::kBrace, at) {}
  static bool classof(const Node* node) { return node->kind == Kind::kBrace; }

  std::vector<NodePtr> elements;
};

// <primitive: 60>, <foo: 1 bar: #baz>
struct Pragma {
  std::string selector;
  std::vector<Literal> arguments;
  Position position = 0;
};

struct MethodNode {
  const SourceFile* file = nullptr;
  Position position = 0;
  std::string selector;
  std::vector<Pragma> pragmas;
  std::unique_ptr<BlockNode> body;  // its arguments are the method's
};

}  // namespace stwasm::syntax
