// Broken images: each gives one diagnostic that names the file, what is wrong, and where.
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/tiny_image.h"
#include "translator/image/image_reader.h"

namespace stwasm::image::testing {
namespace {

std::string failureOf(const std::vector<uint8_t>& file) {
  Result<ObjectGraph> graph = readImageBytes(file, "broken.image");
  return graph ? "no failure" : render(graph.takeError());
}

bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("'" << text << "' does not contain '" << part << "'");
  return found;
}

// The failure of a tiny image after `change`, which may add objects and return some to be looked
// for: "@" in `expected` is replaced by the file offset of the object that `change` returns.
void checkFailure(const std::string& expected, const std::function<Oop(TinyImage&)>& change,
                  uint32_t wordSize = 4) {
  SpurImageWriter::Options options;
  options.wordSize = wordSize;
  TinyImage image(options);
  const Oop culprit = change(image);
  std::string text = "broken.image: " + expected;
  if (const size_t at = text.find('@'); at != std::string::npos) {
    text.replace(at, 1, std::to_string(image.writer.fileOffset(culprit)));
  }
  const std::string failure = failureOf(image.file());
  CHECK(contains(failure, text));
}

std::vector<uint8_t> patched(uint32_t offset, uint32_t value) {
  std::vector<uint8_t> file = TinyImage().file();
  for (uint32_t i = 0; i < 4; ++i) file[offset + i] = static_cast<uint8_t>(value >> (8 * i));
  return file;
}

TEST_CASE("files that are no images") {
  CHECK(contains(failureOf({}), "broken.image: the file is empty"));
  CHECK(contains(failureOf({1, 2}), "not a Smalltalk image: 2 bytes"));
  const std::string text = "#!/bin/sh\necho no image\n";
  CHECK(contains(failureOf({text.begin(), text.end()}), "not a Smalltalk image"));
  CHECK(contains(failureOf(std::vector<uint8_t>(2000)), "not a Smalltalk image"));
}

TEST_CASE("a missing file") {
  Result<ObjectGraph> graph = readImage("/nonexistent/none.image");
  REQUIRE_FALSE(static_cast<bool>(graph));
  CHECK(contains(render(graph.takeError()), "/nonexistent/none.image"));
}

TEST_CASE("formats that are unknown or not supported") {
  CHECK(contains(failureOf(patched(0, 6599)), "unknown image format number 6599 at byte 0"));
  CHECK(contains(failureOf(patched(0, 6599)), "6521"));
  for (const uint32_t number : {68000u, 68002u, 68003u}) {
    CHECK(contains(failureOf(patched(0, number)), "(before Spur, 64 bits) is not supported"));
  }
}

TEST_CASE("truncated images") {
  const std::vector<uint8_t> whole = TinyImage().file();
  for (size_t size = 4; size < whole.size(); size += size < 100 ? 1 : 97) {
    const std::string failure = failureOf({whole.begin(), whole.begin() + static_cast<long>(size)});
    CHECK(contains(failure, "broken.image: truncated image: "));
  }
  CHECK(failureOf(whole) == "no failure");
}

TEST_CASE("header fields that cannot be") {
  CHECK(
      contains(failureOf(patched(4, 10)), "the image header says at byte 4 that it has 10 bytes"));
  CHECK(contains(failureOf(patched(4, 0xFFFFFFFF)), "truncated image"));
  CHECK(contains(failureOf(patched(8, 0xFFFFFFFF)), "truncated image"));
  CHECK(contains(failureOf(patched(8, 64)), "heap segment 1 at byte 64"));
  CHECK(contains(failureOf(patched(12, 4)), "base address 0x4 is not a multiple of 8"));
  CHECK(contains(failureOf(patched(12, 0xFFFFFFF8)), "beyond the address space"));
  CHECK(contains(failureOf(patched(16, 0x10001)), "0x10001 at byte 16"));
  CHECK(contains(failureOf(patched(16, 8)), "0x8 at byte 16 points to outside the heap"));
  CHECK(contains(failureOf(patched(16, 0x10000)), "is no array"));
  CHECK(contains(failureOf(patched(48, 0)), "heap segment 1 at byte 64 has a size of 0 bytes"));
  CHECK(contains(failureOf(patched(48, 0xFFFFFFF8)), "heap segment 1"));
}

TEST_CASE("object pointers that lead nowhere") {
  const auto pointTo = [](uint64_t oop) {
    return [oop](TinyImage& image) {
      image.setSpecial(SpecialObject::kTheDisplay, oop);
      return image.specialObjects;
    };
  };
  checkFailure("the object pointer 0x8 at byte ", pointTo(8));
  checkFailure("the object pointer 0x7ffffff8 at byte ", pointTo(0x7FFFFFF8));
  checkFailure("the object pointer 0x10004 at byte ", pointTo(0x10004));
  checkFailure("the word 0x3 at byte ", pointTo(3), 8);
  checkFailure("the word 0x800000000a at byte ", pointTo(0x800000000A), 8);
  checkFailure("the object pointer 0x10008 at byte ", pointTo(0x10008));
}

TEST_CASE("what an object pointer may not point to") {
  checkFailure("the object pointer ", [](TinyImage& image) {
    image.setSpecial(SpecialObject::kTheDisplay, image.classPage);
    return image.classPage;
  });
  checkFailure("the object pointer ", [](TinyImage& image) {
    const Oop forwarder = image.writer.pointers(8, 7, {image.nil});
    image.writer.setSlot(forwarder, 0, forwarder);
    image.setSpecial(SpecialObject::kTheDisplay, forwarder);
    return forwarder;
  });
}

TEST_CASE("objects that cannot be") {
  checkFailure("the object at byte @ has the class index 99, at which there is no class",
               [](TinyImage& image) { return image.writer.pointers(99, 1, {image.nil}); });
  checkFailure("the object at byte @ has the class index 4194303, at which there is no class",
               [](TinyImage& image) { return image.writer.pointers(0x3FFFFF, 1, {image.nil}); });
  checkFailure("the object at byte @ has the class index 5, which is reserved",
               [](TinyImage& image) { return image.writer.pointers(5, 1, {image.nil}); });
  for (const uint32_t format : {6u, 7u, 8u}) {
    checkFailure("the object at byte @ has the unknown format", [&](TinyImage& image) {
      return image.writer.pointers(kArrayIndex, format, {image.nil});
    });
  }
  checkFailure("the object at byte @ has 0 slots of which 3 units of 1 bytes are unused",
               [](TinyImage& image) { return image.writer.pointers(kStringIndex, 19, {}); });
  checkFailure("the object at byte @ has 2 slots of which 4 units of 1 bytes are unused",
               [](TinyImage& image) {
                 return image.writer.pointers(kStringIndex, 20, {image.nil, image.nil});
               });
  checkFailure(
      "the object at byte @ has 1 slots of which 1 units of 4 bytes are unused",
      [](TinyImage& image) { return image.writer.pointers(kBitmapIndex, 11, {image.nil}); });
}

TEST_CASE("CompiledMethods that cannot be") {
  checkFailure("the CompiledMethod at byte @ has no method header", [](TinyImage& image) {
    return image.writer.pointers(kCompiledMethodIndex, 24, {image.nil});
  });
  checkFailure("the CompiledMethod at byte @ has no method header", [](TinyImage& image) {
    return image.writer.pointers(kCompiledMethodIndex, 24, {});
  });
  checkFailure("the CompiledMethod at byte @ has 9 literals by its header but only 8 bytes",
               [](TinyImage& image) {
                 return image.writer.pointers(kCompiledMethodIndex, 24,
                                              {image.writer.smallInteger(9), image.nil});
               });
}

TEST_CASE("an object that runs over the end of the heap") {
  TinyImage image;
  const Oop last = image.writer.pointers(kArrayIndex, 2, {image.nil, image.nil});
  const uint64_t offset = image.writer.fileOffset(last);
  std::vector<uint8_t> file = image.file();
  file[offset + 7] = 200;
  CHECK(contains(failureOf(file), "the object at byte " + std::to_string(offset) +
                                      " has 200 slots and runs over the end"));
  file[offset + 7] = 255;  // now its first word is a slot count
  CHECK(contains(failureOf(file), "the object at byte "));
}

TEST_CASE("a class table that is none") {
  TinyImage whole;
  const uint64_t offset = whole.writer.fileOffset(whole.hiddenRoots);
  std::vector<uint8_t> file = whole.file();
  file[offset] = 17;  // its class index
  CHECK(contains(failureOf(file), "no class table: the object at byte " + std::to_string(offset)));
  checkFailure("the object at byte 64 has the class index 54, at which there is no class",
               [](TinyImage& image) {
                 image.writer.setSlot(image.hiddenRoots, 0, image.nil);
                 return image.nil;
               });
  checkFailure("page 0 of the class table at byte @ is no array of 1024", [](TinyImage& image) {
    image.writer.setSlot(image.hiddenRoots, 0, image.specialObjects);
    return image.specialObjects;
  });
  checkFailure("the class table's entry 70 at byte ", [](TinyImage& image) {
    image.setClass(70, image.writer.smallInteger(1));
    return image.classPage;
  });
  checkFailure("the object pointer ", [](TinyImage& image) {
    image.setClass(70, 0x10008);
    return image.classPage;
  });
}

TEST_CASE("a special objects array without nil, false and true") {
  checkFailure("the special objects array at byte @ does not begin with", [](TinyImage& image) {
    image.setSpecial(SpecialObject::kTrueObject, image.falseObject);
    return image.specialObjects;
  });
}

}  // namespace
}  // namespace stwasm::image::testing
