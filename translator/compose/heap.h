// The objects of an image while it is composed: slots can be filled in any order. At the end they
// become an ObjectGraph.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "translator/compose/target.h"
#include "translator/image/object_graph.h"

namespace stwasm::compose {

using image::ObjectId;
using image::Value;

struct HeapObject {
  ObjectId classId = image::kNil;
  image::Format format = image::Format::kFixed;
  uint32_t identityHash = 0;
  std::vector<Value> slots;
  std::vector<uint8_t> bytes;
};

class Heap {
 public:
  explicit Heap(const Target& target);

  const Target& target() const { return target_; }

  ObjectId add(ObjectId classId, image::Format format, size_t slotCount = 0);
  ObjectId addBytes(ObjectId classId, std::string_view bytes,
                    image::Format format = image::Format::kBytes8);

  HeapObject& operator[](ObjectId id) { return objects_[id]; }
  const HeapObject& operator[](ObjectId id) const { return objects_[id]; }
  size_t size() const { return objects_.size(); }

  // The object's hash; objects that were asked once keep theirs in the image.
  uint32_t hashOf(ObjectId id);

  image::ObjectGraph graph(const std::string& name, const image::ImageHeader& header,
                           std::vector<ObjectId> classTable, ObjectId specialObjects) const;

 private:
  const Target& target_;
  std::vector<HeapObject> objects_;
  uint32_t lastHash_ = 1;
};

}  // namespace stwasm::compose
