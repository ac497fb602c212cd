// Which classes have elements that translated code reads and writes itself: Array, String and
// ByteArray, while they answer at:, at:put: and size by the basic primitives. The runtime knows at
// run time whether that still holds (runtime-wat/element_access.wat).
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "translator/image/image_model.h"
#include "translator/profile/profile.h"

namespace stwasm::emit {

enum class ElementKind : uint8_t { kArray, kString, kByteArray };

// How the runtime names what a kind's objects are made of.
struct ElementShape {
  std::string_view object;  // the struct
  std::string_view field;   // its field with the elements
  std::string_view array;   // that one's type
  std::string_view objectLocal;
  std::string_view arrayLocal;
  std::string_view plainClass;  // the class index of objects with the basic primitives
};

const ElementShape& elementShape(ElementKind kind);

class ElementClasses {
 public:
  explicit ElementClasses(const image::ImageModel& model);

  std::optional<ElementKind> kindOf(image::ObjectId behavior) const;
  // Of the receivers that a profile has seen, most frequent first.
  std::vector<ElementKind> kindsIn(const profile::SendProfile& seen) const;

 private:
  std::array<image::ObjectId, 3> classes_{};  // by kind; kNil: it has methods of its own
};

}  // namespace stwasm::emit
