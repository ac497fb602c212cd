// See resume_points.h.
#include "translator/emit/resume_points.h"

#include <algorithm>
#include <array>

namespace stwasm::emit {
namespace {

// signal, wait, resume, suspend (old and new), yield, leaving and entering critical sections
constexpr std::array<uint32_t, 8> kSwitchingPrimitives = {85, 86, 87, 88, 578, 167, 185, 186};

constexpr int kSpecialValue = 25;
constexpr int kSpecialValueWithArgument = 26;

bool mayContinue(const ir::Body& body) {
  return !body.facts.usesActiveContext && !body.isBlockContext;
}

// From the block's end control goes back to the head of a loop, and nowhere else.
bool endsLoop(const ir::Body& body, size_t block) {
  const ir::Terminator& terminator = body.blocks[block].terminator;
  if (terminator.kind != ir::TerminatorKind::kJump) return false;
  const auto target = static_cast<size_t>(terminator.target);
  return target <= block && body.blocks[target].isLoopHead;
}

bool evaluates(const ir::Instruction& instruction) {
  return instruction.opcode == ir::Opcode::kSendSpecial &&
         (instruction.a == kSpecialValue || instruction.a == kSpecialValueWithArgument);
}

bool switches(const MethodPlan& plan, const ir::Instruction& instruction,
              const std::set<image::ObjectId>& selectors) {
  return instruction.opcode == ir::Opcode::kSend &&
         selectors.contains(plan.view.literals()[static_cast<size_t>(instruction.a)].objectId());
}

void addPoints(const MethodPlan& plan, const ir::Body& body,
               const std::set<image::ObjectId>& selectors, std::vector<int>& points) {
  for (size_t block = 0; block < body.blocks.size(); ++block)
    for (const ir::Instruction& instruction : body.instructionsOf(body.blocks[block]))
      if (switches(plan, instruction, selectors) ||
          (evaluates(instruction) && endsLoop(body, block)))
        points.push_back(instruction.nextPc);
}

}  // namespace

std::set<image::ObjectId> switchingSelectors(const image::ImageModel& model) {
  std::set<image::ObjectId> selectors;
  for (const image::MethodEntry& entry : model.methods()) {
    auto view = image::CompiledMethodView::create(model.graph(), entry.method);
    if (!view) {
      llvm::consumeError(view.takeError());
      continue;
    }
    if (std::ranges::count(kSwitchingPrimitives, view->primitiveNumber()) > 0)
      selectors.insert(entry.selector);
  }
  return selectors;
}

std::vector<int> resumePoints(const MethodPlan& plan, const std::set<image::ObjectId>& selectors) {
  std::vector<int> points;
  if (plan.marksUnwind || plan.makesBlockContexts()) return points;
  for (const ir::Body& body : plan.ir.bodies)
    if (mayContinue(body)) addPoints(plan, body, selectors, points);
  std::ranges::sort(points);
  return points;
}

}  // namespace stwasm::emit
