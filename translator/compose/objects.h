// Makes objects of the kernel's classes: symbols, strings, numbers, arrays, associations.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "translator/compose/heap.h"
#include "translator/compose/hierarchy.h"
#include "translator/syntax/literal.h"

namespace stwasm::compose {

class Objects {
 public:
  Objects(Heap& heap, const Hierarchy& hierarchy) : heap_(heap), hierarchy_(hierarchy) {}

  bool hasClass(std::string_view name) const { return hierarchy_.find(name) != nullptr; }
  // kNil when there is no such class; missingClasses() then names it.
  ObjectId classNamed(std::string_view name);
  const std::vector<std::string>& missingClasses() const { return missing_; }

  ObjectId symbol(std::string_view text);
  const std::map<std::string, ObjectId, std::less<>>& symbols() const { return symbols_; }
  ObjectId string(std::string_view text) { return heap_.addBytes(classNamed("String"), text); }
  ObjectId array(const std::vector<Value>& elements);
  ObjectId association(std::string_view key, Value value);
  Value integer(int64_t value) { return integer(syntax::Integer::of(value)); }
  Value integer(const syntax::Integer& value);
  Value character(uint32_t codePoint);
  Value literal(const syntax::Literal& literal);

  // An instance with its named slots; nil where they are not set afterwards.
  ObjectId instance(std::string_view className, size_t indexedSlots = 0);
  // Sets a slot by its variable's name. Classes that do not have the variable go without it.
  void set(ObjectId object, std::string_view className, std::string_view variable, Value value);

 private:
  Value floatValue(double number);
  Value scaledDecimal(const syntax::Literal& literal);
  Value fraction(const syntax::Integer& numerator, const syntax::Integer& denominator);

  Heap& heap_;
  const Hierarchy& hierarchy_;
  std::map<std::string, ObjectId, std::less<>> symbols_;
  std::map<uint32_t, ObjectId> characters_;  // where they are objects
  std::vector<std::string> missing_;
};

}  // namespace stwasm::compose
