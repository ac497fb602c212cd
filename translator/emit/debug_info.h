// What a debugger wants to know about translated code. Whoever has the source answers; nobody has
// to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "translator/image/image_model.h"

namespace stwasm::emit {

struct DebugInfo {
  // Where the bytecode at an offset of a CompiledMethod or CompiledBlock comes from, as
  // "file:line:column"; "": nobody knows. The file's name has no colon and no space.
  std::function<std::string(const image::MethodEntry& entry, image::ObjectId code, uint32_t pc)>
      location;
  // The name of a temporary of the body that begins at startPc; "": it has none.
  std::function<std::string(const image::MethodEntry& entry, image::ObjectId code, uint32_t startPc,
                            size_t slot)>
      temporaryName;
};

}  // namespace stwasm::emit
