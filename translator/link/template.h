// The directives that WAT files of this project may use (types/README.md, "Templates").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "translator/support/result.h"

namespace stwasm::link {

// Expands ;;@repeat and ;;@if blocks and @MAX_FIXED for an image with words of 4 or 8 bytes. Errors
// name the line.
Result<std::string> expandTemplate(std::string_view text, std::string_view fileName,
                                   uint32_t wordSize);

}  // namespace stwasm::link
