// Second pass over a heap from before Spur: special objects, classes, bodies. See v3_heap.h.
#include "translator/image/v3_heap.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "translator/image/byte_order.h"
#include "translator/image/method_trailer.h"
#include "translator/image/special_objects.h"
#include "translator/image/v3_heap_map.h"

namespace stwasm::image {

namespace {

using v3::Entity;
using v3::kWordSize;

constexpr uint32_t kFloatBytes = 8;

std::optional<Format> bodyFormat(uint32_t format) {
  if (format >= v3::kCompiledMethod) return Format::kCompiledMethod;
  if (format >= v3::kBytes8) return Format::kBytes8;
  switch (format) {
    case v3::kNoFields:
    case v3::kFixedSlots:
      return Format::kFixed;
    case v3::kArray:
    case v3::kFixedAndIndexed:
      return Format::kIndexedPointers;
    case v3::kWeakArray:
      return Format::kWeak;
    case v3::kWords32:
      return Format::kWords32;
    default:
      return std::nullopt;
  }
}

class V3HeapReader {
 public:
  V3HeapReader(std::span<const uint8_t> file, const ImageHeader& header, v3::HeapMap map,
               const std::string& fileName)
      : file_(file), header_(header), map_(std::move(map)), builder_(fileName) {}

  Result<ObjectGraph> read();

 private:
  Status findSpecialObjects();
  Status numberObjects();
  Status readCompactClasses();
  Status findClasses();
  Status classOf(const Entity& entity, uint32_t& classEntity) const;
  Status assignClassIndices();
  Status readObject(const Entity& entity, uint32_t classEntity);
  Status readSlots(const Entity& entity, uint32_t count, uint32_t live);
  Status readBytes(const Entity& entity, uint32_t unused);
  Status readWords(const Entity& entity, bool isFloat);
  Status readCompiledMethod(const Entity& entity, uint32_t unused);
  uint32_t liveSlotCount(const Entity& entity, uint32_t classEntity) const;

  uint32_t special(SpecialObject which) const {
    const auto index = static_cast<uint32_t>(which);
    return index < special_.size() ? special_[index] : kNoObject;
  }
  bool isClass(uint32_t entity) const { return entity != kNoObject && entity != special_[kNil]; }
  bool decode(uint32_t oop, Value& value) const;
  static Status badOop(uint32_t oop, uint64_t offset) {
    return fail("the object pointer {:#x} at byte {} points to no object", oop, offset);
  }

