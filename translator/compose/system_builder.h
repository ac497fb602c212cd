// Makes what the virtual machine needs besides classes: special objects, class table, scheduler and
// the Process that starts.
#pragma once

#include <vector>

#include "translator/compose/class_builder.h"

namespace stwasm::compose {

class SystemBuilder {
 public:
  SystemBuilder(Heap& heap, Objects& objects, Hierarchy& hierarchy)
      : heap_(heap), objects_(objects), hierarchy_(hierarchy) {}

  // nil, false and true get their classes.
  void fillConstants();
  // A suspended Process that will run the method, with nil as its receiver.
  ObjectId process(ObjectId method);
  // The ProcessorScheduler, with the process as the active one.
  ObjectId scheduler(ObjectId process);
  // All classes and metaclasses; their hashes are their indices.
  std::vector<ObjectId> classTable();
  ObjectId specialObjects(const Globals& globals, ObjectId smalltalk);
  // Fills the class variables that hold what only the composer knows: Symbol's Symbols,
  // Character's CharacterTable.
  void fillTables();

 private:
  void setClassVariable(std::string_view className, std::string_view name, Value value);
  ObjectId characterTable();
  ObjectId specialSelectors();
  ObjectId compactClasses();
  std::vector<ObjectId> v3ClassTable();
  ObjectId primitiveErrors();
  void setSelectors(std::vector<Value>& special);
  void setClasses(std::vector<Value>& special);

  Heap& heap_;
  Objects& objects_;
  Hierarchy& hierarchy_;
  ObjectId characterTable_ = image::kNil;
};

}  // namespace stwasm::compose
