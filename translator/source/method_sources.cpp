// See method_sources.h.
#include "translator/source/method_sources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace stwasm::source {
namespace {

namespace fs = std::filesystem;

// The four bytes of a source pointer; the last of them is at least this.
constexpr size_t kPointerSize = 4;
constexpr uint8_t kFirstPointerFlag = 252;

// Squeak: two values of the upper byte for each 16 MB, one for each file.
constexpr uint32_t kPositionsPerFlag = 1U << 24;
// Cuis: a bit for the file, the rest counts units of its files (pointerScaleForNewFiles).
constexpr uint32_t kCuisUnit = 32;
constexpr uint32_t kCuisChanges = 1U << 25;

std::string contentsOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The chunk that begins there; line ends become newlines.
std::string chunkAt(const std::string& text, size_t begin) {
  std::string chunk;
  for (size_t i = begin; i < text.size(); ++i) {
    if (text[i] == '!' && (i + 1 == text.size() || text[i + 1] != '!')) break;
    if (text[i] == '!') ++i;
    chunk += text[i] == '\r' ? '\n' : text[i];
  }
  return chunk;
}

}  // namespace

CompanionFiles CompanionFiles::of(const std::string& imagePath) {
  CompanionFiles found;
  const fs::path image(imagePath);
  fs::path changes = image;
  changes.replace_extension(".changes");
  std::error_code ignored;
  if (fs::is_regular_file(changes, ignored)) found.changes = changes.string();
  const fs::path folder = image.has_parent_path() ? image.parent_path() : fs::path(".");
  for (const auto& file : fs::directory_iterator(folder, ignored))
    if (file.path().extension() == ".sources") found.sources.push_back(file.path().string());
  std::sort(found.sources.begin(), found.sources.end());
  return found;
}

MethodSources MethodSources::besides(const image::ImageModel& model) {
  MethodSources sources;
  const CompanionFiles files = CompanionFiles::of(model.graph().fileName());
  if (!files.changes.empty()) sources.changes_ = contentsOf(files.changes);
  if (!files.sources.empty()) sources.sources_ = contentsOf(files.sources.front());
  sources.asCuis_ = model.findClass("CuisSourceFileArray") != image::kNoObject;
  return sources;
}

MethodSources::Place MethodSources::placeOf(uint32_t pointer) const {
  if (asCuis_)
    return {(pointer & kCuisChanges) != 0, uint64_t{pointer & (kCuisChanges - 1)} * kCuisUnit};
  const uint32_t flag = pointer / kPositionsPerFlag;
  return {flag % 2 == 1, pointer % kPositionsPerFlag + uint64_t{flag / 2} * kPositionsPerFlag};
}

std::optional<std::string> MethodSources::textOf(const image::CompiledMethodView& method) const {
  const auto trailer = method.trailer();
  if (trailer.size() != kPointerSize || trailer[3] < kFirstPointerFlag) return std::nullopt;
  const Place place = placeOf(static_cast<uint32_t>(trailer[3] - kFirstPointerFlag) << 24 |
                              static_cast<uint32_t>(trailer[2]) << 16 |
                              static_cast<uint32_t>(trailer[1]) << 8 | trailer[0]);
  const std::string& file = place.inChanges ? changes_ : sources_;
  if (place.position >= file.size()) return std::nullopt;
  return chunkAt(file, file.find_first_not_of(" \t\r\n", place.position));
}

}  // namespace stwasm::source
