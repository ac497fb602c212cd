// The tree that code is generated from: names are resolved and control messages with literal
// blocks have become nodes of their own. Built by the binder, completed by the closure analysis.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "translator/compiler/environment.h"
#include "translator/syntax/literal.h"
#include "translator/syntax/source.h"

namespace stwasm::compiler {

struct Block;

// An argument, a temporary, or a vector that holds temporaries which several blocks share.
struct Temporary {
  enum class Kind : uint8_t { kMethodArgument, kBlockArgument, kTemporary, kVector };

  Temporary(std::string temporaryName, Kind temporaryKind, uint32_t number)
      : name(std::move(temporaryName)), kind(temporaryKind), order(number) {}

  bool isArgument() const { return kind == Kind::kMethodArgument || kind == Kind::kBlockArgument; }

  std::string name;
  Kind kind;
  uint32_t order;                  // of declaration
  Block* definingBlock = nullptr;  // where it is declared, inlined or not
  // Where it is used: blocks with locations as the closure analysis counts them.
  std::map<const Block*, std::set<int>> reads;
  std::map<const Block*, std::set<int>> writes;
  Temporary* vector = nullptr;      // that it lives in, if any
  std::vector<Temporary*> members;  // of a vector
  uint32_t index = 0;               // in the frame that code is being generated for
};

struct Expression {
  enum class Kind : uint8_t {
    kConstant,
    kSelf,
    kContext,
    kSlot,
    kTemporary,
    kBinding,
    kAssignment,
    kSend,
    kCascade,
    kReturn,
    kBrace,
    kNewVector,
    kBlock,
    // Inlined control messages.
    kIf,
    kIfNil,
    kWhile,
    kToDo,
    kRepeat,
    kCase,
  };

  explicit Expression(Kind expressionKind) : kind(expressionKind) {}
  virtual ~Expression() = default;

  Kind kind;
  std::optional<syntax::Position> position;  // nothing for what no source stands for
};

using ExpressionPtr = std::unique_ptr<Expression>;

struct Constant : Expression {
  explicit Constant(syntax::Literal literal)
      : Expression(Kind::kConstant), value(std::move(literal)) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kConstant; }

  syntax::Literal value;
};

struct SelfReference : Expression {
  explicit SelfReference(bool forSuper) : Expression(Kind::kSelf), isSuper(forSuper) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kSelf; }

  bool isSuper;
};

struct ContextReference : Expression {
  ContextReference() : Expression(Kind::kContext) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kContext; }
};

struct SlotReference : Expression {
  SlotReference(uint32_t slotIndex, bool ofContext)
      : Expression(Kind::kSlot), slot(slotIndex), inContext(ofContext) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kSlot; }

  uint32_t slot;
  bool inContext;  // accessed in the long form only
};

struct TemporaryReference : Expression {
  explicit TemporaryReference(Temporary* t) : Expression(Kind::kTemporary), temporary(t) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kTemporary; }

  Temporary* temporary;
};

struct BindingReference : Expression {
  explicit BindingReference(BindingId id) : Expression(Kind::kBinding), binding(id) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kBinding; }

  BindingId binding;
};

struct Assignment : Expression {
  Assignment(ExpressionPtr to, ExpressionPtr newValue)
      : Expression(Kind::kAssignment), variable(std::move(to)), value(std::move(newValue)) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kAssignment; }

  ExpressionPtr variable;
  ExpressionPtr value;
};

struct Send : Expression {
  explicit Send(std::string message) : Expression(Kind::kSend), selector(std::move(message)) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kSend; }

  ExpressionPtr receiver;  // none in a cascade
  std::string selector;
  std::vector<ExpressionPtr> arguments;
  bool toSuper = false;
};

struct Cascade : Expression {
  Cascade() : Expression(Kind::kCascade) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kCascade; }

  ExpressionPtr receiver;
  std::vector<std::unique_ptr<Send>> messages;
};

