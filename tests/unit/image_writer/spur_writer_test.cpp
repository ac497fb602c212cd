// Writing Spur images: what was read, written and read again is the same graph, in each word size
// and byte order; what the format asks for besides the objects stands where it asks for it.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/tiny_image.h"
#include "tests/unit/image_writer/graphs.h"
#include "translator/image/byte_order.h"
#include "translator/image/image_reader.h"
#include "translator/image_writer/image_writer.h"

namespace stwasm::image_writer::testing {
namespace {

using image::ImageHeader;
using image::kNil;
using image::Object;
using image::ObjectGraph;
using image::ObjectGraphBuilder;
using image::ObjectId;
using image::SpecialObject;
using image::Value;
using image::testing::Oop;
using image::testing::SpurImageWriter;
using image::testing::TinyImage;

struct Variant {
  uint32_t wordSize;
  bool bigEndian;
};
constexpr Variant kVariants[] = {{4, false}, {4, true}, {8, false}, {8, true}};

ObjectGraph read(const std::vector<uint8_t>& file) {
  Result<ObjectGraph> graph = image::readImageBytes(file, "written.image");
  if (!graph) {
    FAIL(render(graph.takeError()));
    return ObjectGraphBuilder("").take();
  }
  return std::move(*graph);
}

std::vector<uint8_t> write(const ObjectGraph& graph, const ImageHeader& header) {
  Result<std::vector<uint8_t>> file = writeImage(graph, header);
  if (!file) {
    FAIL(render(file.takeError()));
    return {};
  }
  return std::move(*file);
}

// One object of every format, with bodies that end anywhere in a word, and of every header field.
std::vector<uint8_t> variedImage(const Variant& variant, bool lowFloatWordFirst) {
  using image::testing::kArrayIndex;
  using image::testing::kBitmapIndex;
  using image::testing::kStringIndex;
  SpurImageWriter::Options options;
  options.wordSize = variant.wordSize;
  options.bigEndian = variant.bigEndian;
  options.flags = lowFloatWordFirst ? 2 : 0;
  TinyImage image(options);
  SpurImageWriter& w = image.writer;
  std::vector<Oop> found;
  for (size_t size = 0; size < 10; ++size) {
    found.push_back(w.bytes(kStringIndex, std::string(size, 'x')));
    found.push_back(w.units<uint16_t>(kBitmapIndex, 12, std::vector<uint16_t>(size, 0x1234)));
    found.push_back(w.units<uint32_t>(kBitmapIndex, 10, std::vector<uint32_t>(size, 0x12345678)));
    found.push_back(w.units<uint64_t>(kBitmapIndex, 9, std::vector<uint64_t>(size, 0x1234567890)));
    found.push_back(w.method(image::testing::kCompiledMethodIndex, 1, {image.trueObject},
                             std::vector<uint8_t>(size + 1, 0x7C)));
  }
  for (const size_t size : {0U, 1U, 254U, 255U, 70000U}) {
    const std::vector<Oop> slots(size, w.smallInteger(-7));
    found.push_back(w.pointers(kArrayIndex, 2, slots));
    found.push_back(w.pointers(kArrayIndex, 4, slots));
    found.push_back(w.pointers(image::testing::kMethodDictionaryIndex, 3, slots));
  }
  w.setNextHash(0x2ABCDE);
  found.push_back(
      w.pointers(image::testing::kAssociationIndex, 1, {w.character(0x1F600), image.nil}));
  w.setNextFlags(uint64_t{1} << 23);
  found.push_back(w.pointers(image::testing::kAssociationIndex, 5, {image.nil, image.nil}));
  w.setNextFlags(uint64_t{1} << 30);
  found.push_back(w.units<uint32_t>(image::testing::kFloatIndex, 10,
                                    std::vector<uint32_t>{0x11111111, 0x22222222}));
  if (variant.wordSize == 8) found.push_back(0x7F0000000000000C);  // the immediate -1.0
  image.setSpecial(SpecialObject::kTheDisplay, w.pointers(kArrayIndex, 2, found));
  return image.file();
}

TEST_CASE("what was written reads as the same graph") {
  for (const Variant& variant : kVariants) {
    for (const bool lowFloatWordFirst : {true, false}) {
      const ObjectGraph graph = read(variedImage(variant, lowFloatWordFirst));
      const ObjectGraph again = read(write(graph, graph.header()));
      CHECK(difference(graph, again) == "");
      CHECK(sameSettings(graph.header(), again.header()));
    }
  }
}

TEST_CASE("the other byte order holds the same graph") {
  for (const Variant& variant : kVariants) {
    const ObjectGraph graph = read(variedImage(variant, true));
    ImageHeader header = graph.header();
    header.bigEndian = !header.bigEndian;
    header.flags ^= 2;  // the order of a Float's words
    const ObjectGraph again = read(write(graph, header));
    CHECK(again.header().bigEndian != graph.header().bigEndian);
    CHECK(difference(graph, again) == "");
  }
}

// The words of a written heap, by their position.
class Words {
 public:
  Words(const std::vector<uint8_t>& file, const Variant& variant)
      : file_(file), variant_(variant) {}

