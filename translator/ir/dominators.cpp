// Dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
#include <algorithm>
#include <utility>

#include "translator/ir/flow_graph.h"

namespace stwasm::ir {

DominatorTree::DominatorTree(const FlowGraph& graph) {
  computeIdoms(graph);
  numberTree(graph.size());
}

void DominatorTree::computeIdoms(const FlowGraph& graph) {
  constexpr int kUnknown = -1;
  idoms_.assign(static_cast<size_t>(graph.size()), kUnknown);
  idoms_[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (int node = 1; node < graph.size(); ++node) {
      int idom = kUnknown;
      for (int predecessor : graph.predecessors[static_cast<size_t>(node)]) {
        if (immediateDominator(predecessor) == kUnknown) continue;
        idom = idom == kUnknown ? predecessor : commonDominator(predecessor, idom);
      }
      changed |= idom != immediateDominator(node);
      idoms_[static_cast<size_t>(node)] = idom;
    }
  }
}

// A dominator has a lower number than what it dominates.
int DominatorTree::commonDominator(int a, int b) const {
  while (a != b) {
    if (a < b) std::swap(a, b);
    a = immediateDominator(a);
  }
  return a;
}

// Numbers the tree in preorder without recursion: subtree sizes first, bottom up, then each node
// takes the next free range of its parent's.
void DominatorTree::numberTree(int size) {
  const auto count = static_cast<size_t>(size);
  std::vector<int> subtree(count, 1);
  for (size_t node = count; node-- > 1;)
    subtree[static_cast<size_t>(idoms_[node])] += subtree[node];
  std::vector<int> nextFree(count, 1);
  enter_.assign(count, 0);
  leave_.assign(count, size - 1);
  for (size_t node = 1; node < count; ++node) {
    const auto parent = static_cast<size_t>(idoms_[node]);
    enter_[node] = nextFree[parent];
    leave_[node] = enter_[node] + subtree[node] - 1;
    nextFree[parent] += subtree[node];
    nextFree[node] = enter_[node] + 1;
  }
}

bool DominatorTree::dominates(int ancestor, int node) const {
  const int number = enter_[static_cast<size_t>(node)];
  return enter_[static_cast<size_t>(ancestor)] <= number &&
         number <= leave_[static_cast<size_t>(ancestor)];
}

}  // namespace stwasm::ir
