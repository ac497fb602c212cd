// Writes tiny Spur images for the tests of the image readers: any word size, byte order and base
// address, several segments, sound or broken. Test code only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace stwasm::image::testing {

using Oop = uint64_t;

// The heap of an image, object by object. An object's oop is known when it has been added, so that
// slots can be set in any order.
class SpurImageWriter {
 public:
  struct Options {
    uint32_t wordSize = 4;
    bool bigEndian = false;
    uint64_t base = 0x10000;
    uint32_t formatNumber = 0;  // 0: 6521 or 68021
    uint64_t flags = 2;
    uint32_t scriptLine = 0;  // 512: the header does not begin at byte 0
  };

  explicit SpurImageWriter(Options options) : options_(options) { address_ = options.base; }
  SpurImageWriter() : SpurImageWriter(Options{}) {}

  const Options& options() const { return options_; }

  Oop smallInteger(int64_t value) const {
    return options_.wordSize == 8 ? static_cast<uint64_t>(value) << 3 | 1
                                  : static_cast<uint32_t>(value) << 1 | 1;
  }
  Oop character(uint32_t code) const {
    return options_.wordSize == 8 ? uint64_t{code} << 3 | 2 : uint64_t{code} << 2 | 2;
  }

  // Header fields of the next object.
  void setNextHash(uint32_t hash) { hash_ = hash; }
  void setNextFlags(uint64_t headerBits) { headerBits_ = headerBits; }

