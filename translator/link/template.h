// The two directives that WAT files of this project may use (types/README.md, "Templates").
#pragma once

#include <string>
#include <string_view>

#include "translator/support/result.h"

namespace stwasm::link {

// Expands ;;@repeat ... ;;@end blocks and @MAX_FIXED. Errors name the line.
Result<std::string> expandTemplate(std::string_view text, std::string_view fileName);

}  // namespace stwasm::link
