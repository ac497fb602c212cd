// Where temporaries live: see closure_analysis.h.
//
// Locations are numbers in the order of the source, raised at the beginning and the end of each
// real block. A real block spans the locations from its beginning to its end, so "read inside this
// block" and "written after that read" are comparisons of numbers. A loop makes its writes happen
// again after its end.
#include "translator/compiler/closure_analysis.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <llvm/Support/Casting.h>

#include "translator/compiler/read_before_written.h"

namespace stwasm::compiler {

namespace {

struct ByOrder {
  bool operator()(const Temporary* a, const Temporary* b) const { return a->order < b->order; }
};
using TemporarySet = std::set<Temporary*, ByOrder>;

class Analysis {
 public:
  Analysis(Method& method, bool clearsAll) : method_(method), clearsAll_(clearsAll) {}

  void run() {
    if (method_.errorCode != nullptr) method_.errorCode->definingBlock = method_.body.get();
    visitBlock(*method_.body, nullptr);
  }

 private:
  void visit(Expression& expression, Block& scope);
  void visitAll(std::vector<ExpressionPtr>& expressions, Block& scope);
  void visitInlined(Expression& expression, Block& scope);
  void visitLoop(const std::vector<Block*>& parts, Expression& expression, Block& scope);
  void visitLoopParts(Expression& expression, Block& scope);
  void visitBlock(Block& block, Block* scope);
  void visitAssignment(Assignment& assignment, Block& scope);
  void noteRead(Temporary& temporary, const Block& scope) const;
  void noteWrite(Temporary& temporary, const Block& scope) const;
  void settleTemporaries(Block& block);
  void hoist(Block& block);
  bool needsVector(const Temporary& temporary) const;
  void settle(Temporary& temporary);
  void moveToVector(Temporary& temporary);
  void makeVectorFirst(Block& block);
  void clearTemporaries(Block& block);

