// The places that a debugger is told: methods as files of their own, made while the methods are
// translated, and the source map that holds them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <llvm/Support/JSON.h>

#include "translator/emit/debug_info.h"
#include "translator/image/image_model.h"
#include "translator/source/code_positions.h"
#include "translator/support/result.h"

namespace stwasm::pipeline {

class DebugSources {
 public:
  explicit DebugSources(const image::ImageModel& model)
      : model_(model), sources_(source::MethodSources::besides(model)) {}

  // Answers from this object, which has to outlive it.
  emit::DebugInfo info();

  // For stack traces: which lines the bytecodes of methods with source come from, as JSON:
  // {"Class>>selector": [[hash, pc, line, pc, line, ...], ...]}, for a method and each of its
  // CompiledBlocks; the hash is FNV-1a of bytecodes and trailer, pcs are Smalltalk's.
  std::string lines();

  // Binaryen's source map with the real names of the files, and their texts.
  Result<std::string> complete(const std::string& sourceMap) const;

 private:
  struct File {
    std::string name;  // smalltalk/Point/x.st
    std::string text;
  };

  const source::CodePositions* positionsOf(const image::MethodEntry& entry, image::ObjectId code);
  void enter(const image::MethodEntry& entry);
  void noteLines(const image::MethodEntry& entry);

  const image::ImageModel& model_;
  source::MethodSources sources_;
  std::vector<File> files_;
  // Of the method that is being translated.
  image::ObjectId current_ = image::kNil;
  source::MethodText text_;
  std::map<image::ObjectId, const source::CodePositions*> codes_;
  std::set<image::ObjectId> entered_;
  llvm::json::Object lines_;
};

}  // namespace stwasm::pipeline
