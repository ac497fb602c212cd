// See shown_progress.h.
#include "cli/shown_progress.h"

#include <string>

namespace stwasm::cli {

pipeline::Progress showOn(Progress& progress) {
  return [&progress, current = std::string()](const std::string& stage, double fraction) mutable {
    if (stage != current) progress.begin(stage);
    current = stage;
    progress.update(fraction);
  };
}

}  // namespace stwasm::cli
