// Spur images: see spur_writer.h. All objects get their addresses first, then they are written.
#include "translator/image_writer/spur_writer.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include "translator/image/byte_order.h"
#include "translator/image/special_objects.h"
#include "translator/image/spur_layout.h"
#include "translator/image_writer/header_writer.h"

namespace stwasm::image_writer {

namespace {

namespace spur = image::spur;
using image::Format;
using image::ImageHeader;
using image::kFalse;
using image::kNil;
using image::kTrue;
using image::Object;
using image::ObjectGraph;
using image::ObjectId;
using image::SpecialObject;
using image::Value;

constexpr uint32_t kClassFormatSlot = 2;
constexpr uint32_t kNoIndex = 0;

// Where a VM would put the heap of a new image.
constexpr uint64_t kDefaultBase = 0x1000000;
// Between two segments: a VM has something else there, or memory that it gave back.
constexpr uint64_t kSegmentGap = 0x10000;
// A VM takes 0 for an image that has never been saved and then starts with this.
constexpr uint64_t kFirstLastHash = 999;

template <class Layout>
class SpurWriter {
 public:
  SpurWriter(const ObjectGraph& graph, const ImageHeader& header, const WriteOptions& options)
      : graph_(graph), header_(header), options_(options) {}

  Result<std::vector<uint8_t>> write();

 private:
  static constexpr uint32_t kWordSize = Layout::kWordSize;
  // The VM's free lists, one for each size of small chunks: as many as a word has bits.
  static constexpr uint32_t kFreeLists = 8 * kWordSize;

  Status checkGraph() const;
  Status checkClassTable() const;
  Status place();
  void placeObject(ObjectId id) { oops_[id] = placeBody(wordCount(id)); }
  uint64_t placeBody(uint64_t slotCount);
  void scatter(ObjectId id);
  void beginSegment(uint64_t address);
  void endSegment();
  void finishHeader();

  Status writeObject(ObjectId id);
  Status writeSlots(ObjectId id, uint8_t* body);
  void writeBytes(ObjectId id, uint8_t* body);
  template <class T>
  void writeUnits(std::span<const uint8_t> bytes, uint8_t* body);
  void writeFloat(std::span<const uint8_t> bytes, uint8_t* body);
  void writeFreeLists();
  void writeHiddenRoots();
  void writeClassTablePage(uint32_t page);
  void writeBridge(size_t segment);
  void writeScattered();

  uint32_t headerClassIndex(const Object& object) const;
  uint64_t wordCount(ObjectId id) const;
  uint32_t formatField(ObjectId id) const;
  uint32_t indexedFormat(ObjectId classId) const;
  bool isSwappedFloat(ObjectId id) const;
  uint8_t* at(uint64_t address);
  uint8_t* writeHeaderOf(uint64_t oop, spur::Header header, uint64_t slotCount);
  std::optional<uint64_t> encode(Value value) const;
  uint32_t pageCount() const { return static_cast<uint32_t>(pages_.size()); }

  struct Segment {
    uint64_t address = 0;
    uint64_t heapOffset = 0;  // among the bytes of the heap in the file
    uint64_t size = 0;        // with its bridge

    uint64_t end() const { return address + size; }
  };

