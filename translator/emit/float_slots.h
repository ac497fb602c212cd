// Which instance variables may hold Floats that are changed in place (runtime-wat/float_slots.wat):
// those that hot code of the profile stores results of Float arithmetic into. They go by the class
// that declares the variable; classes that the virtual machine knows have none.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "translator/emit/method_plan.h"
#include "translator/image/image_model.h"
#include "translator/profile/profile.h"

namespace stwasm::emit {

// Whether nearly all receivers of a send were Floats.
bool hadFloats(const image::ImageModel& model, const profile::SendProfile& seen);

class FloatSlots {
 public:
  using Classes = std::set<image::ObjectId>;

  FloatSlots() = default;
  // Chooses, and tells the plans. Without a profile there are none.
  FloatSlots(const image::ImageModel& model, std::vector<MethodPlan>& methods,
             const profile::Profile* profile);

  // Tells the runtime: what translated methods rely on, and the function $declared_float_slots.
  void enter(const std::vector<MethodPlan>& methods, Program& program) const;

 private:
  void note(const image::ImageModel& model, const std::vector<MethodPlan>& methods,
            const profile::Profile& profile, const Classes& known);
  // Of instances of the class, inherited ones included: a bit by slot.
  uint32_t of(const image::ImageModel& model, image::ObjectId behavior) const;
  void tell(const image::ImageModel& model, std::vector<MethodPlan>& methods) const;

  std::map<image::ObjectId, uint32_t> declared_;   // by class that declares some
  std::map<image::ObjectId, uint32_t> inherited_;  // of these, with those of the classes above
};

}  // namespace stwasm::emit
