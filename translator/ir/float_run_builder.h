// Follows one basic block from some instruction on, as far as a run of Float operations goes: see
// float_runs.h.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "translator/ir/float_runs.h"

namespace stwasm::ir {

class FloatRunBuilder {
 public:
  FloatRunBuilder(const Body& body, const FloatAssumptions& assumptions, const BasicBlock& block,
                  const RangesBefore& ranges)
      : body_(body), assumptions_(assumptions), block_(block), ranges_(ranges) {}

  // Answers where the search goes on. Without steps there is no run.
  int32_t build(int32_t start);

  const FloatRun& run() const { return run_; }
  // Whether Floats are likely, and something is gained.
  bool isWorthIt() const { return done_.hasEvidence && (done_.saved > 0 || done_.hasSeenFloats); }
  const std::vector<int32_t>& readTemporaries() const { return done_.readTemporaries; }

 private:
  // An entry of the operand stack: a register, or a leaf.
  struct Value {
    bool isRegister = false;
    int32_t index = 0;
    int32_t from = 0;         // the first instruction that it takes
    bool isComputed = false;  // by the run
    std::optional<double> constant;
    bool isOperand = false;  // perhaps an operand of the method that answered it: the same object
  };

  // What is so after some instruction.
  struct State {
    int32_t first = 0;
    int32_t end = 0;
    size_t steps = 0;
    int32_t lowest = 0;  // depth of the first entry of the stack
    std::vector<Value> stack;
    int saved = 0;  // results that no object has to be made for
    int products = 0;
    bool hasEvidence = false;
    bool hasSeenFloats = false;  // a profile says so
    bool compares = false;
    std::vector<int32_t> readTemporaries;
  };

  const Instruction& instruction(int32_t index) const {
    return body_.instructions[static_cast<size_t>(index)];
  }
  bool isInteger(int32_t before, int32_t depth) const;
  bool isInteger(const Value& value) const { return !value.isRegister && leaf(value).isInteger; }
  bool isLikelyFloat(const Value& value) const;
  bool isKnownFloat(const Value& value) const {
    return value.isRegister || value.constant || read_.contains({value.index, false});
  }
  const FloatLeaf& leaf(const Value& value) const {
    return run_.leaves[static_cast<size_t>(value.index)];
  }
  const Instruction* pushOf(const Value& value) const;
  int32_t temporaryOf(const Instruction& instruction) const;

  bool step(int32_t index);
  bool send(int32_t index);
  bool specialSend(int32_t index);
  bool pushLeaf(int32_t index, std::optional<double> constant);
  bool arithmetic(int32_t index);
  bool comparison(int32_t index);

  // Methods of Floats (float_run_methods.cpp).
  struct Number {
    int32_t index = -1;  // a register; -1: the constant
    double constant = 0;
    bool isOperand = false;
  };
  struct Computation {
    const FloatMethod& method;
    std::vector<Number> operands;  // self and the argument
    std::vector<Number> stack;
  };
  bool method(int32_t index, const FloatMethod& method);
  bool isForFloats(int32_t index, const FloatMethod& method);
  bool hasSeenFloats(int32_t index) const;
  bool primitive(int32_t index, int primitive, int32_t self);
  bool integerAsFloat(int32_t index);
  std::optional<Number> answerOf(Computation& computation);
  bool compute(Computation& computation, std::span<const Instruction> code, bool mayDivide);
  std::optional<Number> branch(Computation computation, int32_t block, bool isReached);
  int32_t inRegister(const Number& number);

  bool element(int32_t index);
  bool accessor(int32_t index);
  bool isLastStore(int32_t index) const;
  bool store(int32_t index);
  bool move(int32_t index, const Value& value);
  bool commit(int32_t index);
  void forgetPushes(int32_t variable);

  Value entry(size_t below, int32_t index);
  bool operands(int32_t index, int32_t& a, int32_t& b);
  int32_t registerOf(const Value& value, bool besideFloat);
  int32_t addLeaf(const FloatLeaf& leaf);
  int32_t addElement(bool isInteger = false);
  int32_t addStep(FloatStep::Kind kind, int32_t a, int32_t b = 0, int32_t selector = 0,
                  double value = 0);
  void pushRegister(int32_t number);
  void consume(size_t count, int32_t index);
  void noteTemporary(const Value& value);
  bool complete();
  void finish();

  const Body& body_;
  const FloatAssumptions& assumptions_;
  const BasicBlock& block_;
  const RangesBefore& ranges_;
  FloatRun run_;
  State state_;  // after the instruction looked at last
  State done_;   // after the last that may end the run
  int32_t start_ = 0;
  int32_t restart_ = -1;
  std::map<int32_t, int32_t> stored_;                 // registers of temporaries
  std::map<std::array<int32_t, 3>, int32_t> pushed_;  // leaves, by what is pushed
  std::map<std::pair<int32_t, bool>, int32_t> read_;  // registers, by leaf
  std::map<std::array<int32_t, 3>, int32_t> known_;   // registers of what commits stored, by push
};

// Whether the special selector is one of + - * /.
bool isFloatArithmetic(int selector);
bool isFloatComparison(int selector);

}  // namespace stwasm::ir
