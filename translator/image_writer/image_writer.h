// Writes an ObjectGraph as an image file: the readers' other direction, so that reading what was
// written gives the same graph. The one entry point of the writers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image_writer {

struct WriteOptions {
  // Spur: a heap segment that has so many bytes is ended, and another one follows at some distance;
  // 0 for one segment.
  uint64_t segmentBytes = 0;
  // Spur: with free chunks between the objects, and references that lead to some objects by
  // forwarders, as in an image that was saved without being compacted. For tests of readers.
  bool scattered = false;
};

// The file's bytes. `header` names format number, word size and byte order; its window size,
// flags, last hash and VM parameters are taken over, as is the base address unless it is 0. What
// the header says of sizes and addresses is found anew. A graph can be written in either byte
// order, but only with the word size that it was made for: pcs and class formats depend on it.
Result<std::vector<uint8_t>> writeImage(const image::ObjectGraph& graph,
                                        const image::ImageHeader& header,
                                        const WriteOptions& options = {});

// In the format that the graph's own header names.
Result<std::vector<uint8_t>> writeImage(const image::ObjectGraph& graph);

// Into the file at `path`, which is replaced. On failure the Diagnostic names the graph's file.
Status writeImageFile(const image::ObjectGraph& graph, const image::ImageHeader& header,
                      const std::string& path, const WriteOptions& options = {});

}  // namespace stwasm::image_writer
