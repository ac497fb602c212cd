// Tokens and literals.
#include "translator/syntax/scanner.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace stwasm;
using syntax::Integer;
using syntax::Literal;
using syntax::Scanner;
using syntax::SourceFile;
using syntax::Token;
using syntax::TokenKind;

namespace {

std::vector<Token> tokens(const std::string& text, bool bangsDoubled = false) {
  const SourceFile file("test", text);
  syntax::Mistakes mistakes;
  Scanner scanner({&file, 0, static_cast<syntax::Position>(text.size()), bangsDoubled}, mistakes);
  std::vector<Token> all;
  do {
    all.push_back(scanner.next());
  } while (!all.back().is(TokenKind::kEnd) && !all.back().is(TokenKind::kInvalid));
  return all;
}

// The texts of all tokens, joined with blanks; "?" for a mistake.
std::string texts(const std::string& text) {
  std::string joined;
  for (const Token& token : tokens(text)) {
    if (token.is(TokenKind::kEnd)) break;
    if (!joined.empty()) joined += ' ';
    joined += token.is(TokenKind::kInvalid) ? "?" : token.text;
  }
  return joined;
}

Literal literal(const std::string& text) {
  const std::vector<Token> all = tokens(text);
  REQUIRE(all.size() == 2);
  REQUIRE(all[0].is(TokenKind::kLiteral));
  return all[0].literal;
}

}  // namespace

TEST_CASE("names, keywords, operators and punctuation") {
  CHECK(texts("foo bar: x_1 := y") == "foo bar: x_1 := y");
  CHECK(texts("a at:put: b") == "a at:put: b");
  CHECK(texts("x:=3") == "x := 3");
  CHECK(texts("a _ b") == "a _ b");
  CHECK(texts("a>=b->c,d") == "a >= b -> c , d");
  CHECK(texts("[:each|each]") == "[ : each | each ]");
  CHECK(texts("#(1) #[2] {3} ^ . ;") == "#( 1 ) #[ 2 ] { 3 } ^ . ;");
  CHECK(texts("\"a comment\" foo \"another\"") == "foo");
}

TEST_CASE("a minus belongs to a number only behind another operator") {
  CHECK(texts("3-4") == "3 - 4");
  CHECK(texts("3*-4") == "3 * - 4");
  CHECK(texts("a--4") == "a - - 4");
}

TEST_CASE("integers in all radices and of any size") {
  CHECK(literal("16rFF").integer == Integer::of(255));
  CHECK(literal("2r101").integer == Integer::of(5));
  CHECK(literal("36rZZ").integer == Integer::of(1295));
  CHECK(literal("5e3").integer == Integer::of(5000));
  CHECK(literal("16r1e2").integer == Integer::of(256));
  const Literal large = literal("18446744073709551616");
  CHECK_FALSE(large.integer.value().has_value());
  CHECK(large.integer.magnitude == std::vector<uint8_t>{0, 0, 0, 0, 0, 0, 0, 0, 1});
  CHECK(Integer::of(INT64_MIN).value() == INT64_MIN);
  CHECK(literal("9223372036854775808").integer.value() == std::nullopt);
}

TEST_CASE("floats are the nearest double") {
  CHECK(literal("1.5").number == 1.5);
  CHECK(literal("0.1").number == 0.1);
  CHECK(literal("1.7976931348623157e308").number == 1.7976931348623157e308);
  CHECK(literal("2r1.1e3").number == 12.0);
  CHECK(literal("16rA.8").number == 10.5);
  CHECK(literal("1.0e-3").number == 0.001);
  CHECK(literal("1.0d2").number == 100.0);
  CHECK(literal("1.5").kind == Literal::Kind::kFloat);
}

TEST_CASE("scaled decimals are exact, in lowest terms") {
  const Literal half = literal("1.50s2");
  CHECK(half.kind == Literal::Kind::kScaledDecimal);
  CHECK(half.integer == Integer::of(3));
  CHECK(half.denominator == Integer::of(2));
  CHECK(half.scale == 2);
  CHECK(literal("3s").scale == 0);
  CHECK(literal("3.25s").scale == 2);
  CHECK(literal("0.000s3").denominator == Integer::of(1));
}

TEST_CASE("a period ends a number when no digit follows") {
  CHECK(texts("3. 4") == "3 . 4");
  CHECK(texts("3.foo") == "3 . foo");
  CHECK(texts("10 seconds") == "10 seconds");
  CHECK(texts("3e") == "3 e");
}

TEST_CASE("strings, symbols and characters") {
  CHECK(literal("'it''s'").text == "it's");
  CHECK(literal("#foo").text == "foo");
  CHECK(literal("#at:put:").text == "at:put:");
  CHECK(literal("#'with blank'").text == "with blank");
  CHECK(literal("#==").text == "==");
  CHECK(literal("##foo").text == "foo");
  CHECK(literal("$a").codePoint == 'a');
  CHECK(literal("$ ").codePoint == ' ');
  CHECK(literal("$\xC3\xA9").codePoint == 0xE9);
  CHECK(literal("$\xE9").codePoint == 0xE9);
}

TEST_CASE("in chunks two bangs are one") {
  const std::vector<Token> all = tokens("'a!!b' foo", true);
  CHECK(all[0].literal.text == "a!b");
  CHECK(all[1].begin == 7);
  CHECK(tokens("'a!!b'")[0].literal.text == "a!!b");
}

TEST_CASE("what is no token ends the scan") {
  CHECK(texts("a 'b") == "a ?");
  CHECK(texts("\"open") == "?");
  CHECK(texts("a `b`") == "a ?");
  CHECK(texts("40r1") == "?");
  CHECK(texts("# foo") == "?");
  CHECK(texts("1e-2") == "?");
  CHECK(texts("1e999999999999") == "?");
  CHECK(texts("$") == "?");
}

TEST_CASE("selectors tell their number of arguments") {
  CHECK(syntax::argumentCountOf("size") == 0);
  CHECK(syntax::argumentCountOf("+") == 1);
  CHECK(syntax::argumentCountOf("at:put:") == 2);
}
