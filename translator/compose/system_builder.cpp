// What the virtual machine needs: see system_builder.h.
#include "translator/compose/system_builder.h"

#include <array>
#include <string_view>
#include <utility>

#include "translator/bytecode/special_selectors.h"
#include "translator/compose/well_known_classes.h"
#include "translator/image/compiled_method.h"
#include "translator/image/special_objects.h"
#include "translator/image/spur_layout.h"

namespace stwasm::compose {

namespace spur = image::spur;
using image::SpecialObject;

namespace {

constexpr size_t kSpecialObjects = 60;
constexpr int kCharacters = 256;
constexpr size_t kCompactClasses = 31;
constexpr size_t kPriorities = 80;
constexpr int64_t kUserPriority = 40;
constexpr size_t kExternalObjects = 20;

// SmallInteger's other tag, and the class of the virtual machine's own arrays.
constexpr uint32_t kSecondSmallInteger = 3;
// Classes without a fixed index begin in the second page of the class table.
constexpr uint32_t kFirstFreeIndex = spur::kClassTablePageSize;

constexpr std::pair<SpecialObject, std::string_view> kSpecialClasses[] = {
    {SpecialObject::kClassBitmap, "WordArray"},
    {SpecialObject::kClassSmallInteger, "SmallInteger"},
    {SpecialObject::kClassByteString, "String"},
    {SpecialObject::kClassArray, "Array"},
    {SpecialObject::kClassFloat, "BoxedFloat64"},
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
    {SpecialObject::kClassMutex, "Mutex"},
    {SpecialObject::kClassLargeNegativeInteger, "LargeNegativeInteger"},
};

constexpr std::pair<SpecialObject, std::string_view> kSpecialSelectorObjects[] = {
    {SpecialObject::kSelectorDoesNotUnderstand, "doesNotUnderstand:"},
    {SpecialObject::kSelectorCannotReturn, "cannotReturn:"},
    {SpecialObject::kSelectorMustBeBoolean, "mustBeBoolean"},
    {SpecialObject::kSelectorCannotInterpret, "cannotInterpret:"},
    {SpecialObject::kSelectorAboutToReturn, "aboutToReturn:through:"},
    {SpecialObject::kSelectorRunWithIn, "run:with:in:"},
    {SpecialObject::kSelectorAttemptToAssign, "attemptToAssign:withIndex:"},
    {SpecialObject::kSelectorInvokeCallback, "invokeCallbackContext:"},
    {SpecialObject::kSelectorUnusedBytecode, "unusedBytecode"},
    {SpecialObject::kSelectorCounterTripped, "conditionalBranchCounterTrippedOn:"},
    {SpecialObject::kSelectorSistaTrap, "classTrapFor:"},
};

// Reasons for which primitives fail, by their codes: a primitive's error: variable gets them.
constexpr std::string_view kPrimitiveErrors[] = {
    "bad receiver",
    "bad argument",
    "bad index",
    "bad number of arguments",
    "inappropriate operation",
    "unsupported operation",
    "no modification",
    "insufficient object memory",
    "insufficient C memory",
    "not found",
    "bad method",
    "internal error in named primitive machinery",
    "object may move",
    "resource limit exceeded",
    "object is pinned",
    "primitive write beyond end of object",
    "object moved",
    "object not pinned",
    "callback error",
};

void put(std::vector<Value>& special, SpecialObject index, Value value) {
  special[static_cast<size_t>(index)] = value;
}

}  // namespace

void SystemBuilder::fillConstants() {
  heap_[image::kNil].classId = objects_.classNamed("UndefinedObject");
  heap_[image::kFalse].classId = objects_.classNamed("False");
  heap_[image::kTrue].classId = objects_.classNamed("True");
}

ObjectId SystemBuilder::process(ObjectId method) {
  constexpr size_t kFrameSlots = image::MethodHeader::kLargeFrameSize;
  const size_t firstPc = heap_[method].slots.size() * heap_.target().wordSize() + 1;
  const ObjectId context = objects_.instance("Context", kFrameSlots);
  objects_.set(context, "Context", "pc", Value::smallInteger(static_cast<int64_t>(firstPc)));
  objects_.set(context, "Context", "stackp", Value::smallInteger(0));
  objects_.set(context, "Context", "method", Value::object(method));
  const ObjectId process = objects_.instance("Process");
  objects_.set(process, "Process", "suspendedContext", Value::object(context));
  objects_.set(process, "Process", "priority", Value::smallInteger(kUserPriority));
  return process;
}

ObjectId SystemBuilder::scheduler(ObjectId process) {
  std::vector<Value> lists;
  for (size_t i = 0; i < kPriorities; ++i) {
    lists.push_back(Value::object(objects_.instance("LinkedList")));
  }
  const ObjectId scheduler = objects_.instance("ProcessorScheduler");
  objects_.set(scheduler, "ProcessorScheduler", "quiescentProcessLists",
               Value::object(objects_.array(lists)));
  objects_.set(scheduler, "ProcessorScheduler", "activeProcess", Value::object(process));
  return scheduler;
}

std::vector<ObjectId> SystemBuilder::classTable() {
  if (!heap_.target().isSpur()) return v3ClassTable();
  std::vector<ObjectId> table(kFirstFreeIndex, image::kNil);
  const auto enter = [&](const ClassEntry& entry) {
    const ClassInfo* info = hierarchy_.find(entry.name);
    if (info == nullptr) return;
    table[entry.index] = info->id;
    heap_[info->id].identityHash = entry.index;
  };
  for (const ClassEntry& entry : spurClassIndices()) enter(entry);
  table[kSecondSmallInteger] = objects_.classNamed("SmallInteger");
  table[spur::kHiddenArrayIndex] = objects_.classNamed("Array");
  for (const ClassInfo& info : hierarchy_.classes()) {
    for (const ObjectId behavior : {info.id, info.metaclass}) {
      if (heap_[behavior].identityHash != 0) continue;
      heap_[behavior].identityHash = static_cast<uint32_t>(table.size());
      table.push_back(behavior);
    }
  }
  return table;
}

// Images before Spur have no class table: readers make one up, of the classes that have instances.
std::vector<ObjectId> SystemBuilder::v3ClassTable() {
  std::vector<ObjectId> table(1, image::kNil);
  for (const ClassInfo& info : hierarchy_.classes()) {
    for (const ObjectId behavior : {info.id, info.metaclass}) {
      heap_.hashOf(behavior);
      table.push_back(behavior);
    }
  }
  return table;
}

void SystemBuilder::setClassVariable(std::string_view className, std::string_view name,
                                     Value value) {
  const ClassInfo* info = hierarchy_.find(className);
  if (info == nullptr) return;
  const auto association = info->classVariables.find(name);
  if (association == info->classVariables.end()) return;
  objects_.set(association->second, "Association", "value", value);
}

void SystemBuilder::fillTables() {
  setClassVariable("Character", "CharacterTable", Value::object(characterTable()));
  std::vector<Value> symbols;
  for (const auto& [text, id] : objects_.symbols()) symbols.push_back(Value::object(id));
  setClassVariable("Symbol", "Symbols", Value::object(objects_.array(symbols)));
}

ObjectId SystemBuilder::characterTable() {
  if (characterTable_ != image::kNil) return characterTable_;
  std::vector<Value> characters;
  for (uint32_t i = 0; i < kCharacters; ++i) characters.push_back(objects_.character(i));
  characterTable_ = objects_.array(characters);
  return characterTable_;
}

ObjectId SystemBuilder::specialSelectors() {
  std::vector<Value> entries;
  for (int i = 0; i < bytecode::kSpecialSelectorCount; ++i) {
    const bytecode::SpecialSelector& each = bytecode::specialSelector(i);
    const bool notIdentical = i == bytecode::kSelectorBlockCopy;  // where there are closures
    entries.push_back(Value::object(objects_.symbol(notIdentical ? "~~" : each.name)));
    entries.push_back(Value::smallInteger(each.numArgs));
  }
  return objects_.array(entries);
}

ObjectId SystemBuilder::primitiveErrors() {
  std::vector<Value> errors{Value()};
  for (const std::string_view each : kPrimitiveErrors) {
    errors.push_back(Value::object(objects_.symbol(each)));
  }
  return objects_.array(errors);
}

void SystemBuilder::setSelectors(std::vector<Value>& special) {
  for (const auto& [index, selector] : kSpecialSelectorObjects) {
    put(special, index, Value::object(objects_.symbol(selector)));
  }
}

ObjectId SystemBuilder::compactClasses() {
  std::vector<Value> classes(kCompactClasses);
  for (const ClassEntry& entry : compactClassIndices()) {
    const ClassInfo* info = hierarchy_.find(entry.name);
    if (info != nullptr) classes[entry.index - 1] = Value::object(info->id);
  }
  return objects_.array(classes);
}

// A class that the program does not have is nil there.
void SystemBuilder::setClasses(std::vector<Value>& special) {
  for (const auto& [index, name] : kSpecialClasses) {
    if (const ClassInfo* info = hierarchy_.find(name)) put(special, index, Value::object(info->id));
  }
}

ObjectId SystemBuilder::specialObjects(const Globals& globals, ObjectId smalltalk) {
  std::vector<Value> special(kSpecialObjects);
  const auto global = [&](std::string_view name) {
    const auto found = globals.find(name);
    return found == globals.end() ? Value() : Value::object(found->second);
  };
  put(special, SpecialObject::kFalseObject, Value::object(image::kFalse));
  put(special, SpecialObject::kTrueObject, Value::object(image::kTrue));
  put(special, SpecialObject::kSchedulerAssociation, global("Processor"));
  put(special, SpecialObject::kSmalltalkDictionary, Value::object(smalltalk));
  put(special, SpecialObject::kSpecialSelectors, Value::object(specialSelectors()));
  put(special, SpecialObject::kCharacterTable, Value::object(characterTable()));
  if (!heap_.target().isSpur()) {
    put(special, SpecialObject::kCompactClasses, Value::object(compactClasses()));
  }
  put(special, SpecialObject::kExternalObjectsArray,
      Value::object(objects_.array(std::vector<Value>(kExternalObjects))));
  put(special, SpecialObject::kPrimitiveErrorTable, Value::object(primitiveErrors()));
  setClasses(special);
  setSelectors(special);
  return objects_.array(special);
}

}  // namespace stwasm::compose
