// Control messages whose blocks are literal become part of the method that sends them.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <llvm/Support/Casting.h>

#include "translator/compiler/binder.h"

namespace stwasm::compiler {

using syntax::Literal;
using syntax::MessageNode;
using syntax::Node;

namespace {

// Whether anything in the tree below `node` assigns to the variable `name`.
bool assigns(const Node& node, std::string_view name);

bool anyAssigns(const std::vector<syntax::NodePtr>& nodes, std::string_view name) {
  return std::ranges::any_of(nodes, [&](const auto& each) { return assigns(*each, name); });
}

bool assigns(const Node& node, std::string_view name) {
  if (const auto* assignment = llvm::dyn_cast<syntax::AssignmentNode>(&node)) {
    return assignment->variable->name == name || assigns(*assignment->value, name);
  }
  if (const auto* message = llvm::dyn_cast<MessageNode>(&node)) {
    return (message->receiver && assigns(*message->receiver, name)) ||
           anyAssigns(message->arguments, name);
  }
  if (const auto* cascade = llvm::dyn_cast<syntax::CascadeNode>(&node)) {
    return assigns(*cascade->receiver, name) ||
           std::ranges::any_of(cascade->messages,
                               [&](const auto& each) { return assigns(*each, name); });
  }
  if (const auto* block = llvm::dyn_cast<syntax::BlockNode>(&node)) {
    return anyAssigns(block->statements, name);
  }
  if (const auto* result = llvm::dyn_cast<syntax::ReturnNode>(&node)) {
    return assigns(*result->value, name);
  }
  const auto* brace = llvm::dyn_cast<syntax::BraceNode>(&node);
  return brace != nullptr && anyAssigns(brace->elements, name);
}

// A limit that can be looked at again at each turn.
bool isRepeatable(const Expression& limit) {
  if (const auto* constant = llvm::dyn_cast<Constant>(&limit)) {
    const Literal::Kind kind = constant->value.kind;
    return constant->value.isNumber() || kind == Literal::Kind::kNil ||
           kind == Literal::Kind::kTrue || kind == Literal::Kind::kFalse;
  }
  switch (limit.kind) {
    case Expression::Kind::kSelf:
    case Expression::Kind::kContext:
    case Expression::Kind::kSlot:
    case Expression::Kind::kTemporary:
    case Expression::Kind::kBinding:
      return true;
    default:
      return false;
  }
}

bool isNonZeroNumber(const Literal& literal) {
  if (!literal.isNumber()) return false;
  return literal.kind == Literal::Kind::kFloat ? literal.number != 0 : !literal.integer.isZero();
}

bool isPositive(const Literal& number) {
  return number.kind == Literal::Kind::kFloat ? number.number > 0 : !number.integer.negative;
}

ExpressionPtr reference(Temporary* temporary) {
  return std::make_unique<TemporaryReference>(temporary);
}

}  // namespace

Binder::Inliner Binder::inlinerFor(std::string_view selector) {
  struct Entry {
    std::string_view selector;
    Inliner inliner;
  };
  static constexpr std::array<Entry, 20> kTable{{
      {"ifTrue:", &Binder::inlineChoice},
      {"ifFalse:", &Binder::inlineChoice},
      {"and:", &Binder::inlineChoice},
      {"or:", &Binder::inlineChoice},
      {"ifTrue:ifFalse:", &Binder::inlineTwoArms},
      {"ifFalse:ifTrue:", &Binder::inlineTwoArms},
      {"ifNil:", &Binder::inlineIfNil},
      {"ifNotNil:", &Binder::inlineIfNotNil},
      {"ifNil:ifNotNil:", &Binder::inlineIfNotNil},
      {"ifNotNil:ifNil:", &Binder::inlineIfNotNil},
      {"whileTrue:", &Binder::inlineWhile},
      {"whileFalse:", &Binder::inlineWhile},
      {"whileTrue", &Binder::inlineWhile},
      {"whileFalse", &Binder::inlineWhile},
      {"to:do:", &Binder::inlineToDo},
      {"to:by:do:", &Binder::inlineToDo},
      {"timesRepeat:", &Binder::inlineTimesRepeat},
      {"repeat", &Binder::inlineRepeat},
      {"caseOf:", &Binder::inlineCase},
      {"caseOf:otherwise:", &Binder::inlineCase},
  }};
  const auto* const found = std::ranges::find(kTable, selector, &Entry::selector);
  return found == kTable.end() ? nullptr : found->inliner;
}

// A block with too many arguments would fail at run time, so it is a mistake.
bool Binder::isBlock(const Node& node, size_t maxArguments, std::string_view role) {
  const auto* block = llvm::dyn_cast<syntax::BlockNode>(&node);
  if (block == nullptr) return false;
  if (block->arguments.size() > maxArguments) {
    mistake(block->position,
            fmt::format("the block of {} takes {} argument{}", role,
                        maxArguments == 0 ? "no" : "at most one", maxArguments == 0 ? "s" : ""));
  }
  return true;
}

// One arm is in the source; the other is nil, or what and: and or: answer early.
ExpressionPtr Binder::inlineChoice(const MessageNode& node) {
  if (!isBlock(*node.arguments[0], 0, node.selector)) return nullptr;
  auto choice = std::make_unique<If>();
  choice->receiver = bind(*node.receiver);
  auto block = bindInlined(*node.arguments[0]);
  const bool isOr = node.selector == "or:";
  const bool isAnd = node.selector == "and:";
  const Literal::Kind other = isOr    ? Literal::Kind::kTrue
                              : isAnd ? Literal::Kind::kFalse
                                      : Literal::Kind::kNil;
  if (isOr || node.selector == "ifFalse:") {
    choice->thenBlock = justConstant(other);
    choice->elseBlock = std::move(block);
  } else {
    choice->thenBlock = std::move(block);
    choice->elseBlock = justConstant(other);
  }
  return choice;
}

ExpressionPtr Binder::inlineTwoArms(const MessageNode& node) {
  const bool first = isBlock(*node.arguments[0], 0, node.selector);
  if (!first || !isBlock(*node.arguments[1], 0, node.selector)) return nullptr;
  auto choice = std::make_unique<If>();
  choice->twoArmed = true;
  choice->receiver = bind(*node.receiver);
  choice->thenBlock = bindInlined(*node.arguments[0]);
  choice->elseBlock = bindInlined(*node.arguments[1]);
  if (node.selector == "ifFalse:ifTrue:") std::swap(choice->thenBlock, choice->elseBlock);
  return choice;
}

ExpressionPtr Binder::inlineIfNil(const MessageNode& node) {
  if (!isBlock(*node.arguments[0], 0, node.selector)) return nullptr;
  auto choice = std::make_unique<IfNil>();
  choice->receiver = bind(*node.receiver);
  choice->block = bindInlined(*node.arguments[0]);
  return choice;
}

ExpressionPtr Binder::inlineIfNotNil(const MessageNode& node) {
  const bool nilFirst = node.selector == "ifNil:ifNotNil:";
  const Node* nilArm = node.arguments.size() < 2 ? nullptr : node.arguments[nilFirst ? 0 : 1].get();
  const Node& notNilArm = *node.arguments[nilFirst ? 1 : 0];
  if (nilArm != nullptr && !isBlock(*nilArm, 0, "ifNil:")) return nullptr;
  if (!isBlock(notNilArm, 1, "ifNotNil:")) return nullptr;
  return nilChoice(node, nilArm, notNilArm);
}

// The argument of the second arm is assigned before the comparison with nil.
ExpressionPtr Binder::nilChoice(const MessageNode& node, const Node* nilArm,
                                const Node& notNilArm) {
  auto choice = std::make_unique<If>();
  choice->twoArmed = nilArm != nullptr;
  choice->identity = true;
  choice->receiver = bind(*node.receiver);
  // Temporaries are numbered in the order of the source.
  const bool nilFirst = nilArm != nullptr && nilArm->position < notNilArm.position;
  if (nilFirst) choice->thenBlock = bindInlined(*nilArm);
  choice->elseBlock = bindInlined(notNilArm);
  if (!nilFirst) {
    choice->thenBlock =
        nilArm == nullptr ? justConstant(Literal::Kind::kNil) : bindInlined(*nilArm);
  }
  if (!choice->elseBlock->arguments.empty()) {
    choice->receiver = std::make_unique<Assignment>(reference(choice->elseBlock->arguments.front()),
                                                    std::move(choice->receiver));
  }
  return choice;
}

ExpressionPtr Binder::inlineWhile(const MessageNode& node) {
  if (!isBlock(*node.receiver, 0, node.selector)) return nullptr;
  if (!node.arguments.empty() && !isBlock(*node.arguments[0], 0, node.selector)) return nullptr;
  auto loop = std::make_unique<While>();
  loop->until = node.selector.starts_with("whileFalse");
  loop->condition = bindInlined(*node.receiver, true);
  loop->body = node.arguments.empty() ? justConstant(Literal::Kind::kNil)
                                      : bindInlined(*node.arguments[0], true);
  loop->body->inLoop = true;
  return loop;
}

ExpressionPtr Binder::inlineToDo(const MessageNode& node) {
  const auto* block = llvm::dyn_cast<syntax::BlockNode>(node.arguments.back().get());
  if (block == nullptr || block->arguments.size() != 1) return nullptr;
  Literal step = Literal::ofInteger(1);
  if (node.arguments.size() == 3) {
    const auto* literal = llvm::dyn_cast<syntax::LiteralNode>(node.arguments[1].get());
    if (literal == nullptr || !isNonZeroNumber(literal->literal)) return nullptr;
    step = literal->literal;
  }
  const auto* variable = llvm::dyn_cast<syntax::VariableNode>(node.arguments[0].get());
  if (variable != nullptr && assigns(*block, variable->name)) return nullptr;
  ExpressionPtr first = bind(*node.receiver);
  ExpressionPtr limit = bind(*node.arguments[0]);
  auto body = bindInlined(*block, true);
  Temporary* counter = body->arguments.front();
  return loop(counter, std::move(body), std::move(first), std::move(limit), std::move(step));
}

// As 1 to: receiver do: with a counter that has no name.
ExpressionPtr Binder::inlineTimesRepeat(const MessageNode& node) {
  if (!options_.inlineTimesRepeat || !isBlock(*node.arguments[0], 0, node.selector)) return nullptr;
  const auto* variable = llvm::dyn_cast<syntax::VariableNode>(node.receiver.get());
  if (variable != nullptr && assigns(*node.arguments[0], variable->name)) return nullptr;
  if (variable != nullptr && variable->name == "super") return nullptr;
  ExpressionPtr limit = bind(*node.receiver);
  Temporary* counter = method_->addTemporary("", Temporary::Kind::kBlockArgument);
  auto body = bindInlined(*node.arguments[0], true);
  body->arguments.push_back(counter);
  return loop(counter, std::move(body), std::make_unique<Constant>(Literal::ofInteger(1)),
              std::move(limit), Literal::ofInteger(1));
}

ExpressionPtr Binder::loop(Temporary* counter, std::unique_ptr<Block> body, ExpressionPtr first,
                           ExpressionPtr limit, Literal step) {
  auto toDo = std::make_unique<ToDo>();
  toDo->init = std::make_unique<Assignment>(reference(counter), std::move(first));
  if (!isRepeatable(*limit)) {
    Temporary* temporary =
        method_->addTemporary(counter->name + "LimiT", Temporary::Kind::kBlockArgument);
    body->temporaries.push_back(temporary);
    toDo->limitInit = std::make_unique<Assignment>(reference(temporary), std::move(limit));
    limit = reference(temporary);
  }
  auto test = std::make_unique<Send>(isPositive(step) ? "<=" : ">=");
  test->receiver = reference(counter);
  test->arguments.push_back(std::move(limit));
  toDo->test = std::move(test);
  auto sum = std::make_unique<Send>("+");
  sum->receiver = reference(counter);
  sum->arguments.push_back(std::make_unique<Constant>(std::move(step)));
  toDo->increment = std::make_unique<Assignment>(reference(counter), std::move(sum));
  toDo->body = std::move(body);
  return toDo;
}

ExpressionPtr Binder::inlineRepeat(const MessageNode& node) {
  if (!isBlock(*node.receiver, 0, node.selector)) return nullptr;
  auto repeat = std::make_unique<Repeat>();
  repeat->body = bindInlined(*node.receiver, true);
  return repeat;
}

ExpressionPtr Binder::inlineCase(const MessageNode& node) {
  const auto* brace = llvm::dyn_cast<syntax::BraceNode>(node.arguments[0].get());
  if (brace == nullptr || brace->elements.empty()) return nullptr;
  const auto isCase = [&](const syntax::NodePtr& element) {
    const auto* pair = llvm::dyn_cast<MessageNode>(element.get());
    return pair != nullptr && pair->selector == "->" && isBlock(*pair->receiver, 0, "caseOf:") &&
           isBlock(*pair->arguments[0], 0, "caseOf:");
  };
  if (!std::ranges::all_of(brace->elements, isCase)) return nullptr;
  const bool hasOtherwise = node.arguments.size() > 1;
  if (hasOtherwise && !isBlock(*node.arguments[1], 0, "otherwise:")) return nullptr;
  auto result = std::make_unique<Case>();
  result->receiver = bind(*node.receiver);
  for (const syntax::NodePtr& element : brace->elements) {
    const auto& pair = llvm::cast<MessageNode>(*element);
    auto key = bindInlined(*pair.receiver);
    result->cases.emplace_back(std::move(key), bindInlined(*pair.arguments[0]));
  }
  if (hasOtherwise) result->otherwise = bindInlined(*node.arguments[1]);
  return result;
}

}  // namespace stwasm::compiler
