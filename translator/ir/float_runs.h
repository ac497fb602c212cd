// Stretches of a basic block that compute with Floats: pushes, + - * /, comparisons, methods of
// Floats such as sqrt, elements of Arrays, accessors, and stores of results into temporaries.
// Nothing of this has an effect but on the frame, so translated code can do it with unboxed
// values, and do it again in the general form where an operand turns out to be something else.
//
// A store into an instance variable has one. A run may go on behind it, in another segment: what
// turns out there is done again from the store on. The run has nothing on the operand stack there.
// It ends with one only where the store is done in place, without an object.
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
// what a step has read or made (an element).
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
    kFunction,    // target := the primitive `selector` of register a
    kTruncated,   // leaf target := register a truncated, which has to fit
    kSelect,      // target := register yes or no, by whether register a `selector` register b
    kMethod,      // Floats have to reach the method that is known for the send at `instruction`
    kAsFloat,     // SmallIntegers have to reach the primitive that converts them, there
    kElement,     // leaf target := leaf a at: leaf b
    kAccessor,    // leaf target := what the send of an accessor at `instruction` gives for leaf a
    kTruth,       // leaf target := register a `selector` register b
    kStore,       // temporary target := register a
    kMove,        // temporary target := leaf a, whose value is in register b
    kComparison,  // the last one: register a `selector` register b
    kCommit,      // instance variable target := register a, or the object of temporary b
  };
  Kind kind;
  int32_t target = 0;
  int32_t a = 0;
  int32_t b = 0;
  int32_t selector = 0;  // special selector
  double value = 0;
  int32_t instruction = -1;  // of what has none of these
  int32_t yes = 0;
  int32_t no = 0;
};

// A part of a run that is done again as a whole.
struct FloatSegment {
  int32_t first = 0;  // instructions first .. end-1
  int32_t end = 0;
  size_t firstStep = 0;  // steps firstStep .. endStep-1
  size_t endStep = 0;
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

  std::vector<FloatSegment> segments() const;
};

struct FloatRuns {
  std::vector<FloatRun> runs;                     // in the order of instructions
  std::vector<bool> unboxable;                    // by temporary: some run stores an f64 into it
  const FloatRun* at(int32_t instruction) const;  // null: none begins there
};

using FloatLiterals = std::function<std::optional<double>(int)>;  // by index in the literal frame

inline constexpr int kTruncatedPrimitive = 51;
inline constexpr int kSquareRootPrimitive = 55;
inline constexpr int kSinePrimitive = 56;
inline constexpr int kArcTangentPrimitive = 57;
inline constexpr int kLogarithmPrimitive = 58;
inline constexpr int kExponentialPrimitive = 59;

// A method that a send to a Float reaches: one of these primitives, or one that computes with self,
// its argument and constants, in one basic block or in one of two.
struct FloatMethod {
  const Body* body = nullptr;  // null: the primitive
  FloatLiterals floatLiteral;
  int primitive = kSquareRootPrimitive;
};

// What operands an operation had in earlier runs of the program.
// kIntegers: the frame leaves where an operand is anything else.
enum class SeenOperands : uint8_t { kUnknown, kFloats, kOthers, kIntegers };

// What the analysis has to be told about a method. Instructions are those of the body, by index.
struct FloatAssumptions {
  FloatLiterals floatLiteral;
  std::function<std::optional<FloatMethod>(int32_t)> floatMethod;  // of a send
  std::function<bool(int32_t)> convertsIntegers;                   // a unary send is asFloat
  std::function<bool(int32_t)> isAccessor;                         // a unary send is likely one
  std::function<bool(int32_t)> mayReadArray;                       // at: is sent to Arrays
  std::function<SeenOperands(int32_t)> seenOperands;
  std::function<bool(int32_t)> isLikelyFloat;  // a temporary at entry
  std::function<bool(int32_t)> isFloatSlot;    // an instance variable's Float is changed in place
  // Elements of temp vectors that are as good as temporaries: by index and frame slot of the vector
  // the number of one behind those of the frame, -1: it is none.
  std::function<int32_t(int32_t, int32_t)> vectorTemporary;
  int32_t vectorTemporaries = 0;  // how many numbers there are
  bool answerIsUnused = false;    // of the body, a block
};

FloatRuns floatRuns(const Body& body, const FloatAssumptions& assumptions,
                    const IntegerAssumptions& integers, const RangesAtEntry& ranges);

}  // namespace stwasm::ir
