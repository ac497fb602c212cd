// What `stwasm build --stats` tells of a build.
#pragma once

#include <string>

#include "translator/pipeline/pipeline.h"

namespace stwasm::cli {

std::string statisticsText(const pipeline::BuildReport& report);
std::string statisticsJson(const pipeline::BuildReport& report);

}  // namespace stwasm::cli
