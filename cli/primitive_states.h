// What becomes of each primitive that an image refers to: implemented, left to the host, refused or
// missing, and why.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "translator/image/image_model.h"
#include "translator/link/runtime.h"

namespace stwasm::cli {

// A primitive and the methods that call it.
struct PrimitiveUse {
  std::string module;    // empty for numbers and for what is built into the VM
  std::string function;  // empty for numbers
  uint32_t number = 0;
  std::map<uint32_t, uint32_t> methods;  // by number of arguments

  // "60", "Module_function", "_function": the name under which the runtime has it.
  std::string runtimeName() const;
  uint32_t methodCount() const;
};

struct PrimitiveUses {
  std::vector<PrimitiveUse> numbered;  // in ascending order, quick returns left out
  std::vector<PrimitiveUse> named;
};

PrimitiveUses primitiveUses(const image::ImageModel& model);

// "implemented", "host: ...", "refused: ..." or "missing: ...".
std::string primitiveState(const PrimitiveUse& use, const link::Runtime::Primitives& implemented);

}  // namespace stwasm::cli
