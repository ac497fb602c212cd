// Images from before Spur: see v3_writer.h. All objects get their addresses first, then they are
// written, each with the shortest header that has room for its size and class.
#include "translator/image_writer/v3_writer.h"

#include <limits>
#include <optional>
#include <utility>

#include "translator/image/byte_order.h"
#include "translator/image/special_objects.h"
#include "translator/image/v3_layout.h"
#include "translator/image_writer/header_writer.h"

namespace stwasm::image_writer {

namespace {

namespace v3 = image::v3;
using image::Format;
using image::ImageHeader;
using image::Object;
using image::ObjectGraph;
using image::ObjectId;
using image::SpecialObject;
using image::Value;

constexpr uint32_t kWordSize = v3::kWordSize;
constexpr uint32_t kClassFormatSlot = 2;
// What fits into the six bits of a base header, its own word included.
constexpr uint64_t kLongestShortSize = 252;
constexpr uint64_t kFirstLastHash = 999;
constexpr uint64_t kFloatBytes = 8;
constexpr int64_t kMaxSmallInteger = (int64_t{1} << 30) - 1;

class V3Writer {
 public:
  V3Writer(const ObjectGraph& graph, const ImageHeader& header) : graph_(graph), header_(header) {}

  Result<std::vector<uint8_t>> write();

 private:
  Status place();
  void finishHeader();
  Status writeObject(ObjectId id);
  void writeHeader(ObjectId id);
  Status writeSlots(ObjectId id, uint8_t* body);
  void writeBytes(ObjectId id, uint8_t* body);
  Result<uint32_t> encode(Value value, ObjectId id) const;

  int64_t classFormat(ObjectId id) const;
  uint32_t compactIndex(ObjectId id) const {
    return static_cast<uint32_t>(classFormat(id) >> 11 & 31);
  }
  // With the word of the base header.
  uint64_t byteSize(ObjectId id) const;
  uint32_t headerType(ObjectId id) const;
  uint32_t formatField(ObjectId id) const;
  bool isSwappedFloat(ObjectId id) const;

  void putWord(uint64_t address, uint32_t word) {
    image::store<uint32_t>(at(address), word, header_.bigEndian);
  }
  uint8_t* at(uint64_t address) { return file_.data() + heapOffset_ + (address - base_); }

  const ObjectGraph& graph_;
  ImageHeader header_;
  uint64_t base_ = 0;
  uint64_t end_ = 0;
  uint64_t heapOffset_ = 0;
  std::vector<uint32_t> oops_;  // by object id
  std::vector<uint8_t> file_;
};

Result<std::vector<uint8_t>> V3Writer::write() {
  if (Status status = place()) return status;
  finishHeader();
  file_ = headerBytes(header_);
  heapOffset_ = file_.size();
  file_.resize(heapOffset_ + header_.dataSize);
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) {
    if (Status status = writeObject(id)) return status;
  }
  return std::move(file_);
}

// An object pointer points to the base header; the other words of the header stand before it.
Status V3Writer::place() {
  base_ = header_.oldBaseAddress;
  if (base_ % kWordSize != 0) return fail("the base address {:#x} is no multiple of 4", base_);
  uint64_t next = base_;
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) {
    const uint32_t type = headerType(id);
    next += type == v3::kThreeWordHeader ? 2 * kWordSize
            : type == v3::kTwoWordHeader ? kWordSize
                                         : 0;
    oops_.push_back(static_cast<uint32_t>(next));
    next += byteSize(id);
    if (next > std::numeric_limits<uint32_t>::max()) {
      return fail("the objects do not fit into the address space of 32 bits");
    }
  }
  end_ = next;
  return Status::success();
}

void V3Writer::finishHeader() {
  header_.headerSize = headerSize(kWordSize);
  header_.fileOffset = 0;
  header_.specialObjectsOop = oops_[graph_.specialObjectsArray()];
  header_.dataSize = end_ - base_;
  header_.firstSegmentSize = 0;
  header_.freeOldSpace = 0;
  if (header_.lastHash == 0) header_.lastHash = kFirstLastHash;
}

int64_t V3Writer::classFormat(ObjectId id) const {
  const auto slots = graph_.slots(graph_.object(id).classId);
  if (slots.size() <= kClassFormatSlot || !slots[kClassFormatSlot].isSmallInteger()) return 0;
  return slots[kClassFormatSlot].smallInteger();
}

uint64_t V3Writer::byteSize(ObjectId id) const {
  const Object& object = graph_.object(id);
  const uint64_t words = (uint64_t{object.byteCount} + kWordSize - 1) / kWordSize;
  return (1 + object.slotCount + words) * kWordSize;
}

