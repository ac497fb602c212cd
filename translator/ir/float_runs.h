// Stretches of a basic block that compute with Floats: pushes, + - * /, sqrt, elements of Arrays,
// and stores of results into temporaries, with a comparison before a jump at the end. Nothing in
// such a run has an effect but on the frame, so translated code can do it with unboxed values, and
// do it again in the general form where an operand turns out to be something else.
//
// Nothing is known for certain: a run is taken where Floats are likely and some result would
// otherwise be an object that only the next operation looks at.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "translator/ir/integer_ranges.h"
#include "translator/ir/method_ir.h"

namespace stwasm::ir {

// An object that a run begins with: what an instruction pushes, an entry of the operand stack, or
// an element that a step has read.
struct FloatLeaf {
  enum class Source : uint8_t { kPush, kStackEntry, kElement };
  Source source = Source::kPush;
  int32_t instruction = -1;  // in Body::instructions, of kPush
  int32_t depth = 0;         // of kStackEntry
  int32_t element = 0;       // of kElement: its number in the run
  bool isInteger = false;    // a SmallInteger for certain
};

// Registers hold f64 values, numbered as steps make them.
struct FloatStep {
  enum class Kind : uint8_t {
    kConstant,    // target := value
    kFromFloat,   // target := leaf a, which has to be a Float
    kFromNumber,  // target := leaf a, which has to be a Float or a SmallInteger
    kArithmetic,  // target := register a `selector` register b
    kSquareRoot,  // target := sqrt of register a
    kElement,     // leaf target := leaf a at: leaf b
    kStore,       // temporary target := register a
    kComparison,  // the last one: register a `selector` register b
  };
  Kind kind;
  int32_t target = 0;
  int32_t a = 0;
  int32_t b = 0;
  int32_t selector =
      0;  // special selector; of kSquareRoot the literal, of kElement the instruction
  double value = 0;
};

// What a run leaves at a depth of the operand stack: a register, or a leaf.
struct FloatResult {
  int32_t depth = 0;
  bool isRegister = false;
  bool isComputed = false;  // a register, and not by way of a temporary
  int32_t index = 0;
};

struct FloatRun {
  int32_t first = 0;  // instructions first .. end-1
  int32_t end = 0;
  std::vector<FloatLeaf> leaves;
  std::vector<FloatStep> steps;
  std::vector<FloatResult> results;
  int32_t registers = 0;
  int32_t elements = 0;
  bool compares = false;  // ends with a comparison for the jump behind it
};

struct FloatRuns {
  std::vector<FloatRun> runs;                     // in the order of instructions
  std::vector<bool> unboxable;                    // by temporary: some run stores an f64 into it
  const FloatRun* at(int32_t instruction) const;  // null: none begins there
};

// What the analysis has to be told about a method.
struct FloatAssumptions {
  std::function<std::optional<double>(int)> floatLiteral;  // by index in the literal frame
  std::function<bool(int)> isSquareRoot;                   // the selector at that index is sqrt
};

FloatRuns floatRuns(const Body& body, const FloatAssumptions& assumptions,
                    const IntegerAssumptions& integers, const RangesAtEntry& ranges);

}  // namespace stwasm::ir