  Oop pointers(uint32_t classIndex, uint32_t format, std::span<const Oop> slots) {
    const Oop oop = beginObject(classIndex, format, slots.size());
    for (const Oop slot : slots) appendWord(slot);
    pad(slots.size());
    return oop;
  }
  Oop pointers(uint32_t classIndex, uint32_t format, std::initializer_list<Oop> slots) {
    return pointers(classIndex, format, std::span(slots.begin(), slots.size()));
  }
  // `format` without the bits for unused units, which follow from the size.
  template <class T>
  Oop units(uint32_t classIndex, uint32_t format, std::span<const T> values) {
    const uint64_t size = values.size() * sizeof(T);
    const uint64_t slotCount = (size + options_.wordSize - 1) / options_.wordSize;
    const auto unused = static_cast<uint32_t>((slotCount * options_.wordSize - size) / sizeof(T));
    const Oop oop = beginObject(classIndex, format + unused, slotCount);
    for (const T value : values) append(value, sizeof(T));
    heap_.resize(heap_.size() + unused * sizeof(T));
    pad(slotCount);
    return oop;
  }
  Oop bytes(uint32_t classIndex, std::string_view text) {
    return units<uint8_t>(classIndex, 16,
                          {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  }
  Oop method(uint32_t classIndex, int64_t header, std::initializer_list<Oop> literals,
             std::span<const uint8_t> code) {
    const uint64_t size = (literals.size() + 1) * options_.wordSize + code.size();
    const uint64_t slotCount = (size + options_.wordSize - 1) / options_.wordSize;
    const auto unused = static_cast<uint32_t>(slotCount * options_.wordSize - size);
    const Oop oop = beginObject(classIndex, 24 + unused, slotCount);
    appendWord(smallInteger(header));
    for (const Oop literal : literals) appendWord(literal);
    heap_.insert(heap_.end(), code.begin(), code.end());
    heap_.resize(heap_.size() + unused);
    pad(slotCount);
    return oop;
  }

  void setSlot(Oop object, size_t index, Oop value) {
    store(offsetOf(object) + 8 + index * options_.wordSize, value, options_.wordSize);
  }

  // Ends the segment; the next one begins `gap` bytes higher in memory.
  void endSegment(uint64_t gap) {
    finishSegment(gap);
    segments_.push_back({heap_.size(), address_ + gap});
    address_ = address_ + gap;
  }

  // The position of an object's header in the file.
  uint64_t fileOffset(Oop object) const {
    return options_.scriptLine + headerSize() + offsetOf(object);
  }
  uint32_t headerSize() const { return options_.wordSize * 16; }

  std::vector<uint8_t> file(Oop specialObjects) {
    finishSegment(0);
    std::vector<uint8_t> heap = std::exchange(heap_, {});
    heap_.assign(options_.scriptLine, '#');
    writeHeader(specialObjects, heap.size());
    heap_.insert(heap_.end(), heap.begin(), heap.end());
    return std::move(heap_);
  }

 private:
  struct Segment {
    uint64_t heapOffset = 0;
    uint64_t address = 0;
  };

  Oop beginObject(uint32_t classIndex, uint32_t format, uint64_t slotCount) {
    const uint64_t common = uint64_t{hash_} << 32 | uint64_t{format} << 24 | classIndex;
    const bool overflows = slotCount >= 255;
    if (overflows) append64(uint64_t{255} << 56 | slotCount);
    const Oop oop = address_ + (overflows ? 8 : 0);
    append64((overflows ? 255 : slotCount) << 56 | common | headerBits_);
    hash_ = 0;
    headerBits_ = 0;
    const uint64_t body = std::max<uint64_t>((slotCount * options_.wordSize + 7) / 8 * 8, 8);
    address_ = oop + 8 + body;
    return oop;
  }
  // An object without slots has room for one, and 8 bytes are the unit.
  void pad(uint64_t slotCount) {
    if (slotCount == 0) heap_.resize(heap_.size() + 8);
    heap_.resize((heap_.size() + 7) / 8 * 8);
  }

  void append(uint64_t value, size_t size) {
    heap_.resize(heap_.size() + size);
    store(heap_.size() - size, value, size);
  }
  void appendWord(uint64_t value) { append(value, options_.wordSize); }
  void append64(uint64_t value) {
    if (options_.wordSize == 8) return append(value, 8);
    append(value & 0xFFFFFFFF, 4);
    append(value >> 32, 4);
  }
  void store(uint64_t offset, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; ++i) {
      const size_t shift = 8 * (options_.bigEndian ? size - 1 - i : i);
      heap_[offset + i] = static_cast<uint8_t>(value >> shift);
    }
  }
  uint64_t offsetOf(Oop object) const {
    Segment segment = segments_.front();
    for (const Segment& s : segments_) {
      if (s.address <= object) segment = s;
    }
    return segment.heapOffset + object - segment.address;
  }

  // Writes the bridge, and this segment's size into the bridge before it.
  void finishSegment(uint64_t gap) {
    append64(gap == 0 ? 0 : uint64_t{255} << 56 | gap / options_.wordSize);
    append64(0);
    address_ += 16;
    const uint64_t size = heap_.size() - segments_.back().heapOffset;
    if (segments_.size() == 1) {
      firstSegmentSize_ = size;
    } else {
      const uint64_t at = segments_.back().heapOffset - 8;
      store(at, size, options_.wordSize == 8 ? 8 : 4);
    }
  }

  void writeHeader(Oop specialObjects, uint64_t heapSize) {
    const uint32_t usual = options_.wordSize == 8 ? 68021 : 6521;
    append(options_.formatNumber == 0 ? usual : options_.formatNumber, 4);
    append(headerSize(), 4);
    appendWord(heapSize);
    appendWord(options_.base);
    appendWord(specialObjects);
    appendWord(999);              // last hash
    appendWord(800 << 16 | 600);  // window size
    appendWord(options_.flags);
    append(0, 4);     // extra VM memory
    append(7, 2);     // stack pages
    append(1, 2);     // Cog code size
    append(4096, 4);  // eden bytes
    append(256, 2);   // external semaphores
    append(0, 2);
    appendWord(firstSegmentSize_);
    appendWord(0);  // free old space
    heap_.resize(options_.scriptLine + headerSize());
  }

  Options options_;
  std::vector<uint8_t> heap_;
  std::vector<Segment> segments_{{0, options_.base}};
  uint64_t address_ = 0;
  uint64_t firstSegmentSize_ = 0;
  uint32_t hash_ = 0;
  uint64_t headerBits_ = 0;
};

}  // namespace stwasm::image::testing
