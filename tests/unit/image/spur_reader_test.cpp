// Reading sound Spur images of both word sizes and byte orders.
#include <bit>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/tiny_image.h"
#include "translator/image/image_reader.h"

namespace stwasm::image::testing {
namespace {

struct Variant {
  uint32_t wordSize;
  bool bigEndian;
};
constexpr Variant kVariants[] = {{4, false}, {4, true}, {8, false}, {8, true}};

SpurImageWriter::Options optionsFor(const Variant& variant) {
  SpurImageWriter::Options options;
  options.wordSize = variant.wordSize;
  options.bigEndian = variant.bigEndian;
  return options;
}

ObjectGraph read(const std::vector<uint8_t>& file) {
  Result<ObjectGraph> graph = readImageBytes(file, "tiny.image");
  if (!graph) {
    FAIL(render(graph.takeError()));
    return ObjectGraphBuilder("").take();
  }
  return std::move(*graph);
}

// What stands in slot `index` of the special objects array, where the tests put their objects.
Value probe(const ObjectGraph& graph, uint32_t index) {
  return graph.slots(graph.specialObjectsArray())[index];
}
ObjectId probeId(const ObjectGraph& graph, uint32_t index) {
  return probe(graph, index).objectId();
}

std::vector<uint8_t> bytesOf(const ObjectGraph& graph, ObjectId id) {
  return {graph.bytes(id).begin(), graph.bytes(id).end()};
}

TEST_CASE("the header's facts") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    const ObjectGraph graph = read(image.file());
    const ImageHeader& header = graph.header();
    CHECK(header.wordSize == variant.wordSize);
    CHECK(header.bigEndian == variant.bigEndian);
    CHECK(header.formatNumber == (variant.wordSize == 8 ? 68021 : 6521));
    CHECK(header.headerSize == variant.wordSize * 16);
    CHECK(header.oldBaseAddress == 0x10000);
    CHECK(header.windowWidth() == 800);
    CHECK(header.windowHeight() == 600);
    CHECK(header.floatsLittleEndian());
    CHECK_FALSE(header.fullScreen());
    CHECK(header.lastHash == 999);
    CHECK(header.stackPageCount == 7);
    CHECK(header.cogCodeSize == 1024);
    CHECK(header.edenBytes == 4096);
    CHECK(header.maxExternalSemaphores == 256);
    CHECK(header.isSpur());
  }
}

TEST_CASE("nil, false and true come first, internal objects are left out") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    const ObjectGraph graph = read(image.file());
    CHECK(graph.object(kNil).classIndex == kUndefinedObjectIndex);
    CHECK(graph.object(kFalse).classIndex == kFalseIndex);
    CHECK(graph.object(kTrue).classIndex == kTrueIndex);
    CHECK(graph.specialObjectsArray() == 3);
    CHECK(probe(graph, 0) == Value::object(kNil));
    CHECK(probe(graph, 2) == Value::object(kTrue));
    for (ObjectId id = 0; id < graph.objectCount(); ++id) {
      const Object& object = graph.object(id);
      CHECK(object.classIndex >= 32);
      CHECK(object.classId == graph.classAtIndex(object.classIndex));
    }
    CHECK(graph.classAtIndex(31) == kNil);
    CHECK(graph.classAtIndex(1u << 30) == kNil);
  }
}

TEST_CASE("a class that is entered twice has one index") {
  TinyImage image;
  const Oop late = image.addClass("Late", 70, image.nil, 1 << 16);
  image.setClass(80, late);
  image.setSpecial(SpecialObject::kTheDisplay, image.writer.pointers(80, 1, {}));
  image.setClass(81, image.addClass("Unhashed", 82, image.nil, 1 << 16));
  image.setClass(82, image.nil);
  image.setSpecial(SpecialObject::kClassMessage, image.writer.pointers(81, 1, {}));
  const ObjectGraph graph = read(image.file());
  CHECK(graph.object(probeId(graph, 14)).classIndex == 70);
  CHECK(graph.object(probeId(graph, 14)).classId == graph.classAtIndex(80));
  CHECK(graph.object(probeId(graph, 15)).classIndex == 81);
}

TEST_CASE("immediates") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    SpurImageWriter& w = image.writer;
    const int64_t large = variant.wordSize == 8 ? Value::kMinSmallInteger : -(int64_t{1} << 30);
    const Oop array = w.pointers(
        kArrayIndex, 2,
        {w.smallInteger(3), w.smallInteger(-1), w.smallInteger(large), w.character(0x1F600)});
    image.setSpecial(SpecialObject::kTheDisplay, array);
    const ObjectGraph graph = read(image.file());
    const std::span<const Value> slots = graph.slots(probeId(graph, 14));
    REQUIRE(slots.size() == 4);
    CHECK(slots[0] == Value::smallInteger(3));
    CHECK(slots[1] == Value::smallInteger(-1));
    CHECK(slots[2].smallInteger() == large);
    CHECK(slots[3].isCharacter());
    CHECK(slots[3].character() == 0x1F600);
  }
}

