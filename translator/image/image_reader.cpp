// Reads an image file, whatever its format: see image_reader.h.
#include "translator/image/image_reader.h"

#include <limits>

#include "translator/image/image_header.h"
#include "translator/image/spur_heap.h"
#include "translator/image/v3_heap.h"
#include "translator/support/text.h"

namespace stwasm::image {

namespace {

// What 32-bit ids and pool positions can hold: no object or slot takes less than 4 bytes.
constexpr uint64_t kMaxFileSize = std::numeric_limits<uint32_t>::max();

Result<ObjectGraph> readAnyImage(std::span<const uint8_t> file, const std::string& fileName) {
  if (file.size() > kMaxFileSize) {
    return fail("the image has {} bytes; images over {} are not supported",
                groupedDigits(file.size()), readableSize(kMaxFileSize));
  }
  Result<ImageHeader> header = readImageHeader(file);
  if (!header) return header.takeError();
  return header->isSpur() ? readSpurHeap(file, *header, fileName)
                          : readV3Heap(file, *header, fileName);
}

}  // namespace

Result<ObjectGraph> readImageBytes(std::span<const uint8_t> bytes, const std::string& fileName) {
  Result<ObjectGraph> graph = readAnyImage(bytes, fileName);
  if (!graph) return inFile(graph.takeError(), fileName);
  return graph;
}

Result<ObjectGraph> readImage(const std::string& path) {
  Result<std::unique_ptr<llvm::MemoryBuffer>> file = readFile(path);
  if (!file) return file.takeError();
  const llvm::MemoryBuffer& buffer = **file;
  return readImageBytes(
      {reinterpret_cast<const uint8_t*>(buffer.getBufferStart()), buffer.getBufferSize()}, path);
}

}  // namespace stwasm::image
