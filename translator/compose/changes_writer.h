// The source of a composed image, as Squeak keeps it: a .changes file beside the image, in chunk
// format, and in each method's trailer the place of its text there.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "translator/syntax/program.h"

namespace stwasm::compose {

// The last bytes of a method.
using SourcePointer = std::array<uint8_t, 4>;

class ChangesWriter {
 public:
  // Appends the method's text; answers the pointer to it, zeros where the file has become too long
  // for one.
  SourcePointer add(const syntax::MethodDeclaration& declaration);
  // Start-up code: statements that become a method of nil.
  SourcePointer addStatements(std::string_view selector, const syntax::SourceRange& statements);

  std::string takeText() { return std::move(text_); }

 private:
  SourcePointer addChunk(std::string_view className, std::string_view category,
                         std::string_view chunk);

  std::string text_ = "\"The source of a composed image: its methods point into this file.\"!\n";
};

}  // namespace stwasm::compose
