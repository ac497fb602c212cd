// See class_categories.h.
#include "translator/source/class_categories.h"

#include <algorithm>

#include "translator/source/image_names.h"

namespace stwasm::source {

using image::kNil;
using image::kNoObject;
using image::ObjectId;
using image::Value;

namespace {

constexpr size_t kValueSlot = 1;  // of an association

ObjectId objectAt(const image::ImageModel& model, ObjectId object, size_t slot) {
  const auto slots = model.graph().slots(object);
  return slot < slots.size() && slots[slot].isObject() ? slots[slot].objectId() : kNil;
}

std::string textOf(const image::ImageModel& model, Value value) {
  if (!value.isObject()) return "";
  return std::string(model.byteString(value.objectId()).value_or(""));
}

}  // namespace

ClassCategories::ClassCategories(const image::ImageModel& model) : model_(model) {
  const ObjectId classClass = model.findClass("Class");
  if (classClass != kNoObject)
    categorySlot_ = ImageNames(model, classClass, kNil).slotOf("category");
  readOrganization();
}

// A Categorizer: categories, for each the index of its last element, and all elements.
void ClassCategories::readOrganization() {
  const ObjectId classClass = model_.findClass("Object");
  if (classClass == kNoObject) return;
  const auto binding = ImageNames(model_, classClass, kNil).bindingOf("SystemOrganization");
  if (!binding) return;
  const ObjectId organizer = objectAt(model_, static_cast<ObjectId>(*binding), kValueSlot);
  if (organizer == kNil) return;
  const ImageNames names(model_, model_.classOf(Value::object(organizer)), kNil);
  const auto list = [&](const char* name) {
    const auto slot = names.slotOf(name);
    return model_.graph().slots(slot ? objectAt(model_, organizer, *slot) : kNil);
  };
  const auto categories = list("categoryArray");
  const auto stops = list("categoryStops");
  const auto elements = list("elementArray");
  size_t next = 0;
  for (size_t i = 0; i < std::min(categories.size(), stops.size()); ++i) {
    if (!stops[i].isSmallInteger()) return;
    const std::string category = textOf(model_, categories[i]);
    for (; next < elements.size() && static_cast<int64_t>(next) < stops[i].smallInteger(); ++next)
      organization_.emplace(textOf(model_, elements[next]), category);
  }
}

std::string ClassCategories::of(ObjectId behavior) const {
  if (model_.isMetaclass(behavior)) behavior = model_.soleInstance(behavior);
  const auto slots = model_.graph().slots(behavior);
  if (categorySlot_ && *categorySlot_ < slots.size()) {
    std::string own = textOf(model_, slots[*categorySlot_]);
    if (!own.empty()) return own;
  }
  const auto found = organization_.find(model_.className(behavior));
  return found == organization_.end() ? "" : found->second;
}

}  // namespace stwasm::source
