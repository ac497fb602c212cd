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
  for (const int slot : {40, cases.format().lastWideSlot()}) {
    cases.answers(264 + slot, "a slot", wide(cases.format()), {}, integer(1000 + slot));
  }
}

void addBlocks(PrimitiveCases& cases) {
  const Items values = {integer(1), integer(2), integer(3), integer(4)};
  for (int count = 0; count <= 4; ++count) {
    const Items arguments(values.begin(), values.begin() + count);
    const Item answer = count == 0 ? symbol("block") : values[static_cast<size_t>(count) - 1];
    const std::string path = fmt::format("{} arguments", count);
    cases.ofBlock(201 + count, path, count, arguments, answer);
    cases.ofBlock(201 + count, "fails: wrong number of arguments", count == 0 ? 1 : count - 1,
                  arguments, failed());
    cases.ofBlock(206, path, count, {array(arguments)}, answer);
    cases.ofFullBlock(207, path, count, arguments, answer);
    cases.ofFullBlock(207, "fails: wrong number of arguments", count == 0 ? 1 : count - 1,
                      arguments, failed());
    cases.ofFullBlock(208, path, count, {array(arguments)}, answer);
    if (count > 1) continue;
    cases.ofBlock(221 + count, path, count, arguments, answer);
    cases.ofBlock(221 + count, "fails: wrong number of arguments", 1 - count, arguments, failed());
    cases.ofFullBlock(209, path, count, arguments, answer);
    cases.ofFullBlock(209, "fails: wrong number of arguments", 1 - count, arguments, failed());
  }
  cases.ofBlock(206, "fails: wrong number of arguments", 1, {array({})}, failed());
  cases.ofBlock(206, "fails: no Array", 1, {nil()}, failed());
  cases.ofFullBlock(208, "fails: wrong number of arguments", 1, {array({})}, failed());
  cases.ofFullBlock(208, "fails: no Array", 1, {nil()}, failed());
}

void addContexts(PrimitiveCases& cases) {
  // The one temporary: the send has taken thisContext from the stack.
  cases.ofContext(212, "size", {}, integer(1), integer(7));
  cases.ofContext(210, "a temporary", {integer(1)}, integer(7), integer(7));
  cases.ofContext(210, "fails: index 0", {integer(0)}, failed(), integer(7));
  cases.ofContext(210, "fails: index too large", {integer(100)}, failed(), integer(7));
  cases.ofContext(210, "fails: no index", {nil()}, failed(), integer(7));
  cases.ofContext(211, "a temporary", {integer(1), integer(9)}, integer(9), integer(9));
  cases.ofContext(211, "fails: index 0", {integer(0), integer(9)}, failed(), integer(7));
  cases.ofContext(211, "fails: index too large", {integer(100), integer(9)}, failed(), integer(7));
}

// A method in no class, which answers an Array of its receiver's first slot and its arguments.
Item looseMethod(int arguments) {
  Method method{.className = "Exemplar", .selector = "loose", .arguments = arguments};
  method.code = {0x00};
  for (int i = 0; i < arguments; ++i) method.code.push_back(0x10 + i);
  method.code.insert(method.code.end(), {138, 0x80 | (arguments + 1), 0x7C});
  return compiledMethod(std::make_shared<const Method>(std::move(method)));
}

void addMethodPrimitives(PrimitiveCases& cases) {
  const Item two = array({integer(1), integer(2)});
  const Item answer = array({integer(100), integer(1), integer(2)});
  cases.answers(188, "two arguments", exemplar(), {two, looseMethod(2)}, answer);
  cases.fails(188, "wrong number of arguments", exemplar(), {two, looseMethod(1)});
  cases.fails(188, "no method", exemplar(), {two, nil()});
  cases.answers(189, "no argument", exemplar(), {looseMethod(0)}, array({integer(100)}));
  cases.answers(189, "two arguments", exemplar(), {integer(1), integer(2), looseMethod(2)}, answer);
  cases.fails(189, "wrong number of arguments", exemplar(), {integer(1), looseMethod(2)});
  cases.answers(68, "a literal", looseMethod(0), {integer(2)}, symbol("loose"));
  cases.fails(68, "index 0", looseMethod(0), {integer(0)});
  cases.fails(68, "behind the literals", looseMethod(0), {integer(4)});
  cases.answers(69, "a literal", looseMethod(0), {integer(2), symbol("other")}, symbol("other"));
  cases.fails(69, "index 0", looseMethod(0), {integer(0), nil()});
  cases.answersThen(79, "a method", classNamed("CompiledMethod"), {integer(4), integer(1)}, "class",
                    classNamed("CompiledMethod"));
  cases.fails(79, "no header", classNamed("CompiledMethod"), {integer(4), nil()});
  cases.fails(79, "no size", classNamed("CompiledMethod"), {nil(), integer(1)});
}

// Slots of a Mutex: two of the list of those who wait, and the owner.
void addMutexes(PrimitiveCases& cases) {
  const Item free = instance("Mutex", {nil(), nil(), nil()});
  const Item owned = instance("Mutex", {nil(), nil(), symbol("somebody")});
  cases.answers(186, "nobody owns it", free, {}, boolean(false));
  cases.answers(187, "nobody owns it", free, {}, boolean(false));
  cases.answers(187, "somebody owns it", owned, {}, nil());
  cases.changes(185, "nobody waits", owned, {}, free, free);
}

}  // namespace

void addControlPrimitives(PrimitiveCases& cases) {
  addPerform(cases);
  addSemaphores(cases);
  addTries(cases);
  addQuickReturns(cases);
  addBlocks(cases);
  addContexts(cases);
  addMethodPrimitives(cases);
  addMutexes(cases);
}

}  // namespace stwasm::exemplars
