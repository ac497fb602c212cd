// Hot code as a profile has seen it, without the general forms. Where operands, or classes of
// receivers, are others than those that the profile has seen, the frame leaves for the interpreter
// ($exit) instead of joining the common way again behind a real send: so the engine and
// ir/integer_ranges remember what was tested. Each exit is counted; after a few of them the
// function calls its other version, `@general`, which is written as without speculation.
#include <algorithm>

#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

namespace {

using namespace bytecode;

// Exits of a function until its general version takes over.
constexpr int kMaxExits = 8;

}  // namespace

bool BodyEmitter::isSpeculated(const ir::Instruction& instruction) const {
  if (!speculates_ || instruction.opcode != ir::Opcode::kSendSpecial) return false;
  const profile::SendProfile* seen = profileAt(instruction.pc);
  if (seen == nullptr || seen->count < kHotSends || seen->receivers.size() != 1) return false;
  if (seen->receivers[0].count != seen->count || seen->general > 0) return false;
  const image::ObjectId behavior = seen->receivers[0].behavior;
  if (instruction.a == kSelectorAt || instruction.a == kSelectorAtPut ||
      instruction.a == kSelectorSize)
    return context_.elements.kindOf(behavior).has_value();
  if (instruction.a > kSelectorBitOr ||
      behavior != model_.special(image::SpecialObject::kClassSmallInteger))
    return false;
  const auto index = static_cast<size_t>(&instruction - body_.instructions.data());
  return isInPlace(instruction,
                   index > 0 ? pushedInteger(body_.instructions[index - 1]) : std::nullopt);
}

// Behind it the operand is known to be a SmallInteger, and the temporary that it stands for.
void BodyEmitter::noteInteger(const Operand& operand) {
  if (operand.range.known || operand.kind != Operand::Kind::kTemp || heapTemps_) return;
  const int stackDepth = operand.temp - body_.numFixedSlots;
  if (stackDepth >= 0 && stackDepth < depth())
    stack_[static_cast<size_t>(stackDepth)].range = ir::IntegerRange::all();
  else
    slotRanges_[static_cast<size_t>(operand.temp)] = ir::IntegerRange::all();
}

// The operands from `receiver` on go to their slots. Virtual blocks are made by the handler.
void BodyEmitter::keepForInterpreter(size_t receiver) {
  for (size_t i = receiver; i < stack_.size(); ++i) {
    const Operand& operand = stack_[i];
    if (operand.block != nullptr) continue;
    if (operand.kind != Operand::Kind::kSlot || operand.unboxedSlot >= 0)
      out_.line("(local.set {} {})", stackSlot(static_cast<int>(i)), operand.code);
  }
}

// The interpreter executes the instruction.
void BodyEmitter::emitExit(const ir::Instruction& instruction, size_t receiver) {
  emitDeferredCheck(std::exchange(deferred_, {}));
  keepForInterpreter(receiver);
  exits_ = canUnwind_ = true;
  out_.line("(br $exit (i32.const {}))", position(instruction.pc, depth()));
}

// Whether the candidates, and so many other classes that have been tested for, are all that the
// profile has seen.
bool BodyEmitter::coversAllSeen(const TargetedSend& send, const std::vector<Candidate>& candidates,
                                size_t others) const {
  const profile::SendProfile* seen = speculates_ ? profileAt(send.instruction.pc) : nullptr;
  if (seen == nullptr || seen->count < kHotSends) return false;
  if (seen->general > 0) return false;
  const Operand& object = stack_[send.receiver];
  if (object.range.known) return candidates.size() == 1;
  // An inlined method's receiver has been tested for its class.
  if (object.kind == Operand::Kind::kSelf && object.likelyClass != image::kNil)
    return candidates.size() == 1 && candidates[0].behavior == object.likelyClass;
  uint64_t count = 0;
  for (const profile::ReceiverCount& receiver : seen->receivers) count += receiver.count;
  for (const Candidate& candidate : candidates) others += static_cast<size_t>(candidate.classes);
  return count == seen->count && others == seen->receivers.size();
}

// Where a class is new to a candidate the interpreter goes on this once.
void BodyEmitter::emitOnlyCandidates(const TargetedSend& send,
                                     const std::vector<Candidate>& candidates) {
  if (!candidates.empty()) emitCandidates(send, candidates, true);
  emitExit(send.instruction, send.receiver);
  out_.close();
  stack_.resize(send.receiver);
  pushAnswer();
}

