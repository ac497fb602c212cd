// See virtual_block.h.
#include "translator/emit/virtual_block.h"

#include "translator/bytecode/special_selectors.h"

namespace stwasm::emit {
namespace {

using ir::Opcode;

bool isSend(const ir::Instruction& instruction) {
  return instruction.opcode == Opcode::kSend || instruction.opcode == Opcode::kSendSuper ||
         instruction.opcode == Opcode::kSendSpecial;
}

// The first of the instructions that takes the entry of the operand stack.
const ir::Instruction* consumerOf(std::span<const ir::Instruction> instructions, int entry) {
  for (const ir::Instruction& instruction : instructions) {
    int taken = 0;
    if (isSend(instruction)) taken = instruction.b + 1;
    if (instruction.opcode == Opcode::kPushClosure ||
        instruction.opcode == Opcode::kPushFullClosure)
      taken = instruction.b;
    if (taken > 0 && instruction.depth - taken <= entry) return &instruction;
    if (instruction.depth <= entry) return nullptr;
  }
  return nullptr;
}

bool evaluatesEntry(const MethodPlan& plan, const ir::Instruction& consumer, int entry) {
  const int first = consumer.depth - consumer.b;  // the first argument or copied value
  if (isSend(consumer)) return entry >= first - 1;
  if (consumer.opcode == Opcode::kPushClosure) {
    const ir::Body& block = plan.ir.bodies[static_cast<size_t>(consumer.a)];
    return evaluatesSlot(plan, block, block.numArgs + entry - first);
  }
  const MethodPlan* block = plan.fullBlockAt(consumer.a);
  if (block == nullptr || !block->refused.empty()) return false;
  const ir::Body& body = block->ir.bodies[0];
  return evaluatesSlot(*block, body, body.numArgs + entry - first);
}

}  // namespace

bool usesVector(const ir::Instruction& instruction, int slot) {
  return (instruction.opcode == Opcode::kPushTemporaryInVector ||
          instruction.opcode == Opcode::kPopIntoTemporaryInVector ||
          instruction.opcode == Opcode::kStoreIntoTemporaryInVector) &&
         instruction.b == slot;
}

bool evaluatesReceiver(const MethodPlan& plan, const ir::Body& body) {
  for (const ir::BasicBlock& block : body.blocks) {
    auto rest = body.instructionsOf(block);
    while (!rest.empty()) {
      const ir::Instruction& instruction = rest.front();
      rest = rest.subspan(1);
      if (instruction.opcode != Opcode::kPushReceiver) continue;
      const ir::Instruction* consumer = consumerOf(rest, instruction.depth);
      if (consumer != nullptr && evaluatesEntry(plan, *consumer, instruction.depth)) return true;
    }
  }
  return false;
}

bool evaluatesSlot(const MethodPlan& plan, const ir::Body& body, int slot) {
  if (body.facts.assignedTemps[static_cast<size_t>(slot)]) return false;
  bool evaluates = false;
  for (const ir::BasicBlock& block : body.blocks) {
    auto rest = body.instructionsOf(block);
    while (!rest.empty()) {
      const ir::Instruction& instruction = rest.front();
      rest = rest.subspan(1);
      if (usesVector(instruction, slot)) return false;
      if (instruction.opcode != Opcode::kPushTemporary || instruction.a != slot) continue;
      const ir::Instruction* consumer = consumerOf(rest, instruction.depth);
      if (consumer != nullptr && evaluatesEntry(plan, *consumer, instruction.depth))
        evaluates = true;
    }
  }
  return evaluates;
}

}  // namespace stwasm::emit
