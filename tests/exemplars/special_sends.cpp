// The 32 special selectors: what the bytecodes do at once, and what they leave to a send, which the
// primitives of base.cpp answer with #failed where they too have no answer.
#include <fmt/format.h>

#include "tests/exemplars/table.h"
#include "translator/bytecode/special_selectors.h"

namespace stwasm::exemplars {

namespace {

class SpecialSends {
 public:
  SpecialSends(Table& table, CodeSet set) : table_(table), set_(set) {}

  void addArithmetic();
  void addFloats();
  void addAccess();
  void addOthers();

 private:
  bool sista() const { return set_ == CodeSet::kSistaV1; }
  int bytecode(int index) const { return (sista() ? 96 : 176) + index; }
  std::string key(int index) const {
    return fmt::format("{} {}", sista() ? "Sista" : "V3", bytecode(index));
  }
  // Pushes the items and sends; the answer is the case's.
  void gives(int index, const std::string& path, const Items& pushed, const Item& expected) {
    Case added{.key = key(index), .path = path, .receiver = exemplar(), .expected = expected};
    added.method.className = "Exemplar";
    added.method.set = set_;
    added.method.literals = pushed;
    for (int i = 0; i < static_cast<int>(pushed.size()); ++i) added.method.code.push_back(0x20 + i);
    added.method.code.push_back(bytecode(index));
    added.method.code.push_back(sista() ? 92 : 124);
    table_.add(std::move(added));
  }
  void binary(int index, int64_t a, int64_t b, const Item& expected) {
    gives(index, fmt::format("{}, {}", a, b), {integer(a), integer(b)}, expected);
  }
  void floats(int index, const Item& a, const Item& b, const Item& expected) {
    gives(index, "Floats", {a, b}, expected);
  }
  static Item failed() { return symbol("failed"); }
  static Item notUnderstood(int index, const Items& arguments) {
    return array({symbol("notUnderstood"),
                  symbol(std::string(bytecode::specialSelector(index).name)), array(arguments)});
  }