TEST_CASE("immediate floats of 64-bit images") {
  const std::pair<uint64_t, double> samples[] = {
      {0x7F00000000000004, 1.0},
      {0x7F0000000000000C, -1.0},
      {0x8000000000000004, 2.0},
      {0x8092000000000004, 3.140625},
      {0x4, 0.0},
      {0x3FF0000000000004, 0x1.Fp-64},
  };
  TinyImage image(optionsFor({8, false}));
  std::vector<Oop> oops;
  for (const auto& [oop, value] : samples) oops.push_back(oop);
  oops.push_back(0xC);
  image.setSpecial(SpecialObject::kTheDisplay, image.writer.pointers(kArrayIndex, 2, oops));
  const ObjectGraph graph = read(image.file());
  const std::span<const Value> slots = graph.slots(probeId(graph, 14));
  for (size_t i = 0; i < std::size(samples); ++i) {
    CHECK(slots[i].isSmallFloat());
    CHECK(slots[i].smallFloat() == samples[i].second);
  }
  CHECK(std::bit_cast<uint64_t>(slots.back().smallFloat()) == uint64_t{1} << 63);
}

TEST_CASE("bodies of words, shorts and bytes are little endian and of exact size") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    SpurImageWriter& w = image.writer;
    const std::vector<uint64_t> words64 = {0x0102030405060708};
    const std::vector<uint32_t> words32 = {0x01020304, 0x05060708, 0x090A0B0C};
    const std::vector<uint16_t> shorts = {0x0102, 0x0304, 0x0506};
    image.setSpecial(SpecialObject::kTheDisplay, w.units<uint64_t>(kBitmapIndex, 9, words64));
    image.setSpecial(SpecialObject::kClassMutex, w.units<uint32_t>(kBitmapIndex, 10, words32));
    image.setSpecial(SpecialObject::kClassAlien, w.units<uint16_t>(kBitmapIndex, 12, shorts));
    image.setSpecial(SpecialObject::kClassProcess, w.bytes(kStringIndex, "hello"));
    image.setSpecial(SpecialObject::kClassMessage, w.bytes(kStringIndex, ""));
    const ObjectGraph graph = read(image.file());
    CHECK(graph.object(probeId(graph, 14)).format == Format::kWords64);
    CHECK(bytesOf(graph, probeId(graph, 14)) == std::vector<uint8_t>{8, 7, 6, 5, 4, 3, 2, 1});
    CHECK(bytesOf(graph, probeId(graph, 39)) ==
          std::vector<uint8_t>{4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9});
    CHECK(graph.object(probeId(graph, 52)).format == Format::kShorts16);
    CHECK(bytesOf(graph, probeId(graph, 52)) == std::vector<uint8_t>{2, 1, 4, 3, 6, 5});
    CHECK(bytesOf(graph, probeId(graph, 27)) == std::vector<uint8_t>{'h', 'e', 'l', 'l', 'o'});
    CHECK(graph.bytes(probeId(graph, 15)).empty());
  }
}

TEST_CASE("formats, hash and header flags") {
  TinyImage image;
  SpurImageWriter& w = image.writer;
  const auto add = [&](SpecialObject where, uint32_t format) {
    image.setSpecial(where, w.pointers(kArrayIndex, format, {image.nil}));
  };
  w.setNextHash(0x2ABCDE);
  add(SpecialObject::kTheDisplay, 1);
  w.setNextFlags(uint64_t{1} << 23);
  add(SpecialObject::kClassMessage, 3);
  w.setNextFlags(uint64_t{1} << 29);
  add(SpecialObject::kClassProcess, 4);
  w.setNextFlags(uint64_t{1} << 30);
  add(SpecialObject::kClassMutex, 5);
  const ObjectGraph graph = read(image.file());
  const Object& fixed = graph.object(probeId(graph, 14));
  CHECK(fixed.format == Format::kFixed);
  CHECK(fixed.identityHash == 0x2ABCDE);
  CHECK_FALSE(fixed.immutable);
  const Object& indexed = graph.object(probeId(graph, 15));
  CHECK(indexed.format == Format::kIndexedPointers);
  CHECK(indexed.immutable);
  const Object& weak = graph.object(probeId(graph, 27));
  CHECK(weak.format == Format::kWeak);
  CHECK(weak.remembered);
  const Object& ephemeron = graph.object(probeId(graph, 39));
  CHECK(ephemeron.format == Format::kEphemeron);
  CHECK(ephemeron.pinned);
}

TEST_CASE("objects of 255 slots and more have their size before the header") {
  for (const Variant& variant : kVariants) {
    for (const size_t size : {254U, 255U, 256U, 70000U}) {
      TinyImage image(optionsFor(variant));
      std::vector<Oop> slots(size, image.trueObject);
      slots.back() = image.writer.smallInteger(42);
      image.setSpecial(SpecialObject::kTheDisplay, image.writer.pointers(kArrayIndex, 2, slots));
      const ObjectGraph graph = read(image.file());
      const std::span<const Value> found = graph.slots(probeId(graph, 14));
      REQUIRE(found.size() == size);
      CHECK(found[0] == Value::object(kTrue));
      CHECK(found.back() == Value::smallInteger(42));
    }
  }
}

