// Helpers of the code generator: see assembly.h.
#include "translator/compiler/assembly.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace stwasm::compiler {

namespace {

constexpr uint32_t kMaxArguments = 15;
constexpr uint32_t kMaxTemporaries = 63;
constexpr size_t kMaxLiterals = 32767;
constexpr size_t kMaxV3Literals = 255;
constexpr uint32_t kMaxV3Primitive = 1023;
constexpr int kSmallFrame = 16;
constexpr int kLargeFrame = 56;

std::string exceededLimit(const CompiledCode& compiled, const Options& options, int depth) {
  if (compiled.argumentCount > kMaxArguments) {
    return fmt::format("more than {} arguments", kMaxArguments);
  }
  if (compiled.temporaryCount > kMaxTemporaries) {
    return fmt::format("more than {} arguments and temporaries", kMaxTemporaries);
  }
  const size_t maxLiterals = options.primitiveInHeader ? kMaxV3Literals : kMaxLiterals;
  if (compiled.literals.size() > maxLiterals) {
    return fmt::format("more than {} literals", maxLiterals);
  }
  if (options.primitiveInHeader && compiled.primitive > kMaxV3Primitive) {
    return fmt::format("images before Spur have no primitive above {}", kMaxV3Primitive);
  }
  if (depth > kLargeFrame) {
    return fmt::format("temporaries and nested expressions need {} places, a Context has {}", depth,
                       kLargeFrame);
  }
  return "";
}

}  // namespace

void append(Code& code, Code more) { code.insert(code.end(), more.begin(), more.end()); }

int indexInVector(const Temporary& temporary) {
  const auto& members = temporary.vector->members;
  return static_cast<int>(std::ranges::find(members, &temporary) - members.begin());
}

FrameIndices::FrameIndices(const Block& block, const std::vector<Temporary*>& copied)
    : temporaries_(block.arguments) {
  temporaries_.insert(temporaries_.end(), copied.begin(), copied.end());
  temporaries_.insert(temporaries_.end(), block.temporaries.begin(), block.temporaries.end());
  uint32_t index = 0;
  for (Temporary* temporary : temporaries_) {
    outerIndices_.push_back(std::exchange(temporary->index, index++));
  }
}

FrameIndices::~FrameIndices() {
  for (size_t i = 0; i < temporaries_.size(); ++i) temporaries_[i]->index = outerIndices_[i];
}

void finish(const Code& code, const Options& options, CompiledCode& compiled,
            std::string& mistake) {
  compiled.sista = options.bytecodeSet == BytecodeSet::kSistaV1;
  const int depth = deepestStack(code, static_cast<int>(compiled.temporaryCount));
  compiled.largeFrame = depth > kSmallFrame;
  if (mistake.empty()) mistake = exceededLimit(compiled, options, depth);
  std::vector<uint32_t> ends;
  if (const auto failure = assemble(code, encoderFor(options), compiled.bytecodes, ends)) {
    if (mistake.empty()) mistake = *failure;
    return;
  }
  uint32_t start = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    if (ends[i] > start && code[i].position >= 0)
      compiled.positions.push_back({start, static_cast<syntax::Position>(code[i].position)});
    if (code[i].frame >= 0) compiled.frames[static_cast<size_t>(code[i].frame)].startPc = ends[i];
    start = ends[i];
  }
}

}  // namespace stwasm::compiler
