// Which bytecode comes from where in the source: the method is compiled again, and where that
// gives the very bytecodes that the image has, the compiler knows. Where it does not, or where
// there is no source, the listing of the bytecodes stands for the source.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "translator/compiler/compiled_code.h"
#include "translator/image/image_model.h"
#include "translator/source/method_sources.h"

namespace stwasm::source {

struct LinePosition {
  uint32_t pc = 0;    // offset in the bytecodes
  uint32_t line = 1;  // from 1
  uint32_t column = 1;
};

// Of a CompiledMethod, or a CompiledBlock among its literals.
struct CodePositions {
  std::vector<LinePosition> lines;           // by pc
  std::vector<compiler::FrameNames> frames;  // names of temporaries; none without source
  std::map<size_t, CodePositions> blocks;    // by index of the literal

  // The last one at or before the pc; null when there is none.
  const LinePosition* at(uint32_t pc) const;
  // Of the body that begins at this pc (0: the method); "" where there is none.
  std::string temporaryName(uint32_t startPc, size_t slot) const;
};

struct MethodText {
  std::string text;
  bool isSource = false;  // otherwise a listing of the bytecodes
  CodePositions positions;
};

MethodText textAndPositions(const image::ImageModel& model, const image::MethodEntry& entry,
                            const MethodSources& sources);

}  // namespace stwasm::source
