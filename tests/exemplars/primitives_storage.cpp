// Primitives that read, write, make and copy objects.
#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

Item three() { return array({integer(11), integer(12), integer(13)}); }

void addAccess(PrimitiveCases& cases) {
  cases.answers(60, "an Array", three(), {integer(3)}, integer(13));
  cases.answers(60, "bytes", byteArray({1, 255}), {integer(2)}, integer(255));
  cases.answers(60, "words", words({1, 0xFFFFFFFF}), {integer(2)}, integer(0xFFFFFFFF));
  cases.answers(60, "shorts", shorts({1, 0xFFFF}), {integer(2)}, integer(0xFFFF));
  cases.changes(61, "an Array", three(), {integer(1), nil()}, nil(),
                array({nil(), integer(12), integer(13)}));
  cases.changes(61, "bytes", byteArray({1, 2}), {integer(2), integer(255)}, integer(255),
                byteArray({1, 255}));
  cases.changes(61, "words", words({1, 2}), {integer(1), integer(0x80000000)}, integer(0x80000000),
                words({0x80000000, 2}));
  cases.changes(61, "shorts", shorts({1, 2}), {integer(1), integer(65535)}, integer(65535),
                shorts({65535, 2}));
  cases.changes(61, "fails: no byte", byteArray({1, 2}), {integer(2), integer(256)}, failed(),
                byteArray({1, 2}));
  cases.changes(61, "fails: negative byte", byteArray({1, 2}), {integer(2), integer(-1)}, failed(),
                byteArray({1, 2}));
  cases.changes(61, "fails: no word", words({1, 2}), {integer(2), nil()}, failed(), words({1, 2}));
  for (const auto& [path, index] :
       std::initializer_list<std::pair<const char*, Item>>{{"index 0", integer(0)},
                                                           {"index too large", integer(4)},
                                                           {"index negative", integer(-1)},
                                                           {"no index", nil()}}) {
    cases.fails(60, path, three(), {index});
    cases.fails(61, path, three(), {index, nil()});
    cases.fails(63, path, string("abc"), {index});
    cases.fails(64, path, string("abc"), {index, character('x')});
    cases.fails(73, path, association(nil(), nil()), {index});
    cases.fails(74, path, association(nil(), nil()), {index, nil()});
  }
  for (const int number : {60, 61}) {
    const auto failsFor = [&](const char* path, const Item& receiver, const Item& index,
                              const char* reason) {
      cases.failsFor(number, path, receiver, number == 61 ? Items{index, nil()} : Items{index},
                     reason);
    };
    failsFor("nothing indexable", exemplar(), integer(1), "bad receiver");
    failsFor("an immediate", integer(3), integer(1), "inappropriate operation");
    failsFor("the reason is the index", three(), integer(4), "bad index");
    failsFor("the reason is its class", three(), nil(), "bad argument");
  }
  cases.fails(63, "nothing indexable", exemplar(), {integer(1)});
  cases.fails(63, "an immediate", integer(3), {integer(1)});
  cases.answers(62, "an Array", three(), {}, integer(3));
  cases.answers(62, "bytes", string("hello"), {}, integer(5));
  cases.answers(62, "words", words({1, 2}), {}, integer(2));
  cases.fails(62, "an immediate", integer(3), {});
  cases.answers(63, "a String", string("abc"), {integer(3)}, character('c'));
  cases.changes(64, "a String", string("abc"), {integer(3), character('x')}, character('x'),
                string("abx"));
  cases.fails(64, "no Character", string("abc"), {integer(3), integer(65)});
  cases.answers(73, "a slot", association(integer(1), integer(2)), {integer(2)}, integer(2));
  cases.changes(74, "a slot", association(integer(1), integer(2)), {integer(2), nil()}, nil(),
                association(integer(1), nil()));
}

void addNarrowAccess(PrimitiveCases& cases) {
  cases.answers(38, "the more significant word", real(1.5), {integer(1)}, integer(0x3FF80000));
  cases.answers(38, "the other word", real(1.5), {integer(2)}, integer(0));
  cases.fails(38, "index", real(1.5), {integer(3)});
  // Too large to be an immediate in 64 bits.
  cases.changes(39, "a word", real(0x1p1000), {integer(1), integer(0x7E800000)},
                integer(0x7E800000), real(0x1p1001));
  cases.fails(39, "index", real(0x1p1000), {integer(3), integer(0)});
  cases.answers(143, "a low half", words({0x0001FFFF}), {integer(1)}, integer(-1));
  cases.answers(143, "a high half", words({0x0001FFFF}), {integer(2)}, integer(1));
  cases.fails(143, "index", words({1}), {integer(3)});
  cases.fails(143, "pointers", three(), {integer(1)});
  cases.changes(144, "a half", words({0}), {integer(2), integer(-1)}, integer(-1),
                words({0xFFFF0000}));
  cases.fails(144, "index", words({1}), {integer(3), integer(0)});
  cases.fails(144, "no short", words({1}), {integer(1), integer(40000)});
  cases.changes(145, "bytes", byteArray({1, 2, 3}), {integer(7)}, byteArray({7, 7, 7}),
                byteArray({7, 7, 7}));
  cases.changes(145, "words", words({1, 2}), {integer(0x80000000)}, words({0x80000000, 0x80000000}),
                words({0x80000000, 0x80000000}));
  cases.fails(145, "no byte", byteArray({1}), {integer(256)});
  cases.fails(145, "pointers", three(), {integer(1)});
  cases.answers(165, "a negative word", words({0xFFFFFFFE}), {integer(1)}, integer(-2));
  cases.fails(165, "index", words({1}), {integer(2)});
  cases.changes(166, "a negative word", words({0}), {integer(1), integer(-2)}, integer(-2),
                words({0xFFFFFFFE}));
  cases.fails(166, "index", words({1}), {integer(2), integer(1)});
}

