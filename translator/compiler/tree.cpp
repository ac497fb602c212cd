// Questions about the tree: see tree.h.
#include "translator/compiler/tree.h"

#include <llvm/Support/Casting.h>

namespace stwasm::compiler {

bool isNil(const Expression& expression) {
  const auto* constant = llvm::dyn_cast<Constant>(&expression);
  return constant != nullptr && constant->value.kind == syntax::Literal::Kind::kNil;
}

bool isJustNil(const Block& block) {
  return block.statements.size() == 1 && isNil(*block.statements.front());
}

bool returns(const Block& block) {
  const Expression& last = *block.statements.back();
  if (last.kind == Expression::Kind::kReturn) return true;
  const auto* choice = llvm::dyn_cast<If>(&last);
  return choice != nullptr && choice->twoArmed && returns(*choice->thenBlock) &&
         returns(*choice->elseBlock);
}

}  // namespace stwasm::compiler
