// What stands in a function's text for temp vectors until it is complete.
#include "translator/emit/virtual_vector.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace stwasm::emit;  // NOLINT(google-build-using-namespace)

namespace {

std::vector<std::unique_ptr<VirtualVector>> twoVectors() {
  std::vector<std::unique_ptr<VirtualVector>> vectors;
  for (const std::string local : {"$t1", "$i2.t0"}) {
    auto vector = std::make_unique<VirtualVector>();
    vector->number = vectors.size();
    vector->size = 2;
    vector->local = local;
    vector->unboxable = {false, false};
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

}  // namespace

TEST_CASE("an element is a local, and boxed where any Float is unboxed in it, earlier or later") {
  const auto vectors = twoVectors();
  const std::string text = "(a " + vectors[0]->value(0) + " " + vectors[1]->value(1) + ")";
  CHECK(withVectors(text, vectors) == "(a (local.get $t1.0) (local.get $i2.t0.1))");
  vectors[1]->unboxable[1] = true;
  CHECK(withVectors(text, vectors) ==
        "(a (local.get $t1.0) (block (result eqref) (if (ref.eq (local.get $i2.t0.1) (global.get "
        "$unboxed)) (then (local.set $i2.t0.1 (call $new_float (local.get $i2.t0.1.f))))) "
        "(local.get $i2.t0.1)))");
}

TEST_CASE("the Array is made of all elements, once") {
  const auto vectors = twoVectors();
  CHECK(withVectors(vectors[0]->object(), vectors) ==
        "(block (result eqref) (if (ref.eq (local.get $t1) (ref.i31 (i32.const 0))) (then "
        "(local.set $t1 (call $new_array_with (array.new_fixed $Slots 2 (local.get $t1.0) "
        "(local.get $t1.1)))))) (local.get $t1))");
}

TEST_CASE("text without vectors stays as it is") {
  CHECK(withVectors("(drop (local.get $t1))", {}) == "(drop (local.get $t1))");
  CHECK(withVectors("(drop (local.get $t1))", twoVectors()) == "(drop (local.get $t1))");
}

TEST_CASE("states of two ways to one place") {
  using enum VectorState;
  CHECK(merged(kVirtual, kVirtual) == kVirtual);
  CHECK(merged(kObject, kObject) == kObject);
  CHECK(merged(kVirtual, kObject) == kEither);
  CHECK(merged(kEither, kObject) == kEither);
  CHECK(merged(kNone, kObject) == kObject);  // not made yet on one of them: nothing uses it there
  CHECK(merged(kVirtual, kNone) == kVirtual);
}

TEST_CASE("what is newer in locals goes to the Array before calls of what may look at it") {
  auto vectors = twoVectors();
  const std::string text =
      "(local.set $s0 (call $Foo>>bar (local.get $s1)))\n"
      "  ;; a comment (call $baz )\n"
      "(local.set $s0 (call $new_float (local.get $f0)))\n"
      "(drop (call $f))\n"
      "(drop (call_ref $Block0 (local.get $s1) (i32.const 1)))\n";
  CHECK(withWriteBacks(text, vectors) == text);
  vectors[0]->state = VectorState::kCopied;
  CHECK(withWriteBacks(text, vectors) == text);  // nothing is unboxed
  vectors[0]->unboxable[1] = true;
  const std::string back = writeBack(vectors);
  CHECK(
      back ==
      " (if (ref.eq (local.get $t1.1) (global.get $unboxed)) (then (array.set $Slots "
      "(struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $t1))) (i32.const 1) (call "
      "$new_float (local.get $t1.1.f))) (local.set $t1.1 (ref.null eq))))");
  CHECK(withWriteBacks(text, vectors) ==
        "(local.set $s0 (call $Foo>>bar" + back + " (local.get $s1)))\n" +
            "  ;; a comment (call $baz )\n"
            "(local.set $s0 (call $new_float (local.get $f0)))\n"
            "(drop (call $f" +
            back + "))\n(drop (call_ref $Block0" + back + " (local.get $s1) (i32.const 1)))\n");
}
