// See debug_sources.h.
#include "translator/pipeline/debug_sources.h"

#include <cctype>

#include <fmt/format.h>
#include <llvm/Support/raw_ostream.h>

namespace stwasm::pipeline {

namespace {

// As a part of a relative URL.
std::string pathPart(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == ':' || c == '_' || c == '-')
      out += c;
    else
      out += fmt::format("%{:02X}", byte);
  }
  return out;
}

void addCodes(const image::ImageModel& model, image::ObjectId code,
              const source::CodePositions& positions,
              std::map<image::ObjectId, const source::CodePositions*>& codes) {
  codes[code] = &positions;
  auto view = image::CompiledMethodView::create(model.graph(), code);
  if (!view) return llvm::consumeError(view.takeError());
  for (const auto& [literal, block] : positions.blocks) {
    if (literal >= view->literals().size() || !view->literals()[literal].isObject()) continue;
    addCodes(model, view->literals()[literal].objectId(), block, codes);
  }
}

uint32_t hashOf(const image::CompiledMethodView& code) {
  uint32_t hash = 0x811C9DC5;
  for (const auto bytes : {code.bytecodes(), code.trailer()})
    for (const uint8_t byte : bytes) hash = (hash ^ byte) * 16777619;
  return hash;
}

// Only where the line changes.
llvm::json::Array linesOf(const image::CompiledMethodView& code,
                          const source::CodePositions& positions) {
  llvm::json::Array lines{static_cast<int64_t>(hashOf(code))};
  uint32_t last = 0;
  for (const source::LinePosition& each : positions.lines) {
    if (each.line == last) continue;
    last = each.line;
    lines.push_back(static_cast<int64_t>(code.pcOfOffset(each.pc)));
    lines.push_back(static_cast<int64_t>(each.line));
  }
  return lines;
}

}  // namespace

void DebugSources::noteLines(const image::MethodEntry& entry) {
  llvm::json::Array codes;
  for (const auto& [code, positions] : codes_) {
    auto view = image::CompiledMethodView::create(model_.graph(), code);
    if (view)
      codes.push_back(linesOf(*view, *positions));
    else
      llvm::consumeError(view.takeError());
  }
  lines_[llvm::json::fixUTF8(model_.methodName(entry.method))] = std::move(codes);
}

std::string DebugSources::lines() {
  for (const image::MethodEntry& entry : model_.methods())
    if (!entered_.contains(entry.method)) enter(entry);
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(lines_));
  return text;
}

void DebugSources::enter(const image::MethodEntry& entry) {
  current_ = entry.method;
  text_ = source::textAndPositions(model_, entry, sources_);
  codes_.clear();
  addCodes(model_, entry.method, text_.positions, codes_);
  files_.push_back({fmt::format("smalltalk/{}/{}.st", pathPart(model_.className(entry.behavior)),
                                pathPart(model_.selectorText(entry.selector))),
                    text_.text});
  if (entered_.insert(entry.method).second && text_.isSource) noteLines(entry);
}

const source::CodePositions* DebugSources::positionsOf(const image::MethodEntry& entry,
                                                       image::ObjectId code) {
  if (current_ != entry.method || files_.empty()) enter(entry);
  const auto found = codes_.find(code);
  return found == codes_.end() ? nullptr : found->second;
}

emit::DebugInfo DebugSources::info() {
  emit::DebugInfo info;
  info.location = [this](const image::MethodEntry& entry, image::ObjectId code, uint32_t pc) {
    const auto* positions = positionsOf(entry, code);
    const auto* line = positions == nullptr ? nullptr : positions->at(pc);
    if (line == nullptr) return std::string();
    return fmt::format("{}:{}:{}", files_.size() - 1, line->line, line->column);
  };
  info.temporaryName = [this](const image::MethodEntry& entry, image::ObjectId code,
                              uint32_t startPc, size_t slot) {
    const auto* positions = positionsOf(entry, code);
    return positions == nullptr ? std::string() : positions->temporaryName(startPc, slot);
  };
  return info;
}

Result<std::string> DebugSources::complete(const std::string& sourceMap) const {
  auto parsed = llvm::json::parse(sourceMap);
  llvm::json::Object* map = parsed ? parsed->getAsObject() : nullptr;
  llvm::json::Array* names = map == nullptr ? nullptr : map->getArray("sources");
  if (names == nullptr) {
    if (!parsed) llvm::consumeError(parsed.takeError());
    return fail("internal error: the source map is none");
  }
  llvm::json::Array texts;
  for (llvm::json::Value& name : *names) {
    const size_t index = std::stoul(name.getAsString()->str());
    name = files_[index].name;
    texts.push_back(llvm::json::fixUTF8(files_[index].text));
  }
  (*map)["sourcesContent"] = std::move(texts);
  std::string text;
  llvm::raw_string_ostream(text) << *parsed;
  return text;
}

}  // namespace stwasm::pipeline
