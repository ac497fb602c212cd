// See debug_sources.h.
#include "translator/pipeline/debug_sources.h"

#include <cctype>

#include <fmt/format.h>
#include <llvm/Support/JSON.h>
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

}  // namespace

void DebugSources::enter(const image::MethodEntry& entry) {
  current_ = entry.method;
  text_ = source::textAndPositions(model_, entry, sources_);
  codes_.clear();
  addCodes(model_, entry.method, text_.positions, codes_);
  files_.push_back({fmt::format("smalltalk/{}/{}.st", pathPart(model_.className(entry.behavior)),
                                pathPart(model_.selectorText(entry.selector))),
                    text_.text});
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
