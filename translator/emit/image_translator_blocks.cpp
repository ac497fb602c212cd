// The CompiledBlocks that a method holds: each is planned with it. See image_translator.h.
#include "translator/emit/image_translator.h"

namespace stwasm::emit {
namespace {

// Of the full blocks of a method; in a damaged image they may hold each other.
constexpr int kMaxNesting = 64;
constexpr int kMaxBlocks = 1024;

}  // namespace

// Closures that need neither a receiver nor an outer activation stand among the literals, made by
// the compiler. What runs them finds their code by the CompiledBlock.
void ImageTranslator::planCleanBlocks(MethodPlan& plan) {
  constexpr uint32_t kBlockSlot = 1;
  constexpr uint32_t kFirstCopied = 4;
  const auto literals = plan.view.literals();
  for (size_t i = 0; i < literals.size() && plan.nesting < kMaxNesting; ++i) {
    if (!literals[i].isObject() || !model_.isFullClosure(literals[i].objectId())) continue;
    const auto slots = model_.graph().slots(literals[i].objectId());
    const image::Value code = slots[kBlockSlot];
    if (!code.isObject() ||
        model_.graph().object(code.objectId()).format != image::Format::kCompiledMethod ||
        ++blocksOfMethod_ > kMaxBlocks)
      continue;
    auto block = planCode(plan.entry, code.objectId(),
                          fmt::format("{} [clean block {}]", plan.name, i), plan.classBinding,
                          static_cast<int>(slots.size() - kFirstCopied), plan.nesting + 1);
    if (!block) {
      llvm::consumeError(block.takeError());
      continue;
    }
    complete(*block);
    const ir::BodyFacts& facts = block->ir.bodies[0].facts;
    if (block->refused.empty() && (facts.hasOwnNonLocalReturn || facts.hasNestedNonLocalReturn))
      block->refused = "a block without an outer activation returns from it";
    plan.fullBlocks.push_back(std::move(*block));
    plan.fullBlockLiterals.push_back(static_cast<int>(i));
  }
}

void ImageTranslator::planFullBlocks(MethodPlan& plan) {
  for (const ir::Body& body : plan.ir.bodies)
    for (const ir::Instruction& instruction : body.instructions)
      if (instruction.opcode == ir::Opcode::kPushFullClosure && plan.refused.empty())
        planFullBlock(plan, body, instruction);
}

// A block that is refused may still return through the code that makes it.
void ImageTranslator::planFullBlock(MethodPlan& plan, const ir::Body& body,
                                    const ir::Instruction& instruction) {
  const image::Value literal = plan.view.literals()[static_cast<size_t>(instruction.a)];
  if (plan.nesting == kMaxNesting) {
    plan.refused = fmt::format("blocks are nested more than {} deep", kMaxNesting);
    return;
  }
  if (!literal.isObject() || literal.objectId() == plan.view.id() ||
      model_.graph().object(literal.objectId()).format != image::Format::kCompiledMethod) {
    plan.refused = "the literal of a closure is no CompiledBlock";
    return;
  }
  if (plan.fullBlockAt(instruction.a) == nullptr) {
    if (++blocksOfMethod_ > kMaxBlocks) {
      plan.refused = fmt::format("it has more than {} blocks", kMaxBlocks);
      return;
    }
    auto block = planCode(plan.entry, literal.objectId(),
                          fmt::format("{} [block {}]", plan.name, instruction.a), plan.classBinding,
                          instruction.b, plan.nesting + 1);
    if (!block) {
      plan.refused = render(block.takeError());
      return;
    }
    complete(*block);
    plan.fullBlocks.push_back(std::move(*block));
    plan.fullBlockLiterals.push_back(instruction.a);
  }
  const MethodPlan& block = *plan.fullBlockAt(instruction.a);
  const bool returns = !block.refused.empty() || block.ir.bodies[0].facts.hasOwnNonLocalReturn ||
                       block.ir.bodies[0].facts.hasNestedNonLocalReturn;
  for (int i = body.index; returns && i >= 0; i = plan.ir.bodies[static_cast<size_t>(i)].parent)
    plan.ir.bodies[static_cast<size_t>(i)].facts.hasNestedNonLocalReturn = true;
}

}  // namespace stwasm::emit
