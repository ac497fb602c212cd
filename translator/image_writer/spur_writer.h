// Writes an ObjectGraph as a Spur image of either word size and byte order: in one segment or in
// several, without free chunks and forwarders unless these are asked for. See image_writer.h for
// the interface that others use.
#pragma once

#include <cstdint>
#include <vector>

#include "translator/image/object_graph.h"
#include "translator/image_writer/image_writer.h"
#include "translator/support/result.h"

namespace stwasm::image_writer {

Result<std::vector<uint8_t>> writeSpurImage(const image::ObjectGraph& graph,
                                            const image::ImageHeader& header,
                                            const WriteOptions& options);

}  // namespace stwasm::image_writer
