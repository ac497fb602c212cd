// Listings of whole methods: literals, nested blocks, pcs as the image counts them.
#include "translator/bytecode/instruction_printer.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "translator/bytecode/special_selectors.h"

using namespace stwasm::bytecode;  // NOLINT(google-build-using-namespace)

namespace {

std::string describeLiteral(LiteralUse use, int index) {
  switch (use) {
    case LiteralUse::kConstant:
      return "'hello'";
    case LiteralUse::kVariable:
      return "Transcript";
    case LiteralUse::kSelector:
      return index == 0 ? "show:with:" : "";
    case LiteralUse::kSpecialSelector:
      return index == 24 ? "~~" : "";
  }
  return "";
}

// [:a | [a foo] value] with a literal or two around it.
const std::vector<uint8_t> kMethod = {0x40, 0x21, 0x8F, 0x01, 0x00, 0x0A, 0x10, 0x8F, 0x10, 0x00,
                                      0x03, 0x10, 0xD1, 0x7D, 0xC9, 0x7D, 0xF0, 0xC8, 0x7C};

}  // namespace

TEST_CASE("a listing shows pcs, bytes, literals and the nesting of blocks") {
  PrinterOptions options;
  options.describeLiteral = describeLiteral;
  auto listing = printInstructions(kMethod, options);
  REQUIRE(static_cast<bool>(listing));
  CHECK(*listing ==
        "   0 <40>          pushLit: Transcript\n"
        "   1 <21>          pushConstant: 'hello'\n"
        "   2 <8F 01 00 0A> closureNumCopied: 0 numArgs: 1 bytes 6 to 15\n"
        "   6 <10>            pushTemp: 0\n"
        "   7 <8F 10 00 03>   closureNumCopied: 1 numArgs: 0 bytes 11 to 13\n"
        "  11 <10>              pushTemp: 0\n"
        "  12 <D1>              send: lit1 numArgs: 0\n"
        "  13 <7D>              blockReturn\n"
        "  14 <C9>            send: value\n"
        "  15 <7D>            blockReturn\n"
        "  16 <F0>          send: show:with:\n"
        "  17 <C8>          send: ~~\n"
        "  18 <7C>          returnTop\n");
}

TEST_CASE("pcs may be shown as the image counts them, and a listing may stop early") {
  PrinterOptions options;
  options.firstPc = 21;
  auto listing = printInstructions(kMethod, options, 6);
  REQUIRE(static_cast<bool>(listing));
  CHECK(*listing ==
        "  21 <40>          pushLit: lit0\n"
        "  22 <21>          pushConstant: lit1\n"
        "  23 <8F 01 00 0A> closureNumCopied: 0 numArgs: 1 bytes 27 to 36\n");
  auto jump = describeInstruction(std::vector<uint8_t>{0x99}, 0, options);
  REQUIRE(static_cast<bool>(jump));
  CHECK(*jump == "jumpFalse: 24");
}

TEST_CASE("special selectors have the arity of their names") {
  for (int i = 0; i < kSpecialSelectorCount; ++i) {
    const SpecialSelector& selector = specialSelector(i);
    int colons = 0;
    for (char c : selector.name) colons += c == ':' ? 1 : 0;
    const bool binary = (selector.name[0] | 32) < 'a' || (selector.name[0] | 32) > 'z';
    CHECK_MESSAGE(selector.numArgs == (binary ? 1 : colons), selector.name);
  }
}
