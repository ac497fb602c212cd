// What names mean in the methods of a class: instance variables, class variables, pools, globals.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "translator/compiler/environment.h"
#include "translator/compose/hierarchy.h"

namespace stwasm::compose {

// The associations of the global dictionary by name.
using Globals = std::map<std::string, image::ObjectId, std::less<>>;

// A BindingId is the ObjectId of the association.
class ClassNames final : public compiler::Environment {
 public:
  // `classSide`: for methods of the class itself. Without a class only globals are known.
  ClassNames(const Hierarchy& hierarchy, const ClassInfo* info, bool classSide,
             const Globals& globals);

  std::optional<uint32_t> slotOf(std::string_view name) const override;
  bool isContextSlot(uint32_t slot) const override { return slot < contextSlots_; }
  std::optional<compiler::BindingId> bindingOf(std::string_view name) const override;
  std::vector<std::string> names() const override;

 private:
  const ClassInfo* info_;
  const Globals& globals_;
  std::vector<std::string> slots_;
  size_t contextSlots_ = 0;
};

}  // namespace stwasm::compose
