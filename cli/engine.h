// Which JavaScript engine runs a translated image.
#pragma once

#include <optional>
#include <string>

#include "translator/support/result.h"

namespace stwasm::cli {

// The path of the engine: the one asked for, else $STWASM_NODE, else the Node that tools/setup
// put into the cache folder, else the node on PATH if it is new enough.
Result<std::string> findEngine(const std::optional<std::string>& asked);

}  // namespace stwasm::cli
