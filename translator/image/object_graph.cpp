// The neutral object graph: see object_graph.h.
#include "translator/image/object_graph.h"

#include <bit>

namespace stwasm::image {

// An immediate float keeps the sign in the lowest bit of its payload and eight of the eleven
// exponent bits, offset by 896; zero is the one value without that offset.
double Value::smallFloat() const {
  assert(isSmallFloat());
  constexpr uint64_t kExponentOffset = uint64_t{896} << 53;
  uint64_t rotated = bits_ >> kTagBits;
  if (rotated > 1) rotated += kExponentOffset;
  return std::bit_cast<double>(std::rotr(rotated, 1));
}

uint32_t unitSize(Format format) {
  switch (format) {
    case Format::kWords64:
      return 8;
    case Format::kWords32:
      return 4;
    case Format::kShorts16:
      return 2;
    case Format::kBytes8:
    case Format::kCompiledMethod:
      return 1;
    case Format::kFixed:
    case Format::kIndexedPointers:
    case Format::kWeak:
    case Format::kEphemeron:
      break;
  }
  return 0;
}

const char* formatName(Format format) {
  switch (format) {
    case Format::kFixed:
      return "fixed";
    case Format::kIndexedPointers:
      return "indexed pointers";
    case Format::kWeak:
      return "weak";
    case Format::kEphemeron:
      return "ephemeron";
    case Format::kWords64:
      return "64-bit words";
    case Format::kWords32:
      return "32-bit words";
    case Format::kShorts16:
      return "16-bit words";
    case Format::kBytes8:
      return "bytes";
    case Format::kCompiledMethod:
      return "CompiledMethod";
  }
  return "unknown";
}

void ObjectGraphBuilder::reserve(size_t objects, size_t slots, size_t bytes) {
  graph_.objects_.reserve(objects);
  graph_.slots_.reserve(slots);
  graph_.bytes_.reserve(bytes);
}

ObjectId ObjectGraphBuilder::addObject(Object object) {
  object.firstSlot = static_cast<uint32_t>(graph_.slots_.size());
  object.slotCount = 0;
  object.firstByte = static_cast<uint32_t>(graph_.bytes_.size());
  object.byteCount = 0;
  graph_.objects_.push_back(object);
  return static_cast<ObjectId>(graph_.objects_.size() - 1);
}

void ObjectGraphBuilder::addBytes(std::span<const uint8_t> bytes) {
  graph_.bytes_.insert(graph_.bytes_.end(), bytes.begin(), bytes.end());
  graph_.objects_.back().byteCount += static_cast<uint32_t>(bytes.size());
}

std::span<uint8_t> ObjectGraphBuilder::addBytes(size_t count) {
  const size_t first = graph_.bytes_.size();
  graph_.bytes_.resize(first + count);
  graph_.objects_.back().byteCount += static_cast<uint32_t>(count);
  return {graph_.bytes_.data() + first, count};
}

std::span<uint8_t> ObjectGraphBuilder::bytes(ObjectId id) {
  const Object& object = graph_.object(id);
  return {graph_.bytes_.data() + object.firstByte, object.byteCount};
}

}  // namespace stwasm::image
