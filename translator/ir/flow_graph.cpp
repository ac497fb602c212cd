// Reverse postorder over a body's basic blocks.
#include "translator/ir/flow_graph.h"

#include <algorithm>
#include <utility>

namespace stwasm::ir {
namespace {

std::vector<int> successorsOf(const BasicBlock& block) {
  switch (block.terminator.kind) {
    case TerminatorKind::kFallthrough:
    case TerminatorKind::kJump:
      return {block.terminator.target};
    case TerminatorKind::kConditionalJump:
      return {block.terminator.target, block.terminator.next};
    default:
      return {};
  }
}

// Blocks in reverse postorder; what follows in the bytecodes tends to follow in the order.
std::vector<int> reversePostorder(const std::vector<BasicBlock>& blocks, int entryBlock) {
  struct Visit {
    int block;
    std::vector<int> successors;
    size_t next = 0;
  };
  std::vector<bool> seen(blocks.size(), false);
  std::vector<Visit> stack;
  std::vector<int> order;
  auto enter = [&](int block) {
    const auto index = static_cast<size_t>(block);
    if (seen[index]) return;
    seen[index] = true;
    stack.push_back({block, successorsOf(blocks[index])});
  };
  enter(entryBlock);
  while (!stack.empty()) {
    Visit& top = stack.back();
    if (top.next < top.successors.size()) {
      enter(top.successors[top.next++]);
    } else {
      order.push_back(top.block);
      stack.pop_back();
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace

FlowGraph flowGraphFrom(const std::vector<BasicBlock>& blocks, int entryBlock) {
  FlowGraph graph;
  graph.blockOf = reversePostorder(blocks, entryBlock);
  graph.nodeOf.assign(blocks.size(), -1);
  graph.successors.resize(graph.blockOf.size());
  graph.predecessors.resize(graph.blockOf.size());
  for (size_t node = 0; node < graph.blockOf.size(); ++node) {
    graph.nodeOf[static_cast<size_t>(graph.blockOf[node])] = static_cast<int>(node);
  }
  for (size_t node = 0; node < graph.blockOf.size(); ++node) {
    for (int block : successorsOf(blocks[static_cast<size_t>(graph.blockOf[node])])) {
      const int successor = graph.nodeOf[static_cast<size_t>(block)];
      graph.successors[node].push_back(successor);
      graph.predecessors[static_cast<size_t>(successor)].push_back(static_cast<int>(node));
    }
  }
  return graph;
}

}  // namespace stwasm::ir
