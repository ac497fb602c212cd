// Classes at fixed indices: see well_known_classes.h.
#include "translator/compose/well_known_classes.h"

#include <algorithm>
#include <array>

namespace stwasm::compose {

std::span<const ClassEntry> spurClassIndices() {
  static constexpr std::array<ClassEntry, 16> kEntries{{
      {1, "SmallInteger"},
      {2, "Character"},
      {4, "SmallFloat64"},
      {32, "LargeNegativeInteger"},
      {33, "LargePositiveInteger"},
      {34, "BoxedFloat64"},
      {35, "Message"},
      {36, "Context"},
      {37, "BlockClosure"},
      {38, "FullBlockClosure"},
      {48, "Semaphore"},
      {50, "ByteArray"},
      {51, "Array"},
      {52, "String"},
      {53, "WordArray"},
      {54, "Point"},
  }};
  return kEntries;
}

std::span<const ClassEntry> compactClassIndices() {
  static constexpr std::array<ClassEntry, 10> kEntries{{
      {1, "CompiledMethod"},
      {3, "Array"},
      {4, "LargeNegativeInteger"},
      {5, "LargePositiveInteger"},
      {6, "BoxedFloat64"},
      {8, "Association"},
      {9, "Point"},
      {11, "String"},
      {12, "BlockClosure"},
      {14, "Context"},
  }};
  return kEntries;
}

uint32_t compactClassIndex(std::string_view className) {
  const auto entries = compactClassIndices();
  const auto found = std::ranges::find(entries, className, &ClassEntry::name);
  return found == entries.end() ? 0 : found->index;
}

}  // namespace stwasm::compose
