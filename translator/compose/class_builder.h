// Makes the class objects: hierarchy, formats, method dictionaries, variables.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "translator/compose/names.h"
#include "translator/compose/objects.h"

namespace stwasm::compose {

// Selectors with their methods.
using Methods = std::map<std::string, ObjectId, std::less<>>;

struct ClassMethods {
  Methods instanceSide;
  Methods classSide;
};

class ClassBuilder {
 public:
  ClassBuilder(Heap& heap, Objects& objects, Hierarchy& hierarchy)
      : heap_(heap), objects_(objects), hierarchy_(hierarchy) {}

  // The objects of all classes and their variables, still empty, so that others can refer to them.
  void allocate();
  // The associations of the global dictionary that stand for classes.
  void addGlobals(Globals& globals);
  // Fills the classes; `smalltalk` is the global dictionary.
  void fill(const std::map<const ClassInfo*, ClassMethods>& methods, ObjectId smalltalk);
  // A dictionary of associations, found by going through all of them.
  ObjectId dictionary(std::string_view className, const std::vector<ObjectId>& associations);

 private:
  void fillBehavior(ObjectId id, const std::vector<std::string>& slotNames,
                    const std::map<std::string, Value, std::less<>>& values);
  void fillClass(const ClassInfo& info, const Methods& methods, ObjectId smalltalk);
  void fillMetaclass(const ClassInfo& info, const Methods& methods);
  Value superclassOf(const ClassInfo& info) const;
  Value metaSuperclassOf(const ClassInfo& info) const;
  Value names(const std::vector<std::string>& names);
  Value subclasses(const ClassInfo& info);
  Value classPool(const ClassInfo& info);
  Value sharedPools(const ClassInfo& info);
  Value methodDictionary(const Methods& methods);
  Value format(const ClassInfo& info) const;
  int64_t formatWord(std::string_view className, uint32_t slots, uint32_t spurKind) const;

  Heap& heap_;
  Objects& objects_;
  Hierarchy& hierarchy_;
};

}  // namespace stwasm::compose
