// See heap_writer.h. One pass over the objects for the directory, one for the payload.
#include "translator/snapshot/heap_writer.h"

#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <vector>

namespace stwasm::snapshot {
namespace {

using image::Format;
using image::ObjectId;
using image::SpecialObject;
using image::Value;

constexpr uint32_t kMagic = 0x48575453;  // "STWH"
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderWords = 32;

enum class Shape : uint32_t {
  kFixed = 0,
  kIndexed = 1,
  kWeak = 2,
  kBytes = 3,
  kShorts = 4,
  kWords = 5,
  kDoubleWords = 6,
  kFloat = 7,
  kCompiledMethod = 8,
  kContext = 9,
  kBlockClosure = 10,
  kEphemeron = 11,
  kWideInteger = 12,
  kFullBlockClosure = 13,
  kBlockContext = 14,
};

// Bits of an object's hash field above the 22 bits of the identity hash.
constexpr uint32_t kImmutableBit = 1U << 22;
constexpr uint32_t kPinnedBit = 1U << 23;
constexpr uint32_t kV3HashBit = 1U << 12;  // a hash of 12 bits is there

// Code points that a reference holds; Spur's Characters have no more bits either.
constexpr uint32_t kLargestCodePoint = (1U << 30) - 1;

// Immediates that the runtime keeps in objects of their own.
bool isBoxed(Value value) {
  return value.isSmallFloat() || (value.isSmallInteger() && !emit::isI31(value));
}

class HeapWriter {
 public:
  HeapWriter(const image::ImageModel& model, const emit::Program& program)
      : model_(model), graph_(model.graph()), program_(program) {}

  Result<std::string> write();

 private:
  Shape shapeOf(ObjectId id) const;
  Shape shapeOfIndexed(ObjectId id) const;
  uint32_t hashField(const image::Object& object) const;
  uint32_t payloadSize(ObjectId id, Shape shape) const;
  uint32_t namedSlots(ObjectId id, Shape shape) const;
  Status collectBoxes();
  void writeDirectory();
  void writePayload(ObjectId id);
  void writeTables();
  void finishHeader();

