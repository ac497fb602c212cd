// Message sends. See body_emitter.h, and types/README.md for what code and lookups look like.
#include "translator/bytecode/special_selectors.h"
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

void BodyEmitter::emitSend(const ir::Instruction& instruction) {
  const image::Value selector = plan_.view.literals()[static_cast<size_t>(instruction.a)];
  emitOrdinarySend(instruction, selector.objectId());
}

// Receiver and arguments stay symbolic: each is emitted where the call wants it. The call_ref
// stands here, not in the runtime, so that engines see this site's targets.
void BodyEmitter::emitOrdinarySend(const ir::Instruction& instruction, image::ObjectId selector) {
  const int numArgs = instruction.b;
  const SelectorId id = constants_.selector(selector);
  const size_t receiver = stack_.size() - static_cast<size_t>(numArgs) - 1;
  keepForCapture(receiver);
  if (const auto candidates = hotCandidates(instruction, selector, stack_[receiver]);
      !candidates.empty() && stack_[receiver].block == nullptr)
    return emitHotSend({nullptr, "", receiver, id, numArgs, "", instruction}, candidates);
  if (const CallTarget* target = targetOf(selector, numArgs, stack_[receiver]))
    return emitTargetedSend({target, "$send_predicted_", receiver, id, numArgs, "", instruction});
  emitGeneralSend(receiver, id);
  stack_.resize(receiver);
  finishSend(instruction.nextPc);
}

// The answer is on Wasm's stack.
void BodyEmitter::emitGeneralSend(size_t receiver, SelectorId selector) {
  const size_t numArgs = stack_.size() - receiver - 1;
  out_.line("{}(i32.const {}) (i32.add (local.get $depth) (i32.const {}))", operandsFrom(receiver),
            selector, kWeightMark);
  out_.line("(call $lookup_{} {} (i32.const {})) call_ref $Code{}", numArgs, stack_[receiver].code,
            selector, numArgs);
}

// Null where the bytecode was not executed in the profile, or there is none.
const profile::SendProfile* BodyEmitter::profileAt(int pc) const {
  if (context_.options.profile == nullptr) return nullptr;
  const profile::CodeProfile* code = context_.options.profile->of(plan_.view.id());
  return code == nullptr ? nullptr : code->sendAt(static_cast<uint32_t>(pc));
}

// Where the send ran often in the profile: the methods that it reached. In an inlined activation
// only what is sent to self by receivers of the class that was inlined for.
std::vector<Candidate> BodyEmitter::hotCandidates(const ir::Instruction& instruction,
                                                  image::ObjectId selector,
                                                  const Operand& receiver) const {
  if (!isHot(instruction)) return {};
  if (const image::ObjectId likely = likelyClass(receiver); likely != image::kNil)
    if (const CallTarget* target = context_.targets.ofClass(likely, selector, instruction.b))
      return {{target, likely, 1}};
  return context_.targets.ofProfile(*profileAt(instruction.pc), selector, instruction.b);
}

// A send is hot if it ran often, or a literal block that is its argument did.
bool BodyEmitter::isHot(const ir::Instruction& send) const {
  const profile::SendProfile* seen = profileAt(send.pc);
  if (seen == nullptr) return false;
  if (seen->count >= kHotSends) return true;
  const int firstArgument = send.depth - send.b;
  auto index = static_cast<size_t>(&send - body_.instructions.data());
  while (index > 0 && body_.instructions[--index].depth >= firstArgument)
    if (evaluations(body_.instructions[index]) >= kHotSends) return true;
  return false;
}

// How often the block ran that the instruction makes a closure of; 0 where it makes none.
uint64_t BodyEmitter::evaluations(const ir::Instruction& creation) const {
  const bool isFull = creation.opcode == ir::Opcode::kPushFullClosure;
  if (!isFull && creation.opcode != ir::Opcode::kPushClosure) return 0;
  const MethodPlan* code = isFull ? plan_.fullBlockAt(creation.a) : &plan_;
  if (code == nullptr) return 0;
  const profile::CodeProfile* seen = context_.options.profile->of(code->view.id());
  const int startPc = isFull ? 0 : plan_.ir.bodies[static_cast<size_t>(creation.a)].startPc;
  return seen == nullptr ? 0 : seen->activationsOf(static_cast<uint32_t>(startPc));
}

