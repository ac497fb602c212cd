// Bytecodes of small methods, spelt out from the definitions of both bytecode sets.
#include "translator/compiler/compiler.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "translator/syntax/parser.h"

using namespace stwasm;
using compiler::BytecodeSet;
using compiler::CompiledCode;
using compiler::FrameLiteral;
using compiler::Options;

namespace {

// Instance variables v0 to v99; a global G; in Contexts all slots are theirs.
class TestNames final : public compiler::Environment {
 public:
  explicit TestNames(bool context) : context_(context) {}

  std::optional<uint32_t> slotOf(std::string_view name) const override {
    if (name.size() < 2 || name[0] != 'v') return std::nullopt;
    return static_cast<uint32_t>(std::stoul(std::string(name.substr(1))));
  }
  bool isContextSlot(uint32_t) const override { return context_; }
  std::optional<compiler::BindingId> bindingOf(std::string_view name) const override {
    if (name == "G") return 1;
    return name == "Array" ? std::optional<compiler::BindingId>(2) : std::nullopt;
  }
  std::vector<std::string> names() const override { return {"Goo"}; }

 private:
  bool context_;
};

struct Compiled {
  std::optional<CompiledCode> code;
  std::string mistakes;
};

Compiled compile(const std::string& source, const Options& options, bool context = false) {
  const syntax::SourceFile file("m", source);
  syntax::Mistakes mistakes;
  const auto method = syntax::parseMethod(
      {&file, 0, static_cast<syntax::Position>(source.size()), false}, mistakes);
  Compiled result;
  if (method) {
    result.code = compiler::compileMethod(*method, TestNames(context), options, mistakes);
  }
  result.mistakes = render(mistakes.status());
  return result;
}

std::string hex(const CompiledCode& code) {
  std::string text;
  for (const uint8_t byte : code.bytecodes) text += fmt::format("{:02X} ", byte);
  if (!text.empty()) text.pop_back();
  return text;
}

Options sistaOptions(bool full = false) {
  Options options;
  options.bytecodeSet = BytecodeSet::kSistaV1;
  options.fullBlocks = full;
  return options;
}

CompiledCode compiled(const std::string& source, const Options& options = {},
                      bool context = false) {
  Compiled result = compile(source, options, context);
  INFO(result.mistakes);
  REQUIRE(result.code.has_value());
  return *result.code;
}

std::string v3(const std::string& source) { return hex(compiled(source)); }
std::string sista(const std::string& source) { return hex(compiled(source, sistaOptions())); }
std::string mistake(const std::string& source) { return compile(source, {}).mistakes; }

// The literals before the properties and the class, by their kinds and values.
std::string literals(const CompiledCode& code) {
  std::string text;
  for (const FrameLiteral& each : code.literals) {
    if (each.kind == FrameLiteral::Kind::kBinding) text += fmt::format("G{} ", each.binding);
    if (each.kind != FrameLiteral::Kind::kValue) continue;
    const auto number = each.value.integer.value();
    text += each.value.kind == syntax::Literal::Kind::kInteger ? std::to_string(*number)
                                                               : each.value.text;
    text += ' ';
  }
  return text;
}

}  // namespace

TEST_CASE("simple returns are primitives") {
  CHECK(v3("m ^ self") == "8B 00 01");
  CHECK(v3("m") == "8B 00 01");
  CHECK(v3("m ^ nil") == "8B 03 01");
  CHECK(v3("m ^ -1") == "8B 04 01");
  CHECK(v3("m ^ v2") == "8B 0A 01");
  CHECK(sista("m ^ true") == "F8 01 01");
  CHECK(v3("m: a ^ self") == "78");
  CHECK(compiled("m ^ v2").primitive == 266);
}

