// Spur's object format as numbers: the fields of an object's header, the reserved class indices,
// the size of a body, for either word size and byte order. No state, no errors.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "translator/image/byte_order.h"

namespace stwasm::image::spur {

inline constexpr uint32_t kAllocationUnit = 8;  // objects start at multiples of it
inline constexpr uint32_t kHeaderSize = 8;
// A segment ends with a bridge: the distance to the next segment, and that segment's size.
inline constexpr uint32_t kBridgeSize = 16;

inline constexpr uint32_t kClassTablePages = 4096;
inline constexpr uint32_t kClassTablePageSize = 1024;
// The VM's first page holds the classes it knows; it enters new ones from the second page on.
inline constexpr uint32_t kLeastClassTablePages = 2;
// Behind the pages the hidden roots have the VM's own stacks; nil where it has made none.
inline constexpr uint32_t kHiddenRootSlots = kClassTablePages + 8;

// Class indices that no class has.
inline constexpr uint32_t kFreeChunkIndex = 0;
inline constexpr uint32_t kBridgeIndex = 3;
inline constexpr uint32_t kForwarderIndex = 8;
inline constexpr uint32_t kFirstHiddenIndex = 16;  // the VM's own: class table, free lists, stacks
inline constexpr uint32_t kHiddenArrayIndex = 16;
inline constexpr uint32_t kHiddenWords32Index = 18;
inline constexpr uint32_t kHiddenWords64Index = 19;
inline constexpr uint32_t kFirstClassIndex = 32;

// The class index of Context is fixed, so that the VM knows where a Context's contents end.
inline constexpr uint32_t kContextClassIndex = 36;
inline constexpr uint32_t kContextStackPointerSlot = 2;
inline constexpr uint32_t kContextNamedSlots = 6;

// Object formats: the first of each family; the low bits tell unused units at the end.
inline constexpr uint32_t kZeroSized = 0;
inline constexpr uint32_t kFixedSlots = 1;
inline constexpr uint32_t kArray = 2;
inline constexpr uint32_t kFixedAndIndexed = 3;
inline constexpr uint32_t kWeakArray = 4;
inline constexpr uint32_t kEphemeron = 5;
inline constexpr uint32_t kLastPointerFormat = 5;
inline constexpr uint32_t kForwarderFormat = 7;
inline constexpr uint32_t kImmediateSpec = 7;  // in classes only: instances are immediates
inline constexpr uint32_t kWords64 = 9;
inline constexpr uint32_t kWords32 = 10;
inline constexpr uint32_t kShorts16 = 12;
inline constexpr uint32_t kBytes8 = 16;
inline constexpr uint32_t kCompiledMethod = 24;

inline constexpr uint32_t kMaxIdentityHash = 0x3FFFFF;

// The 64 bits before an object's body, most significant first: 8 slot count, 2 (marked), 22
// identity hash, 3 (grey, pinned, remembered), 5 format, 2 (immutable), 22 class index.
class Header {
 public:
  Header() = default;
  explicit Header(uint64_t bits) : bits_(bits) {}
  // A slot count that does not fit becomes the mark of an overflow.
  static Header make(uint32_t classIndex, uint32_t format, uint32_t identityHash,
                     uint64_t slotCount) {
    return Header(std::min<uint64_t>(slotCount, kOverflow) << 56 | uint64_t{identityHash} << 32 |
                  uint64_t{format} << 24 | classIndex);
  }
  Header withImmutable(bool flag) const { return with(23, flag); }
  Header withPinned(bool flag) const { return with(30, flag); }
  Header withMarked(bool flag) const { return with(55, flag); }

  uint64_t bits() const { return bits_; }
  uint32_t classIndex() const { return static_cast<uint32_t>(bits_ & 0x3FFFFF); }
  bool isImmutable() const { return (bits_ >> 23 & 1) != 0; }
  uint32_t format() const { return static_cast<uint32_t>(bits_ >> 24 & 0x1F); }
  bool isRemembered() const { return (bits_ >> 29 & 1) != 0; }
  bool isPinned() const { return (bits_ >> 30 & 1) != 0; }
  uint32_t identityHash() const { return static_cast<uint32_t>(bits_ >> 32 & 0x3FFFFF); }
  uint32_t slotCountByte() const { return static_cast<uint32_t>(bits_ >> 56); }
  // The slot count does not fit: the real one stands in the 64 bits before this header.
  bool overflows() const { return slotCountByte() == kOverflow; }

  bool isFreeChunk() const { return classIndex() == kFreeChunkIndex; }
  bool isForwarder() const { return classIndex() == kForwarderIndex; }
  bool isObject() const { return classIndex() >= kFirstClassIndex; }
  bool isHidden() const { return classIndex() >= kFirstHiddenIndex && !isObject(); }

 private:
  static constexpr uint32_t kOverflow = 255;

  Header with(int bit, bool flag) const { return Header(bits_ | uint64_t{flag} << bit); }

  uint64_t bits_ = 0;
};

template <uint32_t kSize, std::endian kOrder>
struct Layout {
  static_assert(kSize == 4 || kSize == 8);
  static constexpr uint32_t kWordSize = kSize;
  static constexpr std::endian kByteOrder = kOrder;

  template <class T>
  static T load(const uint8_t* at) {
    return image::load<T, kOrder>(at);
  }

  // A 32-bit VM writes 64 bits as two of its words, the lower one first.
  static uint64_t load64(const uint8_t* at) {
    if constexpr (kWordSize == 8) {
      return load<uint64_t>(at);
    } else {
      return load<uint32_t>(at) | uint64_t{load<uint32_t>(at + 4)} << 32;
    }
  }
  static uint64_t loadOop(const uint8_t* at) {
    if constexpr (kWordSize == 8) {
      return load<uint64_t>(at);
    } else {
      return load<uint32_t>(at);
    }
  }

  template <class T>
  static void store(uint8_t* at, T value) {
    image::store<T, kOrder>(at, value);
  }
  static void store64(uint8_t* at, uint64_t value) {
    if constexpr (kWordSize == 8) {
      store<uint64_t>(at, value);
    } else {
      store<uint32_t>(at, static_cast<uint32_t>(value));
      store<uint32_t>(at + 4, static_cast<uint32_t>(value >> 32));
    }
  }
  static void storeOop(uint8_t* at, uint64_t oop) {
    if constexpr (kWordSize == 8) {
      store<uint64_t>(at, oop);
    } else {
      store<uint32_t>(at, static_cast<uint32_t>(oop));
    }
  }

  // What precedes a header that overflows, or begins a bridge.
  static uint64_t overflowWord(uint64_t slotCount) { return uint64_t{255} << 56 | slotCount; }
  // `bits` is what precedes an overflowing header, or a bridge's first half.
  static uint64_t overflowSlotCount(uint64_t bits) {
    return kWordSize == 8 ? bits & 0xFFFFFFFFFFFFFF : bits & 0xFFFFFFFF;
  }
  // A body has room for a forwarding pointer at least.
  static uint64_t bodySize(uint64_t slotCount) {
    const uint64_t bytes = slotCount * kWordSize + (kAllocationUnit - 1);
    return std::max<uint64_t>(bytes / kAllocationUnit * kAllocationUnit, kAllocationUnit);
  }
};

}  // namespace stwasm::image::spur
