// Primitives about identity, classes, references and the objects of a memory.
#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

void addIdentity(PrimitiveCases& cases) {
  const Item same = shared("identical", string("same"));
  cases.answers(110, "the same", same, {same}, boolean(true));
  cases.answers(110, "equal", string("a"), {string("a")}, boolean(false));
  cases.answers(169, "the same", same, {same}, boolean(false));
  cases.answers(169, "equal", string("a"), {string("a")}, boolean(true));
  cases.answers(111, "an object", same, {}, classNamed("String"));
  cases.answers(111, "a SmallInteger", integer(1), {}, classNamed("SmallInteger"));
  cases.answers(111, "nil", nil(), {}, classNamed("UndefinedObject"));
  cases.answers(132, "points to", array({nil(), same}), {same}, boolean(true));
  cases.answers(132, "does not", array({nil(), string("same")}), {same}, boolean(false));
  cases.answersThen(75, "of an object", same, {}, "class", classNamed("SmallInteger"));
  cases.answers(175, "of Array", classNamed("Array"), {}, integer(51));
  cases.answersThen(176, "the greatest hash", nil(), {}, "class", classNamed("SmallInteger"));
  cases.fails(75, "an immediate", integer(3), {});
  cases.fails(159, "no integer", nil(), {});
  cases.fails(175, "here: no class", string("abc"), {});
  cases.answers(159, "of 12345", integer(12345), {}, integer(12345LL * 1664525 & 0xFFFFFFF));
}

void addBecome(PrimitiveCases& cases) {
  const auto one = [](const char* name) { return array({shared(name, string(name))}); };
  cases.changes(72, "one way", one("first"), {one("second")}, array({string("second")}),
                array({string("second")}));
  cases.fails(72, "sizes differ", one("third"), {array({nil(), nil()})});
  cases.fails(72, "no Array", one("third"), {string("x")});
  for (const int number : {248, 249}) {
    const Items copiesHash = number == 249 ? Items{boolean(false)} : Items{};
    const auto with = [&](Items arguments) {
      arguments.insert(arguments.end(), copiesHash.begin(), copiesHash.end());
      return arguments;
    };
    const std::string name = "one way " + std::to_string(number);
    const Item after = array({string("second")});
    cases.changes(number, "one way", one(name.c_str()), with({one("second")}), after, after);
    cases.fails(number, "sizes differ", one("third"), with({array({nil(), nil()})}));
    cases.fails(number, "no Array", one("third"), with({string("x")}));
  }
  cases.changes(128, "both ways", one("fourth"), {one("fifth")}, array({string("fifth")}),
                array({string("fifth")}));
  cases.fails(128, "sizes differ", one("third"), {array({nil(), nil()})});
  cases.fails(128, "no Array", one("third"), {string("x")});
  cases.fails(128, "an immediate", one("third"), {array({integer(1)})});
}

void addClassChanges(PrimitiveCases& cases) {
  cases.answersThen(115, "of the same shape", point(integer(1), integer(2)),
                    {association(nil(), nil())}, "class", classNamed("Association"));
  cases.fails(115, "an immediate", integer(3), {string("abc")});
  if (!cases.format().isSpur) return;
  cases.changes(160, "of the same shape", classNamed("Association"), {point(nil(), nil())},
                classNamed("Association"), classNamed("Association"));
  cases.fails(160, "another shape", classNamed("Association"), {string("abc")});
}

void addEnumeration(PrimitiveCases& cases) {
  const Item single = shared("single", instance("Single", {integer(1)}));
  cases.answers(77, "the only instance", classNamed("Single"), {}, single);
  cases.fails(77, "no instance", classNamed("None"), {});
  cases.fails(78, "no further one", single, {});
  cases.answers(177, "all instances", classNamed("Single"), {}, array({single}));
  cases.answers(177, "no instances", classNamed("None"), {}, array({}));
  cases.answers(132, "an immediate points to nothing", integer(3), {integer(3)}, boolean(false));
  cases.answersThen(178, "all objects", nil(), {}, "class", classNamed("Array"));
  cases.answersThen(129, "special objects", nil(), {}, "size", integer(60));
  cases.answers(173, "a slot", association(integer(1), integer(2)), {integer(2)}, integer(2));
  cases.changes(174, "a slot", association(integer(1), integer(2)), {integer(2), nil()}, nil(),
                association(integer(1), nil()));
  cases.fails(173, "index", association(nil(), nil()), {integer(3)});
  cases.fails(174, "index", association(nil(), nil()), {integer(3), nil()});
  if (!cases.format().isSpur) return;
  cases.answers(183, "not pinned", string("abc"), {}, boolean(false));
  cases.answers(184, "was not pinned", string("abc"), {boolean(true)}, boolean(false));
  cases.fails(183, "an immediate", integer(3), {});
  cases.fails(184, "no Boolean", string("abc"), {nil()});
}

}  // namespace

void addObjectPrimitives(PrimitiveCases& cases) {
  addIdentity(cases);
  addBecome(cases);
  addClassChanges(cases);
  addEnumeration(cases);
}

}  // namespace stwasm::exemplars
