// What the linker adds to the text of instrumented modules, so that no place in the runtime or the
// emitter is forgotten.
#pragma once

#include <string>
#include <string_view>

#include "translator/support/result.h"

namespace stwasm::link {

// Lets the class index of each object that these functions make pass through $count_allocation
// (runtime-wat/profile.wat). Objects are the structs that begin with a class index; `types`
// declares them.
Result<std::string> countAllocations(std::string_view functions, std::string_view types);

}  // namespace stwasm::link
