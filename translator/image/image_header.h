// Recognises an image file and takes its header apart, for all object memories. Looks at nothing
// beyond the header.
#pragma once

#include <cstdint>
#include <span>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image {

// A flag in a Spur image's format number: it has methods of its virtual machine's second bytecode
// set. Which methods these are is in their own headers.
inline constexpr uint32_t kMultipleBytecodeSets = 512;

// Finds the header (at the file's start or, behind a script line, at byte 512), decides byte order
// and word size from the format number, and checks the header's sizes against the file's.
Result<ImageHeader> readImageHeader(std::span<const uint8_t> file);

// The file offset of the first byte of the heap.
inline uint64_t heapFileOffset(const ImageHeader& header) {
  return uint64_t{header.fileOffset} + header.headerSize;
}

}  // namespace stwasm::image
