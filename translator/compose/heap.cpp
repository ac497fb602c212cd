// Objects under construction: see heap.h.
#include "translator/compose/heap.h"

#include <utility>

namespace stwasm::compose {

namespace {

constexpr uint32_t kSpurHashBits = 22;
constexpr uint32_t kV3HashBits = 12;

}  // namespace

// nil, false and true come first in every graph.
Heap::Heap(const Target& target) : target_(target), objects_(3) {}

ObjectId Heap::add(ObjectId classId, image::Format format, size_t slotCount) {
  HeapObject object;
  object.classId = classId;
  object.format = format;
  object.slots.resize(slotCount);
  objects_.push_back(std::move(object));
  return static_cast<ObjectId>(objects_.size() - 1);
}

ObjectId Heap::addBytes(ObjectId classId, std::string_view bytes, image::Format format) {
  const ObjectId id = add(classId, format);
  objects_[id].bytes.assign(bytes.begin(), bytes.end());
  return id;
}

// Spread over all values, the same in each run.
uint32_t Heap::hashOf(ObjectId id) {
  constexpr uint32_t kMultiplier = 1664525;
  constexpr uint32_t kIncrement = 1013904223;
  const uint32_t bits = target_.isSpur() ? kSpurHashBits : kV3HashBits;
  uint32_t& hash = objects_[id].identityHash;
  while (hash == 0) {
    lastHash_ = lastHash_ * kMultiplier + kIncrement;
    hash = lastHash_ >> (32 - bits);
  }
  return hash;
}

image::ObjectGraph Heap::graph(const std::string& name, const image::ImageHeader& header,
                               std::vector<ObjectId> classTable, ObjectId specialObjects) const {
  image::ObjectGraphBuilder builder(name);
  builder.setHeader(header);
  std::vector<uint32_t> classIndices(objects_.size());
  for (uint32_t index = 0; index < classTable.size(); ++index) {
    if (classTable[index] == image::kNil) continue;
    // Of two entries of one class the one that equals its hash.
    uint32_t& known = classIndices[classTable[index]];
    if (known == 0 || objects_[classTable[index]].identityHash == index) known = index;
  }
  for (const HeapObject& each : objects_) {
    image::Object object;
    object.classId = each.classId;
    object.classIndex = classIndices[each.classId];
    object.identityHash = each.identityHash;
    object.format = each.format;
    builder.addObject(object);
    for (const Value value : each.slots) builder.addSlot(value);
    builder.addBytes(each.bytes);
  }
  builder.setClassTable(std::move(classTable));
  builder.setSpecialObjectsArray(specialObjects);
  return builder.take();
}

}  // namespace stwasm::compose