struct Return : Expression {
  explicit Return(ExpressionPtr result) : Expression(Kind::kReturn), value(std::move(result)) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kReturn; }

  ExpressionPtr value;
};

struct Brace : Expression {
  Brace() : Expression(Kind::kBrace) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kBrace; }

  std::vector<ExpressionPtr> elements;
};

// A fresh vector of temporaries.
struct NewVector : Expression {
  explicit NewVector(Temporary* temporary) : Expression(Kind::kNewVector), vector(temporary) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kNewVector; }

  Temporary* vector;
};

// A block, the body of a method, or a block that is part of an inlined message.
struct Block : Expression {
  Block() : Expression(Kind::kBlock) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kBlock; }

  std::vector<Temporary*> arguments;
  std::vector<Temporary*> temporaries;
  std::vector<ExpressionPtr> statements;  // at least one
  bool inlined = false;
  bool inLoop = false;  // inlined in a message that repeats it

  // From here on: the closure analysis.
  Block* enclosing = nullptr;  // of an inlined block: the real block or method it is part of
  int begin = -1;              // locations, -1 as long as they are not known
  int end = 0;
  Temporary* vector = nullptr;
  std::vector<Temporary*> copied;

  // The block (or method) at run time.
  const Block* actual() const { return enclosing == nullptr ? this : enclosing; }
  bool contains(int location) const { return location >= begin && location <= end; }
};

// receiver ifTrue: then ifFalse: otherwise, and everything that is the same as that.
struct If : Expression {
  If() : Expression(Kind::kIf) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kIf; }

  ExpressionPtr receiver;
  std::unique_ptr<Block> thenBlock;
  std::unique_ptr<Block> elseBlock;
  bool twoArmed = false;  // both arms are in the source
  bool identity = false;  // the condition is `receiver == nil`
};

// receiver ifNil: block
struct IfNil : Expression {
  IfNil() : Expression(Kind::kIfNil) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kIfNil; }

  ExpressionPtr receiver;
  std::unique_ptr<Block> block;
};

struct While : Expression {
  While() : Expression(Kind::kWhile) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kWhile; }

  std::unique_ptr<Block> condition;
  std::unique_ptr<Block> body;
  bool until = false;  // whileFalse:
};

// first to: limit by: step do: body, whose argument is the counter.
struct ToDo : Expression {
  ToDo() : Expression(Kind::kToDo) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kToDo; }

  std::unique_ptr<Block> body;
  ExpressionPtr limitInit;  // an assignment, where the limit needs a temporary
  ExpressionPtr init;
  ExpressionPtr test;
  ExpressionPtr increment;
};

struct Repeat : Expression {
  Repeat() : Expression(Kind::kRepeat) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kRepeat; }

  std::unique_ptr<Block> body;
};

struct Case : Expression {
  Case() : Expression(Kind::kCase) {}
  static bool classof(const Expression* e) { return e->kind == Kind::kCase; }

  ExpressionPtr receiver;
  std::vector<std::pair<std::unique_ptr<Block>, std::unique_ptr<Block>>> cases;
  std::unique_ptr<Block> otherwise;  // none: self is sent caseError
};

// A method, ready for the closure analysis.
struct Method {
  std::string selector;
  std::unique_ptr<Block> body;
  Temporary* errorCode = nullptr;  // of its primitive
  std::vector<std::unique_ptr<Temporary>> allTemporaries;

  Temporary* addTemporary(const std::string& name, Temporary::Kind kind) {
    allTemporaries.push_back(
        std::make_unique<Temporary>(name, kind, static_cast<uint32_t>(allTemporaries.size())));
    return allTemporaries.back().get();
  }
};

bool isNil(const Expression& expression);
// Whether a block is nothing but nil.
bool isJustNil(const Block& block);
// Whether a block never reaches its end.
bool returns(const Block& block);

}  // namespace stwasm::compiler
