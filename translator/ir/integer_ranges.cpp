// See integer_ranges.h.
#include "translator/ir/integer_ranges.h"

#include <algorithm>
#include <deque>

#include "translator/bytecode/special_selectors.h"

namespace stwasm::ir {

using namespace bytecode;

namespace {

// An operand up to this size makes an overflow so rare that leaving the frame is right.
constexpr int32_t kSmallStep = 1 << 16;

// How often a block's ranges may grow before they are taken to be all SmallIntegers.
constexpr int kVisitsBeforeWidening = 3;

constexpr int kNoSlot = -1;

bool isSmallStep(IntegerRange range) {
  return range.low >= -kSmallStep && range.high <= kSmallStep;
}

IntegerOperation sum(int64_t low, int64_t high, bool smallStep) {
  IntegerOperation operation{true, low < kMinSmallInteger || high > kMaxSmallInteger, false, {}};
  if (operation.overflows && !smallStep) return {};
  operation.exitsOnOverflow = operation.overflows;
  operation.result = {true, static_cast<int32_t>(std::max<int64_t>(low, kMinSmallInteger)),
                      static_cast<int32_t>(std::min<int64_t>(high, kMaxSmallInteger))};
  return operation;
}

IntegerRange bitAnd(IntegerRange a, IntegerRange b) {
  if (a.low >= 0 && b.low >= 0) return {true, 0, std::min(a.high, b.high)};
  if (a.low >= 0) return {true, 0, a.high};
  if (b.low >= 0) return {true, 0, b.high};
  return IntegerRange::all();
}

IntegerRange bitOr(IntegerRange a, IntegerRange b) {
  if (a.low < 0 || b.low < 0) return IntegerRange::all();
  int32_t mask = 0;
  while (mask < std::max(a.high, b.high)) mask = mask << 1 | 1;
  return {true, 0, mask};
}

// The smallest range that has both, for a slot where two paths meet.
IntegerRange hull(IntegerRange a, IntegerRange b) {
  if (!a.known || !b.known) return {};
  return {true, std::min(a.low, b.low), std::max(a.high, b.high)};
}

bool fits(int64_t low, int64_t high) { return low >= kMinSmallInteger && high <= kMaxSmallInteger; }

// Where the general form may be needed it is not in place.
IntegerOperation product(IntegerRange a, IntegerRange b) {
  const auto corners = std::minmax({int64_t{a.low} * b.low, int64_t{a.low} * b.high,
                                    int64_t{a.high} * b.low, int64_t{a.high} * b.high});
  if (!fits(corners.first, corners.second)) return {};
  return {true,
          false,
          false,
          {true, static_cast<int32_t>(corners.first), static_cast<int32_t>(corners.second)}};
}

int32_t floorQuotient(int32_t dividend, int32_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

// \\ and //, by what is above zero.
IntegerOperation division(int specialSelector, IntegerRange a, IntegerRange b) {
  IntegerOperation operation{b.low > 0, false, false, {}, a.low < 0};
  if (!operation.inPlace) return operation;
  if (specialSelector == kSelectorModulo) {
    const int32_t high = a.low >= 0 ? std::min(a.high, b.high - 1) : b.high - 1;
    operation.result = {true, 0, high};
  } else {
    operation.result = {true, floorQuotient(a.low, a.low < 0 ? b.low : b.high),
                        floorQuotient(a.high, a.high < 0 ? b.high : b.low)};
  }
  return operation;
}

IntegerOperation shift(IntegerRange a, IntegerRange bits) {
  if (bits.low != bits.high || bits.low <= -31 || bits.low >= 31) return {};
  const int32_t by = bits.low;
  if (by <= 0) return {true, false, false, {true, a.low >> -by, a.high >> -by}};
  return product(a, by < 30 ? IntegerRange::constant(1 << by) : IntegerRange::all());
}

class RangeAnalysis {
 public:
  RangeAnalysis(const Body& body, const IntegerAssumptions& assumptions)
      : body_(body), assumptions_(assumptions), visits_(body.blocks.size()) {}

  RangesAtEntry run() {
    entry_.resize(body_.blocks.size());
    if (body_.blocks.empty()) return entry_;
    entry_[0].resize(static_cast<size_t>(body_.numFixedSlots) +
                     static_cast<size_t>(body_.facts.maxDepth) + 1);
    std::ranges::copy(assumptions_.arguments, entry_[0].begin());
    pending_.push_back(0);
    while (!pending_.empty()) {
      const size_t index = pending_.front();
      pending_.pop_front();
      const BasicBlock& block = body_.blocks[index];
      enter(entry_[index]);
      for (const Instruction& instruction : body_.instructionsOf(block)) execute(instruction);
      flowTo(block.terminator.target);
      flowTo(block.terminator.next);
    }
    return std::move(entry_);
  }

  RangesBefore replay(const RangesAtEntry& entry) {
    RangesBefore before(body_.instructions.size());
    for (size_t index = 0; index < body_.blocks.size(); ++index) {
      if (entry[index].empty()) continue;
      const BasicBlock& block = body_.blocks[index];
      enter(entry[index]);
      for (int32_t i = block.firstInstruction; i < block.endInstruction; ++i) {
        before[static_cast<size_t>(i)] = slots_;
        execute(body_.instructions[static_cast<size_t>(i)]);
      }
    }
    return before;
  }

 private:
  void flowTo(int32_t block) {
    if (block == kNoBlock) return;
    const auto index = static_cast<size_t>(block);
    std::vector<IntegerRange>& entry = entry_[index];
    if (entry.empty()) {
      entry = slots_;
      pending_.push_back(index);
      return;
    }
    bool changed = false;
    for (size_t i = 0; i < entry.size(); ++i) {
      IntegerRange met = hull(entry[i], slots_[i]);
      if (met == entry[i]) continue;
      if (met.known && visits_[index] >= kVisitsBeforeWidening) met = widened(entry[i], met);
      entry[i] = met;
      changed = true;
    }
    if (!changed) return;
    ++visits_[index];
    pending_.push_back(index);
  }

  void enter(const std::vector<IntegerRange>& entry) {
    slots_ = entry;
    origins_.assign(static_cast<size_t>(body_.facts.maxDepth) + 1, kNoSlot);
  }

  static IntegerRange widened(IntegerRange before, IntegerRange after) {
    return {true, after.low < before.low ? kMinSmallInteger : after.low,
            after.high > before.high ? kMaxSmallInteger : after.high};
  }

  IntegerRange& slot(int frameSlot) { return slots_[static_cast<size_t>(frameSlot)]; }
  // The operand-stack entry at this depth.
  IntegerRange& entryAt(int depth) { return slot(body_.numFixedSlots + depth); }

  void execute(const Instruction& instruction) {
    const int depth = instruction.depth;
    switch (instruction.opcode) {
      case Opcode::kPushReceiver:
        return push(depth,
                    assumptions_.receiverIsSmallInteger ? IntegerRange::all() : IntegerRange{});
      case Opcode::kPushTemporary:
        return push(depth, slot(instruction.a), isShared(instruction.a) ? kNoSlot : instruction.a);
      case Opcode::kPushLiteralConstant:
        return push(depth, assumptions_.literal(instruction.a));
      case Opcode::kPushConstant:
        return push(depth, constantRange(static_cast<Constant>(instruction.a)));
      case Opcode::kPushInteger:
        return push(depth, IntegerRange::constant(instruction.a));
      case Opcode::kDuplicate:
        return push(depth, entryAt(depth - 1), body_.numFixedSlots + depth - 1);
      case Opcode::kPopIntoTemporary:
      case Opcode::kStoreIntoTemporary:
        if (!isShared(instruction.a)) store(instruction.a, entryAt(depth - 1));
        return;
      case Opcode::kStorePrimitiveErrorCode:
        return store(instruction.a, {});
      case Opcode::kSendSpecial:
        return executeSpecialSend(instruction);
      default:
        forgetResult(instruction);
    }
  }

  bool isShared(int frameSlot) const {
    return assumptions_.sharesTemporaries && frameSlot < body_.numFixedSlots;
  }

  void push(int depth, IntegerRange range, int origin = kNoSlot) {
    entryAt(depth) = range;
    origins_[static_cast<size_t>(depth)] = origin;
  }

  void store(int frameSlot, IntegerRange range) {
    slot(frameSlot) = range;
    std::ranges::replace(origins_, frameSlot, kNoSlot);
  }

  void executeSpecialSend(const Instruction& instruction) {
    const int depth = instruction.depth;
    const int receiver = depth - 1 - instruction.b;
    if (assumptions_.isSpeculated && assumptions_.isSpeculated(instruction))
      return push(receiver, speculate(instruction, receiver));
    if (instruction.b != 1) return push(receiver, {});
    push(receiver,
         integerOperation(instruction.a, entryAt(receiver), entryAt(receiver + 1)).result);
  }

  // Behind it its operands are known as well, and the temporaries that they came from.
  IntegerRange speculate(const Instruction& instruction, int receiver) {
    if (instruction.a == kSelectorSize) return {true, 0, kMaxSmallInteger};
    const bool isArithmetic = instruction.a <= kSelectorBitOr;
    if (isArithmetic) noteInteger(receiver);
    noteInteger(receiver + 1);
    if (!isArithmetic) return {};
    return speculatedOperation(instruction.a, entryAt(receiver), entryAt(receiver + 1)).result;
  }

  void noteInteger(int depth) {
    const int origin = origins_[static_cast<size_t>(depth)];
    if (entryAt(depth).known) return;
    entryAt(depth) = IntegerRange::all();
    if (origin != kNoSlot) slot(origin) = IntegerRange::all();
  }

  // Whatever else pushes something leaves it on top. The lowest entry it may have replaced and all
  // above are forgotten.
  void forgetResult(const Instruction& instruction) {
    int lowest = instruction.depth;
    switch (instruction.opcode) {
      case Opcode::kPop:
      case Opcode::kPopIntoReceiverVariable:
      case Opcode::kPopIntoTemporaryInVector:
      case Opcode::kPopIntoLiteralVariable:
      case Opcode::kStoreIntoReceiverVariable:
      case Opcode::kStoreIntoTemporaryInVector:
      case Opcode::kStoreIntoLiteralVariable:
      case Opcode::kCallPrimitive:
        return;
      case Opcode::kSend:
      case Opcode::kSendSuper:
        lowest -= instruction.b + 1;
        break;
      case Opcode::kSendDirectedSuper:
      case Opcode::kNotIdentical:
        lowest -= instruction.b + 2;
        break;
      case Opcode::kPushConsArray:
        lowest -= instruction.a;
        break;
      case Opcode::kPushClosure:
      case Opcode::kPushFullClosure:
        lowest -= instruction.b + 1;
        break;
      default:
        break;
    }
    for (int depth = std::max(lowest, 0); depth <= instruction.depth; ++depth) push(depth, {});
  }

  static IntegerRange constantRange(Constant constant) {
    switch (constant) {
      case Constant::kMinusOne:
        return IntegerRange::constant(-1);
      case Constant::kZero:
        return IntegerRange::constant(0);
      case Constant::kOne:
        return IntegerRange::constant(1);
      case Constant::kTwo:
        return IntegerRange::constant(2);
      default:
        return {};
    }
  }

  const Body& body_;
  const IntegerAssumptions& assumptions_;
  RangesAtEntry entry_;
  std::vector<IntegerRange> slots_;
  std::vector<int> origins_;  // by depth: the temporary that the entry is, or kNoSlot
  std::vector<int> visits_;
  std::deque<size_t> pending_;
};

// Of two SmallIntegers; smallStep: the frame leaves where a sum does not fit.
IntegerOperation operationOf(int specialSelector, IntegerRange receiver, IntegerRange argument,
                             bool smallStep) {
  switch (specialSelector) {
    case kSelectorAdd:
      return sum(int64_t{receiver.low} + argument.low, int64_t{receiver.high} + argument.high,
                 smallStep);
    case kSelectorSubtract:
      return sum(int64_t{receiver.low} - argument.high, int64_t{receiver.high} - argument.low,
                 smallStep);
    case kSelectorBitAnd:
      return {true, false, false, bitAnd(receiver, argument)};
    case kSelectorBitOr:
      return {true, false, false, bitOr(receiver, argument)};
    case kSelectorMultiply:
      return product(receiver, argument);
    case kSelectorModulo:
    case kSelectorIntegerDivide:
      return division(specialSelector, receiver, argument);
    case kSelectorBitShift:
      return shift(receiver, argument);
    default:
      // Comparisons: the answer is a Boolean.
      if (specialSelector >= kSelectorLess && specialSelector <= kSelectorNotEqual)
        return {true, false, false, {}};
      return {};
  }
}

}  // namespace

IntegerOperation integerOperation(int specialSelector, IntegerRange receiver,
                                  IntegerRange argument) {
  if (!receiver.known || !argument.known) return {};
  return operationOf(specialSelector, receiver, argument,
                     isSmallStep(receiver) || isSmallStep(argument));
}

IntegerOperation speculatedOperation(int specialSelector, IntegerRange receiver,
                                     IntegerRange argument) {
  if (!receiver.known) receiver = IntegerRange::all();
  if (!argument.known) argument = IntegerRange::all();
  const bool divides =
      specialSelector == kSelectorModulo || specialSelector == kSelectorIntegerDivide;
  if (divides && argument.low <= 0) argument = {true, 1, std::max(argument.high, 1)};
  IntegerOperation operation = operationOf(specialSelector, receiver, argument, true);
  if (!operation.inPlace) operation = {true, true, true, IntegerRange::all()};
  return operation;
}

RangesAtEntry integerRanges(const Body& body, const IntegerAssumptions& assumptions) {
  return RangeAnalysis(body, assumptions).run();
}

RangesBefore rangesBefore(const Body& body, const IntegerAssumptions& assumptions,
                          const RangesAtEntry& entry) {
  return RangeAnalysis(body, assumptions).replay(entry);
}

}  // namespace stwasm::ir
