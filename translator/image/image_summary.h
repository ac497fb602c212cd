// The figures of an image as a whole, for `stwasm info` and tests.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "translator/image/image_model.h"

namespace stwasm::image {

struct Summary {
  uint32_t objects = 0;
  uint32_t classes = 0;
  uint32_t metaclasses = 0;
  uint32_t installedMethods = 0;
  uint32_t compiledCode = 0;  // objects of format CompiledMethod
  uint32_t compiledBlocks = 0;
  uint32_t unreadableMethods = 0;  // header and size do not fit
  uint32_t selectors = 0;          // distinct ones with an implementor
  std::map<BytecodeSet, uint32_t> bytecodeSets;
  std::map<uint32_t, uint32_t> primitives;  // number -> methods, quick returns left out
  uint32_t quickReturns = 0;
  std::map<std::pair<std::string, std::string>, uint32_t> namedPrimitives;  // module, function
};

Summary summarize(const ImageModel& model);

}  // namespace stwasm::image
