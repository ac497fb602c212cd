// Writes tiny images from before Spur for the tests of the image readers: either byte order, any
// base address, headers of one to three words, sound or broken. Test code only.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace stwasm::image::testing {

// Objects are numbered in the order of their addition; slots hold numbers or SmallIntegers.
class V3ImageWriter {
 public:
  struct Options {
    uint32_t formatNumber = 6502;
    bool bigEndian = false;
    uint32_t base = 0x10000;
  };
  struct Slot {
    uint32_t object = 0;
    int32_t integer = 0;
    bool isInteger = false;
  };
  struct Object {
    uint32_t format = 1;
    uint32_t compactClass = 0;  // 0: the class is in the header
    uint32_t classObject = 0;
    uint32_t hash = 0;
    std::vector<Slot> slots;
    std::vector<uint8_t> bytes;  // behind the slots, as they stand in the file
    bool longHeader = false;     // three words although the size does not need them
  };

  explicit V3ImageWriter(Options options) : options_(options) {}

  static Slot object(uint32_t number) { return {number, 0, false}; }
  static Slot integer(int32_t value) { return {0, value, true}; }

  uint32_t add(Object object) {
    objects_.push_back(std::move(object));
    return static_cast<uint32_t>(objects_.size() - 1);
  }
  Object& at(uint32_t number) { return objects_[number]; }
  void setFreeWords(uint32_t words) { freeWords_ = words; }

  // The position of an object's base header in the file that file() has written.
  uint32_t offsetOf(uint32_t number) const { return addresses_[number] - options_.base + kHeader; }

  std::vector<uint8_t> file(uint32_t specialObjects) {
    placeObjects();
    out_.clear();
    const auto size = static_cast<uint32_t>(end_ - options_.base);
    const uint32_t fields[] = {
        options_.formatNumber, kHeader, size, options_.base, addresses_[specialObjects], 99,
        800U << 16 | 600};
    for (const uint32_t field : fields) word(field);
    out_.resize(kHeader);
    for (const Object& object : objects_) write(object);
    if (freeWords_ > 0) {
      word(freeWords_ * 4 | 2);
      out_.resize(out_.size() + size_t{freeWords_ - 1} * 4);
    }
    return out_;
  }

 private:
  static constexpr uint32_t kHeader = 64;

  static uint32_t bodySize(const Object& object) {
    return static_cast<uint32_t>(object.slots.size() * 4 + (object.bytes.size() + 3) / 4 * 4);
  }
  static uint32_t headerWords(const Object& object) {
    if (bodySize(object) + 4 > 252 || object.longHeader) return 3;
    return object.compactClass == 0 ? 2 : 1;
  }

  void placeObjects() {
    addresses_.clear();
    end_ = options_.base;
    for (const Object& object : objects_) {
      addresses_.push_back(static_cast<uint32_t>(end_) + (headerWords(object) - 1) * 4);
      end_ += uint64_t{headerWords(object)} * 4 + bodySize(object);
    }
    end_ += uint64_t{freeWords_} * 4;
  }

  void word(uint32_t value) {
    for (uint32_t i = 0; i < 4; ++i) {
      out_.push_back(static_cast<uint8_t>(value >> 8 * (options_.bigEndian ? 3 - i : i)));
    }
  }

  void write(const Object& object) {
    const uint32_t words = headerWords(object);
    const uint32_t type = words == 3 ? 0 : words == 2 ? 1 : 3;
    const uint32_t size = bodySize(object) + 4;
    if (words == 3) word(size | type);
    if (words >= 2) {
      word((object.compactClass == 0 ? addresses_[object.classObject] : 0) | type);
    }
    const auto unused = static_cast<uint32_t>((4 - object.bytes.size() % 4) % 4);
    word(object.hash << 17 | object.compactClass << 12 |
         (object.format + (object.format >= 8 ? unused : 0)) << 8 | (words == 3 ? 0 : size) | type);
    for (const Slot& slot : object.slots) {
      word(slot.isInteger ? static_cast<uint32_t>(slot.integer) << 1 | 1 : addresses_[slot.object]);
    }
    out_.insert(out_.end(), object.bytes.begin(), object.bytes.end());
    out_.resize((out_.size() + 3) / 4 * 4);
  }

  Options options_;
  std::vector<Object> objects_;
  std::vector<uint32_t> addresses_;
  uint64_t end_ = 0;
  uint32_t freeWords_ = 0;
  std::vector<uint8_t> out_;
};

// nil, true and false (in this order, which no reader may rely on), the classes that everything
// relies on, the special objects array. Tests add what they need.
class TinyV3Image {
 public:
  using Writer = V3ImageWriter;
  using Slot = Writer::Slot;

