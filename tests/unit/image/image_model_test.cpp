// Classes, methods and their names on a hand-made image.
#include "translator/image/image_model.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/tiny_image.h"
#include "translator/image/image_reader.h"
#include "translator/image/image_summary.h"

namespace stwasm::image::testing {
namespace {

constexpr int64_t kPlainClass = 1 << 16;

std::string failure(Result<MethodEntry> result) {
  return result ? "no failure" : render(result.takeError());
}

// Two classes, Animal and its subclass Dog, with a few methods.
struct Zoo {
  Zoo() {
    SpurImageWriter& w = image.writer;
    const Oop name = image.symbol("name");
    const Oop bark = image.symbol("bark:");
    const std::vector<uint8_t> code = {0x70, 0x7C, 0, 0, 0, 0};
    association = w.pointers(kAssociationIndex, 1, {image.nil, image.nil});
    nameMethod = w.method(kCompiledMethodIndex, 0, {}, code);
    barkMethod = w.method(kCompiledMethodIndex, 2 | 1 << 18 | 1 << 24, {bark, association}, code);
    looseMethod = w.method(kCompiledMethodIndex, 2, {name, association}, code);
    animal = image.addClass("Animal", 70, image.objectClass, kPlainClass + 1, {{name, nameMethod}});
    dog = image.addClass("Dog", 71, animal, kPlainClass + 2,
                         {{image.nil, image.nil},
                          {bark, barkMethod},
                          {name, w.smallInteger(3)},
                          {image.symbol("other"), association}});
    w.setSlot(association, 1, dog);
    image.setSpecial(SpecialObject::kTheDisplay, looseMethod);
  }

  ObjectGraph read() { return llvm::cantFail(readImageBytes(image.file(), "zoo.image")); }