TEST_CASE("pushes and returns") {
  CHECK(v3("m: a ^ a") == "10 7C");
  CHECK(v3("m: a ^ v17") == "80 11 7C");
  CHECK(v3("m: a ^ v70") == "84 40 46 7C");
  CHECK(v3("m ^ G") == "40 7C");
  CHECK(v3("m ^ 5") == "20 7C");
  CHECK(v3("m ^ thisContext") == "89 7C");
  CHECK(sista("m: a ^ a") == "40 5C");
  CHECK(sista("m ^ 5") == "E8 05 5C");
  CHECK(sista("m ^ -2") == "E1 FF E8 FE 5C");
  CHECK(sista("m ^ 300") == "E1 01 E8 2C 5C");
  CHECK(sista("m ^ 40000") == "20 5C");
  CHECK(sista("m ^ $a") == "E9 61 5C");
  CHECK(sista("m: a ^ v17") == "E2 11 5C");
}

TEST_CASE("stores") {
  CHECK(v3("m v3 := 1") == "76 63 78");
  CHECK(v3("m v9 := v70 := 1") == "76 84 A0 46 82 09 78");
  CHECK(v3("m | t | ^ t := 1") == "76 81 40 7C");
  CHECK(v3("m G := 1") == "76 82 C0 78");
  CHECK(sista("m v3 := 1") == "51 CB 58");
  CHECK(sista("m v9 := G := 1") == "51 F4 00 F0 09 58");
}

TEST_CASE("sends") {
  CHECK(v3("m ^ 1 + 2") == "76 77 B0 7C");
  CHECK(v3("m: a ^ a foo: 1 bar: 2") == "10 76 77 F0 7C");
  CHECK(v3("m: a ^ a x: 1 y: 2 z: 0") == "10 76 77 75 83 60 7C");
  CHECK(v3("m ^ super foo") == "70 85 00 7C");
  CHECK(v3("m ^ super + 1") == "70 76 85 20 7C");
  CHECK(v3("m: a a foo; bar") == "10 88 D0 87 D1 87 78");
  CHECK(sista("m: a ^ a foo: 1 bar: 2") == "40 51 E8 02 A0 5C");
  CHECK(sista("m: a ^ a x: 1 y: 1 z: 1") == "40 51 51 51 EA 03 5C");
  CHECK(sista("m ^ super foo") == "4C EB 00 5C");
  CHECK(sista("m: a ^ a ~~ 1") == "40 51 90 5C");
}

TEST_CASE("choices") {
  CHECK(v3("m: a ^ a ifTrue: [1] ifFalse: [2]") == "10 99 76 90 77 7C");
  CHECK(v3("m: a a ifTrue: [a foo]") == "10 9A 10 D0 87 78");
  CHECK(v3("m: a a ifFalse: [a foo]") == "10 A8 03 10 D0 87 78");
  CHECK(v3("m: a ^ a and: [a foo]") == "10 9A 10 D0 90 72 7C");
  CHECK(v3("m: a ^ a ifNil: [1]") == "10 88 73 C6 99 87 76 7C");
  CHECK(v3("m: a ^ a ifNotNil: [:x | x foo]") == "10 81 41 73 C6 99 73 91 11 D0 7C");
  CHECK(v3("m: a a ifTrue: [^ 1] ifFalse: [^ 2]") == "10 99 76 7C 77 7C");
  CHECK(sista("m: a ^ a ifTrue: [1] ifFalse: [0]") == "40 C1 51 B0 50 5C");
}

TEST_CASE("loops") {
  CHECK(v3("m: a [a foo] whileTrue: [a bar]") == "10 D1 9C 10 D0 87 A3 F8 78");
  CHECK(v3("m: a [a foo] whileFalse") == "10 D0 A8 02 A3 FA 78");
  CHECK(v3("m: a 1 to: a do: [:i | a foo]") ==
        "76 69 11 10 B4 AC 09 10 D0 87 11 76 B0 69 A3 F2 78");
  CHECK(v3("m: a a to: 1 by: -1 do: [:i | ]") == "10 69 11 76 B5 9D 11 74 B0 69 A3 F6 78");
  CHECK(v3("m: a 3 timesRepeat: [a foo]") == "76 69 11 21 B4 AC 09 10 D0 87 11 76 B0 69 A3 F2 78");
  CHECK(sista("m: a [a foo] whileTrue") == "40 80 C3 E1 FF ED F9 58");
}

