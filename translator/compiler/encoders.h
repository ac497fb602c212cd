// The encoder of each bytecode set.
#pragma once

#include "translator/compiler/instruction.h"

namespace stwasm::compiler {

const Encoder& v3Encoder();
// `padSlotAccess`: as Options::asCuis7 says.
const Encoder& sistaEncoder(bool padSlotAccess);

}  // namespace stwasm::compiler
