// The neutral object graph: what a reader leaves of an image, free of word size and byte order.
// Readers and tests build it through ObjectGraphBuilder; everything else only reads it. Nothing
// here knows what the objects mean: that is image_model.h.
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace stwasm::image {

// A dense index into ObjectGraph. The first three objects are always nil, false and true; the
// others follow in the order in which they stand in the image.
using ObjectId = uint32_t;

inline constexpr ObjectId kNil = 0;
inline constexpr ObjectId kFalse = 1;
inline constexpr ObjectId kTrue = 2;
inline constexpr ObjectId kNoObject = std::numeric_limits<ObjectId>::max();

// One slot of a pointer object: an immediate or a reference to an object. Three tag bits as in
// Spur's 64-bit format hold every immediate of all formats, so a slot stays at 8 bytes.
class Value {
 public:
  enum class Tag : uint8_t { kObject = 0, kSmallInteger = 1, kCharacter = 2, kSmallFloat = 4 };

  static constexpr int64_t kMinSmallInteger = -(int64_t{1} << 60);
  static constexpr int64_t kMaxSmallInteger = (int64_t{1} << 60) - 1;

  constexpr Value() = default;  // nil

  static constexpr Value object(ObjectId id) { return Value(uint64_t{id} << kTagBits); }
  static constexpr Value smallInteger(int64_t value) {
    assert(value >= kMinSmallInteger && value <= kMaxSmallInteger);
    return Value(tagged(static_cast<uint64_t>(value), Tag::kSmallInteger));
  }
  static constexpr Value character(uint32_t codePoint) {
    return Value(tagged(codePoint, Tag::kCharacter));
  }
  // `bits` is the payload of an immediate float in Spur's own rotated form, without its tag.
  static constexpr Value smallFloatFromSpur(uint64_t bits) {
    return Value(tagged(bits, Tag::kSmallFloat));
  }

  constexpr Tag tag() const { return static_cast<Tag>(bits_ & kTagMask); }
  constexpr bool isObject() const { return tag() == Tag::kObject; }
  constexpr bool isSmallInteger() const { return tag() == Tag::kSmallInteger; }
  constexpr bool isCharacter() const { return tag() == Tag::kCharacter; }
  constexpr bool isSmallFloat() const { return tag() == Tag::kSmallFloat; }
  constexpr bool isNil() const { return bits_ == 0; }

  // Each of these may be asked only when the tag is the right one.
  constexpr ObjectId objectId() const {
    assert(isObject());
    return static_cast<ObjectId>(bits_ >> kTagBits);
  }
  constexpr int64_t smallInteger() const {
    assert(isSmallInteger());
    return static_cast<int64_t>(bits_) >> kTagBits;
  }
  constexpr uint32_t character() const {
    assert(isCharacter());
    return static_cast<uint32_t>(bits_ >> kTagBits);
  }
  double smallFloat() const;
  constexpr uint64_t smallFloatSpurBits() const {
    assert(isSmallFloat());
    return bits_ >> kTagBits;
  }

  // By tag and payload: for ordered containers.
  friend constexpr auto operator<=>(Value, Value) = default;  // NOLINT(modernize-use-nullptr)

 private:
  static constexpr int kTagBits = 3;
  static constexpr uint64_t kTagMask = 7;

  static constexpr uint64_t tagged(uint64_t payload, Tag tag) {
    return payload << kTagBits | static_cast<uint64_t>(tag);
  }
  explicit constexpr Value(uint64_t bits) : bits_(bits) {}

  uint64_t bits_ = 0;
};

// How an object's body is laid out. Fixed and IndexedPointers differ only in whether the class
// has indexable slots; named slots always come first.
enum class Format : uint8_t {
  kFixed,
  kIndexedPointers,
  kWeak,
  kEphemeron,
  kWords64,
  kWords32,
  kShorts16,
  kBytes8,
  kCompiledMethod,
};

// The bytes of one indexable unit of a format; 0 when the body has only slots.
uint32_t unitSize(Format format);
const char* formatName(Format format);

// Header facts of one object. Its slots and bytes are got from the graph.
struct Object {
  ObjectId classId = kNil;
  // Spur: its class's index in the class table. Where a class was entered more than once, always
  // the entry that equals the class's identity hash.
  uint32_t classIndex = 0;
  uint32_t identityHash = 0;  // 0: none was assigned yet
  Format format = Format::kFixed;
  bool immutable = false;
  bool pinned = false;
  bool remembered = false;
  uint32_t firstSlot = 0;
  uint32_t slotCount = 0;
  uint32_t firstByte = 0;
  uint32_t byteCount = 0;
  uint64_t imageOffset = 0;  // of the object's header in the image file, for diagnostics
};

// What the image's header says, word for word.
struct ImageHeader {
  uint32_t formatNumber = 0;
  uint32_t wordSize = 4;  // bytes
  bool bigEndian = false;
  uint32_t fileOffset = 0;  // of the header in the file: 512 when something stands before it
  uint32_t headerSize = 0;
  uint64_t dataSize = 0;  // bytes of heap in the file, as the header tells
  uint64_t oldBaseAddress = 0;
  uint64_t specialObjectsOop = 0;
  uint64_t lastHash = 0;
  uint64_t savedWindowSize = 0;
  uint64_t flags = 0;
  uint32_t extraVmMemory = 0;
  uint32_t stackPageCount = 0;
  uint32_t cogCodeSize = 0;  // bytes
  uint32_t edenBytes = 0;
  uint32_t maxExternalSemaphores = 0;
  uint64_t firstSegmentSize = 0;
  uint64_t freeOldSpace = 0;

  bool isSpur() const {
    return formatNumber != 6502 && formatNumber != 6504 && formatNumber != 6505;
  }
  // Formats without closures make blocks by blockCopy:. Both concern images from before Spur.
  bool hasClosures() const { return formatNumber != 6502; }
  bool hasNativeFloats() const { return formatNumber == 6505; }
  bool fullScreen() const { return (flags & 1) != 0; }
  bool floatsLittleEndian() const { return (flags & 2) != 0; }
  bool preemptionYields() const { return (flags & 16) == 0; }
  bool mixedArithmetic() const { return (flags & 256) == 0; }
  uint32_t windowWidth() const { return static_cast<uint32_t>(savedWindowSize >> 16 & 0xFFFF); }
  uint32_t windowHeight() const { return static_cast<uint32_t>(savedWindowSize & 0xFFFF); }
};

// How the last byte of a CompiledMethod tells where its bytecodes end: see method_trailer.h.
enum class TrailerEncoding : uint8_t { kLengthByte, kFlagKinds, kShortestLength };

class ObjectGraphBuilder;

// All objects of an image. Every reference in it is a valid id: a reader fails otherwise.
class ObjectGraph {
 public:
  const ImageHeader& header() const { return header_; }
  const std::string& fileName() const { return fileName_; }

  uint32_t objectCount() const { return static_cast<uint32_t>(objects_.size()); }
  const Object& object(ObjectId id) const {
    assert(id < objects_.size());
    return objects_[id];
  }

  // Pointer slots; for a CompiledMethod its header (a SmallInteger) and its literals.
  std::span<const Value> slots(ObjectId id) const {
    const Object& o = object(id);
    return {slots_.data() + o.firstSlot, o.slotCount};
  }
  // The body of a non-pointer object, or what follows a CompiledMethod's literals. Units of more
  // than one byte are little endian whatever the image's order was; a Float's 8 bytes are an IEEE
  // double in little-endian order.
  std::span<const uint8_t> bytes(ObjectId id) const {
    const Object& o = object(id);
    return {bytes_.data() + o.firstByte, o.byteCount};
  }
  std::span<const Value> allSlots() const { return slots_; }
  std::span<const uint8_t> allBytes() const { return bytes_; }

  ObjectId specialObjectsArray() const { return specialObjectsArray_; }
  TrailerEncoding trailerEncoding() const { return trailerEncoding_; }

  // The class table by class index; kNil where no class is entered. Immediate classes stand at
  // their tags (Spur: 1 SmallInteger, 2 Character, 3 SmallInteger (32 bits), 4 SmallFloat).
  std::span<const ObjectId> classTable() const { return classTable_; }
  ObjectId classAtIndex(uint32_t classIndex) const {
    return classIndex < classTable_.size() ? classTable_[classIndex] : kNil;
  }

 private:
  friend class ObjectGraphBuilder;

  ImageHeader header_;
  std::string fileName_;
  std::vector<Object> objects_;
  std::vector<Value> slots_;
  std::vector<uint8_t> bytes_;
  std::vector<ObjectId> classTable_;
  ObjectId specialObjectsArray_ = kNil;
  TrailerEncoding trailerEncoding_ = TrailerEncoding::kLengthByte;
};

// Fills a graph object by object; slots and bytes go to the object added last.
class ObjectGraphBuilder {
 public:
  explicit ObjectGraphBuilder(std::string fileName) { graph_.fileName_ = std::move(fileName); }

  void reserve(size_t objects, size_t slots, size_t bytes);
  void setHeader(const ImageHeader& header) { graph_.header_ = header; }
  void setClassTable(std::vector<ObjectId> table) { graph_.classTable_ = std::move(table); }
  void setSpecialObjectsArray(ObjectId id) { graph_.specialObjectsArray_ = id; }
  void setTrailerEncoding(TrailerEncoding encoding) { graph_.trailerEncoding_ = encoding; }

  // The object's spans are set here; the other fields are taken as given.
  ObjectId addObject(Object object);
  void addSlot(Value value) {
    graph_.slots_.push_back(value);
    ++graph_.objects_.back().slotCount;
  }
  void addBytes(std::span<const uint8_t> bytes);
  // `count` more bytes of the last object, to be filled before anything else is added.
  std::span<uint8_t> addBytes(size_t count);

  // For what can be said of an object only after all have been read.
  std::span<uint8_t> bytes(ObjectId id);
  const ObjectGraph& graph() const { return graph_; }
  ObjectGraph take() { return std::move(graph_); }

 private:
  ObjectGraph graph_;
};

}  // namespace stwasm::image
