// Second pass over a Spur heap: class table, bodies, special objects. See spur_heap.h.
#include "translator/image/spur_heap.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "translator/image/method_trailer.h"
#include "translator/image/special_objects.h"
#include "translator/image/spur_heap_map.h"
#include "translator/image/spur_layout.h"

namespace stwasm::image {

namespace {

using spur::Entity;
using spur::Target;

// Forwarders lead to objects directly, save when an object was swapped again and again.
constexpr int kMaxForwarderChain = 64;
constexpr int64_t kLiteralCountMask = 0x7FFF;

struct BodyFormat {
  Format format;
  uint32_t unused;  // units at the end of the last word
};

std::optional<BodyFormat> bodyFormat(uint32_t format) {
  if (format >= spur::kCompiledMethod) {
    return BodyFormat{Format::kCompiledMethod, format - spur::kCompiledMethod};
  }
  if (format >= spur::kBytes8) return BodyFormat{Format::kBytes8, format - spur::kBytes8};
  if (format >= spur::kShorts16) return BodyFormat{Format::kShorts16, format - spur::kShorts16};
  if (format >= spur::kWords32) return BodyFormat{Format::kWords32, format - spur::kWords32};
  switch (format) {
    case spur::kZeroSized:
    case spur::kFixedSlots:
      return BodyFormat{Format::kFixed, 0};
    case spur::kArray:
    case spur::kFixedAndIndexed:
      return BodyFormat{Format::kIndexedPointers, 0};
    case spur::kWeakArray:
      return BodyFormat{Format::kWeak, 0};
    case spur::kEphemeron:
      return BodyFormat{Format::kEphemeron, 0};
    case spur::kWords64:
      return BodyFormat{Format::kWords64, 0};
    default:
      return std::nullopt;
  }
}

template <class Layout>
class SpurHeapReader {
 public:
  SpurHeapReader(std::span<const uint8_t> file, const ImageHeader& header,
                 spur::HeapMap<Layout> map, const std::string& fileName)
      : file_(file), header_(header), map_(std::move(map)), builder_(fileName) {}

  Result<ObjectGraph> read() {
    if (Status status = readClassTable()) return status;
    if (Status status = readObjects()) return status;
    if (Status status = readSpecialObjects()) return status;
    orderFloatWords();
    builder_.setHeader(header_);
    builder_.setClassTable(std::move(classTable_));
    builder_.setTrailerEncoding(detectTrailerEncoding(builder_.graph()));
    return builder_.take();
  }

 private:
  static constexpr uint32_t kWordSize = Layout::kWordSize;

  Status readClassTable();
  Status readClassTablePage(uint32_t page, uint64_t oopOffset);
  Status readObjects();
  Status readObject(const Entity& entity);
  Status readSlots(const Entity& entity, uint32_t count);
  Status readBytes(const Entity& entity, Format format, uint32_t unused);
  Status readCompiledMethod(const Entity& entity, uint32_t unused);
  Status readSpecialObjects();
  void orderFloatWords();

  uint32_t canonicalClassIndex(uint32_t classIndex) const;
  uint32_t liveSlotCount(const Entity& entity) const;
  uint64_t oopAt(uint64_t offset) const { return Layout::loadOop(file_.data() + offset); }
  bool decode(uint64_t oop, Value& value) const;
  bool decodePointer(uint64_t oop, Value& value) const;
  Status badOop(uint64_t oop, uint64_t offset) const;

