// CompiledMethods taken apart: see compiled_method.h.
#include "translator/image/compiled_method.h"

#include "translator/image/method_trailer.h"
#include "translator/image/v3_layout.h"

namespace stwasm::image {

namespace {

constexpr uint8_t kV3CallPrimitive = 139;
constexpr uint8_t kSistaCallPrimitive = 248;
constexpr uint8_t kSistaInlinedFlag = 0x80;  // in the second operand: no method's primitive
constexpr uint32_t kCallPrimitiveSize = 3;

constexpr uint32_t kFirstQuickReturn = 256;
constexpr uint32_t kFirstQuickSlot = 264;
constexpr uint32_t kLastQuickSlot = 519;
constexpr uint32_t kNamedPrimitive = 117;

Status malformed(const ObjectGraph& graph, ObjectId id, std::string_view what) {
  return inFile(fail("the object at byte {} {}", graph.object(id).imageOffset, what),
                graph.fileName());
}

// 0 when the bytecodes do not begin with a primitive call.
uint32_t calledPrimitive(std::span<const uint8_t> bytecodes, BytecodeSet set) {
  if (bytecodes.size() < kCallPrimitiveSize) return 0;
  const bool sista = set == BytecodeSet::kSistaV1;
  if (bytecodes[0] != (sista ? kSistaCallPrimitive : kV3CallPrimitive)) return 0;
  if (sista && (bytecodes[2] & kSistaInlinedFlag) != 0) return 0;
  return bytecodes[1] + bytecodes[2] * 256U;
}

std::string_view nameOf(const ObjectGraph& graph, Value value) {
  constexpr size_t kMaxNameLength = 255;
  if (!value.isObject() || graph.object(value.objectId()).format != Format::kBytes8) return {};
  const std::span<const uint8_t> bytes = graph.bytes(value.objectId());
  if (bytes.size() > kMaxNameLength) return {};
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

const char* bytecodeSetName(BytecodeSet set) {
  switch (set) {
    case BytecodeSet::kV3PlusClosures:
      return "V3PlusClosures";
    case BytecodeSet::kSistaV1:
      return "SistaV1";
    case BytecodeSet::kV3:
      return "V3";
  }
  return "unknown";
}

MethodHeader MethodHeader::decodeSpur(int64_t header) {
  const auto bits = static_cast<uint64_t>(header);
  MethodHeader decoded;
  decoded.literalCount = static_cast<uint32_t>(bits & 0x7FFF);
  decoded.optimized = (bits >> 15 & 1) != 0;
  decoded.hasPrimitive = (bits >> 16 & 1) != 0;
  decoded.largeFrame = (bits >> 17 & 1) != 0;
  decoded.temporaryCount = static_cast<uint32_t>(bits >> 18 & 0x3F);
  decoded.argumentCount = static_cast<uint32_t>(bits >> 24 & 0xF);
  decoded.accessModifier = static_cast<uint32_t>(bits >> 28 & 3);
  decoded.bytecodeSet = header < 0 ? BytecodeSet::kSistaV1 : BytecodeSet::kV3PlusClosures;
  return decoded;
}

MethodHeader MethodHeader::decodeV3(int64_t header, bool closures) {
  MethodHeader decoded = decodeSpur(header & 0x3FFFFFFF);  // frame, temporaries, arguments
  decoded.literalCount = v3::literalCount(header);
  decoded.primitive = v3::primitiveNumber(header);
  decoded.hasPrimitive = decoded.primitive != 0;
  decoded.optimized = false;
  decoded.accessModifier = 0;
  decoded.bytecodeSet = closures ? BytecodeSet::kV3PlusClosures : BytecodeSet::kV3;
  return decoded;
}

Result<CompiledMethodView> CompiledMethodView::create(const ObjectGraph& graph, ObjectId id) {
  if (graph.object(id).format != Format::kCompiledMethod) {
    return malformed(graph, id, "is no CompiledMethod");
  }
  const std::span<const Value> slots = graph.slots(id);
  if (slots.empty() || !slots[0].isSmallInteger()) {
    return malformed(graph, id, "is a CompiledMethod without a method header");
  }
  CompiledMethodView view(graph, id);
  const ImageHeader& image = graph.header();
  view.header_ = image.isSpur()
                     ? MethodHeader::decodeSpur(slots[0].smallInteger())
                     : MethodHeader::decodeV3(slots[0].smallInteger(), image.hasClosures());
  if (slots.size() != view.header_.literalCount + size_t{1}) {
    return malformed(graph, id, "is a CompiledMethod whose header and literals do not agree");
  }
  if (view.header_.temporaryCount < view.header_.argumentCount) {
    return malformed(graph, id, "is a CompiledMethod with more arguments than temporaries");
  }
  view.literals_ = slots.subspan(1);
  view.initialPc_ = static_cast<uint32_t>(slots.size()) * image.wordSize + 1;

  const std::span<const uint8_t> bytes = graph.bytes(id);
  const size_t trailerSize = view.isCompiledBlock()
                                 ? blockTrailerSize(bytes)
                                 : methodTrailerSize(bytes, graph.trailerEncoding());
  view.bytecodes_ = bytes.first(bytes.size() - trailerSize);
  view.trailer_ = bytes.last(trailerSize);
  if (!image.isSpur()) {
    view.primitiveNumber_ = view.header_.primitive;
  } else if (view.header_.hasPrimitive) {
    view.primitiveNumber_ = calledPrimitive(view.bytecodes_, view.bytecodeSet());
    view.primitiveCallSize_ = view.primitiveNumber_ == 0 ? 0 : kCallPrimitiveSize;
  }
  return view;
}

std::optional<QuickReturn> CompiledMethodView::quickReturn() const {
  using Kind = QuickReturn::Kind;
  constexpr QuickReturn kConstants[] = {
      {Kind::kReturnSelf, 0},    {Kind::kReturnTrue, 0},     {Kind::kReturnFalse, 0},
      {Kind::kReturnNil, 0},     {Kind::kReturnInteger, -1}, {Kind::kReturnInteger, 0},
      {Kind::kReturnInteger, 1}, {Kind::kReturnInteger, 2},
  };
  const uint32_t number = primitiveNumber_;
  if (number < kFirstQuickReturn || number > kLastQuickSlot) return std::nullopt;
  if (number < kFirstQuickSlot) return kConstants[number - kFirstQuickReturn];
  return QuickReturn{Kind::kReturnSlot, static_cast<int32_t>(number - kFirstQuickSlot)};
}

std::optional<NamedPrimitive> CompiledMethodView::namedPrimitive() const {
  if (primitiveNumber_ != kNamedPrimitive || literals_.empty()) return std::nullopt;
  if (!literals_[0].isObject()) return std::nullopt;
  const std::span<const Value> names = graph_->slots(literals_[0].objectId());
  if (names.size() < 2) return std::nullopt;
  return NamedPrimitive{nameOf(*graph_, names[0]), nameOf(*graph_, names[1])};
}

bool CompiledMethodView::isCompiledBlock() const {
  if (bytecodeSet() != BytecodeSet::kSistaV1) return false;
  const ObjectId outer = methodClassAssociation();
  return outer != kNil && graph_->object(outer).format == Format::kCompiledMethod;
}

ObjectId CompiledMethodView::methodClassAssociation() const {
  if (literals_.empty() || !literals_.back().isObject()) return kNil;
  return literals_.back().objectId();
}

ObjectId CompiledMethodView::selectorOrProperties() const {
  if (literals_.size() < 2) return kNil;
  const Value value = literals_[literals_.size() - 2];
  return value.isObject() ? value.objectId() : kNil;
}

}  // namespace stwasm::image
