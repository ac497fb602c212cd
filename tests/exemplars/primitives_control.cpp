// Primitives that activate methods and blocks, and those of semaphores; quick returns.
#include <fmt/format.h>

#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

Item own(const Items& arguments) {
  Items all = {symbol("own")};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return array(all);
}

void addPerform(PrimitiveCases& cases) {
  for (const int count : {0, 1, 2, 5}) {
    Items arguments;
    for (int i = 0; i < count; ++i) arguments.push_back(integer(i));
    Items performed = {symbol(takeSelector(count))};
    performed.insert(performed.end(), arguments.begin(), arguments.end());
    cases.answers(83, fmt::format("{} arguments", count), exemplar(), performed, own(arguments));
    cases.answers(84, fmt::format("{} arguments", count), exemplar(),
                  {symbol(takeSelector(count)), array(arguments)}, own(arguments));
  }
  cases.fails(83, "wrong number of arguments", exemplar(), {symbol(takeSelector(2)), integer(1)});
  cases.fails(84, "wrong number of arguments", exemplar(),
              {symbol(takeSelector(2)), array({integer(1)})});
  cases.fails(84, "no Array", exemplar(), {symbol("take"), nil()});
  cases.answers(100, "in a superclass", exemplar(),
                {symbol("take"), array({}), classNamed("Parent")}, array({symbol("parent")}));
  cases.fails(100, "no superclass", exemplar(), {symbol("take"), array({}), classNamed("Wide")});
  cases.fails(100, "no Array", exemplar(), {symbol("take"), nil(), classNamed("Parent")});
}

void addSemaphores(PrimitiveCases& cases) {
  const auto semaphore = [](int signals) {
    return instance("Semaphore", {nil(), nil(), integer(signals)});
  };
  cases.changes(85, "nobody waits", semaphore(0), {}, semaphore(1), semaphore(1));
  cases.changes(86, "signalled before", semaphore(1), {}, semaphore(0), semaphore(0));
}

void addTries(PrimitiveCases& cases) {
  cases.answers(118, "plus", integer(3), {integer(1), array({integer(4)})}, integer(7));
  cases.fails(118, "the primitive fails", integer(3), {integer(1), array({nil()})});
  cases.fails(118, "no Array", integer(3), {integer(1), nil()});
  for (const int number : {19, 198, 199}) cases.fails(number, "by definition", exemplar(), {});
}

void addQuickReturns(PrimitiveCases& cases) {
  const Item constants[] = {exemplar(),  boolean(true), boolean(false), nil(),
                            integer(-1), integer(0),    integer(1),     integer(2)};
  for (int i = 0; i < 8; ++i) cases.answers(256 + i, "constant", exemplar(), {}, constants[i]);
  for (const int slot : {0, 1, 15}) {
    cases.answers(264 + slot, "a slot", exemplar(), {}, integer(100 + slot));
  }
  for (const int slot : {40, 255}) {
    cases.answers(264 + slot, "a slot", wide(), {}, integer(1000 + slot));
  }
}

}  // namespace

void addControlPrimitives(PrimitiveCases& cases) {
  addPerform(cases);
  addSemaphores(cases);
  addTries(cases);
  addQuickReturns(cases);
}

void addSystemPrimitives(PrimitiveCases& cases) {
  for (const int number : {89, 116, 119}) {
    cases.answers(number, "answers its receiver", symbol("take"), {}, symbol("take"));
  }
  const Item smallInteger = classNamed("SmallInteger");
  cases.answersThen(135, "milliseconds", nil(), {}, "class", smallInteger);
  cases.answersThen(
      137, "seconds", nil(), {}, "class",
      classNamed(cases.format().wordSize == 4 ? "LargePositiveInteger" : "SmallInteger"));
  cases.answersThen(
      240, "microseconds", nil(), {}, "class",
      classNamed(cases.format().wordSize == 4 ? "LargePositiveInteger" : "SmallInteger"));
  cases.answers(125, "bytes left", exemplar(), {integer(0)}, exemplar());
  cases.fails(125, "no integer", exemplar(), {nil()});
}

}  // namespace stwasm::exemplars
