// The image file's header: see header_writer.h.
#include "translator/image_writer/header_writer.h"

#include "translator/image/byte_order.h"

namespace stwasm::image_writer {

namespace {

// Writes the header's fields one after the other.
class FieldWriter {
 public:
  FieldWriter(uint8_t* bytes, uint32_t wordSize, bool bigEndian)
      : bytes_(bytes), wordSize_(wordSize), bigEndian_(bigEndian) {}

  template <class T>
  void put(T value) {
    image::store<T>(bytes_, value, bigEndian_);
    bytes_ += sizeof(T);
  }
  void putShort(uint32_t value) { put(static_cast<uint16_t>(value)); }
  void put32(uint32_t value) { put(value); }
  void putWord(uint64_t value) {
    if (wordSize_ == 8) return put(value);
    put(static_cast<uint32_t>(value));
  }

 private:
  uint8_t* bytes_;
  uint32_t wordSize_;
  bool bigEndian_;
};

}  // namespace

std::vector<uint8_t> headerBytes(const image::ImageHeader& header) {
  std::vector<uint8_t> bytes(headerSize(header.wordSize));
  FieldWriter fields(bytes.data(), header.wordSize, header.bigEndian);
  fields.put32(header.formatNumber);
  fields.put32(static_cast<uint32_t>(bytes.size()));
  fields.putWord(header.dataSize);
  fields.putWord(header.oldBaseAddress);
  fields.putWord(header.specialObjectsOop);
  fields.putWord(header.lastHash);
  fields.putWord(header.savedWindowSize);
  fields.putWord(header.flags);
  fields.put32(header.extraVmMemory);
  fields.putShort(header.stackPageCount);
  fields.putShort(header.cogCodeSize / 1024);
  fields.put32(header.edenBytes);
  fields.putShort(header.maxExternalSemaphores);
  fields.putShort(0);
  fields.putWord(header.firstSegmentSize);
  fields.putWord(header.freeOldSpace);
  return bytes;
}

}  // namespace stwasm::image_writer
