// The image file's header, the same for all object memories.
#pragma once

#include <cstdint>
#include <vector>

#include "translator/image/object_graph.h"

namespace stwasm::image_writer {

// The bytes of the header: 64 or, with 8-byte words, 128.
std::vector<uint8_t> headerBytes(const image::ImageHeader& header);

inline uint32_t headerSize(uint32_t wordSize) { return 16 * wordSize; }

}  // namespace stwasm::image_writer
