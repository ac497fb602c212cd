// Source files, positions in them, and the mistakes that are found there: told with file, line,
// column, the line itself and a caret, as compilers do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "translator/support/result.h"

namespace stwasm::syntax {

// A byte offset in a source file.
using Position = uint32_t;

class SourceFile {
 public:
  SourceFile(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }

  struct Place {
    uint32_t line = 1;  // from 1
    uint32_t column = 1;
    std::string_view text;  // of the line
  };
  Place placeOf(Position at) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<Position> lineStarts_;
};

// A piece of a file: a chunk, the body of a method.
struct SourceRange {
  const SourceFile* file = nullptr;
  Position begin = 0;
  Position end = 0;
  bool bangsDoubled = false;  // as in chunks, where '!!' stands for '!'

  std::string_view text() const { return file->text().substr(begin, end - begin); }
};

// Collects what is wrong in all files, so that one run tells of several mistakes.
class Mistakes {
 public:
  // `hint` is a way out, if there is an obvious one. Of two mistakes at one place the first counts.
  void add(const SourceFile& file, Position at, const std::string& message,
           const std::string& hint = "");

  bool empty() const { return places_.empty(); }
  size_t count() const { return places_.size(); }
  // All of them as one failure; success when there are none.
  Status status() const;

 private:
  static constexpr size_t kMaxTold = 20;

  std::set<std::pair<std::string, Position>> places_;
  std::vector<std::string> texts_;
};

}  // namespace stwasm::syntax
