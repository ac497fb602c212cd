// The stages of a build as lines of progress.
#pragma once

#include "translator/pipeline/pipeline.h"
#include "translator/support/progress.h"

namespace stwasm::cli {

// Shows on `progress`, which has to outlive the answer.
pipeline::Progress showOn(Progress& progress);

}  // namespace stwasm::cli
