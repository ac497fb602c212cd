// Verification of a method's bytecodes by abstract interpretation: which instructions are
// reachable, to which body (the method or one of its embedded blocks) they belong, and how deep
// the operand stack is before each. Whatever passes here is safe to build IR from.
// Nothing is reachable behind a primitive that opens the method and cannot fail (a quick return);
// a V3 method with such a primitive is not looked at: see quick_return.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "translator/bytecode/bytecode_set.h"
#include "translator/support/result.h"

namespace stwasm::analysis {

// Facts from the method header.
struct MethodShape {
  bytecode::BytecodeSet bytecodeSet = bytecode::BytecodeSet::kV3PlusClosures;
  int numArgs = 0;
  int numTemps = 0;          // arguments included
  int numLiterals = -1;      // -1: do not check literal indices
  bool isFullBlock = false;  // a CompiledBlock: bodies()[0] is a block
  int primitive = 0;         // before Spur, where no bytecode calls it
  // V3: by literal, the argument count that blockCopy: may take from there; -1 for other literals.
  std::vector<int> argumentCounts = {};
};

// Where one body's bytecodes stand. A block's extent lies inside its parent's.
struct BodyExtent {
  int parent = -1;      // index in StackDepths::bodies, -1 for the method
  int creationPc = -1;  // of the pushClosureCopy, -1 for the method
  int startPc = 0;
  int endPc = 0;  // exclusive; for the method, after its last reachable instruction
  int numArgs = 0;
  int numCopied = 0;
  // Frame slots below the operand stack: a method's temps, a block's arguments and copied values.
  // Operand-stack slot d is frame slot numFixedSlots + d; a block's own temps are stack slots
  // that it pushes nil into, so a temp index may name a live stack slot. A BlockContext's temps are
  // its method's, and its arguments lie on its own stack when it begins.
  bool isBlockContext = false;
  int numFixedSlots = 0;
  int maxDepth = 0;
};

class StackDepths {
 public:
  static constexpr int kNone = -1;  // no reachable instruction starts at this pc

  // Operand-stack depth before the instruction at pc (any pc inside the bytes), or kNone.
  int depthBefore(int pc) const { return depths_[static_cast<size_t>(pc)]; }
  bool isInstruction(int pc) const { return depthBefore(pc) != kNone; }
  // First byte after the instruction at pc (for a pushClosureCopy, the block's first).
  int nextPcOf(int pc) const { return nextPcs_[static_cast<size_t>(pc)]; }

  // [0] is the method. Parents come before their blocks, siblings in the order of their bytes.
  const std::vector<BodyExtent>& bodies() const { return bodies_; }
  // Index of the block that the pushClosureCopy at pc makes, or kNone.
  int bodyCreatedAt(int pc) const { return created_[static_cast<size_t>(pc)]; }
  // pc of the store that takes a failed primitive's error code instead of a pushed value, or
  // kNone: the instruction right after a callPrimitive that opens the method; before Spur, the
  // first.
  int primitiveErrorStorePc() const { return primitiveErrorStorePc_; }
  int endPc() const { return bodies_.front().endPc; }

 private:
  friend class StackDepthAnalysis;
  std::vector<int> depths_;
  std::vector<int> nextPcs_;
  std::vector<int> created_;
  std::vector<BodyExtent> bodies_;
  int primitiveErrorStorePc_ = kNone;
};

// What is no damage, but only the image's own protocol can answer: an undefined bytecode, a trap.
// A virtual machine tells the activation, so the method is one for the interpreter.
class ForInterpreter : public llvm::ErrorInfo<ForInterpreter, Diagnostic> {
 public:
  static char ID;  // NOLINT(readability-identifier-naming): LLVM's name for the error's type

  using llvm::ErrorInfo<ForInterpreter, Diagnostic>::ErrorInfo;
};

// Errors (all with pc): bytecodes that run off the end, jumps outside the body or into the middle
// of an instruction, stack underflow, merges of different depths, ill-nested blocks, blocks that
// end without a return, indices outside the frame or literals; ForInterpreter.
Result<StackDepths> analyzeStackDepth(std::span<const uint8_t> bytecodes, const MethodShape& shape);

}  // namespace stwasm::analysis