  std::span<const uint8_t> file_;
  const ImageHeader& header_;
  v3::HeapMap map_;
  ObjectGraphBuilder builder_;
  // Entities are numbered as they stand in the image, objects with nil, false and true first.
  std::vector<uint32_t> special_;  // entities; kNoObject for immediates
  uint32_t specialArray_ = kNoObject;
  std::vector<ObjectId> ids_;         // by entity
  std::vector<uint32_t> order_;       // entities by object id
  std::vector<uint32_t> compact_;     // entities by compact class index
  std::vector<uint32_t> classes_;     // by entity: the entity of its class
  std::vector<uint32_t> classIndex_;  // by entity
  std::vector<ObjectId> classTable_;
};

Result<ObjectGraph> V3HeapReader::read() {
  if (Status status = findSpecialObjects()) return status;
  if (Status status = numberObjects()) return status;
  if (Status status = readCompactClasses()) return status;
  if (Status status = findClasses()) return status;
  if (Status status = assignClassIndices()) return status;
  builder_.reserve(order_.size(), header_.dataSize / kWordSize, header_.dataSize);
  for (uint32_t entity : order_) {
    if (Status status = readObject(map_.entities()[entity], classes_[entity])) return status;
  }
  builder_.setHeader(header_);
  builder_.setSpecialObjectsArray(ids_[specialArray_]);
  builder_.setClassTable(std::move(classTable_));
  builder_.setTrailerEncoding(header_.hasClosures() ? detectTrailerEncoding(builder_.graph())
                                                    : TrailerEncoding::kShortestLength);
  return builder_.take();
}

Status V3HeapReader::findSpecialObjects() {
  constexpr uint32_t kOopField = 16;
  const auto oop = static_cast<uint32_t>(header_.specialObjectsOop);
  specialArray_ = map_.entityAt(oop);
  if (specialArray_ == kNoObject) return badOop(oop, header_.fileOffset + kOopField);
  const Entity& array = map_.entities()[specialArray_];
  if (array.header.format() != v3::kArray || array.slotCount() < 3) {
    return fail("the special objects array, as the header's byte {} has it, is no array: byte {}",
                header_.fileOffset + kOopField, array.headerOffset);
  }
  for (uint32_t i = 0; i < array.slotCount(); ++i) {
    special_.push_back(map_.entityAt(map_.wordAt(array.bodyOffset() + uint64_t{i} * kWordSize)));
  }
  const bool distinct =
      special_[0] != special_[1] && special_[1] != special_[2] && special_[0] != special_[2];
  if (!distinct ||
      std::find(special_.begin(), special_.begin() + 3, kNoObject) != special_.begin() + 3) {
    return fail("the special objects array at byte {} does not begin with nil, false and true",
                array.headerOffset);
  }
  return Status::success();
}

Status V3HeapReader::numberObjects() {
  const auto count = static_cast<uint32_t>(map_.entities().size());
  ids_.assign(count, kNoObject);
  order_.assign(special_.begin(), special_.begin() + 3);
  for (ObjectId id = 0; id < 3; ++id) ids_[order_[id]] = id;
  for (uint32_t entity = 0; entity < count; ++entity) {
    if (ids_[entity] != kNoObject) continue;
    ids_[entity] = static_cast<ObjectId>(order_.size());
    order_.push_back(entity);
  }
  return Status::success();
}

Status V3HeapReader::readCompactClasses() {
  const uint32_t entity = special(SpecialObject::kCompactClasses);
  if (entity == kNoObject) return Status::success();
  const Entity& array = map_.entities()[entity];
  for (uint32_t i = 0; i < array.slotCount(); ++i) {
    compact_.push_back(map_.entityAt(map_.wordAt(array.bodyOffset() + uint64_t{i} * kWordSize)));
  }
  return Status::success();
}

// A compact class's index counts from 1; it goes before a class in the header.
Status V3HeapReader::classOf(const Entity& entity, uint32_t& classEntity) const {
  const uint32_t index = entity.header.compactClassIndex();
  if (index == 0) {
    classEntity = map_.entityAt(entity.classWord);
    if (isClass(classEntity)) return Status::success();
    return fail("the object at byte {} has no class: its header says {:#x}", entity.headerOffset,
                entity.classWord);
  }
  classEntity = index <= compact_.size() ? compact_[index - 1] : kNoObject;
  if (isClass(classEntity)) return Status::success();
  return fail("the object at byte {} has the compact class index {}, at which there is no class",
              entity.headerOffset, index);
}

Status V3HeapReader::findClasses() {
  classes_.reserve(map_.entities().size());
  for (const Entity& entity : map_.entities()) {
    uint32_t classEntity = kNoObject;
    if (Status status = classOf(entity, classEntity)) return status;
    classes_.push_back(classEntity);
  }
  return Status::success();
}

// Every class of some object gets an index: see v3_layout.h.
Status V3HeapReader::assignClassIndices() {
  classIndex_.assign(map_.entities().size(), 0);
  classTable_.assign(v3::kMaxClasses, kNil);
  uint32_t nextFree = 1;
  for (uint32_t entity : order_) {
    const uint32_t classEntity = classes_[entity];
    if (classIndex_[classEntity] != 0) continue;
    uint32_t index = v3::kFirstClassIndex + map_.entities()[classEntity].header.identityHash();
    if (classTable_[index] != kNil) {
      if (nextFree == v3::kFirstClassIndex) {
        return fail("too many classes share their identity hashes");
      }
      index = nextFree++;
    }
    classIndex_[classEntity] = index;
    classTable_[index] = ids_[classEntity];
  }
  return Status::success();
}

bool V3HeapReader::decode(uint32_t oop, Value& value) const {
  if ((oop & 1) != 0) {
    value = Value::smallInteger(static_cast<int32_t>(oop) >> 1);
    return true;
  }
  const uint32_t entity = map_.entityAt(oop);
  if (entity == kNoObject) return false;
  value = Value::object(ids_[entity]);
  return true;
}

Status V3HeapReader::readObject(const Entity& entity, uint32_t classEntity) {
  const uint32_t format = entity.header.format();
  const std::optional<Format> body = bodyFormat(format);
  if (!body) {
    return fail("the object at byte {} has the unknown format {}", entity.headerOffset, format);
  }
  Object object;
  object.classId = ids_[classEntity];
  object.classIndex = classIndex_[classEntity];
  object.identityHash = entity.header.identityHash();
  object.format = *body;
  object.imageOffset = entity.headerOffset;
  builder_.addObject(object);
  switch (*body) {
    case Format::kCompiledMethod:
      return readCompiledMethod(entity, format & 3);
    case Format::kBytes8:
      return readBytes(entity, format & 3);
    case Format::kWords32:
      return readWords(entity, classEntity == special(SpecialObject::kClassFloat));
    default:
      return readSlots(entity, entity.slotCount(), liveSlotCount(entity, classEntity));
  }
}

// What stands above a Context's stack pointer is not maintained by the VM.
uint32_t V3HeapReader::liveSlotCount(const Entity& entity, uint32_t classEntity) const {
  const uint32_t all = entity.slotCount();
  if ((classEntity != special(SpecialObject::kClassContext) &&
       classEntity != special(SpecialObject::kClassBlockContext)) ||
      all < v3::kContextNamedSlots) {
    return all;
  }
  const uint32_t stackPointer =
      map_.wordAt(entity.bodyOffset() + uint64_t{v3::kContextStackPointerSlot} * kWordSize);
  if ((stackPointer & 1) == 0) return v3::kContextNamedSlots;
  return v3::kContextNamedSlots +
         static_cast<uint32_t>(std::clamp<int64_t>(static_cast<int32_t>(stackPointer) >> 1, 0,
                                                   int64_t{all} - v3::kContextNamedSlots));
}

// The slots from `live` on become nil.
Status V3HeapReader::readSlots(const Entity& entity, uint32_t count, uint32_t live) {
  uint64_t offset = entity.bodyOffset();
  for (uint32_t i = 0; i < count; ++i, offset += kWordSize) {
    Value value;
    if (i < live && !decode(map_.wordAt(offset), value)) {
      return badOop(map_.wordAt(offset), offset);
    }
    builder_.addSlot(value);
  }
  return Status::success();
}

Status V3HeapReader::readBytes(const Entity& entity, uint32_t unused) {
  if (unused > entity.bodySize) {
    return fail("the object at byte {} has {} bytes of which {} are unused", entity.headerOffset,
                entity.bodySize, unused);
  }
  builder_.addBytes(file_.subspan(entity.bodyOffset(), entity.bodySize - unused));
  return Status::success();
}

// Words become little endian. A Float's more significant word comes first, save in images with
// native Floats on a little-endian machine; its bytes become an IEEE double in that order.
Status V3HeapReader::readWords(const Entity& entity, bool isFloat) {
  const std::span<uint8_t> to = builder_.addBytes(size_t{entity.slotCount()} * kWordSize);
  for (uint32_t i = 0; i < entity.slotCount(); ++i) {
    const uint32_t word = map_.wordAt(entity.bodyOffset() + uint64_t{i} * kWordSize);
    for (uint32_t byte = 0; byte < kWordSize; ++byte) {
      to[size_t{i} * kWordSize + byte] = static_cast<uint8_t>(word >> (8 * byte));
    }
  }
  const bool lowWordFirst = header_.hasNativeFloats() && !header_.bigEndian;
  if (isFloat && to.size() == kFloatBytes && !lowWordFirst) {
    std::rotate(to.begin(), to.begin() + kWordSize, to.end());
  }
  return Status::success();
}

Status V3HeapReader::readCompiledMethod(const Entity& entity, uint32_t unused) {
  const uint32_t header = entity.slotCount() == 0 ? 0 : map_.wordAt(entity.bodyOffset());
  if ((header & 1) == 0) {
    return fail("the CompiledMethod at byte {} has no method header", entity.headerOffset);
  }
  const uint32_t slots = v3::literalCount(static_cast<int32_t>(header) >> 1) + 1;
  if (uint64_t{slots} * kWordSize + unused > entity.bodySize) {
    return fail("the CompiledMethod at byte {} has {} literals by its header but only {} bytes",
                entity.headerOffset, slots - 1, entity.bodySize - unused);
  }
  if (Status status = readSlots(entity, slots, slots)) return status;
  const uint64_t begin = uint64_t{slots} * kWordSize;
  builder_.addBytes(file_.subspan(entity.bodyOffset() + begin, entity.bodySize - unused - begin));
  return Status::success();
}

}  // namespace

Result<ObjectGraph> readV3Heap(std::span<const uint8_t> file, const ImageHeader& header,
                               const std::string& fileName) {
  Result<v3::HeapMap> map = v3::HeapMap::scan(file, header);
  if (!map) return map.takeError();
  return V3HeapReader(file, header, std::move(*map), fileName).read();
}

}  // namespace stwasm::image
