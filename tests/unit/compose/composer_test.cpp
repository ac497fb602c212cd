// Images composed of source, seen through the image model.
#include "translator/compose/composer.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "translator/image/compiled_method.h"
#include "translator/image/image_model.h"
#include "translator/syntax/chunk_reader.h"

using namespace stwasm;
using compose::ObjectFormat;
using compose::Target;
using image::ImageModel;
using image::kNil;
using image::ObjectGraph;
using image::ObjectId;
using image::SpecialObject;
using image::Value;

namespace {

// As few classes as an image can have, each a line "Superclass Name kind variables".
std::string kernelSource() {
  constexpr const char* kClasses[][4] = {
      {"nil", "Object", "subclass:", ""},
      {"Object", "Behavior", "subclass:", "superclass methodDict format"},
      {"Behavior", "Class", "subclass:", "name instanceVariables subclasses category"},
      {"Behavior", "Metaclass", "subclass:", "thisClass"},
      {"Object", "UndefinedObject", "subclass:", ""},
      {"Object", "True", "subclass:", ""},
      {"Object", "False", "subclass:", ""},
      {"Object", "SmallInteger", "immediateSubclass:", ""},
      {"Object", "Character", "immediateSubclass:", ""},
      {"Object", "LargePositiveInteger", "variableByteSubclass:", ""},
      {"Object", "BoxedFloat64", "variableWordSubclass:", ""},
      {"Object", "String", "variableByteSubclass:", ""},
      {"String", "Symbol", "variableByteSubclass:", ""},
      {"Object", "Array", "variableSubclass:", ""},
      {"Object", "Association", "subclass:", "key value"},
      {"Object", "SystemDictionary", "subclass:", "tally array"},
      {"Object", "MethodDictionary", "variableSubclass:", "tally array"},
      {"Object", "CompiledMethod", "variableByteSubclass:", ""},
      {"Object", "CompiledBlock", "variableByteSubclass:", ""},
      {"Object", "Context", "variableSubclass:", "sender pc stackp method closureOrNil receiver"},
      {"Object", "Link", "subclass:", "nextLink"},
      {"Link", "Process", "subclass:", "suspendedContext priority myList"},
      {"Object", "LinkedList", "subclass:", "firstLink lastLink"},
      {"Object", "ProcessorScheduler", "subclass:", "quiescentProcessLists activeProcess"},
  };
  std::string source;
  for (const auto& each : kClasses) {
    source += std::string(each[0]) + " " + each[2] + " #" + each[1] + " instanceVariableNames: '" +
              each[3] + "' category: 'Kernel'!\n";
  }
  return source;
}

Result<ObjectGraph> composed(const std::string& source, const Target& target) {
  syntax::Program program;
  syntax::Mistakes mistakes;
  program.files.emplace_back("test.st", kernelSource() + source);
  syntax::readChunks(program.files.back(), program, mistakes);
  auto made = compose::compose(program, mistakes, target, "test.image");
  if (!made) return made.takeError();
  return std::move(made->graph);
}

Target targetFor(ObjectFormat format) {
  Target target;
  target.format = format;
  return target;
}

// The value of a global variable.
Value globalValue(const ImageModel& model, std::string_view name) {
  const ObjectGraph& graph = model.graph();
  const ObjectId smalltalk = model.special(SpecialObject::kSmalltalkDictionary);
  for (const Value each : graph.slots(graph.slots(smalltalk)[1].objectId())) {
    if (each.isNil()) continue;
    const auto slots = graph.slots(each.objectId());
    if (model.byteString(slots[0].objectId()) == name) return slots[1];
  }
  return {};
}

}  // namespace

TEST_CASE("classes and their metaclasses") {
  const ObjectGraph graph =
      llvm::cantFail(composed("Object subclass: #Foo instanceVariableNames: 'a b'!\n"
                              "Foo class instanceVariableNames: 'c'!\n"
                              "Foo variableSubclass: #Bar instanceVariableNames: 'd'!",
                              targetFor(ObjectFormat::kSpur32)));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId foo = model.findClass("Foo");
  const ObjectId bar = model.findClass("Bar");
  REQUIRE(bar != image::kNoObject);
  CHECK(model.superclass(bar) == foo);
  CHECK(model.superclass(model.findClass("Bar class")) == model.findClass("Foo class"));
  CHECK(model.superclass(model.findClass("Object class")) == model.findClass("Class"));
  CHECK(graph.object(foo).classId == model.findClass("Foo class"));
  CHECK(model.instanceSpec(foo)->namedSlotCount == 2);
  CHECK(model.instanceSpec(bar)->namedSlotCount == 3);
  CHECK(model.instanceSpec(bar)->indexable);
  CHECK(model.instanceSpec(model.findClass("Foo class"))->namedSlotCount == 8);
  CHECK(graph.slots(foo).size() == 8);
  CHECK(model.instanceSpec(model.findClass("SmallInteger"))->immediate);
  CHECK(globalValue(model, "Foo") == Value::object(foo));
}

TEST_CASE("the class table has every class at its hash") {
  const ObjectGraph graph = llvm::cantFail(composed("", targetFor(ObjectFormat::kSpur64)));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  for (const ObjectId behavior : model.behaviors()) {
    CHECK(graph.classAtIndex(graph.object(behavior).identityHash) == behavior);
  }
  CHECK(graph.classAtIndex(36) == model.findClass("Context"));
  CHECK(graph.classAtIndex(51) == model.findClass("Array"));
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    CHECK(graph.classAtIndex(graph.object(id).classIndex) == graph.object(id).classId);
  }
}

