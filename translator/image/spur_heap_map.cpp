// First pass over a Spur heap: see spur_heap_map.h.
#include "translator/image/spur_heap_map.h"

#include <iterator>

#include "translator/image/image_header.h"

namespace stwasm::image::spur {

const char* targetKindName(Target::Kind kind) {
  switch (kind) {
    case Target::Kind::kObject:
      return "an object";
    case Target::Kind::kForwarder:
      return "a forwarder";
    case Target::Kind::kHidden:
      return "free or internal memory";
    case Target::Kind::kInsideObject:
      return "the middle of an object";
    case Target::Kind::kOutside:
      return "outside the heap";
    case Target::Kind::kMisaligned:
      return "a misaligned address";
  }
  return "nothing";
}

template <class Layout>
HeapMap<Layout>::HeapMap(std::span<const uint8_t> file, const ImageHeader& header)
    : file_(file),
      heapOffset_(heapFileOffset(header)),
      heapEnd_(heapOffset_ + header.dataSize),
      ids_(header.dataSize / kAllocationUnit, kNoStart) {}

template <class Layout>
Result<HeapMap<Layout>> HeapMap<Layout>::scan(std::span<const uint8_t> file,
                                              const ImageHeader& header) {
  HeapMap map(file, header);
  if (Status status = map.scanSegments(header)) return status;
  if (map.leadingCount_ < kLeadingEntities) {
    return fail(
        "the heap at byte {} ends before its first five objects do: no image without nil, "
        "false, true and a class table",
        map.heapOffset_);
  }
  for (uint32_t i = 0; i < 3; ++i) {
    if (!map.leading_[i].header.isObject()) {
      return fail("the heap does not begin with nil, false and true: no object at byte {}",
                  map.leading_[i].headerOffset);
    }
  }
  return map;
}

template <class Layout>
Status HeapMap<Layout>::scanSegments(const ImageHeader& header) {
  if (header.oldBaseAddress % kAllocationUnit != 0) {
    return fail("the image header's base address {:#x} is not a multiple of {}",
                header.oldBaseAddress, kAllocationUnit);
  }
  constexpr uint64_t kAddressLimit = Layout::kWordSize == 4 ? uint64_t{1} << 32 : ~uint64_t{0};
  Segment segment{header.oldBaseAddress, heapOffset_, header.firstSegmentSize};
  while (true) {
    const uint64_t size = segment.size;
    if (size < kBridgeSize || size % kAllocationUnit != 0 || size > heapEnd_ - segment.fileOffset) {
      return fail(
          "heap segment {} at byte {} has a size of {} bytes, which does not fit into the "
          "{} bytes of heap left",
          segments_.size() + 1, segment.fileOffset, size, heapEnd_ - segment.fileOffset);
    }
    if (size > kAddressLimit - segment.address) {
      return fail(
          "heap segment {} at byte {} lies beyond the address space: {} bytes from {:#x} on",
          segments_.size() + 1, segment.fileOffset, size, segment.address);
    }
    segment.size -= kBridgeSize;
    const uint64_t bridgeOffset = segment.fileOffset + segment.size;
    segments_.push_back(segment);
    if (Status status = scanEntities(segment.fileOffset, bridgeOffset)) return status;
    const uint64_t nextSize = Layout::load64(file_.data() + bridgeOffset + kHeaderSize);
    if (nextSize == 0) return Status::success();
    const uint64_t bridge = Layout::load64(file_.data() + bridgeOffset);
    const uint64_t span = Header(bridge).slotCountByte() == 0
                              ? 0
                              : Layout::overflowSlotCount(bridge) * Layout::kWordSize;
    const uint64_t end = segment.address + size;
    if (span > kAddressLimit - end) {
      return fail("the bridge at byte {} leads beyond the address space", bridgeOffset);
    }
    segment = Segment{end + span, bridgeOffset + kBridgeSize, nextSize};
  }
}

template <class Layout>
Status HeapMap<Layout>::scanEntities(uint64_t offset, uint64_t end) {
  while (offset < end) {
    Result<Entity> entity = readEntity(offset, end);
    if (!entity) return entity.takeError();
    if (Status status = addEntity(*entity)) return status;
    offset = entity->bodyOffset() + Layout::bodySize(entity->slotCount);
  }
  return Status::success();
}

// `offset` is where an entity begins: its header, or the slot count before it.
template <class Layout>
Result<Entity> HeapMap<Layout>::readEntity(uint64_t offset, uint64_t end) const {
  Header header(Layout::load64(file_.data() + offset));
  uint64_t slotCount = header.slotCountByte();
  uint64_t headerOffset = offset;
  if (header.overflows()) {
    slotCount = Layout::overflowSlotCount(Layout::load64(file_.data() + offset));
    headerOffset += kHeaderSize;
    if (headerOffset >= end) return fail("the object header at byte {} is cut off", offset);
    header = Header(Layout::load64(file_.data() + headerOffset));
    if (!header.overflows()) {
      return fail("the object at byte {} has a slot count before its header, which does not say so",
                  headerOffset);
    }
  }
  const uint64_t room = end - headerOffset - kHeaderSize;
  if (slotCount > room / Layout::kWordSize || Layout::bodySize(slotCount) > room) {
    return fail(
        "the object at byte {} has {} slots and runs over the end of its heap segment at "
        "byte {}",
        headerOffset, slotCount, end);
  }
  return Entity{header, static_cast<uint32_t>(headerOffset), static_cast<uint32_t>(slotCount)};
}

template <class Layout>
Status HeapMap<Layout>::addEntity(const Entity& entity) {
  const Header header = entity.header;
  if (leadingCount_ < kLeadingEntities) leading_[leadingCount_++] = entity;
  if (header.isObject()) {
    idAt(entity.headerOffset) = static_cast<uint32_t>(objects_.size());
    objects_.push_back(entity);
    if (header.format() <= kLastPointerFormat) {
      slotTotal_ += entity.slotCount;
    } else {
      if (header.format() >= kCompiledMethod) slotTotal_ += entity.slotCount;
      byteTotal_ += uint64_t{entity.slotCount} * Layout::kWordSize;
    }
  } else if (header.isForwarder()) {
    idAt(entity.headerOffset) = kForwarderStart;
  } else if (header.isFreeChunk() || header.isHidden()) {
    idAt(entity.headerOffset) = kHiddenStart;
  } else {
    return fail("the object at byte {} has the class index {}, which is reserved",
                entity.headerOffset, header.classIndex());
  }
  return Status::success();
}

template <class Layout>
const typename HeapMap<Layout>::Segment* HeapMap<Layout>::segmentOf(uint64_t oop) const {
  const auto after =
      std::upper_bound(segments_.begin(), segments_.end(), oop,
                       [](uint64_t address, const Segment& s) { return address < s.address; });
  if (after == segments_.begin()) return nullptr;
  const Segment& segment = *std::prev(after);
  return oop - segment.address < segment.size ? &segment : nullptr;
}

template <class Layout>
Target HeapMap<Layout>::target(uint64_t oop) const {
  if (oop % kAllocationUnit != 0) return {Target::Kind::kMisaligned};
  const Segment* segment = segmentOf(oop);
  if (segment == nullptr) return {Target::Kind::kOutside};
  const uint64_t offset = oop - segment->address + segment->fileOffset;
  const uint32_t id = ids_[(offset - heapOffset_) / kAllocationUnit];
  const auto headerOffset = static_cast<uint32_t>(offset);
  switch (id) {
    case kNoStart:
      return {Target::Kind::kInsideObject};
    case kHiddenStart:
      return {Target::Kind::kHidden, kNoObject, headerOffset};
    case kForwarderStart:
      return {Target::Kind::kForwarder, kNoObject, headerOffset};
    default:
      return {Target::Kind::kObject, id, headerOffset};
  }
}

template <class Layout>
Entity HeapMap<Layout>::entityAt(uint32_t headerOffset) const {
  const Header header(Layout::load64(file_.data() + headerOffset));
  uint64_t slotCount = header.slotCountByte();
  if (header.overflows()) {
    slotCount =
        Layout::overflowSlotCount(Layout::load64(file_.data() + headerOffset - kHeaderSize));
  }
  return {header, headerOffset, static_cast<uint32_t>(slotCount)};
}

template class HeapMap<Layout<4, std::endian::little>>;
template class HeapMap<Layout<4, std::endian::big>>;
template class HeapMap<Layout<8, std::endian::little>>;
template class HeapMap<Layout<8, std::endian::big>>;

}  // namespace stwasm::image::spur
