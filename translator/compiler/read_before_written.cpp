// Reads before writes: see read_before_written.h. Of a choice only what both arms write counts as
// written; what a real block writes may never happen.
#include "translator/compiler/read_before_written.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <llvm/Support/Casting.h>

namespace stwasm::compiler {

namespace {

using Temporaries = std::set<const Temporary*>;

class Visitor {
 public:
  void visitStatements(const Block& block) {
    for (const ExpressionPtr& statement : block.statements) visit(*statement);
  }
  Temporaries takeFound() { return std::move(found_); }

 private:
  void visit(const Expression& expression);
  void visitAll(const std::vector<ExpressionPtr>& expressions) {
    for (const ExpressionPtr& each : expressions) visit(*each);
  }
  void visitInlined(const Expression& expression);
  void visitAssignment(const Assignment& assignment);
  void visitApart(const Block& block);
  void visitChoice(const If& choice);
  void visitToDo(const ToDo& loop);
  void visitCase(const Case& choices);

  Temporaries written_;
  Temporaries found_;
};

void Visitor::visit(const Expression& expression) {
  if (const auto* reference = llvm::dyn_cast<TemporaryReference>(&expression)) {
    const Temporary* temporary = reference->temporary;
    if (!temporary->isArgument() && written_.count(temporary) == 0) found_.insert(temporary);
  } else if (const auto* assignment = llvm::dyn_cast<Assignment>(&expression)) {
    visitAssignment(*assignment);
  } else if (const auto* send = llvm::dyn_cast<Send>(&expression)) {
    if (send->receiver) visit(*send->receiver);
    visitAll(send->arguments);
  } else if (const auto* cascade = llvm::dyn_cast<Cascade>(&expression)) {
    visit(*cascade->receiver);
    for (const auto& message : cascade->messages) visitAll(message->arguments);
  } else if (const auto* result = llvm::dyn_cast<Return>(&expression)) {
    visit(*result->value);
  } else if (const auto* brace = llvm::dyn_cast<Brace>(&expression)) {
    visitAll(brace->elements);
  } else if (const auto* block = llvm::dyn_cast<Block>(&expression)) {
    visitApart(*block);
  } else {
    visitInlined(expression);
  }
}

void Visitor::visitInlined(const Expression& expression) {
  if (const auto* choice = llvm::dyn_cast<If>(&expression)) {
    visitChoice(*choice);
  } else if (const auto* nilChoice = llvm::dyn_cast<IfNil>(&expression)) {
    visit(*nilChoice->receiver);
    visitApart(*nilChoice->block);
  } else if (const auto* loop = llvm::dyn_cast<While>(&expression)) {
    visitApart(*loop->condition);
    visitApart(*loop->body);
  } else if (const auto* toDo = llvm::dyn_cast<ToDo>(&expression)) {
    visitToDo(*toDo);
  } else if (const auto* repeat = llvm::dyn_cast<Repeat>(&expression)) {
    visitApart(*repeat->body);
  } else if (const auto* choices = llvm::dyn_cast<Case>(&expression)) {
    visitCase(*choices);
  }
}

void Visitor::visitAssignment(const Assignment& assignment) {
  visit(*assignment.value);
  if (const auto* reference = llvm::dyn_cast<TemporaryReference>(assignment.variable.get())) {
    written_.insert(reference->temporary);
  }
}

// Nobody knows whether the block is evaluated.
void Visitor::visitApart(const Block& block) {
  const Temporaries before = written_;
  visitStatements(block);
  written_ = before;
}

void Visitor::visitChoice(const If& choice) {
  visit(*choice.receiver);
  const Temporaries before = written_;
  visitStatements(*choice.thenBlock);
  const Temporaries afterThen = std::exchange(written_, before);
  visitStatements(*choice.elseBlock);
  Temporaries both;
  std::ranges::set_intersection(written_, afterThen, std::inserter(both, both.end()));
  written_ = std::move(both);
}

void Visitor::visitToDo(const ToDo& loop) {
  if (loop.limitInit) visit(*loop.limitInit);
  visit(*loop.init);
  visit(*loop.test);
  visitApart(*loop.body);
}

void Visitor::visitCase(const Case& choices) {
  visit(*choices.receiver);
  for (const auto& [key, value] : choices.cases) {
    visitApart(*key);
    visitApart(*value);
  }
  if (choices.otherwise) visitApart(*choices.otherwise);
}

}  // namespace

std::set<const Temporary*> readBeforeWritten(const Block& block) {
  Visitor visitor;
  visitor.visitStatements(block);
  return visitor.takeFound();
}

}  // namespace stwasm::compiler
