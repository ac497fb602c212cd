// Writing images from before Spur: headers of one, two and three words, the order of a Float's
// words, and what the format cannot hold. Bytes are held against the format's definition.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "translator/image/byte_order.h"
#include "translator/image/object_graph.h"
#include "translator/image_writer/image_writer.h"

namespace stwasm::image_writer::testing {
namespace {

using image::Format;
using image::ImageHeader;
using image::Object;
using image::ObjectGraphBuilder;
using image::ObjectId;
using image::Value;

constexpr ObjectId kPlainClass = 3;
constexpr ObjectId kCompactClass = 4;
constexpr uint32_t kCompactIndex = 6;
constexpr uint32_t kBase = 0x10000;

// nil, false, true, two classes and what a test adds; the special objects stand behind it all.
class SmallMemory {
 public:
  explicit SmallMemory(uint32_t formatNumber = 6505, bool bigEndian = false)
      : builder_("small.image") {
    ImageHeader header;
    header.formatNumber = formatNumber;
    header.bigEndian = bigEndian;
    header.oldBaseAddress = kBase;
    builder_.setHeader(header);
    for (int i = 0; i < 3; ++i) add(kPlainClass, Format::kFixed);
    addClass(2 << 7);
    addClass(kCompactIndex << 11 | 2 << 7);
  }

  ObjectId add(ObjectId classId, Format format, uint32_t hash = 7) {
    Object object;
    object.classId = classId;
    object.format = format;
    object.identityHash = hash;
    return builder_.addObject(object);
  }
  void addSlots(size_t count, Value value) {
    for (size_t i = 0; i < count; ++i) builder_.addSlot(value);
  }
  void addBytes(const std::vector<uint8_t>& bytes) { builder_.addBytes(bytes); }

  Result<std::vector<uint8_t>> write() {
    const ObjectId special = add(kCompactClass, Format::kIndexedPointers);
    for (ObjectId id = 0; id < 3; ++id) builder_.addSlot(Value::object(id));
    addSlots(6, Value());
    builder_.addSlot(Value::object(kPlainClass));  // of Floats
    builder_.setSpecialObjectsArray(special);
    return writeImage(builder_.take());
  }

 private:
  void addClass(int64_t format) {
    add(kPlainClass, Format::kFixed);
    for (const Value slot : {Value(), Value(), Value::smallInteger(format)}) builder_.addSlot(slot);
  }

