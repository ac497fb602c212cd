// First pass over a Spur heap: which object starts where. Checks the segments and every object's
// header and size, and from then on tells what an object pointer of the image refers to. Does not
// look into bodies.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "translator/image/object_graph.h"
#include "translator/image/spur_layout.h"
#include "translator/support/result.h"

namespace stwasm::image::spur {

// Something with a header: an object, or what the VM keeps in the heap for itself.
struct Entity {
  Header header;
  uint32_t headerOffset = 0;  // in the file
  uint32_t slotCount = 0;

  uint32_t bodyOffset() const { return headerOffset + kHeaderSize; }
};

// What an object pointer refers to.
struct Target {
  enum class Kind : uint8_t { kObject, kForwarder, kHidden, kInsideObject, kOutside, kMisaligned };
  Kind kind = Kind::kOutside;
  ObjectId id = kNoObject;    // of an object
  uint32_t headerOffset = 0;  // of an object, a forwarder or a hidden one
};
const char* targetKindName(Target::Kind kind);

template <class Layout>
class HeapMap {
 public:
  // nil, false, true, the free lists, the hidden roots.
  static constexpr uint32_t kLeadingEntities = 5;

  static Result<HeapMap> scan(std::span<const uint8_t> file, const ImageHeader& header);

  // The objects proper in the order of the image; their index is their ObjectId.
  std::span<const Entity> objects() const { return objects_; }
  const std::array<Entity, kLeadingEntities>& leading() const { return leading_; }
  // Upper bounds of what the bodies of all objects need.
  uint64_t slotTotal() const { return slotTotal_; }
  uint64_t byteTotal() const { return byteTotal_; }

  Target target(uint64_t oop) const;
  // The entity whose header is at that offset, which a Target has told.
  Entity entityAt(uint32_t headerOffset) const;

 private:
  struct Segment {
    uint64_t address = 0;
    uint64_t fileOffset = 0;
    uint64_t size = 0;  // without its bridge
  };

  // Marks in ids_ beside object ids.
  static constexpr uint32_t kNoStart = 0xFFFFFFFF;
  static constexpr uint32_t kHiddenStart = 0xFFFFFFFE;
  static constexpr uint32_t kForwarderStart = 0xFFFFFFFD;

  HeapMap(std::span<const uint8_t> file, const ImageHeader& header);

  Status scanSegments(const ImageHeader& header);
  Status scanEntities(uint64_t offset, uint64_t end);
  Result<Entity> readEntity(uint64_t offset, uint64_t end) const;
  Status addEntity(const Entity& entity);
  const Segment* segmentOf(uint64_t oop) const;
  uint32_t& idAt(uint64_t headerOffset) {
    return ids_[(headerOffset - heapOffset_) / kAllocationUnit];
  }

  std::span<const uint8_t> file_;
  uint64_t heapOffset_;
  uint64_t heapEnd_;
  std::vector<Segment> segments_;  // by address
  std::vector<uint32_t> ids_;      // one for each 8 bytes of the heap
  std::vector<Entity> objects_;
  std::array<Entity, kLeadingEntities> leading_;
  uint32_t leadingCount_ = 0;
  uint64_t slotTotal_ = 0;
  uint64_t byteTotal_ = 0;
};

extern template class HeapMap<Layout<4, std::endian::little>>;
extern template class HeapMap<Layout<4, std::endian::big>>;
extern template class HeapMap<Layout<8, std::endian::little>>;
extern template class HeapMap<Layout<8, std::endian::big>>;

}  // namespace stwasm::image::spur
