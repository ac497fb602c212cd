// From an image file to an output folder: the stages of `stwasm build`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "translator/emit/image_translator.h"
#include "translator/emit/program.h"
#include "translator/image/image_model.h"
#include "translator/link/module.h"
#include "translator/link/runtime.h"
#include "translator/sizes/size_report.h"
#include "translator/support/result.h"

namespace stwasm::pipeline {

struct BuildOptions {
  std::string imagePath;
  std::string outputPath;
  int optimizeLevel = 2;  // 0..4, as wasm-opt's -O
  emit::Goal goal = emit::Goal::kBalance;
  bool debugNames = false;  // keep the name section
  bool sourceMap = false;   // write one, and name temporaries
  bool translate = true;    // false: a module whose interpreter runs everything
  bool keepText = false;    // also write module.wat, before optimisation
  bool page = false;        // also write index.html and what belongs to it
  bool measure = false;     // tell what the module's bytes are spent on
  bool instrument = false;  // code and interpreter count what they do; implies names
  std::string profilePath;  // what an earlier run has seen (translator/profile); empty: nothing
  // Folders whose files are put into the image's own folder.
  std::vector<std::string> included;
};

struct StageTime {
  std::string stage;
  double seconds = 0;
};

struct BuildReport {
  uint32_t methods = 0;
  uint32_t translatedMethods = 0;
  uint32_t functions = 0;
  uint32_t bytecodes = 0;
  uint64_t wasmBytes = 0;
  uint64_t heapBytes = 0;
  std::vector<emit::Refusal> refusals;
  std::vector<std::string> profileNotices;  // what of the profile is ignored
  uint64_t profiledMethods = 0;             // what of it is used: methods and CompiledBlocks
  std::vector<StageTime> stages;
  sizes::SizeReport sizes;  // where it was to be measured
};

// Told before each stage, and with a fraction while one is under way.
using Progress = std::function<void(const std::string& stage, double fraction)>;

// Writes the whole folder or, on failure, nothing.
Result<BuildReport> build(const BuildOptions& options, const Progress& progress = {});

// The options with which methods are translated for this runtime, which has to outlive them.
emit::TranslationOptions translationOptions(const link::Runtime& runtime);

// Primitives that the runtime implements for images with words of 4 or 8 bytes.
Result<link::Runtime::Primitives> implementedPrimitives(uint32_t wordSize);

}  // namespace stwasm::pipeline
