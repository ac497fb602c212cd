// What a trap leaves of an activation, in builds with --debug: see runtime-wat/frame_records.wat.
#include "translator/emit/body_emitter.h"

namespace stwasm::emit {

using ir::Opcode;

namespace {

enum FrameKind : uint32_t { kMethodFrame = 0, kBlockFrame = 1, kContextFrame = 2 };

// Whether its code may call something, or trap.
bool mayFail(Opcode opcode) {
  switch (opcode) {
    case Opcode::kPushReceiver:
    case Opcode::kPushTemporary:
    case Opcode::kPushLiteralConstant:
    case Opcode::kPushConstant:
    case Opcode::kPushInteger:
    case Opcode::kPop:
    case Opcode::kDuplicate:
    case Opcode::kPopIntoTemporary:
    case Opcode::kStoreIntoTemporary:
    case Opcode::kCallPrimitive:
    case Opcode::kStorePrimitiveErrorCode:
      return false;
    default:
      return true;
  }
}

}  // namespace

// A Context has its arguments itself.
void BodyEmitter::emitRecordAtEntry(const ir::BasicBlock& start) {
  if (!context_.options.records) return;
  const bool isContext = continuesContext();
  const FrameKind kind = isContext ? kContextFrame : body_.isBlock() ? kBlockFrame : kMethodFrame;
  const std::string_view value = isContext         ? "(local.get $context)"
                                 : body_.isBlock() ? "(local.get $closure)"
                                                   : "(local.get $self)";
  std::string values(value);
  const int numArgs = isContext ? 0 : body_.numArgs;
  for (int i = 0; i < numArgs; ++i) values += fmt::format(" (local.get {})", slotName(i));
  out_.line("(call $record_frame_{} {} (i32.const {}) (i32.const {}) (local.get $depth))", numArgs,
            values, plan_.id << 3 | kind, start.startPc);
}

// As of a Context, the pc is behind the instruction.
void BodyEmitter::record(const ir::Instruction& instruction) {
  if (!context_.options.records || !mayFail(instruction.opcode)) return;
  out_.line(
      "(array.set $Words (global.get $recorded_pcs) (local.get $depth) (i32.const {})) "
      "(global.set $recorded_depth (local.get $depth))",
      instruction.nextPc);
}

}  // namespace stwasm::emit
