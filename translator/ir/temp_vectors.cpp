// See temp_vectors.h.
#include "translator/ir/temp_vectors.h"

#include <algorithm>

namespace stwasm::ir {
namespace {

bool isElementAccess(const Instruction& instruction) {
  return instruction.opcode == Opcode::kPushTemporaryInVector ||
         instruction.opcode == Opcode::kPopIntoTemporaryInVector ||
         instruction.opcode == Opcode::kStoreIntoTemporaryInVector;
}

bool isClosure(const Instruction& instruction) {
  return instruction.opcode == Opcode::kPushClosure ||
         instruction.opcode == Opcode::kPushFullClosure;
}

bool assigns(const Instruction& instruction, int slot) {
  return (instruction.opcode == Opcode::kPopIntoTemporary ||
          instruction.opcode == Opcode::kStoreIntoTemporary ||
          instruction.opcode == Opcode::kStorePrimitiveErrorCode) &&
         instruction.a == slot;
}

// How many entries on top of the operand stack it pops or reads.
int entriesTaken(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPushConsArray:
      return instruction.a;
    case Opcode::kPushClosure:
      return instruction.b;
    case Opcode::kPushFullClosure:
      return instruction.b + ((instruction.c & kReceiverOnStack) != 0 ? 1 : 0);
    case Opcode::kPopIntoReceiverVariable:
    case Opcode::kPopIntoTemporary:
    case Opcode::kPopIntoTemporaryInVector:
    case Opcode::kPopIntoLiteralVariable:
    case Opcode::kStoreIntoReceiverVariable:
    case Opcode::kStoreIntoTemporary:
    case Opcode::kStoreIntoTemporaryInVector:
    case Opcode::kStoreIntoLiteralVariable:
    case Opcode::kPop:
    case Opcode::kDuplicate:
      return 1;
    case Opcode::kSend:
    case Opcode::kSendSuper:
    case Opcode::kSendSpecial:
      return instruction.b + 1;
    case Opcode::kSendDirectedSuper:
    case Opcode::kNotIdentical:
      return 2 + (instruction.opcode == Opcode::kNotIdentical ? 0 : instruction.b);
    default:
      return 0;
  }
}

bool takesTop(const Terminator& end) {
  return end.kind == TerminatorKind::kConditionalJump ||
         (end.value == ReturnValue::kTop && end.kind != TerminatorKind::kFallthrough &&
          end.kind != TerminatorKind::kJump);
}

// What the push at `index` leaves is a copied value of a closure and nothing else.
bool isCopied(const Body& body, const BasicBlock& block, int32_t index) {
  const int entry = body.instructions[static_cast<size_t>(index)].depth;
  for (int32_t next = index + 1; next < block.endInstruction; ++next) {
    const Instruction& instruction = body.instructions[static_cast<size_t>(next)];
    if (instruction.depth - entriesTaken(instruction) > entry) continue;
    return isClosure(instruction) && instruction.depth - instruction.b <= entry;
  }
  return false;
}

bool usesAsVector(const Body& body, const BasicBlock& block, int32_t index, int slot, int size) {
  const Instruction& instruction = body.instructions[static_cast<size_t>(index)];
  if (isElementAccess(instruction) && instruction.b == slot) return instruction.a < size;
  if (instruction.opcode != Opcode::kPushTemporary || instruction.a != slot) return true;
  return isCopied(body, block, index);
}

// A block's own temporaries are entries of the operand stack: no other entry may ever be there.
bool keepsEntry(const Body& body, int slot) {
  const int entry = slot - body.numFixedSlots;
  if (entry < 0) return true;
  const auto isNil = [](const Instruction& push) {
    return push.opcode == Opcode::kPushConstant &&
           push.a == static_cast<int32_t>(bytecode::Constant::kNil);
  };
  for (const Instruction& instruction : body.instructions) {
    if (instruction.depth > entry && instruction.depth - entriesTaken(instruction) <= entry)
      return false;
    if (instruction.depth == entry && !isNil(instruction)) return false;
  }
  return std::ranges::none_of(body.blocks, [entry](const BasicBlock& block) {
    return takesTop(block.terminator) && block.terminator.depth - 1 == entry;
  });
}

class VectorAnalysis {
 public:
  VectorAnalysis(const Body& body, const TempVector& vector) : body_(body), vector_(vector) {}

