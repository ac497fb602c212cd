// Template directives of the runtime's WAT, and what the linker finds in it.
#include "translator/link/template.h"

#include <doctest/doctest.h>

#include "translator/link/runtime.h"

using stwasm::link::expandTemplate;

namespace {

std::string expand(std::string_view text, uint32_t wordSize = 4) {
  auto result = expandTemplate(text, "test.wat", {wordSize});
  REQUIRE(static_cast<bool>(result));
  return *result;
}

std::string failure(std::string_view text, uint32_t wordSize = 4) {
  auto result = expandTemplate(text, "test.wat", {wordSize});
  REQUIRE_FALSE(static_cast<bool>(result));
  return stwasm::render(result.takeError());
}

}  // namespace

TEST_CASE("text without directives stays as it is") {
  CHECK(expand("(func $a)\n;; @n here too\n") == "(func $a)\n;; @n here too\n");
  CHECK(expand("") == "");
}

TEST_CASE("a block stands once for each number") {
  CHECK(expand("a\n;;@repeat 0 2\nf@n @- @+\n;;@end\nb\n") == "a\nf0 -1 1\nf1 0 2\nf2 1 3\nb\n");
}

TEST_CASE("each repeats its text once for each argument") {
  CHECK(expand(";;@repeat 0 2\n@n:@each{ (p@i)}\n;;@end\n") == "0:\n1: (p0)\n2: (p0) (p1)\n");
}

TEST_CASE("the number of inline slots is a parameter of the types") {
  CHECK(expand("@MAX_FIXED\n") == "40\n");
}

TEST_CASE("lines may stand for one word size only") {
  const std::string_view text = "a\n;;@if WORD64\nb\n;;@else\nc\n;;@endif\nd\n";
  CHECK(expand(text, 4) == "a\nc\nd\n");
  CHECK(expand(text, 8) == "a\nb\nd\n");
  const std::string_view repeated = ";;@if WORD32\n;;@repeat 1 2\nf@n\n;;@end\n;;@endif\n";
  CHECK(expand(repeated, 4) == "f1\nf2\n");
  CHECK(expand(repeated, 8) == "");
}

TEST_CASE("malformed directives are errors that name the line") {
  CHECK(failure("x\n;;@repeat 1\n;;@end\n").find("line 2") != std::string::npos);
  CHECK(failure(";;@end\n").find("line 1") != std::string::npos);
  CHECK(failure(";;@repeat 0 1\nabc\n").find("malformed") != std::string::npos);
  CHECK(failure(";;@repeat 0 1\n;;@repeat 0 1\n;;@end\n").find("line 2") != std::string::npos);
  CHECK(failure("x\n;;@else\n").find("line 2") != std::string::npos);
  CHECK(failure(";;@endif\n").find("line 1") != std::string::npos);
  CHECK(failure(";;@if WORD\n;;@endif\n").find("line 1") != std::string::npos);
  CHECK(failure(";;@if WORD64\n;;@if WORD32\n;;@endif\n").find("line 2") != std::string::npos);
  CHECK(failure(";;@if WORD64\nabc\n").find("malformed") != std::string::npos);
}

TEST_CASE("lines for instrumented modules") {
  const std::string text = "a\n;;@if INSTRUMENTED\nb\n;;@else\nc\n;;@endif\n";
  CHECK(expand(text) == "a\nc\n");
  CHECK(llvm::cantFail(expandTemplate(text, "test.wat", {4, true})) == "a\nb\n");
  CHECK(failure(";;@if SOMETHING\n;;@endif\n").find("line 1") != std::string::npos);
  const std::string recorded = ";;@if RECORDED\nb\n;;@endif\n";
  CHECK(expand(recorded).empty());
  CHECK(llvm::cantFail(expandTemplate(recorded, "test.wat", {4, false, true})) == "b\n");
}

TEST_CASE("primitives are found in the runtime with their argument counts") {
  auto runtime = stwasm::link::Runtime::load({4});
  REQUIRE(static_cast<bool>(runtime));
  CHECK(runtime->primitiveFunction("1", 1)->name == "1");
  CHECK(runtime->primitiveFunction("121", 0)->name == "121_0");
  CHECK(runtime->primitiveFunction("LargeIntegers_primDigitAdd", 1)->name ==
        "LargeIntegers_primDigitAdd");
  CHECK_FALSE(runtime->primitiveFunction("1", 2));
  CHECK_FALSE(runtime->primitiveFunction("NoSuchPlugin_primitiveNothing", 0));
}

TEST_CASE("primitives that need all frames as Contexts are known") {
  auto runtime = stwasm::link::Runtime::load({4});
  REQUIRE(static_cast<bool>(runtime));
  CHECK(runtime->primitiveFunction("178", 0)->retries);
  CHECK_FALSE(runtime->primitiveFunction("1", 1)->retries);
}

TEST_CASE("primitives in which the host may fail are known") {
  auto runtime = stwasm::link::Runtime::load({4});
  REQUIRE(static_cast<bool>(runtime));
  const auto callsHost = [&](const std::string& name, int numArgs) {
    return runtime->primitiveFunction(name, numArgs)->callsHost;
  };
  CHECK(callsHost("240", 0));
  CHECK(callsHost("FilePlugin_primitiveFileWrite", 4));
  // Not those that send messages: what these do is looked at there.
  CHECK_FALSE(callsHost("83", 1));
  CHECK_FALSE(callsHost("60", 1));
}
