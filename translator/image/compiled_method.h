// A CompiledMethod (or CompiledBlock) as the bytecode libraries need it: its header taken apart,
// its literals, its bytecodes without the trailer. Reads the graph only; what single bytecodes
// mean is the bytecode library's business, save the primitive call that opens a method.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "translator/image/object_graph.h"
#include "translator/support/result.h"

namespace stwasm::image {

// In Spur decided by each method's own header (its sign), never by the image's format number. V3 is
// V3PlusClosures without its closure bytecodes: blocks are made by blockCopy:.
enum class BytecodeSet : uint8_t { kV3PlusClosures, kSistaV1, kV3 };
const char* bytecodeSetName(BytecodeSet set);

// What a CompiledMethod's header word says.
struct MethodHeader {
  uint32_t literalCount = 0;
  uint32_t argumentCount = 0;
  uint32_t temporaryCount = 0;  // with the arguments
  uint32_t accessModifier = 0;
  bool optimized = false;  // the "requires counters" bit of Sista
  bool hasPrimitive = false;
  uint32_t primitive = 0;  // before Spur: the primitive's number, 0 without one
  bool largeFrame = false;
  BytecodeSet bytecodeSet = BytecodeSet::kV3PlusClosures;

  // Slots of a Context beyond its named ones: temporaries and operand stack.
  uint32_t frameSize() const { return largeFrame ? kLargeFrameSize : kSmallFrameSize; }

  static constexpr uint32_t kSmallFrameSize = 16;
  static constexpr uint32_t kLargeFrameSize = 56;

  static MethodHeader decodeSpur(int64_t header);
  static MethodHeader decodeV3(int64_t header, bool closures);
};

// What a method without frame answers at once; from the primitive number, as the VM does.
struct QuickReturn {
  enum class Kind : uint8_t {
    kReturnSelf,
    kReturnTrue,
    kReturnFalse,
    kReturnNil,
    kReturnInteger,
    kReturnSlot
  };
  Kind kind = Kind::kReturnSelf;
  int32_t operand = 0;  // the SmallInteger, or the 0-based index of the receiver's slot
};

// Module and function of a primitive called by name (number 117), from the first literal.
struct NamedPrimitive {
  std::string_view module;  // empty: built into the VM
  std::string_view function;
};

class CompiledMethodView {
 public:
  // Fails when `id` is no CompiledMethod or its header does not fit its size.
  static Result<CompiledMethodView> create(const ObjectGraph& graph, ObjectId id);

  ObjectId id() const { return id_; }
  const MethodHeader& header() const { return header_; }
  BytecodeSet bytecodeSet() const { return header_.bytecodeSet; }

  uint32_t literalCount() const { return header_.literalCount; }
  std::span<const Value> literals() const { return literals_; }

  // The bytecodes from the first one (a primitive call, if there is one) up to the trailer.
  std::span<const uint8_t> bytecodes() const { return bytecodes_; }
  // What follows them: source pointer or names of temporaries, with its flag byte at the end.
  std::span<const uint8_t> trailer() const { return trailer_; }

  // The pc that Smalltalk knows: a 1-based index of a byte in the method, header and literals
  // included. Offsets are 0-based from the first bytecode.
  uint32_t initialPc() const { return initialPc_; }
  uint32_t endPc() const { return initialPc_ + static_cast<uint32_t>(bytecodes_.size()) - 1; }
  uint32_t pcOfOffset(uint32_t offset) const { return initialPc_ + offset; }
  uint32_t offsetOfPc(uint32_t pc) const { return pc - initialPc_; }

  // 0: no primitive. In Spur taken from the callPrimitive bytecode (V3PlusClosures 139, SistaV1
  // 248), before Spur from the header.
  uint32_t primitiveNumber() const { return primitiveNumber_; }
  // The length of the primitive call that the bytecodes start with; 0 without one.
  uint32_t primitiveCallSize() const { return primitiveCallSize_; }
  std::optional<QuickReturn> quickReturn() const;
  bool isQuickReturn() const { return quickReturn().has_value(); }
  std::optional<NamedPrimitive> namedPrimitive() const;

  // A CompiledBlock of SistaV1: its last literal is the outer code, not a class association.
  bool isCompiledBlock() const;
  // The last literals, as far as they are objects: the class association (or outer code), and the
  // selector or AdditionalMethodState. kNil when there is none.
  ObjectId methodClassAssociation() const;
  ObjectId selectorOrProperties() const;

 private:
  CompiledMethodView(const ObjectGraph& graph, ObjectId id) : graph_(&graph), id_(id) {}

  const ObjectGraph* graph_;
  ObjectId id_;
  MethodHeader header_;
  std::span<const Value> literals_;
  std::span<const uint8_t> bytecodes_;
  std::span<const uint8_t> trailer_;
  uint32_t initialPc_ = 0;
  uint32_t primitiveNumber_ = 0;
  uint32_t primitiveCallSize_ = 0;
};

}  // namespace stwasm::image
