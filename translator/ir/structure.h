// Control-flow graph to structured control flow, after Ramsey, "Beyond Relooper" (ICFP 2022),
// with code that follows a loop placed behind the loop instead of inside it.
// Stack slots are locals, so no value flows through a label.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "translator/ir/method_ir.h"
#include "translator/support/result.h"

namespace stwasm::ir {

enum class NodeKind : uint8_t {
  kSeq,         // children in order; may be empty
  kBlockLabel,  // one child; a branch to `label` continues behind this node
  kLoop,        // one child; a branch to `label` restarts it; falling off its end leaves it
  kLeaf,        // the instructions of basic block `block`, and its terminator if that is a return
  kBranch,      // to `label`, which enters basic block `block`
  kCond,        // pops the Boolean of `block`'s kConditionalJump: children[0] when it is true,
                // children[1] when it is false (the jump's own sense is already applied)
};

using NodeId = int32_t;
using LabelId = int32_t;

inline constexpr LabelId kNoLabel = -1;

struct Node {
  NodeKind kind = NodeKind::kSeq;
  // Unique within a tree. kNoLabel for a kBranch means that its target follows anyway: no jump.
  LabelId label = kNoLabel;
  int32_t block = kNoBlock;  // index in Body::blocks; for labels, the block that the label enters
  bool isBackEdge = false;   // of a kBranch: it restarts a kLoop
  std::vector<NodeId> children;
};

// Every block reachable from the entry is in exactly one kLeaf. Control never falls off the root.
struct StructuredTree {
  std::vector<Node> nodes;
  NodeId root = 0;
  int entryBlock = 0;
  int maxNesting = 0;  // of kBlockLabel, kLoop and kCond

  const Node& at(NodeId id) const { return nodes[static_cast<size_t>(id)]; }
};

// Structures what is reachable from entryBlock (any block, say a loop head for on-stack
// replacement). Fails with the pc on an irreducible graph and on absurd nesting.
Result<StructuredTree> structurize(const Body& body, int entryBlock = 0);

// S-expression for tests and for people: "(seq (leaf 0) (loop L3 (cond 1 (br L3) (next 2))))".
std::string printTree(const StructuredTree& tree);

}  // namespace stwasm::ir
