// Verification, then one Body per method and block, then the facts that concern several bodies.
#include "translator/ir/build.h"

#include <utility>

#include "translator/bytecode/quick_return.h"
#include "translator/ir/body_builder.h"

namespace stwasm::ir {
namespace {

void linkChildren(MethodIr& method) {
  for (const Body& body : method.bodies) {
    if (body.parent >= 0)
      method.bodies[static_cast<size_t>(body.parent)].children.push_back(body.index);
  }
}

// Blocks come after their parents, so going backwards sees each block complete.
void propagateNonLocalReturns(MethodIr& method) {
  for (size_t i = method.bodies.size(); i-- > 1;) {
    const Body& block = method.bodies[i];
    BodyFacts& outer = method.bodies[static_cast<size_t>(block.parent)].facts;
    outer.hasNestedNonLocalReturn |=
        block.facts.hasOwnNonLocalReturn || block.facts.hasNestedNonLocalReturn;
  }
}

int primitiveOf(const Body& method) {
  if (method.instructions.empty()) return 0;
  const Instruction& first = method.instructions.front();
  return first.opcode == Opcode::kCallPrimitive && first.pc == 0 ? first.a : 0;
}

// A V3 method with such a primitive may have no bytecodes at all: it becomes what the bytecode that
// calls the primitive would make of it.
Result<MethodIr> buildQuickReturn(const analysis::MethodShape& shape) {
  constexpr uint8_t kCallPrimitive = 139;
  constexpr uint8_t kReturnReceiver = 120;
  const auto number = static_cast<uint32_t>(shape.primitive);
  const uint8_t bytecodes[] = {kCallPrimitive, static_cast<uint8_t>(number & 255),
                               static_cast<uint8_t>(number >> 8), kReturnReceiver};
  analysis::MethodShape called;
  called.numArgs = shape.numArgs;
  called.numTemps = shape.numTemps;
  return buildMethodIr(bytecodes, called);
}

}  // namespace

Result<MethodIr> buildMethodIr(std::span<const uint8_t> bytecodes,
                               const analysis::MethodShape& shape, const BuildOptions& options) {
  if (bytecode::isQuickReturn(shape.primitive)) return buildQuickReturn(shape);
  Result<analysis::StackDepths> depths = analysis::analyzeStackDepth(bytecodes, shape);
  if (!depths) return depths.takeError();
  MethodIr method;
  method.bytecodeSet = shape.bytecodeSet;
  method.numArgs = shape.numArgs;
  method.numTemps = shape.numTemps;
  method.endPc = depths->endPc();
  for (size_t i = 0; i < depths->bodies().size(); ++i) {
    Result<Body> body = buildBody(bytecodes, shape, *depths, static_cast<int>(i), options);
    if (!body) return body.takeError();
    method.bodies.push_back(std::move(*body));
  }
  linkChildren(method);
  propagateNonLocalReturns(method);
  method.primitive = primitiveOf(method.bodies.front());
  return method;
}

}  // namespace stwasm::ir
