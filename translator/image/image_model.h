// The Smalltalk view of an object graph: special objects, classes and their names, method
// dictionaries, methods by name. Reads the graph only. Made for images of any quality: what does
// not have the shape of a class or a dictionary is treated as not being one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "translator/image/compiled_method.h"
#include "translator/image/object_graph.h"
#include "translator/image/special_objects.h"
#include "translator/support/result.h"

namespace stwasm::image {

// A method where it is installed: the behavior (class or metaclass) whose dictionary holds it.
struct MethodEntry {
  ObjectId behavior = kNil;
  ObjectId selector = kNil;
  ObjectId method = kNil;

  friend bool operator==(const MethodEntry&, const MethodEntry&) = default;
};

// What a class's format word says of its instances.
struct InstanceSpec {
  uint32_t namedSlotCount = 0;
  Format format = Format::kFixed;
  bool indexable = false;
  bool immediate = false;  // SmallInteger, Character, SmallFloat

  static std::optional<InstanceSpec> decodeSpur(int64_t formatWord);
  static std::optional<InstanceSpec> decodeV3(int64_t formatWord);
};

// Slots of every class and metaclass, as the VM knows them.
inline constexpr uint32_t kSuperclassSlot = 0;
inline constexpr uint32_t kMethodDictionarySlot = 1;
inline constexpr uint32_t kClassFormatSlot = 2;
// Slots of a MethodDictionary: the tally, the array of methods, then the selectors.
inline constexpr uint32_t kMethodArraySlot = 1;
inline constexpr uint32_t kFirstSelectorSlot = 2;

inline constexpr size_t kMaxNameLength = 1000;

class ImageModel {
 public:
  // Indexes classes and methods. Fails when the special objects array has not the shape that
  // everything else relies on. The graph has to outlive the model.
  static Result<ImageModel> create(const ObjectGraph& graph);

  const ObjectGraph& graph() const { return *graph_; }

  // kNil when the array is shorter or the entry is an immediate.
  ObjectId special(SpecialObject which) const;
  // The 32 special selectors with their argument counts, in bytecode order.
  struct SpecialSelector {
    ObjectId selector = kNil;
    uint32_t argumentCount = 0;
  };
  std::span<const SpecialSelector> specialSelectors() const { return specialSelectors_; }

  ObjectId classOf(Value value) const;

  // The class of the closures that the bytecode makes of a CompiledBlock; kNil: there are none.
  ObjectId fullBlockClosureClass() const;
  // Whether an object has a FullBlockClosure's slots: outer context, CompiledBlock, argument count,
  // receiver. Classes of clean blocks inherit them.
  bool isFullClosure(ObjectId id) const;

  // Classes and metaclasses in class-table order, those that are in no table after them.
  std::span<const ObjectId> behaviors() const { return behaviors_; }
  bool isBehavior(ObjectId id) const { return id < isBehavior_.size() && isBehavior_[id]; }
  bool isMetaclass(ObjectId id) const;
  // The metaclass's sole instance; kNil when `id` is none.
  ObjectId soleInstance(ObjectId metaclass) const;
  // 'Integer', 'Integer class'; where there is no name, words that say which object it is.
  std::string className(ObjectId behavior) const;
  // kNil at the top of the hierarchy.
  ObjectId superclass(ObjectId behavior) const;
  std::optional<InstanceSpec> instanceSpec(ObjectId behavior) const;
  // A class by its name ('Integer', 'Integer class'); kNoObject when there is none.
  ObjectId findClass(std::string_view name) const;

  // The methods of one behavior, in the order of its dictionary's slots. Entries that are no
  // CompiledMethods are left out.
  std::span<const MethodEntry> methodsOf(ObjectId behavior) const;
  // The methods of all behaviors, in the order of behaviors().
  std::span<const MethodEntry> methods() const { return methods_; }
  // The method found when `selector` is sent to an instance of `behavior`.
  std::optional<MethodEntry> lookup(ObjectId behavior, ObjectId selector) const;
  // By name: 'Integer>>factorial', 'Integer class>>readFrom:'.
  Result<MethodEntry> findMethod(std::string_view classAndSelector) const;
  // 'Integer>>factorial'; for a CompiledBlock its home's name with "[] in " before it; for code
  // that is installed nowhere what its own literals tell.
  std::string methodName(ObjectId method) const;
  // The entry under which a method is installed (the first one), if it is.
  std::optional<MethodEntry> entryOf(ObjectId method) const;
  // Every object of format CompiledMethod, CompiledBlocks and code installed nowhere included.
  std::span<const ObjectId> allCompiledCode() const { return compiledCode_; }

  // The bytes of a String, Symbol or ByteArray; nothing for any other object. As names of classes
  // and methods only those are taken that are not longer than kMaxNameLength.
  std::optional<std::string_view> byteString(ObjectId id) const;
  // The selector's text, '?' when it is no byte string.
  std::string_view selectorText(ObjectId selector) const;
  std::optional<double> floatValue(ObjectId id) const;

 private:
  struct MethodRange {
    ObjectId behavior = kNil;
    uint32_t first = 0;
    uint32_t count = 0;
  };

  explicit ImageModel(const ObjectGraph& graph) : graph_(&graph) {}

  Status readSpecialSelectors();
  void findMetaclassLayout();
  void collectBehaviors();
  void addBehavior(ObjectId id);
  Status checkHierarchy() const;
  Status collectMethods();
  void addMethods(ObjectId behavior);
  bool hasBehaviorShape(ObjectId id) const;
  ObjectId slotObject(ObjectId id, uint32_t slot) const;
  std::optional<std::string_view> nameString(ObjectId id) const;
  std::string describe(ObjectId id, std::string_view what) const;
  std::string uninstalledName(ObjectId method) const;
  Status noSuchMethod(std::string_view name, ObjectId behavior, std::string_view selector) const;
  Status noSuchClass(std::string_view name) const;

  const ObjectGraph* graph_;
  std::vector<SpecialSelector> specialSelectors_;
  ObjectId metaclassClass_ = kNoObject;  // the class Metaclass
  uint32_t soleInstanceSlot_ = 5;
  uint32_t classNameSlot_ = 6;
  std::vector<ObjectId> behaviors_;
  std::vector<bool> isBehavior_;  // by object id
  std::vector<MethodEntry> methods_;
  std::vector<MethodRange> ranges_;                             // sorted by behavior
  std::vector<std::pair<ObjectId, uint32_t>> entryIndex_;       // (method, index in methods_)
  std::map<std::string, ObjectId, std::less<>> classesByName_;  // of two the first
  std::vector<ObjectId> compiledCode_;
};

}  // namespace stwasm::image
