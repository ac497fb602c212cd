// Names and pools of a program.
#include "translator/emit/program.h"

#include <doctest/doctest.h>

#include "translator/emit/function_text.h"

using namespace stwasm;

TEST_CASE("Smalltalk names become WAT identifiers") {
  CHECK(emit::watName("Integer>>factorial") == "Integer>>factorial");
  CHECK(emit::watName("Integer class>>at:put:") == "Integer.class>>at:put:");
  CHECK(emit::watName("Collection>>,") == "Collection>>\\2c");
}

TEST_CASE("equal constants share a number, in the order of first use") {
  emit::ConstantPool pool;
  CHECK(pool.selector(70) == 0);
  CHECK(pool.selector(12) == 1);
  CHECK(pool.selector(70) == 0);
  CHECK(pool.literal(image::Value::object(9)) == 0);
  CHECK(pool.literal(image::Value::object(8)) == 1);
  CHECK(pool.literal(image::Value::object(9)) == 0);
  CHECK(pool.selectors().size() == 2);
  CHECK(pool.literals().size() == 2);
}

TEST_CASE("function text indents what is between open and close") {
  emit::FunctionText text(0);
  text.open("block $a");
  text.line("br {}", 0);
  text.close();
  CHECK(text.str() == "block $a\n  br 0\nend\n");
}
