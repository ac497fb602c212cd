// See float_slots.h.
#include "translator/emit/float_slots.h"

#include <optional>

#include <fmt/format.h>

#include "translator/ir/float_run_builder.h"

namespace stwasm::emit {

namespace {

constexpr uint64_t kHotStores = 100;
constexpr uint64_t kMostly = 4;       // of so many receivers all but one are Floats
constexpr uint32_t kFloatSlots = 25;  // what the word for a method's required shape has room for
constexpr unsigned kShapeBits = 6;

using Classes = FloatSlots::Classes;

void addWithSuperclasses(const image::ImageModel& model, image::ObjectId behavior, Classes& to) {
  while (behavior != image::kNil && to.insert(behavior).second)
    behavior = model.superclass(behavior);
}

// Those whose instances the runtime reads by the numbers of their slots: special objects and their
// classes, and classes.
Classes knownClasses(const image::ImageModel& model) {
  Classes known;
  for (const image::Value special : model.graph().slots(model.graph().specialObjectsArray())) {
    addWithSuperclasses(model, model.classOf(special), known);
    if (special.isObject() && model.isBehavior(special.objectId()))
      addWithSuperclasses(model, special.objectId(), known);
  }
  for (const image::ObjectId behavior : model.behaviors())
    addWithSuperclasses(model, model.classOf(image::Value::object(behavior)), known);
  return known;
}

// The class, or one above it, that declares the instance variable.
image::ObjectId declaringClass(const image::ImageModel& model, image::ObjectId behavior,
                               uint32_t slot) {
  for (image::ObjectId above = model.superclass(behavior); above != image::kNil;
       above = model.superclass(above)) {
    const auto spec = model.instanceSpec(above);
    if (!spec || spec->namedSlotCount <= slot) break;
    behavior = above;
  }
  return behavior;
}

// Where the instruction stores what Float arithmetic has answered: into which slot.
std::optional<uint32_t> storedFloat(const image::ImageModel& model, const ir::Body& body,
                                    size_t index, const profile::CodeProfile& seen) {
  const ir::Instruction& store = body.instructions[index];
  const ir::Instruction& operation = body.instructions[index - 1];
  if (store.opcode != ir::Opcode::kPopIntoReceiverVariable ||
      operation.opcode != ir::Opcode::kSendSpecial || !ir::isFloatArithmetic(operation.a))
    return {};
  const profile::SendProfile* send = seen.sendAt(static_cast<uint32_t>(operation.pc));
  if (send == nullptr || send->count < kHotStores || !hadFloats(model, *send)) return {};
  return static_cast<uint32_t>(store.a);
}

}  // namespace

bool hadFloats(const image::ImageModel& model, const profile::SendProfile& seen) {
  uint64_t floats = 0;
  for (const profile::ReceiverCount& receiver : seen.receivers)
    if (receiver.behavior == model.special(image::SpecialObject::kClassFloat) ||
        (model.graph().header().wordSize == 8 &&
         receiver.behavior == model.classOf(image::Value::smallFloatFromSpur(0))))
      floats += receiver.count;
  return (seen.count - floats) * kMostly <= seen.count;
}

FloatSlots::FloatSlots(const image::ImageModel& model, std::vector<MethodPlan>& methods,
                       const profile::Profile* profile) {
  if (profile == nullptr || !model.graph().header().isSpur()) return;
  note(model, methods, *profile, knownClasses(model));
  for (const auto& [behavior, slots] : declared_) inherited_[behavior] = of(model, behavior);
  if (!declared_.empty()) tell(model, methods);
}

void FloatSlots::note(const image::ImageModel& model, const std::vector<MethodPlan>& methods,
                      const profile::Profile& profile, const Classes& known) {
  for (const MethodPlan& method : methods) {
    note(model, method.fullBlocks, profile, known);
    const profile::CodeProfile* seen = profile.of(method.view.id());
    if (seen == nullptr || method.shape <= 0) continue;
    for (const ir::Body& body : method.ir.bodies)
      for (size_t i = 1; i < body.instructions.size(); ++i) {
        const auto slot = storedFloat(model, body, i, *seen);
        if (!slot || *slot >= kFloatSlots) continue;
        const image::ObjectId declaring = declaringClass(model, method.entry.behavior, *slot);
        if (!known.contains(declaring)) declared_[declaring] |= 1U << *slot;
      }
  }
}

uint32_t FloatSlots::of(const image::ImageModel& model, image::ObjectId behavior) const {
  uint32_t slots = 0;
  for (; behavior != image::kNil; behavior = model.superclass(behavior))
    if (const auto found = declared_.find(behavior); found != declared_.end())
      slots |= found->second;
  return slots;
}

void FloatSlots::tell(const image::ImageModel& model, std::vector<MethodPlan>& methods) const {
  for (MethodPlan& plan : methods) {
    if (plan.shape > 0) plan.floatSlots = of(model, plan.entry.behavior);
    tell(model, plan.fullBlocks);
  }
}

void FloatSlots::enter(const std::vector<MethodPlan>& methods, Program& program) const {
  program.hasFloatSlots = !declared_.empty();
  const auto enterShapes = [&](const std::vector<MethodPlan>& plans, const auto& self) -> void {
    for (const MethodPlan& plan : plans) {
      if (plan.floatSlots != 0 && plan.refused.empty())
        program.methods[plan.id].shape |= static_cast<RequiredShape>(plan.floatSlots << kShapeBits);
      self(plan.fullBlocks, self);
    }
  };
  enterShapes(methods, enterShapes);
  program.functions += "(func $declared_float_slots (param $class eqref) (result i32)\n";
  for (const auto& [behavior, slots] : inherited_)
    program.functions += fmt::format(
        "  (if (ref.eq (local.get $class) (array.get $Slots (global.get $literals) (i32.const "
        "{}))) (then (return (i32.const {}))))\n",
        program.constants.literal(image::Value::object(behavior)), slots);
  program.functions += "  (i32.const 0))\n";
}

}  // namespace stwasm::emit
