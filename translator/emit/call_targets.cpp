// See call_targets.h.
#include "translator/emit/call_targets.h"

namespace stwasm::emit {

CallTargets::CallTargets(const image::ImageModel& model) : model_(model) {
  for (const image::MethodEntry& entry : model.methods()) {
    const auto [position, added] = soleImplementors_.try_emplace(entry.selector, entry.method);
    if (!added && position->second != entry.method) position->second = image::kNil;
  }
}

void CallTargets::add(const MethodPlan& plan, CodeIndex code) {
  targets_.emplace(plan.entry.method, CallTarget{plan.bodyNames[0], code, plan.ir.numArgs});
}

const CallTarget* CallTargets::ofMethod(image::ObjectId method, int numArgs) const {
  const auto found = targets_.find(method);
  if (found == targets_.end() || found->second.numArgs != numArgs) return nullptr;
  return &found->second;
}

const CallTarget* CallTargets::ofSend(image::ObjectId selector, int numArgs) const {
  const auto sole = soleImplementors_.find(selector);
  if (sole == soleImplementors_.end() || sole->second == image::kNil) return nullptr;
  return ofMethod(sole->second, numArgs);
}

const CallTarget* CallTargets::ofSuperSend(image::ObjectId behavior, image::ObjectId selector,
                                           int numArgs) const {
  const image::ObjectId above = model_.superclass(behavior);
  if (above == image::kNil) return nullptr;
  const auto entry = model_.lookup(above, selector);
  return entry ? ofMethod(entry->method, numArgs) : nullptr;
}

}  // namespace stwasm::emit
