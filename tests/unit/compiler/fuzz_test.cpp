// Random words in any order: they are compiled or refused with a mistake, never anything else.
#include <array>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "translator/compiler/compiler.h"
#include "translator/syntax/parser.h"

using namespace stwasm;

namespace {

class NoNames final : public compiler::Environment {
 public:
  std::optional<uint32_t> slotOf(std::string_view name) const override {
    return name == "v" ? std::optional<uint32_t>(0) : std::nullopt;
  }
  std::optional<compiler::BindingId> bindingOf(std::string_view) const override { return 7; }
  std::vector<std::string> names() const override { return {}; }
};

constexpr std::array<const char*, 48> kWords{"a",           "b",          "v",
                                             "self",        "super",      "nil",
                                             "thisContext", "foo",        "bar:",
                                             "+",           "-",          "3",
                                             "16rFF",       "1.5e3",      "'text'",
                                             "#sym",        "#(",         "#[",
                                             "(",           ")",          "[",
                                             "]",           "{",          "}",
                                             ":x",          "|",          "||",
                                             ".",           ";",          "^",
                                             ":=",          "ifTrue:",    "ifNil:",
                                             "and:",        "whileTrue:", "to:",
                                             "do:",         "repeat",     "timesRepeat:",
                                             "caseOf:",     "->",         "$a",
                                             "<",           ">",          "ifNotNil:",
                                             "whileFalse",  "primitive:", "2r1"};

}  // namespace

TEST_CASE("random words are compiled or refused") {
  std::mt19937 random(20);
  uint32_t compiledCount = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string source = "m: a | b | ";
    const size_t length = 1 + random() % 14;
    for (size_t i = 0; i < length; ++i)
      source += std::string(kWords[random() % kWords.size()]) + " ";
    const syntax::SourceFile file("m", source);
    syntax::Mistakes mistakes;
    const auto method = syntax::parseMethod(
        {&file, 0, static_cast<syntax::Position>(source.size()), random() % 2 == 0}, mistakes);
    compiler::Options options;
    if (random() % 2 == 0) options.bytecodeSet = compiler::BytecodeSet::kSistaV1;
    options.fullBlocks = options.bytecodeSet == compiler::BytecodeSet::kSistaV1;
    std::optional<compiler::CompiledCode> code;
    if (method) code = compiler::compileMethod(*method, NoNames(), options, mistakes);
    INFO(source);
    CHECK(code.has_value() == mistakes.empty());
    if (code.has_value()) ++compiledCount;
  }
  CHECK(compiledCount > 100);
}
