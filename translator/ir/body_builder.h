// One verified body of bytecodes to basic blocks in reverse postorder, with the body's facts.
#pragma once

#include <cstdint>
#include <span>

#include "translator/analysis/stack_depth.h"
#include "translator/ir/build.h"
#include "translator/ir/method_ir.h"
#include "translator/support/result.h"

namespace stwasm::ir {

// Children and facts about nested blocks are left to the caller, who sees all bodies.
Result<Body> buildBody(std::span<const uint8_t> bytecodes, const analysis::MethodShape& shape,
                       const analysis::StackDepths& depths, int index, const BuildOptions& options);

}  // namespace stwasm::ir
