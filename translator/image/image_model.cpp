// The Smalltalk view of an object graph: see image_model.h. Names are in image_names.cpp.
#include "translator/image/image_model.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "translator/image/v3_layout.h"

namespace stwasm::image {

namespace {

constexpr uint32_t kSpecialSelectorCount = 32;
constexpr int64_t kMaxArgumentCount = 15;

}  // namespace

std::optional<InstanceSpec> InstanceSpec::decodeSpur(int64_t formatWord) {
  InstanceSpec spec;
  spec.namedSlotCount = static_cast<uint32_t>(formatWord & 0xFFFF);
  const auto kind = static_cast<uint32_t>(formatWord >> 16 & 0x1F);
  spec.indexable = kind >= 2 && kind != 5 && kind != 7;
  spec.immediate = kind == 7;
  if (kind >= 24) {
    spec.format = Format::kCompiledMethod;
  } else if (kind >= 16) {
    spec.format = Format::kBytes8;
  } else if (kind >= 12) {
    spec.format = Format::kShorts16;
  } else if (kind >= 10) {
    spec.format = Format::kWords32;
  } else if (kind == 9) {
    spec.format = Format::kWords64;
  } else if (kind == 5) {
    spec.format = Format::kEphemeron;
  } else if (kind == 4) {
    spec.format = Format::kWeak;
  } else if (kind == 2 || kind == 3) {
    spec.format = Format::kIndexedPointers;
  } else if (kind == 6 || kind == 8) {
    return std::nullopt;
  }
  return spec;
}

std::optional<InstanceSpec> InstanceSpec::decodeV3(int64_t formatWord) {
  InstanceSpec spec;
  const uint32_t size = v3::instanceSize(formatWord);  // with the header's word
  const uint32_t kind = v3::instanceFormat(formatWord);
  spec.namedSlotCount = size == 0 ? 0 : size - 1;
  spec.indexable = kind >= v3::kArray;
  if (kind >= v3::kCompiledMethod) {
    spec.format = Format::kCompiledMethod;
  } else if (kind >= v3::kBytes8) {
    spec.format = Format::kBytes8;
  } else if (kind == v3::kWords32) {
    spec.format = Format::kWords32;
  } else if (kind == v3::kWeakArray) {
    spec.format = Format::kWeak;
  } else if (kind == v3::kArray || kind == v3::kFixedAndIndexed) {
    spec.format = Format::kIndexedPointers;
  } else if (kind > v3::kWeakArray) {
    return std::nullopt;
  }
  return spec;
}

Result<ImageModel> ImageModel::create(const ObjectGraph& graph) {
  ImageModel model(graph);
  if (Status status = model.readSpecialSelectors()) {
    return inFile(std::move(status), graph.fileName());
  }
  model.findMetaclassLayout();
  model.collectBehaviors();
  if (Status status = model.checkHierarchy()) return inFile(std::move(status), graph.fileName());
  if (Status status = model.collectMethods()) return inFile(std::move(status), graph.fileName());
  return model;
}

ObjectId ImageModel::slotObject(ObjectId id, uint32_t slot) const {
  const std::span<const Value> slots = graph_->slots(id);
  return slot < slots.size() && slots[slot].isObject() ? slots[slot].objectId() : kNil;
}

ObjectId ImageModel::special(SpecialObject which) const {
  return slotObject(graph_->specialObjectsArray(), static_cast<uint32_t>(which));
}

Status ImageModel::readSpecialSelectors() {
  const ObjectId array = special(SpecialObject::kSpecialSelectors);
  const std::span<const Value> slots = graph_->slots(array);
  if (slots.size() < size_t{2} * kSpecialSelectorCount) {
    return fail("the special objects array has no array of {} special selectors at index {}",
                kSpecialSelectorCount, static_cast<uint32_t>(SpecialObject::kSpecialSelectors));
  }
  for (size_t i = 0; i < kSpecialSelectorCount; ++i) {
    const Value selector = slots[2 * i];
    const Value count = slots[2 * i + 1];
    if (!selector.isObject() || !count.isSmallInteger() || count.smallInteger() < 0 ||
        count.smallInteger() > kMaxArgumentCount) {
      return fail("special selector {} at byte {} is no selector with an argument count", i,
                  graph_->object(array).imageOffset);
    }
    specialSelectors_.push_back({selector.objectId(), static_cast<uint32_t>(count.smallInteger())});
  }
  return Status::success();
}

ObjectId ImageModel::classOf(Value value) const {
  switch (value.tag()) {
    case Value::Tag::kObject:
      return graph_->object(value.objectId()).classId;
    case Value::Tag::kSmallInteger:
      return special(SpecialObject::kClassSmallInteger);
    case Value::Tag::kCharacter:
      return special(SpecialObject::kClassCharacter);
    case Value::Tag::kSmallFloat:
      return graph_->classAtIndex(static_cast<uint32_t>(Value::Tag::kSmallFloat));
  }
  return kNil;
}

// Its index in Spur's class table is fixed; not every image has it among the special objects.
ObjectId ImageModel::fullBlockClosureClass() const {
  constexpr uint32_t kFullBlockClosureIndex = 38;
  const ObjectId known = special(SpecialObject::kClassFullBlockClosure);
  if (known != kNil || !graph_->header().isSpur()) return known;
  return graph_->classAtIndex(kFullBlockClosureIndex);
}

bool ImageModel::isFullClosure(ObjectId id) const {
  constexpr uint32_t kFullClosureSlots = 4;
  const Object& object = graph_->object(id);
  if (object.format != Format::kIndexedPointers || object.slotCount < kFullClosureSlots)
    return false;
  if (object.classId == kNil) return false;
  if (object.classId == fullBlockClosureClass()) return true;
  const auto spec = instanceSpec(object.classId);
  if (!spec || spec->namedSlotCount < kFullClosureSlots) return false;
  for (ObjectId c = superclass(object.classId); c != kNil; c = superclass(c))
    if (c == special(SpecialObject::kClassBlockClosure)) return true;
  return false;
}

// Class Array tells which object is Metaclass, in which slot a metaclass keeps its class, and in
// which slot a class keeps its name (its first string): dialects differ in the last two.
void ImageModel::findMetaclassLayout() {
  const ObjectId arrayClass = special(SpecialObject::kClassArray);
  if (arrayClass == kNil) return;
  const ObjectId metaclass = graph_->object(arrayClass).classId;
  metaclassClass_ = graph_->object(metaclass).classId;
  const std::span<const Value> metaclassSlots = graph_->slots(metaclass);
  for (uint32_t i = kClassFormatSlot + 1; i < metaclassSlots.size(); ++i) {
    if (metaclassSlots[i] == Value::object(arrayClass)) soleInstanceSlot_ = i;
  }
  const auto slotCount = static_cast<uint32_t>(graph_->slots(arrayClass).size());
  for (uint32_t i = slotCount; i-- > kClassFormatSlot + 1;) {
    if (byteString(slotObject(arrayClass, i))) classNameSlot_ = i;
  }
}

bool ImageModel::hasBehaviorShape(ObjectId id) const {
  const std::span<const Value> slots = graph_->slots(id);
  if (id <= kTrue || graph_->object(id).format != Format::kFixed) return false;
  if (slots.size() <= kClassFormatSlot || !slots[kClassFormatSlot].isSmallInteger()) return false;
  return slots[kSuperclassSlot].isObject() && slots[kMethodDictionarySlot].isObject();
}

bool ImageModel::isMetaclass(ObjectId id) const {
  return isBehavior(id) && graph_->object(id).classId == metaclassClass_;
}

void ImageModel::addBehavior(ObjectId id) {
  if (isBehavior_[id] || !hasBehaviorShape(id)) return;
  isBehavior_[id] = true;
  behaviors_.push_back(id);
}

// Classes enter the class table when they get their first instance, so that abstract ones are
// found only as instances of their metaclasses.
void ImageModel::collectBehaviors() {
  isBehavior_.assign(graph_->objectCount(), false);
  for (ObjectId id : graph_->classTable()) addBehavior(id);
  for (ObjectId id = 0; id < graph_->objectCount(); ++id) {
    const ObjectId classId = graph_->object(id).classId;
    if (classId == metaclassClass_ || graph_->object(classId).classId == metaclassClass_) {
      addBehavior(id);
    }
    if (graph_->object(id).format == Format::kCompiledMethod) compiledCode_.push_back(id);
  }
  for (ObjectId id : behaviors_) classesByName_.emplace(className(id), id);
}

// Every chain of superclasses has to end, so that nobody else needs to guard against circles.
Status ImageModel::checkHierarchy() const {
  constexpr uint32_t kUnvisited = 0;
  std::vector<uint32_t> visitedFrom(graph_->objectCount(), kUnvisited);
  for (uint32_t i = 0; i < behaviors_.size(); ++i) {
    const uint32_t mark = i + 1;
    for (ObjectId id = behaviors_[i]; id != kNil; id = superclass(id)) {
      if (visitedFrom[id] == mark) {
        return fail("the superclasses of {} at byte {} form a circle", className(id),
                    graph_->object(id).imageOffset);
      }
      if (visitedFrom[id] != kUnvisited) break;
      visitedFrom[id] = mark;
    }
  }
  return Status::success();
}

Status ImageModel::collectMethods() {
  // Dictionaries shared by many classes would multiply; a sound image shares none.
  const size_t limit = graph_->allSlots().size();
  for (ObjectId behavior : behaviors_) {
    const size_t first = methods_.size();
    addMethods(behavior);
    if (methods_.size() > limit) {
      return fail("the method dictionary of {} is shared by too many classes", className(behavior));
    }
    ranges_.push_back(
        {behavior, static_cast<uint32_t>(first), static_cast<uint32_t>(methods_.size() - first)});
  }
  std::ranges::sort(ranges_, {}, &MethodRange::behavior);
  entryIndex_.reserve(methods_.size());
  for (uint32_t i = 0; i < methods_.size(); ++i) entryIndex_.emplace_back(methods_[i].method, i);
  std::ranges::sort(entryIndex_);
  return Status::success();
}

void ImageModel::addMethods(ObjectId behavior) {
  const ObjectId dictionary = slotObject(behavior, kMethodDictionarySlot);
  const std::span<const Value> selectors = graph_->slots(dictionary);
  const std::span<const Value> methods = graph_->slots(slotObject(dictionary, kMethodArraySlot));
  for (size_t i = 0; i < methods.size() && i + kFirstSelectorSlot < selectors.size(); ++i) {
    const Value selector = selectors[i + kFirstSelectorSlot];
    if (!selector.isObject() || selector.isNil() || !methods[i].isObject()) continue;
    const ObjectId method = methods[i].objectId();
    if (graph_->object(method).format != Format::kCompiledMethod) continue;
    methods_.push_back({behavior, selector.objectId(), method});
  }
}

ObjectId ImageModel::superclass(ObjectId behavior) const {
  const ObjectId id = slotObject(behavior, kSuperclassSlot);
  return isBehavior(id) ? id : kNil;
}

std::optional<InstanceSpec> ImageModel::instanceSpec(ObjectId behavior) const {
  if (!isBehavior(behavior)) return std::nullopt;
  const int64_t format = graph_->slots(behavior)[kClassFormatSlot].smallInteger();
  return graph_->header().isSpur() ? InstanceSpec::decodeSpur(format)
                                   : InstanceSpec::decodeV3(format);
}

std::span<const MethodEntry> ImageModel::methodsOf(ObjectId behavior) const {
  const auto range = std::ranges::lower_bound(ranges_, behavior, {}, &MethodRange::behavior);
  if (range == ranges_.end() || range->behavior != behavior) return {};
  return std::span(methods_).subspan(range->first, range->count);
}

std::optional<MethodEntry> ImageModel::lookup(ObjectId behavior, ObjectId selector) const {
  while (behavior != kNil) {
    const std::span<const MethodEntry> entries = methodsOf(behavior);
    const auto found = std::ranges::find(entries, selector, &MethodEntry::selector);
    if (found != entries.end()) return *found;
    behavior = superclass(behavior);
  }
  return std::nullopt;
}

std::optional<MethodEntry> ImageModel::entryOf(ObjectId method) const {
  const auto found =
      std::ranges::lower_bound(entryIndex_, method, {}, &std::pair<ObjectId, uint32_t>::first);
  if (found == entryIndex_.end() || found->first != method) return std::nullopt;
  return methods_[found->second];
}

std::optional<std::string_view> ImageModel::byteString(ObjectId id) const {
  if (graph_->object(id).format != Format::kBytes8) return std::nullopt;
  const std::span<const uint8_t> bytes = graph_->bytes(id);
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::optional<double> ImageModel::floatValue(ObjectId id) const {
  const std::span<const uint8_t> bytes = graph_->bytes(id);
  if (graph_->object(id).classId != special(SpecialObject::kClassFloat) || bytes.size() != 8) {
    return std::nullopt;
  }
  uint64_t bits = 0;
  for (size_t i = 0; i < bytes.size(); ++i) bits |= uint64_t{bytes[i]} << (8 * i);
  return std::bit_cast<double>(bits);
}

}  // namespace stwasm::image
