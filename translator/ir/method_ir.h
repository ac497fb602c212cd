// Method IR: per body (the method, each embedded block) a control-flow graph of basic blocks over
// compact stack instructions with known operand-stack depths. Pure data; built by ir/build.h,
// structured by ir/structure.h, read by the emitter. A method whose primitive is a quick return has
// that return as its only block, whatever its bytecodes say.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "translator/bytecode/bytecode_set.h"

namespace stwasm::ir {

// Operands a, b, c of each opcode stand in the comment; what is not named is 0.
// "temp" is a frame slot index: see Body::numFixedSlots.
enum class Opcode : uint8_t {
  kPushReceiver,
  kPushActiveContext,
  kPushReceiverVariable,   // a: variable
  kPushTemporary,          // a: temp
  kPushTemporaryInVector,  // a: index, b: temp that holds the vector
  kPushLiteralConstant,    // a: literal
  kPushLiteralVariable,    // a: literal
  kPushConstant,           // a: bytecode::Constant
  kPushInteger,            // a: value
  kPushCharacter,          // a: code point
  kPushActiveProcess,
  kPushNewArray,     // a: size
  kPushConsArray,    // a: size (that many popped)
  kPushClosure,      // a: index in MethodIr::bodies, b: numCopied (popped), c: numArgs
  kPushFullClosure,  // a: literal (a CompiledBlock), b: numCopied (popped), c: FullClosureFlags
  kPushBlockCopy,    // a: index in MethodIr::bodies, b: numArgs
  kPopIntoReceiverVariable,     // a: variable
  kPopIntoTemporary,            // a: temp
  kPopIntoTemporaryInVector,    // a: index, b: temp that holds the vector
  kPopIntoLiteralVariable,      // a: literal
  kStoreIntoReceiverVariable,   // a: variable
  kStoreIntoTemporary,          // a: temp
  kStoreIntoTemporaryInVector,  // a: index, b: temp that holds the vector
  kStoreIntoLiteralVariable,    // a: literal
  kSend,                        // a: selector literal, b: numArgs
  kSendSuper,                   // a: selector literal, b: numArgs
  kSendDirectedSuper,           // a: selector literal, b: numArgs; the class is on top
  kSendSpecial,                 // a: special selector, b: numArgs
  kNotIdentical,
  kPop,
  kDuplicate,
  kCallPrimitive,            // a: primitive number; means something at pc 0 of a method only
  kStorePrimitiveErrorCode,  // a: temp that gets the failure code; no stack effect
};

// Of kPushFullClosure.
enum FullClosureFlags : int32_t {
  kReceiverOnStack = 1,      // popped after the copied values
  kIgnoresOuterContext = 2,  // the closure has no outer context
};

struct Instruction {
  Opcode opcode;
  int32_t a = 0;
  int32_t b = 0;
  int32_t c = 0;
  int32_t pc = 0;
  int32_t nextPc = 0;  // where execution goes on: behind the block's bytes for kPushClosure
  int32_t depth = 0;   // operand-stack depth before
};

enum class TerminatorKind : uint8_t {
  kFallthrough,      // no instruction: the next one is the target of some jump
  kJump,             // unconditional
  kConditionalJump,  // pops a Boolean: jumps to target when it is `condition`
  kMethodReturn,     // from the method's own body
  kNonLocalReturn,   // a method return inside a block
  kBlockReturn,      // value as for the others
};

enum class ReturnValue : uint8_t { kTop, kReceiver, kConstant };

inline constexpr int kNoBlock = -1;

struct Terminator {
  TerminatorKind kind = TerminatorKind::kFallthrough;
  int32_t pc = 0;
  int32_t nextPc = 0;
  int32_t depth = 0;                      // operand-stack depth before
  int32_t target = kNoBlock;              // of kFallthrough, kJump, kConditionalJump
  int32_t next = kNoBlock;                // of kConditionalJump: when it does not jump
  bool condition = false;                 // of kConditionalJump
  ReturnValue value = ReturnValue::kTop;  // of returns
  bytecode::Constant constant = bytecode::Constant::kNil;
};

struct BasicBlock {
  int32_t startPc = 0;
  int32_t entryDepth = 0;
  int32_t firstInstruction = 0;  // range in Body::instructions
  int32_t endInstruction = 0;
  Terminator terminator;
  std::vector<int32_t> threadedPcs;   // bytecodes before it that need no code: see jump_threading.h
  std::vector<int32_t> predecessors;  // ascending, without duplicates
  bool isLoopHead = false;            // target of a back edge
};

struct BodyFacts {
  int maxDepth = 0;
  int maxReceiverVariable = -1;  // highest instance variable read or written, -1: none
  bool usesReceiver = false;     // self or its variables, or returns it
  bool storesReceiverVariables = false;
  bool usesActiveContext = false;
  bool usesSuper = false;
  bool createsClosures = false;
  bool sends = false;
  bool createsBlockContexts = false;
  bool sendsBlockCopy = false;           // in another way than compilers do
  bool hasOwnNonLocalReturn = false;     // this body is a block with a method return
  bool hasNestedNonLocalReturn = false;  // a block inside (at any depth) has one
  // Of the frame slots 0..n-1 (n: highest slot named by a temp instruction, at least
  // numFixedSlots), whether the slot is ever assigned by a temp store.
  std::vector<bool> assignedTemps;
};

struct Body {
  int index = 0;
  int parent = -1;              // -1 for the method
  bool isFullBlock = false;     // a CompiledBlock's outermost body: parent is -1, but it is a block
  bool isBlockContext = false;  // its arguments are on its operand stack when it begins
  std::vector<int> children;    // blocks created directly in this body
  int creationPc = -1;          // of the pushClosureCopy in the parent
  int startPc = 0;
  int endPc = 0;
  int numArgs = 0;
  int numCopied = 0;
  // Temps 0..numFixedSlots-1 lie below the operand stack (a method's temps; a block's arguments,
  // then its copied values; a BlockContext's are its method's). Operand-stack slot d is frame slot
  // numFixedSlots + d, and a temp index
  // >= numFixedSlots names that stack slot: this is how a block keeps its own temps.
  int numFixedSlots = 0;
  std::vector<Instruction> instructions;
  std::vector<BasicBlock> blocks;  // reverse postorder; [0] is the entry
  BodyFacts facts;

  bool isBlock() const { return isFullBlock || parent >= 0; }
  std::span<const Instruction> instructionsOf(const BasicBlock& block) const {
    return std::span(instructions)
        .subspan(static_cast<size_t>(block.firstInstruction),
                 static_cast<size_t>(block.endInstruction - block.firstInstruction));
  }
};

// bodies[0] is the method (or CompiledBlock); each block's index is above its parent's.
struct MethodIr {
  bytecode::BytecodeSet bytecodeSet = bytecode::BytecodeSet::kV3PlusClosures;
  int numArgs = 0;
  int numTemps = 0;
  int endPc = 0;      // after the last reachable instruction
  int primitive = 0;  // of a callPrimitive at pc 0
  std::vector<Body> bodies;
};

}  // namespace stwasm::ir
