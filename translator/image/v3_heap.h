// Reads the heap of an image from before Spur (formats 6502, 6504 and 6505) into an ObjectGraph.
// Knows the layout of these objects for both byte orders, and makes up the class table that they
// do not have.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image {

// `file` is the whole image file, `header` what readImageHeader() found in it.
Result<ObjectGraph> readV3Heap(std::span<const uint8_t> file, const ImageHeader& header,
                               const std::string& fileName);

}  // namespace stwasm::image
