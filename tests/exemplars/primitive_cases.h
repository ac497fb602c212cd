// Helps to write tables of primitives: each case sends a message whose method calls the primitive
// and answers #failed when it fails.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/exemplars/assembler.h"
#include "tests/exemplars/table.h"

namespace stwasm::exemplars {

inline Item failed() { return symbol("failed"); }

class PrimitiveCases {
 public:
  explicit PrimitiveCases(Table& table) : table_(table) {}

  const MemoryFormat& format() const { return table_.format; }

  // What the primitive answers.
  void answers(int number, const std::string& path, const Item& receiver, const Items& arguments,
               const Item& expected);
  void fails(int number, const std::string& path, const Item& receiver, const Items& arguments) {
    answers(number, "fails: " + path, receiver, arguments, failed());
  }
  // The reason that the method is told.
  void failsFor(int number, const std::string& path, const Item& receiver, const Items& arguments,
                const std::string& reason);
  // What the primitive answers, and the receiver afterwards.
  void changes(int number, const std::string& path, const Item& receiver, const Items& arguments,
               const Item& expected, const Item& receiverAfter);
  // What the answer is answered with when it is sent the unary selector.
  void answersThen(int number, const std::string& path, const Item& receiver,
                   const Items& arguments, const std::string& selector, const Item& expected);
  // A block of so many arguments, which answers its last one or #block, is the receiver.
  void ofBlock(int number, const std::string& path, int blockArguments, const Items& arguments,
               const Item& expected);
  void ofFullBlock(int number, const std::string& path, int blockArguments, const Items& arguments,
                   const Item& expected);
  // thisContext is the receiver, whose only temporary holds 7; that one's value afterwards too.
  void ofContext(int number, const std::string& path, const Items& arguments, const Item& expected,
                 const Item& temporary);
  // A method of Exemplar, which sends what `message` gives.
  void script(int number, const std::string& path, const Assembler& method, const Item& expected);
  std::string message(int number, size_t arguments) {
    return declare(number, arguments, OnFailure::kAnswersFailed);
  }
  // Another method of Exemplar.
  void helper(const Assembler& method) { table_.methods.push_back(method.method()); }
  // The same row for each number.
  void each(const std::vector<int>& numbers, const std::string& path, const Item& receiver,
            const Items& arguments, const Item& expected) {
    for (const int number : numbers) answers(number, path, receiver, arguments, expected);
  }

 private:
  enum class OnFailure : uint8_t { kAnswersFailed, kAnswersReason };

  Case begin(int number, const std::string& path, const Item& receiver, const Items& arguments,
             OnFailure onFailure = OnFailure::kAnswersFailed);
  std::string declare(int number, size_t arguments, OnFailure onFailure);

  Table& table_;
};

// The tables, by concern.
void addNumberPrimitives(PrimitiveCases& cases);
void addFloatPrimitives(PrimitiveCases& cases);
void addStoragePrimitives(PrimitiveCases& cases);
void addObjectPrimitives(PrimitiveCases& cases);
void addControlPrimitives(PrimitiveCases& cases);
void addSystemPrimitives(PrimitiveCases& cases);
void addProcessPrimitives(PrimitiveCases& cases);
void addContextPrimitives(PrimitiveCases& cases);
void addHostPrimitives(PrimitiveCases& cases);
void addOlderPrimitives(PrimitiveCases& cases);

}  // namespace stwasm::exemplars
