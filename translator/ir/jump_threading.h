// Blocks that only decide on, or return, what others have pushed: each of those does it itself.
#pragma once

#include <span>
#include <vector>

#include "translator/ir/method_ir.h"

namespace stwasm::ir {

// The blocks stand in the order of their bytes. Those that nothing leads to any more stay, and so
// do the ways to blocks at `leaders`. A Boolean that is pushed before such a jump is not pushed.
void threadJumps(std::vector<BasicBlock>& blocks, std::span<const Instruction> instructions,
                 std::span<const int> leaders);

}  // namespace stwasm::ir