  ObjectGraphBuilder builder_;
};

constexpr size_t kHeaderSize = 64;
constexpr size_t kSpecialSize = 4 + 10 * 4;
// Each of the first three has two words of header; the classes have two and three slots.
constexpr size_t kAdded = kHeaderSize + 3 * 8 + 2 * (8 + 12);
constexpr uint32_t kPlainClassOop = kBase + 3 * 8 + 4;

uint32_t wordAt(const std::vector<uint8_t>& file, size_t offset, bool bigEndian = false) {
  return image::load<uint32_t>(file.data() + offset, bigEndian);
}

TEST_CASE("V3: a header of one, two or three words") {
  for (const bool bigEndian : {false, true}) {
    for (const uint32_t slots : {0U, 1U, 62U, 63U, 1000U}) {
      CAPTURE(slots);
      SmallMemory memory(6505, bigEndian);
      memory.add(kCompactClass, Format::kIndexedPointers, 4095);
      memory.addSlots(slots, Value::smallInteger(-3));
      memory.add(kPlainClass, Format::kIndexedPointers, 0);
      memory.addSlots(slots, Value::object(image::kTrue));
      const std::vector<uint8_t> file = llvm::cantFail(memory.write());
      const auto word = [&](size_t offset) { return wordAt(file, offset, bigEndian); };
      const uint32_t size = 4 + 4 * slots;
      const bool isLong = size > 252;
      const uint32_t common = 4095U << 17 | kCompactIndex << 12 | 2U << 8;
      size_t at = kAdded;
      if (isLong) {
        CHECK(word(at) == size);
        CHECK(word(at + 4) == kPlainClassOop + 12 + 8);
        at += 8;
      }
      const uint32_t ofCompact = common | (isLong ? 0 : size | 3);
      CHECK(word(at) == ofCompact);
      if (slots > 0) CHECK(word(at + 4) == 0xFFFFFFFB);
      at += size;
      if (isLong) CHECK(word(at) == size);
      if (isLong) at += 4;
      const uint32_t classWord = kPlainClassOop | (isLong ? 0 : 1);
      CHECK(word(at) == classWord);
      const uint32_t ofPlain = 2U << 8 | (isLong ? 0 : size | 1);
      CHECK(word(at + 4) == ofPlain);
      if (slots > 0) CHECK(word(at + 8) == kBase + 2 * 8 + 4);
      CHECK(file.size() == at + 4 + size + kSpecialSize);
      CHECK(word(16) == kBase + file.size() - kHeaderSize - kSpecialSize);
      CHECK(word(8) == file.size() - kHeaderSize);
    }
  }
}

TEST_CASE("V3: the format tells how many bytes of the last word are unused") {
  for (uint32_t size = 0; size < 6; ++size) {
    SmallMemory memory;
    memory.add(kCompactClass, Format::kBytes8);
    memory.addBytes(std::vector<uint8_t>(size, 0xAB));
    const std::vector<uint8_t> file = llvm::cantFail(memory.write());
    const uint32_t header = wordAt(file, kAdded);
    CHECK((header >> 8 & 15) == 8 + (4 - size % 4) % 4);
    CHECK((header & 0xFC) == 4 + (size + 3) / 4 * 4);
  }
}

TEST_CASE("V3: which word of a Float comes first") {
  const std::vector<uint8_t> bytes = {1, 2, 3, 4, 5, 6, 7, 8};
  const auto written = [&](uint32_t formatNumber, bool bigEndian) {
    SmallMemory memory(formatNumber, bigEndian);
    memory.add(kPlainClass, Format::kWords32);
    memory.addBytes(bytes);
    const std::vector<uint8_t> file = llvm::cantFail(memory.write());
    const auto body = file.begin() + kAdded + 8;
    return std::vector<uint8_t>(body, body + 8);
  };
  const std::vector<uint8_t> exchanged = {5, 6, 7, 8, 1, 2, 3, 4};
  const std::vector<uint8_t> reversed = {8, 7, 6, 5, 4, 3, 2, 1};
  CHECK(written(6505, false) == bytes);
  CHECK(written(6504, false) == exchanged);
  CHECK(written(6502, false) == exchanged);
  CHECK(written(6505, true) == reversed);
}

TEST_CASE("V3: what the format cannot hold is refused") {
  const auto isWritten = [](Format format, Value slot) {
    SmallMemory memory;
    memory.add(kPlainClass, format);
    if (image::unitSize(format) == 0) memory.addSlots(1, slot);
    Result<std::vector<uint8_t>> file = memory.write();
    if (file) return true;
    CHECK(render(file.takeError()).find("small.image: object 5 ") == 0);
    return false;
  };
  constexpr int64_t kMax = (int64_t{1} << 30) - 1;
  CHECK(isWritten(Format::kFixed, Value::smallInteger(-kMax - 1)));
  CHECK(isWritten(Format::kFixed, Value::smallInteger(kMax)));
  CHECK_FALSE(isWritten(Format::kFixed, Value::smallInteger(kMax + 1)));
  CHECK_FALSE(isWritten(Format::kFixed, Value::character('a')));
  for (const Format format : {Format::kEphemeron, Format::kWords64, Format::kShorts16}) {
    CHECK_FALSE(isWritten(format, Value()));
  }
  SmallMemory memory;
  memory.add(kPlainClass, Format::kFixed, 4096);
  CHECK(render(memory.write().takeError()) ==
        "small.image: object 5 has the identity hash 4096, which takes more than 12 bits");
}

}  // namespace
}  // namespace stwasm::image_writer::testing
