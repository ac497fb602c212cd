// Which Arrays are temp vectors that need not be objects, on bodies written by hand.
#include "translator/ir/temp_vectors.h"

#include <vector>

#include <doctest/doctest.h>

using namespace stwasm;      // NOLINT(google-build-using-namespace)
using namespace stwasm::ir;  // NOLINT(google-build-using-namespace)

namespace {

constexpr int kVector = 2;  // its temporary
constexpr int kSize = 3;

Instruction make(int size = kSize) { return {Opcode::kPushNewArray, size}; }
Instruction popInto(int temp = kVector) { return {Opcode::kPopIntoTemporary, temp}; }
Instruction push(int temp = kVector) { return {Opcode::kPushTemporary, temp}; }
Instruction pushOne() { return {Opcode::kPushInteger, 1}; }
Instruction pushNil() {
  return {Opcode::kPushConstant, static_cast<int>(bytecode::Constant::kNil)};
}
Instruction read(int index = 0) { return {Opcode::kPushTemporaryInVector, index, kVector}; }
Instruction write(int index = 0) { return {Opcode::kPopIntoTemporaryInVector, index, kVector}; }
Instruction closure(int copied) { return {Opcode::kPushClosure, 1, copied}; }
Instruction send(int arguments = 0) { return {Opcode::kSend, 0, arguments}; }
Instruction pop() { return {Opcode::kPop}; }
Instruction duplicate() { return {Opcode::kDuplicate}; }

int effect(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::kPopIntoTemporary:
    case Opcode::kPopIntoTemporaryInVector:
    case Opcode::kPop:
      return -1;
    case Opcode::kPushClosure:
      return 1 - instruction.b;
    case Opcode::kSend:
      return -instruction.b;
    default:
      return 1;
  }
}

void addBlock(Body& body, std::vector<Instruction> instructions, std::vector<int32_t> predecessors,
              int target = kNoBlock, int next = kNoBlock) {
  BasicBlock block;
  block.firstInstruction = static_cast<int32_t>(body.instructions.size());
  int depth = 0;
  for (Instruction& instruction : instructions) {
    instruction.depth = depth;
    depth += effect(instruction);
    body.instructions.push_back(instruction);
  }
  block.endInstruction = static_cast<int32_t>(body.instructions.size());
  block.terminator.target = target;
  block.terminator.next = next;
  if (next != kNoBlock)
    block.terminator.kind = TerminatorKind::kConditionalJump;
  else if (target == kNoBlock)
    block.terminator.kind = TerminatorKind::kMethodReturn;
  else
    block.terminator.kind = TerminatorKind::kJump;
  block.terminator.value = target == kNoBlock ? ReturnValue::kReceiver : ReturnValue::kTop;
  block.terminator.depth = depth;
  block.predecessors = std::move(predecessors);
  body.blocks.push_back(std::move(block));
}

Body emptyBody(int fixedSlots = kVector + 1) {
  Body body;
  body.numArgs = 1;
  body.numCopied = 1;
  body.numFixedSlots = fixedSlots;
  body.facts.maxDepth = 8;
  return body;
}

Body bodyOf(std::vector<Instruction> instructions) {
  Body body = emptyBody();
  addBlock(body, std::move(instructions), {});
  return body;
}

bool isVector(std::vector<Instruction> instructions) {
  return !tempVectors(bodyOf(std::move(instructions))).empty();
}

}  // namespace

TEST_CASE("an Array that is read, written and copied only is a temp vector") {
  const Body body = bodyOf(
      {make(), popInto(), pushOne(), write(), push(0), push(), closure(2), send(), pop(), read(2)});
  const std::vector<TempVector> found = tempVectors(body);
  REQUIRE(found.size() == 1);
  CHECK(found[0].slot == kVector);
  CHECK(found[0].size == kSize);
  CHECK(found[0].creations == std::vector<int32_t>{0});
}

