// Which branches get a hint. That the emitter's text has these branches is tested on whole builds
// (tests/cli/goal_test.mjs).
#include "translator/emit/branch_hints.h"

#include <doctest/doctest.h>

using stwasm::emit::withBranchHints;

namespace {
const std::string kRare = "(@metadata.code.branch_hint \"\\00\") ";
const std::string kCommon = "(@metadata.code.branch_hint \"\\01\") ";
}  // namespace

TEST_CASE("branches to what is rare are hinted, folded or not") {
  CHECK(withBranchHints("  (br_if $general0 (i32.eqz (local.get $x)))\n") ==
        "  " + kRare + "(br_if $general0 (i32.eqz (local.get $x)))\n");
  CHECK(withBranchHints("  (br_if $slow1 (f64.eq (local.get $f1) (f64.const 0)))\n") ==
        "  " + kRare + "(br_if $slow1 (f64.eq (local.get $f1) (f64.const 0)))\n");
  CHECK(withBranchHints("  i32.lt_s br_if $general\n") ==
        "  i32.lt_s " + kRare + "br_if $general\n");
  CHECK(withBranchHints("  (drop (br_if $unwound (i32.const 1) (local.get $c)))\n") ==
        "  (drop " + kRare + "(br_if $unwound (i32.const 1) (local.get $c)))\n");
}

TEST_CASE("other branches and comments stay as they are") {
  for (const char* text : {"  (br_if $L3 (local.get $c))\n", "  br $general\n", "",
                           "  ;; 12 send: br_if $general\n", "  (if (local.get $c) (then))\n"})
    CHECK(withBranchHints(text) == text);
}

TEST_CASE("conditions of the emitter's own are hinted") {
  CHECK(withBranchHints("(if (call $may_learn (i32.const 8) (i32.const 64)) (then))") ==
        kRare + "(if (call $may_learn (i32.const 8) (i32.const 64)) (then))");
  CHECK(withBranchHints(
            "(if (i32.ge_u (i32.load offset=65536 (i32.const 0)) (i32.const 8)) (then))") ==
        kRare + "(if (i32.ge_u (i32.load offset=65536 (i32.const 0)) (i32.const 8)) (then))");
  CHECK(withBranchHints("(if (ref.test (ref $Float) (local.get $t0))\n") ==
        kCommon + "(if (ref.test (ref $Float) (local.get $t0))\n");
  CHECK(withBranchHints("(if (result eqref) (i32.eq (call $class_index_of (local.get $s0)) x)") ==
        kCommon + "(if (result eqref) (i32.eq (call $class_index_of (local.get $s0)) x)");
}
