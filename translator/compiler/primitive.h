// The primitive that a method's pragmas ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "translator/syntax/ast.h"

namespace stwasm::compiler {

struct Primitive {
  uint32_t number = 0;
  std::string errorCode;  // the temporary for the reason of a failure; may be empty
  // The first literal of the method, for primitives that are called by name.
  std::optional<syntax::Literal> name;
};

// <primitive: 60>, <primitive: 60 error: code>, <primitive: 'name' module: 'Plugin' error: code>.
// Nothing when a pragma is wrong; number 0 without one.
std::optional<Primitive> primitiveOf(const syntax::MethodNode& method, syntax::Mistakes& mistakes);

}  // namespace stwasm::compiler
