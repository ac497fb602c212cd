// Tests of the support library: diagnostics, names, the output folder.
#include <filesystem>

#include <doctest/doctest.h>

#include "translator/support/output_folder.h"
#include "translator/support/result.h"
#include "translator/support/text.h"

using namespace stwasm;  // NOLINT(google-build-using-namespace)
namespace fs = std::filesystem;

TEST_CASE("a diagnostic says what it knows and leaves out the rest") {
  CHECK(render(fail("bad {}", 7)) == "bad 7");
  CHECK(render(fail(Diagnostic("bad", "a.image", "Foo>>bar", 12, "look"))) ==
        "a.image: Foo>>bar pc 12: bad (hint: look)");
  CHECK(render(fail(Diagnostic("bad").atPc(0))) == "pc 0: bad");
  CHECK(render(fail(Diagnostic("bad").inMethod("Foo>>bar"))) == "Foo>>bar: bad");
}

TEST_CASE("the caller fills in what a diagnostic does not say") {
  CHECK(render(inFile(fail("bad"), "a")) == "a: bad");
  CHECK(render(inFile(inFile(fail("bad"), "inner"), "outer")) == "inner: bad");
  CHECK(render(inMethod(fail("bad"), "Foo>>bar")) == "Foo>>bar: bad");
  CHECK(render(inMethod(fail(Diagnostic("bad").atPc(3)), "Foo>>bar", 21)) == "Foo>>bar pc 24: bad");
  CHECK(render(inMethod(fail(Diagnostic("bad").inMethod("A>>b").atPc(3)), "Foo>>bar", 21)) ==
        "A>>b pc 3: bad");
  CHECK_FALSE(static_cast<bool>(inFile(Status::success(), "a")));
}

TEST_CASE("glob patterns match the whole text") {
  CHECK(globMatches("Integer>>*", "Integer>>benchFib"));
  CHECK(globMatches("*>>printOn:", "Object>>printOn:"));
  CHECK_FALSE(globMatches("*>>printOn:", "Object>>printOn:base:"));
  CHECK_FALSE(globMatches("Integer>>*", "LargeInteger>>foo"));
  CHECK(globMatches("a*b*c", "aXbYbZc"));
  CHECK(globMatches("a?c", "abc"));
  CHECK(globMatches("*", ""));
  CHECK_FALSE(globMatches("", "a"));
}

TEST_CASE("close names are suggested, the closest first") {
  CHECK(editDistance("benchFib", "benchFib") == 0);
  CHECK(editDistance("abcd", "abdc") == 1);
  CHECK(editDistance("", "abc") == 3);
  CHECK(editDistance("kitten", "sitting") == 3);
  const std::vector<std::string> names{"Integer>>benchFib", "Integer>>benchmark", "Float>>sin"};
  const auto near = closestNames("Integer>>benchfib", names);
  REQUIRE(near.size() == 2);
  CHECK(near[0] == "Integer>>benchFib");
  CHECK(suggestion(near) == "did you mean Integer>>benchFib or Integer>>benchmark?");
  CHECK(suggestion({}).empty());
}

TEST_CASE("numbers are readable") {
  CHECK(groupedDigits(0) == "0");
  CHECK(groupedDigits(999) == "999");
  CHECK(groupedDigits(13657) == "13,657");
  CHECK(groupedDigits(1234567) == "1,234,567");
  CHECK(readableSize(512) == "512 bytes");
  CHECK(readableSize(7143848) == "6.8 MB");
}

namespace {

// A folder that goes away with the test.
struct Scratch {
  Scratch() : path(fs::temp_directory_path() / fmt::format("stwasm-test-{}", rand())) {
    fs::create_directories(path);
  }
  ~Scratch() { fs::remove_all(path); }
  fs::path path;
};

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("an output folder appears on commit, and not before") {
  Scratch scratch;
  const std::string out = (scratch.path / "out").string();
  {
    auto folder = OutputFolder::create(out + "/");
    REQUIRE(static_cast<bool>(folder));
    CHECK_FALSE(static_cast<bool>(folder->write("sub/a.txt", "hello")));
    CHECK_FALSE(fs::exists(out));
  }
  CHECK(entries(scratch.path) == 0);
  for (const char* content : {"one", "two"}) {
    auto folder = OutputFolder::create(out);
    REQUIRE(static_cast<bool>(folder));
    CHECK_FALSE(static_cast<bool>(folder->write("stwasm.mjs", content)));
    CHECK_FALSE(static_cast<bool>(folder->commit()));
    auto read = readFile(out + "/stwasm.mjs");
    REQUIRE(static_cast<bool>(read));
    CHECK((*read)->getBuffer() == content);
  }
  CHECK(entries(scratch.path) == 1);
}

TEST_CASE("what a killed run left is removed by the next one") {
  Scratch scratch;
  const std::string out = (scratch.path / "out").string();
  // No process has so high an id.
  fs::create_directory(out + ".partial-99999999");
  fs::create_directory(out + ".partial-mine");
  { auto folder = OutputFolder::create(out); }
  CHECK_FALSE(fs::exists(out + ".partial-99999999"));
  CHECK(fs::exists(out + ".partial-mine"));
}

TEST_CASE("a folder of somebody else's is not replaced") {
  Scratch scratch;
  REQUIRE_FALSE(static_cast<bool>(writeFile((scratch.path / "mine.txt").string(), "mine")));
  auto folder = OutputFolder::create(scratch.path.string());
  REQUIRE_FALSE(static_cast<bool>(folder));
  CHECK(render(folder.takeError()).find("not an earlier output") != std::string::npos);
  CHECK(fs::exists(scratch.path / "mine.txt"));
}

TEST_CASE("files that cannot be read or written are named") {
  Scratch scratch;
  auto missing = readFile((scratch.path / "no").string());
  REQUIRE_FALSE(static_cast<bool>(missing));
  CHECK(render(missing.takeError()).find("/no: cannot read") != std::string::npos);
  CHECK(render(writeFile((scratch.path / "no/no").string(), "x")).find("cannot write") !=
        std::string::npos);
}