TEST_CASE("what does more with it needs the Array") {
  CHECK(isVector({make(), popInto(), read()}));
  CHECK_FALSE(isVector({make(), popInto(), push(), send()}));              // receiver
  CHECK_FALSE(isVector({make(), popInto(), pushOne(), push(), send(1)}));  // argument
  CHECK_FALSE(isVector({make(), popInto(), push(), popInto(1)}));          // another temporary
  CHECK_FALSE(isVector({make(), popInto(), push(), duplicate(), pop()}));
  CHECK_FALSE(isVector({make(), popInto(), push(), pop()}));
  CHECK_FALSE(isVector({make(), popInto(), push()}));                // on the stack at the end
  CHECK_FALSE(isVector({make(), popInto(), pushOne(), popInto()}));  // something else there
  CHECK_FALSE(isVector({make(), popInto(), make(2), popInto(), read()}));  // of two sizes
  CHECK_FALSE(isVector({make(), popInto(), read(kSize)}));                 // no such element
  CHECK_FALSE(isVector({make(0), popInto()}));
  CHECK_FALSE(isVector({make(kMaxVectorSize + 1), popInto()}));
  CHECK_FALSE(isVector({make(), popInto(0)}));  // an argument
  CHECK_FALSE(isVector({make(), popInto(1)}));  // a copied value
}

TEST_CASE("it has to be there before it is used, on all ways") {
  CHECK_FALSE(isVector({read(), pop(), make(), popInto()}));
  CHECK_FALSE(isVector({push(), closure(1), make(), popInto()}));
  for (const bool inBoth : {true, false}) {
    Body body = emptyBody();
    addBlock(body, {pushOne()}, {}, 1, 2);
    addBlock(body, {make(), popInto()}, {0}, 3);
    std::vector<Instruction> other = {pushOne(), pop()};
    if (inBoth) other = {make(), popInto()};
    addBlock(body, other, {0}, 3);
    addBlock(body, {read()}, {1, 2});
    CHECK(tempVectors(body).size() == (inBoth ? 1 : 0));
  }
}

TEST_CASE("one that a loop makes in each turn has to be made before it is used in the turn") {
  for (const bool before : {true, false}) {
    Body body = emptyBody();
    addBlock(body, {pushOne(), pop()}, {}, 1);
    const std::vector<Instruction> turn =
        before ? std::vector{make(), popInto(), read()} : std::vector{read(), make(), popInto()};
    addBlock(body, turn, {0, 1}, 1, 2);
    addBlock(body, {pushOne()}, {1});
    CHECK(tempVectors(body).size() == (before ? 1 : 0));
  }
}

TEST_CASE("a block's own temporary keeps its entry of the operand stack to itself") {
  const auto inBlock = [](std::vector<Instruction> instructions) {
    Body body = emptyBody(kVector);
    addBlock(body, std::move(instructions), {});
    return !tempVectors(body).empty();
  };
  CHECK(inBlock({pushNil(), make(), popInto(), pushOne(), write(), read()}));
  CHECK_FALSE(inBlock({pushOne(), make(), popInto(), read()}));
  CHECK_FALSE(inBlock({pushNil(), make(), popInto(), read(), send(1)}));  // takes it
  CHECK_FALSE(inBlock({pushNil(), make(), popInto(), pop()}));
}

TEST_CASE("what a block copies is used as a vector unless something else is done with it") {
  const auto isUsed = [](std::vector<Instruction> instructions) {
    return isUsedAsVector(bodyOf(std::move(instructions)), kVector, kSize);
  };
  CHECK(isUsed({pushOne(), write(), push(), closure(1)}));
  CHECK_FALSE(isUsed({push(), send()}));
  CHECK_FALSE(isUsed({pushOne(), popInto()}));
  CHECK_FALSE(isUsed({read(kSize)}));
}

TEST_CASE("a vector that a block only reads and writes elements of has as many as it names") {
  const auto size = [](std::vector<Instruction> instructions) {
    return copiedVectorSize(bodyOf(std::move(instructions)), kVector);
  };
  CHECK(size({pushOne(), write(2), read(0)}) == 3);
  CHECK(size({pushOne()}) == 0);
  CHECK(size({read(1), push(), closure(1)}) == 0);  // others have it, too
  CHECK(size({read(1), pushOne(), popInto()}) == 0);
  CHECK(size({read(kMaxVectorSize)}) == 0);
}
