// Listings of bodies and structured trees, for tests and for people.
#include <fmt/format.h>

#include "translator/bytecode/special_selectors.h"
#include "translator/ir/build.h"
#include "translator/ir/structure.h"

namespace stwasm::ir {
namespace {

const char* opcodeName(Opcode opcode) {
  switch (opcode) {
    case Opcode::kPushReceiver:
      return "pushReceiver";
    case Opcode::kPushActiveContext:
      return "pushActiveContext";
    case Opcode::kPushReceiverVariable:
      return "pushReceiverVariable";
    case Opcode::kPushTemporary:
      return "pushTemporary";
    case Opcode::kPushTemporaryInVector:
      return "pushTemporaryInVector";
    case Opcode::kPushLiteralConstant:
      return "pushLiteralConstant";
    case Opcode::kPushLiteralVariable:
      return "pushLiteralVariable";
    case Opcode::kPushConstant:
      return "pushConstant";
    case Opcode::kPushInteger:
      return "pushInteger";
    case Opcode::kPushCharacter:
      return "pushCharacter";
    case Opcode::kPushActiveProcess:
      return "pushActiveProcess";
    case Opcode::kPushNewArray:
      return "pushNewArray";
    case Opcode::kPushBlockCopy:
      return "pushBlockCopy";
    case Opcode::kPushConsArray:
      return "pushConsArray";
    case Opcode::kPushClosure:
      return "pushClosure";
    case Opcode::kPushFullClosure:
      return "pushFullClosure";
    case Opcode::kPopIntoReceiverVariable:
      return "popIntoReceiverVariable";
    case Opcode::kPopIntoTemporary:
      return "popIntoTemporary";
    case Opcode::kPopIntoTemporaryInVector:
      return "popIntoTemporaryInVector";
    case Opcode::kPopIntoLiteralVariable:
      return "popIntoLiteralVariable";
    case Opcode::kStoreIntoReceiverVariable:
      return "storeIntoReceiverVariable";
    case Opcode::kStoreIntoTemporary:
      return "storeIntoTemporary";
    case Opcode::kStoreIntoTemporaryInVector:
      return "storeIntoTemporaryInVector";
    case Opcode::kStoreIntoLiteralVariable:
      return "storeIntoLiteralVariable";
    case Opcode::kSend:
      return "send";
    case Opcode::kSendSuper:
      return "sendSuper";
    case Opcode::kSendDirectedSuper:
      return "sendDirectedSuper";
    case Opcode::kSendSpecial:
      return "sendSpecial";
    case Opcode::kNotIdentical:
      return "notIdentical";
    case Opcode::kPop:
      return "pop";
    case Opcode::kDuplicate:
      return "duplicate";
    case Opcode::kCallPrimitive:
      return "callPrimitive";
    case Opcode::kStorePrimitiveErrorCode:
      return "storePrimitiveErrorCode";
  }
  return "unknown";
}

int operandCount(Opcode opcode) {
  switch (opcode) {
    case Opcode::kPushReceiver:
    case Opcode::kPushActiveContext:
    case Opcode::kPushActiveProcess:
    case Opcode::kNotIdentical:
    case Opcode::kPop:
    case Opcode::kDuplicate:
      return 0;
    case Opcode::kPushClosure:
    case Opcode::kPushFullClosure:
      return 3;
    case Opcode::kPushTemporaryInVector:
    case Opcode::kPopIntoTemporaryInVector:
    case Opcode::kStoreIntoTemporaryInVector:
    case Opcode::kSend:
    case Opcode::kSendSuper:
    case Opcode::kSendDirectedSuper:
    case Opcode::kSendSpecial:
    case Opcode::kPushBlockCopy:
      return 2;
    default:
      return 1;
  }
}

std::string operands(const Instruction& instruction) {
  const int values[] = {instruction.a, instruction.b, instruction.c};
  std::string text;
  for (int i = 0; i < operandCount(instruction.opcode); ++i) text += fmt::format(" {}", values[i]);
  if (instruction.opcode == Opcode::kSendSpecial) {
    text += fmt::format(" ({})", bytecode::specialSelector(instruction.a).name);
  }
  return text;
}

std::string returned(const Terminator& terminator) {
  switch (terminator.value) {
    case ReturnValue::kTop:
      return "top";
    case ReturnValue::kReceiver:
      return "receiver";
    case ReturnValue::kConstant:
      return std::string(bytecode::constantName(terminator.constant));
  }
  return "unknown";
}

std::string describe(const Terminator& terminator) {
  switch (terminator.kind) {
    case TerminatorKind::kFallthrough:
      return fmt::format("fallthrough b{}", terminator.target);
    case TerminatorKind::kJump:
      return fmt::format("jump b{}", terminator.target);
    case TerminatorKind::kConditionalJump:
      return fmt::format("jumpIf {} b{} else b{}", terminator.condition, terminator.target,
                         terminator.next);
    case TerminatorKind::kMethodReturn:
      return "return " + returned(terminator);
    case TerminatorKind::kNonLocalReturn:
      return "nonLocalReturn " + returned(terminator);
    case TerminatorKind::kBlockReturn:
      return "blockReturn " + returned(terminator);
  }
  return "unknown";
}

void printNode(const StructuredTree& tree, NodeId id, std::string& out) {
  const Node& node = tree.at(id);
  switch (node.kind) {
    case NodeKind::kSeq:
      out += "(seq";
      break;
    case NodeKind::kBlockLabel:
      out += fmt::format("(label L{}", node.label);
      break;
    case NodeKind::kLoop:
      out += fmt::format("(loop L{}", node.label);
      break;
    case NodeKind::kLeaf:
      out += fmt::format("(leaf {}", node.block);
      break;
    case NodeKind::kBranch:
      out += node.label == kNoLabel ? fmt::format("(next {}", node.block)
                                    : fmt::format("(br L{}", node.label);
      break;
    case NodeKind::kCond:
      out += fmt::format("(cond {}", node.block);
      break;
  }
  for (NodeId child : node.children) {
    out += ' ';
    printNode(tree, child, out);
  }
  out += ')';
}

}  // namespace

std::string printBody(const Body& body) {
  std::string out;
  for (size_t i = 0; i < body.blocks.size(); ++i) {
    const BasicBlock& block = body.blocks[i];
    out += fmt::format("b{}:{}\n", i, block.isLoopHead ? " loop" : "");
    for (const Instruction& instruction : body.instructionsOf(block)) {
      out += fmt::format("  {}[{}] {}{}\n", instruction.pc, instruction.depth,
                         opcodeName(instruction.opcode), operands(instruction));
    }
    const Terminator& terminator = block.terminator;
    out += fmt::format("  {}[{}] {}\n", terminator.pc, terminator.depth, describe(terminator));
  }
  return out;
}

std::string printTree(const StructuredTree& tree) {
  std::string out;
  printNode(tree, tree.root, out);
  return out;
}

}  // namespace stwasm::ir
