// An object memory from nothing: see memory.h. Values are made in memory_values.cpp.
#include "tests/exemplars/memory.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/exemplars/class_kinds.h"
#include "translator/bytecode/special_selectors.h"

namespace stwasm::exemplars {

using image::Format;
using image::ImageHeader;
using image::kNil;
using image::Object;
using image::ObjectGraph;
using image::ObjectGraphBuilder;
using image::ObjectId;
using image::SpecialObject;
using image::Value;

namespace {

// The classes that Spur knows by their index.
constexpr std::array<std::pair<const char*, uint32_t>, 16> kKnownIndices{{
    {"SmallInteger", 1},
    {"Character", 2},
    {"SmallFloat64", 4},
    {"LargeNegativeInteger", 32},
    {"LargePositiveInteger", 33},
    {"Float", 34},
    {"Message", 35},
    {"Context", 36},
    {"BlockClosure", 37},
    {"FullBlockClosure", 38},
    {"Semaphore", 48},
    {"ByteArray", 50},
    {"Array", 51},
    {"String", 52},
    {"Bitmap", 53},
    {"Point", 54},
}};
constexpr uint32_t kFirstFreeIndex = 1024;
constexpr uint32_t kClassSlots = 7;
constexpr uint32_t kMetaclassSlots = 6;
constexpr uint32_t kSoleInstanceSlot = 5;
constexpr uint32_t kNameSlot = 6;
constexpr uint32_t kSpecialObjects = 60;
constexpr int kPriorities = 80;
constexpr int kStartPriority = 40;
constexpr uint32_t kContextNamedSlots = 6;

}  // namespace

Memory::Memory(MemoryFormat format) : format_(format), special_(kSpecialObjects) {
  for (int i = 0; i < 3; ++i) addNode({});
  for (size_t id = 0; id < 3; ++id) special_[id] = reference(static_cast<ObjectId>(id));
  addKnownClasses();
  addPlainClasses();
  const std::array<const char*, 3> classes = {"UndefinedObject", "False", "True"};
  for (size_t id = 0; id < 3; ++id) nodes_[id].classId = classId(classes[id]);
  addSpecialSelectors();
  if (format_.isSpur) return;
  addCharacters();
  addCompactClasses();
}

ObjectId Memory::addNode(Node node) {
  nodes_.push_back(std::move(node));
  return static_cast<ObjectId>(nodes_.size() - 1);
}

// The class and its metaclass, still without a superclass.
void Memory::declareClass(const std::string& name) {
  const auto known = std::ranges::find(kKnownIndices, name,
                                       [](const auto& entry) { return std::string(entry.first); });
  if (classTable_.size() < kFirstFreeIndex) classTable_.resize(kFirstFreeIndex, kNil);
  const auto enter = [&](ObjectId id, uint32_t index) {
    nodes_[id].hash = index;
    if (index >= classTable_.size()) classTable_.resize(index + 1, kNil);
    classTable_[index] = id;
  };
  const ObjectId metaclass = addNode({.slots = std::vector<Value>(kMetaclassSlots)});
  const ObjectId id = addNode({.classId = metaclass, .slots = std::vector<Value>(kClassSlots)});
  enter(id,
        known == kKnownIndices.end() ? static_cast<uint32_t>(classTable_.size()) : known->second);
  enter(metaclass, static_cast<uint32_t>(classTable_.size()));
  nodes_[metaclass].slots[kSoleInstanceSlot] = reference(id);
  classes_[name] = id;
}

// Symbol, Metaclass and Class have to be there before a class can be whole.
void Memory::addKnownClasses() {
  for (const char* name : {"Object", "Behavior", "Class", "Metaclass", "Symbol", "String"}) {
    declareClass(name);
  }
  addClass("Object", "", 0, kFixed);
  addClass("Behavior", "Object", 3, kFixed);
  addClass("Class", "Behavior", kClassSlots, kFixed);
  addClass("Metaclass", "Behavior", kMetaclassSlots, kFixed);
  addClass("String", "Object", 0, kBytes8);
  addClass("Symbol", "String", 0, kBytes8);
}

void Memory::addPlainClasses() {
  struct Plain {
    const char* name;
    uint32_t namedSlots;
    uint32_t kind;
    const char* superclass = "Object";
  };
  const uint32_t floatKind = kWords32;
  for (const Plain& plain :
       std::initializer_list<Plain>{{"UndefinedObject", 0, kFixed},
                                    {"Boolean", 0, kFixed},
                                    {"False", 0, kFixed, "Boolean"},
                                    {"True", 0, kFixed, "Boolean"},
                                    {"Number", 0, kFixed},
                                    {"Integer", 0, kFixed, "Number"},
                                    {"SmallInteger", 0, kImmediate, "Integer"},
                                    {"LargePositiveInteger", 0, kBytes8, "Integer"},
                                    {"LargeNegativeInteger", 0, kBytes8, "LargePositiveInteger"},
                                    {"AbstractFloat", 0, kFixed, "Number"},
                                    {"Float", 0, floatKind, "AbstractFloat"},
                                    {"SmallFloat64", 0, kImmediate, "AbstractFloat"},
                                    {"Character", 0, kImmediate},
                                    {"Array", 0, kArray},
                                    {"ByteArray", 0, kBytes8},
                                    {"Bitmap", 0, kWords32},
                                    {"WordArray", 0, kWords32},
                                    {"DoubleByteArray", 0, kShorts16},
                                    {"DoubleWordArray", 0, kWords64},
                                    {"WeakArray", 0, kWeak},
                                    {"Association", 2, kFixed},
                                    {"Point", 2, kFixed},
                                    {"Message", 3, kFixed},
                                    {"MethodDictionary", 2, kFixedAndIndexed},
                                    {"CompiledMethod", 0, kCompiledMethod},
                                    {"CompiledBlock", 0, kCompiledMethod},
                                    {"Context", kContextNamedSlots, kFixedAndIndexed},
                                    {"BlockClosure", 3, kFixedAndIndexed},
                                    {"FullBlockClosure", 4, kFixedAndIndexed, "BlockClosure"},
                                    {"LinkedList", 2, kFixed},
                                    {"Semaphore", 3, kFixed, "LinkedList"},
                                    {"Process", 4, kFixed},
                                    {"ProcessorScheduler", 2, kFixed}}) {
    if (has(plain.kind, plain.name)) {
      addClass(plain.name, plain.superclass, plain.namedSlots, plain.kind);
    }
  }
  for (const auto& [which, name] : std::initializer_list<std::pair<SpecialObject, const char*>>{
           {SpecialObject::kClassBitmap, "Bitmap"},
           {SpecialObject::kClassSmallInteger, "SmallInteger"},
           {SpecialObject::kClassByteString, "String"},
           {SpecialObject::kClassArray, "Array"},
           {SpecialObject::kClassFloat, "Float"},
           {SpecialObject::kClassContext, "Context"},
           {SpecialObject::kClassPoint, "Point"},
           {SpecialObject::kClassLargePositiveInteger, "LargePositiveInteger"},
           {SpecialObject::kClassMessage, "Message"},
           {SpecialObject::kClassCompiledMethod, "CompiledMethod"},
           {SpecialObject::kClassSemaphore, "Semaphore"},
           {SpecialObject::kClassCharacter, "Character"},
           {SpecialObject::kClassByteArray, "ByteArray"},
           {SpecialObject::kClassProcess, "Process"},
           {SpecialObject::kClassBlockClosure, "BlockClosure"},
           {SpecialObject::kClassFullBlockClosure, "FullBlockClosure"},
           {SpecialObject::kClassLargeNegativeInteger, "LargeNegativeInteger"}}) {
    if (classes_.contains(name)) setSpecial(which, classNamed(name));
  }
}

void Memory::addSpecialSelectors() {
  Items selectors;
  for (int i = 0; i < bytecode::kSpecialSelectorCount; ++i) {
    const bool identity = i == bytecode::kSelectorBlockCopy;  // Spur has ~~ in that place
    const std::string_view name = identity ? "~~" : bytecode::specialSelector(i).name;
    selectors.push_back(symbol(std::string(name)));
    selectors.push_back(integer(bytecode::specialSelector(i).numArgs));
  }
  setSpecial(SpecialObject::kSpecialSelectors, array(selectors));
  setSpecial(SpecialObject::kSelectorDoesNotUnderstand, symbol("doesNotUnderstand:"));
  setSpecial(SpecialObject::kSelectorCannotReturn, symbol("cannotReturn:"));
  setSpecial(SpecialObject::kSelectorMustBeBoolean, symbol("mustBeBoolean"));
  setSpecial(SpecialObject::kSelectorCannotInterpret, symbol("cannotInterpret:"));
  setSpecial(SpecialObject::kSelectorAboutToReturn, symbol("aboutToReturn:through:"));
  setSpecial(SpecialObject::kSelectorRunWithIn, symbol("run:with:in:"));
  setSpecial(SpecialObject::kSelectorUnusedBytecode, symbol("unusedBytecode"));
  setSpecial(SpecialObject::kSelectorSistaTrap, symbol("trap"));
  setSpecial(SpecialObject::kExternalObjectsArray, array({}));
}

void Memory::addClass(const std::string& name, const std::string& superclass, uint32_t namedSlots,
                      uint32_t kind) {
  if (!classes_.contains(name)) declareClass(name);
  const ObjectId id = classId(name);
  const ObjectId metaclass = nodes_[id].classId;
  const bool isRoot = superclass.empty();
  nodes_[metaclass].classId = classId("Metaclass");
  nodes_[metaclass].slots[0] =
      isRoot ? reference(classId("Class")) : reference(nodes_[classId(superclass)].classId);
  nodes_[metaclass].slots[2] = classFormat("", kClassSlots, kFixed);
  if (!isRoot) nodes_[id].slots[0] = reference(classId(superclass));
  nodes_[id].slots[2] = classFormat(name, namedSlots, kind);
  const Value symbol = makeSymbol(name);
  nodes_[id].slots[kNameSlot] = symbol;
  kinds_[name] = kind;
  methods_[metaclass];
  methods_[id];
}

void Memory::setSpecial(SpecialObject which, const Item& item) {
  special_[static_cast<size_t>(which)] = make(item);
}

void Memory::addMethod(const Method& method) {
  const ObjectId id = makeMethod(method);
  const bool toMetaclass = method.className.ends_with(" class");
  const std::string name =
      toMetaclass ? method.className.substr(0, method.className.size() - 6) : method.className;
  const ObjectId owner = toMetaclass ? nodes_[classId(name)].classId : classId(name);
  methods_[owner].push_back({makeSymbol(method.selector), reference(id)});
}

// Open addressing by the selector's hash, at most half full.
ObjectId Memory::makeDictionary(const std::vector<Entry>& entries) {
  size_t capacity = 2;
  while (capacity < 2 * entries.size()) capacity *= 2;
  std::vector<Value> methods(capacity);
  std::vector<Value> slots(capacity + 2);
  for (const Entry& entry : entries) {
    size_t index = nodes_[entry.selector.objectId()].hash & (capacity - 1);
    while (!slots[index + 2].isNil()) index = (index + 1) & (capacity - 1);
    slots[index + 2] = entry.selector;
    methods[index] = entry.method;
  }
  const ObjectId array =
      addNode({.classId = classId("Array"), .format = Format::kIndexedPointers, .slots = methods});
  slots[0] = Value::smallInteger(static_cast<int64_t>(entries.size()));
  slots[1] = reference(array);
  return addNode({.classId = classId("MethodDictionary"),
                  .format = Format::kIndexedPointers,
                  .slots = std::move(slots)});
}

// About to begin the method.
Value Memory::makeContext(const Item& receiver, const Method& method) {
  const ObjectId methodId = makeMethod(method);
  const size_t frameSize = method.largeFrame ? 56 : 16;
  std::vector<Value> slots(kContextNamedSlots + frameSize);
  const auto firstPc = static_cast<int64_t>(nodes_[methodId].slots.size() * format_.wordSize + 1);
  slots[1] = Value::smallInteger(firstPc);
  slots[2] = Value::smallInteger(method.temporaries);
  slots[3] = reference(methodId);
  slots[5] = make(receiver);
  return reference(addNode({.classId = classId("Context"),
                            .format = Format::kIndexedPointers,
                            .slots = std::move(slots)}));
}

ObjectGraph Memory::finish(const std::string& fileName, const Item& receiver, const Method& start) {
  const Value process = make(
      exemplars::process(kStartPriority, context(std::make_shared<const Method>(start), receiver)));
  Items lists(kPriorities, instance("LinkedList", {nil(), nil()}));
  const Value queues = make(array(lists));
  const ObjectId scheduler =
      addNode({.classId = classId("ProcessorScheduler"), .slots = {queues, process}});
  const Value processor = make(symbol("Processor"));
  special_[static_cast<size_t>(SpecialObject::kSchedulerAssociation)] = reference(
      addNode({.classId = classId("Association"), .slots = {processor, reference(scheduler)}}));
  for (const auto& [behavior, entries] : methods_) {
    const ObjectId dictionary = makeDictionary(entries);
    nodes_[behavior].slots[1] = reference(dictionary);
  }
  const ObjectId specialArray =
      addNode({.classId = classId("Array"), .format = Format::kIndexedPointers, .slots = special_});
  // Spur enters these classes at a second index each.
  if (format_.isSpur && format_.wordSize == 4) classTable_[3] = classId("SmallInteger");
  if (format_.isSpur) classTable_[16] = classId("Array");
  return graph(fileName, specialArray);
}

// Before Spur both ways of storing Floats: 6504 with the more significant word first, 6505 as the
// machine has them.
ImageHeader Memory::header() const {
  constexpr uint64_t kLittleEndianFloats = 2;
  ImageHeader header;
  header.formatNumber = format_.wordSize == 8 ? 68021 : 6521;
  if (!format_.isSpur) header.formatNumber = format_.bigEndian ? 6505 : 6504;
  header.wordSize = format_.wordSize;
  header.bigEndian = format_.bigEndian;
  header.flags = format_.isSpur && !format_.bigEndian ? kLittleEndianFloats : 0;
  header.savedWindowSize = 640 << 16 | 480;
  header.lastHash = lastHash_ + 1;
  return header;
}

ObjectGraph Memory::graph(const std::string& fileName, ObjectId specialArray) const {
  ObjectGraphBuilder builder(fileName);
  builder.setHeader(header());
  builder.setClassTable(classTable_);
  builder.setSpecialObjectsArray(specialArray);
  for (const Node& node : nodes_) {
    Object object;
    object.classId = node.classId;
    object.classIndex = nodes_[node.classId].hash;
    object.identityHash = node.hash;
    object.format = node.format;
    builder.addObject(object);
    for (const Value value : node.slots) builder.addSlot(value);
    builder.addBytes(node.bytes);
  }
  return builder.take();
}

}  // namespace stwasm::exemplars