std::string BodyEmitter::operandsFrom(size_t receiver) const {
  std::string operands;
  for (size_t i = receiver; i < stack_.size(); ++i) operands += stack_[i].code + " ";
  return operands;
}

image::ObjectId BodyEmitter::likelyClass(const Operand& operand) const {
  return operand.range.known ? model_.special(image::SpecialObject::kClassSmallInteger)
                             : operand.likelyClass;
}

// What a send is likely to reach.
const CallTarget* BodyEmitter::targetOf(image::ObjectId selector, int numArgs,
                                        const Operand& receiver) const {
  if (const image::ObjectId likely = likelyClass(receiver); likely != image::kNil)
    if (const CallTarget* target = context_.targets.ofClass(likely, selector, numArgs))
      return target;
  if (receiver.kind == Operand::Kind::kSelf)
    if (const CallTarget* target = context_.targets.ofSelfSend(selfClass_, selector, numArgs))
      return target;
  return context_.targets.ofSend(selector, numArgs);
}

// The method's body in place where that pays, else a direct call; behind a test of the class.
void BodyEmitter::emitTargetedSend(const TargetedSend& send) {
  if (emitInlinedSend(send)) return;
  const std::string operands =
      operandsFrom(send.receiver) + fmt::format("(i32.const {})", send.selector);
  const uint32_t site = newCallSite();
  out_.line(
      "(if (result eqref) (i32.eq (call $class_index_of {}) (i32.load offset={} (i32.const 0)))",
      stack_[send.receiver].code, site);
  out_.line("  (then (call ${} {} (i32.add (local.get $depth) (i32.const {}))))",
            send.target->function, operands, kWeightMark);
  out_.line("  (else {}))", fallbackCode(send, site));
  stack_.resize(send.receiver);
  finishSend(send.instruction.nextPc);
}

// Sends in general, and remembers the class if that reaches the target.
std::string BodyEmitter::fallbackCode(const TargetedSend& send, uint32_t site) const {
  return fmt::format(
      "(call {}{} {}(i32.const {}){} (i32.add (local.get $depth) (i32.const {})) (i32.const {}) "
      "(i32.const {}))",
      send.fallback, send.target->numArgs, operandsFrom(send.receiver), send.selector, send.extra,
      kWeightMark, send.target->code, site);
}

// The address of its words.
uint32_t BodyEmitter::newCallSite(int words) {
  const uint32_t site = kCallSitesAddress + 4 * context_.program.callSites;
  context_.program.callSites += static_cast<uint32_t>(words);
  return site;
}

// The result is on Wasm's stack: it goes to its slot, unless it says that frames are to be left.
void BodyEmitter::finishSend(int nextPc) {
  out_.line("local.set {}", stackSlot(depth()));
  checkResult(nextPc);
}

// The result is in its slot. The test of an inline operation that comes next is the check as well.
void BodyEmitter::checkResult(int nextPc) {
  if (maySkipUnwindCheck())
    deferred_ = {stackSlot(depth()), position(nextPc, depth())};
  else
    emitUnwindCheck(nextPc);
  canUnwind_ = true;
  pushSlot();
}

void BodyEmitter::emitUnwindCheck(int nextPc) {
  out_.line("(drop (br_if $unwound (i32.const {}) (ref.eq (local.get {}) (global.get $unwind))))",
            position(nextPc, depth()), stackSlot(depth()));
}

// Calls a runtime function (receiver, arguments, depth) that has a send's result.
void BodyEmitter::emitRuntimeSend(std::string_view function, int numArgs, int nextPc) {
  const size_t receiver = stack_.size() - static_cast<size_t>(numArgs) - 1;
  keepForCapture(receiver);
  std::string operands;
  for (size_t i = receiver; i < stack_.size(); ++i) operands += " " + stack_[i].code;
  out_.line("(call {}{} (i32.add (local.get $depth) (i32.const {})))", function, operands,
            kWeightMark);
  stack_.resize(receiver);
  finishSend(nextPc);
}

void BodyEmitter::emitSuperSend(const ir::Instruction& instruction) {
  const image::ObjectId selector =
      plan_.view.literals()[static_cast<size_t>(instruction.a)].objectId();
  const SelectorId id = constants_.selector(selector);
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  keepForCapture(receiver);
  const std::string methodClass = fmt::format(
      " (call $variable_value {})", literalCode(image::Value::object(plan_.classBinding)));
  if (const CallTarget* target =
          context_.targets.ofSuperSend(plan_.entry.behavior, selector, instruction.b))
    return emitTargetedSend(
        {target, "$send_super_predicted_", receiver, id, instruction.b, methodClass, instruction});
  out_.line("(call $send_super_{} {}(i32.const {}){} (i32.add (local.get $depth) (i32.const {})))",
            instruction.b, operandsFrom(receiver), id, methodClass, kWeightMark);
  stack_.resize(receiver);
  finishSend(instruction.nextPc);
}