  explicit TinyV3Image(Writer::Options options = {}) : writer(options) {
    nil = writer.add({});
    trueObject = writer.add({});
    falseObject = writer.add({});
    specialObjects = writer.add({2, 0, 0, 1, std::vector<Slot>(50, slot(nil)), {}, false});
    compactClasses = writer.add({2, 0, 0, 2, std::vector<Slot>(31, slot(nil)), {}, false});
    metaclass = writer.add({});
    addKernel();
    setSpecial(0, nil);
    setSpecial(1, falseObject);
    setSpecial(2, trueObject);
    setSpecial(28, compactClasses);
    addSpecialSelectors();
  }

  std::vector<uint8_t> file() { return writer.file(specialObjects); }

  static Slot slot(uint32_t object) { return Writer::object(object); }
  static Slot integer(int32_t value) { return Writer::integer(value); }
  void setSpecial(uint32_t index, uint32_t object) {
    writer.at(specialObjects).slots[index] = slot(object);
  }

  // A class's format word: named slots and the format of its instances.
  static int32_t format(int32_t slots, int32_t kind) { return (slots + 1) << 1 | kind << 7; }

  uint32_t string(std::string_view text) {
    return writer.add({8, kStringCompact, 0, nextHash_++, {}, {text.begin(), text.end()}, false});
  }

  uint32_t dictionary(const std::vector<std::pair<uint32_t, uint32_t>>& methods) {
    std::vector<Slot> values;
    std::vector<Slot> slots = {integer(static_cast<int32_t>(methods.size())), slot(nil)};
    for (const auto& [selector, method] : methods) {
      values.push_back(slot(method));
      slots.push_back(slot(selector));
    }
    const uint32_t valueArray = writer.add({2, kArrayCompact, 0, 7, values, {}, false});
    slots[1] = slot(valueArray);
    return writer.add({3, 0, methodDictionary, 8, slots, {}, false});
  }

  uint32_t addClass(std::string_view name, int32_t formatWord, uint32_t hash,
                    const std::vector<std::pair<uint32_t, uint32_t>>& methods = {}) {
    const uint32_t symbol = string(name);
    const uint32_t meta = writer.add(
        {1,
         0,
         metaclass,
         hash + 1000,
         {slot(nil), slot(dictionary({})), integer(format(7, 1)), slot(nil), slot(nil), slot(nil)},
         {},
         false});
    const uint32_t result = writer.add({1,
                                        0,
                                        meta,
                                        hash,
                                        {slot(nil), slot(dictionary(methods)), integer(formatWord),
                                         slot(nil), slot(nil), slot(nil), slot(symbol)},
                                        {},
                                        false});
    writer.at(meta).slots[5] = slot(result);
    return result;
  }

  V3ImageWriter writer;
  uint32_t nil, trueObject, falseObject, specialObjects, compactClasses, metaclass;
  uint32_t methodDictionary = 0, array = 0, floatClass = 0, contextClass = 0, methodClass = 0;
  static constexpr uint32_t kArrayCompact = 3;
  static constexpr uint32_t kStringCompact = 11;

 private:
  void addKernel() {
    const uint32_t undefined = addClass("UndefinedObject", format(0, 1), 20);
    writer.at(nil).classObject = undefined;
    writer.at(trueObject).classObject = addClass("True", format(0, 1), 21);
    writer.at(falseObject).classObject = addClass("False", format(0, 1), 21);
    const uint32_t real = addClass("Metaclass", format(6, 1), 22);
    writer.at(metaclass) = writer.at(real);
    array = addClass("Array", format(0, 2), 23);
    const uint32_t strings = addClass("String", format(0, 8), 24);
    methodDictionary = addClass("MethodDictionary", format(2, 3), 25);
    floatClass = addClass("Float", format(0, 6), 26);
    contextClass = addClass("MethodContext", format(6, 3), 27);
    methodClass = addClass("CompiledMethod", format(0, 12), 28);
    writer.at(specialObjects).classObject = array;
    writer.at(compactClasses).classObject = array;
    writer.at(compactClasses).slots[kArrayCompact - 1] = slot(array);
    writer.at(compactClasses).slots[kStringCompact - 1] = slot(strings);
    for (uint32_t i = 0; i < writerSize(); ++i) {
      if (writer.at(i).classObject == 0 && writer.at(i).compactClass == 0) fixClass(i);
    }
    setSpecial(6, strings);
    setSpecial(7, array);
    setSpecial(9, floatClass);
    setSpecial(10, contextClass);
    setSpecial(16, methodClass);
  }

  // Dictionaries were added before their class was.
  void fixClass(uint32_t object) { writer.at(object).classObject = methodDictionary; }
  uint32_t writerSize() { return methodClass + 1; }

  void addSpecialSelectors() {
    std::vector<Slot> slots;
    for (int32_t i = 0; i < 32; ++i) {
      slots.push_back(slot(string("s")));
      slots.push_back(integer(i % 3));
    }
    setSpecial(23, writer.add({2, kArrayCompact, 0, 9, slots, {}, false}));
  }

  uint32_t nextHash_ = 100;
};

}  // namespace stwasm::image::testing