  const ObjectGraph& graph_;
  ImageHeader header_;
  const WriteOptions options_;
  std::vector<Segment> segments_;
  uint64_t base_ = 0;
  uint64_t next_ = 0;  // address of the first byte that is not yet taken
  uint64_t heapOffset_ = 0;
  std::vector<uint64_t> oops_;  // by object id
  struct Forwarder {
    uint64_t oop = 0;
    uint64_t target = 0;
  };
  std::vector<Forwarder> forwarders_;
  std::unordered_map<ObjectId, uint64_t> forwarded_;       // what references lead to
  std::vector<std::pair<uint64_t, uint64_t>> freeChunks_;  // address, slots
  uint64_t freeLists_ = 0;
  uint64_t hiddenRoots_ = 0;
  std::vector<uint64_t> pages_;
  std::vector<uint8_t> file_;
};

template <class Layout>
Result<std::vector<uint8_t>> SpurWriter<Layout>::write() {
  if (Status status = checkGraph()) return status;
  if (Status status = checkClassTable()) return status;
  if (Status status = place()) return status;
  finishHeader();
  file_ = headerBytes(header_);
  heapOffset_ = file_.size();
  file_.resize(heapOffset_ + header_.dataSize);
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) {
    if (Status status = writeObject(id)) return status;
  }
  writeFreeLists();
  writeHiddenRoots();
  for (uint32_t page = 0; page < pageCount(); ++page) writeClassTablePage(page);
  writeScattered();
  for (size_t segment = 0; segment < segments_.size(); ++segment) writeBridge(segment);
  return std::move(file_);
}

template <class Layout>
Status SpurWriter<Layout>::checkGraph() const {
  if (graph_.objectCount() <= kTrue) return fail("an object memory needs nil, false and true");
  const std::span<const Value> special = graph_.slots(graph_.specialObjectsArray());
  for (const ObjectId wellKnown : {kNil, kFalse, kTrue}) {
    if (special.size() <= wellKnown || special[wellKnown] != Value::object(wellKnown)) {
      return fail("the special objects array does not begin with nil, false and true");
    }
  }
  return Status::success();
}

template <class Layout>
Status SpurWriter<Layout>::checkClassTable() const {
  const size_t limit = size_t{spur::kClassTablePages} * spur::kClassTablePageSize;
  if (graph_.classTable().size() > limit) {
    return fail("the class table has {} entries, more than {}", graph_.classTable().size(), limit);
  }
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) {
    const Object& object = graph_.object(id);
    const uint32_t index = object.classIndex;
    if (graph_.classAtIndex(index) != object.classId || headerClassIndex(object) == kNoIndex) {
      return fail("object {} has the class index {}, at which its class is not in the class table",
                  id, index);
    }
    if (object.identityHash > spur::kMaxIdentityHash) {
      return fail("object {} has the identity hash {}, which takes more than 22 bits", id,
                  object.identityHash);
    }
  }
  return Status::success();
}

// nil, false, true, the free lists and the hidden roots come first, in this order.
template <class Layout>
Status SpurWriter<Layout>::place() {
  base_ = header_.oldBaseAddress != 0 ? header_.oldBaseAddress : kDefaultBase;
  beginSegment(base_);
  oops_.resize(graph_.objectCount());
  for (const ObjectId id : {kNil, kFalse, kTrue}) placeObject(id);
  freeLists_ = placeBody(kFreeLists);
  hiddenRoots_ = placeBody(spur::kHiddenRootSlots);
  const size_t entries = graph_.classTable().size() + spur::kClassTablePageSize - 1;
  pages_.resize(std::max<size_t>(entries / spur::kClassTablePageSize, spur::kLeastClassTablePages));
  for (uint64_t& page : pages_) page = placeBody(spur::kClassTablePageSize);
  for (ObjectId id = kTrue + 1; id < graph_.objectCount(); ++id) {
    placeObject(id);
    if (options_.scattered) scatter(id);
  }
  endSegment();
  if (base_ % spur::kAllocationUnit != 0 ||
      (kWordSize == 4 && next_ > std::numeric_limits<uint32_t>::max())) {
    return fail("{} bytes of objects from {:#x} on do not fit into the address space",
                next_ - base_, base_);
  }
  return Status::success();
}

// Every few objects one with a forwarder, or a forwarder to a forwarder, and a free chunk, of any
// size from the least to one whose slot count does not fit into its header.
template <class Layout>
void SpurWriter<Layout>::scatter(ObjectId id) {
  constexpr ObjectId kObjectsPerForwarder = 7;
  constexpr ObjectId kObjectsPerChunk = 5;
  constexpr uint64_t kLargestChunk = 300;
  if (id % kObjectsPerForwarder == 0) {
    uint64_t target = oops_[id];
    for (ObjectId i = 0; i <= id % 2; ++i) {
      forwarders_.push_back({placeBody(1), target});
      target = forwarders_.back().oop;
    }
    forwarded_[id] = target;
  }
  if (id % kObjectsPerChunk == 0) {
    const uint64_t slots = 1 + id % kLargestChunk;
    freeChunks_.emplace_back(placeBody(slots), slots);
  }
}

