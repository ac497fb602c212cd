// What the compiler has to know of the class that it compiles for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stwasm::compiler {

// Stands for an association of a global, a class variable or a pool variable. What it means is
// the environment's own business.
using BindingId = uint32_t;

class Environment {
 public:
  virtual ~Environment() = default;

  // The 0-based slot of an instance variable.
  virtual std::optional<uint32_t> slotOf(std::string_view name) const = 0;
  // Whether the slot is one of a Context: the virtual machine takes notice of accesses to these, if
  // they are in the long form.
  virtual bool isContextSlot(uint32_t /*slot*/) const { return false; }
  // Class variables before pools before globals.
  virtual std::optional<BindingId> bindingOf(std::string_view name) const = 0;
  // Names near to which a misspelt one may be.
  virtual std::vector<std::string> names() const = 0;
};

}  // namespace stwasm::compiler
