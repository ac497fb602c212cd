// Reads an image file into an ObjectGraph, whatever its format. The one entry point of the
// readers: it looks at the format number and hands over to the reader of that object memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image {

// Reads the image file at `path`. On failure one Diagnostic names the file, what is wrong with it
// and the offset of the byte where it shows.
Result<ObjectGraph> readImage(const std::string& path);

// The same for an image in memory; `fileName` is for diagnostics only.
Result<ObjectGraph> readImageBytes(std::span<const uint8_t> bytes, const std::string& fileName);

}  // namespace stwasm::image
