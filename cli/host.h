// Starting the JavaScript host that `stwasm build` put beside the translated image.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace stwasm::cli {

// Starts an engine (that of --engine, see engine.h) with the host in the folder OUT, the first
// positional argument, and these words. When that succeeds, the engine takes this process's place
// and nothing comes back.
Result<int> startHost(const Arguments& arguments, const std::vector<std::string>& words);

// The same in another process, for a folder that is named otherwise: answers its exit code.
Result<int> runHost(const Arguments& arguments, const std::string& folder,
                    const std::vector<std::string>& words);

// Appends the options that were given, as the host understands them too.
void appendGiven(const Arguments& arguments, const std::vector<std::string>& valueOptions,
                 const std::vector<std::string>& flags, std::vector<std::string>& words);

}  // namespace stwasm::cli
