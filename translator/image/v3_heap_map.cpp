// First pass over a heap from before Spur: see v3_heap_map.h.
#include "translator/image/v3_heap_map.h"

#include "translator/image/byte_order.h"
#include "translator/image/image_header.h"

namespace stwasm::image::v3 {

HeapMap::HeapMap(std::span<const uint8_t> file, const ImageHeader& header)
    : file_(file),
      bigEndian_(header.bigEndian),
      base_(static_cast<uint32_t>(header.oldBaseAddress)),
      heapOffset_(heapFileOffset(header)),
      heapEnd_(heapOffset_ + header.dataSize / kWordSize * kWordSize),
      starts_(header.dataSize / kWordSize, kNoObject) {}

Result<HeapMap> HeapMap::scan(std::span<const uint8_t> file, const ImageHeader& header) {
  if (header.oldBaseAddress % kWordSize != 0) {
    return fail("the image header's base address {:#x} is not a multiple of {}",
                header.oldBaseAddress, kWordSize);
  }
  HeapMap map(file, header);
  if (Status status = map.scanEntities()) return status;
  return map;
}

uint32_t HeapMap::wordAt(uint64_t offset) const {
  return load<uint32_t>(file_.data() + offset, bigEndian_);
}

Status HeapMap::scanEntities() {
  for (uint64_t offset = heapOffset_; offset < heapEnd_;) {
    const uint32_t word = wordAt(offset);
    if ((word & kHeaderTypeMask) == kFreeChunk) {
      const uint32_t size = freeChunkSize(word);
      if (size == 0 || size > heapEnd_ - offset) {
        return fail("the free memory at byte {} has a size of {} bytes, more than the {} left",
                    offset, size, heapEnd_ - offset);
      }
      offset += size;
      continue;
    }
    Result<Entity> entity = readEntity(offset);
    if (!entity) return entity.takeError();
    starts_[(entity->headerOffset - heapOffset_) / kWordSize] =
        static_cast<uint32_t>(entities_.size());
    entities_.push_back(*entity);
    offset = uint64_t{entity->bodyOffset()} + entity->bodySize;
  }
  return Status::success();
}

// `offset` is where the first word of the header is.
Result<Entity> HeapMap::readEntity(uint64_t offset) const {
  const uint32_t type = wordAt(offset) & kHeaderTypeMask;
  const uint32_t wordsBefore = type == kThreeWordHeader ? 2 : type == kTwoWordHeader ? 1 : 0;
  if (heapEnd_ - offset < (uint64_t{wordsBefore} + 1) * kWordSize) {
    return fail("the object header at byte {} is cut off", offset);
  }
  const uint64_t base = offset + uint64_t{wordsBefore} * kWordSize;
  Entity entity;
  entity.header = BaseHeader(wordAt(base));
  entity.headerOffset = static_cast<uint32_t>(base);
  if (entity.header.type() != type) {
    return fail("the words of the object header at byte {} do not belong together", offset);
  }
  if (wordsBefore > 0) entity.classWord = wordAt(base - kWordSize) & ~kHeaderTypeMask;
  const uint32_t size =
      wordsBefore == 2 ? longSize(wordAt(offset)) : uint32_t{entity.header.byteSize()};
  if (size < kWordSize || size > heapEnd_ - base) {
    return fail("the object at byte {} has a size of {} bytes, which does not fit into the {} left",
                base, size, heapEnd_ - base);
  }
  entity.bodySize = size - kWordSize;
  return entity;
}

uint32_t HeapMap::entityAt(uint32_t oop) const {
  const uint32_t distance = oop - base_;
  if (oop % kWordSize != 0 || oop < base_ || distance / kWordSize >= starts_.size()) {
    return kNoObject;
  }
  return starts_[distance / kWordSize];
}

}  // namespace stwasm::image::v3
