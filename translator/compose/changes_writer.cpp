// See changes_writer.h.
#include "translator/compose/changes_writer.h"

#include <fmt/format.h>

namespace stwasm::compose {

namespace {

// Of the four values that a pointer's last byte may have, two are for the changes file, each for
// 16 MB of it.
constexpr size_t kPositionsPerFlag = size_t{1} << 24;
constexpr uint8_t kFirstChangesFlag = 253;
constexpr size_t kChangesFlags = 2;
constexpr uint8_t kFlagStep = 2;

constexpr std::string_view kSpace = " \t\r\n";

SourcePointer pointerTo(size_t position) {
  const size_t flag = position / kPositionsPerFlag;
  if (flag >= kChangesFlags) return {};
  return {static_cast<uint8_t>(position), static_cast<uint8_t>(position >> 8),
          static_cast<uint8_t>(position >> 16),
          static_cast<uint8_t>(kFirstChangesFlag + kFlagStep * flag)};
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string doubled(std::string_view text, char which) {
  std::string out;
  for (const char c : text) out.append(c == which ? 2 : 1, c);
  return out;
}

std::string chunkOf(const syntax::SourceRange& range) {
  return range.bangsDoubled ? std::string(range.text()) : doubled(range.text(), '!');
}

}  // namespace

SourcePointer ChangesWriter::add(const syntax::MethodDeclaration& declaration) {
  const std::string owner = declaration.className + (declaration.classSide ? " class" : "");
  std::string text = chunkOf(declaration.pattern);
  if (declaration.body.file != nullptr) {
    const std::string body = chunkOf(declaration.body);
    if (!body.empty() && kSpace.find(body.front()) == kSpace.npos) text += ' ';
    text += body;
  }
  return addChunk(owner, declaration.category, text);
}

SourcePointer ChangesWriter::addStatements(std::string_view selector,
                                           const syntax::SourceRange& statements) {
  return addChunk("UndefinedObject", "start-up",
                  fmt::format("{}\n{}", selector, chunkOf(statements)));
}

SourcePointer ChangesWriter::addChunk(std::string_view className, std::string_view category,
                                      std::string_view chunk) {
  text_ +=
      fmt::format("\n!{} methodsFor: '{}'!\n", className, doubled(doubled(category, '\''), '!'));
  const size_t position = text_.size();
  text_ += trimmed(chunk);
  text_ += "! !\n";
  return pointerTo(position);
}

}  // namespace stwasm::compose