bool BodyEmitter::hasSeenSmallIntegers(const ir::Instruction& instruction) const {
  const profile::SendProfile* seen = profileAt(instruction.pc);
  const image::ObjectId integers = model_.special(image::SpecialObject::kClassSmallInteger);
  return seen == nullptr ||
         std::ranges::any_of(seen->receivers, [&](const profile::ReceiverCount& receiver) {
           return receiver.behavior == integers;
         });
}

// A send that did not happen while all the rest ran often.
bool BodyEmitter::emitNeverSeen(const ir::Instruction& instruction) {
  if (!speculates_ || profileAt(instruction.pc) != nullptr) return false;
  const profile::CodeProfile* code = context_.options.profile->of(plan_.view.id());
  const int startPc = body_.isBlock() && !body_.isFullBlock ? body_.startPc : 0;
  if (code == nullptr || code->activationsOf(static_cast<uint32_t>(startPc)) < kHotSends)
    return false;
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  keepForCapture(receiver);
  emitExit(instruction, receiver);
  stack_.resize(receiver);
  pushSlot();
  return true;
}

void BodyEmitter::emitSpeculatedOperation(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - 2;
  keepForCapture(receiver);
  emitSpeculatedIntegers(instruction);
  const ir::IntegerRange result = speculatedResult(instruction).result;
  stack_.resize(receiver);
  pushResult(instruction, result);
}

ir::IntegerOperation BodyEmitter::speculatedResult(const ir::Instruction& instruction) const {
  return ir::speculatedOperation(instruction.a, stack_[stack_.size() - 2].range,
                                 stack_[stack_.size() - 1].range);
}

// The result is in $x or $c; the operands are still on the operand stack.
void BodyEmitter::emitSpeculatedIntegers(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - 2;
  ir::IntegerOperation known = speculatedResult(instruction);
  known.inPlace = !known.overflows;
  out_.open("block $done");
  out_.open("block $general");
  general_ = "$general";
  emitIntegerOperands(stack_[receiver], stack_[receiver + 1]);
  emitOperation(instruction, stack_[receiver + 1], known);
  out_.line("br $done");
  out_.close();
  emitExit(instruction, receiver);
  out_.close();
  noteInteger(stack_[receiver]);
  noteInteger(stack_[receiver + 1]);
}

void BodyEmitter::emitSpeculatedElement(const ir::Instruction& instruction, size_t receiver) {
  const auto kind = context_.elements.kindOf(profileAt(instruction.pc)->receivers[0].behavior);
  const TargetedSend send{nullptr, "", receiver, 0, instruction.b, "", instruction};
  out_.open("block $sent");
  emitElement(send, {instruction.a, *kind, {}, 0});
  emitExit(instruction, receiver);
  out_.close();
  if (instruction.b > 0) noteInteger(stack_[receiver + 1]);
  stack_.resize(receiver);
  pushSlot(instruction.a == kSelectorSize ? ir::IntegerRange{true, 0, ir::kMaxSmallInteger}
                                          : ir::IntegerRange{});
}

// Around all code of the activation.
void BodyEmitter::emitExitBlock(const std::string& code) {
  out_.open("block $exit (result i32)");
  out_.raw(indented(code));
  out_.close();
  if (scope_.exitWord == 0) scope_.exitWord = newCallSite();
  out_.line("(call $count_exit (i32.const {}))", scope_.exitWord);
}

// A function that has left too often calls its general version.
std::string BodyEmitter::versionTest(const std::string& name) const {
  std::string arguments = body_.isBlock() ? "(local.get $closure)" : "(local.get $self)";
  for (int i = 0; i < body_.numArgs; ++i) arguments += fmt::format(" (local.get {})", slotName(i));
  if (!body_.isBlock()) arguments += " (local.get $selector)";
  return fmt::format(
      "    (if (i32.ge_u (i32.load offset={} (i32.const 0)) (i32.const {})) (then (return_call "
      "${}@general {} (local.get $depth))))\n",
      scope_.exitWord, kMaxExits, name, arguments);
}

}  // namespace stwasm::emit
