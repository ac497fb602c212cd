// Places in source files and the text of mistakes.
#include "translator/syntax/source.h"

#include <doctest/doctest.h>

using namespace stwasm;
using syntax::SourceFile;

TEST_CASE("places count lines and columns from 1, with all line ends") {
  const SourceFile file("a.st", "one\ntwo\r\nthree\rfour");
  CHECK(file.placeOf(0).line == 1);
  CHECK(file.placeOf(0).column == 1);
  CHECK(file.placeOf(6).line == 2);
  CHECK(file.placeOf(6).column == 3);
  CHECK(file.placeOf(6).text == "two");
  CHECK(file.placeOf(9).line == 3);
  CHECK(file.placeOf(9).text == "three");
  CHECK(file.placeOf(19).line == 4);
  CHECK(file.placeOf(19).column == 5);
}

TEST_CASE("a mistake shows its line with a caret below") {
  const SourceFile file("a.st", "foo\n\t^ bar");
  syntax::Mistakes mistakes;
  CHECK_FALSE(bool(mistakes.status()));
  mistakes.add(file, 7, "no bar", "try baz");
  CHECK(render(mistakes.status()) ==
        "1 mistake\na.st:2:4: no bar (hint: try baz)\n    \t^ bar\n    \t  ^");
}

TEST_CASE("of two mistakes at one place the first counts, and only twenty are told") {
  const SourceFile file("a.st", std::string(100, 'x'));
  syntax::Mistakes mistakes;
  for (syntax::Position at = 0; at < 25; ++at) mistakes.add(file, at, "first");
  mistakes.add(file, 3, "second");
  CHECK(mistakes.count() == 25);
  const std::string text = render(mistakes.status());
  CHECK(text.find("second") == std::string::npos);
  CHECK(text.ends_with("and 5 more"));
}
