// See pipeline.h.
#include "translator/pipeline/pipeline.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include "translator/emit/image_translator.h"
#include "translator/image/image_reader.h"
#include "translator/link/runtime.h"
#include "translator/pipeline/debug_sources.h"
#include "translator/profile/profile.h"
#include "translator/profile/profiled_code.h"
#include "translator/snapshot/heap_writer.h"
#include "translator/source/class_categories.h"
#include "translator/source/method_sources.h"
#include "translator/support/embedded_file.h"
#include "translator/support/output_folder.h"
#include "translator/support/text.h"

namespace stwasm::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr int kShrinkLevel = 2;  // as wasm-opt's -Oz
constexpr std::string_view kWasmFile = "image.wasm";
constexpr std::string_view kHeapFile = "image.heap";
constexpr std::string_view kSourceMapFile = "image.wasm.map";
constexpr std::string_view kLinesFile = "image.lines.json";
constexpr std::string_view kCodeNamesFile = "code_names.tsv";
// Rows of pictures: engines go over to their better code from one call of a function to the next.
constexpr const char* kRowFunctions[] = {"blt_warp_row", "jpeg_row_*"};
// Functions of instrumented modules that have to be seen in samples: Smalltalk's, and those of
// runtime-wat/profile.wat, whose time is not the program's.
constexpr const char* kSampledFunctions[] = {"*>>*", "count_*", "profile_of*"};

// A file that the image finds in its own folder, under this name.
struct ImageFile {
  std::string name;
  fs::path source;
  uint64_t size = 0;
};

// What an image looks for beside itself: its changes, and sources files.
std::vector<ImageFile> companionFiles(const fs::path& image) {
  const auto found = source::CompanionFiles::of(image.string());
  std::vector<std::string> paths = found.sources;
  if (!found.changes.empty()) paths.insert(paths.begin(), found.changes);
  std::vector<ImageFile> files;
  files.reserve(paths.size());
  for (const fs::path file : paths)
    files.push_back({file.filename().string(), file, fs::file_size(file)});
  return files;
}

// The files below a folder, in the order of their names, under names relative to it.
Status addIncluded(const std::string& folder, std::vector<ImageFile>& files) {
  std::error_code problem;
  std::vector<ImageFile> found;
  fs::recursive_directory_iterator entry(folder, problem);
  for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
    if (!entry->is_regular_file(problem) || problem) continue;
    found.push_back({entry->path().lexically_relative(folder).generic_string(), entry->path(),
                     entry->file_size(problem)});
  }
  if (problem) return fail(Diagnostic(problem.message(), folder));
  std::sort(found.begin(), found.end(),
            [](const ImageFile& a, const ImageFile& b) { return a.name < b.name; });
  files.insert(files.end(), found.begin(), found.end());
  return Status::success();
}

std::string manifestText(const image::ImageModel& model, const fs::path& image,
                         const std::vector<ImageFile>& imageFiles, const BuildReport& report,
                         bool hasSourceMap, bool instrumented) {
  llvm::json::Array files;
  for (const ImageFile& file : imageFiles)
    files.push_back(
        llvm::json::Object{{"name", file.name}, {"size", static_cast<int64_t>(file.size)}});
  const image::ImageHeader& header = model.graph().header();
  llvm::json::Object manifest{
      {"name", image.stem().string()},
      {"imageName", image.filename().string()},
      {"formatNumber", static_cast<int64_t>(header.formatNumber)},
      {"wordSize", static_cast<int64_t>(header.wordSize)},
      {"wasm", llvm::StringRef(kWasmFile)},
      {"wasmBytes", static_cast<int64_t>(report.wasmBytes)},
      {"heap", llvm::StringRef(kHeapFile)},
      {"heapBytes", static_cast<int64_t>(report.heapBytes)},
      {"files", std::move(files)},
      {"methods", static_cast<int64_t>(report.methods)},
      {"translatedMethods", static_cast<int64_t>(report.translatedMethods)},
  };
  if (instrumented) manifest["instrumented"] = true;
  if (hasSourceMap) {
    manifest["sourceMap"] = llvm::StringRef(kSourceMapFile);
    manifest["lines"] = llvm::StringRef(kLinesFile);
  }
  std::string text;
  llvm::raw_string_ostream(text) << llvm::formatv("{0:2}", llvm::json::Value(std::move(manifest)));
  return text + "\n";
}

// The parts of the host that only the page itself needs.
bool belongsToPage(std::string_view name) {
  return name == "index.html" || name == "page.css" || name == "page.json";
}