  std::span<const uint8_t> file_;
  const ImageHeader& header_;
  spur::HeapMap<Layout> map_;
  ObjectGraphBuilder builder_;
  std::vector<ObjectId> classTable_;
};

// Bootstrapped images enter classes twice and use both entries.
template <class Layout>
uint32_t SpurHeapReader<Layout>::canonicalClassIndex(uint32_t classIndex) const {
  const ObjectId classId = classTable_[classIndex];
  const uint32_t hash = map_.objects()[classId].header.identityHash();
  return hash < classTable_.size() && classTable_[hash] == classId ? hash : classIndex;
}

// False when the oop is not one; badOop() then says why.
template <class Layout>
bool SpurHeapReader<Layout>::decode(uint64_t oop, Value& value) const {
  if constexpr (kWordSize == 4) {
    if ((oop & 1) != 0) {
      value = Value::smallInteger(static_cast<int32_t>(static_cast<uint32_t>(oop)) >> 1);
      return true;
    }
    if ((oop & 3) == 2) {
      value = Value::character(static_cast<uint32_t>(oop >> 2));
      return true;
    }
    return decodePointer(oop, value);
  } else {
    switch (oop & 7) {
      case 0:
        return decodePointer(oop, value);
      case 1:
        value = Value::smallInteger(static_cast<int64_t>(oop) >> 3);
        return true;
      case 2:
        value = Value::character(static_cast<uint32_t>(oop >> 3));
        return oop >> 35 == 0;
      case 4:
        value = Value::smallFloatFromSpur(oop >> 3);
        return true;
      default:
        return false;
    }
  }
}

template <class Layout>
bool SpurHeapReader<Layout>::decodePointer(uint64_t oop, Value& value) const {
  Target target = map_.target(oop);
  for (int i = 0; target.kind == Target::Kind::kForwarder; ++i) {
    if (i == kMaxForwarderChain) return false;
    const uint64_t forwardee = oopAt(target.headerOffset + spur::kHeaderSize);
    if (forwardee % spur::kAllocationUnit != 0) return false;
    target = map_.target(forwardee);
  }
  if (target.kind != Target::Kind::kObject) return false;
  value = Value::object(target.id);
  return true;
}

template <class Layout>
Status SpurHeapReader<Layout>::badOop(uint64_t oop, uint64_t offset) const {
  const bool isPointer = (oop & (kWordSize - 1)) == 0;
  if (!isPointer) return fail("the word {:#x} at byte {} has an unknown tag", oop, offset);
  Target target = map_.target(oop);
  if (target.kind != Target::Kind::kForwarder) {
    return fail("the object pointer {:#x} at byte {} points to {}", oop, offset,
                spur::targetKindName(target.kind));
  }
  return fail(
      "the object pointer {:#x} at byte {} points to a forwarder at byte {} that leads to "
      "no object",
      oop, offset, target.headerOffset);
}

template <class Layout>
Status SpurHeapReader<Layout>::readClassTable() {
  const Entity& roots = map_.leading()[4];
  if (roots.header.classIndex() != spur::kHiddenArrayIndex ||
      roots.header.format() != spur::kArray || roots.slotCount < spur::kClassTablePages) {
    return fail("no class table: the object at byte {} is not the array of its pages",
                roots.headerOffset);
  }
  const uint64_t nilOop = header_.oldBaseAddress;
  for (uint32_t page = 0; page < spur::kClassTablePages; ++page) {
    const uint64_t offset = roots.bodyOffset() + uint64_t{page} * kWordSize;
    if (oopAt(offset) == nilOop) continue;
    if (Status status = readClassTablePage(page, offset)) return status;
  }
  while (!classTable_.empty() && classTable_.back() == kNil) classTable_.pop_back();
  return Status::success();
}

template <class Layout>
Status SpurHeapReader<Layout>::readClassTablePage(uint32_t page, uint64_t oopOffset) {
  const Target target = map_.target(oopAt(oopOffset));
  if (target.kind != Target::Kind::kHidden && target.kind != Target::Kind::kObject) {
    return badOop(oopAt(oopOffset), oopOffset);
  }
  const Entity entity = map_.entityAt(target.headerOffset);
  if (entity.header.format() != spur::kArray || entity.slotCount != spur::kClassTablePageSize) {
    return fail("page {} of the class table at byte {} is no array of {} classes", page,
                entity.headerOffset, spur::kClassTablePageSize);
  }
  classTable_.resize((size_t{page} + 1) * spur::kClassTablePageSize, kNil);
  ObjectId* classes = &classTable_[size_t{page} * spur::kClassTablePageSize];
  for (uint32_t i = 0; i < spur::kClassTablePageSize; ++i) {
    const uint64_t offset = entity.bodyOffset() + uint64_t{i} * kWordSize;
    Value value;
    if (!decode(oopAt(offset), value)) return badOop(oopAt(offset), offset);
    if (!value.isObject()) {
      return fail("the class table's entry {} at byte {} is no object",
                  page * spur::kClassTablePageSize + i, offset);
    }
    classes[i] = value.objectId();
  }
  return Status::success();
}

template <class Layout>
Status SpurHeapReader<Layout>::readObjects() {
  builder_.reserve(map_.objects().size(), map_.slotTotal(), map_.byteTotal());
  for (const Entity& entity : map_.objects()) {
    const uint32_t classIndex = entity.header.classIndex();
    if (classIndex >= classTable_.size() || classTable_[classIndex] == kNil) {
      return fail("the object at byte {} has the class index {}, at which there is no class",
                  entity.headerOffset, classIndex);
    }
    if (Status status = readObject(entity)) return status;
  }
  return Status::success();
}

template <class Layout>
Status SpurHeapReader<Layout>::readObject(const Entity& entity) {
  const spur::Header header = entity.header;
  const std::optional<BodyFormat> body = bodyFormat(header.format());
  if (!body) {
    return fail("the object at byte {} has the unknown format {}", entity.headerOffset,
                header.format());
  }
  Object object;
  object.classId = classTable_[header.classIndex()];
  object.classIndex = canonicalClassIndex(header.classIndex());
  object.identityHash = header.identityHash();
  object.format = body->format;
  object.immutable = header.isImmutable();
  object.pinned = header.isPinned();
  object.remembered = header.isRemembered();
  object.imageOffset = entity.headerOffset;
  builder_.addObject(object);
  if (body->format == Format::kCompiledMethod) return readCompiledMethod(entity, body->unused);
  if (unitSize(body->format) != 0) return readBytes(entity, body->format, body->unused);
  return readSlots(entity, liveSlotCount(entity));
}

// What stands above a Context's stack pointer is not maintained by the VM: dangling pointers.
template <class Layout>
uint32_t SpurHeapReader<Layout>::liveSlotCount(const Entity& entity) const {
  if (entity.header.classIndex() != spur::kContextClassIndex ||
      entity.header.format() != spur::kFixedAndIndexed ||
      entity.slotCount < spur::kContextNamedSlots) {
    return entity.slotCount;
  }
  Value stackPointer;
  const uint64_t offset = entity.bodyOffset() + spur::kContextStackPointerSlot * kWordSize;
  if (!decode(oopAt(offset), stackPointer)) return entity.slotCount;
  if (!stackPointer.isSmallInteger()) return spur::kContextNamedSlots;
  const int64_t room = int64_t{entity.slotCount} - spur::kContextNamedSlots;
  return spur::kContextNamedSlots +
         static_cast<uint32_t>(std::clamp<int64_t>(stackPointer.smallInteger(), 0, room));
}

// The slots above `count` become nil.
template <class Layout>
Status SpurHeapReader<Layout>::readSlots(const Entity& entity, uint32_t count) {
  uint64_t offset = entity.bodyOffset();
  for (uint32_t i = 0; i < count; ++i, offset += kWordSize) {
    const uint64_t oop = oopAt(offset);
    Value value;
    if (!decode(oop, value)) return badOop(oop, offset);
    builder_.addSlot(value);
  }
  if (entity.header.format() <= spur::kLastPointerFormat) {
    for (uint32_t i = count; i < entity.slotCount; ++i) builder_.addSlot(Value());
  }
  return Status::success();
}

template <class T, class Layout>
void copyUnits(const uint8_t* from, std::span<uint8_t> to) {
  for (size_t i = 0; i + sizeof(T) <= to.size(); i += sizeof(T)) {
    const T unit = Layout::template load<T>(from + i);
    const T stored = load<T, std::endian::little>(reinterpret_cast<const uint8_t*>(&unit));
    std::memcpy(to.data() + i, &stored, sizeof(T));
  }
}

// `unused` counts units at the end of the last word.
template <class Layout>
Status SpurHeapReader<Layout>::readBytes(const Entity& entity, Format format, uint32_t unused) {
  const uint32_t unit = unitSize(format);
  const uint64_t size = uint64_t{entity.slotCount} * kWordSize;
  if (unit * unused >= kWordSize || unit * unused > size) {
    return fail("the object at byte {} has {} slots of which {} units of {} bytes are unused",
                entity.headerOffset, entity.slotCount, unused, unit);
  }
  const uint64_t used = (size - unit * unused) / unit * unit;
  const uint8_t* body = file_.data() + entity.bodyOffset();
  const std::span<uint8_t> to = builder_.addBytes(used);
  if constexpr (Layout::kByteOrder == std::endian::big) {
    if (format == Format::kWords64) return copyUnits<uint64_t, Layout>(body, to), Status::success();
    if (format == Format::kWords32) return copyUnits<uint32_t, Layout>(body, to), Status::success();
    if (format == Format::kShorts16) {
      return copyUnits<uint16_t, Layout>(body, to), Status::success();
    }
  }
  std::copy_n(body, used, to.begin());
  return Status::success();
}

template <class Layout>
Status SpurHeapReader<Layout>::readCompiledMethod(const Entity& entity, uint32_t unused) {
  const uint64_t size = uint64_t{entity.slotCount} * kWordSize;
  Value header;
  if (unused >= kWordSize || entity.slotCount == 0 || !decode(oopAt(entity.bodyOffset()), header) ||
      !header.isSmallInteger()) {
    return fail("the CompiledMethod at byte {} has no method header", entity.headerOffset);
  }
  const auto slots = static_cast<uint32_t>(header.smallInteger() & kLiteralCountMask) + 1;
  if (uint64_t{slots} * kWordSize > size - unused) {
    return fail("the CompiledMethod at byte {} has {} literals by its header but only {} bytes",
                entity.headerOffset, slots - 1, size - unused);
  }
  if (Status status = readSlots(entity, slots)) return status;
  const uint64_t begin = uint64_t{slots} * kWordSize;
  builder_.addBytes(file_.subspan(entity.bodyOffset() + begin, size - unused - begin));
  return Status::success();
}

template <class Layout>
Status SpurHeapReader<Layout>::readSpecialObjects() {
  const uint64_t oopOffset = header_.fileOffset + 8 + 2 * uint64_t{kWordSize};
  Value array;
  if (header_.specialObjectsOop % spur::kAllocationUnit != 0 ||
      !decodePointer(header_.specialObjectsOop, array)) {
    return badOop(header_.specialObjectsOop, oopOffset);
  }
  const ObjectId id = array.objectId();
  const Object& object = builder_.graph().object(id);
  const std::span<const Value> slots = builder_.graph().slots(id);
  if (object.format != Format::kIndexedPointers || slots.size() < 3) {
    return fail(
        "the special objects array, as the header's byte {} has it, is no array: {} at "
        "byte {}",
        oopOffset, formatName(object.format), object.imageOffset);
  }
  for (ObjectId wellKnown : {kNil, kFalse, kTrue}) {
    if (slots[wellKnown] != Value::object(wellKnown)) {
      return fail("the special objects array at byte {} does not begin with nil, false and true",
                  object.imageOffset);
    }
  }
  builder_.setSpecialObjectsArray(id);
  return Status::success();
}

// A Float whose more significant word comes first becomes an IEEE double in little-endian order.
template <class Layout>
void SpurHeapReader<Layout>::orderFloatWords() {
  if (header_.floatsLittleEndian()) return;
  const ObjectGraph& graph = builder_.graph();
  const std::span<const Value> special = graph.slots(graph.specialObjectsArray());
  constexpr auto kFloatIndex = static_cast<size_t>(SpecialObject::kClassFloat);
  if (special.size() <= kFloatIndex || !special[kFloatIndex].isObject()) return;
  const ObjectId floatClass = special[kFloatIndex].objectId();
  if (floatClass == kNil) return;
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    const Object& object = graph.object(id);
    if (object.classId != floatClass || object.format != Format::kWords32) continue;
    const std::span<uint8_t> bytes = builder_.bytes(id);
    if (bytes.size() == 8) std::rotate(bytes.begin(), bytes.begin() + 4, bytes.end());
  }
}

template <class Layout>
Result<ObjectGraph> readWith(std::span<const uint8_t> file, const ImageHeader& header,
                             const std::string& fileName) {
  Result<spur::HeapMap<Layout>> map = spur::HeapMap<Layout>::scan(file, header);
  if (!map) return map.takeError();
  return SpurHeapReader<Layout>(file, header, std::move(*map), fileName).read();
}

}  // namespace

Result<ObjectGraph> readSpurHeap(std::span<const uint8_t> file, const ImageHeader& header,
                                 const std::string& fileName) {
  using spur::Layout;
  using std::endian;
  if (header.wordSize == 8) {
    return header.bigEndian ? readWith<Layout<8, endian::big>>(file, header, fileName)
                            : readWith<Layout<8, endian::little>>(file, header, fileName);
  }
  return header.bigEndian ? readWith<Layout<4, endian::big>>(file, header, fileName)
                          : readWith<Layout<4, endian::little>>(file, header, fileName);
}

}  // namespace stwasm::image