TEST_CASE("a limit that is an expression has a temporary of its own") {
  const CompiledCode code = compiled("m: a 1 to: a foo do: [:i | ]");
  CHECK(hex(code) == "10 D0 6A 76 69 11 12 B4 9D 11 76 B0 69 A3 F6 78");
  CHECK(code.temporaryCount == 3);
}

TEST_CASE("closures copy what does not change") {
  CHECK(v3("m: a ^ [a]") == "10 8F 10 00 02 10 7D 7C");
  CHECK(v3("m ^ [:x | ^ x]") == "8F 01 00 02 10 7C 7C");
  CHECK(v3("m ^ [| t | t := 1]") == "8F 00 00 05 73 76 81 40 7D 7C");
  CHECK(sista("m: a ^ [a]") == "40 FA 08 02 40 5E 5C");
}

TEST_CASE("what is written behind a closure lives in a vector") {
  CHECK(v3("m | t | t := 1. ^ [t := t + 1]") ==
        "8A 01 68 76 8E 00 00 10 8F 10 00 09 8C 00 00 76 B0 8D 00 00 7D 7C");
  CHECK(v3("m | t | ^ [t]. ").find("8A") == std::string::npos);
  CHECK(v3("m | t b | t := 1. b := [t]. t := 2. ^ b").starts_with("8A 01 69"));
  CHECK(sista("m | t | ^ [t := 1]") == "E7 01 D0 40 FA 08 05 51 FC 00 00 5E 5C");
}

TEST_CASE("a temporary of a loop's block is fresh at each turn") {
  // Written and captured in the same turn: the vector is made inside the loop.
  CHECK(v3("m: a [a foo] whileTrue: [| t | t := 1. a bar: [t]. t := 2]").starts_with("10 D1 AC"));
  // Read before it is written: cleared at the beginning of the turn.
  CHECK(v3("m: a [a foo] whileTrue: [| t | a bar: t. t := 1]") ==
        "10 D1 AC 0A 73 69 10 11 E0 87 76 69 A3 F2 78");
}

TEST_CASE("full closures are literals with code of their own") {
  const CompiledCode code = compiled("m: a ^ [:x | x foo: a]", sistaOptions(true));
  CHECK(hex(code) == "40 F9 00 01 5C");
  REQUIRE(code.literals[0].kind == FrameLiteral::Kind::kBlock);
  const CompiledCode& block = *code.literals[0].block;
  CHECK(hex(block) == "40 41 90 5E");
  CHECK(block.argumentCount == 1);
  CHECK(block.temporaryCount == 2);
  CHECK(block.literals.back().kind == FrameLiteral::Kind::kOuterCode);
}

TEST_CASE("caseOf: compares one after the other") {
  CHECK(v3("m: a ^ a caseOf: {[1] -> [2]} otherwise: [0]") == "10 76 B6 99 77 90 75 7C");
  CHECK(v3("m: a ^ a caseOf: {[1] -> [2]. [2] -> [1]} otherwise: [0]") ==
        "10 88 76 B6 9A 87 77 95 77 B6 99 76 90 75 7C");
}

TEST_CASE("braces") {
  CHECK(v3("m ^ {1. 2}") == "76 77 8A 82 7C");
  CHECK(literals(compiled("m ^ {1. 2. 3. 4. 5. 6. 7. 8. 9}")) == "G2 9 3 4 5 6 7 8 yourself ");
}

TEST_CASE("primitives") {
  CHECK(v3("m <primitive: 60> ^ 1") == "8B 3C 00 76 7C");
  CHECK(v3("m: a <primitive: 60 error: e> ^ e") == "8B 3C 00 81 41 11 7C");
  CHECK(sista("m: a <primitive: 60 error: e> ^ e") == "F8 3C 00 F5 01 41 5C");
  const CompiledCode named = compiled("m <primitive: 'foo' module: 'Bar'> ^ 1");
  CHECK(named.primitive == 117);
  REQUIRE(named.literals[0].value.elements.size() == 4);
  CHECK(named.literals[0].value.elements[0].text == "Bar");
  CHECK(named.literals[0].value.elements[1].text == "foo");
  Options header;
  header.primitiveInHeader = true;
  const CompiledCode old = compiled("m <primitive: 600> ^ 1", header);
  CHECK(hex(old) == "76 7C");
  CHECK(old.v3Header() == (int64_t{1} << 28 | 2 << 9 | 88));
}