  bool holds() const {
    if (!keepsEntry(body_, vector_.slot)) return false;
    for (const BasicBlock& block : body_.blocks)
      for (int32_t i = block.firstInstruction; i < block.endInstruction; ++i)
        if (!usesAsVector(body_, block, i, vector_.slot, vector_.size) || assignsElse(block, i))
          return false;
    return isMadeBeforeUses();
  }

 private:
  bool isCreation(int32_t index) const {
    return std::ranges::find(vector_.creations, index) != vector_.creations.end();
  }

  bool assignsElse(const BasicBlock& block, int32_t index) const {
    return assigns(body_.instructions[static_cast<size_t>(index)], vector_.slot) &&
           (index == block.firstInstruction || !isCreation(index - 1));
  }

  bool isUse(const Instruction& instruction) const {
    return (isElementAccess(instruction) && instruction.b == vector_.slot) ||
           (instruction.opcode == Opcode::kPushTemporary && instruction.a == vector_.slot);
  }

  // Whether the vector is there behind the block; `fits` becomes false at a use without one.
  bool behind(const BasicBlock& block, bool isMade, bool& fits) const {
    for (int32_t i = block.firstInstruction; i < block.endInstruction; ++i) {
      if (isCreation(i)) isMade = true;
      if (!isMade && isUse(body_.instructions[static_cast<size_t>(i)])) fits = false;
    }
    return isMade;
  }

  bool isMadeBeforeUses() const {
    std::vector<bool> made(body_.blocks.size(), true);  // behind the block
    bool fits = true;
    for (bool changed = true; changed;) {
      changed = false;
      fits = true;
      for (size_t i = 0; i < body_.blocks.size(); ++i) {
        const BasicBlock& block = body_.blocks[i];
        const bool atEntry =
            i > 0 && std::ranges::all_of(block.predecessors, [&made](int32_t predecessor) {
              return made[static_cast<size_t>(predecessor)];
            });
        const bool now = behind(block, atEntry, fits);
        changed |= now != made[i];
        made[i] = now;
      }
    }
    return fits;
  }

  const Body& body_;
  const TempVector& vector_;
};

std::vector<TempVector> candidatesIn(const Body& body) {
  std::vector<TempVector> found;
  for (const BasicBlock& block : body.blocks) {
    for (int32_t i = block.firstInstruction; i + 1 < block.endInstruction; ++i) {
      const Instruction& creation = body.instructions[static_cast<size_t>(i)];
      const Instruction& store = body.instructions[static_cast<size_t>(i) + 1];
      if (creation.opcode != Opcode::kPushNewArray || store.opcode != Opcode::kPopIntoTemporary ||
          store.a < body.numArgs + body.numCopied)
        continue;
      const auto same = std::ranges::find(found, store.a, &TempVector::slot);
      if (same == found.end())
        found.push_back({store.a, creation.a, {i}});
      else if (same->size == creation.a)
        same->creations.push_back(i);  // of another size: it is no creation, so that none holds
    }
  }
  return found;
}

}  // namespace

std::vector<TempVector> tempVectors(const Body& body) {
  std::vector<TempVector> vectors = candidatesIn(body);
  std::erase_if(vectors, [&body](const TempVector& vector) {
    return vector.size == 0 || vector.size > kMaxVectorSize ||
           !VectorAnalysis(body, vector).holds();
  });
  return vectors;
}

bool isUsedAsVector(const Body& body, int slot, int size) {
  for (const BasicBlock& block : body.blocks)
    for (int32_t i = block.firstInstruction; i < block.endInstruction; ++i)
      if (!usesAsVector(body, block, i, slot, size) ||
          assigns(body.instructions[static_cast<size_t>(i)], slot))
        return false;
  return true;
}

int copiedVectorSize(const Body& body, int slot) {
  int size = 0;
  for (const Instruction& instruction : body.instructions) {
    if (assigns(instruction, slot)) return 0;
    if (instruction.opcode == Opcode::kPushTemporary && instruction.a == slot) return 0;
    if (isElementAccess(instruction) && instruction.b == slot)
      size = std::max(size, instruction.a + 1);
  }
  return size <= kMaxVectorSize ? size : 0;
}

}  // namespace stwasm::ir
