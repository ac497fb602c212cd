// What stands for a value on the operand stack while a body is written: the code that has it, and
// what is known of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "translator/image/object_graph.h"
#include "translator/ir/integer_ranges.h"

namespace stwasm::emit {

struct VirtualBlock;
struct VirtualVector;

inline constexpr std::string_view kNilCode = "(ref.null eq)";
inline constexpr std::string_view kTrueCode = "(global.get $true)";
inline constexpr std::string_view kFalseCode = "(global.get $false)";

// One entry of the symbolic operand stack. `code` may be emitted any number of times.
struct Operand {
  enum class Kind : uint8_t { kSlot, kTemp, kSelf, kPure };
  Kind kind = Kind::kSlot;
  int temp = 0;                         // of kTemp: its frame slot
  std::optional<int32_t> smallInteger;  // of a kPure that is an i31
  std::string code;
  ir::IntegerRange range;
  image::ObjectId likelyClass = image::kNil;  // what its class was when the image was saved

  const VirtualBlock* block = nullptr;  // its closure; `code` makes it if need be
  int unboxedSlot = -1;  // the frame slot where it may be an unboxed Float; `code` makes the object
  VirtualVector* vector = nullptr;  // its Array; `code` makes it if need be
  std::string integer = {};         // code of an i32, of a SmallInteger

  // Whether == can compare references: of one value there may be several objects otherwise.
  bool hasOneReference() const {
    return range.known || code == kNilCode || code == kTrueCode || code == kFalseCode;
  }
};

}  // namespace stwasm::emit
