// Names in a real image: see image_names.h.
#include "translator/source/image_names.h"

#include <algorithm>

namespace stwasm::source {

using image::kNil;
using image::ObjectId;
using image::Value;

namespace {

// Slots of classes in images of the Squeak family.
constexpr size_t kInstanceVariablesSlot = 3;
constexpr size_t kClassPoolSlot = 7;
constexpr size_t kSharedPoolsSlot = 8;
// Slots of dictionaries and associations.
constexpr size_t kArraySlot = 1;
constexpr size_t kKeySlot = 0;
constexpr size_t kAssociationSlots = 2;

// Whether the class declares slots of Contexts.
bool isPartOfContext(std::string_view name) {
  return name == "InstructionStream" || name == "ContextPart" || name == "MethodContext" ||
         name == "Context";
}

}  // namespace

ImageNames::ImageNames(const image::ImageModel& model, ObjectId behavior, ObjectId method)
    : model_(model), behavior_(behavior), method_(method) {
  std::vector<ObjectId> chain;
  for (ObjectId each = behavior; each != kNil; each = model.superclass(each)) chain.push_back(each);
  for (auto each = chain.rbegin(); each != chain.rend(); ++each) {
    for (const Value name : model.graph().slots(slotObject(*each, kInstanceVariablesSlot))) {
      slots_.emplace_back(name.isObject() ? model.byteString(name.objectId()).value_or("") : "");
    }
    if (isPartOfContext(model.className(*each))) contextSlots_ = slots_.size();
  }
}

ObjectId ImageNames::slotObject(ObjectId id, size_t slot) const {
  const auto slots = model_.graph().slots(id);
  return slot < slots.size() && slots[slot].isObject() ? slots[slot].objectId() : kNil;
}

std::optional<uint32_t> ImageNames::slotOf(std::string_view name) const {
  const auto found = std::ranges::find(slots_, name);
  if (found == slots_.end()) return std::nullopt;
  return static_cast<uint32_t>(found - slots_.begin());
}

std::optional<compiler::BindingId> ImageNames::among(ObjectId object, std::string_view name) const {
  for (const Value value : model_.graph().slots(object)) {
    if (!value.isObject() || value.isNil()) continue;
    const ObjectId association = value.objectId();
    if (model_.graph().slots(association).size() < kAssociationSlots) continue;
    const ObjectId key = slotObject(association, kKeySlot);
    if (key != kNil && model_.byteString(key) == name) return association;
  }
  return std::nullopt;
}

std::optional<compiler::BindingId> ImageNames::inDictionary(ObjectId dictionary,
                                                            std::string_view name) const {
  return among(slotObject(dictionary, kArraySlot), name);
}

std::optional<compiler::BindingId> ImageNames::inPools(ObjectId behavior,
                                                       std::string_view name) const {
  if (auto binding = inDictionary(slotObject(behavior, kClassPoolSlot), name)) return binding;
  for (const Value pool : model_.graph().slots(slotObject(behavior, kSharedPoolsSlot))) {
    if (!pool.isObject()) continue;
    if (auto binding = inDictionary(pool.objectId(), name)) return binding;
    if (!model_.isBehavior(pool.objectId())) continue;
    for (ObjectId each = pool.objectId(); each != kNil; each = model_.superclass(each)) {
      if (auto binding = inDictionary(slotObject(each, kClassPoolSlot), name)) return binding;
    }
  }
  return std::nullopt;
}

std::optional<compiler::BindingId> ImageNames::bindingOf(std::string_view name) const {
  ObjectId behavior = model_.isMetaclass(behavior_) ? model_.soleInstance(behavior_) : behavior_;
  for (; behavior != kNil; behavior = model_.superclass(behavior)) {
    if (auto binding = inPools(behavior, name)) return binding;
  }
  const ObjectId globals = model_.special(image::SpecialObject::kSmalltalkDictionary);
  if (auto binding = inDictionary(globals, name)) return binding;
  return among(method_, name);
}

}  // namespace stwasm::source
