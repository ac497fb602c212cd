// Makes the class objects: see class_builder.h.
#include "translator/compose/class_builder.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "translator/compose/well_known_classes.h"
#include "translator/image/spur_layout.h"

namespace stwasm::compose {

namespace spur = image::spur;
using image::Format;
using syntax::ClassKind;

namespace {

constexpr uint32_t kFormatKindShift = 16;

// These have literals and bytecodes, which no class definition can say.
bool hasCode(std::string_view name) {
  return name == "CompiledCode" || name == "CompiledMethod" || name == "CompiledBlock";
}

uint32_t spurKind(const ClassInfo& info, uint32_t slots) {
  if (hasCode(info.name())) return spur::kCompiledMethod;
  switch (info.kind) {
    case ClassKind::kFixed:
      return slots == 0 ? spur::kZeroSized : spur::kFixedSlots;
    case ClassKind::kVariable:
      return slots == 0 ? spur::kArray : spur::kFixedAndIndexed;
    case ClassKind::kWeak:
      return spur::kWeakArray;
    case ClassKind::kEphemeron:
      return spur::kEphemeron;
    case ClassKind::kBytes:
      return spur::kBytes8;
    case ClassKind::kShorts:
      return spur::kShorts16;
    case ClassKind::kWords:
      return spur::kWords32;
    case ClassKind::kDoubleWords:
      return spur::kWords64;
    case ClassKind::kImmediate:
      return spur::kImmediateSpec;
  }
  return spur::kFixedSlots;
}

// Kinds up to weak arrays have the same numbers in both; checkKinds() refused what has none.
uint32_t v3Kind(uint32_t kind) {
  constexpr uint32_t kV3Words = 6;
  constexpr uint32_t kV3Bytes = 8;
  constexpr uint32_t kV3CompiledMethod = 12;
  if (kind >= spur::kCompiledMethod) return kV3CompiledMethod;
  if (kind >= spur::kBytes8) return kV3Bytes;
  return kind >= spur::kWords32 ? kV3Words : kind;
}

}  // namespace

void ClassBuilder::allocate() {
  const ClassInfo* classClass = hierarchy_.find("Class");
  const ClassInfo* metaclassClass = hierarchy_.find("Metaclass");
  const size_t classSlots = classClass == nullptr ? 0 : classClass->allInstanceVariables().size();
  const size_t metaclassSlots =
      metaclassClass == nullptr ? 0 : metaclassClass->allInstanceVariables().size();
  for (ClassInfo& info : hierarchy_.classes()) {
    info.id = heap_.add(image::kNil, Format::kFixed,
                        classSlots + info.allClassInstanceVariables().size());
    info.metaclass = heap_.add(image::kNil, Format::kFixed, metaclassSlots);
    heap_[info.id].classId = info.metaclass;
  }
  for (ClassInfo& info : hierarchy_.classes()) {
    heap_[info.metaclass].classId = objects_.classNamed("Metaclass");
    for (const syntax::Declaration& each : info.declaration->classVariables) {
      info.classVariables[each.name] = objects_.association(each.name, Value());
    }
  }
}

void ClassBuilder::addGlobals(Globals& globals) {
  for (const ClassInfo& info : hierarchy_.classes()) {
    globals[info.name()] = objects_.association(info.name(), Value::object(info.id));
  }
}

void ClassBuilder::fill(const std::map<const ClassInfo*, ClassMethods>& methods,
                        ObjectId smalltalk) {
  static const ClassMethods kNone;
  for (const ClassInfo& info : hierarchy_.classes()) {
    const auto found = methods.find(&info);
    const ClassMethods& own = found == methods.end() ? kNone : found->second;
    fillClass(info, own.instanceSide, smalltalk);
    fillMetaclass(info, own.classSide);
  }
}

void ClassBuilder::fillBehavior(ObjectId id, const std::vector<std::string>& slotNames,
                                const std::map<std::string, Value, std::less<>>& values) {
  for (size_t i = 0; i < slotNames.size(); ++i) {
    const auto value = values.find(slotNames[i]);
    if (value != values.end()) heap_[id].slots[i] = value->second;
  }
}

void ClassBuilder::fillClass(const ClassInfo& info, const Methods& methods, ObjectId smalltalk) {
  const ClassInfo* classClass = hierarchy_.find("Class");
  if (classClass == nullptr) return;
  std::vector<std::string> own;
  for (const auto& each : info.declaration->instanceVariables) own.push_back(each.name);
  const std::string& category = info.declaration->category;
  fillBehavior(info.id, classClass->allInstanceVariables(),
               {{"superclass", superclassOf(info)},
                {"methodDict", methodDictionary(methods)},
                {"format", format(info)},
                {"instanceVariables", names(own)},
                {"subclasses", subclasses(info)},
                {"name", Value::object(objects_.symbol(info.name()))},
                {"classPool", classPool(info)},
                {"sharedPools", sharedPools(info)},
                {"environment", Value::object(smalltalk)},
                {"category", Value::object(objects_.symbol(category))}});
}

void ClassBuilder::fillMetaclass(const ClassInfo& info, const Methods& methods) {
  const ClassInfo* metaclassClass = hierarchy_.find("Metaclass");
  if (metaclassClass == nullptr) return;
  const auto slots = static_cast<uint32_t>(heap_[info.id].slots.size());
  fillBehavior(info.metaclass, metaclassClass->allInstanceVariables(),
               {{"superclass", metaSuperclassOf(info)},
                {"methodDict", methodDictionary(methods)},
                {"format", Value::smallInteger(formatWord("", slots, spur::kFixedSlots))},
                {"instanceVariables", names(info.classInstanceVariables)},
                {"thisClass", Value::object(info.id)}});
}

Value ClassBuilder::superclassOf(const ClassInfo& info) const {
  return info.superclass == nullptr ? Value() : Value::object(info.superclass->id);
}

// The class of a class without superclass inherits what all classes understand.
Value ClassBuilder::metaSuperclassOf(const ClassInfo& info) const {
  if (info.superclass != nullptr) return Value::object(info.superclass->metaclass);
  return Value::object(objects_.classNamed("Class"));
}

Value ClassBuilder::names(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  std::vector<Value> strings;
  for (const std::string& name : names) strings.push_back(Value::object(objects_.string(name)));
  return Value::object(objects_.array(strings));
}

Value ClassBuilder::subclasses(const ClassInfo& info) {
  if (info.subclasses.empty()) return {};
  std::vector<Value> classes;
  for (const ClassInfo* each : info.subclasses) classes.push_back(Value::object(each->id));
  return Value::object(objects_.array(classes));
}

Value ClassBuilder::classPool(const ClassInfo& info) {
  if (info.classVariables.empty() || !objects_.hasClass("Dictionary")) return {};
  std::vector<ObjectId> associations;
  for (const auto& [name, association] : info.classVariables) associations.push_back(association);
  return Value::object(dictionary("Dictionary", associations));
}

Value ClassBuilder::sharedPools(const ClassInfo& info) {
  if (info.pools.empty()) return {};
  std::vector<Value> pools;
  for (const ClassInfo* pool : info.pools) pools.push_back(Value::object(pool->id));
  return Value::object(objects_.array(pools));
}

ObjectId ClassBuilder::dictionary(std::string_view className,
                                  const std::vector<ObjectId>& associations) {
  // A hashed collection needs free places to find that something is not there.
  std::vector<Value> elements(associations.size() + associations.size() / 2 + 4);
  std::ranges::transform(associations, elements.begin(), &Value::object);
  const ObjectId id = objects_.instance(className);
  objects_.set(id, className, "tally",
               Value::smallInteger(static_cast<int64_t>(associations.size())));
  objects_.set(id, className, "array", Value::object(objects_.array(elements)));
  return id;
}

// Selectors stand where their hashes say, as the virtual machine looks for them, or behind that.
Value ClassBuilder::methodDictionary(const Methods& methods) {
  constexpr std::string_view kClass = "MethodDictionary";
  const size_t capacity = std::bit_ceil(std::max<size_t>(methods.size() * 4 / 3 + 1, 2));
  const ObjectId id = objects_.instance(kClass, capacity);
  const ObjectId array = objects_.array(std::vector<Value>(capacity));
  objects_.set(id, kClass, "tally", Value::smallInteger(static_cast<int64_t>(methods.size())));
  objects_.set(id, kClass, "array", Value::object(array));
  const size_t first = heap_[id].slots.size() - capacity;
  for (const auto& [name, method] : methods) {
    const ObjectId selector = objects_.symbol(name);
    size_t place = heap_.hashOf(selector) & (capacity - 1);
    while (!heap_[id].slots[first + place].isNil()) place = (place + 1) & (capacity - 1);
    heap_[id].slots[first + place] = Value::object(selector);
    heap_[array].slots[place] = Value::object(method);
  }
  return Value::object(id);
}

Value ClassBuilder::format(const ClassInfo& info) const {
  auto slots = static_cast<uint32_t>(info.allInstanceVariables().size());
  uint32_t kind = spurKind(info, slots);
  // Before Spur only integers are immediate; a Character has a slot for its code.
  if (kind == spur::kImmediateSpec && !heap_.target().isSpur()) {
    slots = info.name() == "Character" ? 1 : 0;
    kind = slots == 0 ? spur::kZeroSized : spur::kFixedSlots;
  }
  return Value::smallInteger(formatWord(info.name(), slots, kind));
}

// Before Spur the word has the index of a compact class too.
int64_t ClassBuilder::formatWord(std::string_view className, uint32_t slots, uint32_t kind) const {
  if (heap_.target().isSpur()) return int64_t{kind} << kFormatKindShift | slots;
  const uint32_t size = slots + 1;  // with the word of the header
  return int64_t{size >> 6} << 16 | int64_t{compactClassIndex(className)} << 11 |
         int64_t{v3Kind(kind)} << 7 | int64_t{size & 0x3F} << 1;
}

}  // namespace stwasm::compose
