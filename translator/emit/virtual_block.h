// A literal block that is used in the function that makes it: its closure is made only if something
// asks for it (a capture, a send that is not inlined). See body_blocks.cpp.
#pragma once

#include <string>
#include <vector>

#include "translator/emit/method_plan.h"
#include "translator/ir/integer_ranges.h"

namespace stwasm::emit {

class BodyEmitter;
struct VirtualBlock;
struct VirtualVector;

// A value that a closure copies.
struct CopiedValue {
  std::string code;
  const VirtualBlock* block = nullptr;  // where it is one itself
  VirtualVector* vector = nullptr;
  std::string integer = {};  // its i32, where it is known to be a SmallInteger
  ir::IntegerRange range = {};
};

struct VirtualBlock {
  const BodyEmitter* home = nullptr;  // the activation that makes it
  const MethodPlan* plan = nullptr;
  const ir::Body* body = nullptr;
  const ir::StructuredTree* tree = nullptr;
  bool isFull = false;
  std::vector<CopiedValue> copied;
  std::string code;  // the closure; makes it the first time
};

// Whether it reads or stores an element of the temp vector in a frame slot.
bool usesVector(const ir::Instruction& instruction, int slot);

// Whether the body gives a frame slot `value` or the like, or hands it on to who may do that.
bool evaluatesSlot(const MethodPlan& plan, const ir::Body& body, int slot);
// The same of its receiver.
bool evaluatesReceiver(const MethodPlan& plan, const ir::Body& body);

}  // namespace stwasm::emit
