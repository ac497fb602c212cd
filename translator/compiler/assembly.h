// Helpers of the code generator: joining code, numbering a frame, finishing a method.
#pragma once

#include <string>
#include <vector>

#include "translator/compiler/compiled_code.h"
#include "translator/compiler/instruction.h"
#include "translator/compiler/tree.h"

namespace stwasm::compiler {

void append(Code& code, Code more);

int indexInVector(const Temporary& temporary);

// While it lives, the temporaries have their places in the frame of a block: arguments, copied
// values, temporaries.
class FrameIndices {
 public:
  FrameIndices(const Block& block, const std::vector<Temporary*>& copied);
  FrameIndices(const FrameIndices&) = delete;
  FrameIndices& operator=(const FrameIndices&) = delete;
  ~FrameIndices();

 private:
  std::vector<Temporary*> temporaries_;
  std::vector<uint32_t> outerIndices_;
};

// Bytes, size of the frame and limits, once temporaries and literals are there. `mistake` gets
// the first limit that is exceeded.
void finish(const Code& code, const Options& options, CompiledCode& compiled, std::string& mistake);

}  // namespace stwasm::compiler
