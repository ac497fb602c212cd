// Primitives about the virtual machine: clocks, memory, semaphores that it signals; Floats under
// the numbers that immediate Floats have.
#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

void addClocks(PrimitiveCases& cases) {
  const bool narrow = cases.format().wordSize == 4;
  const Item smallInteger = classNamed("SmallInteger");
  const Item wide = narrow ? classNamed("LargePositiveInteger") : smallInteger;
  cases.answersThen(135, "milliseconds", nil(), {}, "class", smallInteger);
  cases.answersThen(137, "seconds", nil(), {}, "class", wide);
  cases.answersThen(240, "microseconds", nil(), {}, "class", wide);
  cases.answersThen(241, "local microseconds", nil(), {}, "class", wide);
  cases.answers(136, "no semaphore", exemplar(), {nil(), integer(0)}, exemplar());
  cases.fails(136, "no time", exemplar(), {nil(), nil()});
  cases.answers(242, "no semaphore", exemplar(), {nil(), integer(0)}, exemplar());
  cases.fails(242, "no time", exemplar(), {nil(), nil()});
}

void addMemory(PrimitiveCases& cases) {
  cases.answers(125, "bytes left", exemplar(), {integer(0)}, exemplar());
  cases.fails(125, "no integer", exemplar(), {nil()});
  cases.answers(124, "no semaphore", exemplar(), {nil()}, exemplar());
  cases.answers(134, "no semaphore", exemplar(), {nil()}, exemplar());
  cases.answers(167, "nobody else", exemplar(), {}, exemplar());
  cases.answersThen(254, "all parameters", nil(), {}, "class", classNamed("Array"));
  cases.fails(254, "index 0", nil(), {integer(0)});
  for (const int number : {89, 116, 119}) {
    cases.answers(number, "answers its receiver", symbol("take"), {}, symbol("take"));
  }
}

// Before Spur there are none of these.
void addSizes(PrimitiveCases& cases) {
  const int64_t word = cases.format().wordSize;
  // A header of 8 bytes, and slots up to a multiple of 8 bytes.
  cases.answers(181, "two slots", classNamed("Point"), {}, integer(8 + 2 * word));
  cases.answers(181, "indexed slots", classNamed("Array"), {integer(4)}, integer(8 + 4 * word));
  cases.answers(182, "two slots", point(nil(), nil()), {}, integer(8 + 2 * word));
  cases.answers(182, "bytes", string("abc"), {}, integer(16));
  cases.fails(181, "no size", classNamed("Array"), {nil()});
  cases.answers(182, "an immediate has none", integer(3), {}, integer(0));
  cases.answers(163, "writable", string("abc"), {}, boolean(false));
  cases.answers(163, "an immediate", integer(3), {}, boolean(true));
}

void addImmediateFloats(PrimitiveCases& cases) {
  const Item a = real(1.5);
  cases.answers(541, "plus", a, {real(2.25)}, real(3.75));
  cases.answers(541, "plus a SmallInteger", a, {integer(2)}, real(3.5));
  cases.answers(542, "minus", a, {real(2.25)}, real(-0.75));
  cases.answers(543, "<", a, {real(2.25)}, boolean(true));
  cases.answers(544, ">", a, {real(2.25)}, boolean(false));
  cases.answers(545, "<=", a, {real(1.5)}, boolean(true));
  cases.answers(546, ">=", a, {real(2.25)}, boolean(false));
  cases.answers(547, "=", a, {real(1.5)}, boolean(true));
  cases.answers(548, "~=", a, {real(1.5)}, boolean(false));
  cases.answers(549, "times", a, {real(-2.5)}, real(-3.75));
  cases.answers(550, "divided by", a, {real(-0.5)}, real(-3.0));
  cases.fails(550, "by zero", a, {real(0.0)});
  for (int number = 541; number <= 550; ++number) {
    cases.fails(number, "the argument is no number", a, {nil()});
  }
  cases.answers(551, "truncated", real(-2.75), {}, integer(-2));
  cases.answers(552, "fraction", real(2.75), {}, real(0.75));
  cases.answers(553, "exponent", real(8.0), {}, integer(3));
  cases.answers(554, "times 8", real(1.5), {integer(3)}, real(12.0));
  cases.answers(555, "square root", real(6.25), {}, real(2.5));
  cases.answers(556, "sine of 0", real(0.0), {}, real(0.0));
  cases.answers(557, "arc tangent of 0", real(0.0), {}, real(0.0));
  cases.answers(558, "logarithm of 1", real(1.0), {}, real(0.0));
  cases.answers(559, "e to the 0", real(0.0), {}, real(1.0));
  cases.fails(554, "the argument is no integer", a, {nil()});
}

}  // namespace

void addSystemPrimitives(PrimitiveCases& cases) {
  addClocks(cases);
  addMemory(cases);
  if (cases.format().isSpur) addSizes(cases);
  if (cases.format().wordSize == 8) addImmediateFloats(cases);
}

}  // namespace stwasm::exemplars
