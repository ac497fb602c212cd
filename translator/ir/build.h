// Bytecodes to method IR. Verifies first (analysis/stack_depth.h), so any bytes may come in.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "translator/analysis/stack_depth.h"
#include "translator/ir/method_ir.h"
#include "translator/support/result.h"

namespace stwasm::ir {

struct BuildOptions {
  std::span<const int> leaders;  // pcs of reachable instructions, ascending, where blocks begin too
  bool threadsJumps = false;     // see jump_threading.h; each bytecode stays otherwise
};

Result<MethodIr> buildMethodIr(std::span<const uint8_t> bytecodes,
                               const analysis::MethodShape& shape,
                               const BuildOptions& options = {});

// Listing for tests and for people: blocks, instructions, facts.
std::string printBody(const Body& body);

}  // namespace stwasm::ir
