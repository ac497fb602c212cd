// What the bytes of a function's code are spent on: its instructions by group.
#pragma once

#include <array>
#include <cstdint>
#include <map>
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

struct CallSizes {
  uint64_t bytes = 0;  // of the instructions
  uint64_t count = 0;
};

// Stands for all functions that are called by reference or out of a table.
inline constexpr uint32_t kAnyFunction = 0xFFFFFFFF;

struct CodeSizes {
  std::array<uint64_t, kInstructionGroups> groups{};
  std::map<uint32_t, CallSizes> calls;  // by the index of the function
  // Of translated code: what leaves a Context when the frame is left. It stands behind the block
  // around the method's own code, whose result is the position in the frame.
  uint64_t handler = 0;
  bool understood = false;  // every instruction is known
};

// The body of a function, from its locals to its end.
CodeSizes sizesOfCode(std::string_view body);

}  // namespace stwasm::sizes
