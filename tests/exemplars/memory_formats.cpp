// What the format before Spur has otherwise: formats of classes, compact classes, Characters, and
// what it has not.
#include <algorithm>
#include <array>
#include <utility>

#include "tests/exemplars/class_kinds.h"
#include "tests/exemplars/memory.h"

namespace stwasm::exemplars {

using image::ObjectId;
using image::SpecialObject;
using image::Value;

namespace {

constexpr std::array<std::pair<const char*, uint32_t>, 10> kCompactClasses{{
    {"CompiledMethod", 1},
    {"Array", 3},
    {"LargeNegativeInteger", 4},
    {"LargePositiveInteger", 5},
    {"Float", 6},
    {"Association", 8},
    {"Point", 9},
    {"String", 11},
    {"BlockClosure", 12},
    {"Context", 14},
}};
constexpr size_t kCompactEntries = 31;
constexpr uint32_t kTableCharacters = 256;

// Spur's kinds under the numbers before it; the first five have the same.
uint32_t kindBeforeSpur(uint32_t kind) {
  constexpr uint32_t kWords = 6;
  constexpr uint32_t kBytes = 8;
  constexpr uint32_t kMethod = 12;
  if (kind == kCompiledMethod) return kMethod;
  if (kind == kBytes8) return kBytes;
  return kind == kWords32 ? kWords : kind;
}

uint32_t compactIndex(const std::string& name) {
  const auto* known = std::ranges::find(kCompactClasses, name,
                                        [](const auto& entry) { return std::string(entry.first); });
  return known == kCompactClasses.end() ? 0 : known->second;
}

}  // namespace

// Before Spur there are no objects of 16 or 64 bits, no immediate Floats and no CompiledBlocks.
bool Memory::has(uint32_t kind, const std::string& className) const {
  if (format_.isSpur) return true;
  return kind != kShorts16 && kind != kWords64 && className != "SmallFloat64" &&
         className != "CompiledBlock" && className != "FullBlockClosure";
}

bool Memory::hasAll(const Method& method) const {
  if (!format_.isSpur && method.set != CodeSet::kV3PlusClosures) return false;
  return std::ranges::all_of(method.literals, [&](const Item& item) { return hasAll(item); });
}

bool Memory::hasAll(const Item& item) const {
  using Kind = Item::Kind;
  const bool named = item.kind == Kind::kBytes || item.kind == Kind::kShorts ||
                     item.kind == Kind::kWords || item.kind == Kind::kDoubleWords ||
                     item.kind == Kind::kPointers || item.kind == Kind::kClass;
  if (named && !classes_.contains(item.name)) return false;
  if (item.kind == Kind::kBlock && !format_.isSpur) return false;
  if (item.code && !hasAll(*item.code)) return false;
  return std::ranges::all_of(item.slots, [&](const Item& slot) { return hasAll(slot); });
}

Value Memory::classFormat(const std::string& name, uint32_t namedSlots, uint32_t kind) const {
  if (format_.isSpur) {
    const uint32_t emptyKind = kind == kFixed && namedSlots == 0 ? 0 : kind;
    return Value::smallInteger(int64_t{emptyKind} << 16 | namedSlots);
  }
  const bool isCharacter = name == "Character";
  const uint32_t slots = isCharacter ? 1 : namedSlots;
  if (kind == kImmediate) kind = kFixed;
  const uint32_t words = slots + 1;  // with the header's
  const uint32_t emptyKind = kind == kFixed && slots == 0 ? 0 : kind;
  return Value::smallInteger(int64_t{words >> 6} << 16 | int64_t{compactIndex(name)} << 11 |
                             int64_t{kindBeforeSpur(emptyKind)} << 7 | int64_t{words & 63} << 1);
}

// One for each code, those of a byte in a table.
Value Memory::makeCharacter(uint32_t code) {
  if (format_.isSpur) return Value::character(code);
  const auto known = characters_.find(code);
  if (known != characters_.end()) return known->second;
  const ObjectId id =
      addNode({.classId = classId("Character"), .slots = {Value::smallInteger(code)}});
  return characters_[code] = reference(id);
}

void Memory::addCharacters() {
  Items characters;
  for (uint32_t code = 0; code < kTableCharacters; ++code) characters.push_back(character(code));
  setSpecial(SpecialObject::kCharacterTable, array(characters));
}

void Memory::addCompactClasses() {
  Items classes(kCompactEntries);
  for (const auto& [name, index] : kCompactClasses) classes[index - 1] = classNamed(name);
  setSpecial(SpecialObject::kCompactClasses, array(classes));
}

}  // namespace stwasm::exemplars
