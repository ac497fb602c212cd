// The classes that a virtual machine expects at fixed indices.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace stwasm::compose {

struct ClassEntry {
  uint32_t index;
  std::string_view name;
};

// Places in Spur's class table.
std::span<const ClassEntry> spurClassIndices();

// Before Spur: places, counted from 1, in the array of compact classes, which headers name with
// five bits. 0 for a class that is none.
std::span<const ClassEntry> compactClassIndices();
uint32_t compactClassIndex(std::string_view className);

}  // namespace stwasm::compose
