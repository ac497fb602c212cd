// Compilers write `a and: [b]` as two ways that push a Boolean, and one jump behind both.
#include "translator/ir/jump_threading.h"

#include <algorithm>
#include <optional>

namespace stwasm::ir {
namespace {

// Blocks for which the others stand in. Heads of loops are where Contexts are resumed.
std::vector<bool> findThreaded(const std::vector<BasicBlock>& blocks,
                               std::span<const int> leaders) {
  std::vector<bool> threaded;
  for (const BasicBlock& block : blocks) {
    const Terminator& terminator = block.terminator;
    const bool decides = terminator.kind == TerminatorKind::kConditionalJump;
    const bool returns = (terminator.kind == TerminatorKind::kMethodReturn ||
                          terminator.kind == TerminatorKind::kBlockReturn) &&
                         terminator.value == ReturnValue::kTop;
    threaded.push_back(block.firstInstruction == block.endInstruction && (decides || returns) &&
                       !std::ranges::binary_search(leaders, block.startPc));
  }
  threaded[0] = false;
  const auto keepTarget = [&](int from, int to) {
    if (to != kNoBlock && to <= from) threaded[static_cast<size_t>(to)] = false;
  };
  for (int i = 0; i < static_cast<int>(blocks.size()); ++i) {
    keepTarget(i, blocks[static_cast<size_t>(i)].terminator.target);
    keepTarget(i, blocks[static_cast<size_t>(i)].terminator.next);
  }
  return threaded;
}

// What the block pushes last, if it is a Boolean.
std::optional<bool> pushedBoolean(const BasicBlock& block,
                                  std::span<const Instruction> instructions) {
  if (block.firstInstruction == block.endInstruction) return {};
  const Instruction& last = instructions[static_cast<size_t>(block.endInstruction) - 1];
  if (last.opcode != Opcode::kPushConstant) return {};
  if (last.a == static_cast<int32_t>(bytecode::Constant::kTrue)) return true;
  if (last.a == static_cast<int32_t>(bytecode::Constant::kFalse)) return false;
  return {};
}

void thread(BasicBlock& block, const Terminator& decision,
            std::span<const Instruction> instructions) {
  const std::optional<bool> known = decision.kind == TerminatorKind::kConditionalJump
                                        ? pushedBoolean(block, instructions)
                                        : std::nullopt;
  if (!known) {
    if (block.terminator.kind == TerminatorKind::kJump)
      block.threadedPcs.push_back(block.terminator.pc);
    block.terminator = decision;
    return;
  }
  --block.endInstruction;
  block.threadedPcs.push_back(instructions[static_cast<size_t>(block.endInstruction)].pc);
  --block.terminator.depth;
  block.terminator.kind = TerminatorKind::kJump;
  block.terminator.target = *known == decision.condition ? decision.target : decision.next;
}

}  // namespace

void threadJumps(std::vector<BasicBlock>& blocks, std::span<const Instruction> instructions,
                 std::span<const int> leaders) {
  const std::vector<bool> threaded = findThreaded(blocks, leaders);
  for (BasicBlock& block : blocks) {
    const auto leadsOn = [&block] {
      return block.terminator.kind == TerminatorKind::kFallthrough ||
             block.terminator.kind == TerminatorKind::kJump;
    };
    while (leadsOn() && threaded[static_cast<size_t>(block.terminator.target)])
      thread(block, blocks[static_cast<size_t>(block.terminator.target)].terminator, instructions);
  }
}

}  // namespace stwasm::ir