uint32_t V3Writer::headerType(ObjectId id) const {
  if (byteSize(id) > kLongestShortSize) return v3::kThreeWordHeader;
  return compactIndex(id) == 0 ? v3::kTwoWordHeader : v3::kOneWordHeader;
}

// The low bits count the bytes that the last word has too many.
uint32_t V3Writer::formatField(ObjectId id) const {
  const Object& object = graph_.object(id);
  const uint32_t unused = (kWordSize - object.byteCount % kWordSize) % kWordSize;
  switch (object.format) {
    case Format::kFixed:
      return object.slotCount == 0 ? v3::kNoFields : v3::kFixedSlots;
    case Format::kIndexedPointers:
      return v3::instanceFormat(classFormat(id)) == v3::kFixedAndIndexed ? v3::kFixedAndIndexed
                                                                         : v3::kArray;
    case Format::kWeak:
      return v3::kWeakArray;
    case Format::kBytes8:
      return v3::kBytes8 + unused;
    case Format::kCompiledMethod:
      return v3::kCompiledMethod + unused;
    default:
      return v3::kWords32;
  }
}

void V3Writer::writeHeader(ObjectId id) {
  const Object& object = graph_.object(id);
  const uint64_t oop = oops_[id];
  const uint32_t type = headerType(id);
  const auto size = static_cast<uint32_t>(byteSize(id));
  const uint32_t shortSize = type == v3::kThreeWordHeader ? 0 : size;
  putWord(oop, object.identityHash << 17 | compactIndex(id) << 12 | formatField(id) << 8 |
                   shortSize | type);
  if (type == v3::kOneWordHeader) return;
  putWord(oop - kWordSize, oops_[object.classId] | type);
  if (type == v3::kThreeWordHeader) putWord(oop - 2 * kWordSize, size | type);
}

Status V3Writer::writeObject(ObjectId id) {
  const Format format = graph_.object(id).format;
  if (format == Format::kShorts16 || format == Format::kWords64 || format == Format::kEphemeron) {
    return fail("object {} is of {}, which images before Spur do not have", id,
                image::formatName(format));
  }
  if (graph_.object(id).identityHash > v3::kMaxHash) {
    return fail("object {} has the identity hash {}, which takes more than 12 bits", id,
                graph_.object(id).identityHash);
  }
  writeHeader(id);
  uint8_t* body = at(oops_[id]) + kWordSize;
  if (Status status = writeSlots(id, body)) return status;
  writeBytes(id, body + size_t{graph_.object(id).slotCount} * kWordSize);
  return Status::success();
}

Result<uint32_t> V3Writer::encode(Value value, ObjectId id) const {
  if (value.isObject()) return oops_[value.objectId()];
  if (!value.isSmallInteger()) {
    return fail("object {} has an immediate that images before Spur do not have", id);
  }
  const int64_t number = value.smallInteger();
  if (number > kMaxSmallInteger || number < -kMaxSmallInteger - 1) {
    return fail("object {} has the SmallInteger {}, which takes more than 31 bits", id, number);
  }
  return static_cast<uint32_t>(number) << 1 | 1;
}

Status V3Writer::writeSlots(ObjectId id, uint8_t* body) {
  for (const Value value : graph_.slots(id)) {
    Result<uint32_t> word = encode(value, id);
    if (!word) return word.takeError();
    image::store<uint32_t>(body, *word, header_.bigEndian);
    body += kWordSize;
  }
  return Status::success();
}

// A Float's more significant word comes first, unless Floats are as the machine has them.
bool V3Writer::isSwappedFloat(ObjectId id) const {
  const auto special = graph_.slots(graph_.specialObjectsArray());
  const auto index = static_cast<size_t>(SpecialObject::kClassFloat);
  if (index >= special.size()) return false;
  return special[index] == Value::object(graph_.object(id).classId) &&
         graph_.object(id).byteCount == kFloatBytes &&
         (header_.bigEndian || !header_.hasNativeFloats());
}

void V3Writer::writeBytes(ObjectId id, uint8_t* body) {
  const auto bytes = graph_.bytes(id);
  if (graph_.object(id).format != Format::kWords32) {
    for (size_t i = 0; i < bytes.size(); ++i) body[i] = bytes[i];
    return;
  }
  const size_t exchange = isSwappedFloat(id) ? kWordSize : 0;
  for (size_t i = 0; i + kWordSize <= bytes.size(); i += kWordSize) {
    const auto word = image::load<uint32_t>(bytes.data() + i, false);
    image::store<uint32_t>(body + (i ^ exchange), word, header_.bigEndian);
  }
}

}  // namespace

Result<std::vector<uint8_t>> writeV3Image(const ObjectGraph& graph, const ImageHeader& header) {
  return V3Writer(graph, header).write();
}

}  // namespace stwasm::image_writer