// Of instrumented builds: a line for each method id with its hash and its name in profiles, empty
// for code that is installed nowhere.
std::string codeNames(const image::ImageModel& model, const emit::Program& program) {
  std::map<image::ObjectId, profile::ProfiledCode> byCode;
  for (profile::ProfiledCode& code : profile::profiledCode(model))
    byCode.emplace(code.code, std::move(code));
  std::string text;
  for (const emit::TranslatedMethod& method : program.methods) {
    const auto found = byCode.find(method.method);
    if (found != byCode.end())
      text +=
          fmt::format("{:016x}\t{}", found->second.hash, profile::escapedName(found->second.name));
    text += '\n';
  }
  return text;
}

Status writeHost(OutputFolder& folder, bool page) {
  for (const EmbeddedFile& file : runtime::files()) {
    if (!file.name.starts_with("host/")) continue;
    const auto name = file.name.substr(5);
    if (!page && belongsToPage(name)) continue;
    if (Status status = folder.write(name, file.text)) return status;
  }
  return Status::success();
}

Result<image::ImageModel> openModel(const image::ObjectGraph& graph) {
  return image::ImageModel::create(graph);
}

class Builder {
 public:
  Builder(const BuildOptions& options, const Progress& progress)
      : options_(options), progress_(progress) {}

  Result<BuildReport> run();

 private:
  void stage(const std::string& name, double fraction) const {
    if (progress_) progress_(name, fraction);
  }
  // Begins a stage; its time is the time until the next one.
  void begin(const std::string& name);
  Result<emit::Program> translate(const image::ImageModel& model, const link::Runtime& runtime);
  bool keepsNames() const {
    return options_.debugNames || options_.sourceMap || options_.instrument;
  }
  Result<link::Binary> encode(const std::string& text) const;
  Status measure(const image::ImageModel& model, const link::Binary& binary);
  Status write(OutputFolder& folder, const image::ImageModel& model, const link::Binary& binary,
               const std::string& heap, const std::string& text);

  const BuildOptions& options_;
  const Progress& progress_;
  BuildReport report_;
  std::unique_ptr<DebugSources> debug_;  // where a source map is wanted
  std::chrono::steady_clock::time_point stageStart_ = std::chrono::steady_clock::now();
};

void Builder::begin(const std::string& name) {
  const auto now = std::chrono::steady_clock::now();
  if (!report_.stages.empty())
    report_.stages.back().seconds = std::chrono::duration<double>(now - stageStart_).count();
  stageStart_ = now;
  if (name.empty()) return;
  report_.stages.push_back({name, 0});
  stage(name, 0);
}

Result<link::Binary> Builder::encode(const std::string& text) const {
  link::BinaryOptions binary;
  binary.optimizeLevel = options_.optimizeLevel;
  binary.shrinkLevel = options_.goal == emit::Goal::kSize ? kShrinkLevel : 0;
  binary.names = keepsNames();
  binary.measured = options_.measure;
  binary.notInlined.assign(std::begin(kRowFunctions), std::end(kRowFunctions));
  if (options_.instrument)
    binary.notInlined.insert(binary.notInlined.end(), std::begin(kSampledFunctions),
                             std::end(kSampledFunctions));
  if (!debug_) return link::encodeModule(text, binary);
  binary.sourceMap = kSourceMapFile;
  auto encoded = link::encodeModule(text, binary);
  if (!encoded) return encoded.takeError();
  auto map = debug_->complete(encoded->sourceMap);
  if (!map) return map.takeError();
  encoded->sourceMap = std::move(*map);
  return encoded;
}

Result<emit::Program> Builder::translate(const image::ImageModel& model,
                                         const link::Runtime& runtime) {
  emit::TranslationOptions translation = translationOptions(runtime);
  translation.translateMethods = options_.translate;
  translation.goal = options_.goal;
  translation.instrument = options_.instrument;
  translation.records = options_.sourceMap;
  std::optional<profile::Profile> profile;
  if (!options_.profilePath.empty()) {
    auto read = profile::Profile::read(options_.profilePath, model);
    if (!read) return read.takeError();
    profile = std::move(*read);
    report_.profileNotices = profile->notices();
    report_.profiledMethods = profile->size();
    translation.profile = &*profile;
  }
  if (options_.sourceMap) {
    debug_ = std::make_unique<DebugSources>(model);
    translation.debug = debug_->info();
  }
  translation.progress = [this](size_t done, size_t all) {
    if (done % 256 == 0)
      stage("translating methods", static_cast<double>(done) / static_cast<double>(all));
  };
  auto program = emit::ImageTranslator(model, std::move(translation)).translateAll();
  if (!program) return program.takeError();
  report_.methods = static_cast<uint32_t>(model.methods().size());
  report_.translatedMethods = program->translatedMethods;
  report_.functions = static_cast<uint32_t>(program->functionNames.size() - 1);
  report_.bytecodes = program->translatedBytecodes;
  report_.refusals = program->refusals;
  return program;
}