  uint64_t word(size_t offset) const {
    const uint8_t* at = file_.data() + offset;
    if (variant_.wordSize == 8) return image::load<uint64_t>(at, variant_.bigEndian);
    return image::load<uint32_t>(at, variant_.bigEndian);
  }
  // A header: on 32 bits the lower word stands first in either byte order.
  uint64_t header(size_t offset) const {
    if (variant_.wordSize == 8) return word(offset);
    return word(offset) | word(offset + 4) << 32;
  }

 private:
  const std::vector<uint8_t>& file_;
  Variant variant_;
};

// How many entities of a heap of one segment have this class index.
size_t countOf(uint32_t classIndex, const std::vector<uint8_t>& file, const Variant& variant) {
  constexpr uint64_t kOverflow = 255;
  const Words words(file, variant);
  size_t count = 0;
  size_t at = 16 * variant.wordSize;
  while (at < file.size() - 16) {  // the bridge
    uint64_t slots = words.header(at) >> 56;
    if (slots == kOverflow) {
      slots = words.header(at) & 0xFFFFFFFF;
      at += 8;
    }
    if ((words.header(at) & 0x3FFFFF) == classIndex) ++count;
    at += 8 + std::max<uint64_t>((slots * variant.wordSize + 7) / 8, 1) * 8;
  }
  return count;
}

TEST_CASE("free chunks and forwarders make no difference to the graph") {
  for (const Variant& variant : kVariants) {
    const ObjectGraph graph = read(variedImage(variant, true));
    for (const uint64_t segmentBytes : {uint64_t{0}, uint64_t{2000}}) {
      const std::vector<uint8_t> file =
          llvm::cantFail(writeImage(graph, graph.header(), {segmentBytes, true}));
      CHECK(difference(graph, read(file)) == "");
      if (segmentBytes != 0) continue;
      CHECK(countOf(8, file, variant) > graph.objectCount() / 10);
      CHECK(countOf(0, file, variant) > graph.objectCount() / 10);
      const std::vector<uint8_t> compact = write(graph, graph.header());
      CHECK(countOf(8, compact, variant) == 0);
      CHECK(countOf(0, compact, variant) == 0);
    }
  }
}

TEST_CASE("nil, false, true, the free lists, the hidden roots and two pages come first") {
  for (const Variant& variant : kVariants) {
    const std::vector<uint8_t> file = variedImage(variant, true);
    const ObjectGraph graph = read(file);
    const std::vector<uint8_t> written = write(graph, graph.header());
    const Words words(written, variant);
    const uint64_t word = variant.wordSize;
    const uint64_t base = graph.header().oldBaseAddress;
    const auto overflow = [](uint64_t slots) { return uint64_t{255} << 56 | slots; };
    uint64_t at = 16 * word;
    const auto fields = [&](uint64_t header) {
      return std::pair(header & 0x3FFFFF, header >> 24 & 0x1F);
    };
    for (const uint32_t index : {54U, 55U, 56U}) {
      CHECK(words.header(at) == index);
      at += 16;
    }
    const uint64_t lists = 8 * word;
    CHECK((words.header(at) >> 56) == lists);
    const std::pair<uint64_t, uint64_t> wide(19, 9);
    const std::pair<uint64_t, uint64_t> narrow(18, 10);
    const auto expected = word == 8 ? wide : narrow;
    CHECK(fields(words.header(at)) == expected);
    for (uint64_t i = 0; i < lists; ++i) CHECK(words.word(at + 8 + i * word) == 0);
    at += 8 + lists * word;
    CHECK(words.header(at) == overflow(4104));
    CHECK(fields(words.header(at + 8)) == std::pair<uint64_t, uint64_t>(16, 2));
    const uint64_t roots = at + 16;
    at = roots + 4104 * word;
    for (uint64_t page = 0; page < 2; ++page) {
      CHECK(words.header(at) == overflow(1024));
      CHECK(fields(words.header(at + 8)) == std::pair<uint64_t, uint64_t>(16, 2));
      CHECK(words.word(roots + page * word) == base + at + 8 - 16 * word);
      at += 16 + 1024 * word;
    }
    for (uint64_t i = 2; i < 4104; ++i) CHECK(words.word(roots + i * word) == base);
  }
}

TEST_CASE("the segment ends with a bridge that leads nowhere") {
  for (const Variant& variant : kVariants) {
    const ObjectGraph graph = read(variedImage(variant, true));
    const std::vector<uint8_t> written = write(graph, graph.header());
    const Words words(written, variant);
    const uint64_t format = variant.wordSize == 8 ? 9 : 10;
    const uint64_t bridge = uint64_t{1} << 55 | uint64_t{1} << 30 | format << 24 | 3;
    CHECK(words.header(written.size() - 16) == bridge);
    CHECK(words.header(written.size() - 8) == 0);
    const ImageHeader header = read(written).header();
    CHECK(header.dataSize == written.size() - header.headerSize);
    CHECK(header.firstSegmentSize == header.dataSize);
    CHECK(header.freeOldSpace == 0);
  }
}

// A graph of nil, false, true, the special objects array and the classes that these need.
ObjectGraph smallGraph(uint32_t wordSize, Value extra, uint32_t extraHash = 0) {
  ObjectGraphBuilder builder("small.image");
  ImageHeader header;
  header.wordSize = wordSize;
  header.formatNumber = wordSize == 8 ? 68021 : 6521;
  builder.setHeader(header);
  constexpr uint32_t kClassIndex = 1030;
  Object object;
  object.classId = 3;
  object.classIndex = kClassIndex;
  for (int i = 0; i < 3; ++i) builder.addObject(object);
  object.identityHash = kClassIndex;
  builder.addObject(object);  // the class of all, of itself too
  object.identityHash = extraHash;
  object.format = image::Format::kIndexedPointers;
  const ObjectId array = builder.addObject(object);
  for (ObjectId id = 0; id < 3; ++id) builder.addSlot(Value::object(id));
  builder.addSlot(extra);
  std::vector<ObjectId> table(kClassIndex + 1, kNil);
  table[kClassIndex] = 3;
  builder.setClassTable(table);
  builder.setSpecialObjectsArray(array);
  return builder.take();
}

TEST_CASE("a new memory gets an address and a last hash") {
  for (const uint32_t wordSize : {4U, 8U}) {
    const ObjectGraph graph = smallGraph(wordSize, Value::smallInteger(1));
    const ObjectGraph again = read(write(graph, graph.header()));
    CHECK(difference(graph, again) == "");
    CHECK(again.header().oldBaseAddress > 0);
    CHECK(again.header().lastHash > 0);
  }
}

TEST_CASE("boxed instances of an immediate's class have an index of their own") {
  TinyImage image;
  const Oop both = image.addClass("Both", 4, image.nil, 10 << 16);
  image.setClass(90, both);
  image.setSpecial(SpecialObject::kTheDisplay,
                   image.writer.units<uint32_t>(90, 10, std::vector<uint32_t>(2)));
  const ObjectGraph graph = read(image.file());
  CHECK(difference(graph, read(write(graph, graph.header()))) == "");
}

TEST_CASE("several segments are read as one memory") {
  for (const Variant& variant : kVariants) {
    const ObjectGraph graph = read(variedImage(variant, true));
    WriteOptions options;
    options.segmentBytes = 64;
    Result<std::vector<uint8_t>> file = writeImage(graph, graph.header(), options);
    if (!file) FAIL(render(file.takeError()));
    const ObjectGraph again = read(*file);
    CHECK(again.header().firstSegmentSize < again.header().dataSize);
    CHECK(difference(graph, again) == "");
  }
}

std::string failure(const ObjectGraph& graph) {
  Result<std::vector<uint8_t>> file = writeImage(graph, graph.header());
  return file ? "written" : render(file.takeError());
}

TEST_CASE("what a format cannot hold is refused") {
  const auto reason = [](Value value) { return failure(smallGraph(4, value)); };
  constexpr int64_t kMax = (int64_t{1} << 30) - 1;
  CHECK(reason(Value::smallInteger(kMax)) == "written");
  CHECK(reason(Value::smallInteger(-kMax - 1)) == "written");
  const char* immediate =
      "small.image: object 4 refers to an immediate that has no form in 32 bits";
  CHECK(reason(Value::smallInteger(kMax + 1)) == immediate);
  CHECK(reason(Value::smallInteger(-kMax - 2)) == immediate);
  CHECK(reason(Value::smallFloatFromSpur(0x10)) == immediate);
  CHECK(reason(Value::character(1U << 30)) == immediate);
  CHECK(failure(smallGraph(8, Value::smallInteger(Value::kMaxSmallInteger))) == "written");
  CHECK(failure(smallGraph(8, Value(), 1U << 22)) ==
        "small.image: object 4 has the identity hash 4194304, which takes more than 22 bits");
}

TEST_CASE("a graph that is not whole, or of another word size, is refused") {
  ObjectGraph graph = smallGraph(4, Value());
  ImageHeader header = graph.header();
  header.wordSize = 8;
  header.formatNumber = 68021;
  Result<std::vector<uint8_t>> file = writeImage(graph, header);
  REQUIRE_FALSE(static_cast<bool>(file));
  CHECK(render(file.takeError()) ==
        "small.image: an object memory of 32 bits cannot be written as one of 64 bits");
  CHECK(failure(ObjectGraphBuilder("empty.image").take()).find("format 0 cannot be written") !=
        std::string::npos);

  ObjectGraphBuilder builder("odd.image");
  builder.setHeader(graph.header());
  Object object;
  object.classIndex = 1030;
  for (int i = 0; i < 4; ++i) builder.addObject(object);
  for (ObjectId id = 0; id < 3; ++id) builder.addSlot(Value::object(id));
  builder.setSpecialObjectsArray(3);
  object.classId = 1;
  builder.addObject(object);
  CHECK(failure(builder.take()) ==
        "odd.image: object 4 has the class index 1030, at which its class is not in the class "
        "table");
}

}  // namespace
}  // namespace stwasm::image_writer::testing
