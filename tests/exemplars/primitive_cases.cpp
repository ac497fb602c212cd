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

Case PrimitiveCases::begin(int number, const std::string& path, const Item& receiver,
                           const Items& arguments) {
  const std::string selector = selectorFor(number, arguments.size());
  Method called{.className = "Object", .selector = selector};
  called.arguments = static_cast<int>(arguments.size());
  called.primitive = number;
  called.literals = {failed()};
  called.code = {kFirstLiteral, 0x7C};
  const bool known = std::ranges::any_of(
      table_.methods, [&](const Method& method) { return method.selector == selector; });
  if (!known) table_.methods.push_back(called);

  Case made{.key = fmt::format("primitive {}", number), .path = path, .receiver = exemplar()};
  made.method.className = "Exemplar";
  made.method.literals = {receiver};
  made.method.literals.insert(made.method.literals.end(), arguments.begin(), arguments.end());
  made.method.literals.push_back(symbol(selector));
  for (int i = 0; i <= called.arguments; ++i) made.method.code.push_back(kFirstLiteral + i);
  made.method.code.insert(made.method.code.end(),
                          {kSend, called.arguments << 5 | (called.arguments + 1)});
  return made;
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

void addPrimitives(Table& table) {
  PrimitiveCases cases(table);
  addNumberPrimitives(cases);
  addFloatPrimitives(cases);
  addStoragePrimitives(cases);
  addObjectPrimitives(cases);
  addControlPrimitives(cases);
  addSystemPrimitives(cases);
}

}  // namespace stwasm::exemplars
