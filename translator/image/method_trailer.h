// Where a CompiledMethod's bytecodes end: the trailer behind them (a source pointer, names of
// temporaries, or zeros) is told by the method's last byte. Two encodings are in use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "translator/image/object_graph.h"

namespace stwasm::image {

// Bytes of the trailer of `bytes`, which are a method's bytecodes and trailer; at most their size.
size_t methodTrailerSize(std::span<const uint8_t> bytes, TrailerEncoding encoding);

// A CompiledBlock has no trailer; some compilers leave zeros as if it were a method's.
size_t blockTrailerSize(std::span<const uint8_t> bytes);

// Images with the class CompiledMethodTrailer (Squeak since 4.4, Pharo) use its encoding.
TrailerEncoding detectTrailerEncoding(const ObjectGraph& graph);

}  // namespace stwasm::image
