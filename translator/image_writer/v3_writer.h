// Writes an ObjectGraph as an image of the object format before Spur, in either byte order.
// See image_writer.h for the interface that others use.
#pragma once

#include <cstdint>
#include <vector>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image_writer {

Result<std::vector<uint8_t>> writeV3Image(const image::ObjectGraph& graph,
                                          const image::ImageHeader& header);

}  // namespace stwasm::image_writer
