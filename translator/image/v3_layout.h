// The object format before Spur ("V3") as numbers: the one to three words of an object's header,
// compact classes, the format word of a class. No state, no errors.
#pragma once

#include <array>
#include <cstdint>

namespace stwasm::image::v3 {

inline constexpr uint32_t kWordSize = 4;  // objects start at multiples of it

// The low two bits of each word of a header.
inline constexpr uint32_t kHeaderTypeMask = 3;
inline constexpr uint32_t kThreeWordHeader = 0;  // size, class, base
inline constexpr uint32_t kTwoWordHeader = 1;    // class, base
inline constexpr uint32_t kFreeChunk = 2;
inline constexpr uint32_t kOneWordHeader = 3;  // base, with the index of a compact class

// Object formats: the first of each family; the low bits of the last two tell unused bytes.
inline constexpr uint32_t kNoFields = 0;
inline constexpr uint32_t kFixedSlots = 1;
inline constexpr uint32_t kArray = 2;
inline constexpr uint32_t kFixedAndIndexed = 3;
inline constexpr uint32_t kWeakArray = 4;
inline constexpr uint32_t kWords32 = 6;
inline constexpr uint32_t kBytes8 = 8;
inline constexpr uint32_t kCompiledMethod = 12;

inline constexpr uint32_t kMaxHash = 4095;

// The word that object pointers point to, most significant bit first: 2 (marked, root), 1, 12
// identity hash, 5 compact class index, 4 format, 6 size in words, 2 header type.
class BaseHeader {
 public:
  BaseHeader() = default;
  explicit BaseHeader(uint32_t bits) : bits_(bits) {}

  uint32_t type() const { return bits_ & kHeaderTypeMask; }
  uint32_t byteSize() const { return bits_ & 0xFC; }  // this word included
  uint32_t format() const { return bits_ >> 8 & 15; }
  uint32_t compactClassIndex() const { return bits_ >> 12 & 31; }
  uint32_t identityHash() const { return bits_ >> 17 & kMaxHash; }

 private:
  uint32_t bits_ = 0;
};

// Of a free chunk and of the first word of three.
constexpr uint32_t longSize(uint32_t word) { return word & 0xFFFFFFFC; }
constexpr uint32_t freeChunkSize(uint32_t word) { return word & 0x1FFFFFFC; }

// A method header's literal count; the primitive's number is split.
constexpr uint32_t literalCount(int64_t header) {
  return static_cast<uint32_t>(header >> 9 & 0xFF);
}
constexpr uint32_t primitiveNumber(int64_t header) {
  return static_cast<uint32_t>((header & 0x1FF) | (header >> 19 & 0x200));
}

// A class's format word says what the headers of its instances say.
constexpr uint32_t instanceSize(int64_t formatWord) {
  return static_cast<uint32_t>((formatWord >> 10 & 0xC0) | (formatWord >> 1 & 0x3F));
}
constexpr uint32_t instanceFormat(int64_t formatWord) {
  return static_cast<uint32_t>(formatWord >> 7 & 15);
}

// The class table that the reader makes up: a class stands at kFirstClassIndex plus its identity
// hash, or, where that place is taken, at the lowest free index.
inline constexpr uint32_t kFirstClassIndex = 4096;
inline constexpr uint32_t kMaxClasses = 8192;

inline constexpr uint32_t kContextNamedSlots = 6;
inline constexpr uint32_t kContextStackPointerSlot = 2;

}  // namespace stwasm::image::v3
