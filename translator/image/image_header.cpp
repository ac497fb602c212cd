// The image file's header: see image_header.h.
#include "translator/image/image_header.h"

#include <algorithm>
#include <array>
#include <optional>

#include "translator/image/byte_order.h"

namespace stwasm::image {

namespace {

constexpr uint32_t kScriptHeaderSize = 512;

constexpr std::array<uint32_t, 2> kSpurFormats = {6521, 68021};
constexpr std::array<uint32_t, 3> kV3Formats = {6502, 6504, 6505};
constexpr std::array<uint32_t, 3> kWideV3Formats = {68000, 68002, 68003};
constexpr const char* kSupported =
    "supported are 6502, 6504 and 6505 (before Spur, 32 bits), 6521 and 7033 (Spur, 32 bits), "
    "68021 and 68533 (Spur, 64 bits)";

bool isSpurFormat(uint32_t number) {
  return std::ranges::find(kSpurFormats, number & ~kMultipleBytecodeSets) != kSpurFormats.end();
}

bool isV3Format(uint32_t number) {
  return std::ranges::find(kV3Formats, number) != kV3Formats.end();
}

bool isWideV3Format(uint32_t number) {
  return std::ranges::find(kWideV3Formats, number) != kWideV3Formats.end();
}

// A number that the format numbering would allow but nobody has told us about.
bool isLikelyFormat(uint32_t number) {
  return (number >= 6500 && number < 7100) || (number >= 68000 && number < 69000);
}

struct Start {
  uint32_t formatNumber;
  uint32_t fileOffset;
  bool bigEndian;
};

template <class Accepts>
std::optional<Start> findStart(std::span<const uint8_t> file, Accepts accepts) {
  for (uint32_t offset : {uint32_t{0}, kScriptHeaderSize}) {
    if (file.size() < offset + sizeof(uint32_t)) break;
    for (bool bigEndian : {false, true}) {
      const uint32_t number = load<uint32_t>(file.data() + offset, bigEndian);
      if (accepts(number)) return Start{number, offset, bigEndian};
    }
  }
  return std::nullopt;
}

Status noImage(std::span<const uint8_t> file) {
  if (file.empty()) return fail("the file is empty, not a Smalltalk image");
  if (file.size() < sizeof(uint32_t)) {
    return fail("not a Smalltalk image: {} bytes are too few for a format number", file.size());
  }
  if (std::optional<Start> start = findStart(file, isLikelyFormat)) {
    return fail("unknown image format number {} at byte {}; {}", start->formatNumber,
                start->fileOffset, kSupported);
  }
  return fail(
      "not a Smalltalk image: neither byte 0 nor byte 512 holds a format number (byte 0 holds "
      "{} in little-endian order, {} in big-endian order)",
      load<uint32_t>(file.data(), false), load<uint32_t>(file.data(), true));
}

// Reads the header's fields one after the other.
class FieldReader {
 public:
  FieldReader(const uint8_t* bytes, uint32_t wordSize, bool bigEndian)
      : bytes_(bytes), wordSize_(wordSize), bigEndian_(bigEndian) {}

  uint32_t nextShort() { return next<uint16_t>(); }
  uint32_t next32() { return next<uint32_t>(); }
  uint64_t nextWord() { return wordSize_ == 8 ? next<uint64_t>() : next<uint32_t>(); }

 private:
  template <class T>
  T next() {
    const T value = load<T>(bytes_, bigEndian_);
    bytes_ += sizeof(T);
    return value;
  }

  const uint8_t* bytes_;
  uint32_t wordSize_;
  bool bigEndian_;
};

void readFields(const uint8_t* bytes, ImageHeader& header) {
  FieldReader fields(bytes, header.wordSize, header.bigEndian);
  header.formatNumber = fields.next32();
  header.headerSize = fields.next32();
  header.dataSize = fields.nextWord();
  header.oldBaseAddress = fields.nextWord();
  header.specialObjectsOop = fields.nextWord();
  header.lastHash = fields.nextWord();
  header.savedWindowSize = fields.nextWord();
  header.flags = fields.nextWord();
  header.extraVmMemory = fields.next32();
  header.stackPageCount = fields.nextShort();
  header.cogCodeSize = fields.nextShort() * 1024;
  header.edenBytes = fields.next32();
  header.maxExternalSemaphores = fields.nextShort();
  fields.nextShort();
  header.firstSegmentSize = fields.nextWord();
  header.freeOldSpace = fields.nextWord();
}

Status checkSizes(const ImageHeader& header, uint64_t fileSize) {
  const uint32_t least = header.wordSize * 16;
  const uint64_t sizeAt = header.fileOffset + 4;
  if (header.headerSize < least) {
    return fail("the image header says at byte {} that it has {} bytes, fewer than {}", sizeAt,
                header.headerSize, least);
  }
  if (heapFileOffset(header) > fileSize) {
    return fail(
        "truncated image: the header says at byte {} that it has {} bytes, the file ends at "
        "byte {}",
        sizeAt, header.headerSize, fileSize);
  }
  if (header.dataSize > fileSize - heapFileOffset(header)) {
    return fail(
        "truncated image: the header at byte {} promises {} bytes of objects from byte {} "
        "on, the file ends at byte {}",
        header.fileOffset + 8, header.dataSize, heapFileOffset(header), fileSize);
  }
  return Status::success();
}

}  // namespace

Result<ImageHeader> readImageHeader(std::span<const uint8_t> file) {
  const auto isKnown = [](uint32_t number) {
    return isSpurFormat(number) || isV3Format(number) || isWideV3Format(number);
  };
  const std::optional<Start> start = findStart(file, isKnown);
  if (!start) return noImage(file);
  if (isWideV3Format(start->formatNumber)) {
    return fail("image format {} (before Spur, 64 bits) is not supported; {}", start->formatNumber,
                kSupported);
  }
  ImageHeader header;
  header.bigEndian = start->bigEndian;
  header.fileOffset = start->fileOffset;
  header.wordSize = start->formatNumber >= 68000 ? 8 : 4;
  if (file.size() - header.fileOffset < header.wordSize * 16) {
    return fail(
        "truncated image: the header of format {} takes {} bytes from byte {} on, the file "
        "ends at byte {}",
        start->formatNumber, header.wordSize * 16, header.fileOffset, file.size());
  }
  readFields(file.data() + header.fileOffset, header);
  if (Status status = checkSizes(header, file.size())) return status;
  return header;
}

}  // namespace stwasm::image
