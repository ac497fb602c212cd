// Literal blocks that are receivers of inlined methods, such as the protected block of `ensure:`;
// and methods that mark unwinding (`ensure:`, `ifCurtailed:`) in their caller's function.
//
// In place such a method counts as a barrier as it does in a function of its own: no fast non-local
// return goes past it. A `^` of a block in place that would leave it is left to the interpreter.
#include "translator/emit/body_emitter.h"
#include "translator/emit/inlining_limit.h"

namespace stwasm::emit {

image::ObjectId BodyEmitter::closureClass(bool isFull) const {
  return model_.special(isFull ? image::SpecialObject::kClassFullBlockClosure
                               : image::SpecialObject::kClassBlockClosure);
}

std::string BodyEmitter::closureClassIndex(const VirtualBlock& block) {
  return fmt::format("(global.get $class_index_{}block_closure)", block.isFull ? "full_" : "");
}

// Whether the send to the closure that is about to be pushed will be inlined, and evaluates it.
bool BodyEmitter::isEvaluatedBy(const ir::Instruction& send, bool isFull) const {
  Operand receiver;
  receiver.likelyClass = closureClass(isFull);
  for (const Candidate& candidate : candidatesOf(send, receiver)) {
    const MethodPlan& callee = *candidate.target->plan;
    if (mayInline(callee, inliningLimitAt(send, true)) &&
        evaluatesReceiver(callee, callee.ir.bodies[0]))
      return true;
  }
  return false;
}

// A token remembers how many barriers there were when it was made: those of the activations that
// `^` may return from are made before there is one more.
void BodyEmitter::emitProtectionBegin() {
  for (const BodyEmitter* active = caller_; active != nullptr; active = active->caller_)
    if (active->plan_.isHome(active->body_) && active->usesToken_)
      out_.line("{}", active->makeOuter());
  out_.line("(global.set $barrier_count (i32.add (global.get $barrier_count) (i32.const 1)))");
}

void BodyEmitter::emitProtectionEnd() {
  out_.line("(global.set $barrier_count (i32.sub (global.get $barrier_count) (i32.const 1)))");
}

// Whether an activation between this one and its home marks unwinding.
bool BodyEmitter::isProtected(const BodyEmitter& home) const {
  for (const BodyEmitter* active = this; active != &home; active = active->caller_)
    if (active->marksUnwind()) return true;
  return false;
}

}  // namespace stwasm::emit
