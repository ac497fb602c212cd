// The options of `stwasm run`, which other commands that run an image have too.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace stwasm::cli {

std::vector<Option> runOptions();

// Those that were given, and the image's own arguments, as the host understands them.
void appendRunOptions(const Arguments& arguments, std::vector<std::string>& words);

}  // namespace stwasm::cli
