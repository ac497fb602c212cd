// Text, names and files: see text.h.
#include "translator/support/text.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

namespace stwasm {

bool globMatches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::size_t editDistance(std::string_view a, std::string_view b) {
  // Three rows of the usual table are enough.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replace, above[j] + 1, row[j - 1] + 1});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

namespace {

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

std::vector<std::string> closestNames(std::string_view name, const std::vector<std::string>& names,
                                      std::size_t count) {
  const std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  const std::string wanted = lowered(name);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : names) {
    const std::size_t a = candidate.size();
    const std::size_t b = name.size();
    if ((a > b ? a - b : b - a) > limit) continue;
    // A difference of case alone counts for nothing, so that it comes first.
    const std::size_t distance = editDistance(wanted, lowered(candidate));
    if (distance <= limit) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::vector<std::string> result;
  for (auto& entry : near) {
    if (result.size() == count) break;
    result.push_back(std::move(entry.second));
  }
  return result;
}

std::string suggestion(const std::vector<std::string>& names) {
  if (names.empty()) return "";
  std::string text = "did you mean " + names.front();
  for (std::size_t i = 1; i < names.size(); ++i) {
    text += (i + 1 == names.size() ? " or " : ", ") + names[i];
  }
  return text + "?";
}

std::string groupedDigits(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string readableSize(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  const double kilobytes = static_cast<double>(bytes) / 1024;
  if (kilobytes < 1024) return fmt::format("{:.1f} KB", kilobytes);
  return fmt::format("{:.1f} MB", kilobytes / 1024);
}

Result<std::unique_ptr<llvm::MemoryBuffer>> readFile(const std::string& path) {
  if (llvm::sys::fs::is_directory(path)) {
    return fail(Diagnostic("is a folder, a file is needed").inFile(path));
  }
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer) {
    return fail(Diagnostic("cannot read the file: " + buffer.getError().message()).inFile(path));
  }
  return std::move(*buffer);
}

Status writeFile(const std::string& path, std::string_view bytes) {
  std::error_code error;
  llvm::raw_fd_ostream stream(path, error);
  if (!error) {
    stream.write(bytes.data(), bytes.size());
    stream.close();
    error = stream.error();
    stream.clear_error();
  }
  if (error) return fail(Diagnostic("cannot write the file: " + error.message()).inFile(path));
  return Status::success();
}

}  // namespace stwasm
