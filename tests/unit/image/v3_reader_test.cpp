// Images from before Spur: headers of one to three words, compact classes, both byte orders, Floats
// in either order, method headers, Contexts, made-up class indices; and damaged ones.
#include <bit>
#include <cstring>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/v3_image_writer.h"
#include "translator/image/image_model.h"
#include "translator/image/image_reader.h"

namespace stwasm::image {
namespace {

using testing::TinyV3Image;
using testing::V3ImageWriter;
using Slot = V3ImageWriter::Slot;

ObjectGraph readTiny(TinyV3Image& image) {
  return llvm::cantFail(readImageBytes(image.file(), "tiny.image"));
}

std::string failureOf(const std::vector<uint8_t>& file) {
  Result<ObjectGraph> graph = readImageBytes(file, "broken.image");
  return graph ? "no failure" : render(graph.takeError());
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The object whose base header is at that place of the file.
ObjectId objectAt(const ObjectGraph& graph, uint32_t offset) {
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    if (graph.object(id).imageOffset == offset) return id;
  }
  return kNoObject;
}

std::vector<uint8_t> wordsOf(bool bigEndian, const std::vector<uint32_t>& words) {
  std::vector<uint8_t> bytes;
  for (const uint32_t word : words) {
    for (uint32_t i = 0; i < 4; ++i) {
      bytes.push_back(static_cast<uint8_t>(word >> 8 * (bigEndian ? 3 - i : i)));
    }
  }
  return bytes;
}

TEST_CASE("objects of a V3 image in both byte orders") {
  for (const bool bigEndian : {false, true}) {
    CAPTURE(bigEndian);
    TinyV3Image image({6502, bigEndian, 0xB7310000});
    V3ImageWriter& w = image.writer;
    const uint32_t text = image.string("hello");
    const uint32_t bits =
        w.add({6, 0, image.floatClass, 3, {}, wordsOf(bigEndian, {1, 2, 3}), false});
    const uint32_t large = w.add({2,
                                  TinyV3Image::kArrayCompact,
                                  0,
                                  0,
                                  std::vector<Slot>(80, V3ImageWriter::integer(-5)),
                                  {},
                                  false});
    w.setFreeWords(9);
    const std::vector<uint8_t> file = image.file();
    const ObjectGraph graph = llvm::cantFail(readImageBytes(file, "tiny.image"));
    CHECK(graph.header().bigEndian == bigEndian);
    CHECK(graph.header().windowWidth() == 800);
    const ImageModel model = llvm::cantFail(ImageModel::create(graph));
    CHECK(model.className(graph.object(kNil).classId) == "UndefinedObject");
    CHECK(model.className(graph.object(kTrue).classId) == "True");
    CHECK(model.className(graph.object(kFalse).classId) == "False");
    CHECK(model.byteString(objectAt(graph, w.offsetOf(text))) == "hello");
    const auto words = graph.bytes(objectAt(graph, w.offsetOf(bits)));
    CHECK(std::vector<uint8_t>(words.begin(), words.end()) == wordsOf(false, {1, 2, 3}));
    const ObjectId largeId = objectAt(graph, w.offsetOf(large));
    CHECK(graph.slots(largeId).size() == 80);
    CHECK(graph.slots(largeId)[79] == Value::smallInteger(-5));
    CHECK(model.className(graph.object(largeId).classId) == "Array");
  }
}

TEST_CASE("Floats of a V3 image") {
  const auto bits = std::bit_cast<uint64_t>(-1234.5e-7);
  const auto high = static_cast<uint32_t>(bits >> 32);
  const auto low = static_cast<uint32_t>(bits);
  struct Case {
    uint32_t format;
    bool bigEndian;
    std::vector<uint32_t> words;
  };
  const Case cases[] = {{6502, false, {high, low}},
                        {6502, true, {high, low}},
                        {6504, false, {high, low}},
                        {6505, false, {low, high}},
                        {6505, true, {high, low}}};
  for (const Case& c : cases) {
    CAPTURE(c.format);
    TinyV3Image image({c.format, c.bigEndian, 0x400});
    const uint32_t number =
        image.writer.add({6, 0, image.floatClass, 3, {}, wordsOf(c.bigEndian, c.words), false});
    const ObjectGraph graph = readTiny(image);
    const ImageModel model = llvm::cantFail(ImageModel::create(graph));
    CHECK(model.floatValue(objectAt(graph, image.writer.offsetOf(number))) == -1234.5e-7);
  }
}

TEST_CASE("class indices are made up from identity hashes") {
  TinyV3Image image;
  const ObjectGraph graph = readTiny(image);
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const auto indexOf = [&](const char* name) {
    const ObjectId wanted = model.findClass(name);
    for (uint32_t i = 0; i < graph.classTable().size(); ++i) {
      if (graph.classTable()[i] == wanted) return i;
    }
    return 0U;
  };
  CHECK(indexOf("UndefinedObject") == 4096 + 20);
  CHECK(indexOf("Array") == 4096 + 23);
  CHECK(indexOf("False") == 4096 + 21);  // false stands before true in every graph
  CHECK(indexOf("True") == 1);           // True has the same hash
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    CHECK(graph.classAtIndex(graph.object(id).classIndex) == graph.object(id).classId);
  }
  CHECK(graph.object(model.findClass("Array")).identityHash == 23);
}

TEST_CASE("the format words of V3 classes") {
  const auto spec = [](int32_t slots, int32_t kind) {
    return *InstanceSpec::decodeV3(TinyV3Image::format(slots, kind));
  };
  CHECK(spec(3, 1).namedSlotCount == 3);
  CHECK(spec(3, 1).format == Format::kFixed);
  CHECK_FALSE(spec(3, 1).indexable);
  CHECK(spec(2, 3).format == Format::kIndexedPointers);
  CHECK(spec(2, 3).indexable);
  CHECK(spec(0, 4).format == Format::kWeak);
  CHECK(spec(0, 6).format == Format::kWords32);
  CHECK(spec(0, 8).format == Format::kBytes8);
  CHECK(spec(0, 12).format == Format::kCompiledMethod);
  CHECK_FALSE(InstanceSpec::decodeV3(TinyV3Image::format(0, 5)));
  // beyond 63 slots two more bits stand above the compact class index
  CHECK(InstanceSpec::decodeV3(1 << 16 | 5 << 1 | 31 << 11 | 1 << 7)->namedSlotCount == 68);
}

TEST_CASE("method headers of V3") {
  // 9 bits of primitive, 8 of literals, large frame, 6 of temporaries, 4 of arguments, 1 more of
  // primitive
  const int64_t bits = 20 | 3 << 9 | 1 << 17 | 7 << 18 | 2 << 24 | 1 << 28;
  const MethodHeader header = MethodHeader::decodeV3(bits, false);
  CHECK(header.primitive == 512 + 20);
  CHECK(header.literalCount == 3);
  CHECK(header.largeFrame);
  CHECK(header.temporaryCount == 7);
  CHECK(header.argumentCount == 2);
  CHECK(header.bytecodeSet == BytecodeSet::kV3);
  CHECK(MethodHeader::decodeV3(bits, true).bytecodeSet == BytecodeSet::kV3PlusClosures);
}

TEST_CASE("methods of a V3 image") {
  TinyV3Image image;
  V3ImageWriter& w = image.writer;
  const uint32_t selector = image.string("run");
  const uint32_t method = w.add({12,
                                 0,
                                 image.methodClass,
                                 5,
                                 {V3ImageWriter::integer(264 | 1 << 9), w.object(selector)},
                                 {0x00, 0x7C, 10, 20, 30, 252},
                                 false});
  image.addClass("Thing", TinyV3Image::format(1, 1), 40, {{selector, method}});
  const ObjectGraph graph = readTiny(image);
  const ImageModel model = llvm::cantFail(ImageModel::create(graph));
  const MethodEntry entry = llvm::cantFail(model.findMethod("Thing>>run"));
  const CompiledMethodView view = llvm::cantFail(CompiledMethodView::create(graph, entry.method));
  CHECK(view.primitiveNumber() == 264);
  CHECK(view.primitiveCallSize() == 0);
  CHECK(view.quickReturn()->kind == QuickReturn::Kind::kReturnSlot);
  CHECK(view.bytecodes().size() == 2);
  CHECK(view.initialPc() == 9);
  CHECK(view.literals()[0].objectId() == objectAt(graph, w.offsetOf(selector)));
}

TEST_CASE("slots above a V3 Context's stack pointer are nil") {
  TinyV3Image image;
  std::vector<Slot> slots(9, V3ImageWriter::integer(7));
  slots[2] = V3ImageWriter::integer(1);
  const uint32_t context = image.writer.add({3, 0, image.contextClass, 0, slots, {}, false});
  const ObjectGraph graph = readTiny(image);
  const auto read = graph.slots(objectAt(graph, image.writer.offsetOf(context)));
  CHECK(read.size() == 9);
  CHECK(read[6] == Value::smallInteger(7));
  CHECK(read[7].isNil());
  CHECK(read[8].isNil());
}

TEST_CASE("damaged V3 images") {
  const auto patched = [](uint32_t offset, uint32_t word) {
    TinyV3Image image;
    std::vector<uint8_t> file = image.file();
    std::memcpy(&file[offset], &word, 4);
    return failureOf(file);
  };
  TinyV3Image image;
  const std::vector<uint8_t> file = image.file();
  const uint32_t nil = image.writer.offsetOf(image.nil);
  const uint32_t special = image.writer.offsetOf(image.specialObjects);
  CHECK(failureOf(file) == "no failure");
  CHECK(contains(patched(16, 0x10002), "points to no object"));
  CHECK(contains(patched(16, 0x7FFFFFFC), "points to no object"));
  CHECK(contains(patched(12, 0x10001), "is not a multiple of 4"));
  CHECK(contains(patched(nil - 4, 2), "the free memory at byte"));
  CHECK(contains(patched(nil - 4, 0x20001), "has no class"));
  CHECK(contains(patched(nil, 0x1 | 1 << 8), "has a size of 0 bytes"));
  CHECK(contains(patched(nil, 4 | 1 << 8), "do not belong together"));
  CHECK(contains(patched(nil, 0x5 | 5 << 8), "has the unknown format 5"));
  CHECK(contains(patched(nil, 0x5 | 1 << 8 | 9 << 12), "has the compact class index 9"));
  CHECK(contains(patched(special + 4, 3), "does not begin with nil, false and true"));
  CHECK(contains(patched(special + 4 + 20, 0x10002), "points to no object"));
  CHECK(contains(patched(8, 10), "points to no object"));
  for (size_t size = 64; size < file.size(); size += 31) {
    CHECK(contains(failureOf({file.begin(), file.begin() + static_cast<long>(size)}),
                   "truncated image"));
  }
}

}  // namespace
}  // namespace stwasm::image
