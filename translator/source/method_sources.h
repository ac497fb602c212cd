// The source text of methods: it stands in the files beside an image, its .changes and .sources,
// and a CompiledMethod's trailer tells where: a chunk that ends with '!', in which '!!' stands for
// '!'. Squeak's SourceFileArray and Cuis's CuisSourceFileArray (which counts in units of some
// bytes) take the number in the trailer apart in different ways.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "translator/image/compiled_method.h"
#include "translator/image/image_model.h"

namespace stwasm::source {

// The files that an image at this path looks for beside itself; what is not there is left out.
struct CompanionFiles {
  std::string changes;               // empty: none
  std::vector<std::string> sources;  // by name

  static CompanionFiles of(const std::string& imagePath);
};

class MethodSources {
 public:
  // Reads the files. An image without them has no sources, which is no mistake.
  static MethodSources besides(const image::ImageModel& model);

  // Nothing when the trailer points nowhere or there is no such file.
  std::optional<std::string> textOf(const image::CompiledMethodView& method) const;

 private:
  struct Place {
    bool inChanges = false;
    uint64_t position = 0;
  };
  Place placeOf(uint32_t pointer) const;

  std::string sources_;
  std::string changes_;
  bool asCuis_ = false;
};

}  // namespace stwasm::source
