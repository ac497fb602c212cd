// Comparison of two object graphs, for the tests of the image writers. Test code only.
#pragma once

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "translator/image/object_graph.h"

namespace stwasm::image_writer::testing {

inline bool sameFields(const image::Object& a, const image::Object& b) {
  return a.classId == b.classId && a.classIndex == b.classIndex &&
         a.identityHash == b.identityHash && a.format == b.format && a.immutable == b.immutable &&
         a.pinned == b.pinned;
}

// The first difference in objects, slots, bytes or tables; empty for the same graph. What depends
// on where objects stand in the file is not compared.
inline std::string difference(const image::ObjectGraph& a, const image::ObjectGraph& b) {
  if (a.objectCount() != b.objectCount()) {
    return fmt::format("{} and {} objects", a.objectCount(), b.objectCount());
  }
  for (image::ObjectId id = 0; id < a.objectCount(); ++id) {
    if (!sameFields(a.object(id), b.object(id))) return fmt::format("header of object {}", id);
    if (!std::ranges::equal(a.slots(id), b.slots(id))) return fmt::format("slots of object {}", id);
    if (!std::ranges::equal(a.bytes(id), b.bytes(id))) return fmt::format("bytes of object {}", id);
  }
  if (!std::ranges::equal(a.classTable(), b.classTable())) return "class table";
  if (a.specialObjectsArray() != b.specialObjectsArray()) return "special objects array";
  if (a.trailerEncoding() != b.trailerEncoding()) return "trailer encoding";
  return "";
}

// The same for what the headers say, but for sizes and addresses.
inline bool sameSettings(const image::ImageHeader& a, const image::ImageHeader& b) {
  return a.formatNumber == b.formatNumber && a.wordSize == b.wordSize &&
         a.bigEndian == b.bigEndian && a.oldBaseAddress == b.oldBaseAddress &&
         a.lastHash == b.lastHash && a.savedWindowSize == b.savedWindowSize && a.flags == b.flags &&
         a.extraVmMemory == b.extraVmMemory && a.stackPageCount == b.stackPageCount &&
         a.cogCodeSize == b.cogCodeSize && a.edenBytes == b.edenBytes &&
         a.maxExternalSemaphores == b.maxExternalSemaphores;
}

}  // namespace stwasm::image_writer::testing
