// Natural loops, found from the innermost outwards by walking back from their latches.
#include <algorithm>

#include "translator/ir/flow_graph.h"

namespace stwasm::ir {

int LoopForest::irreducibleNode(const FlowGraph& graph, const DominatorTree& dominators) {
  for (int node = 0; node < graph.size(); ++node) {
    for (int successor : graph.successors[at(node)]) {
      if (successor <= node && !dominators.dominates(successor, node)) return successor;
    }
  }
  return kNoLoop;
}

LoopForest::LoopForest(const FlowGraph& graph) {
  const auto size = static_cast<size_t>(graph.size());
  innermost_.assign(size, kNoLoop);
  parent_.assign(size, kNoLoop);
  depth_.assign(size, 0);
  // An inner loop's head comes after the outer's in reverse postorder.
  for (int head = graph.size(); head-- > 0;) collectLoop(graph, head);
  for (int head = 0; head < graph.size(); ++head) {
    if (innermostLoop(head) == head) depth_[at(head)] = 1 + depthOf(parent_[at(head)]);
  }
}

void LoopForest::collectLoop(const FlowGraph& graph, int head) {
  std::vector<int> pending;
  for (int predecessor : graph.predecessors[at(head)]) {
    if (predecessor >= head) pending.push_back(predecessor);
  }
  if (pending.empty()) return;
  innermost_[at(head)] = head;
  while (!pending.empty()) {
    const int node = pending.back();
    pending.pop_back();
    const int loop = outermostSoFar(node);
    if (loop == head) continue;
    // A node outside all loops so far joins; a whole inner loop joins through its head.
    (loop == kNoLoop ? innermost_[at(node)] : parent_[at(loop)]) = head;
    for (int predecessor : graph.predecessors[at(loop == kNoLoop ? node : loop)]) {
      if (predecessor > head) pending.push_back(predecessor);
    }
  }
}

int LoopForest::outermostSoFar(int node) const {
  int loop = innermostLoop(node);
  while (loop != kNoLoop && parentLoop(loop) != kNoLoop) loop = parentLoop(loop);
  return loop;
}

int LoopForest::depthOf(int node) const {
  if (node == kNoLoop || innermostLoop(node) == kNoLoop) return 0;
  return depth_[at(innermostLoop(node))];
}

bool LoopForest::contains(int head, int node) const {
  int loop = innermostLoop(node);
  while (loop != kNoLoop && depth_[at(loop)] > depth_[at(head)]) loop = parentLoop(loop);
  return loop == head;
}

int LoopForest::outermostLoopWithout(int node, int outside) const {
  int result = kNoLoop;
  for (int loop = innermostLoop(node); loop != kNoLoop && !contains(loop, outside);
       loop = parentLoop(loop)) {
    result = loop;
  }
  return result;
}

}  // namespace stwasm::ir