TEST_CASE("methods are found where a virtual machine looks for them") {
  std::string source = "!Object methodsFor: 'x'!\n";
  for (int i = 0; i < 50; ++i)
    source += "m" + std::to_string(i) + " ^ " + std::to_string(i) + "!\n";
  const ObjectGraph graph =
      llvm::cantFail(composed(source + " !", targetFor(ObjectFormat::kSpur32)));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId object = model.findClass("Object");
  const auto slots = graph.slots(graph.slots(object)[image::kMethodDictionarySlot].objectId());
  const size_t mask = slots.size() - image::kFirstSelectorSlot - 1;
  REQUIRE((mask & (mask + 1)) == 0);
  CHECK(slots[0] == Value::smallInteger(50));
  CHECK(model.methodsOf(object).size() == 50);
  for (const image::MethodEntry& entry : model.methodsOf(object)) {
    size_t place = graph.object(entry.selector).identityHash & mask;
    while (slots[image::kFirstSelectorSlot + place] != Value::object(entry.selector)) {
      REQUIRE_FALSE(slots[image::kFirstSelectorSlot + place].isNil());
      place = (place + 1) & mask;
    }
  }
}

TEST_CASE("symbols are unique, with hashes") {
  const ObjectGraph graph =
      llvm::cantFail(composed("!Object methodsFor: 'x'!\nfoo ^ #foo! bar ^ #(foo bar)! !",
                              targetFor(ObjectFormat::kSpur32)));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId symbolClass = model.findClass("Symbol");
  std::set<std::string> seen;
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    if (graph.object(id).classId != symbolClass) continue;
    CHECK(seen.emplace(model.byteString(id).value_or("")).second);
    CHECK(graph.object(id).identityHash != 0);
  }
  CHECK(seen.count("foo") == 1);
}

TEST_CASE("literals fit the word size") {
  const std::string source =
      "!Object methodsFor: 'x'!\nint ^ 1073741824! float ^ 1.5! large ^ 1.0e300! !";
  const ObjectGraph narrow = llvm::cantFail(composed(source, targetFor(ObjectFormat::kSpur32)));
  const ImageModel narrowModel = llvm::cantFail(ImageModel::create(narrow));
  const auto literal = [](const ImageModel& model, const char* name) {
    const auto entry = llvm::cantFail(model.findMethod(name));
    return llvm::cantFail(image::CompiledMethodView::create(model.graph(), entry.method))
        .literals()[0];
  };
  CHECK(literal(narrowModel, "Object>>int").isObject());
  CHECK(narrowModel.floatValue(literal(narrowModel, "Object>>float").objectId()) == 1.5);
  const ObjectGraph wide = llvm::cantFail(composed(source, targetFor(ObjectFormat::kSpur64)));
  const ImageModel wideModel = llvm::cantFail(ImageModel::create(wide));
  CHECK(literal(wideModel, "Object>>int") == Value::smallInteger(1073741824));
  REQUIRE(literal(wideModel, "Object>>float").isSmallFloat());
  CHECK(literal(wideModel, "Object>>float").smallFloat() == 1.5);
  CHECK(wideModel.floatValue(literal(wideModel, "Object>>large").objectId()) == 1.0e300);
}

TEST_CASE("a process is ready to run the start-up code") {
  const ObjectGraph graph =
      llvm::cantFail(composed("Smalltalk at: #Foo put: 3!", targetFor(ObjectFormat::kSpur32)));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const ObjectId scheduler =
      graph.slots(model.special(SpecialObject::kSchedulerAssociation))[1].objectId();
  const ObjectId process = graph.slots(scheduler)[1].objectId();
  const ObjectId context = graph.slots(process)[1].objectId();
  const auto slots = graph.slots(context);
  CHECK(graph.object(context).classId == model.special(SpecialObject::kClassContext));
  const auto method = llvm::cantFail(image::CompiledMethodView::create(graph, slots[3].objectId()));
  CHECK(slots[1] == Value::smallInteger(method.initialPc()));
  CHECK(slots[2] == Value::smallInteger(0));
  CHECK(model.methodName(slots[3].objectId()) == "UndefinedObject>>startUp");
  CHECK(llvm::cantFail(model.findMethod("UndefinedObject>>startUpPart1")).method != kNil);
}

TEST_CASE("what a program lacks is named") {
  syntax::Program program;
  syntax::Mistakes mistakes;
  auto result = compose::compose(program, mistakes, targetFor(ObjectFormat::kSpur32), "x");
  REQUIRE_FALSE(bool(result));
  CHECK(render(result.takeError()).find("UndefinedObject") != std::string::npos);
}

TEST_CASE("before Spur there are no objects of 16-bit words") {
  auto result = composed("Object variableDoubleByteSubclass: #Shorts instanceVariableNames: ''!",
                         targetFor(ObjectFormat::kV3));
  REQUIRE_FALSE(bool(result));
  CHECK(render(result.takeError()).find("the format v3 has no objects like those of Shorts") !=
        std::string::npos);
}
