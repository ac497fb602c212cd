// The part of a body's control-flow graph that is reachable from one entry, renumbered in reverse
// postorder, with its dominators and natural loops. What structuring decides on.
#pragma once

#include <vector>

#include "translator/ir/method_ir.h"
#include "translator/support/result.h"

namespace stwasm::ir {

// Nodes are 0..size-1 in reverse postorder from the entry, which is node 0. An edge is a back edge
// if it does not lead to a higher number.
struct FlowGraph {
  std::vector<int> blockOf;                    // node -> index in the blocks
  std::vector<int> nodeOf;                     // index in the blocks -> node, -1 if unreachable
  std::vector<std::vector<int>> successors;    // a conditional jump: target, then next
  std::vector<std::vector<int>> predecessors;  // one entry per edge, ascending

  int size() const { return static_cast<int>(blockOf.size()); }
};

FlowGraph flowGraphFrom(const std::vector<BasicBlock>& blocks, int entryBlock);

class DominatorTree {
 public:
  explicit DominatorTree(const FlowGraph& graph);

  // The entry is its own.
  int immediateDominator(int node) const { return idoms_[static_cast<size_t>(node)]; }
  bool dominates(int ancestor, int node) const;

 private:
  void computeIdoms(const FlowGraph& graph);
  int commonDominator(int a, int b) const;
  void numberTree(int size);

  std::vector<int> idoms_;
  std::vector<int> enter_;  // preorder number in the tree
  std::vector<int> leave_;  // highest preorder number below
};

// Natural loops, named by their heads.
class LoopForest {
 public:
  static constexpr int kNoLoop = -1;

  // The node at which a loop has a second entry (an irreducible graph), or kNoLoop.
  static int irreducibleNode(const FlowGraph& graph, const DominatorTree& dominators);

  // The graph must be reducible.
  explicit LoopForest(const FlowGraph& graph);

  bool isHead(int node) const { return innermost_[at(node)] == node; }
  int innermostLoop(int node) const { return innermost_[at(node)]; }
  int parentLoop(int head) const { return parent_[at(head)]; }
  bool contains(int head, int node) const;
  // Head of the outermost loop around `node` that `outside` is not in, or kNoLoop.
  int outermostLoopWithout(int node, int outside) const;

 private:
  static size_t at(int node) { return static_cast<size_t>(node); }
  int depthOf(int node) const;  // number of loops around
  void collectLoop(const FlowGraph& graph, int head);
  int outermostSoFar(int node) const;

  std::vector<int> innermost_;
  std::vector<int> parent_;
  std::vector<int> depth_;  // of loops, by head
};

}  // namespace stwasm::ir
