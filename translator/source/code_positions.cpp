// See code_positions.h.
#include "translator/source/code_positions.h"

#include <algorithm>
#include <optional>

#include "translator/compiler/compiler.h"
#include "translator/listing/method_listing.h"
#include "translator/source/image_names.h"
#include "translator/syntax/parser.h"

namespace stwasm::source {

namespace {

using compiler::CompiledCode;
using image::CompiledMethodView;
using image::ImageModel;

bool hasFullBlocks(const ImageModel& model, const CompiledMethodView& method) {
  return std::ranges::any_of(method.literals(), [&](image::Value literal) {
    return literal.isObject() && literal.objectId() != method.id() &&
           model.graph().object(literal.objectId()).format == image::Format::kCompiledMethod;
  });
}

std::optional<CompiledCode> compileAgain(const ImageModel& model, const image::MethodEntry& entry,
                                         const CompiledMethodView& method,
                                         const syntax::SourceFile& file) {
  compiler::Options options;
  const bool sista = method.bytecodeSet() == image::BytecodeSet::kSistaV1;
  if (sista) options.bytecodeSet = compiler::BytecodeSet::kSistaV1;
  options.fullBlocks = hasFullBlocks(model, method);
  options.primitiveInHeader = !model.graph().header().isSpur();
  syntax::Mistakes mistakes;
  const auto parsed = syntax::parseMethod(
      {&file, 0, static_cast<syntax::Position>(file.text().size()), false}, mistakes);
  if (!parsed) return std::nullopt;
  // Systems differ in what they inline.
  for (const bool asCuis7 : {false, true}) {
    for (const bool inlineTimesRepeat : {false, true}) {
      options.inlineTimesRepeat = inlineTimesRepeat;
      options.asCuis7 = asCuis7;
      auto code = compiler::compileMethod(*parsed, ImageNames(model, entry.behavior, entry.method),
                                          options, mistakes);
      if (!code || std::ranges::equal(code->bytecodes, method.bytecodes())) return code;
    }
  }
  return std::nullopt;
}

CodePositions positionsOf(const CompiledCode& code, const syntax::SourceFile& file) {
  CodePositions positions;
  positions.frames = code.frames;
  for (const compiler::CodePosition& each : code.positions) {
    const auto place = file.placeOf(each.position);
    positions.lines.push_back({each.pc, place.line, place.column});
  }
  for (size_t i = 0; i < code.literals.size(); ++i)
    if (code.literals[i].block)
      positions.blocks.emplace(i, positionsOf(*code.literals[i].block, file));
  return positions;
}

// A line of the listing begins with the pc as the image knows it.
MethodText listingOf(const ImageModel& model, const CompiledMethodView& method) {
  MethodText result;
  auto listing = listing::listMethod(model, method);
  if (!listing) {
    llvm::consumeError(listing.takeError());
    return result;
  }
  result.text = *listing;
  const size_t start = result.text.find("\nbytecodes\n");
  if (start == std::string::npos) return result;
  size_t at = start + std::string_view("\nbytecodes\n").size();
  uint32_t line = 1 + static_cast<uint32_t>(std::count(
                          result.text.begin(), result.text.begin() + static_cast<long>(at), '\n'));
  while (at < result.text.size()) {
    const size_t pc = std::strtoul(result.text.c_str() + at, nullptr, 10);
    if (pc >= method.initialPc())
      result.positions.lines.push_back({method.offsetOfPc(static_cast<uint32_t>(pc)), line, 1});
    at = result.text.find('\n', at);
    if (at == std::string::npos) break;
    ++at;
    ++line;
  }
  return result;
}

}  // namespace

const LinePosition* CodePositions::at(uint32_t pc) const {
  const auto behind = std::ranges::upper_bound(lines, pc, {}, &LinePosition::pc);
  return behind == lines.begin() ? nullptr : &*(behind - 1);
}

std::string CodePositions::temporaryName(uint32_t startPc, size_t slot) const {
  for (const compiler::FrameNames& frame : frames)
    if (frame.startPc == startPc && slot < frame.names.size()) return frame.names[slot];
  return "";
}

MethodText textAndPositions(const ImageModel& model, const image::MethodEntry& entry,
                            const MethodSources& sources) {
  auto method = CompiledMethodView::create(model.graph(), entry.method);
  if (!method) {
    llvm::consumeError(method.takeError());
    return {};
  }
  const auto text = sources.textOf(*method);
  if (!text) return listingOf(model, *method);
  const syntax::SourceFile file(model.methodName(entry.method), *text);
  const auto code = compileAgain(model, entry, *method, file);
  if (!code) return listingOf(model, *method);
  return {*text, true, positionsOf(*code, file)};
}

}  // namespace stwasm::source