// The address of the header: a slot count that does not fit into it stands before it.
template <class Layout>
uint64_t SpurWriter<Layout>::placeBody(uint64_t slotCount) {
  const bool overflows = spur::Header::make(0, 0, 0, slotCount).overflows();
  const bool full =
      options_.segmentBytes != 0 && next_ - segments_.back().address >= options_.segmentBytes;
  if (full && hiddenRoots_ != 0) {  // what is at the begin of an image is in its first segment
    endSegment();
    beginSegment(next_ + kSegmentGap);
  }
  const uint64_t oop = next_ + (overflows ? spur::kHeaderSize : 0);
  next_ = oop + spur::kHeaderSize + Layout::bodySize(slotCount);
  return oop;
}

template <class Layout>
void SpurWriter<Layout>::beginSegment(uint64_t address) {
  const uint64_t before =
      segments_.empty() ? 0 : segments_.back().heapOffset + segments_.back().size;
  segments_.push_back({address, before});
  next_ = address;
}

template <class Layout>
void SpurWriter<Layout>::endSegment() {
  next_ += spur::kBridgeSize;
  segments_.back().size = next_ - segments_.back().address;
}

template <class Layout>
uint8_t* SpurWriter<Layout>::at(uint64_t address) {
  const auto after = std::ranges::upper_bound(segments_, address, {}, &Segment::address);
  const Segment& segment = *std::prev(after);
  return file_.data() + heapOffset_ + segment.heapOffset + (address - segment.address);
}

template <class Layout>
void SpurWriter<Layout>::finishHeader() {
  header_.headerSize = headerSize(kWordSize);
  header_.fileOffset = 0;
  header_.oldBaseAddress = base_;
  header_.specialObjectsOop = oops_[graph_.specialObjectsArray()];
  header_.dataSize = segments_.back().heapOffset + segments_.back().size;
  header_.firstSegmentSize = segments_.front().size;
  header_.freeOldSpace = 0;
  if (header_.lastHash == 0) header_.lastHash = kFirstLastHash;
}

// A class whose hash is an immediate's tag, and which has boxed instances too, is entered again for
// these: object headers never have the index of an immediate.
template <class Layout>
uint32_t SpurWriter<Layout>::headerClassIndex(const Object& object) const {
  if (object.classIndex >= spur::kFirstClassIndex) return object.classIndex;
  const std::span<const ObjectId> table = graph_.classTable();
  for (uint32_t i = spur::kFirstClassIndex; i < table.size(); ++i) {
    if (table[i] == object.classId) return i;
  }
  return kNoIndex;
}

template <class Layout>
uint64_t SpurWriter<Layout>::wordCount(ObjectId id) const {
  const Object& object = graph_.object(id);
  return object.slotCount + (uint64_t{object.byteCount} + kWordSize - 1) / kWordSize;
}

// Objects with slots only, and only indexable ones, are told apart by their class alone.
template <class Layout>
uint32_t SpurWriter<Layout>::indexedFormat(ObjectId classId) const {
  const std::span<const Value> slots = graph_.slots(classId);
  if (slots.size() <= kClassFormatSlot || !slots[kClassFormatSlot].isSmallInteger()) {
    return spur::kArray;
  }
  const bool named =
      (slots[kClassFormatSlot].smallInteger() >> 16 & 0x1F) == spur::kFixedAndIndexed;
  return named ? spur::kFixedAndIndexed : spur::kArray;
}

// With the units that the last word has too many.
template <class Layout>
uint32_t SpurWriter<Layout>::formatField(ObjectId id) const {
  const Object& object = graph_.object(id);
  const uint64_t size = wordCount(id) * kWordSize;
  const uint64_t spare = size - uint64_t{object.slotCount} * kWordSize - object.byteCount;
  const auto unused = [spare](Format format) {
    return static_cast<uint32_t>(spare / image::unitSize(format));
  };
  switch (object.format) {
    case Format::kFixed:
      return object.slotCount == 0 ? spur::kZeroSized : spur::kFixedSlots;
    case Format::kIndexedPointers:
      return indexedFormat(object.classId);
    case Format::kWeak:
      return spur::kWeakArray;
    case Format::kEphemeron:
      return spur::kEphemeron;
    case Format::kWords64:
      return spur::kWords64;
    case Format::kWords32:
      return spur::kWords32 + unused(Format::kWords32);
    case Format::kShorts16:
      return spur::kShorts16 + unused(Format::kShorts16);
    case Format::kBytes8:
      return spur::kBytes8 + unused(Format::kBytes8);
    case Format::kCompiledMethod:
      return spur::kCompiledMethod + unused(Format::kCompiledMethod);
  }
  return spur::kZeroSized;
}