void addCreation(PrimitiveCases& cases) {
  cases.answers(70, "a class", classNamed("Point"), {}, point(nil(), nil()));
  // Before Spur the class's format says nothing of immediates, and a size that is not told is 0.
  if (cases.format().isSpur) {
    cases.failsFor(70, "an indexable class", classNamed("Array"), {}, "bad receiver");
    cases.fails(70, "a class of immediates", classNamed("SmallInteger"), {});
  } else {
    cases.answers(70, "an indexable class", classNamed("Array"), {}, array({}));
    cases.fails(70, "here: a class of methods", classNamed("CompiledMethod"), {});
  }
  cases.answers(71, "an Array", classNamed("Array"), {integer(2)}, array({nil(), nil()}));
  cases.answers(71, "bytes", classNamed("ByteArray"), {integer(3)}, byteArray({0, 0, 0}));
  cases.answers(71, "words", classNamed("WordArray"), {integer(1)}, words({0}));
  cases.answers(71, "no elements", classNamed("String"), {integer(0)}, string(""));
  cases.fails(71, "a negative size", classNamed("Array"), {integer(-1)});
  cases.fails(71, "no size", classNamed("Array"), {nil()});
  cases.fails(71, "a class without indexable slots", classNamed("Point"), {integer(1)});
  cases.answers(148, "a copy", three(), {}, three());
  cases.answers(148, "bytes", string("abc"), {}, string("abc"));
  cases.answers(148, "an immediate", integer(3), {}, integer(3));
  cases.changes(168, "the other's slots", association(nil(), nil()),
                {association(integer(1), integer(2))}, association(integer(1), integer(2)),
                association(integer(1), integer(2)));
  cases.changes(168, "the other's bytes", string("abc"), {string("xyz")}, string("xyz"),
                string("xyz"));
  cases.fails(168, "another class", three(), {string("abc")});
  cases.fails(168, "another size", string("abc"), {string("ab")});
  cases.answers(170, "97", classNamed("Character"), {integer(97)}, character('a'));
  cases.fails(170, "negative", classNamed("Character"), {integer(-1)});
  cases.fails(170, "no integer", classNamed("Character"), {nil()});
  if (!cases.format().isSpur) return;
  cases.answers(171, "a", character('a'), {}, integer(97));
  cases.fails(171, "an object", string("a"), {});
}

// replaceFrom: 1 to: 2 with: other startingAt: 2
void addReplacement(PrimitiveCases& cases) {
  const auto with = [](int from, int to, const Item& other, int start) {
    return Items{integer(from), integer(to), other, integer(start)};
  };
  const Item replaced = array({integer(2), integer(3), integer(13)});
  cases.changes(105, "an Array", three(),
                with(1, 2, array({integer(1), integer(2), integer(3)}), 2), replaced, replaced);
  cases.changes(105, "a String", string("abc"), with(2, 3, string("xyz"), 1), string("axy"),
                string("axy"));
  cases.changes(105, "words", words({1, 2}), with(2, 2, words({7}), 1), words({1, 7}),
                words({1, 7}));
  cases.changes(105, "nothing", string("abc"), with(2, 1, string(""), 1), string("abc"),
                string("abc"));
  cases.changes(105, "fails: beyond the receiver", string("abc"), with(2, 4, string("xyz"), 1),
                failed(), string("abc"));
  cases.changes(105, "fails: beyond the other", string("abc"), with(1, 3, string("xyz"), 2),
                failed(), string("abc"));
  cases.changes(105, "fails: before the receiver", string("abc"), with(0, 1, string("xyz"), 1),
                failed(), string("abc"));
  cases.changes(105, "fails: another format", three(), with(1, 2, string("xyz"), 1), failed(),
                three());
  cases.fails(105, "no integer", three(), {nil(), integer(1), three(), integer(1)});
}

}  // namespace

void addStoragePrimitives(PrimitiveCases& cases) {
  addAccess(cases);
  addNarrowAccess(cases);
  addCreation(cases);
  addReplacement(cases);
}

}  // namespace stwasm::exemplars