  TinyImage image;
  Oop association, nameMethod, barkMethod, looseMethod, animal, dog;
};

TEST_CASE("class names, metaclasses, superclasses") {
  Zoo zoo;
  const ObjectGraph graph = zoo.read();
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId animal = model.findClass("Animal");
  const ObjectId dog = model.findClass("Dog");
  REQUIRE(animal != kNoObject);
  REQUIRE(dog != kNoObject);
  CHECK(model.className(dog) == "Dog");
  CHECK(model.superclass(dog) == animal);
  CHECK(model.superclass(model.findClass("Object")) == kNil);
  const ObjectId metaclass = model.findClass("Dog class");
  REQUIRE(metaclass != kNoObject);
  CHECK(model.isMetaclass(metaclass));
  CHECK_FALSE(model.isMetaclass(dog));
  CHECK(model.soleInstance(metaclass) == dog);
  CHECK(graph.object(dog).classId == metaclass);
  CHECK(model.findClass("Cat") == kNoObject);
  CHECK_FALSE(model.isBehavior(kNil));
  CHECK_FALSE(model.isBehavior(kNoObject));
  CHECK(model.classOf(Value::smallInteger(3)) == model.findClass("SmallInteger"));
  CHECK(model.classOf(Value::character('a')) == model.findClass("Character"));
  CHECK(model.classOf(Value::object(kNil)) == model.findClass("UndefinedObject"));
  CHECK(model.className(model.special(SpecialObject::kClassArray)) == "Array");
  CHECK(model.special(SpecialObject::kSelectorSistaTrap) == kNil);
}

TEST_CASE("methods and lookup") {
  Zoo zoo;
  const ObjectGraph graph = zoo.read();
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId dog = model.findClass("Dog");
  REQUIRE(model.methodsOf(dog).size() == 1);  // what is no CompiledMethod is left out
  CHECK(model.selectorText(model.methodsOf(dog)[0].selector) == "bark:");
  CHECK(model.methods().size() == 2);
  CHECK(model.allCompiledCode().size() == 3);

  const MethodEntry bark = llvm::cantFail(model.findMethod("Dog>>bark:"));
  CHECK(bark.behavior == dog);
  CHECK(model.methodName(bark.method) == "Dog>>bark:");
  CHECK(model.entryOf(bark.method) == bark);
  const MethodEntry name = llvm::cantFail(model.findMethod("Animal>>name"));
  CHECK(model.lookup(dog, name.selector) == name);
  CHECK(model.lookup(dog, bark.selector) == bark);
  CHECK_FALSE(model.lookup(name.behavior, bark.selector));

  const ObjectId loose = graph.slots(graph.specialObjectsArray())[14].objectId();
  CHECK_FALSE(model.entryOf(loose));
  CHECK(model.methodName(loose) == "Dog>>name");
}

TEST_CASE("names that no method has get a way out") {
  Zoo zoo;
  const ObjectGraph graph = zoo.read();
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  CHECK(failure(model.findMethod("Dog")) ==
        "zoo.image: 'Dog' does not name a method (hint: write it as Class>>selector or "
        "'Class class>>selector')");
  CHECK(failure(model.findMethod("Dogg>>bark:")) ==
        "zoo.image: there is no class 'Dogg' (hint: did you mean Dog?)");
  CHECK(failure(model.findMethod("Dog>>name")) ==
        "zoo.image: class Dog has no method 'name' (hint: it is inherited from Animal)");
  CHECK(failure(model.findMethod("Dog>>brak:")) ==
        "zoo.image: class Dog has no method 'brak:' (hint: did you mean bark:?)");
}

TEST_CASE("instance specifications") {
  const auto decode = [](uint32_t kind, uint32_t named) {
    return InstanceSpec::decodeSpur(int64_t{kind} << 16 | named);
  };
  CHECK(decode(1, 5)->namedSlotCount == 5);
  CHECK(decode(1, 5)->format == Format::kFixed);
  CHECK_FALSE(decode(1, 5)->indexable);
  CHECK(decode(2, 0)->indexable);
  CHECK(decode(3, 6)->format == Format::kIndexedPointers);
  CHECK(decode(4, 0)->format == Format::kWeak);
  CHECK(decode(5, 2)->format == Format::kEphemeron);
  CHECK_FALSE(decode(5, 2)->indexable);
  CHECK(decode(7, 0)->immediate);
  CHECK(decode(9, 0)->format == Format::kWords64);
  CHECK(decode(10, 0)->format == Format::kWords32);
  CHECK(decode(12, 0)->format == Format::kShorts16);
  CHECK(decode(16, 0)->format == Format::kBytes8);
  CHECK(decode(24, 0)->format == Format::kCompiledMethod);
  CHECK_FALSE(decode(6, 0));
  CHECK_FALSE(decode(8, 0));

  Zoo zoo;
  const ObjectGraph graph = zoo.read();
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  CHECK(model.instanceSpec(model.findClass("Dog"))->namedSlotCount == 2);
  CHECK_FALSE(model.instanceSpec(kNil));
}

TEST_CASE("special selectors") {
  TinyImage image;
  const ObjectGraph graph = llvm::cantFail(readImageBytes(image.file(), "tiny.image"));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  REQUIRE(model.specialSelectors().size() == 32);
  CHECK(model.selectorText(model.specialSelectors()[31].selector) == "s31");
  CHECK(model.specialSelectors()[31].argumentCount == 1);
}

TEST_CASE("an image without special selectors is refused") {
  TinyImage image;
  image.setSpecial(SpecialObject::kSpecialSelectors, image.nil);
  const ObjectGraph graph = llvm::cantFail(readImageBytes(image.file(), "tiny.image"));
  Result<ImageModel> model = ImageModel::create(graph);
  REQUIRE_FALSE(static_cast<bool>(model));
  CHECK(render(model.takeError()) ==
        "tiny.image: the special objects array has no array of 32 special selectors at index 23");
}

TEST_CASE("superclasses that form a circle are refused") {
  Zoo zoo;
  zoo.image.writer.setSlot(zoo.animal, 0, zoo.dog);
  const ObjectGraph graph = zoo.read();
  Result<ImageModel> model = ImageModel::create(graph);
  REQUIRE_FALSE(static_cast<bool>(model));
  CHECK(render(model.takeError()).find("form a circle") != std::string::npos);
}

TEST_CASE("classes without a name") {
  Zoo zoo;
  zoo.image.writer.setSlot(zoo.dog, 6, zoo.image.nil);
  const ObjectGraph graph = zoo.read();
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId dog = graph.classAtIndex(71);
  const std::string offset = std::to_string(graph.object(dog).imageOffset);
  CHECK(model.className(dog) == "(class without name at byte " + offset + ")");
}

TEST_CASE("floats") {
  TinyImage image;
  const std::vector<uint32_t> words = {0, 0x40180000};
  image.setSpecial(SpecialObject::kTheDisplay,
                   image.writer.units<uint32_t>(kFloatIndex, 10, words));
  const ObjectGraph graph = llvm::cantFail(readImageBytes(image.file(), "tiny.image"));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId id = model.special(SpecialObject::kTheDisplay);
  CHECK(model.floatValue(id) == 6.0);
  CHECK_FALSE(model.floatValue(kNil));
}

TEST_CASE("the summary counts what is there") {
  Zoo zoo;
  const ObjectGraph graph = zoo.read();
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const Summary summary = summarize(model);
  CHECK(summary.objects == graph.objectCount());
  CHECK(summary.classes == summary.metaclasses);
  CHECK(summary.classes == 19);
  CHECK(summary.installedMethods == 2);
  CHECK(summary.compiledCode == 3);
  CHECK(summary.selectors == 2);
  CHECK(summary.unreadableMethods == 0);
  CHECK(summary.bytecodeSets.at(BytecodeSet::kV3PlusClosures) == 3);
}

}  // namespace
}  // namespace stwasm::image::testing
