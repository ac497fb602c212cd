// The package of a class as the image has it: the class's own category, or the one under which
// SystemOrganization lists it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "translator/image/image_model.h"

namespace stwasm::source {

class ClassCategories {
 public:
  explicit ClassCategories(const image::ImageModel& model);

  // "" when the image tells none. A metaclass has its class's.
  std::string of(image::ObjectId behavior) const;

 private:
  void readOrganization();

  const image::ImageModel& model_;
  std::optional<uint32_t> categorySlot_;             // of classes
  std::map<std::string, std::string> organization_;  // class -> category
};

}  // namespace stwasm::source
