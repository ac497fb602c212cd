// A complete tiny Spur image for tests: nil, false, true, the class table, the classes that
// everything relies on, the special objects array. Tests add what they need. Test code only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/image/spur_image_writer.h"
#include "translator/image/special_objects.h"

namespace stwasm::image::testing {

// Class indices of the classes in the image; Spur fixes those of Context and Float.
enum ClassIndex : uint32_t {
  kFloatIndex = 34,
  kContextIndex = 36,
  kArrayIndex = 51,
  kStringIndex = 52,
  kSymbolIndex = 53,
  kUndefinedObjectIndex = 54,
  kFalseIndex = 55,
  kTrueIndex = 56,
  kMetaclassIndex = 57,
  kMethodDictionaryIndex = 58,
  kCompiledMethodIndex = 59,
  kAssociationIndex = 60,
  kBitmapIndex = 61,
  kFirstMetaclassIndex = 100,  // the metaclass of class index n has index 100 + n
};

struct TinyMethod {
  Oop selector;
  Oop method;
};

class TinyImage {
 public:
  explicit TinyImage(SpurImageWriter::Options options = {}) : writer(options) {
    nil = writer.pointers(kUndefinedObjectIndex, 0, {});
    falseObject = writer.pointers(kFalseIndex, 0, {});
    trueObject = writer.pointers(kTrueIndex, 0, {});
    writer.units<uint32_t>(18, 10, std::vector<uint32_t>(32));  // the free lists
    hiddenRoots = writer.pointers(16, 2, std::vector<Oop>(4104, nil));
    classPage = writer.pointers(16, 2, std::vector<Oop>(1024, nil));
    writer.setSlot(hiddenRoots, 0, classPage);
    specialObjects = writer.pointers(kArrayIndex, 2, std::vector<Oop>(60, nil));
    setSpecial(SpecialObject::kFalseObject, falseObject);
    setSpecial(SpecialObject::kTrueObject, trueObject);
    addKernel();
    addSpecialSelectors();
  }

  std::vector<uint8_t> file() { return writer.file(specialObjects); }

  void setSpecial(SpecialObject which, Oop oop) {
    writer.setSlot(specialObjects, static_cast<size_t>(which), oop);
  }
  void setClass(uint32_t classIndex, Oop oop) { writer.setSlot(classPage, classIndex, oop); }

  Oop symbol(std::string_view text) { return writer.bytes(kSymbolIndex, text); }

  // A class of that class index with its metaclass. `format` is the class's format word.
  Oop addClass(std::string_view name, uint32_t classIndex, Oop superclass, int64_t format,
               const std::vector<TinyMethod>& methods = {}) {
    const Oop nameSymbol = symbol(name);
    const Oop classMethods = dictionary({});
    const Oop instanceMethods = dictionary(methods);
    writer.setNextHash(kFirstMetaclassIndex + classIndex);
    const Oop metaclass = writer.pointers(
        kMetaclassIndex, 1, {nil, classMethods, writer.smallInteger(65542), nil, nil, nil});
    writer.setNextHash(classIndex);
    const Oop result = writer.pointers(
        kFirstMetaclassIndex + classIndex, 1,
        {superclass, instanceMethods, writer.smallInteger(format), nil, nil, nil, nameSymbol});
    writer.setSlot(metaclass, 5, result);
    setClass(classIndex, result);
    setClass(kFirstMetaclassIndex + classIndex, metaclass);
    return result;
  }

  Oop dictionary(const std::vector<TinyMethod>& methods) {
    std::vector<Oop> values = {nil};
    std::vector<Oop> slots = {writer.smallInteger(static_cast<int64_t>(methods.size())), nil, nil};
    for (const TinyMethod& method : methods) {
      values.push_back(method.method);
      slots.push_back(method.selector);
    }
    slots[1] = writer.pointers(kArrayIndex, 2, values);
    return writer.pointers(kMethodDictionaryIndex, 3, slots);
  }

  SpurImageWriter writer;
  Oop nil, falseObject, trueObject, hiddenRoots, classPage, specialObjects;
  Oop objectClass = 0;

 private:
  void addKernel() {
    constexpr int64_t kPlain = 1 << 16;
    objectClass = addClass("Object", 62, nil, kPlain);
    const auto add = [&](std::string_view name, uint32_t index, int64_t format) {
      return addClass(name, index, objectClass, format);
    };
    setSpecial(SpecialObject::kClassArray, add("Array", kArrayIndex, 2 << 16));
    setSpecial(SpecialObject::kClassByteString, add("String", kStringIndex, 16 << 16));
    add("Symbol", kSymbolIndex, 16 << 16);
    add("UndefinedObject", kUndefinedObjectIndex, kPlain);
    add("False", kFalseIndex, kPlain);
    add("True", kTrueIndex, kPlain);
    add("Metaclass", kMetaclassIndex, kPlain + 6);
    add("MethodDictionary", kMethodDictionaryIndex, (3 << 16) + 2);
    setSpecial(SpecialObject::kClassCompiledMethod,
               add("CompiledMethod", kCompiledMethodIndex, 24 << 16));
    add("Association", kAssociationIndex, kPlain + 2);
    setSpecial(SpecialObject::kClassBitmap, add("Bitmap", kBitmapIndex, 10 << 16));
    setSpecial(SpecialObject::kClassFloat, add("Float", kFloatIndex, 10 << 16));
    setSpecial(SpecialObject::kClassContext, add("Context", kContextIndex, (3 << 16) + 6));
    setSpecial(SpecialObject::kClassSmallInteger, add("SmallInteger", 1, 7 << 16));
    setSpecial(SpecialObject::kClassCharacter, add("Character", 2, 7 << 16));
    add("SmallFloat64", 4, 7 << 16);
  }

  void addSpecialSelectors() {
    std::vector<Oop> slots;
    for (int64_t i = 0; i < 32; ++i) {
      slots.push_back(symbol("s" + std::to_string(i)));
      slots.push_back(writer.smallInteger(i % 3));
    }
    setSpecial(SpecialObject::kSpecialSelectors, writer.pointers(kArrayIndex, 2, slots));
  }
};

}  // namespace stwasm::image::testing
