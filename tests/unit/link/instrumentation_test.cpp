// The counting of allocations that the linker adds to instrumented modules.
#include "translator/link/instrumentation.h"

#include <string>

#include <doctest/doctest.h>

#include "translator/link/runtime.h"

using stwasm::link::countAllocations;

namespace {

constexpr std::string_view kTypes =
    "(type $Object (sub (struct\n  (field $classIndex (mut i32)))))\n"
    "(type $Token (struct (field $context (mut eqref))))\n"
    "(type $Pair1 (sub $Object (struct (field $classIndex (mut i32)) (field $a eqref))))\n";

std::string counted(const std::string& functions) {
  return llvm::cantFail(countAllocations(functions, kTypes));
}

}  // namespace

TEST_CASE("objects are counted, other structs are not") {
  CHECK(counted("\n(func $f (struct.new $Object (i32.const 3)))\n") ==
        "\n(func $f (struct.new $Object (call $count_allocation (i32.const 3))))\n");
  CHECK(counted("\n(func $f (struct.new $Token (ref.null eq)))\n") ==
        "\n(func $f (struct.new $Token (ref.null eq)))\n");
  CHECK(
      counted("\n(func $f (struct.new $Pair1\n  (select (i32.const 1) (i32.const 2) (local.get $x))"
              " (local.get $a)))\n") ==
      "\n(func $f (struct.new $Pair1\n  (call $count_allocation (select (i32.const 1) (i32.const "
      "2) (local.get $x))) (local.get $a)))\n");
}

TEST_CASE("an object in an object is counted, too") {
  CHECK(counted(
            "\n(func $f (struct.new $Pair1 (i32.const 1) (struct.new $Object (i32.const 2))))\n") ==
        "\n(func $f (struct.new $Pair1 (call $count_allocation (i32.const 1)) (struct.new $Object "
        "(call $count_allocation (i32.const 2)))))\n");
}

TEST_CASE("initial values of globals stay constants") {
  const std::string global = "\n(global $g (ref $Object)\n  (struct.new $Object (i32.const 0)))\n";
  CHECK(counted(global) == global);
}

TEST_CASE("what has no class index to be seen is a defect") {
  auto result = countAllocations("\n(func $f i32.const 1 (struct.new $Object))\n", kTypes);
  REQUIRE_FALSE(static_cast<bool>(result));
  CHECK(stwasm::render(result.takeError()).find("$Object") != std::string::npos);
}

TEST_CASE("the runtime's own allocations") {
  auto runtime = stwasm::link::Runtime::load({4, true});
  REQUIRE(static_cast<bool>(runtime));
  const std::string text =
      llvm::cantFail(countAllocations(runtime->functions(), runtime->structTypes()));
  CHECK(text.find("(struct.new $Float (call $count_allocation ") != std::string::npos);
  CHECK(text.find("(struct.new $Context (call $count_allocation ") != std::string::npos);
  CHECK(text.find("(struct.new $FrameToken (call $count_allocation") == std::string::npos);
}
