// Literal blocks that flow into inlined methods: their `value` is their body, in place. The closure
// is virtual: a local holds it once something has asked for it, so that all captured frames share
// one. Its copied values are in locals.
//
// Copied values, arguments and `self` of an inlined block are as in its own function; what differs
// is `^`: where the home is an activation in the same function, it is a branch.
#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"
#include "translator/emit/inlining_limit.h"
#include "translator/ir/temp_vectors.h"

namespace stwasm::emit {

using ir::Opcode;

// Whether the closure that is about to be pushed is an argument of a method that will be inlined
// and evaluates it.
bool BodyEmitter::flowsIntoInlined(const ir::Instruction& creation) const {
  if (!context_.options.inlines || heapTemps_) return false;
  const int entry = depth() - creation.b;
  for (const ir::Instruction& instruction : rest_) {
    if (instruction.depth <= entry) return false;
    const bool sends =
        instruction.opcode == Opcode::kSend || instruction.opcode == Opcode::kSendSpecial;
    if (sends && instruction.depth - instruction.b - 1 == entry)
      return isEvaluatedBy(instruction, creation.opcode == Opcode::kPushFullClosure);
    if (sends && instruction.depth - instruction.b <= entry)
      return evaluatesArgument(instruction, entry);
  }
  return false;
}

bool BodyEmitter::evaluatesArgument(const ir::Instruction& send, int entry) const {
  const auto receiver = static_cast<size_t>(send.depth - send.b - 1);
  if (receiver >= stack_.size()) return false;
  const int argument = entry - static_cast<int>(receiver) - 1;
  for (const Candidate& candidate : candidatesOf(send, stack_[receiver])) {
    const MethodPlan& callee = *candidate.target->plan;
    if (mayInline(callee, inliningLimitAt(send, true)) &&
        evaluatesSlot(callee, callee.ir.bodies[0], argument))
      return true;
  }
  return false;
}

// The selector of a send, kNil where it is none that is looked up.
image::ObjectId BodyEmitter::selectorOf(const ir::Instruction& send) const {
  if (send.opcode == Opcode::kSendSpecial)
    return send.a < bytecode::kSelectorDo
               ? image::kNil
               : model_.specialSelectors()[static_cast<size_t>(send.a)].selector;
  return plan_.view.literals()[static_cast<size_t>(send.a)].objectId();
}

std::vector<Candidate> BodyEmitter::candidatesOf(const ir::Instruction& send,
                                                 const Operand& receiver) const {
  const image::ObjectId selector = selectorOf(send);
  if (selector == image::kNil) return {};
  if (auto candidates = hotCandidates(send, selector, receiver); !candidates.empty())
    return candidates;
  const CallTarget* target = targetOf(selector, send.b, receiver);
  return target == nullptr ? std::vector<Candidate>{} : std::vector<Candidate>{{target}};
}

// False where the closure has to be made at once.
bool BodyEmitter::emitVirtualClosure(const ir::Instruction& instruction) {
  if (!flowsIntoInlined(instruction)) return false;
  auto block = std::make_unique<VirtualBlock>();
  block->home = this;
  block->isFull = instruction.opcode == Opcode::kPushFullClosure;
  if (block->isFull) {
    const MethodPlan& full = *plan_.fullBlockAt(instruction.a);
    if (instruction.c != 0 || !full.refused.empty()) return false;
    block->plan = &full;
    block->body = full.ir.bodies.data();
    block->tree = full.trees.data();
  } else {
    block->plan = &plan_;
    block->body = &plan_.ir.bodies[static_cast<size_t>(instruction.a)];
    block->tree = &plan_.trees[static_cast<size_t>(instruction.a)];
  }
  const std::string local = fmt::format("$b{}", ++scope_.blocks);
  declare(local, "(ref null $BlockClosure)");
  out_.line("(local.set {} (ref.null $BlockClosure))", local);
  const std::string copied = copyValues(*block, instruction.b, local);
  const std::string made = block->isFull ? fullClosureCode(instruction, self_, copied)
                                         : closureCode(instruction, copied);
  block->code = fmt::format(
      "(block (result (ref $BlockClosure)) (if (ref.is_null (local.get {})) (then {} (local.set {} "
      "{}))) (ref.as_non_null (local.get {})))",
      local, inLoopEntry_ ? "" : makeOuter(), local, made, local);
  push({Operand::Kind::kPure, 0, {}, block->code, {}, closureClass(block->isFull), block.get()});
  scope_.virtualBlocks.push_back(std::move(block));
  return true;
}

// Pops them into locals; answers the array for the closure.
std::string BodyEmitter::copyValues(VirtualBlock& block, int count, const std::string& local) {
  if (count == 0) return "(global.get $empty_slots)";
  std::string array = fmt::format("(array.new_fixed $Slots {}", count);
  const size_t first = stack_.size() - static_cast<size_t>(count);
  for (int i = 0; i < count; ++i) {
    const Operand& value = stack_[first + static_cast<size_t>(i)];
    CopiedValue copied{value.code, value.block, value.vector};
    if (value.vector != nullptr) {
      // From here on whoever asks for the closure makes the vector.
      if (value.vector->state == VectorState::kVirtual) value.vector->state = VectorState::kEither;
    } else if (value.block == nullptr) {
      const std::string place = fmt::format("{}.c{}", local, i);
      const bool isInteger = !value.integer.empty();
      declare(place, isInteger ? "i32" : "eqref");
      out_.line("(local.set {} {})", place, isInteger ? value.integer : value.code);
      copied.code = copied.integer = fmt::format("(local.get {})", place);
      if (isInteger)
        copied.code = fmt::format("(ref.i31 {})", copied.integer);
      else
        copied.integer.clear();
      copied.range = value.range;
    }
    array += " " + copied.code;
    block.copied.push_back(std::move(copied));
  }
  stack_.resize(first);
  return array + ")";
}

// value and value: of a virtual block need no lookup: the virtual machine does none either.
bool BodyEmitter::emitInlinedValue(const ir::Instruction& instruction) {
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  const VirtualBlock* block = stack_[receiver].block;
  if (block == nullptr || !mayInlineBlock(*block, instruction.b)) return false;
  keepForCapture(receiver);
  emitInlinedBlock(*block, receiver, instruction.nextPc);
  stack_.resize(receiver);
  out_.line("local.set {}", stackSlot(depth()));
  pushSlot();
  return true;
}

// value:value: and the like are looked up: while they reach the primitive, the class of closures is
// in the site's word.
bool BodyEmitter::emitInlinedValues(const TargetedSend& send) {
  const VirtualBlock* block = stack_[send.receiver].block;
  if (block == nullptr || !context_.targets.isClosureValue(*send.target) ||
      !mayInlineBlock(*block, send.numArgs))
    return false;
  const uint32_t site = newCallSite();
  out_.open("block $sent");
  out_.open("block $other");
  emitClassTest(closureClassIndex(*block), site, 1);
  emitInlinedBlock(*block, send.receiver, send.instruction.nextPc);
  out_.line("local.set {}", stackSlot(static_cast<int>(send.receiver)));
  out_.line("br $sent");
  out_.close();
  const std::string fallback = fallbackCode(send, site);
  stack_.resize(send.receiver);
  out_.line("(local.set {} {})", stackSlot(depth()), fallback);
  emitUnwindCheck(send.instruction.nextPc);
  out_.close();
  canUnwind_ = true;
  pushSlot();
  return true;
}

// value:value: and its kin: the closure's code is called without the method whose primitive does
// it.
bool BodyEmitter::emitClosureSend(const TargetedSend& send) {
  if (!callsClosure(*send.target)) return false;
  const uint32_t site = newCallSite();
  out_.open("block $sent");
  out_.open("block $other");
  emitClosureCall(send, site, 1);
  out_.line("br $sent");
  out_.close();
  const std::string fallback = fallbackCode(send, site);
  stack_.resize(send.receiver);
  out_.line("(local.set {} {})", stackSlot(depth()), fallback);
  out_.close();
  checkResult(send.instruction.nextPc);
  return true;
}

bool BodyEmitter::callsClosure(const CallTarget& target) const {
  return !counts() && context_.options.inlines && CallTargets::isClosureValue(target);
}

// The local for closures of so many arguments.
std::string BodyEmitter::closureLocal(int numArgs) {
  std::string local = fmt::format("$closure{}", numArgs);
  if (scope_.calledClosures.insert(numArgs).second)
    declare(local, fmt::format("(ref $BlockClosure{})", numArgs));
  return local;
}

// Calls the closure in that local. Here, not in the runtime, so that engines see this site's
// blocks.
void BodyEmitter::emitClosureCode(size_t receiver) {
  const int numArgs = static_cast<int>(stack_.size() - receiver) - 1;
  const std::string closure = closureLocal(numArgs);
  std::string arguments;
  for (size_t i = receiver + 1; i < stack_.size(); ++i) arguments += stack_[i].code + " ";
  out_.line(
      "(local.set {0} (call_ref $Block{1} (local.get {2}) {3}(i32.add (local.get $depth) "
      "(i32.const "
      "{4})) (struct.get $BlockClosure{1} $code (local.get {2}))))",
      stackSlot(static_cast<int>(receiver)), numArgs, closure, arguments, kWeightMark);
}

// value and value:, which of a closure are no sends; `function` does them for all else.
void BodyEmitter::emitClosureValue(const ir::Instruction& instruction, std::string_view function) {
  if (!context_.options.inlines)
    return emitRuntimeSend(function, instruction.b, instruction.nextPc);
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  keepForCapture(receiver);
  const std::string closure = closureLocal(instruction.b);
  out_.open("block $sent");
  out_.open("block $no_closure (result eqref)");
  out_.line("(local.set {} (br_on_cast_fail $no_closure eqref (ref $BlockClosure{}) {}))", closure,
            instruction.b, stack_[receiver].code);
  emitClosureCode(receiver);
  out_.line("br $sent");
  out_.close();
  out_.line("(local.set {} (call {} {}(i32.add (local.get $depth) (i32.const {})))) drop",
            stackSlot(static_cast<int>(receiver)), function, operandsFrom(receiver), kWeightMark);
  out_.close();
  stack_.resize(receiver);
  checkResult(instruction.nextPc);
}

// To the receiver's slot; leaves $other unless the receiver is a closure that the primitive
// evaluates.
void BodyEmitter::emitClosureCall(const TargetedSend& send, uint32_t site, int classes) {
  const std::string closure = closureLocal(send.numArgs);
  const auto field = [&closure](std::string_view name) {
    return fmt::format("(struct.get $BlockClosure ${} (local.get {}))", name, closure);
  };
  out_.open("block $evaluated");
  out_.open("block $no_closure (result eqref)");
  out_.line("(local.set {} (br_on_cast_fail $no_closure eqref (ref $BlockClosure{}) {}))", closure,
            send.numArgs, stack_[send.receiver].code);
  emitClassTest(field("classIndex"), site, classes);
  out_.line("(br_if $other (i32.or (i32.ne {} (i32.const {})) (ref.is_null {})))", field("numArgs"),
            send.numArgs, field("outer"));
  emitClosureCode(send.receiver);
  out_.line("br $evaluated");
  out_.close();
  out_.line("drop br $other");
  out_.close();
}

bool BodyEmitter::mayInlineBlock(const VirtualBlock& block, int numArgs) const {
  if (block.body->numArgs != numArgs) return false;
  if (scope_.instructions + inliningSize(*block.body) > kMaxInlinedInstructions) return false;
  for (const BodyEmitter* active = this; active != nullptr; active = active->caller_)
    if (&active->body_ == block.body) return false;
  return true;
}

// The answer is on Wasm's stack.
void BodyEmitter::emitInlinedBlock(const VirtualBlock& block, size_t receiver, int nextPc) {
  BodyEmitter callee(*this, *block.plan, *block.body);
  callee.home_ = block.home;
  callee.self_ = block.home->self_;
  if (callee.self_ == function().self_ && callee.loadsSelf()) scope_.blocksUseSelf = true;
  callee.selfBlock_ = block.home->selfBlock_;
  callee.selfClass_ = block.home->selfClass_;
  callee.likelySelfClass_ = block.home->likelySelfClass_;
  callee.closure_ = block.code;
  callee.answerIsUnused_ = !rest_.empty() && rest_.front().opcode == Opcode::kPop;
  callee.callerPosition_ = position(nextPc, static_cast<int>(receiver));
  callee.truth_ = sendTruth_;
  for (int i = 0; i < block.body->numArgs; ++i)
    callee.bindSlot(out_, i, stack_[receiver + 1 + static_cast<size_t>(i)]);
  for (size_t i = 0; i < block.copied.size(); ++i) {
    Operand value{Operand::Kind::kPure, 0, {}, block.copied[i].code, block.copied[i].range};
    value.integer = block.copied[i].integer;
    value.block = block.copied[i].block;
    value.vector = block.copied[i].vector;
    callee.bindSlot(out_, block.body->numArgs + static_cast<int>(i), value);
  }
  callee.bindHomeReceiver(out_);
  callee.receiverIsI31_ = block.home->receiverIsI31_;
  callee.findRanges();
  callee.out_ = FunctionText(out_.indentation());
  callee.emitInPlace(*block.tree);
  out_.raw(callee.out_.str());
  if (callee.canUnwind_) canUnwind_ = true;
}

// An argument or copied value; a block stays virtual where nothing else is ever stored there.
void BodyEmitter::bindSlot(FunctionText& out, int slot, const Operand& value) {
  if (bindUnboxed(slot, value)) return;
  argumentRanges_.resize(static_cast<size_t>(slot) + 1);
  argumentRanges_.back() = value.range;
  if (value.block != nullptr && evaluatesSlot(plan_, body_, slot))
    slotBlocks_[static_cast<size_t>(slot)] = value.block;
  else if (value.vector != nullptr && ir::isUsedAsVector(body_, slot, value.vector->size))
    slotVectors_[static_cast<size_t>(slot)] = value.vector;
  else if (!bindInteger(out, slot, value))
    out.line("(local.set {} {})", slotName(slot), value.code);
}

void BodyEmitter::bindHomeReceiver(FunctionText& out) {
  if (!usesReceiverStruct()) return;
  hasMe_ = true;
  if (home_->hasMe_ && home_->plan_.shape == plan_.shape) {
    me_ = home_->me_;
    return;
  }
  const std::string type = receiverType(plan_.shape);
  declare(me_, fmt::format("(ref null {})", type));
  out.line("(local.set {} (ref.cast (ref {}) {}))", me_, type, self_);
}

// The method's activation that `^` returns from, where it is in this function.
const BodyEmitter* BodyEmitter::methodHome() const {
  const BodyEmitter* home = this;
  while (home->body_.isBlock() && home->home_ != nullptr) home = home->home_;
  return home->body_.isBlock() ? nullptr : home;
}

// All activations up to the home are left at once, unless one of them has to hear of it.
bool BodyEmitter::emitReturnFromHome(const ir::Terminator& terminator) {
  const BodyEmitter* home = methodHome();
  if (home == nullptr) return false;
  if (isProtected(*home)) {
    materialize(stack_.size());
    emitUnwindTo(terminator.pc, depth());
    return true;
  }
  const Operand value = returnOperand(terminator);
  out_.line("(local.set $r {})", value.code);
  for (const BodyEmitter* active = this; active != home; active = active->caller_)
    if (active->plan_.isHome(active->body_)) active->emitTokenDeath(out_);
  if (home->caller_ == nullptr && !home->needsEpilogue())
    out_.line("(local.get $r) return");
  else
    out_.line("(local.get $r) br {}", home->leave_);
  return true;
}

}  // namespace stwasm::emit
