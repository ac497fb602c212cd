// The directives that WAT files of this project may use (types/README.md, "Templates").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "translator/support/result.h"

namespace stwasm::link {

// Of the module that a text is for.
struct TemplateConditions {
  uint32_t wordSize = 4;      // of the image, in bytes: ;;@if WORD32 or WORD64
  bool instrumented = false;  // ;;@if INSTRUMENTED
  bool recorded = false;      // ;;@if RECORDED
};

// Expands ;;@repeat and ;;@if blocks and @MAX_FIXED. Errors name the line.
Result<std::string> expandTemplate(std::string_view text, std::string_view fileName,
                                   const TemplateConditions& conditions);

}  // namespace stwasm::link
