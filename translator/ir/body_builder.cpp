// Finds the leaders, records the blocks in the order of their bytes, then renumbers them.
#include "translator/ir/body_builder.h"

#include <algorithm>
#include <utility>

#include "translator/analysis/stack_effect.h"
#include "translator/bytecode/instruction_stream.h"
#include "translator/ir/flow_graph.h"
#include "translator/ir/instruction_recorder.h"
#include "translator/ir/jump_threading.h"

namespace stwasm::ir {
namespace {

using analysis::Flow;

class BodyBuilder {
 public:
  BodyBuilder(std::span<const uint8_t> bytecodes, const analysis::MethodShape& shape,
              const analysis::StackDepths& depths, int index, const BuildOptions& options)
      : bytecodes_(bytecodes), set_(shape.bytecodeSet), depths_(depths), options_(options) {
    const analysis::BodyExtent& extent = depths.bodies()[static_cast<size_t>(index)];
    body_.index = index;
    body_.parent = extent.parent;
    body_.isFullBlock = shape.isFullBlock && index == 0;
    body_.isBlockContext = extent.isBlockContext;
    body_.creationPc = extent.creationPc;
    body_.startPc = extent.startPc;
    body_.endPc = extent.endPc;
    body_.numArgs = extent.numArgs;
    body_.numCopied = extent.numCopied;
    body_.numFixedSlots = extent.numFixedSlots;
    body_.facts.maxDepth = extent.maxDepth;
  }

  Result<Body> build();

 private:
  void collectInstructions();
  Status findLeaders();
  Status recordBlocks();
  void openBlock(int pc);
  void closeBlock(const Terminator& terminator);
  void resolveTargets();
  void renumberBlocks();
  void addPredecessors();

  bool isLeader(int pc) const { return leaders_[static_cast<size_t>(pc - body_.startPc)]; }
  void markLeader(int pc) { leaders_[static_cast<size_t>(pc - body_.startPc)] = true; }
  int blockAt(int pc) const;

  std::span<const uint8_t> bytecodes_;
  bytecode::BytecodeSet set_;
  const analysis::StackDepths& depths_;
  const BuildOptions& options_;
  Body body_;
  std::vector<int> pcs_;  // reachable instructions of this body, ascending
  std::vector<bool> leaders_;
};

Result<Body> BodyBuilder::build() {
  collectInstructions();
  if (Status status = findLeaders()) return status;
  if (Status status = recordBlocks()) return status;
  resolveTargets();
  if (options_.threadsJumps) threadJumps(body_.blocks, body_.instructions, options_.leaders);
  renumberBlocks();
  addPredecessors();
  return std::move(body_);
}

// Steps over unreachable bytes and over the blocks inside.
void BodyBuilder::collectInstructions() {
  for (int pc = body_.startPc; pc < body_.endPc;) {
    if (!depths_.isInstruction(pc)) {
      ++pc;
      continue;
    }
    pcs_.push_back(pc);
    const int block = depths_.bodyCreatedAt(pc);
    pc = block == analysis::StackDepths::kNone ? depths_.nextPcOf(pc)
                                               : depths_.bodies()[static_cast<size_t>(block)].endPc;
  }
}

Status BodyBuilder::findLeaders() {
  leaders_.assign(static_cast<size_t>(body_.endPc - body_.startPc), false);
  markLeader(body_.startPc);
  for (const int pc : options_.leaders)
    if (std::binary_search(pcs_.begin(), pcs_.end(), pc)) markLeader(pc);
  for (int pc : pcs_) {
    bytecode::InstructionStream stream(bytecodes_, set_, pc);
    Result<analysis::StackEffect> effect = analysis::nextStackEffect(stream);
    if (!effect) return effect.takeError();
    if (effect->target >= 0) markLeader(effect->target);
    if (effect->flow == Flow::kConditionalJump) markLeader(stream.nextPc());
  }
  return Status::success();
}

Status BodyBuilder::recordBlocks() {
  bytecode::InstructionStream stream(bytecodes_, set_);
  InstructionRecorder recorder(stream, depths_, body_);
  bool open = false;
  for (int pc : pcs_) {
    if (isLeader(pc)) {
      if (open) {
        Terminator fallthrough;
        fallthrough.pc = fallthrough.nextPc = fallthrough.target = pc;
        fallthrough.depth = depths_.depthBefore(pc);
        closeBlock(fallthrough);
      }
      openBlock(pc);
    }
    stream.setNextPc(pc);
    if (Status status = stream.interpretNext(recorder)) return status;
    open = !recorder.endsBlock();
    if (!open) closeBlock(recorder.terminator());
  }
  return Status::success();
}

void BodyBuilder::openBlock(int pc) {
  BasicBlock block;
  block.startPc = pc;
  block.entryDepth = depths_.depthBefore(pc);
  block.firstInstruction = static_cast<int>(body_.instructions.size());
  body_.blocks.push_back(std::move(block));
}

void BodyBuilder::closeBlock(const Terminator& terminator) {
  BasicBlock& block = body_.blocks.back();
  block.endInstruction = static_cast<int>(body_.instructions.size());
  block.terminator = terminator;
}

int BodyBuilder::blockAt(int pc) const {
  if (pc == kNoBlock) return kNoBlock;
  auto found = std::lower_bound(body_.blocks.begin(), body_.blocks.end(), pc,
                                [](const BasicBlock& block, int p) { return block.startPc < p; });
  return static_cast<int>(found - body_.blocks.begin());
}

// Jump targets are pcs so far.
void BodyBuilder::resolveTargets() {
  for (BasicBlock& block : body_.blocks) {
    block.terminator.target = blockAt(block.terminator.target);
    block.terminator.next = blockAt(block.terminator.next);
  }
}

void BodyBuilder::renumberBlocks() {
  const FlowGraph graph = flowGraphFrom(body_.blocks, 0);
  auto renumber = [&graph](int& block) {
    if (block != kNoBlock) block = graph.nodeOf[static_cast<size_t>(block)];
  };
  std::vector<BasicBlock> ordered;
  ordered.reserve(body_.blocks.size());
  for (int old : graph.blockOf) {
    ordered.push_back(std::move(body_.blocks[static_cast<size_t>(old)]));
    renumber(ordered.back().terminator.target);
    renumber(ordered.back().terminator.next);
  }
  body_.blocks = std::move(ordered);
}

// A retreating edge is a back edge proper when its target dominates its source.
void BodyBuilder::addPredecessors() {
  const FlowGraph graph = flowGraphFrom(body_.blocks, 0);
  const DominatorTree dominators(graph);
  for (int node = 0; node < graph.size(); ++node) {
    BasicBlock& block = body_.blocks[static_cast<size_t>(node)];
    block.predecessors = graph.predecessors[static_cast<size_t>(node)];
    auto last = std::unique(block.predecessors.begin(), block.predecessors.end());
    block.predecessors.erase(last, block.predecessors.end());
    for (int predecessor : block.predecessors) {
      block.isLoopHead |= predecessor >= node && dominators.dominates(node, predecessor);
    }
  }
}

}  // namespace

Result<Body> buildBody(std::span<const uint8_t> bytecodes, const analysis::MethodShape& shape,
                       const analysis::StackDepths& depths, int index,
                       const BuildOptions& options) {
  return BodyBuilder(bytecodes, shape, depths, index, options).build();
}

}  // namespace stwasm::ir
