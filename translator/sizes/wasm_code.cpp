// See wasm_code.h.
#include "translator/sizes/wasm_code.h"

#include "translator/sizes/wasm_reader.h"

namespace stwasm::sizes {

namespace {

using Group = InstructionGroup;

// Reads one instruction after the other; of each only the group and the size are kept.
class CodeWalk {
 public:
  explicit CodeWalk(std::string_view body) : reader_(body), size_(body.size()) {}

  CodeSizes run();

 private:
  void locals();
  void valueType();
  void blockType(bool isBlock);
  void memoryArgument();
  void indices(int count);
  Group instruction();
  Group control(uint8_t opcode);
  Group parametric(uint8_t opcode);
  Group reference(uint8_t opcode);
  Group miscellaneous();
  Group garbageCollected();
  void close();

  WasmReader reader_;
  size_t size_;
  int depth_ = 0;
  bool inHandled_ = false;  // in an outermost block whose result is the position in the frame
  size_t handledEnd_ = 0;   // behind the last of them
  bool known_ = true;
  uint32_t called_ = kAnyFunction;  // by the instruction that was read last, if it is a call
};

CodeSizes CodeWalk::run() {
  CodeSizes sizes;
  locals();
  sizes.groups[static_cast<size_t>(Group::kDeclarations)] = reader_.position();
  while (!reader_.atEnd() && known_) {
    const size_t start = reader_.position();
    const Group group = instruction();
    sizes.groups[static_cast<size_t>(group)] += reader_.position() - start;
    if (group != Group::kCalls) continue;
    CallSizes& calls = sizes.calls[called_];
    calls.bytes += reader_.position() - start;
    ++calls.count;
  }
  sizes.understood = known_ && !reader_.failed();
  if (handledEnd_ != 0) sizes.handler = size_ - handledEnd_;
  return sizes;
}

void CodeWalk::locals() {
  for (uint64_t left = reader_.number(); left > 0 && !reader_.failed(); --left) {
    reader_.number();
    valueType();
  }
}

// (ref ...) and (ref null ...) are followed by a heap type.
void CodeWalk::valueType() {
  const uint8_t code = reader_.byte();
  if (code == 0x63 || code == 0x64) reader_.number();
}

// Nothing, a value type or the index of a type: a signed number but for references.
void CodeWalk::blockType(bool isBlock) {
  constexpr uint8_t kI32 = 0x7F;
  WasmReader ahead = reader_;
  const uint8_t code = ahead.byte();
  if (depth_++ == 0) inHandled_ = isBlock && code == kI32;
  if (code == 0x63 || code == 0x64)
    valueType();
  else
    reader_.number();
}

void CodeWalk::memoryArgument() {
  constexpr uint64_t kHasMemoryIndex = 64;
  if ((reader_.number() & kHasMemoryIndex) != 0) reader_.number();
  reader_.number();
}

void CodeWalk::indices(int count) {
  for (int i = 0; i < count; ++i) reader_.number();
}

void CodeWalk::close() {
  if (--depth_ == 0 && inHandled_) handledEnd_ = reader_.position();
}

Group CodeWalk::instruction() {
  const uint8_t opcode = reader_.byte();
  if (opcode <= 0x11 || opcode == 0x12 || opcode == 0x13 || opcode == 0x14 || opcode == 0x15)
    return control(opcode);
  if (opcode <= 0x26) return parametric(opcode);
  if (opcode >= 0x28 && opcode <= 0x3E) {
    memoryArgument();
    return Group::kMemory;
  }
  if (opcode == 0x3F || opcode == 0x40) {
    reader_.number();
    return Group::kMemory;
  }
  if (opcode >= 0x41 && opcode <= 0x44) {
    if (opcode <= 0x42)
      reader_.number();
    else
      reader_.skip(opcode == 0x43 ? 4 : 8);
    return Group::kConstants;
  }
  if (opcode >= 0x45 && opcode <= 0xC4) return Group::kArithmetic;
  if (opcode >= 0xD0 && opcode <= 0xD6) return reference(opcode);
  if (opcode == 0xFB) return garbageCollected();
  if (opcode == 0xFC) return miscellaneous();
  known_ = false;
  return Group::kControl;
}

Group CodeWalk::control(uint8_t opcode) {
  switch (opcode) {
    case 0x02:  // block
    case 0x03:  // loop
    case 0x04:  // if
      blockType(opcode == 0x02);
      return Group::kControl;
    case 0x0B:  // end
      close();
      return Group::kControl;
    case 0x0C:  // br
    case 0x0D:  // br_if
      indices(1);
      return Group::kControl;
    case 0x0E:  // br_table
      for (uint64_t left = reader_.number() + 1; left > 0 && !reader_.failed(); --left) indices(1);
      return Group::kControl;
    case 0x10:  // call
    case 0x12:  // return_call
      called_ = reader_.index();
      return Group::kCalls;
    case 0x14:  // call_ref
    case 0x15:  // return_call_ref
    case 0x11:  // call_indirect
    case 0x13:  // return_call_indirect
      indices(opcode == 0x11 || opcode == 0x13 ? 2 : 1);
      called_ = kAnyFunction;
      return Group::kCalls;
    case 0x00:  // unreachable
    case 0x01:  // nop
    case 0x05:  // else
    case 0x0F:  // return
      return Group::kControl;
    default:
      known_ = false;
      return Group::kControl;
  }
}

Group CodeWalk::parametric(uint8_t opcode) {
  switch (opcode) {
    case 0x1A:  // drop
    case 0x1B:  // select
      return Group::kControl;
    case 0x1C:  // select with types
      for (uint64_t left = reader_.number(); left > 0 && !reader_.failed(); --left) valueType();
      return Group::kControl;
    case 0x20:
    case 0x21:
    case 0x22:
      indices(1);
      return Group::kLocals;
    case 0x23:
    case 0x24:
      indices(1);
      return Group::kGlobals;
    case 0x25:
    case 0x26:
      indices(1);
      return Group::kMemory;
    default:
      known_ = false;
      return Group::kControl;
  }
}

Group CodeWalk::reference(uint8_t opcode) {
  switch (opcode) {
    case 0xD0:  // ref.null
    case 0xD2:  // ref.func
      indices(1);
      return Group::kConstants;
    case 0xD5:  // br_on_null
    case 0xD6:  // br_on_non_null
      indices(1);
      return Group::kTypes;
    default:
      return Group::kTypes;
  }
}

Group CodeWalk::miscellaneous() {
  const uint64_t opcode = reader_.number();
  if (opcode <= 7) return Group::kArithmetic;  // saturating conversions
  const bool hasTwo = opcode == 8 || opcode == 10 || opcode == 12 || opcode == 14;
  if (opcode > 17) known_ = false;
  indices(hasTwo ? 2 : 1);
  return Group::kMemory;
}

Group CodeWalk::garbageCollected() {
  const uint64_t opcode = reader_.number();
  if (opcode <= 19) {
    const bool hasOne =
        opcode <= 1 || opcode == 6 || opcode == 7 || (opcode >= 11 && opcode <= 14) || opcode == 16;
    indices(opcode == 15 ? 0 : hasOne ? 1 : 2);
    return Group::kObjects;
  }
  if (opcode <= 23) {
    indices(1);
  } else if (opcode == 24 || opcode == 25) {  // br_on_cast, br_on_cast_fail
    reader_.skip(1);
    indices(3);
  } else if (opcode > 30) {
    known_ = false;
  }
  return Group::kTypes;
}

}  // namespace

std::string_view groupName(InstructionGroup group) {
  switch (group) {
    case Group::kCalls:
      return "calls";
    case Group::kControl:
      return "blocks, branches, returns";
    case Group::kLocals:
      return "locals";
    case Group::kConstants:
      return "constants";
    case Group::kTypes:
      return "type tests, casts, references compared";
    case Group::kObjects:
      return "structs and arrays";
    case Group::kArithmetic:
      return "arithmetic";
    case Group::kGlobals:
      return "globals";
    case Group::kMemory:
      return "linear memory and tables";
    case Group::kDeclarations:
      return "declarations of locals";
  }
  return "";
}

CodeSizes sizesOfCode(std::string_view body) { return CodeWalk(body).run(); }

}  // namespace stwasm::sizes
