// Resolves names: see binder.h.
#include "translator/compiler/binder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <llvm/Support/Casting.h>

#include "translator/support/text.h"

namespace stwasm::compiler {

using syntax::Literal;
using syntax::Node;
using syntax::Position;

namespace {

bool isPseudoVariable(std::string_view name) {
  constexpr std::string_view kNames[] = {"self", "super", "nil", "true", "false", "thisContext"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

std::unique_ptr<Constant> constant(Literal::Kind kind) {
  return std::make_unique<Constant>(Literal(kind));
}

// Names of classes and other globals begin with a capital letter.
std::string undeclaredHint(const std::vector<std::string>& near, std::string_view name) {
  if (!near.empty()) return suggestion(near);
  const bool global = name.front() >= 'A' && name.front() <= 'Z';
  return global ? "is the file that defines it among the arguments?"
                : "declare it between bars at the start of the method or block";
}

}  // namespace

std::unique_ptr<Block> justConstant(Literal::Kind kind) {
  auto block = std::make_unique<Block>();
  block->statements.push_back(constant(kind));
  block->inlined = true;
  return block;
}

void Binder::mistake(Position at, const std::string& message, const std::string& hint) {
  failed_ = true;
  mistakes_.add(*file_, at, message, hint);
}

std::unique_ptr<Method> Binder::bind(const syntax::MethodNode& method,
                                     const std::string& errorCode) {
  file_ = method.file;
  method_ = std::make_unique<Method>();
  method_->selector = method.selector;
  method_->body = std::make_unique<Block>();
  scopes_.emplace_back();
  for (const syntax::Declaration& argument : method.body->arguments) {
    method_->body->arguments.push_back(declare(argument, Temporary::Kind::kMethodArgument));
  }
  if (!errorCode.empty()) {
    method_->errorCode = declare({errorCode, method.position}, Temporary::Kind::kTemporary);
  }
  for (const syntax::Declaration& temporary : method.body->temporaries) {
    method_->body->temporaries.push_back(declare(temporary, Temporary::Kind::kTemporary));
  }
  for (const syntax::NodePtr& statement : method.body->statements) {
    method_->body->statements.push_back(bind(*statement));
  }
  return failed_ ? nullptr : std::move(method_);
}

Temporary* Binder::find(std::string_view name) const {
  for (size_t i = scopes_.size(); i-- > 0;) {
    for (Temporary* temporary : scopes_[i].temporaries) {
      if (temporary->name == name) return temporary;
    }
  }
  return nullptr;
}

Temporary* Binder::declare(const syntax::Declaration& declaration, Temporary::Kind kind) {
  const std::string& name = declaration.name;
  if (isPseudoVariable(name)) {
    mistake(declaration.position, fmt::format("'{}' cannot be the name of a variable", name));
  } else if (find(name) != nullptr) {
    mistake(declaration.position, fmt::format("'{}' is declared in this method already", name));
  }
  Temporary* temporary = method_->addTemporary(name, kind);
  scopes_.back().temporaries.push_back(temporary);
  return temporary;
}

ExpressionPtr Binder::bind(const Node& node) {
  ExpressionPtr expression = bindKind(node);
  if (expression && !expression->position) expression->position = node.position;
  return expression;
}

ExpressionPtr Binder::bindKind(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kVariable:
      return bindVariable(llvm::cast<syntax::VariableNode>(node));
    case Node::Kind::kLiteral:
      return std::make_unique<Constant>(llvm::cast<syntax::LiteralNode>(node).literal);
    case Node::Kind::kAssignment:
      return bindAssignment(llvm::cast<syntax::AssignmentNode>(node));
    case Node::Kind::kMessage:
      return bindMessage(llvm::cast<syntax::MessageNode>(node));
    case Node::Kind::kCascade:
      return bindCascade(llvm::cast<syntax::CascadeNode>(node));
    case Node::Kind::kBlock:
      return bindBlock(llvm::cast<syntax::BlockNode>(node));
    case Node::Kind::kReturn:
      return std::make_unique<Return>(bind(*llvm::cast<syntax::ReturnNode>(node).value));
    case Node::Kind::kBrace:
      return bindBrace(llvm::cast<syntax::BraceNode>(node));
  }
  return nullptr;
}

ExpressionPtr Binder::bindVariable(const syntax::VariableNode& node) {
  const std::string& name = node.name;
  if (name == "self") return std::make_unique<SelfReference>(false);
  if (name == "super") {
    mistake(node.position, "super can only be the receiver of a message");
    return std::make_unique<SelfReference>(true);
  }
  if (name == "nil") return constant(Literal::Kind::kNil);
  if (name == "true") return constant(Literal::Kind::kTrue);
  if (name == "false") return constant(Literal::Kind::kFalse);
  if (name == "thisContext") return std::make_unique<ContextReference>();
  return bindName(name, node.position);
}

ExpressionPtr Binder::bindName(const std::string& name, Position at) {
  if (Temporary* temporary = find(name)) return std::make_unique<TemporaryReference>(temporary);
  if (const auto slot = environment_.slotOf(name)) {
    return std::make_unique<SlotReference>(*slot, environment_.isContextSlot(*slot));
  }
  if (const auto binding = environment_.bindingOf(name)) {
    return std::make_unique<BindingReference>(*binding);
  }
  std::vector<std::string> names = environment_.names();
  for (const Scope& scope : scopes_) {
    for (const Temporary* temporary : scope.temporaries) names.push_back(temporary->name);
  }
  mistake(at, fmt::format("'{}' is not declared", name),
          undeclaredHint(closestNames(name, names), name));
  return constant(Literal::Kind::kNil);
}

ExpressionPtr Binder::bindAssignment(const syntax::AssignmentNode& node) {
  const std::string& name = node.variable->name;
  if (isPseudoVariable(name)) {
    mistake(node.position, fmt::format("'{}' cannot be assigned to", name));
    return bind(*node.value);
  }
  ExpressionPtr variable = bindName(name, node.position);
  const auto* reference = llvm::dyn_cast<TemporaryReference>(variable.get());
  if (reference != nullptr && reference->temporary->isArgument()) {
    mistake(node.position, fmt::format("the argument '{}' cannot be assigned to", name),
            "assign it to a temporary variable first");
  }
  ExpressionPtr value = bind(*node.value);
  return std::make_unique<Assignment>(std::move(variable), std::move(value));
}

ExpressionPtr Binder::bindMessage(const syntax::MessageNode& node) {
  if (const Inliner inliner = inlinerFor(node.selector)) {
    if (ExpressionPtr inlined = (this->*inliner)(node)) return inlined;
  }
  return bindSend(node);
}

std::unique_ptr<Send> Binder::bindSend(const syntax::MessageNode& node) {
  auto send = std::make_unique<Send>(node.selector);
  send->position = node.position;
  if (node.receiver) {
    const auto* variable = llvm::dyn_cast<syntax::VariableNode>(node.receiver.get());
    send->toSuper = variable != nullptr && variable->name == "super";
    send->receiver = send->toSuper ? std::make_unique<SelfReference>(true) : bind(*node.receiver);
  }
  for (const syntax::NodePtr& argument : node.arguments) {
    send->arguments.push_back(bind(*argument));
  }
  return send;
}

ExpressionPtr Binder::bindCascade(const syntax::CascadeNode& node) {
  auto cascade = std::make_unique<Cascade>();
  const auto* variable = llvm::dyn_cast<syntax::VariableNode>(node.receiver.get());
  if (variable != nullptr && variable->name == "super") {
    mistake(variable->position, "super cannot receive a cascade", "send its messages one by one");
    return constant(Literal::Kind::kNil);
  }
  cascade->receiver = bind(*node.receiver);
  for (const auto& message : node.messages) cascade->messages.push_back(bindSend(*message));
  return cascade;
}

ExpressionPtr Binder::bindBrace(const syntax::BraceNode& node) {
  // What is on the stack at once has to fit into a Context.
  constexpr size_t kMaxOnStack = 8;
  std::vector<ExpressionPtr> elements;
  for (const syntax::NodePtr& element : node.elements) elements.push_back(bind(*element));
  if (elements.size() > kMaxOnStack) return longBrace(std::move(elements));
  auto brace = std::make_unique<Brace>();
  brace->elements = std::move(elements);
  return brace;
}

// (Array new: n) at: 1 put: a; at: 2 put: b; ... yourself
ExpressionPtr Binder::longBrace(std::vector<ExpressionPtr> elements) {
  const auto array = environment_.bindingOf("Array");
  if (!array) {
    mistake(0, "a brace array of more than eight elements needs a class Array");
    return constant(Literal::Kind::kNil);
  }
  auto cascade = std::make_unique<Cascade>();
  auto creation = std::make_unique<Send>("new:");
  creation->receiver = std::make_unique<BindingReference>(*array);
  creation->arguments.push_back(
      std::make_unique<Constant>(Literal::ofInteger(static_cast<int64_t>(elements.size()))));
  cascade->receiver = std::move(creation);
  int64_t index = 0;
  for (ExpressionPtr& element : elements) {
    auto store = std::make_unique<Send>("at:put:");
    store->arguments.push_back(std::make_unique<Constant>(Literal::ofInteger(++index)));
    store->arguments.push_back(std::move(element));
    cascade->messages.push_back(std::move(store));
  }
  cascade->messages.push_back(std::make_unique<Send>("yourself"));
  return cascade;
}

std::unique_ptr<Block> Binder::bindBlock(const syntax::BlockNode& node) {
  auto block = std::make_unique<Block>();
  scopes_.emplace_back();
  for (const syntax::Declaration& argument : node.arguments) {
    block->arguments.push_back(declare(argument, Temporary::Kind::kBlockArgument));
  }
  bindStatements(node, *block);
  scopes_.pop_back();
  return block;
}

void Binder::bindStatements(const syntax::BlockNode& node, Block& block) {
  for (const syntax::Declaration& temporary : node.temporaries) {
    block.temporaries.push_back(declare(temporary, Temporary::Kind::kTemporary));
  }
  for (const syntax::NodePtr& statement : node.statements) {
    block.statements.push_back(bind(*statement));
  }
  if (block.statements.empty()) block.statements.push_back(constant(Literal::Kind::kNil));
}

std::unique_ptr<Block> Binder::bindInlined(const Node& node, bool inLoop) {
  auto block = bindBlock(llvm::cast<syntax::BlockNode>(node));
  block->inlined = true;
  block->inLoop = inLoop;
  return block;
}

}  // namespace stwasm::compiler
