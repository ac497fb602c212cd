// Values as the tables of exemplars name them: literals, receivers, arguments, expected results.
// They become objects when a memory is built, and only then does it show which integers are large.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stwasm::exemplars {

struct Item;
struct Method;  // memory.h
using Items = std::vector<Item>;

struct Item {
  enum class Kind : uint8_t {
    kNil,
    kTrue,
    kFalse,
    kInteger,    // number
    kLarge,      // number's sign, bytes of the magnitude: also where a SmallInteger would do
    kCharacter,  // number
    kFloat,      // real
    kBytes,      // of the class `name`
    kShorts,     // values in numbers
    kWords,
    kDoubleWords,
    kPointers,  // an instance of the class `name` with slots
    kClass,     // the class `name`
    kSymbol,    // name
    kShared,    // the one object called `name`, made of slots[0] when first met
    kMethod,    // a CompiledMethod that is in no class: `code`
    kBlock,     // a CompiledBlock: `code`
    kContext,   // an activation that has not begun: `code`, of the receiver slots[0]
  };

  Kind kind = Kind::kNil;
  int64_t number = 0;
  double real = 0;
  std::string name{};
  std::vector<uint64_t> numbers{};
  Items slots{};
  std::shared_ptr<const Method> code{};
};

inline Item nil() { return {}; }
inline Item boolean(bool value) { return {.kind = value ? Item::Kind::kTrue : Item::Kind::kFalse}; }
inline Item integer(int64_t value) { return {.kind = Item::Kind::kInteger, .number = value}; }
inline Item character(uint32_t code) { return {.kind = Item::Kind::kCharacter, .number = code}; }
inline Item real(double value) { return {.kind = Item::Kind::kFloat, .real = value}; }
inline Item bytesOf(std::string className, std::vector<uint64_t> values) {
  return {.kind = Item::Kind::kBytes, .name = std::move(className), .numbers = std::move(values)};
}
inline Item byteArray(std::vector<uint64_t> values) {
  return bytesOf("ByteArray", std::move(values));
}
inline Item string(const std::string& text) {
  return bytesOf("String", {text.begin(), text.end()});
}
inline Item words(std::vector<uint64_t> values) {
  return {.kind = Item::Kind::kWords, .name = "WordArray", .numbers = std::move(values)};
}
inline Item shorts(std::vector<uint64_t> values) {
  return {.kind = Item::Kind::kShorts, .name = "DoubleByteArray", .numbers = std::move(values)};
}
inline Item doubleWords(std::vector<uint64_t> values) {
  return {
      .kind = Item::Kind::kDoubleWords, .name = "DoubleWordArray", .numbers = std::move(values)};
}
// Its magnitude's bytes, the least significant first, as a LargeInteger has them.
inline Item large(bool negative, std::vector<uint64_t> bytes) {
  return {.kind = Item::Kind::kLarge, .number = negative ? -1 : 1, .numbers = std::move(bytes)};
}
inline Item instance(std::string className, Items slots) {
  return {.kind = Item::Kind::kPointers, .name = std::move(className), .slots = std::move(slots)};
}
inline Item array(Items elements) { return instance("Array", std::move(elements)); }
inline Item point(Item x, Item y) { return instance("Point", {std::move(x), std::move(y)}); }
inline Item association(Item key, Item value) {
  return instance("Association", {std::move(key), std::move(value)});
}
inline Item classNamed(std::string name) {
  return {.kind = Item::Kind::kClass, .name = std::move(name)};
}
inline Item symbol(std::string name) {
  return {.kind = Item::Kind::kSymbol, .name = std::move(name)};
}
inline Item shared(std::string key, Item item) {
  return {.kind = Item::Kind::kShared, .name = std::move(key), .slots = {std::move(item)}};
}
// Only as a literal of the method, or block, that encloses it.
inline Item compiledBlock(std::shared_ptr<const Method> block) {
  return {.kind = Item::Kind::kBlock, .code = std::move(block)};
}
inline Item compiledMethod(std::shared_ptr<const Method> method) {
  return {.kind = Item::Kind::kMethod, .code = std::move(method)};
}

inline Item context(std::shared_ptr<const Method> method, Item receiver) {
  return {.kind = Item::Kind::kContext, .slots = {std::move(receiver)}, .code = std::move(method)};
}
// One that has to be resumed.
inline Item process(int priority, Item suspended) {
  return instance("Process", {nil(), std::move(suspended), integer(priority), nil()});
}

}  // namespace stwasm::exemplars
