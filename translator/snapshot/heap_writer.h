// Writes the heap file that runtime-wat/heap_load.wat reads; its format is stated in
// types/README.md. Depends on the object graph and on the program's tables only.
#pragma once

#include <string>

#include "translator/emit/program.h"
#include "translator/image/image_model.h"
#include "translator/support/result.h"

namespace stwasm::snapshot {

// The bytes of the heap file. Fails for what the runtime has no representation for.
Result<std::string> writeHeap(const image::ImageModel& model, const emit::Program& program);

}  // namespace stwasm::snapshot