TEST_CASE("slots of Contexts are accessed in the long form and never by quick returns") {
  CHECK(hex(compiled("m ^ v0", {}, true)) == "84 40 00 7C");
  CHECK(hex(compiled("m v1 := v0 := 1", {}, true)) == "76 84 A0 00 84 C0 01 78");
  CHECK(hex(compiled("m v1 := v0", sistaOptions(), true)) == "E2 00 F0 01 58");
}

TEST_CASE("headers") {
  const CompiledCode code = compiled("m: a | t | ^ a foo: t");
  CHECK(code.spurHeader() == (3 | 2 << 18 | 1 << 24));
  CHECK(compiled("m <primitive: 1> ^ 1").spurHeader() == (2 | 1 << 16));
  CHECK(compiled("m: a ^ a", sistaOptions()).spurHeader() ==
        (2 | 1 << 18 | 1 << 24) - (int64_t{1} << 30));
  std::string nested = "m ^ 1";
  for (int i = 0; i < 20; ++i) nested += " foo: (1";
  nested += std::string(20, ')');
  CHECK(compiled(nested).largeFrame);
}

TEST_CASE("literals stand in the order of their first use, equal ones once") {
  CHECK(literals(compiled("m: a a foo: 'x'. a foo: 'x'. a at: #bar. a bar. G := 9")) ==
        "foo: x bar G1 9 ");
}

TEST_CASE("jumps of every length") {
  std::string body;
  for (int i = 0; i < 100; ++i) body += "a foo: 10 + 10. ";
  CHECK(v3("m: a a ifTrue: [" + body + "]").starts_with("10 AE 58"));
  CHECK(sista("m: a a ifTrue: [" + body + "]").starts_with("40 E1 03 EF 20"));
  std::string longBody;
  for (int i = 0; i < 5; ++i) longBody += body;
  CHECK(mistake("m: a a ifTrue: [" + longBody + "]").find("a jump of more than 1024") !=
        std::string::npos);
  CHECK(sista("m: a a ifTrue: [" + longBody + "]").starts_with("40 E1 0"));
}

TEST_CASE("limits are told") {
  std::string many = "m";
  for (int i = 0; i < 16; ++i) many += fmt::format(" a{}: b{}", i, i);
  std::string pattern;
  for (int i = 0; i < 16; ++i) pattern += fmt::format("a{}: b{} ", i, i);
  CHECK(mistake(pattern).find("more than 15 arguments") != std::string::npos);
  std::string temporaries = "m |";
  for (int i = 0; i < 64; ++i) temporaries += fmt::format(" t{}", i);
  CHECK(mistake(temporaries + " | ^ t1 foo").find("more than 63") != std::string::npos);
  std::string selectors = "m: a ";
  for (int i = 0; i < 300; ++i) selectors += fmt::format("a s{}. ", i);
  CHECK(mistake(selectors).find("no more than 256 literals") != std::string::npos);
  CHECK(compile(selectors, sistaOptions()).mistakes.empty());
}

TEST_CASE("mistakes") {
  CHECK(mistake("m ^ foo").find("m:1:5: 'foo' is not declared") != std::string::npos);
  CHECK(mistake("m ^ Gooo").find("did you mean Goo?") != std::string::npos);
  CHECK(mistake("m: a a := 1").find("the argument 'a' cannot be assigned to") != std::string::npos);
  CHECK(mistake("m nil := 1").find("'nil' cannot be assigned to") != std::string::npos);
  CHECK(mistake("m | self |").find("cannot be the name of a variable") != std::string::npos);
  CHECK(mistake("m | a | ^ [:a | a]").find("'a' is declared in this method already") !=
        std::string::npos);
  CHECK(mistake("m <primitive: 0>").find("expected the primitive's number") != std::string::npos);
  CHECK(mistake("m <primitive: 1> <primitive: 2>").find("one primitive only") != std::string::npos);
}
