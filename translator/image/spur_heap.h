// Reads the heap of a Spur image (segments of objects) into an ObjectGraph. Knows the layout of
// Spur objects for both word sizes and byte orders; nothing about what classes mean.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image {

// `file` is the whole image file, `header` what readImageHeader() found in it.
Result<ObjectGraph> readSpurHeap(std::span<const uint8_t> file, const ImageHeader& header,
                                 const std::string& fileName);

}  // namespace stwasm::image
