// Callees in the caller's function. The Contexts that a capture leaves are the same as without
// inlining: the callee's handler captures the callee, then the caller's handler the caller at the
// position behind the send.
//
// A callee is guarded by its receiver's class, as a direct call is; what does not pass is sent in
// general. Frames are not counted and not polled: each cycle has a real call or a loop head.
#include "translator/emit/body_emitter.h"
#include "translator/emit/inlining_limit.h"

namespace stwasm::emit {

namespace {

constexpr int kMaxNesting = 4;
constexpr int kMaxColdInstructions = 4;       // where the callee runs rarely
constexpr int kMaxInlinedInstructions = 150;  // in one function

std::string receiverType(RequiredShape shape) {
  return shape == kIndexedShape ? "$Indexed" : fmt::format("$Fixed{}", shape);
}

}  // namespace

// The activation of `plan`'s method inside the function that the caller is part of.
BodyEmitter::BodyEmitter(BodyEmitter& caller, const MethodPlan& plan, const ir::Body& body)
    : BodyEmitter(caller.context_, plan, body, caller.scope_) {
  prefix_ = fmt::format("i{}.", ++scope_.activations);
  slotNames_ = slotNames();
  caller_ = &caller;
  self_ = fmt::format("(local.get ${}self)", prefix_);
  me_ = fmt::format("${}me", prefix_);
  token_ = fmt::format("${}token", prefix_);
  leave_ = fmt::format("${}leave", prefix_);
  usesToken_ = body.facts.createsClosures;
  scope_.slots += frameSlots_;
  scope_.instructions += inliningSize(body);
}

bool BodyEmitter::mayInline(const MethodPlan& callee) const {
  if (!context_.options.inlines || !isInlinable(callee)) return false;
  const int size = inliningSize(callee.ir.bodies[0]);
  const int limit = function().plan_.primitive ? kMaxColdInstructions : context_.inliningLimit;
  if (size > limit || scope_.instructions + size > kMaxInlinedInstructions) return false;
  int nesting = 1;
  for (const BodyEmitter* active = this; active != nullptr; active = active->caller_, ++nesting)
    if (active->plan_.entry.method == callee.entry.method || nesting > kMaxNesting) return false;
  return true;
}

const BodyEmitter& BodyEmitter::function() const {
  return caller_ == nullptr ? *this : caller_->function();
}

bool BodyEmitter::emitInlinedSend(const TargetedSend& send) {
  if (send.target->plan == nullptr || !mayInline(*send.target->plan)) return false;
  const MethodPlan& plan = *send.target->plan;
  BodyEmitter callee(*this, plan, plan.ir.bodies[0]);
  const Operand receiver = stack_[send.receiver];
  const std::string result = stackSlot(static_cast<int>(send.receiver));
  const uint32_t site = newCallSite();
  out_.open("block $sent");
  out_.open("block $other");
  emitGuard(callee, receiver, site);
  bindReceiver(callee, receiver);
  for (int i = 0; i < plan.ir.numArgs; ++i)
    out_.line("(local.set {} {})", callee.slotName(i),
              stack_[send.receiver + 1 + static_cast<size_t>(i)].code);
  callee.callerPosition_ = position(send.nextPc, static_cast<int>(send.receiver));
  callee.out_ = FunctionText(out_.indentation());
  callee.emitInPlace(plan.trees[0]);
  out_.raw(callee.out_.str());
  canUnwind_ = true;
  out_.line("local.set {}", result);
  out_.line("br $sent");
  out_.close();
  const std::string fallback = fallbackCode(send, site);
  stack_.resize(send.receiver);
  out_.line("(local.set {} {})", result, fallback);
  emitUnwindCheck(send.nextPc);
  out_.close();
  pushSlot();
  return true;
}

// The caller's view of its receiver is as good for the callee.
bool BodyEmitter::sharesReceiver(const BodyEmitter& callee, const Operand& receiver) const {
  if (receiver.kind != Operand::Kind::kSelf || body_.facts.maxReceiverVariable < 0) return false;
  return callee.plan_.shape == plan_.shape ||
         (callee.plan_.shape > 0 && plan_.shape > callee.plan_.shape);
}

// Leaves $other unless the receiver is of the class that the site has seen reach the callee.
void BodyEmitter::emitGuard(BodyEmitter& callee, const Operand& receiver, uint32_t site) {
  const std::string seen = fmt::format("(i32.load offset={} (i32.const 0))", site);
  const RequiredShape shape = callee.plan_.shape;
  if (shape == kAnyShape)
    return out_.line("(br_if $other (i32.ne (call $class_index_of {}) {}))", receiver.code, seen);
  if (sharesReceiver(callee, receiver)) {
    callee.me_ = me_;
  } else {
    const std::string type = receiverType(shape);
    declare(callee.me_, fmt::format("(ref null {})", type));
    out_.open("block $fits");
    out_.open("block $unfit (result eqref)");
    out_.line("(local.set {} (br_on_cast_fail $unfit eqref (ref {}) {}))", callee.me_, type,
              receiver.code);
    out_.line("br $fits");
    out_.close();
    out_.line("drop br $other");
    out_.close();
  }
  out_.line("(br_if $other (i32.ne (struct.get $Object $classIndex (local.get {})) {}))",
            callee.me_, seen);
}

void BodyEmitter::bindReceiver(BodyEmitter& callee, const Operand& receiver) {
  if (receiver.kind == Operand::Kind::kSelf) {
    callee.self_ = self_;
    if (context_.targets.inherits(selfClass_, callee.selfClass_)) callee.selfClass_ = selfClass_;
    return;
  }
  if (receiver.likelyClass != image::kNil) callee.selfClass_ = receiver.likelyClass;
  const std::string self = fmt::format("${}self", callee.prefix_);
  declare(self, "eqref");
  out_.line("(local.set {} {})", self, receiver.code);
}

void BodyEmitter::declare(std::string_view local, std::string_view type) {
  scope_.locals += fmt::format("  (local {} {})\n", local, type);
}

// The whole activation; its answer is on Wasm's stack.
void BodyEmitter::emitInPlace(const ir::StructuredTree& tree) {
  for (int slot = 0; slot < frameSlots_; ++slot) declare(slotName(slot), "eqref");
  if (usesToken_) declare(token_, "(ref null $FrameToken)");
  out_.open(fmt::format("block {} (result eqref)", leave_));
  if (context_.options.comments) out_.line(";; inlined: {}", plan_.name);
  for (int slot = body_.numArgs; slot < body_.numFixedSlots; ++slot)
    out_.line("(local.set {} (ref.null eq))", slotName(slot));
  if (usesToken_) out_.line("(local.set {} (ref.null $FrameToken))", token_);
  FunctionText around = std::exchange(out_, FunctionText(out_.indentation() + 2));
  emitNode(tree, tree.root);
  out_.line("unreachable");
  const FunctionText code = std::exchange(out_, std::move(around));
  if (canUnwind_) out_.open("block $unwound (result i32)");
  out_.raw(code.str());
  if (canUnwind_) {
    out_.close();
    emitHandler();
    out_.line("drop");
    emitCallerUnwind();
  }
  out_.close();
  if (plan_.isHome(body_)) emitTokenDeath();
  if (context_.options.comments) out_.line(";; end of {}", plan_.name);
}

// To the handler of the caller.
void BodyEmitter::emitCallerUnwind() { out_.line("(br $unwound (i32.const {}))", callerPosition_); }

}  // namespace stwasm::emit