// The body of the object, of which header and slot count are written.
template <class Layout>
uint8_t* SpurWriter<Layout>::writeHeaderOf(uint64_t oop, spur::Header header, uint64_t slotCount) {
  if (header.overflows()) {
    Layout::store64(at(oop) - spur::kHeaderSize, Layout::overflowWord(slotCount));
  }
  Layout::store64(at(oop), header.bits());
  return at(oop) + spur::kHeaderSize;
}

template <class Layout>
Status SpurWriter<Layout>::writeObject(ObjectId id) {
  const Object& object = graph_.object(id);
  const uint64_t words = wordCount(id);
  const spur::Header header =
      spur::Header::make(headerClassIndex(object), formatField(id), object.identityHash, words)
          .withImmutable(object.immutable)
          .withPinned(object.pinned);
  uint8_t* body = writeHeaderOf(oops_[id], header, words);
  if (Status status = writeSlots(id, body)) return status;
  writeBytes(id, body + size_t{object.slotCount} * kWordSize);
  return Status::success();
}

template <class Layout>
Status SpurWriter<Layout>::writeSlots(ObjectId id, uint8_t* body) {
  for (const Value value : graph_.slots(id)) {
    const std::optional<uint64_t> oop = encode(value);
    if (!oop) {
      return fail("object {} refers to an immediate that has no form in {} bits", id,
                  8 * kWordSize);
    }
    Layout::storeOop(body, *oop);
    body += kWordSize;
  }
  return Status::success();
}

// Nothing for an immediate that does not fit into a word.
template <class Layout>
std::optional<uint64_t> SpurWriter<Layout>::encode(Value value) const {
  constexpr int kTagBits = kWordSize == 8 ? 3 : 2;
  switch (value.tag()) {
    case Value::Tag::kObject: {
      const auto forwarded = forwarded_.find(value.objectId());
      return forwarded != forwarded_.end() ? forwarded->second : oops_[value.objectId()];
    }
    case Value::Tag::kSmallInteger: {
      const int64_t integer = value.smallInteger();
      if (kWordSize == 8) return static_cast<uint64_t>(integer) << kTagBits | 1;
      if (integer < -(int64_t{1} << 30) || integer >= int64_t{1} << 30) return std::nullopt;
      return static_cast<uint32_t>(integer) << 1 | 1U;
    }
    case Value::Tag::kCharacter:
      if (kWordSize == 4 && value.character() >= 1U << 30) return std::nullopt;
      return uint64_t{value.character()} << kTagBits | 2;
    case Value::Tag::kSmallFloat:
      if (kWordSize == 4) return std::nullopt;
      return value.smallFloatSpurBits() << kTagBits | 4;
  }
  return std::nullopt;
}

template <class Layout>
template <class T>
void SpurWriter<Layout>::writeUnits(std::span<const uint8_t> bytes, uint8_t* body) {
  for (size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
    Layout::template store<T>(body + i, image::load<T, std::endian::little>(bytes.data() + i));
  }
}

template <class Layout>
void SpurWriter<Layout>::writeBytes(ObjectId id, uint8_t* body) {
  const std::span<const uint8_t> bytes = graph_.bytes(id);
  if (isSwappedFloat(id)) return writeFloat(bytes, body);
  switch (image::unitSize(graph_.object(id).format)) {
    case 8:
      return writeUnits<uint64_t>(bytes, body);
    case 4:
      return writeUnits<uint32_t>(bytes, body);
    case 2:
      return writeUnits<uint16_t>(bytes, body);
    default:
      std::ranges::copy(bytes, body);
  }
}

// A Float of which the header's flags say that its more significant word comes first.
template <class Layout>
bool SpurWriter<Layout>::isSwappedFloat(ObjectId id) const {
  const Object& object = graph_.object(id);
  if (header_.floatsLittleEndian() || object.format != Format::kWords32) return false;
  constexpr auto kFloatIndex = static_cast<size_t>(SpecialObject::kClassFloat);
  const std::span<const Value> special = graph_.slots(graph_.specialObjectsArray());
  return special.size() > kFloatIndex && object.byteCount == 8 && object.classId != kNil &&
         special[kFloatIndex] == Value::object(object.classId);
}

