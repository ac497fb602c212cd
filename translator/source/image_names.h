// What names mean in a class of a real image: the compiler's environment for recompiling it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "translator/compiler/environment.h"
#include "translator/image/image_model.h"

namespace stwasm::source {

// Bindings are the ObjectIds of associations.
class ImageNames final : public compiler::Environment {
 public:
  // Names that the image has no longer are looked up among the literals of `method`.
  ImageNames(const image::ImageModel& model, image::ObjectId behavior, image::ObjectId method);

  std::optional<uint32_t> slotOf(std::string_view name) const override;
  bool isContextSlot(uint32_t slot) const override { return slot < contextSlots_; }
  std::optional<compiler::BindingId> bindingOf(std::string_view name) const override;
  std::vector<std::string> names() const override { return {}; }

 private:
  image::ObjectId slotObject(image::ObjectId id, size_t slot) const;
  std::optional<compiler::BindingId> inDictionary(image::ObjectId dictionary,
                                                  std::string_view name) const;
  std::optional<compiler::BindingId> inPools(image::ObjectId behavior, std::string_view name) const;
  std::optional<compiler::BindingId> among(image::ObjectId object, std::string_view name) const;

  const image::ImageModel& model_;
  image::ObjectId behavior_;
  image::ObjectId method_;
  size_t contextSlots_ = 0;
  std::vector<std::string> slots_;
};

}  // namespace stwasm::source
