// The bytecode sets a method may be written in, and the constants both sets push by bytecode.
// Which set applies is decided per method from its header's sign, never from the image format.
#pragma once

#include <cstdint>
#include <string_view>

#include "translator/image/compiled_method.h"

namespace stwasm::bytecode {

using image::BytecodeSet;
using image::bytecodeSetName;

// Values that an instruction pushes or returns without naming a literal.
enum class Constant : uint8_t { kNil, kTrue, kFalse, kMinusOne, kZero, kOne, kTwo };

// Source form of the constant: "nil", "true", "-1"...
std::string_view constantName(Constant constant);

}  // namespace stwasm::bytecode