Result<BuildReport> Builder::run() {
  auto folder = OutputFolder::create(options_.outputPath);  // a name that is taken is told at once
  if (!folder) return folder.takeError();
  begin("reading the image");
  auto graph = image::readImage(options_.imagePath);
  if (!graph) return graph.takeError();
  auto model = openModel(*graph);
  if (!model) return model.takeError();
  auto runtime =
      link::Runtime::load({graph->header().wordSize, options_.instrument, options_.sourceMap});
  if (!runtime) return runtime.takeError();
  begin("translating methods");
  auto program = translate(*model, *runtime);
  if (!program) return program.takeError();
  begin("writing the heap");
  auto heap = snapshot::writeHeap(*model, *program);
  if (!heap) return heap.takeError();
  begin(options_.optimizeLevel > 0 ? "optimising" : "linking");
  auto text = link::moduleText(*runtime, *program, {keepsNames(), options_.instrument});
  if (!text) return text.takeError();
  program->functions = std::string();
  auto binary = encode(*text);
  if (!binary) return binary.takeError();
  report_.wasmBytes = binary->wasm.size();
  report_.heapBytes = heap->size();
  if (options_.measure)
    if (Status status = measure(*model, *binary)) return status;
  begin("writing the folder");
  if (options_.instrument)
    if (Status status = folder->write(kCodeNamesFile, codeNames(*model, *program))) return status;
  if (Status status = write(*folder, *model, *binary, *heap, *text)) return status;
  begin("");
  return std::move(report_);
}

// The names serve only to tell the functions apart: what is reported are the bytes that are
// written.
Status Builder::measure(const image::ImageModel& model, const link::Binary& binary) {
  auto named = sizes::ModuleSizes::of(binary.named);
  if (!named) return named.takeError();
  auto written = sizes::ModuleSizes::of(binary.wasm);
  if (!written) return written.takeError();
  named->bytes = written->bytes;
  named->sections = written->sections;
  const source::ClassCategories categories(model);
  std::map<std::string, std::string> packages;
  for (const image::ObjectId behavior : model.behaviors())
    packages.emplace(model.className(behavior), categories.of(behavior));
  report_.sizes = sizes::reportOf(*named, [&](const std::string& name) {
    const auto found = packages.find(name);
    return found == packages.end() || found->second.empty() ? "(no package)" : found->second;
  });
  return Status::success();
}

Status Builder::write(OutputFolder& folder, const image::ImageModel& model,
                      const link::Binary& binary, const std::string& heap,
                      const std::string& text) {
  const fs::path image(options_.imagePath);
  std::vector<ImageFile> files = companionFiles(image);
  for (const std::string& included : options_.included)
    if (Status status = addIncluded(included, files)) return status;
  if (Status status = folder.write(kWasmFile, binary.wasm)) return status;
  if (!binary.sourceMap.empty())
    if (Status status = folder.write(kSourceMapFile, binary.sourceMap)) return status;
  if (debug_)
    if (Status status = folder.write(kLinesFile, debug_->lines())) return status;
  if (Status status = folder.write(kHeapFile, heap)) return status;
  if (options_.keepText)
    if (Status status = folder.write("module.wat", text)) return status;
  if (Status status = writeHost(folder, options_.page)) return status;
  for (const ImageFile& file : files)
    if (Status status = folder.copy(file.source.string(), "files/" + file.name)) return status;
  if (Status status = folder.write(
          "manifest.json",
          manifestText(model, image, files, report_, options_.sourceMap, options_.instrument)))
    return status;
  return folder.commit();
}

}  // namespace

Result<BuildReport> build(const BuildOptions& options, const Progress& progress) {
  return Builder(options, progress).run();
}

emit::TranslationOptions translationOptions(const link::Runtime& runtime) {
  emit::TranslationOptions options;
  options.primitiveFunction = [&runtime](const std::string& name, int numArgs) {
    return runtime.primitiveFunction(name, numArgs);
  };
  return options;
}

Result<link::Runtime::Primitives> implementedPrimitives(uint32_t wordSize) {
  auto runtime = link::Runtime::load({wordSize});
  if (!runtime) return runtime.takeError();
  return runtime->primitives();
}

}  // namespace stwasm::pipeline
