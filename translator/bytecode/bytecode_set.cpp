// Names for the enumerations of bytecode_set.h.
#include "translator/bytecode/bytecode_set.h"

namespace stwasm::bytecode {

std::string_view constantName(Constant constant) {
  switch (constant) {
    case Constant::kNil:
      return "nil";
    case Constant::kTrue:
      return "true";
    case Constant::kFalse:
      return "false";
    case Constant::kMinusOne:
      return "-1";
    case Constant::kZero:
      return "0";
    case Constant::kOne:
      return "1";
    case Constant::kTwo:
      return "2";
  }
  return "unknown";
}

}  // namespace stwasm::bytecode
