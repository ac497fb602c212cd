// See element_kinds.h.
#include "translator/emit/element_kinds.h"

#include <algorithm>

#include "translator/bytecode/special_selectors.h"

namespace stwasm::emit {

namespace {

// at:, at:put:, size.
using Primitives = std::array<uint32_t, 3>;
constexpr Primitives kOfElements = {60, 61, 62};
constexpr Primitives kOfStrings = {63, 64, 62};

// A class is worth a test from this share of the sends on.
constexpr uint64_t kLeastShare = 20;

constexpr std::array<ElementShape, 3> kShapes = {{
    {"$Indexed", "$slots", "$Slots", "$array", "$elements", "$plain_array_class"},
    {"$ByteObject", "$bytes", "$Bytes", "$string", "$bytes", "$plain_string_class"},
    {"$ByteObject", "$bytes", "$Bytes", "$string", "$bytes", "$plain_byte_array_class"},
}};

uint32_t primitiveOf(const image::ImageModel& model, image::ObjectId behavior, int special) {
  const image::ObjectId selector = model.specialSelectors()[static_cast<size_t>(special)].selector;
  const auto entry = model.lookup(behavior, selector);
  if (!entry) return 0;
  auto view = image::CompiledMethodView::create(model.graph(), entry->method);
  if (view) return view->primitiveNumber();
  llvm::consumeError(view.takeError());
  return 0;
}

bool isPlain(const image::ImageModel& model, image::ObjectId behavior,
             const Primitives& primitives) {
  using namespace bytecode;
  return behavior != image::kNil && primitiveOf(model, behavior, kSelectorAt) == primitives[0] &&
         primitiveOf(model, behavior, kSelectorAtPut) == primitives[1] &&
         primitiveOf(model, behavior, kSelectorSize) == primitives[2];
}

}  // namespace

const ElementShape& elementShape(ElementKind kind) { return kShapes[static_cast<size_t>(kind)]; }

ElementClasses::ElementClasses(const image::ImageModel& model) {
  using image::SpecialObject;
  const auto enter = [&](ElementKind kind, SpecialObject which, const Primitives& primitives) {
    const image::ObjectId behavior = model.special(which);
    classes_[static_cast<size_t>(kind)] =
        isPlain(model, behavior, primitives) ? behavior : image::kNil;
  };
  enter(ElementKind::kArray, SpecialObject::kClassArray, kOfElements);
  enter(ElementKind::kByteArray, SpecialObject::kClassByteArray, kOfElements);
  // Before Spur, Characters come from a table of the image.
  if (model.graph().header().isSpur())
    enter(ElementKind::kString, SpecialObject::kClassByteString, kOfStrings);
}

std::optional<ElementKind> ElementClasses::kindOf(image::ObjectId behavior) const {
  const auto found = std::ranges::find(classes_, behavior);
  if (behavior == image::kNil || found == classes_.end()) return {};
  return static_cast<ElementKind>(found - classes_.begin());
}

std::vector<ElementKind> ElementClasses::kindsIn(const profile::SendProfile& seen) const {
  std::vector<ElementKind> kinds;
  for (const profile::ReceiverCount& receiver : seen.receivers) {
    if (receiver.count * kLeastShare < seen.count) break;
    if (const auto kind = kindOf(receiver.behavior)) kinds.push_back(*kind);
  }
  return kinds;
}

}  // namespace stwasm::emit