  Table& table_;
  CodeSet set_;
};

void SpecialSends::addArithmetic() {
  const int64_t max = table_.format.maxSmallInteger();
  const int64_t min = table_.format.minSmallInteger();
  using namespace bytecode;
  binary(kSelectorAdd, 3, 4, integer(7));
  binary(kSelectorAdd, max, min, integer(-1));
  binary(kSelectorSubtract, 3, 4, integer(-1));
  binary(kSelectorSubtract, -max, 1, integer(min));
  binary(kSelectorMultiply, -5, 7, integer(-35));
  binary(kSelectorMultiply, 32768, 32767, integer(1073709056));
  binary(kSelectorMultiply, max / 2, -2, integer(1 - max));
  binary(kSelectorSubtract, min, min, integer(0));
  binary(kSelectorIntegerDivide, min, 2, integer(min / 2));
  binary(kSelectorModulo, max, 10, integer(max % 10));
  binary(kSelectorBitAnd, max, min + 5, integer(5));
  binary(kSelectorBitOr, max, min, integer(-1));
  binary(kSelectorAdd, max, 1, failed());
  binary(kSelectorSubtract, min, 1, failed());
  binary(kSelectorMultiply, max, max, failed());
  binary(kSelectorMultiply, min, -1, failed());
  binary(kSelectorDivide, min, -1, failed());
  binary(kSelectorIntegerDivide, min, -1, failed());
  binary(kSelectorDivide, -12, 4, integer(-3));
  binary(kSelectorDivide, 7, 2, failed());
  binary(kSelectorDivide, 7, 0, failed());
  binary(kSelectorModulo, 7, 3, integer(1));
  binary(kSelectorModulo, -7, 3, integer(2));
  binary(kSelectorModulo, 7, -3, integer(-2));
  binary(kSelectorModulo, -7, -3, integer(-1));
  binary(kSelectorModulo, 7, 0, failed());
  binary(kSelectorIntegerDivide, 7, 3, integer(2));
  binary(kSelectorIntegerDivide, -7, 3, integer(-3));
  binary(kSelectorIntegerDivide, 7, -3, integer(-3));
  binary(kSelectorIntegerDivide, -7, -3, integer(2));
  binary(kSelectorIntegerDivide, 7, 0, failed());
  binary(kSelectorMakePoint, 3, 4, point(integer(3), integer(4)));
  binary(kSelectorBitShift, 3, 10, integer(3072));
  binary(kSelectorBitShift, 3000, -4, integer(187));
  binary(kSelectorBitShift, 5, -31, integer(0));
  binary(kSelectorBitAnd, 12, 10, integer(8));
  binary(kSelectorBitAnd, -1, 255, integer(255));
  binary(kSelectorBitOr, 12, 10, integer(14));
  binary(kSelectorBitOr, -16, 5, integer(-11));
  for (const auto& [a, b] :
       std::vector<std::pair<int64_t, int64_t>>{{3, 4}, {4, 4}, {5, 4}, {min, max}, {max, max}}) {
    binary(kSelectorLess, a, b, boolean(a < b));
    binary(kSelectorGreater, a, b, boolean(a > b));
    binary(kSelectorLessOrEqual, a, b, boolean(a <= b));
    binary(kSelectorGreaterOrEqual, a, b, boolean(a >= b));
    binary(kSelectorEqual, a, b, boolean(a == b));
    binary(kSelectorNotEqual, a, b, boolean(a != b));
  }
  for (int index = kSelectorAdd; index <= kSelectorBitOr; ++index) {
    gives(index, "an argument that is no number: sent", {integer(3), nil()}, failed());
    gives(index, "a receiver that is no number: sent", {exemplar(), integer(3)},
          notUnderstood(index, {integer(3)}));
  }
}

void SpecialSends::addFloats() {
  using namespace bytecode;
  floats(kSelectorAdd, real(1.5), real(2.25), real(3.75));
  floats(kSelectorAdd, integer(1), real(2.25), real(3.25));
  floats(kSelectorAdd, real(2.25), integer(1), real(3.25));
  floats(kSelectorSubtract, real(1.5), real(2.25), real(-0.75));
  floats(kSelectorSubtract, integer(1), real(2.25), real(-1.25));
  floats(kSelectorMultiply, real(1.5), real(-2.0), real(-3.0));
  floats(kSelectorMultiply, real(1.5), integer(2), real(3.0));
  floats(kSelectorDivide, real(1.5), real(-2.0), real(-0.75));
  floats(kSelectorDivide, integer(3), real(2.0), real(1.5));
  floats(kSelectorDivide, real(1.5), real(0.0), failed());
  for (const auto& [a, b] :
       std::vector<std::pair<double, double>>{{1.5, 2.5}, {2.5, 2.5}, {3.5, 2.5}}) {
    floats(kSelectorLess, real(a), real(b), boolean(a < b));
    floats(kSelectorGreater, real(a), real(b), boolean(a > b));
    floats(kSelectorLessOrEqual, real(a), real(b), boolean(a <= b));
    floats(kSelectorGreaterOrEqual, real(a), real(b), boolean(a >= b));
    floats(kSelectorEqual, real(a), real(b), boolean(a == b));
    floats(kSelectorNotEqual, real(a), real(b), boolean(a != b));
  }
  floats(kSelectorLess, integer(2), real(2.5), boolean(true));
  floats(kSelectorEqual, real(2.0), integer(2), boolean(true));
}

void SpecialSends::addAccess() {
  using namespace bytecode;
  const Item three = array({integer(11), integer(12), integer(13)});
  gives(kSelectorAt, "an Array", {three, integer(3)}, integer(13));
  gives(kSelectorAt, "a String", {string("abc"), integer(2)}, character('b'));
  gives(kSelectorAt, "a ByteArray", {byteArray({1, 255}), integer(2)}, integer(255));
  gives(kSelectorAt, "a WordArray", {words({1, 65536}), integer(2)}, integer(65536));
  gives(kSelectorAt, "index 0", {three, integer(0)}, failed());
  gives(kSelectorAt, "index too large", {three, integer(4)}, failed());
  gives(kSelectorAt, "no index", {three, nil()}, failed());
  gives(kSelectorAt, "nothing indexable", {exemplar(), integer(1)}, failed());
  gives(kSelectorAtPut, "an Array", {three, integer(3), nil()}, nil());
  gives(kSelectorAtPut, "a String", {string("abc"), integer(2), character('x')}, character('x'));
  gives(kSelectorAtPut, "a ByteArray", {byteArray({1, 2}), integer(2), integer(255)}, integer(255));
  gives(kSelectorAtPut, "no byte", {byteArray({1, 2}), integer(2), integer(256)}, failed());
  gives(kSelectorAtPut, "no Character", {string("abc"), integer(2), integer(3)}, failed());
  gives(kSelectorAtPut, "index too large", {three, integer(4), nil()}, failed());
  gives(kSelectorSize, "an Array", {three}, integer(3));
  gives(kSelectorSize, "a String", {string("hello")}, integer(5));
  gives(kSelectorSize, "nothing indexable", {integer(3)}, failed());
}

void SpecialSends::addOthers() {
  using namespace bytecode;
  const Item same = shared("the same", string("the same"));
  gives(kSelectorIdentical, "the same", {same, same}, boolean(true));
  gives(kSelectorIdentical, "equal", {string("a"), string("a")}, boolean(false));
  gives(kSelectorIdentical, "SmallIntegers", {integer(-3), integer(-3)}, boolean(true));
  gives(kSelectorClass, "of an object", {same}, classNamed("String"));
  gives(kSelectorClass, "of a SmallInteger", {integer(3)}, classNamed("SmallInteger"));
  gives(kSelectorClass, "of a Character", {character('c')}, classNamed("Character"));
  gives(kSelectorClass, "of nil", {nil()}, classNamed("UndefinedObject"));
  gives(kSelectorNew, "a class", {classNamed("Point")}, point(nil(), nil()));
  // Before Spur the class's format says nothing of immediates, and a size that is not told is 0.
  if (table_.format.isSpur) {
    gives(kSelectorNew, "fails", {classNamed("Array")}, failed());
    gives(kSelectorNew, "fails for immediates", {classNamed("SmallInteger")}, failed());
  } else {
    gives(kSelectorNew, "an indexable class", {classNamed("Array")}, array({}));
  }
  gives(kSelectorNewWithSize, "a class", {classNamed("Array"), integer(2)}, array({nil(), nil()}));
  gives(kSelectorNewWithSize, "fails", {classNamed("Array"), integer(-1)}, failed());
  gives(kSelectorX, "a Point", {point(integer(3), integer(4))}, integer(3));
  gives(kSelectorY, "a Point", {point(integer(3), integer(4))}, integer(4));
  for (const int index : {int{kSelectorNext}, int{kSelectorAtEnd}, int{kSelectorValue},
                          int{kSelectorNew}, int{kSelectorX}, int{kSelectorY}}) {
    gives(index, "sent", {exemplar()}, notUnderstood(index, {}));
  }
  for (const int index : {int{kSelectorNextPut}, int{kSelectorValueWithArg}, int{kSelectorDo},
                          int{kSelectorNewWithSize}}) {
    gives(index, "sent", {exemplar(), integer(5)}, notUnderstood(index, {integer(5)}));
  }
  // Spur's images have ~~ where blockCopy: was.
  gives(kSelectorBlockCopy, "the same", {same, same}, boolean(false));
  gives(kSelectorBlockCopy, "equal", {string("a"), string("a")}, boolean(true));
}

}  // namespace

void addSpecialSends(Table& table, CodeSet set) {
  SpecialSends sends(table, set);
  sends.addArithmetic();
  sends.addFloats();
  sends.addAccess();
  sends.addOthers();
}

}  // namespace stwasm::exemplars
