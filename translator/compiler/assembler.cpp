// Lays out instructions: distances of jumps depend on sizes and sizes on distances, so the sizes
// begin at their smallest and grow until all distances fit.
#include <algorithm>
#include <map>
#include <utility>

#include "translator/bytecode/special_selectors.h"
#include "translator/compiler/instruction.h"

namespace stwasm::compiler {

namespace {

bool isJump(Operation operation) {
  return operation == Operation::kJump || operation == Operation::kJumpIfTrue ||
         operation == Operation::kJumpIfFalse;
}

bool needsDistance(const Instruction& instruction) {
  return isJump(instruction.operation) || instruction.operation == Operation::kPushClosure;
}

class Assembler {
 public:
  Assembler(const Code& code, const Encoder& encoder) : code_(code), encoder_(encoder) {}

  std::optional<std::string> run(std::vector<uint8_t>& bytes, std::vector<uint32_t>& ends) {
    sizes_.assign(code_.size(), 0);
    do {
      placeLabels();
      if (auto mistake = measure()) return mistake;
    } while (grown_);
    for (size_t i = 0; i < code_.size(); ++i) {
      if (auto mistake = encodeAt(i, bytes)) return mistake;
      ends.push_back(static_cast<uint32_t>(bytes.size()));
    }
    return std::nullopt;
  }

 private:
  void placeLabels() {
    positions_.assign(code_.size() + 1, 0);
    for (size_t i = 0; i < code_.size(); ++i) {
      positions_[i + 1] = positions_[i] + sizes_[i];
      if (code_[i].operation == Operation::kLabel) labels_[code_[i].a] = positions_[i];
    }
  }

  std::optional<std::string> measure() {
    grown_ = false;
    for (size_t i = 0; i < code_.size(); ++i) {
      std::vector<uint8_t> bytes;
      if (auto mistake = encodeAt(i, bytes)) return mistake;
      const int size = static_cast<int>(bytes.size());
      if (size <= sizes_[i]) continue;
      sizes_[i] = size;
      grown_ = true;
    }
    return std::nullopt;
  }

  std::optional<std::string> encodeAt(size_t i, std::vector<uint8_t>& bytes) const {
    const Instruction& instruction = code_[i];
    if (instruction.operation == Operation::kLabel) return std::nullopt;
    const int distance =
        needsDistance(instruction) ? labels_.at(instruction.target) - positions_[i + 1] : 0;
    // A jump to what follows it: only its operand has to go.
    if (distance == 0 && isJump(instruction.operation)) {
      if (instruction.operation == Operation::kJump) return std::nullopt;
      return encoder_.encode({Operation::kPop}, 0, bytes);
    }
    return encoder_.encode(instruction, distance, bytes);
  }

  const Code& code_;
  const Encoder& encoder_;
  std::vector<int> sizes_;
  std::vector<int> positions_;
  std::map<int, int> labels_;
  bool grown_ = false;
};

int stackEffect(const Instruction& instruction) {
  switch (instruction.operation) {
    case Operation::kPushReceiver:
    case Operation::kPushContext:
    case Operation::kPushSlot:
    case Operation::kPushTemporary:
    case Operation::kPushInVector:
    case Operation::kPushLiteral:
    case Operation::kPushBinding:
    case Operation::kPushConstant:
    case Operation::kPushInteger:
    case Operation::kPushCharacter:
    case Operation::kPushNewVector:
    case Operation::kDuplicate:
    // What is returned counts as pushed: the value that the code around the return expects.
    case Operation::kReturnReceiver:
    case Operation::kReturnConstant:
      return 1;
    case Operation::kConsArray:
    case Operation::kPushClosure:
      return 1 - instruction.a;
    case Operation::kPushFullClosure:
      return 1 - instruction.b;
    case Operation::kPopIntoSlot:
    case Operation::kPopIntoTemporary:
    case Operation::kPopIntoVector:
    case Operation::kPopIntoBinding:
    case Operation::kJumpIfTrue:
    case Operation::kJumpIfFalse:
    case Operation::kPop:
      return -1;
    case Operation::kSend:
    case Operation::kSuperSend:
    case Operation::kSpecialSend:
      return -instruction.b;
    case Operation::kDirectedSuperSend:
      return -instruction.b - 1;
    default:
      return 0;
  }
}

}  // namespace

std::optional<std::string> assemble(const Code& code, const Encoder& encoder,
                                    std::vector<uint8_t>& bytes, std::vector<uint32_t>& ends) {
  return Assembler(code, encoder).run(bytes, ends);
}

int deepestStack(const Code& code, int depth) {
  std::map<int, int> atLabel;
  int deepest = depth;
  for (const Instruction& instruction : code) {
    if (instruction.operation == Operation::kLabel) {
      const auto known = atLabel.find(instruction.a);
      if (known != atLabel.end()) depth = known->second;
      continue;
    }
    depth += stackEffect(instruction);
    deepest = std::max(deepest, depth);
    if (isJump(instruction.operation)) atLabel.emplace(instruction.target, depth);
    if (instruction.operation == Operation::kPushClosure) {
      // Behind the block's code the frame goes on as if nothing had been there.
      atLabel.emplace(instruction.target, depth);
      depth = instruction.a + instruction.b;
    }
  }
  return deepest;
}

}  // namespace stwasm::compiler
