// Runs that are to be counted, of a folder that counts or of an image.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace stwasm::cli {

// Starts the host with these words in the folder that the first positional argument names. Where
// that is an image, it is first built for it, quickly, into a folder that is gone afterwards.
Result<int> startInstrumented(const Arguments& arguments, const std::vector<std::string>& words);

}  // namespace stwasm::cli
