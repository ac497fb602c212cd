// Callees in the caller's function. The Contexts that a capture leaves are the same as without
// inlining: the callee's handler captures the callee, then the caller's handler the caller at the
// position behind the send.
//
// A callee is guarded by its receiver's class, as a direct call is; what does not pass is sent in
// general. Frames are not counted and not polled: each cycle has a real call or a loop head.
#include <algorithm>

#include "translator/emit/body_emitter.h"
#include "translator/emit/inlining_limit.h"

namespace stwasm::emit {

namespace {

constexpr int kMaxNesting = 5;
constexpr int kMaxColdInstructions = 4;    // where the callee runs rarely
constexpr int kMaxHotInstructions = 40;    // where it runs often
constexpr int kMaxInlinedAccessors = 600;  // what all of a function may count, for small callees
constexpr uint32_t kNew = 70;              // the primitive
constexpr size_t kFormatSlot = 2;          // of a class
constexpr int kGenerousLimit = 12;         // in images that are small
constexpr int kMaxMisses = 64;  // of a send with several candidates, until it learns no more

}  // namespace

// The activation of `plan`'s method inside the function that the caller is part of.
BodyEmitter::BodyEmitter(BodyEmitter& caller, const MethodPlan& plan, const ir::Body& body)
    : BodyEmitter(caller.context_, plan, body, caller.scope_, caller.speculates_) {
  prefix_ = fmt::format("i{}.", ++scope_.activations);
  slotNames_ = slotNames();
  caller_ = &caller;
  self_ = fmt::format("(local.get ${}self)", prefix_);
  me_ = fmt::format("${}me", prefix_);
  token_ = fmt::format("${}token", prefix_);
  leave_ = fmt::format("${}leave", prefix_);
  usesToken_ = body.facts.createsClosures;
  hasMe_ = false;
  scope_.slots += frameSlots_;
  scope_.instructions += inliningSize(body);
  findVectors(0);
}

// What is known of how often the send runs decides how large its callee may be.
// A callee that evaluates a block may be larger: it saves the closure and its calls.
int BodyEmitter::inliningLimitAt(const ir::Instruction& send, bool takesBlock) const {
  if (function().plan_.primitive) return kMaxColdInstructions;
  if (context_.options.profile == nullptr)
    return takesBlock && context_.inliningLimit >= kGenerousLimit ? kMaxHotInstructions
                                                                  : context_.inliningLimit;
  return isHot(send) ? kMaxHotInstructions : kMaxColdInstructions;
}

bool BodyEmitter::mayInline(const MethodPlan& callee, int limit) const {
  if (!context_.options.inlines || !isInlinable(callee)) return false;
  if (callee.marksUnwind && function().heapTemps_) return false;
  const int size = inliningSize(callee.ir.bodies[0]);
  const int room = size > kMaxColdInstructions ? kMaxInlinedInstructions : kMaxInlinedAccessors;
  if (size > limit || scope_.instructions + size > room) return false;
  int nesting = 1;
  for (const BodyEmitter* active = this; active != nullptr; active = active->caller_, ++nesting)
    if (active->plan_.entry.method == callee.entry.method || nesting > kMaxNesting) return false;
  return true;
}

const BodyEmitter& BodyEmitter::function() const {
  return caller_ == nullptr ? *this : caller_->function();
}

bool BodyEmitter::takesBlock(const TargetedSend& send) const {
  for (size_t i = send.receiver; i < stack_.size(); ++i)
    if (stack_[i].block != nullptr) return true;
  return false;
}

// With the one likely target.
bool BodyEmitter::emitInlinedSend(const TargetedSend& send) {
  if (emitInlinedValues(send) || emitClosureSend(send)) return true;
  if (!mayInline(*send.target->plan, inliningLimitAt(send.instruction, takesBlock(send))))
    return false;
  const uint32_t site = newCallSite();
  out_.open("block $sent");
  const Operand& receiver = stack_[send.receiver];
  emitInlinedCallee(
      send, {send.target, receiver.range.known ? likelyClass(receiver) : image::kNil, 1}, site);
  const std::string fallback = fallbackCode(send, site);
  stack_.resize(send.receiver);
  out_.line("(local.set {} {})", stackSlot(depth()), fallback);
  emitUnwindCheck(send.instruction.nextPc);
  out_.close();
  canUnwind_ = true;
  pushAnswer();
  return true;
}

// The candidates in turn, each inlined or called; then the general send. The site's first word
// counts how often that was needed: while it is rare, it learns which classes reach the candidates.
void BodyEmitter::emitHotSend(const TargetedSend& send, const std::vector<Candidate>& candidates) {
  out_.open("block $sent");
  if (coversAllSeen(send, candidates)) {
    emitOnlyCandidates(send, candidates);
  } else {
    emitCandidates(send, candidates);
    emitGeneralSend(send.receiver, send.selector);
    finishCandidates(send);
  }
  if (candidates.size() > 1) return;
  if (const image::ObjectId made = instanceMadeBy(candidates[0]); made != image::kNil)
    stack_.back().likelyClass = made;
}

// Answers whether it did. A site that is for one class learns no other one that happens to reach
// the same method.
std::string BodyEmitter::learningCode(const TargetedSend& send, const Candidate& candidate,
                                      uint32_t site) {
  const std::string learn = fmt::format(
      "(call $learn_class {} (i32.const {}) (i32.const {}) (i32.const {}) (i32.const {}))",
      stack_[send.receiver].code, send.selector, candidate.target->code, site, candidate.classes);
  if (candidate.behavior == image::kNil) return learn;
  return fmt::format(
      "(if (result i32) (ref.eq (call $class_of {}) {}) (then {}) (else (i32.const 0)))",
      stack_[send.receiver].code, literalCode(image::Value::object(candidate.behavior)), learn);
}

// The class of what the candidate answers, if it makes an instance of its receiver.
image::ObjectId BodyEmitter::instanceMadeBy(const Candidate& candidate) const {
  if (!candidate.target->plan->primitive || candidate.behavior == image::kNil) return image::kNil;
  if (candidate.target->plan->view.primitiveNumber() != kNew) return image::kNil;
  return model_.soleInstance(candidate.behavior);
}

// An instance of a class without indexable variables, made in place while the class has the format
// that it had in the image.
void BodyEmitter::emitInstantiation(const TargetedSend& send, const Candidate& candidate) {
  const image::ObjectId made = instanceMadeBy(candidate);
  if (made == image::kNil || context_.program.isV3) return;
  const auto spec = model_.instanceSpec(made);
  const image::Value format = model_.graph().slots(made)[kFormatSlot];
  if (!spec || spec->format != image::Format::kFixed || spec->namedSlotCount > kMaxFixedSlots ||
      !isI31(format))
    return;
  out_.line("(local.set $r (call $instantiate_{} {} (i32.const {})))", spec->namedSlotCount,
            stack_[send.receiver].code, format.smallInteger());
  out_.open("(if (i32.eqz (ref.is_null (local.get $r))) (then");
  out_.line("(local.set {} (local.get $r))", stackSlot(static_cast<int>(send.receiver)));
  out_.line("br $sent");
  out_.close("))");
}

void BodyEmitter::emitCandidates(const TargetedSend& send, const std::vector<Candidate>& candidates,
                                 bool exits) {
  const uint32_t misses = newCallSite();
  const int limit = inliningLimitAt(send.instruction, takesBlock(send));
  std::string learning;
  for (const Candidate& candidate : candidates) {
    const uint32_t site = newCallSite(candidate.classes);
    if (mayInline(*candidate.target->plan, limit))
      emitInlinedCallee(send, candidate, site);
    else if (!emitBasicElement(send, candidate, site))
      emitCalledCandidate(send, candidate, site);
    const std::string learn = learningCode(send, candidate, site);
    learning += exits ? fmt::format(" (drop (br_if $unwound (i32.const {}) {}))",
                                    position(send.instruction.pc, depth()), learn)
                      : fmt::format(" (drop {})", learn);
  }
  if (exits) keepForInterpreter(send.receiver);
  out_.line("(if (call $may_learn (i32.const {}) (i32.const {})) (then{}))", misses, kMaxMisses,
            learning);
}

// By the runtime's function, behind the candidates.
void BodyEmitter::emitGeneralForm(const TargetedSend& send, std::string_view function) {
  out_.line("(call {} {}(i32.add (local.get $depth) (i32.const {})))", function,
            operandsFrom(send.receiver), kWeightMark);
  finishCandidates(send);
}

// The general send's answer is on Wasm's stack.
void BodyEmitter::finishCandidates(const TargetedSend& send) {
  stack_.resize(send.receiver);
  out_.line("local.set {}", stackSlot(depth()));
  emitUnwindCheck(send.instruction.nextPc);
  out_.close();
  canUnwind_ = true;
  pushAnswer();
}

void BodyEmitter::emitCalledCandidate(const TargetedSend& send, const Candidate& candidate,
                                      uint32_t site) {
  out_.open("block $other");
  const std::string result = stackSlot(static_cast<int>(send.receiver));
  if (callsClosure(*candidate.target)) {
    emitClosureCall(send, site, candidate.classes);
  } else {
    emitCandidateTest(stack_[send.receiver], candidate, site);
    emitInstantiation(send, candidate);
    out_.line(
        "(local.set {} (call ${} {}(i32.const {}) (i32.add (local.get $depth) (i32.const {}))))",
        result, candidate.target->function, operandsFrom(send.receiver), send.selector,
        kWeightMark);
  }
  out_.line("(drop (br_if $unwound (i32.const {}) (ref.eq (local.get {}) (global.get $unwind))))",
            position(send.instruction.nextPc, static_cast<int>(send.receiver)), result);
  out_.line("br $sent");
  out_.close();
}

void BodyEmitter::emitInlinedCallee(const TargetedSend& send, const Candidate& candidate,
                                    uint32_t site) {
  const MethodPlan& plan = *candidate.target->plan;
  noteAccessor(send, candidate, site);
  BodyEmitter callee(*this, plan, plan.ir.bodies[0]);
  Operand receiver = stack_[send.receiver];
  if (candidate.behavior != image::kNil) receiver.likelyClass = candidate.behavior;
  out_.open("block $other");
  emitGuard(callee, receiver, candidate, site);
  bindReceiver(callee, receiver);
  callee.receiverIsI31_ |= isSmallIntegerClass(candidate.behavior);
  for (int i = 0; i < plan.ir.numArgs; ++i)
    callee.bindSlot(out_, i, stack_[send.receiver + 1 + static_cast<size_t>(i)]);
  callee.findRanges();
  callee.callerPosition_ = position(send.instruction.nextPc, static_cast<int>(send.receiver));
  if (!callee.needsEpilogue()) callee.truth_ = sendTruth_;
  offerUnboxedAnswer(callee, static_cast<int>(send.receiver));
  callee.out_ = FunctionText(out_.indentation());
  callee.emitInPlace(plan.trees[0]);
  out_.raw(callee.out_.str());
  out_.line("local.set {}", stackSlot(static_cast<int>(send.receiver)));
  out_.line("br $sent");
  out_.close();
}

// The caller's view of its receiver is as good for the callee.
bool BodyEmitter::sharesReceiver(const BodyEmitter& callee, const Operand& receiver) const {
  if (receiver.kind != Operand::Kind::kSelf || !hasMe_) return false;
  return callee.plan_.shape == plan_.shape ||
         (callee.plan_.shape > 0 && plan_.shape > callee.plan_.shape);
}

// Leaves $other unless the receiver is of a class that the site has seen reach the callee.
void BodyEmitter::emitGuard(BodyEmitter& callee, const Operand& receiver,
                            const Candidate& candidate, uint32_t site) {
  if (callee.plan_.shape == kAnyShape) return emitCandidateTest(receiver, candidate, site);
  callee.hasMe_ = true;
  if (sharesReceiver(callee, receiver))
    callee.me_ = me_;
  else
    emitReceiverTest(callee, receiver, candidate);
  emitClassTest(fmt::format("(struct.get $Object $classIndex (local.get {}))", callee.me_), site,
                candidate.classes);
}

// A site for SmallIntegers has their class in its word or none.
void BodyEmitter::emitCandidateTest(const Operand& receiver, const Candidate& candidate,
                                    uint32_t site) {
  if (receiver.block != nullptr)
    return emitClassTest(closureClassIndex(*receiver.block), site, candidate.classes);
  if (const std::string type = instanceType(candidate); !type.empty()) {
    out_.line("(br_if $other (i32.eqz (ref.test (ref {}) {})))", type, receiver.code);
    return emitClassTest(
        fmt::format("(struct.get {0} $classIndex (ref.cast (ref {0}) {1}))", type, receiver.code),
        site, candidate.classes);
  }
  if (!isSmallIntegerClass(candidate.behavior))
    return emitClassTest(fmt::format("(call $class_index_of {})", receiver.code), site,
                         candidate.classes);
  std::string differs = fmt::format("(i32.eqz (i32.load offset={} (i32.const 0)))", site);
  if (!receiver.range.known)
    differs = fmt::format("(i32.or {} (i32.eqz (ref.test (ref i31) {})))", differs, receiver.code);
  out_.line("(br_if $other {})", differs);
}

// Of several classes the one that all have.
std::string BodyEmitter::instanceType(const Candidate& candidate) const {
  if (candidate.behaviors.empty()) return instanceType(candidate.behavior);
  const std::string type = instanceType(candidate.behaviors[0]);
  const bool isCommon = std::ranges::all_of(
      candidate.behaviors, [&](image::ObjectId other) { return instanceType(other) == type; });
  return isCommon ? type : "";
}

// The struct type of the class's own instances, where it is known: engines are quickest to test for
// just that one.
std::string BodyEmitter::instanceType(image::ObjectId behavior) const {
  using image::Format;
  using image::SpecialObject;
  if (behavior == image::kNil) return {};
  if (behavior == model_.special(SpecialObject::kClassFloat)) return "$Float";
  for (const SpecialObject other :
       {SpecialObject::kClassContext, SpecialObject::kClassBlockContext,
        SpecialObject::kClassBlockClosure, SpecialObject::kClassFullBlockClosure})
    if (behavior == model_.special(other)) return {};
  const auto spec = model_.instanceSpec(behavior);
  if (!spec || spec->immediate) return {};
  if (spec->format == Format::kFixed && spec->namedSlotCount <= kMaxFixedSlots)
    return fmt::format("$Fixed{}", spec->namedSlotCount);
  if (spec->format == Format::kIndexedPointers) return "$Indexed";
  return spec->format == Format::kBytes8 ? "$ByteObject" : "";
}

bool BodyEmitter::isSmallIntegerClass(image::ObjectId behavior) const {
  return behavior == model_.special(image::SpecialObject::kClassSmallInteger);
}

void BodyEmitter::emitClassTest(const std::string& classIndex, uint32_t site, int classes,
                                std::string_view other) {
  const auto seen = [site](int i) {
    return fmt::format("(i32.load offset={} (i32.const 0))", site + 4 * static_cast<uint32_t>(i));
  };
  if (classes == 1) return out_.line("(br_if {} (i32.ne {} {}))", other, classIndex, seen(0));
  out_.line("(local.set $x {})", classIndex);
  std::string differs = fmt::format("(i32.ne (local.get $x) {})", seen(0));
  for (int i = 1; i < classes; ++i)
    differs = fmt::format("(i32.and {} (i32.ne (local.get $x) {}))", differs, seen(i));
  out_.line("(br_if {} {})", other, differs);
}

// Leaves $other unless the receiver has the callee's instance variables.
void BodyEmitter::emitReceiverTest(const BodyEmitter& callee, const Operand& receiver,
                                   const Candidate& candidate) {
  std::string type = receiverType(callee.plan_.shape);
  declare(callee.me_, fmt::format("(ref null {})", type));
  if (const std::string own = instanceType(candidate);
      callee.plan_.shape > 0 && own.starts_with("$Fixed"))
    type = own;
  out_.open("block $fits");
  out_.open("block $unfit (result eqref)");
  out_.line("(local.set {} (br_on_cast_fail $unfit eqref (ref {}) {}))", callee.me_, type,
            receiver.code);
  out_.line("br $fits");
  out_.close();
  out_.line("drop br $other");
  out_.close();
}

void BodyEmitter::bindReceiver(BodyEmitter& callee, const Operand& receiver) {
  if (receiver.likelyClass != image::kNil) {
    callee.selfClass_ = receiver.likelyClass;
    callee.likelySelfClass_ = receiver.likelyClass;
  } else if (receiver.kind == Operand::Kind::kSelf &&
             context_.targets.inherits(selfClass_, callee.selfClass_)) {
    callee.selfClass_ = selfClass_;
  }
  callee.selfBlock_ = receiver.block;
  if (receiver.kind == Operand::Kind::kSelf || receiver.block != nullptr) {
    callee.self_ = receiver.code;
    return;
  }
  const std::string self = fmt::format("${}self", callee.prefix_);
  declare(self, "eqref");
  out_.line("(local.set {} {})", self, receiver.code);
}

void BodyEmitter::declare(std::string_view local, std::string_view type) {
  scope_.locals += fmt::format("  (local {} {})\n", local, type);
}

// The whole activation; its answer is on Wasm's stack.
void BodyEmitter::emitInPlace(const ir::StructuredTree& tree) {
  if (floatRuns_.unboxable.empty()) floatRuns_ = findFloatRuns();
  for (int slot = 0; slot < frameSlots_; ++slot) {
    if (sharedSlots_.contains(slot)) {
      floatRuns_.unboxable[static_cast<size_t>(slot)] = true;
      continue;
    }
    declare(slotName(slot), "eqref");
    if (isUnboxable(slot)) declare(slotName(slot) + ".f", "f64");
  }
  if (usesToken_) declare(token_, "(ref null $FrameToken)");
  out_.open(fmt::format("block {} (result eqref)", leave_));
  if (context_.options.comments)
    out_.line(";; inlined: {}{}", body_.parent >= 0 ? "[] in " : "", plan_.name);
  for (int slot = body_.numArgs + body_.numCopied; slot < body_.numFixedSlots; ++slot)
    out_.line("(local.set {} (ref.null eq))", slotName(slot));
  findIntegerSlots();
  if (usesToken_) out_.line("(local.set {} (ref.null $FrameToken))", token_);
  if (marksUnwind()) emitProtectionBegin();
  FunctionText around = std::exchange(out_, FunctionText(out_.indentation() + 2));
  emitNode(tree, tree.root);
  out_.line("unreachable");
  const FunctionText code = std::exchange(out_, std::move(around));
  if (canUnwind_) out_.open("block $unwound (result i32)");
  if (exits_)
    emitExitBlock(code.str());
  else
    out_.raw(code.str());
  if (canUnwind_) {
    out_.close();
    emitHandler();
    out_.line("drop");
    emitCallerUnwind();
  }
  out_.close();
  if (plan_.isHome(body_)) emitTokenDeath(out_);
  if (marksUnwind()) emitProtectionEnd();
  if (context_.options.comments) out_.line(";; end of {}", plan_.name);
}

// To the handler of the caller.
void BodyEmitter::emitCallerUnwind() { out_.line("(br $unwound (i32.const {}))", callerPosition_); }

}  // namespace stwasm::emit