  uint32_t offset() const { return static_cast<uint32_t>(out_.size()); }
  void word(uint32_t value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void padded(std::span<const uint8_t> bytes);
  void refs(std::span<const Value> values);
  uint32_t ref(Value value) const;
  void writeBoxes();

  const image::ImageModel& model_;
  const image::ObjectGraph& graph_;
  const emit::Program& program_;
  std::array<uint32_t, kHeaderWords> header_{};
  // Immediates of 64-bit images that are objects in the runtime, each behind the image's objects.
  std::vector<Value> boxes_;
  std::map<Value, uint32_t> boxNumbers_;
  std::string out_;
};

// A method header keeps its low bits and its sign: the rest is the same in all methods.
Value narrowHeader(Value header) {
  constexpr int64_t kSign = int64_t{1} << 30;
  const int64_t low = header.smallInteger() & (kSign - 1);
  return Value::smallInteger(header.smallInteger() < 0 ? low - kSign : low);
}

uint32_t HeapWriter::ref(Value value) const {
  if (isBoxed(value)) return boxNumbers_.at(value) << 2;
  if (value.isSmallInteger()) return static_cast<uint32_t>(value.smallInteger()) << 1 | 1;
  if (value.isCharacter()) return value.character() << 2 | 2;
  return value.objectId() << 2;
}

void HeapWriter::refs(std::span<const Value> values) {
  for (Value value : values) word(ref(value));
}

void HeapWriter::padded(std::span<const uint8_t> bytes) {
  out_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  out_.append((4 - bytes.size() % 4) % 4, '\0');
}

// Contexts and closures are variable classes with structs of their own.
Shape HeapWriter::shapeOfIndexed(ObjectId id) const {
  const image::Object& object = graph_.object(id);
  const image::ImageHeader& header = graph_.header();
  const auto is = [&](SpecialObject which, uint32_t slots) {
    return object.classId != image::kNil && object.classId == model_.special(which) &&
           object.slotCount >= slots;
  };
  if (is(SpecialObject::kClassContext, 6)) return Shape::kContext;
  if (!header.isSpur() && is(SpecialObject::kClassBlockContext, 6)) return Shape::kBlockContext;
  if (header.hasClosures() && is(SpecialObject::kClassBlockClosure, 3)) return Shape::kBlockClosure;
  if (header.isSpur() && model_.isFullClosure(id)) return Shape::kFullBlockClosure;
  return Shape::kIndexed;
}

Shape HeapWriter::shapeOf(ObjectId id) const {
  const image::Object& object = graph_.object(id);
  const auto isClass = [&](SpecialObject which) {
    return object.classId != image::kNil && object.classId == model_.special(which);
  };
  switch (object.format) {
    case Format::kFixed:
      return object.slotCount <= emit::kMaxFixedSlots ? Shape::kFixed : Shape::kIndexed;
    case Format::kIndexedPointers:
      return shapeOfIndexed(id);
    case Format::kWeak:
      return Shape::kWeak;
    case Format::kEphemeron:
      return object.slotCount <= emit::kMaxFixedSlots ? Shape::kEphemeron : Shape::kIndexed;
    case Format::kWords64:
      if (isClass(SpecialObject::kClassFloat)) return Shape::kFloat;
      return Shape::kDoubleWords;
    case Format::kWords32:
      if (isClass(SpecialObject::kClassFloat) && object.byteCount == 8) return Shape::kFloat;
      return Shape::kWords;
    case Format::kShorts16:
      return Shape::kShorts;
    case Format::kBytes8:
      return Shape::kBytes;
    case Format::kCompiledMethod:
      return Shape::kCompiledMethod;
  }
  return Shape::kFixed;
}

uint32_t HeapWriter::payloadSize(ObjectId id, Shape shape) const {
  const image::Object& object = graph_.object(id);
  switch (shape) {
    case Shape::kCompiledMethod:
      return 2 + object.slotCount + (object.byteCount + 3) / 4;
    case Shape::kBytes:
    case Shape::kFloat:
      return object.byteCount;
    case Shape::kShorts:
      return object.byteCount / 2;
    case Shape::kWords:
      return object.byteCount / 4;
    case Shape::kDoubleWords:
      return object.byteCount / 8;
    default:
      return object.slotCount;
  }
}

uint32_t HeapWriter::namedSlots(ObjectId id, Shape shape) const {
  const image::Object& object = graph_.object(id);
  if (shape == Shape::kFixed || shape == Shape::kEphemeron) return object.slotCount;
  if (shape != Shape::kIndexed && shape != Shape::kWeak) return 0;
  const auto spec = model_.instanceSpec(object.classId);
  return spec ? std::min(spec->namedSlotCount, object.slotCount) : 0;
}

Status HeapWriter::collectBoxes() {
  const auto collect = [this](Value value) {
    if (!isBoxed(value)) return;
    const auto number = static_cast<uint32_t>(graph_.objectCount() + boxes_.size());
    if (boxNumbers_.try_emplace(value, number).second) boxes_.push_back(value);
  };
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) {
    const bool isMethod = graph_.object(id).format == Format::kCompiledMethod;
    for (Value value : graph_.slots(id).subspan(isMethod ? 1 : 0)) collect(value);
  }
  for (Value value : graph_.allSlots()) {
    if (value.isCharacter() && value.character() > kLargestCodePoint)
      return fail(Diagnostic(fmt::format("the image has a Character of code point {}, beyond {}",
                                         value.character(), kLargestCodePoint),
                             graph_.fileName()));
  }
  if (graph_.objectCount() + boxes_.size() >= 1U << 30)
    return fail(Diagnostic("the image has too many objects", graph_.fileName()));
  return Status::success();
}

// Before Spur every object has a hash from the start, and 0 is one like any other.
uint32_t HeapWriter::hashField(const image::Object& object) const {
  if (!graph_.header().isSpur()) return object.identityHash | kV3HashBit;
  return (object.identityHash & 0x3FFFFF) | (object.immutable ? kImmutableBit : 0) |
         (object.pinned ? kPinnedBit : 0);
}

void HeapWriter::writeDirectory() {
  header_[3] = offset();
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) {
    const image::Object& object = graph_.object(id);
    const Shape shape = shapeOf(id);
    word(static_cast<uint32_t>(shape) | namedSlots(id, shape) << 8);
    word(object.classIndex);
    word(hashField(object));
    word(payloadSize(id, shape));
  }
  for (Value box : boxes_) {
    word(static_cast<uint32_t>(box.isSmallFloat() ? Shape::kFloat : Shape::kWideInteger));
    word(static_cast<uint32_t>(box.tag()));  // its class's index
    word(0);
    word(box.isSmallFloat() ? 8 : 2);
  }
}

void HeapWriter::writeBoxes() {
  for (Value box : boxes_) {
    const auto bits = box.isSmallFloat() ? std::bit_cast<uint64_t>(box.smallFloat())
                                         : static_cast<uint64_t>(box.smallInteger());
    word(static_cast<uint32_t>(bits));
    word(static_cast<uint32_t>(bits >> 32));
  }
}

void HeapWriter::writePayload(ObjectId id) {
  const image::Object& object = graph_.object(id);
  if (object.format == Format::kCompiledMethod) {
    word(object.slotCount);
    word(ref(narrowHeader(graph_.slots(id)[0])));
    refs(graph_.slots(id).subspan(1));
    word(object.byteCount);
    padded(graph_.bytes(id));
  } else if (image::unitSize(object.format) > 0) {
    padded(graph_.bytes(id));
  } else {
    refs(graph_.slots(id));
  }
}

void HeapWriter::writeTables() {
  const auto table = [&](size_t field, size_t count) {
    header_[field] = static_cast<uint32_t>(count);
    header_[field + 1] = offset();
  };
  table(6, graph_.classTable().size());
  for (ObjectId id : graph_.classTable()) word(ref(Value::object(id)));
  table(8, program_.constants.literals().size());
  refs(program_.constants.literals());
  table(10, program_.constants.selectors().size());
  for (ObjectId id : program_.constants.selectors()) word(ref(Value::object(id)));
  table(12, program_.methods.size());
  for (const emit::TranslatedMethod& method : program_.methods) {
    word(method.method);
    word(method.code);
    word(static_cast<uint32_t>(method.shape));
  }
  table(14, program_.entries.size());
  for (const emit::CodeEntry& entry : program_.entries) {
    word(entry.method);
    word(entry.pc);
    word(static_cast<uint32_t>(entry.kind));
    word(entry.code);
  }
}

void HeapWriter::finishHeader() {
  const image::ImageHeader& image = graph_.header();
  header_[0] = kMagic;
  header_[1] = kVersion;
  header_[2] = static_cast<uint32_t>(graph_.objectCount() + boxes_.size());
  header_[5] = ref(Value::object(graph_.specialObjectsArray()));
  header_[16] = static_cast<uint32_t>(image.formatNumber);
  header_[17] = static_cast<uint32_t>(image.wordSize);
  header_[18] = static_cast<uint32_t>(image.flags);
  header_[19] = image.windowWidth() << 16 | image.windowHeight();
  header_[20] = static_cast<uint32_t>(image.lastHash);
  header_[21] = offset();
  header_[22] = image.extraVmMemory;
  header_[23] = image.stackPageCount | image.cogCodeSize / 1024 << 16;
  header_[24] = image.edenBytes;
  header_[25] = image.maxExternalSemaphores;
  header_[26] = static_cast<uint32_t>(image.oldBaseAddress);
  std::memcpy(out_.data(), header_.data(), sizeof header_);
}

Result<std::string> HeapWriter::write() {
  if (Status status = collectBoxes()) return status;
  out_.assign(kHeaderWords * 4, '\0');
  writeDirectory();
  header_[4] = offset();
  for (ObjectId id = 0; id < graph_.objectCount(); ++id) writePayload(id);
  writeBoxes();
  writeTables();
  finishHeader();
  return std::move(out_);
}

}  // namespace

Result<std::string> writeHeap(const image::ImageModel& model, const emit::Program& program) {
  return HeapWriter(model, program).write();
}

}  // namespace stwasm::snapshot
