// See inlining_limit.h.
#include "translator/emit/inlining_limit.h"

#include <array>

#include <fmt/format.h>

namespace stwasm::emit {
namespace {

// Accessors and the like are hardly larger than the send.
constexpr int kSmallest = 4;
constexpr int kLargest = 12;

using SizesOfSends = std::array<int, kLargest + 1>;  // added by callees of each size

void addSends(const MethodPlan& plan, const CallTargets& targets, SizesOfSends& sizes) {
  for (const ir::Body& body : plan.ir.bodies) {
    for (const ir::Instruction& instruction : body.instructions) {
      if (instruction.opcode != ir::Opcode::kSend) continue;
      const image::Value selector = plan.view.literals()[static_cast<size_t>(instruction.a)];
      const CallTarget* target = targets.ofSend(selector.objectId(), instruction.b);
      if (target == nullptr || !isInlinable(*target->plan)) continue;
      const int size = inliningSize(target->plan->ir.bodies[0]);
      if (size <= kLargest) sizes[static_cast<size_t>(size)] += size;
    }
  }
  for (const MethodPlan& block : plan.fullBlocks)
    if (block.refused.empty()) addSends(block, targets, sizes);
}

}  // namespace

int inliningSize(const ir::Body& body) {
  return static_cast<int>(body.instructions.size() + body.blocks.size());
}

bool isInlinable(const MethodPlan& plan) {
  return !plan.primitive && !plan.missesPrimitive && !plan.makesBlockContexts() &&
         !plan.receiverIsActivation && !plan.ir.bodies[0].facts.usesActiveContext;
}

std::string receiverType(RequiredShape shape) {
  return shape == kIndexedShape ? "$Indexed" : fmt::format("$Fixed{}", shape);
}

int inliningLimit(const std::vector<MethodPlan>& plans, const CallTargets& targets, int maxAdded) {
  SizesOfSends sizes{};
  for (const MethodPlan& plan : plans) addSends(plan, targets, sizes);
  int limit = 0;
  for (int added = 0; limit < kLargest; ++limit) {
    added += sizes[static_cast<size_t>(limit) + 1];
    if (limit >= kSmallest && added > maxAdded) break;
  }
  return limit;
}

}  // namespace stwasm::emit