template <class Layout>
void SpurWriter<Layout>::writeFloat(std::span<const uint8_t> bytes, uint8_t* body) {
  writeUnits<uint32_t>(bytes.last(4), body);
  writeUnits<uint32_t>(bytes.first(4), body + 4);
}

// All empty.
template <class Layout>
void SpurWriter<Layout>::writeFreeLists() {
  constexpr bool kWide = kWordSize == 8;
  const auto header =
      spur::Header::make(kWide ? spur::kHiddenWords64Index : spur::kHiddenWords32Index,
                         kWide ? spur::kWords64 : spur::kWords32, 0, kFreeLists);
  writeHeaderOf(freeLists_, header, kFreeLists);
}

template <class Layout>
void SpurWriter<Layout>::writeHiddenRoots() {
  const auto header =
      spur::Header::make(spur::kHiddenArrayIndex, spur::kArray, 0, spur::kHiddenRootSlots);
  uint8_t* body = writeHeaderOf(hiddenRoots_, header, spur::kHiddenRootSlots);
  for (uint32_t i = 0; i < spur::kHiddenRootSlots; ++i, body += kWordSize) {
    Layout::storeOop(body, i < pageCount() ? pages_[i] : oops_[kNil]);
  }
}

template <class Layout>
void SpurWriter<Layout>::writeClassTablePage(uint32_t page) {
  const auto header =
      spur::Header::make(spur::kHiddenArrayIndex, spur::kArray, 0, spur::kClassTablePageSize);
  uint8_t* body = writeHeaderOf(pages_[page], header, spur::kClassTablePageSize);
  for (uint32_t i = 0; i < spur::kClassTablePageSize; ++i, body += kWordSize) {
    Layout::storeOop(body, oops_[graph_.classAtIndex(page * spur::kClassTablePageSize + i)]);
  }
}

// A chunk's contents do not matter.
template <class Layout>
void SpurWriter<Layout>::writeScattered() {
  for (const Forwarder& forwarder : forwarders_) {
    const auto header = spur::Header::make(spur::kForwarderIndex, spur::kForwarderFormat, 0, 1);
    Layout::storeOop(writeHeaderOf(forwarder.oop, header, 1), forwarder.target);
  }
  for (const auto& [oop, slots] : freeChunks_) {
    writeHeaderOf(oop, spur::Header::make(spur::kFreeChunkIndex, 0, 0, slots), slots);
  }
}

// The distance to the next segment in slots, as the count of an object that would fill it, and that
// segment's size. The last bridge leads nowhere. It is marked and pinned, so that no VM moves it.
template <class Layout>
void SpurWriter<Layout>::writeBridge(size_t segment) {
  const Segment& from = segments_[segment];
  uint8_t* bridge = at(from.end() - spur::kBridgeSize);
  if (segment + 1 < segments_.size()) {
    const Segment& to = segments_[segment + 1];
    Layout::store64(bridge, Layout::overflowWord((to.address - from.end()) / kWordSize));
    Layout::store64(bridge + spur::kHeaderSize, to.size);
    return;
  }
  const auto header =
      spur::Header::make(spur::kBridgeIndex, kWordSize == 8 ? spur::kWords64 : spur::kWords32, 0, 0)
          .withPinned(true)
          .withMarked(true);
  Layout::store64(bridge, header.bits());
  Layout::store64(bridge + spur::kHeaderSize, 0);
}

template <class Layout>
Result<std::vector<uint8_t>> writeWith(const ObjectGraph& graph, const ImageHeader& header,
                                       const WriteOptions& options) {
  return SpurWriter<Layout>(graph, header, options).write();
}

}  // namespace

Result<std::vector<uint8_t>> writeSpurImage(const ObjectGraph& graph, const ImageHeader& header,
                                            const WriteOptions& options) {
  using spur::Layout;
  using std::endian;
  if (header.wordSize == 8) {
    return header.bigEndian ? writeWith<Layout<8, endian::big>>(graph, header, options)
                            : writeWith<Layout<8, endian::little>>(graph, header, options);
  }
  return header.bigEndian ? writeWith<Layout<4, endian::big>>(graph, header, options)
                          : writeWith<Layout<4, endian::little>>(graph, header, options);
}

}  // namespace stwasm::image_writer
