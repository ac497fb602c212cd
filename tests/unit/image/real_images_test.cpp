// Real images, from the folder that the environment variable STWASM_IMAGES names: what the reader
// finds in them is what is known of them from elsewhere.
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "translator/image/image_model.h"
#include "translator/image/image_reader.h"
#include "translator/image/image_summary.h"

namespace stwasm::image {
namespace {

std::optional<std::string> imagePath(const std::string& name) {
  const char* folder = std::getenv("STWASM_IMAGES");  // NOLINT(concurrency-mt-unsafe)
  if (folder == nullptr) {
    MESSAGE("skipped: STWASM_IMAGES does not name a folder with " << name);
    return std::nullopt;
  }
  return std::string(folder) + "/" + name;
}

// What holds in every sound image.
void checkInvariants(const ObjectGraph& graph, const ImageModel& model) {
  const bool isSpur = graph.header().isSpur();
  uint32_t odd = 0;
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    const Object& object = graph.object(id);
    if (isSpur && graph.object(object.classId).identityHash != object.classIndex) ++odd;
    if (graph.classAtIndex(object.classIndex) != object.classId) ++odd;
    if (!model.isBehavior(object.classId)) ++odd;
  }
  CHECK(odd == 0);
  const ObjectId context = model.special(SpecialObject::kClassContext);
  CHECK((!isSpur || graph.object(context).identityHash == 36));
  for (ObjectId id : model.behaviors()) {
    CHECK(model.className(id)[0] != '(');
    CHECK(model.findClass(model.className(id)) != kNoObject);
  }
  for (ObjectId id : model.allCompiledCode()) {
    const CompiledMethodView method = llvm::cantFail(CompiledMethodView::create(graph, id));
    CHECK((!isSpur || !method.bytecodes().empty()));
    CHECK_FALSE(model.methodName(id).empty());
  }
}

TEST_CASE("cuis5.image") {
  const std::optional<std::string> path = imagePath("cuis5.image");
  if (!path) return;
  const ObjectGraph graph = llvm::cantFail(readImage(*path));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  checkInvariants(graph, model);
  CHECK(graph.header().formatNumber == 6521);
  CHECK(graph.header().windowWidth() == 1008);
  CHECK(graph.trailerEncoding() == TrailerEncoding::kLengthByte);
  const Summary summary = summarize(model);
  CHECK(summary.objects == 80761);
  CHECK(summary.classes == 473);
  CHECK(summary.metaclasses == 473);
  CHECK(summary.compiledCode == 13657);
  CHECK(summary.installedMethods == 13655);
  CHECK(summary.selectors == 9018);
  CHECK(summary.primitives.size() == 198);
  CHECK(summary.namedPrimitives.size() == 92);
  CHECK(summary.unreadableMethods == 0);
  CHECK(summary.bytecodeSets.size() == 1);

  const MethodEntry factorial = llvm::cantFail(model.findMethod("Integer>>factorial"));
  CHECK(model.methodName(factorial.method) == "Integer>>factorial");
  const ObjectId smallInteger = model.findClass("SmallInteger");
  CHECK(smallInteger == model.special(SpecialObject::kClassSmallInteger));
  CHECK(model.lookup(smallInteger, factorial.selector) == factorial);
  CHECK(model.instanceSpec(smallInteger)->immediate);
  const MethodEntry plus = llvm::cantFail(model.findMethod("SmallInteger>>+"));
  CHECK(llvm::cantFail(CompiledMethodView::create(graph, plus.method)).primitiveNumber() == 1);
  CHECK(model.selectorText(model.specialSelectors()[0].selector) == "+");
  CHECK(model.selectorText(model.special(SpecialObject::kSelectorDoesNotUnderstand)) ==
        "doesNotUnderstand:");
  CHECK(model.className(graph.object(model.special(SpecialObject::kTheDisplay)).classId) ==
        "DisplayScreen");
}

TEST_CASE("cuis7-sista.image") {
  const std::optional<std::string> path = imagePath("cuis7-sista.image");
  if (!path) return;
  const ObjectGraph graph = llvm::cantFail(readImage(*path));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  checkInvariants(graph, model);
  const Summary summary = summarize(model);
  CHECK(summary.objects == 259727);
  CHECK(summary.classes == 710);
  CHECK(summary.compiledCode == 18863);
  CHECK(summary.compiledBlocks == 0);
  CHECK(summary.bytecodeSets.at(BytecodeSet::kSistaV1) == 18823);
  CHECK(summary.bytecodeSets.at(BytecodeSet::kV3PlusClosures) == 40);
}

TEST_CASE("codeparadise-sista.image") {
  const std::optional<std::string> path = imagePath("codeparadise-sista.image");
  if (!path) return;
  const ObjectGraph graph = llvm::cantFail(readImage(*path));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  checkInvariants(graph, model);
  const Summary summary = summarize(model);
  CHECK(summary.compiledCode == 1923);
  CHECK(summary.compiledBlocks == 234);
  CHECK(summary.bytecodeSets.at(BytecodeSet::kSistaV1) == 1923);
}

TEST_CASE("headless.image has forwarders") {
  const std::optional<std::string> path = imagePath("headless.image");
  if (!path) return;
  const ObjectGraph graph = llvm::cantFail(readImage(*path));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  checkInvariants(graph, model);
  const Summary summary = summarize(model);
  CHECK(summary.objects == 2493 - 44 - 6);  // forwarders, internal objects
  CHECK(summary.compiledCode == 918);
}

TEST_CASE("64-bit images") {
  const std::optional<std::string> candle = imagePath("candle64.image");
  if (!candle) return;
  const ObjectGraph candleGraph = llvm::cantFail(readImage(*candle));
  const ImageModel candleModel = llvm::cantFail(ImageModel::create(candleGraph));
  checkInvariants(candleGraph, candleModel);
  CHECK(candleGraph.header().wordSize == 8);
  CHECK(candleModel.allCompiledCode().size() == 895);
  CHECK(candleModel.className(candleModel.special(SpecialObject::kClassArray)) == "PCArray");

  const ObjectGraph graph = llvm::cantFail(readImage(*imagePath("empharo64.image")));
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  checkInvariants(graph, model);
  CHECK(summarize(model).objects == 29904 - 9);  // internal objects
  CHECK(model.allCompiledCode().size() == 10391);
}

TEST_CASE("images from before Spur") {
  struct Expected {
    const char* name;
    uint32_t format;
    bool bigEndian;
    size_t methods;
  };
  const Expected images[] = {{"v3-mini.image", 6502, false, 4606},
                             {"v3-jittest.image", 6502, false, 4661},
                             {"v3-squeakjs-be.image", 6502, true, 4639},
                             {"v3-bootstrapped.image", 6505, false, 830}};
  for (const Expected& expected : images) {
    CAPTURE(expected.name);
    const std::optional<std::string> path = imagePath(expected.name);
    if (!path) return;
    const ObjectGraph graph = llvm::cantFail(readImage(*path));
    const ImageModel model = llvm::cantFail(ImageModel::create(graph));
    checkInvariants(graph, model);
    CHECK(graph.header().formatNumber == expected.format);
    CHECK(graph.header().bigEndian == expected.bigEndian);
    CHECK(model.allCompiledCode().size() == expected.methods);
    CHECK(summarize(model).unreadableMethods == 0);
    CHECK(model.className(model.special(SpecialObject::kClassArray)).ends_with("Array"));
  }
}

}  // namespace
}  // namespace stwasm::image