TEST_CASE("free chunks are skipped and forwarders followed") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    SpurImageWriter& w = image.writer;
    w.pointers(0, 0, {image.nil, image.nil, 12345});  // contents do not matter
    const Oop target = w.bytes(kStringIndex, "target");
    const Oop first = w.pointers(8, 7, {target});
    const Oop second = w.pointers(8, 7, {first});
    image.setSpecial(SpecialObject::kTheDisplay, second);
    image.setSpecial(SpecialObject::kClassMessage, target);
    const ObjectGraph graph = read(image.file());
    CHECK(probe(graph, 14) == probe(graph, 15));
    CHECK(bytesOf(graph, probeId(graph, 14)).size() == 6);
  }
}

TEST_CASE("several segments with gaps between them") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    SpurImageWriter& w = image.writer;
    w.endSegment(0x100000);
    const Oop second = w.bytes(kStringIndex, "second");
    w.endSegment(0);
    const Oop third = w.pointers(kArrayIndex, 2, {second, image.nil});
    image.setSpecial(SpecialObject::kTheDisplay, third);
    w.setSlot(third, 1, image.trueObject);
    const ObjectGraph graph = read(image.file());
    const std::span<const Value> slots = graph.slots(probeId(graph, 14));
    REQUIRE(slots.size() == 2);
    CHECK(bytesOf(graph, slots[0].objectId()).size() == 6);
    CHECK(slots[1] == Value::object(kTrue));
  }
}

TEST_CASE("the slots of a Context above its stack pointer are nil") {
  TinyImage image;
  SpurImageWriter& w = image.writer;
  const Oop dangling = 0xDEADBEE8;
  const Oop context =
      w.pointers(kContextIndex, 3,
                 {image.nil, w.smallInteger(30), w.smallInteger(1), image.nil, image.nil,
                  image.trueObject, w.smallInteger(7), dangling, dangling});
  image.setSpecial(SpecialObject::kTheDisplay, context);
  const ObjectGraph graph = read(image.file());
  const std::span<const Value> slots = graph.slots(probeId(graph, 14));
  REQUIRE(slots.size() == 9);
  CHECK(slots[6] == Value::smallInteger(7));
  CHECK(slots[7].isNil());
  CHECK(slots[8].isNil());
}

TEST_CASE("Floats become little-endian doubles whatever the order of their words") {
  for (const Variant& variant : kVariants) {
    for (const bool lowWordFirst : {true, false}) {
      SpurImageWriter::Options options = optionsFor(variant);
      options.flags = lowWordFirst ? 2 : 0;
      TinyImage image(options);
      const auto bits = std::bit_cast<uint64_t>(-12.75);
      std::vector<uint32_t> words = {static_cast<uint32_t>(bits),
                                     static_cast<uint32_t>(bits >> 32)};
      if (!lowWordFirst) std::swap(words[0], words[1]);
      image.setSpecial(SpecialObject::kTheDisplay,
                       image.writer.units<uint32_t>(kFloatIndex, 10, words));
      const ObjectGraph graph = read(image.file());
      double value = 0;
      std::memcpy(&value, graph.bytes(probeId(graph, 14)).data(), sizeof value);
      CHECK(value == -12.75);
    }
  }
}

TEST_CASE("a header behind a script line, and the numbers with two bytecode sets") {
  SpurImageWriter::Options options;
  options.scriptLine = 512;
  options.formatNumber = 7033;
  CHECK(read(TinyImage(options).file()).header().fileOffset == 512);
  options.wordSize = 8;
  options.formatNumber = 68533;
  CHECK(read(TinyImage(options).file()).header().wordSize == 8);
}

TEST_CASE("literals and bytes of CompiledMethods") {
  for (const Variant& variant : kVariants) {
    TinyImage image(optionsFor(variant));
    SpurImageWriter& w = image.writer;
    const std::vector<uint8_t> code = {0x70, 0x7C, 0, 0, 0, 0};
    const Oop method =
        w.method(kCompiledMethodIndex, 2, {image.trueObject, w.smallInteger(5)}, code);
    image.setSpecial(SpecialObject::kTheDisplay, method);
    const ObjectGraph graph = read(image.file());
    const ObjectId id = probeId(graph, 14);
    CHECK(graph.object(id).format == Format::kCompiledMethod);
    REQUIRE(graph.slots(id).size() == 3);
    CHECK(graph.slots(id)[0] == Value::smallInteger(2));
    CHECK(graph.slots(id)[1] == Value::object(kTrue));
    CHECK(bytesOf(graph, id) == code);
  }
}

}  // namespace
}  // namespace stwasm::image::testing
