// First pass over a heap from before Spur: which object starts where. Checks every object's header
// and size, and from then on tells what an object pointer of the image refers to. Does not look
// into bodies.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "translator/image/object_graph.h"
#include "translator/image/v3_layout.h"
#include "translator/support/result.h"

namespace stwasm::image::v3 {

struct Entity {
  BaseHeader header;
  uint32_t headerOffset = 0;  // of the base header in the file
  uint32_t bodySize = 0;      // bytes
  uint32_t classWord = 0;     // the class's oop, 0 when the header has none

  uint32_t bodyOffset() const { return headerOffset + kWordSize; }
  uint32_t slotCount() const { return bodySize / kWordSize; }
};

class HeapMap {
 public:
  static Result<HeapMap> scan(std::span<const uint8_t> file, const ImageHeader& header);

  // In the order of the image.
  std::span<const Entity> entities() const { return entities_; }
  // The index in entities() of the object that the oop points to; kNoObject when it points to none.
  uint32_t entityAt(uint32_t oop) const;
  uint32_t wordAt(uint64_t offset) const;

 private:
  HeapMap(std::span<const uint8_t> file, const ImageHeader& header);

  Status scanEntities();
  Result<Entity> readEntity(uint64_t offset) const;

  std::span<const uint8_t> file_;
  bool bigEndian_;
  uint32_t base_;
  uint64_t heapOffset_;
  uint64_t heapEnd_;
  std::vector<uint32_t> starts_;  // one for each word of the heap
  std::vector<Entity> entities_;
};

}  // namespace stwasm::image::v3
