// Primitives of SmallIntegers (1 to 18), of integers of up to 64 bits (20 to 37), of Floats (40 to
// 59). Left out is where virtual machines differ: bits of negative receivers, receivers that only a
// method in the wrong class can have.
#include <limits>
#include <numbers>

#include "tests/exemplars/primitive_cases.h"

namespace stwasm::exemplars {

namespace {

constexpr int64_t kBig = int64_t{1} << 40;

struct Binary {
  int number;
  int64_t a;
  int64_t b;
  int64_t answer;
};

void addSmallIntegers(PrimitiveCases& cases) {
  const int64_t max = cases.format().maxSmallInteger();
  const int64_t min = cases.format().minSmallInteger();
  for (const auto& [number, a, b, answer] : std::initializer_list<Binary>{{1, 3, 4, 7},
                                                                          {1, max, min, -1},
                                                                          {2, 3, 4, -1},
                                                                          {2, min, min, 0},
                                                                          {9, -5, 7, -35},
                                                                          {9, 0, min, 0},
                                                                          {10, -12, 4, -3},
                                                                          {11, -7, 3, 2},
                                                                          {11, 7, -3, -2},
                                                                          {12, -7, 3, -3},
                                                                          {12, 7, -3, -3},
                                                                          {13, -7, 3, -2},
                                                                          {13, 7, -3, -2},
                                                                          {14, 12, 10, 8},
                                                                          {15, 12, 10, 14},
                                                                          {16, 12, 10, 6},
                                                                          {16, -1, 1, -2},
                                                                          {17, 3, 10, 3072},
                                                                          {17, 3000, -4, 187}}) {
    cases.answers(number, "SmallIntegers", integer(a), {integer(b)}, integer(answer));
  }
  for (const auto& [a, b] :
       std::initializer_list<std::pair<int64_t, int64_t>>{{3, 4}, {4, 4}, {max, min}}) {
    cases.answers(3, "<", integer(a), {integer(b)}, boolean(a < b));
    cases.answers(4, ">", integer(a), {integer(b)}, boolean(a > b));
    cases.answers(5, "<=", integer(a), {integer(b)}, boolean(a <= b));
    cases.answers(6, ">=", integer(a), {integer(b)}, boolean(a >= b));
    cases.answers(7, "=", integer(a), {integer(b)}, boolean(a == b));
    cases.answers(8, "~=", integer(a), {integer(b)}, boolean(a != b));
  }
  cases.answers(18, "a Point", integer(3), {integer(4)}, point(integer(3), integer(4)));
  cases.fails(10, "not exact", integer(7), {integer(2)});
  for (const auto& [number, a, b] :
       std::initializer_list<std::tuple<int, int64_t, int64_t>>{{1, max, 1},
                                                                {1, min, -1},
                                                                {2, min, 1},
                                                                {2, 0, min},
                                                                {9, max, max},
                                                                {9, min, -1},
                                                                {10, min, -1},
                                                                {12, min, -1},
                                                                {13, min, -1}}) {
    cases.fails(number, "the result is no SmallInteger", integer(a), {integer(b)});
  }
  for (const int number : {1, 2, 9, 10, 12, 13}) {
    cases.fails(number, "the argument is a LargeInteger", integer(3), {integer(max + 1)});
  }
  for (const int number : {10, 11, 12, 13}) {
    cases.fails(number, "by zero", integer(7), {integer(0)});
  }
  for (int number = 1; number <= 18; ++number) {
    cases.fails(number, "the argument is no number", integer(3), {nil()});
    if (number != 18) cases.fails(number, "the receiver is no number", nil(), {integer(3)});
  }
}

void addLargeIntegers(PrimitiveCases& cases) {
  for (const auto& [number, a, b, answer] :
       std::initializer_list<Binary>{{20, -kBig - 1, 3, -(kBig + 1) % 3},
                                     {21, kBig, 1, kBig + 1},
                                     {21, kBig, -kBig, 0},
                                     {22, kBig, 1, kBig - 1},
                                     {22, -kBig, kBig, -2 * kBig},
                                     {29, kBig, -3, -3 * kBig},
                                     {30, -kBig, 1024, -kBig / 1024},
                                     {31, -kBig - 1, 3, (-(kBig + 1) % 3 + 3) % 3},
                                     {32, -kBig - 1, 2, -kBig / 2 - 1},
                                     {33, -kBig - 1, 2, -kBig / 2},
                                     {34, kBig + 5, kBig + 3, kBig + 1},
                                     {35, kBig + 5, 2, kBig + 7},
                                     {36, kBig + 5, kBig + 3, 6},
                                     {37, kBig, 3, kBig * 8},
                                     {37, kBig, -38, 4}}) {
    cases.answers(number, "LargeIntegers", integer(a), {integer(b)}, integer(answer));
  }
  for (const auto& [a, b] : std::initializer_list<std::pair<int64_t, int64_t>>{
           {kBig, kBig + 1}, {kBig, kBig}, {-kBig, kBig}, {kBig, -kBig}}) {
    cases.answers(23, "<", integer(a), {integer(b)}, boolean(a < b));
    cases.answers(24, ">", integer(a), {integer(b)}, boolean(a > b));
    cases.answers(25, "<=", integer(a), {integer(b)}, boolean(a <= b));
    cases.answers(26, ">=", integer(a), {integer(b)}, boolean(a >= b));
    cases.answers(27, "=", integer(a), {integer(b)}, boolean(a == b));
    cases.answers(28, "~=", integer(a), {integer(b)}, boolean(a != b));
  }
  cases.fails(30, "not exact", integer(kBig + 1), {integer(2)});
  for (const int number : {20, 30, 31, 32, 33}) {
    cases.fails(number, "by zero", integer(kBig), {integer(0)});
  }
  for (int number = 20; number <= 37; ++number) {
    cases.fails(number, "the argument is no integer", integer(kBig), {nil()});
  }
}

}  // namespace

void addNumberPrimitives(PrimitiveCases& cases) {
  addSmallIntegers(cases);
  addLargeIntegers(cases);
}

void addFloatPrimitives(PrimitiveCases& cases) {
  const double infinity = std::numeric_limits<double>::infinity();
  cases.answers(40, "positive", integer(3), {}, real(3.0));
  cases.answers(40, "negative", integer(-3), {}, real(-3.0));
  const Item a = real(1.5);
  cases.answers(41, "Floats", a, {real(2.25)}, real(3.75));
  cases.answers(41, "a SmallInteger", a, {integer(2)}, real(3.5));
  cases.answers(42, "Floats", a, {real(2.25)}, real(-0.75));
  cases.answers(49, "Floats", a, {real(-2.5)}, real(-3.75));
  cases.answers(49, "too large", real(1e200), {real(1e200)}, real(infinity));
  cases.answers(50, "Floats", a, {real(-0.5)}, real(-3.0));
  cases.fails(50, "by zero", a, {real(0.0)});
  for (const auto& [x, y] :
       std::initializer_list<std::pair<double, double>>{{1.5, 2.5}, {2.5, 2.5}, {infinity, 2.5}}) {
    cases.answers(43, "<", real(x), {real(y)}, boolean(x < y));
    cases.answers(44, ">", real(x), {real(y)}, boolean(x > y));
    cases.answers(45, "<=", real(x), {real(y)}, boolean(x <= y));
    cases.answers(46, ">=", real(x), {real(y)}, boolean(x >= y));
    cases.answers(47, "=", real(x), {real(y)}, boolean(x == y));
    cases.answers(48, "~=", real(x), {real(y)}, boolean(x != y));
  }
  for (int number = 41; number <= 50; ++number) {
    cases.fails(number, "the argument is no number", a, {nil()});
  }
  cases.answers(51, "positive", real(2.75), {}, integer(2));
  cases.answers(51, "negative", real(-2.75), {}, integer(-2));
  cases.fails(51, "infinity", real(infinity), {});
  cases.answers(52, "fraction", real(2.75), {}, real(0.75));
  cases.answers(53, "8.0", real(8.0), {}, integer(3));
  cases.answers(53, "0.75", real(0.75), {}, integer(-1));
  cases.answers(54, "times 8", real(1.5), {integer(3)}, real(12.0));
  cases.answers(54, "divided by 8", real(12.0), {integer(-3)}, real(1.5));
  cases.answers(55, "square root", real(6.25), {}, real(2.5));
  cases.answers(56, "sine of 0", real(0.0), {}, real(0.0));
  cases.answers(57, "arc tangent of 0", real(0.0), {}, real(0.0));
  cases.answers(57, "arc tangent of 1", real(1.0), {}, real(std::numbers::pi / 4));
  cases.answers(58, "logarithm of 1", real(1.0), {}, real(0.0));
  cases.answers(59, "e to the 0", real(0.0), {}, real(1.0));
  for (const int number : {51, 52, 53, 55, 56, 57, 58, 59}) {
    cases.fails(number, "the receiver is no Float", nil(), {});
  }
  cases.fails(54, "the argument is no integer", a, {nil()});
}

}  // namespace stwasm::exemplars
