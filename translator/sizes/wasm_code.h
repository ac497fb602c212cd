// What the bytes of a function's code are spent on: its instructions by group.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace stwasm::sizes {

enum class InstructionGroup : uint8_t {
  kCalls,       // of any kind
  kControl,     // blocks, branches, returns
  kLocals,      // reading and writing them
  kConstants,   // numbers, null, functions
  kTypes,       // tests, casts, comparisons of references, SmallIntegers to and from references
  kObjects,     // structs and arrays
  kArithmetic,  // numbers
  kGlobals,
  kMemory,        // linear memory and tables
  kDeclarations,  // of locals
};
inline constexpr size_t kInstructionGroups = 10;

std::string_view groupName(InstructionGroup group);

struct CodeSizes {
  std::array<uint64_t, kInstructionGroups> groups{};
  // Of translated code: what leaves a Context when the frame is left. It stands behind the block
  // around the method's own code, whose result is the position in the frame.
  uint64_t handler = 0;
  bool understood = false;  // every instruction is known
};

// The body of a function, from its locals to its end.
CodeSizes sizesOfCode(std::string_view body);

}  // namespace stwasm::sizes
