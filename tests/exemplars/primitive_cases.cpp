// Helps to write tables of primitives: see primitive_cases.h.
#include "tests/exemplars/primitive_cases.h"

#include <algorithm>

#include <fmt/format.h>

namespace stwasm::exemplars {

namespace {

constexpr int kFirstLiteral = 32;
constexpr int kSend = 131;
constexpr int kArrayOfTwo = 0x82;

// Numbers above a literal's five bits are sent with this many arguments only.
std::string selectorFor(int number, size_t arguments) {
  std::string selector = fmt::format("primitive{}", number);
  for (size_t i = 0; i < arguments; ++i) selector += i == 0 ? ":" : "with:";
  return selector;
}

}  // namespace

// The selector of a method of Object that calls the primitive.
std::string PrimitiveCases::declare(int number, size_t arguments, OnFailure onFailure) {
  constexpr int kStoreTemporary = 129;  // next to the primitive's call: takes the reason
  const int count = static_cast<int>(arguments);
  Method called{.className = "Object", .selector = selectorFor(number, arguments)};
  called.arguments = count;
  called.primitive = number;
  if (onFailure == OnFailure::kAnswersReason) {
    called.selector.insert(0, "reason");
    called.temporaries = 1;
    called.code = {kStoreTemporary, 0x40 | count, 0x10 + count, 0x7C};
  } else {
    called.literals = {failed()};
    called.code = {kFirstLiteral, 0x7C};
  }
  const bool known = std::ranges::any_of(
      table_.methods, [&](const Method& method) { return method.selector == called.selector; });
  if (!known) table_.methods.push_back(called);
  return called.selector;
}

Case PrimitiveCases::begin(int number, const std::string& path, const Item& receiver,
                           const Items& arguments, OnFailure onFailure) {
  Case made{.key = fmt::format("primitive {}", number), .path = path, .receiver = exemplar()};
  made.method.className = "Exemplar";
  made.method.literals = {receiver};
  made.method.literals.insert(made.method.literals.end(), arguments.begin(), arguments.end());
  made.method.literals.push_back(symbol(declare(number, arguments.size(), onFailure)));
  const auto count = static_cast<int>(arguments.size());
  for (int i = 0; i <= count; ++i) made.method.code.push_back(kFirstLiteral + i);
  made.method.code.insert(made.method.code.end(), {kSend, count << 5 | (count + 1)});
  return made;
}

void PrimitiveCases::failsFor(int number, const std::string& path, const Item& receiver,
                              const Items& arguments, const std::string& reason) {
  Case made = begin(number, "fails: " + path, receiver, arguments, OnFailure::kAnswersReason);
  made.method.code.push_back(0x7C);
  made.expected = symbol(reason);
  table_.add(std::move(made));
}

void PrimitiveCases::answers(int number, const std::string& path, const Item& receiver,
                             const Items& arguments, const Item& expected) {
  Case made = begin(number, path, receiver, arguments);
  made.method.code.push_back(0x7C);
  made.expected = expected;
  table_.add(std::move(made));
}

void PrimitiveCases::changes(int number, const std::string& path, const Item& receiver,
                             const Items& arguments, const Item& expected,
                             const Item& receiverAfter) {
  Case made = begin(number, path, receiver, arguments);
  made.method.code.insert(made.method.code.end(), {kFirstLiteral, 138, kArrayOfTwo, 0x7C});
  made.expected = array({expected, receiverAfter});
  table_.add(std::move(made));
}

void PrimitiveCases::answersThen(int number, const std::string& path, const Item& receiver,
                                 const Items& arguments, const std::string& selector,
                                 const Item& expected) {
  Case made = begin(number, path, receiver, arguments);
  made.method.literals.push_back(symbol(selector));
  const auto last = static_cast<int>(made.method.literals.size()) - 1;
  made.method.code.insert(made.method.code.end(), {kSend, last, 0x7C});
  made.expected = expected;
  table_.add(std::move(made));
}

void PrimitiveCases::ofBlock(int number, const std::string& path, int blockArguments,
                             const Items& arguments, const Item& expected) {
  Case made = begin(number, path, symbol("block"), arguments);
  const int answered = blockArguments == 0 ? kFirstLiteral : 0x10 + blockArguments - 1;
  made.method.code.front() = 143;  // in place of the receiver's push
  made.method.code.insert(made.method.code.begin() + 1, {blockArguments, 0, 2, answered, 0x7D});
  made.method.code.push_back(0x7C);
  made.expected = expected;
  table_.add(std::move(made));
}

// SistaV1, for only there are such blocks.
void PrimitiveCases::ofFullBlock(int number, const std::string& path, int blockArguments,
                                 const Items& arguments, const Item& expected) {
  Method block{.set = CodeSet::kSistaV1, .arguments = blockArguments};
  block.literals = {symbol("block")};
  block.code = {blockArguments == 0 ? kFirstLiteral : 64 + blockArguments - 1, 94};
  Case made = begin(number, path, compiledBlock(std::make_shared<const Method>(std::move(block))),
                    arguments);
  const auto count = static_cast<int>(arguments.size());
  made.method.set = CodeSet::kSistaV1;
  made.method.code = {249, 0, 0};
  for (int i = 1; i <= count; ++i) made.method.code.push_back(kFirstLiteral + i);
  made.method.code.insert(made.method.code.end(), {234, (count + 1) << 3 | count, 92});
  made.expected = expected;
  table_.add(std::move(made));
}

void PrimitiveCases::script(int number, const std::string& path, const Assembler& method,
                            const Item& expected) {
  Case made{.key = fmt::format("primitive {}", number), .path = path, .receiver = exemplar()};
  made.method = method.method();
  made.expected = expected;
  table_.add(std::move(made));
}

void PrimitiveCases::ofContext(int number, const std::string& path, const Items& arguments,
                               const Item& expected, const Item& temporary) {
  Case made = begin(number, path, integer(7), arguments);
  made.method.temporaries = 1;
  made.method.code.front() = 137;  // thisContext in place of the receiver
  made.method.code.insert(made.method.code.begin(), {kFirstLiteral, 0x68});
  made.method.code.insert(made.method.code.end(), {0x10, 138, kArrayOfTwo, 0x7C});
  made.expected = array({expected, temporary});
  table_.add(std::move(made));
}

void addPrimitives(Table& table) {
  PrimitiveCases cases(table);
  addNumberPrimitives(cases);
  addFloatPrimitives(cases);
  addStoragePrimitives(cases);
  addObjectPrimitives(cases);
  addControlPrimitives(cases);
  addSystemPrimitives(cases);
  addProcessPrimitives(cases);
  addContextPrimitives(cases);
  addHostPrimitives(cases);
  addOlderPrimitives(cases);
}

}  // namespace stwasm::exemplars
