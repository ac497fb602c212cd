// Files that the command carries in itself: the type declarations, the runtime, the host.
#pragma once

#include <string_view>
#include <vector>

namespace stwasm {

struct EmbeddedFile {
  std::string_view name;  // relative to its folder: "send.wat", "host/stwasm.mjs"
  std::string_view text;
};

namespace types {
std::vector<EmbeddedFile> files();  // types/*.wat
}
namespace runtime {
std::vector<EmbeddedFile> files();  // runtime-wat/*.wat and runtime-wat/host/*.mjs
}

}  // namespace stwasm
