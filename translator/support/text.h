// Text, names and files: small helpers that several parts of the translator need.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <llvm/Support/MemoryBuffer.h>

#include "translator/support/result.h"

namespace stwasm {

// Whole-text match; '*' stands for any run of characters, '?' for one.
bool globMatches(std::string_view pattern, std::string_view text);

// Insertions, deletions, replacements and exchanges of neighbours that make one from the other.
std::size_t editDistance(std::string_view a, std::string_view b);

// At most `count` names close enough to `name` to be what was meant, the closest first.
std::vector<std::string> closestNames(std::string_view name, const std::vector<std::string>& names,
                                      std::size_t count = 3);

// "did you mean A, B or C?", empty for no names.
std::string suggestion(const std::vector<std::string>& names);

// 13657 -> "13,657"
std::string groupedDigits(std::uint64_t value);

// 7143848 -> "6.8 MB"
std::string readableSize(std::uint64_t bytes);

// The whole file, mapped when large. A failure names the file.
Result<std::unique_ptr<llvm::MemoryBuffer>> readFile(const std::string& path);

// Writes the file in one piece. A failure names the file.
Status writeFile(const std::string& path, std::string_view bytes);

}  // namespace stwasm
