// Source files and mistakes in them: see source.h.
#include "translator/syntax/source.h"

#include <algorithm>

#include <fmt/format.h>

namespace stwasm::syntax {

namespace {

// What stands before the caret: the line's tabs stay tabs, so that the caret stands right.
std::string indentationBefore(const SourceFile::Place& place) {
  std::string indentation(place.text.substr(0, place.column - 1));
  for (char& c : indentation) {
    if (c != '\t') c = ' ';
  }
  return indentation;
}

std::string render(const SourceFile& file, Position at, const std::string& message,
                   const std::string& hint) {
  const SourceFile::Place place = file.placeOf(at);
  const std::string way = hint.empty() ? "" : fmt::format(" (hint: {})", hint);
  return fmt::format("{}:{}:{}: {}{}\n    {}\n    {}^", file.name(), place.line, place.column,
                     message, way, place.text, indentationBefore(place));
}

}  // namespace

SourceFile::SourceFile(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  lineStarts_.push_back(0);
  for (size_t i = 0; i < text_.size(); ++i) {
    const bool loneReturn = text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n');
    if (text_[i] == '\n' || loneReturn) lineStarts_.push_back(static_cast<Position>(i + 1));
  }
}

SourceFile::Place SourceFile::placeOf(Position at) const {
  const auto next = std::ranges::upper_bound(lineStarts_, at);
  const size_t line = static_cast<size_t>(next - lineStarts_.begin()) - 1;
  const Position start = lineStarts_[line];
  const Position end = next == lineStarts_.end() ? static_cast<Position>(text_.size()) : *next;
  std::string_view text = std::string_view(text_).substr(start, end - start);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const uint32_t column = std::min(at - start, static_cast<uint32_t>(text.size())) + 1;
  return {static_cast<uint32_t>(line + 1), column, text};
}

void Mistakes::add(const SourceFile& file, Position at, const std::string& message,
                   const std::string& hint) {
  if (!places_.emplace(file.name(), at).second) return;
  if (texts_.size() < kMaxTold) texts_.push_back(render(file, at, message, hint));
}

Status Mistakes::status() const {
  if (empty()) return Status::success();
  std::string text = fmt::format("{} mistake{}", count(), count() == 1 ? "" : "s");
  for (const std::string& each : texts_) text += "\n" + each;
  if (count() > texts_.size()) text += fmt::format("\nand {} more", count() - texts_.size());
  return fail(Diagnostic(std::move(text)));
}

}  // namespace stwasm::syntax
