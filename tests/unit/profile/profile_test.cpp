// Profile files: their form, what is refused, and what they mean for an image.
#include "translator/profile/profile.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/image/tiny_image.h"
#include "translator/image/image_reader.h"
#include "translator/profile/profiled_code.h"

namespace stwasm::profile {
namespace {

constexpr const char* kWhole =
    "stwasm-profile 1\n"
    "code 00ff00ff00ff00ff Foo class>>bar:\n"
    "bytecodes 120\n"
    "activation 13 7\n"
    "activation 25 70\n"
    "send 17 9 do:\n"
    "  general 2\n"
    "  receiver 8 Array\n"
    "  receiver 1 Foo class\n"
    "  block 3 25 Foo class>>bar:\n"
    "jump 20 5 4\n"
    "code 1 Foo>>a\\x0ab\n"
    "end\n";

std::string refusal(const std::string& text) {
  auto file = parseProfile(text, "p.txt");
  return file ? "nothing" : render(file.takeError());
}

TEST_CASE("all lines of a profile") {
  const ProfileFile file = llvm::cantFail(parseProfile(kWhole, "p.txt"));
  REQUIRE(file.code.size() == 2);
  const CodeLines& code = file.code[0];
  CHECK(code.name == "Foo class>>bar:");
  CHECK(code.hash == 0x00ff00ff00ff00ff);
  CHECK(code.bytecodes == 120);
  REQUIRE(code.activations.size() == 2);
  CHECK(code.activations[1].pc == 25);
  CHECK(code.activations[1].count == 70);
  REQUIRE(code.sends.size() == 1);
  CHECK(code.sends[0].selector == "do:");
  CHECK(code.sends[0].count == 9);
  CHECK(code.sends[0].general == 2);
  REQUIRE(code.sends[0].receivers.size() == 2);
  CHECK(code.sends[0].receivers[1].className == "Foo class");
  REQUIRE(code.sends[0].blocks.size() == 1);
  CHECK(code.sends[0].blocks[0].startPc == 25);
  REQUIRE(code.jumps.size() == 1);
  CHECK(code.jumps[0].taken == 5);
  CHECK(code.jumps[0].notTaken == 4);
  CHECK(file.code[1].name == "Foo>>a\nb");
}

TEST_CASE("what is no profile is refused with the line") {
  CHECK(refusal("") == "p.txt: is no profile (hint: stwasm profile writes one)");
  CHECK(refusal("P3 1\n") == "p.txt: is no profile (hint: stwasm profile writes one)");
  CHECK(refusal("stwasm-profile 2\nend\n") ==
        "p.txt: line 1: it has version 2, not 1 (hint: make a new one with stwasm profile)");
  const std::string head = "stwasm-profile 1\n";
  CHECK(refusal(head + "code 12\nend\n") == "p.txt: line 2: code HASH NAME is expected");
  CHECK(refusal(head + "send 1 2 x\nend\n") == "p.txt: line 2: 'send' stands before any code");
  const std::string code = head + "code 12 A>>b\n";
  CHECK(refusal(code + "receiver 1 A\nend\n") ==
        "p.txt: line 3: 'receiver' stands before any send");
  CHECK(refusal(code + "jump 1 2\nend\n") == "p.txt: line 3: jump PC TAKEN NOT-TAKEN is expected");
  CHECK(refusal(code + "jump 1 2 -3\nend\n") ==
        "p.txt: line 3: jump PC TAKEN NOT-TAKEN is expected");
  CHECK(refusal(code + "jump 1 2 18446744073709551616\nend\n") ==
        "p.txt: line 3: jump PC TAKEN NOT-TAKEN is expected");
  CHECK(refusal(code + "hop 1\nend\n") == "p.txt: line 3: 'hop' is no kind of line in a profile");
  CHECK(refusal(code + "send 1 2 \\xq0\nend\n") ==
        "p.txt: line 3: send PC COUNT SELECTOR is expected");
  CHECK(refusal(code) ==
        "p.txt: ends before its last line (hint: it was cut off: make a new one with stwasm "
        "profile)");
  CHECK(refusal(code + "end\n\n") == "p.txt: line 4: something stands behind the end");
}

TEST_CASE("names survive their escapes") {
  const std::string name = " a\\b\n\x80 c d";
  const ProfileFile file = llvm::cantFail(
      parseProfile("stwasm-profile 1\ncode 0 " + escapedName(name) + "\nend\n", "p.txt"));
  CHECK(file.code[0].name == name);
}

// Whatever the bytes are, reading ends with a profile or one diagnostic that names the file.
TEST_CASE("damaged profiles") {
  std::mt19937 random(1);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = kWhole;
    for (auto n = random() % 4 + 1; n > 0; --n) {
      const size_t at = random() % text.size();
      if (random() % 3 == 0) {
        text.erase(at, random() % 20);
      } else if (random() % 2 == 0) {
        text[at] = static_cast<char>(random());
      } else {
        text.insert(at, text.substr(random() % text.size(), random() % 30));
      }
      if (text.empty()) break;
    }
    auto file = parseProfile(text, "p.txt");
    if (file) continue;
    ++refused;
    CHECK(render(file.takeError()).starts_with("p.txt: "));
  }
  CHECK(refused > 10000);
  CHECK(refused < 20000);
}

// An image with Thing>>run, whose code is `pushSelf; <code>; returnTop`.
struct TinyProgram {
  explicit TinyProgram(uint8_t code) {
    const image::testing::Oop selector = image.symbol("run");
    const image::testing::Oop method =
        image.writer.method(image::testing::kCompiledMethodIndex, 2, {selector, image.nil},
                            std::vector<uint8_t>{0x70, code, 0x7C, 0});
    image.addClass("Thing", 70, image.objectClass, 1 << 16, {{selector, method}});
    const std::vector<uint8_t> file = image.file();
    graph.emplace(llvm::cantFail(image::readImageBytes(file, "tiny.image")));
    model.emplace(llvm::cantFail(image::ImageModel::create(*graph)));
  }
  image::testing::TinyImage image;
  std::optional<image::ObjectGraph> graph;
  std::optional<image::ImageModel> model;
};

TEST_CASE("a profile finds methods and classes, and notices changes") {
  const TinyProgram before(0x88);
  const TinyProgram after(0x87);
  const std::vector<ProfiledCode> code = profiledCode(*before.model);
  REQUIRE(code.size() == 1);
  CHECK(code[0].name == "Thing>>run");
  const uint32_t pc = code[0].initialPc;
  const ProfileFile file = llvm::cantFail(parseProfile(
      fmt::format("stwasm-profile 1\ncode {:x} Thing>>run\nbytecodes 3\nactivation {} 5\n"
                  "send {} 9 foo\nreceiver 2 Nobody\nreceiver 3 Thing\nreceiver 4 Array class\n"
                  "block 1 {} Thing>>run\njump 9999 1 1\ncode 1 Gone>>away\nend\n",
                  code[0].hash, pc, pc + 1, pc + 2),
      "p.txt"));
  const Profile profile = Profile::resolve(file, *before.model);
  REQUIRE(profile.notices().size() == 1);
  CHECK(profile.notices()[0] == "Gone>>away is not in this image: its entries are ignored");
  const CodeProfile* run = profile.of(code[0].code);
  REQUIRE(run != nullptr);
  CHECK(run->activationsOf() == 5);
  CHECK(run->activationsOf(1) == 0);
  CHECK(run->jumps.empty());
  const SendProfile* send = run->sendAt(1);
  REQUIRE(send != nullptr);
  CHECK(send->count == 9);
  REQUIRE(send->receivers.size() == 2);
  CHECK(before.model->className(send->receivers[0].behavior) == "Array class");
  CHECK(send->receivers[0].count == 4);
  REQUIRE(send->blocks.size() == 1);
  CHECK(send->blocks[0].startPc == 2);
  CHECK(send->blocks[0].code == code[0].code);

  const Profile stale = Profile::resolve(file, *after.model);
  CHECK(stale.size() == 0);
  REQUIRE(stale.notices().size() == 2);
  CHECK(stale.notices()[0] ==
        "Thing>>run has changed since it was profiled: its entries are ignored");
}

}  // namespace
}  // namespace stwasm::profile
