// Which struct type the receivers of a method have, for its instance variables. See
// image_translator.h.
#include "translator/emit/image_translator.h"

namespace stwasm::emit {

using image::SpecialObject;

namespace {

// Of the code itself and of the full blocks that it makes for its receiver.
int highestReceiverVariable(const MethodPlan& plan) {
  int highest = -1;
  for (const ir::Body& body : plan.ir.bodies)
    highest = std::max(highest, body.facts.maxReceiverVariable);
  for (const MethodPlan& block : plan.fullBlocks)
    highest = std::max(highest, highestReceiverVariable(block));
  return highest;
}

}  // namespace

// Instance variables are read without a check, so the receiver's struct type has to be known:
// lookups give translated code only to receivers of the required shape.
// Empty when there is one.
std::string ImageTranslator::decideShape(MethodPlan& plan) const {
  const int highest = highestReceiverVariable(plan);
  if (highest < 0) return {};
  const auto spec = model_.instanceSpec(plan.entry.behavior);
  if (!spec || static_cast<uint32_t>(highest) >= spec->namedSlotCount)
    return "it uses an instance variable that its class does not have";
  for (const SpecialObject special :
       {SpecialObject::kClassContext, SpecialObject::kClassBlockContext,
        SpecialObject::kClassBlockClosure}) {
    const image::ObjectId activations = model_.special(special);
    if (activations == image::kNil) continue;
    const bool isBelow = targets_.inherits(plan.entry.behavior, activations);
    // Of a class above, other objects may be receivers, too.
    const bool isAbove =
        translatesActivations() && targets_.inherits(activations, plan.entry.behavior);
    if (!isBelow && !isAbove) continue;
    if (!translatesActivations())
      return "it uses instance variables of " + model_.className(activations);
    plan.receiverIsActivation = true;
    return {};
  }
  if (spec->format == image::Format::kFixed && spec->namedSlotCount <= kMaxFixedSlots) {
    plan.shape = static_cast<RequiredShape>(spec->namedSlotCount);
  } else if (spec->format == image::Format::kFixed ||
             spec->format == image::Format::kIndexedPointers ||
             spec->format == image::Format::kWeak) {
    plan.shape = kIndexedShape;
  } else {
    return "it uses instance variables of a class without pointer fields";
  }
  return {};
}

}  // namespace stwasm::emit