  Method& method_;
  bool clearsAll_;
  int location_ = -1;
  // The parts of the loops that are being visited, with the temporaries that are written there.
  std::map<Block*, TemporarySet> loopWrites_;
};

Block* mutableActual(Block& block) { return block.enclosing == nullptr ? &block : block.enclosing; }

// A vector stays behind all others.
void addHoisted(Block& block, const std::vector<Temporary*>& temporaries) {
  for (Temporary* temporary : temporaries) {
    if (temporary->definingBlock == nullptr) temporary->definingBlock = &block;
  }
  auto at = block.temporaries.end();
  if (!block.temporaries.empty() && block.temporaries.back()->kind == Temporary::Kind::kVector) {
    --at;
  }
  block.temporaries.insert(at, temporaries.begin(), temporaries.end());
}

bool initialises(const Expression& statement) {
  const auto* assignment = llvm::dyn_cast<Assignment>(&statement);
  return assignment != nullptr && assignment->value->kind == Expression::Kind::kNewVector;
}

void Analysis::visit(Expression& expression, Block& scope) {
  switch (expression.kind) {
    case Expression::Kind::kTemporary:
      return noteRead(*llvm::cast<TemporaryReference>(expression).temporary, scope);
    case Expression::Kind::kAssignment:
      return visitAssignment(llvm::cast<Assignment>(expression), scope);
    case Expression::Kind::kSend: {
      auto& send = llvm::cast<Send>(expression);
      if (send.receiver) visit(*send.receiver, scope);
      return visitAll(send.arguments, scope);
    }
    case Expression::Kind::kCascade: {
      auto& cascade = llvm::cast<Cascade>(expression);
      visit(*cascade.receiver, scope);
      for (const auto& message : cascade.messages) visitAll(message->arguments, scope);
      return;
    }
    case Expression::Kind::kReturn:
      return visit(*llvm::cast<Return>(expression).value, scope);
    case Expression::Kind::kBrace:
      return visitAll(llvm::cast<Brace>(expression).elements, scope);
    case Expression::Kind::kBlock:
      return visitBlock(llvm::cast<Block>(expression), &scope);
    default:
      return visitInlined(expression, scope);
  }
}

void Analysis::visitAll(std::vector<ExpressionPtr>& expressions, Block& scope) {
  for (const ExpressionPtr& each : expressions) visit(*each, scope);
}

void Analysis::visitInlined(Expression& expression, Block& scope) {
  if (auto* choice = llvm::dyn_cast<If>(&expression)) {
    visit(*choice->receiver, scope);
    visitBlock(*choice->thenBlock, &scope);
    visitBlock(*choice->elseBlock, &scope);
  } else if (auto* nilChoice = llvm::dyn_cast<IfNil>(&expression)) {
    visit(*nilChoice->receiver, scope);
    visitBlock(*nilChoice->block, &scope);
  } else if (auto* loop = llvm::dyn_cast<While>(&expression)) {
    visitLoop({loop->condition.get(), loop->body.get()}, expression, scope);
  } else if (auto* toDo = llvm::dyn_cast<ToDo>(&expression)) {
    visitLoop({toDo->body.get()}, expression, scope);
  } else if (auto* repeat = llvm::dyn_cast<Repeat>(&expression)) {
    visitLoop({repeat->body.get()}, expression, scope);
  } else if (auto* choices = llvm::dyn_cast<Case>(&expression)) {
    visit(*choices->receiver, scope);
    for (auto& [key, value] : choices->cases) {
      visitBlock(*key, &scope);
      visitBlock(*value, &scope);
    }
    if (choices->otherwise) visitBlock(*choices->otherwise, &scope);
  }
}

void Analysis::visitLoopParts(Expression& expression, Block& scope) {
  if (auto* loop = llvm::dyn_cast<While>(&expression)) {
    visitBlock(*loop->condition, &scope);
    visitBlock(*loop->body, &scope);
  } else if (auto* repeat = llvm::dyn_cast<Repeat>(&expression)) {
    visitBlock(*repeat->body, &scope);
  } else {
    auto& toDo = llvm::cast<ToDo>(expression);
    if (toDo.limitInit) visit(*toDo.limitInit, scope);
    visit(*toDo.init, scope);
    visitBlock(*toDo.body, &scope);
    visit(*toDo.test, scope);
    visit(*toDo.increment, scope);
  }
}

// What is written in a loop is written again when it comes round: at the loop's end, say.
void Analysis::visitLoop(const std::vector<Block*>& parts, Expression& expression, Block& scope) {
  for (Block* part : parts) loopWrites_[part];
  visitLoopParts(expression, scope);
  TemporarySet written;
  for (Block* part : parts) {
    for (Temporary* temporary : loopWrites_[part]) {
      if (temporary->kind == Temporary::Kind::kBlockArgument) continue;
      written.insert(temporary);
      noteWrite(*temporary, *part);
    }
    loopWrites_.erase(part);
  }
  std::vector<Block*> owners;
  for (Temporary* temporary : written) {
    settle(*temporary);
    if (std::ranges::find(owners, temporary->definingBlock) == owners.end()) {
      owners.push_back(temporary->definingBlock);
    }
  }
  for (Block* owner : owners) makeVectorFirst(*owner);
}

void Analysis::visitBlock(Block& block, Block* scope) {
  if (block.inlined) block.enclosing = mutableActual(*scope);
  Block& inside = block.inlined ? *block.enclosing : block;
  for (Temporary* temporary : block.arguments) temporary->definingBlock = &block;
  for (Temporary* temporary : block.temporaries) temporary->definingBlock = &block;
  if (!block.inlined) {
    block.begin = location_ + 1;
    location_ += 2;
  }
  // Statements that make vectors may be put before the first one meanwhile.
  std::vector<Expression*> statements;
  for (const ExpressionPtr& statement : block.statements) statements.push_back(statement.get());
  for (Expression* statement : statements) visit(*statement, inside);
  if (block.inLoop) clearTemporaries(block);
  if (!block.inlined) {
    block.end = location_ + 1;
    location_ += 2;
  }
  settleTemporaries(block);
}

// The value is there before the variable gets it.
void Analysis::visitAssignment(Assignment& assignment, Block& scope) {
  visit(*assignment.value, scope);
  auto* reference = llvm::dyn_cast<TemporaryReference>(assignment.variable.get());
  if (reference == nullptr) return;
  Temporary& temporary = *reference->temporary;
  noteWrite(temporary, scope);
  const Block* home =
      temporary.definingBlock == nullptr ? &scope : temporary.definingBlock->actual();
  for (auto& [part, written] : loopWrites_) {
    if (part->actual() == home) written.insert(&temporary);
  }
}

void Analysis::noteRead(Temporary& temporary, const Block& scope) const {
  temporary.reads[&scope].insert(location_);
  if (temporary.vector != nullptr) temporary.vector->reads[&scope].insert(location_);
}

void Analysis::noteWrite(Temporary& temporary, const Block& scope) const {
  temporary.writes[&scope].insert(location_);
  if (temporary.vector != nullptr) temporary.vector->reads[&scope].insert(location_);
}

void Analysis::settleTemporaries(Block& block) {
  const std::vector<Temporary*> temporaries = block.temporaries;
  for (Temporary* temporary : temporaries) settle(*temporary);
  if (block.inlined) hoist(block);
  makeVectorFirst(block);
}

void Analysis::hoist(Block& block) {
  addHoisted(*block.enclosing, block.arguments);
  block.arguments.clear();
  addHoisted(*block.enclosing, block.temporaries);
  block.temporaries.clear();
}

// Written outside its own real block, or written after a block has read it.
bool Analysis::needsVector(const Temporary& temporary) const {
  const Block* home = temporary.definingBlock->actual();
  int latestWrite = 0;
  for (const auto& [block, locations] : temporary.writes) {
    if (block->actual() != home) return true;
    latestWrite = std::max(latestWrite, *locations.rbegin());
  }
  return std::ranges::any_of(temporary.reads, [&](const auto& read) {
    return read.first->actual() != home && *read.second.begin() < latestWrite;
  });
}

// The virtual machine stores a primitive's error code where it stands, not in a vector.
void Analysis::settle(Temporary& temporary) {
  if (&temporary == method_.errorCode) return;
  const bool movable = temporary.kind == Temporary::Kind::kTemporary ||
                       temporary.kind == Temporary::Kind::kMethodArgument;
  if (movable && temporary.vector == nullptr && needsVector(temporary)) moveToVector(temporary);
}

void Analysis::moveToVector(Temporary& temporary) {
  Block& block = *temporary.definingBlock;
  if (block.vector == nullptr) {
    block.vector = method_.addTemporary("<vector>", Temporary::Kind::kVector);
    if (block.inlined) {
      addHoisted(*block.enclosing, {block.vector});
    } else {
      block.vector->definingBlock = &block;
      block.temporaries.push_back(block.vector);
    }
  }
  Temporary& vector = *block.vector;
  temporary.vector = &vector;
  vector.members.push_back(&temporary);
  for (const auto* uses : {&temporary.reads, &temporary.writes}) {
    for (const auto& [user, locations] : *uses) {
      vector.reads[user].insert(locations.begin(), locations.end());
    }
  }
  if (std::erase(block.temporaries, &temporary) == 0) {
    std::erase(mutableActual(block)->temporaries, &temporary);
  }
}

void Analysis::makeVectorFirst(Block& block) {
  if (block.vector == nullptr || initialises(*block.statements.front())) return;
  block.statements.insert(
      block.statements.begin(),
      std::make_unique<Assignment>(std::make_unique<TemporaryReference>(block.vector),
                                   std::make_unique<NewVector>(block.vector)));
}

// A temporary that is declared in a loop is nil again at each turn, if anyone could see that.
void Analysis::clearTemporaries(Block& block) {
  const std::set<const Temporary*> found = readBeforeWritten(block);
  for (size_t i = block.temporaries.size(); i-- > 0;) {
    Temporary* temporary = block.temporaries[i];
    const bool seen = clearsAll_ || found.count(temporary) != 0;
    if (!seen || temporary->isArgument() || temporary->vector != nullptr) continue;
    block.statements.insert(
        block.statements.begin(),
        std::make_unique<Assignment>(
            std::make_unique<TemporaryReference>(temporary),
            std::make_unique<Constant>(syntax::Literal(syntax::Literal::Kind::kNil))));
  }
}

bool isUsedWithin(const Temporary& temporary, const Block& block) {
  const auto inside = [&](const auto& use) {
    return std::ranges::any_of(use.second, [&](int location) { return block.contains(location); });
  };
  return std::ranges::any_of(temporary.reads, inside) ||
         std::ranges::any_of(temporary.writes, inside);
}

}  // namespace

void analyseClosures(Method& method, const Options& options) {
  Analysis(method, options.asCuis7).run();
  Block& body = *method.body;
  uint32_t index = 0;
  for (Temporary* temporary : body.arguments) temporary->index = index++;
  for (Temporary* temporary : body.temporaries) temporary->index = index++;
  if (method.errorCode != nullptr) method.errorCode->index = index;
}

std::vector<Temporary*> copiedValues(const Method& method, const Block& block) {
  std::vector<Temporary*> copied;
  for (const auto& each : method.allTemporaries) {
    if (each->definingBlock == nullptr || !isUsedWithin(*each, block)) continue;
    Temporary* temporary = each->vector == nullptr ? each.get() : each->vector;
    if (block.contains(temporary->definingBlock->actual()->begin)) continue;
    if (std::ranges::find(copied, temporary) == copied.end()) copied.push_back(temporary);
  }
  std::ranges::stable_sort(copied, {}, &Temporary::index);
  return copied;
}

}  // namespace stwasm::compiler
