// Primitives that ask the host: what they answer where there is no display, and what they refuse.
// Paths that begin with "here" are not for a reference VM, whose host answers differently.
#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

void addInput(PrimitiveCases& cases) {
  for (const int number : {90, 106}) {
    cases.answersThen(number, "a Point", nil(), {}, "class", classNamed("Point"));
  }
  cases.answers(107, "no button", nil(), {}, integer(0));
  for (const int number : {108, 109}) cases.answers(number, "here: no key", nil(), {}, nil());
  cases.answers(133, "a key", exemplar(), {integer(46)}, exemplar());
  cases.fails(133, "no integer", exemplar(), {nil()});
  cases.answers(93, "here: a semaphore's index", exemplar(), {integer(0)}, exemplar());
  cases.fails(94, "no Array", exemplar(), {nil()});
  cases.fails(94, "too short", exemplar(), {array({nil()})});
}

void addDisplay(PrimitiveCases& cases) {
  cases.fails(91, "no integer", nil(), {nil()});
  cases.fails(92, "no integers", nil(), {nil(), nil(), nil(), nil()});
  cases.fails(101, "no Form", string("abc"), {});
  cases.fails(102, "no Form", string("abc"), {});
  for (const int number : {96, 147}) cases.fails(number, "no BitBlt", exemplar(), {});
  cases.fails(103, "no scanner", exemplar(),
              {integer(1), integer(1), string("a"), integer(10), array({}), integer(0)});
  for (const int number : {126, 233}) {
    cases.fails(number, "no Boolean", exemplar(), {nil()});
  }
  cases.answers(126, "true", exemplar(), {boolean(true)}, exemplar());
  cases.answers(126, "false", exemplar(), {boolean(false)}, exemplar());
  cases.answers(233, "false", exemplar(), {boolean(false)}, exemplar());
  cases.fails(127, "no integers", exemplar(), {nil(), nil(), nil(), nil()});
  cases.answers(231, "answers its receiver", exemplar(), {}, exemplar());
  cases.answers(140, "answers its receiver", exemplar(), {}, exemplar());
}

void addNames(PrimitiveCases& cases) {
  const Item text = classNamed("String");
  for (const int number : {121, 142, 141}) {
    cases.answersThen(number, "a String", nil(), {}, "class", text);
  }
  cases.fails(121, "no String", nil(), {integer(3)});
  cases.fails(141, "no String", nil(), {integer(3)});
  cases.answersThen(149, "the image's name", nil(), {integer(1)}, "class", text);
  cases.answersThen(149, "the platform's name", nil(), {integer(1001)}, "class", text);
  cases.fails(149, "no integer", nil(), {nil()});
  cases.fails(149, "no such attribute", nil(), {integer(-100000)});
}

void addAmounts(PrimitiveCases& cases) {
  const Item smallInteger = classNamed("SmallInteger");
  for (const int number : {112, 130, 131}) {
    cases.answersThen(number, "bytes left", nil(), {}, "class", smallInteger);
  }
  if (cases.format().isSpur) {
    cases.answersThen(180, "bytes more", nil(), {integer(1000)}, "class", smallInteger);
    cases.fails(180, "no integer", nil(), {nil()});
  }
  cases.script(138, "one object, and the same one again",
               Assembler("Exemplar", "scenario", 0, 0)
                   .self()
                   .send(cases.message(138, 0), 0)
                   .self()
                   .send(cases.message(138, 0), 0)
                   .special(kIdentical)
                   .returnTop(),
               boolean(true));
  const Item single = shared("an object", string("an object"));
  cases.script(139, "another object",
               Assembler("Exemplar", "scenario", 0, 0)
                   .literal(single)
                   .send(cases.message(139, 0), 0)
                   .literal(single)
                   .special(kIdentical)
                   .returnTop(),
               boolean(false));
  cases.fails(172, "nobody mourns", nil(), {});
}

void addModules(PrimitiveCases& cases) {
  cases.answers(570, "answers its receiver", exemplar(), {}, exemplar());
  cases.answers(572, "behind the last module", nil(), {integer(1000)}, nil());
  cases.answers(573, "behind the last module", nil(), {integer(1000)}, nil());
  for (const int number : {572, 573}) {
    cases.fails(number, "index 0", nil(), {integer(0)});
    cases.fails(number, "no index", nil(), {nil()});
  }
  Method named{.className = "Object", .selector = "delimiter", .primitive = 117};
  named.literals = {
      array({symbol("FilePlugin"), symbol("primitiveDirectoryDelimitor"), integer(0), integer(0)})};
  named.code = {0x78};
  const Item delimiter = compiledMethod(std::make_shared<const Method>(std::move(named)));
  cases.answers(218, "a function", nil(), {delimiter, nil(), array({})}, character('/'));
  cases.fails(218, "wrong number of arguments", nil(), {delimiter, nil(), array({nil()})});
  cases.fails(218, "no Array", nil(), {delimiter, nil(), nil()});
}

}  // namespace

void addHostPrimitives(PrimitiveCases& cases) {
  addInput(cases);
  addDisplay(cases);
  addNames(cases);
  addAmounts(cases);
  addModules(cases);
}

}  // namespace stwasm::exemplars
