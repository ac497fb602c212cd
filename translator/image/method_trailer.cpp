// Where a CompiledMethod's bytecodes end: see method_trailer.h.
#include "translator/image/method_trailer.h"

#include <algorithm>
#include <string_view>

namespace stwasm::image {

namespace {

constexpr uint8_t kFirstSourcePointerFlag = 252;
constexpr size_t kSourcePointerSize = 4;

size_t trailingZeros(std::span<const uint8_t> bytes) {
  size_t count = 0;
  while (count < kSourcePointerSize && count < bytes.size() &&
         bytes[bytes.size() - 1 - count] == 0) {
    ++count;
  }
  return count;
}

// Flag bytes up to 127 count the bytes before them; up to 251, with one byte more.
size_t lengthByteTrailerSize(std::span<const uint8_t> bytes) {
  const size_t flag = bytes.back();
  if (flag <= 127) return flag + 1;
  return bytes.size() < 2 ? 1 : (flag - 128) * 128 + bytes[bytes.size() - 2] + 2;
}

// Images without closures have long names of temporaries in both ways: the shorter reading leaves
// all bytecodes.
size_t shortestTrailerSize(std::span<const uint8_t> bytes) {
  return std::min<size_t>(lengthByteTrailerSize(bytes), size_t{bytes.back()} + 1);
}

// A big-endian length of `lengthSize` bytes stands, last byte first, before the flag byte.
size_t lengthFieldTrailerSize(std::span<const uint8_t> bytes, size_t lengthSize) {
  size_t length = 0;
  for (size_t i = 0; i < lengthSize && i + 1 < bytes.size(); ++i) {
    length = length << 8 | bytes[bytes.size() - 2 - i];
  }
  return 1 + lengthSize + length;
}

size_t variableLengthPointerSize(std::span<const uint8_t> bytes) {
  size_t size = 2;
  while (size < bytes.size() && bytes[bytes.size() - size] >= 128) ++size;
  return size;
}

// The upper six bits of the flag byte are the kind of trailer.
size_t flagKindTrailerSize(std::span<const uint8_t> bytes) {
  const uint8_t flag = bytes.back();
  switch (flag >> 2) {
    case 4:  // source by selector
      return 1;
    case 8:
      return variableLengthPointerSize(bytes);
    case 1:  // cleared
    case 2:  // names of temporaries, two ways
    case 3:
    case 5:  // source by string identifier
    case 6:  // embedded source, two ways
    case 7:
      return lengthFieldTrailerSize(bytes, size_t{1} + (flag & 3));
    default:
      return 1;
  }
}

}  // namespace

size_t methodTrailerSize(std::span<const uint8_t> bytes, TrailerEncoding encoding) {
  if (bytes.empty()) return 0;
  const uint8_t flag = bytes.back();
  size_t size = 0;
  if (flag == 0) {
    size = trailingZeros(bytes);
  } else if (flag >= kFirstSourcePointerFlag) {
    size = kSourcePointerSize;
  } else if (encoding == TrailerEncoding::kFlagKinds) {
    size = flagKindTrailerSize(bytes);
  } else if (encoding == TrailerEncoding::kShortestLength) {
    size = shortestTrailerSize(bytes);
  } else {
    size = lengthByteTrailerSize(bytes);
  }
  return std::min(size, bytes.size());
}

size_t blockTrailerSize(std::span<const uint8_t> bytes) {
  const size_t zeros = trailingZeros(bytes);
  return zeros == kSourcePointerSize ? zeros : 0;
}

TrailerEncoding detectTrailerEncoding(const ObjectGraph& graph) {
  constexpr std::string_view kClassName = "CompiledMethodTrailer";
  constexpr size_t kFormatSlot = 2;    // a class has a SmallInteger there
  constexpr size_t kLastNameSlot = 6;  // and its name behind it
  for (ObjectId id = 0; id < graph.objectCount(); ++id) {
    const std::span<const Value> slots = graph.slots(id);
    if (graph.object(id).format != Format::kFixed || slots.size() <= kFormatSlot) continue;
    if (!slots[kFormatSlot].isSmallInteger()) continue;
    for (size_t i = kFormatSlot + 1; i < slots.size() && i <= kLastNameSlot; ++i) {
      if (!slots[i].isObject()) continue;
      const std::span<const uint8_t> name = graph.bytes(slots[i].objectId());
      if (std::ranges::equal(name, kClassName)) return TrailerEncoding::kFlagKinds;
    }
  }
  return TrailerEncoding::kLengthByte;
}

}  // namespace stwasm::image