// The class whose superclass the lookup starts from is on top of the stack.
void BodyEmitter::emitDirectedSuperSend(const ir::Instruction& instruction) {
  const image::ObjectId selector =
      plan_.view.literals()[static_cast<size_t>(instruction.a)].objectId();
  const Operand directedClass = pop();
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  keepForCapture(receiver);
  out_.line("(call $send_super_{} {}(i32.const {}) {} (i32.add (local.get $depth) (i32.const {})))",
            instruction.b, operandsFrom(receiver), constants_.selector(selector),
            directedClass.code, kWeightMark);
  stack_.resize(receiver);
  finishSend(instruction.nextPc);
}

void BodyEmitter::emitSpecialSend(const ir::Instruction& instruction) {
  using namespace bytecode;
  if (emitArithmetic(instruction)) return;
  switch (instruction.a) {
    case kSelectorAt:
    case kSelectorAtPut:
    case kSelectorSize:
      return emitElementSend(instruction);
    case kSelectorValue:
      return emitValueSend(instruction, "$block_value_0");
    case kSelectorValueWithArg:
      return emitValueSend(instruction, "$block_value_1");
    case kSelectorIdentical:
      return emitIdentical();
    case kSelectorClass:
      return emitClassOf();
    default:
      emitOrdinarySend(instruction,
                       model_.specialSelectors()[static_cast<size_t>(instruction.a)].selector);
  }
}

// value and value:, of closures and of what else the profile has seen.
void BodyEmitter::emitValueSend(const ir::Instruction& instruction, std::string_view function) {
  if (emitInlinedValue(instruction)) return;
  const image::ObjectId selector =
      model_.specialSelectors()[static_cast<size_t>(instruction.a)].selector;
  const size_t receiver = stack_.size() - static_cast<size_t>(instruction.b) - 1;
  if (counts()) return emitRuntimeSend(function, instruction.b, instruction.nextPc);
  auto candidates = hotCandidates(instruction, selector, stack_[receiver]);
  std::erase_if(candidates, [](const Candidate& candidate) {
    return candidate.target->plan->primitive.has_value();
  });
  if (candidates.empty()) return emitClosureValue(instruction, function);
  keepForCapture(receiver);
  const TargetedSend send{nullptr,       "", receiver,   constants_.selector(selector),
                          instruction.b, "", instruction};
  out_.open("block $sent");
  emitCandidates(send, candidates);
  out_.line("(call {} {}(i32.add (local.get $depth) (i32.const {})))", function,
            operandsFrom(receiver), kWeightMark);
  finishCandidates(send);
}

// == and class are no sends in any of these virtual machines: the answer is known here.
void BodyEmitter::emitIdentical() {
  const Operand argument = pop();
  const Operand receiver = pop();
  out_.line("(local.set {} (select (result eqref) (global.get $true) (global.get $false) {}))",
            stackSlot(depth()), identityTest(receiver, argument));
  pushSlot();
}

// Some numbers of 64-bit images are objects here, but have identity by value.
std::string BodyEmitter::identityTest(const Operand& receiver, const Operand& argument) const {
  const std::string operands = fmt::format("{} {}", receiver.code, argument.code);
  const bool decided = model_.graph().header().wordSize == 4 || receiver.hasOneReference() ||
                       argument.hasOneReference();
  return fmt::format("({} {})", decided ? "ref.eq" : "call $identical", operands);
}

void BodyEmitter::emitNotIdentical() {
  const Operand argument = pop();
  const Operand receiver = pop();
  out_.line("(local.set {} (select (result eqref) (global.get $false) (global.get $true) {}))",
            stackSlot(depth()), identityTest(receiver, argument));
  pushSlot();
}

void BodyEmitter::emitClassOf() {
  const Operand receiver = pop();
  out_.line("(local.set {} (call $class_of {}))", stackSlot(depth()), receiver.code);
  pushSlot();
}

}  // namespace stwasm::emit
