// The structurizer against an interpreter: whatever way a random graph is walked, the tree walks
// it in the same way. Graphs come from random structured programs (reducible by construction) and
// from arbitrary edges (then reducibility is decided here by a second, simpler method).
#include "translator/ir/structure.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace stwasm;      // NOLINT(google-build-using-namespace)
using namespace stwasm::ir;  // NOLINT(google-build-using-namespace)

namespace {

using Random = std::mt19937;

constexpr int kMaxSteps = 120;

int pick(Random& random, int count) {
  return static_cast<int>(random() % static_cast<unsigned>(count));
}

// --- graphs -----------------------------------------------------------------------------------

Terminator returning() {
  Terminator terminator;
  terminator.kind = TerminatorKind::kMethodReturn;
  return terminator;
}

Terminator jumpTo(int target) {
  Terminator terminator;
  terminator.kind = TerminatorKind::kJump;
  terminator.target = target;
  return terminator;
}

Terminator branch(bool condition, int target, int next) {
  Terminator terminator;
  terminator.kind = TerminatorKind::kConditionalJump;
  terminator.condition = condition;
  terminator.target = target;
  terminator.next = next;
  return terminator;
}

Body graphOf(const std::vector<Terminator>& terminators) {
  Body body;
  for (size_t i = 0; i < terminators.size(); ++i) {
    BasicBlock block;
    block.startPc = static_cast<int>(i);
    block.terminator = terminators[i];
    body.blocks.push_back(block);
  }
  return body;
}

// Any edges at all, forward ones more often.
Body arbitraryGraph(Random& random) {
  const int size = 2 + pick(random, 7);
  std::vector<Terminator> terminators;
  for (int i = 0; i < size; ++i) {
    const int onward = i + 1 < size && pick(random, 3) != 0 ? i + 1 : pick(random, size);
    const int kind = pick(random, 6);
    if (kind == 0) {
      terminators.push_back(returning());
    } else if (kind == 1) {
      terminators.push_back(jumpTo(onward));
    } else {
      terminators.push_back(branch(pick(random, 2) == 0, pick(random, size), onward));
    }
  }
  return graphOf(terminators);
}

// Builds the graph of a random program of sequences, conditionals, loops, exits from any loop
// around, continues and returns: from the end backwards, so that each part knows what follows.
class ProgramGraph {
 public:
  explicit ProgramGraph(Random& random) : random_(random) {}

  Body build() {
    const int entry = statement(add(returning()), 5);
    // structurize takes any entry, but block 0 is the one a body has.
    terminators_.push_back(jumpTo(entry));
    return rotated();
  }

 private:
  struct Loop {
    int head;
    int exit;
  };

  int add(Terminator terminator) {
    terminators_.push_back(terminator);
    return static_cast<int>(terminators_.size()) - 1;
  }

  // Answers the block at which the statement starts.
  int statement(int next, int fuel) {
    if (fuel == 0) return add(jumpTo(next));
    switch (pick(random_, 9)) {
      case 0:
        return add(returning());
      case 1:
        return add(jumpTo(loopTarget(next)));
      case 2:
        return conditional(loopTarget(next), statement(next, fuel - 1));
      case 3:
      case 4:
        return conditional(statement(next, fuel - 1), statement(next, fuel - 1));
      case 5:
        return conditional(next, statement(next, fuel - 1));
      case 6:
        return loop(next, fuel - 1);
      default:
        return statement(statement(next, fuel - 1), fuel - 1);
    }
  }

  int conditional(int target, int next) { return add(branch(pick(random_, 2) == 0, target, next)); }

  int loop(int next, int fuel) {
    const int head = add(returning());
    loops_.push_back({head, next});
    const int body = statement(head, fuel);
    terminators_[static_cast<size_t>(head)] =
        pick(random_, 3) == 0 ? jumpTo(body) : branch(pick(random_, 2) == 0, next, body);
    loops_.pop_back();
    return head;
  }

  int loopTarget(int otherwise) {
    if (loops_.empty()) return otherwise;
    const Loop& loop = loops_[static_cast<size_t>(pick(random_, static_cast<int>(loops_.size())))];
    return pick(random_, 2) == 0 ? loop.head : loop.exit;
  }

  // The last block becomes block 0.
  Body rotated() {
    const int size = static_cast<int>(terminators_.size());
    auto moved = [size](int block) { return block == kNoBlock ? kNoBlock : (block + 1) % size; };
    std::vector<Terminator> result(terminators_.size());
    for (int i = 0; i < size; ++i) {
      Terminator terminator = terminators_[static_cast<size_t>(i)];
      terminator.target = moved(terminator.target);
      terminator.next = moved(terminator.next);
      result[static_cast<size_t>(moved(i))] = terminator;
    }
    return graphOf(result);
  }

  Random& random_;
  std::vector<Terminator> terminators_;
  std::vector<Loop> loops_;
};

std::vector<int> successorsOf(const BasicBlock& block) {
  const Terminator& terminator = block.terminator;
  if (terminator.kind == TerminatorKind::kMethodReturn) return {};
  if (terminator.kind == TerminatorKind::kConditionalJump)
    return {terminator.target, terminator.next};
  return {terminator.target};
}

// Hecht and Ullman: a graph is reducible if it shrinks to one node by removing self loops (T1) and
// merging nodes with one predecessor into it (T2).
bool isReducible(const Body& body, int entry) {
  std::vector<std::set<int>> successors(body.blocks.size());
  std::set<int> nodes;
  std::vector<int> pending = {entry};
  while (!pending.empty()) {
    const int node = pending.back();
    pending.pop_back();
    if (!nodes.insert(node).second) continue;
    for (int next : successorsOf(body.blocks[static_cast<size_t>(node)])) {
      successors[static_cast<size_t>(node)].insert(next);
      pending.push_back(next);
    }
  }
  for (bool changed = true; changed && nodes.size() > 1;) {
    changed = false;
    for (int node : nodes) successors[static_cast<size_t>(node)].erase(node);
    for (int node : nodes) {
      std::vector<int> predecessors;
      for (int p : nodes) {
        if (successors[static_cast<size_t>(p)].count(node) != 0) predecessors.push_back(p);
      }
      if (node == entry || predecessors.size() != 1) continue;
      auto& merged = successors[static_cast<size_t>(predecessors.front())];
      merged.erase(node);
      merged.insert(successors[static_cast<size_t>(node)].begin(),
                    successors[static_cast<size_t>(node)].end());
      nodes.erase(node);
      changed = true;
      break;
    }
  }
  return nodes.size() == 1;
}

// --- walks ------------------------------------------------------------------------------------

// The blocks visited when the conditions met are the bits of a random sequence.
std::vector<int> walkGraph(const Body& body, int entry, unsigned seed) {
  Random conditions(seed);
  std::vector<int> trace;
  for (int block = entry; static_cast<int>(trace.size()) < kMaxSteps;) {
    trace.push_back(block);
    const Terminator& terminator = body.blocks[static_cast<size_t>(block)].terminator;
    if (terminator.kind == TerminatorKind::kMethodReturn) break;
    block = terminator.target;
    if (terminator.kind == TerminatorKind::kConditionalJump) {
      const bool value = pick(conditions, 2) == 0;
      if (value != terminator.condition) block = terminator.next;
    }
  }
  return trace;
}

class TreeWalk {
 public:
  TreeWalk(const Body& body, const StructuredTree& tree, unsigned seed)
      : body_(body), tree_(tree), conditions_(seed) {}

  std::vector<int> run() {
    const LabelId left = walk(tree_.root);
    CHECK(left == kEnded);
    return trace_;
  }

 private:
  static constexpr LabelId kFellThrough = -2;
  static constexpr LabelId kEnded = -3;  // returned, or walked far enough

  // Answers the label branched to, or one of the above.
  LabelId walk(NodeId id) {
    const Node& node = tree_.at(id);
    switch (node.kind) {
      case NodeKind::kSeq:
        return walkSeq(node);
      case NodeKind::kLeaf:
        return walkLeaf(node);
      case NodeKind::kBranch:
        expected_ = node.block;
        return node.label == kNoLabel ? kFellThrough : node.label;
      case NodeKind::kCond:
        return walk(node.children[pick(conditions_, 2) == 0 ? 0 : 1]);
      case NodeKind::kBlockLabel: {
        const LabelId left = walk(node.children[0]);
        return left == node.label ? kFellThrough : left;
      }
      case NodeKind::kLoop: {
        LabelId left = node.label;
        while (left == node.label) left = walk(node.children[0]);
        return left;
      }
    }
    return kEnded;
  }

  LabelId walkSeq(const Node& node) {
    for (NodeId child : node.children) {
      const LabelId left = walk(child);
      if (left != kFellThrough) return left;
    }
    return kFellThrough;
  }

  LabelId walkLeaf(const Node& node) {
    if (static_cast<int>(trace_.size()) == kMaxSteps) return kEnded;
    // A branch before must have meant this block.
    CHECK((expected_ == kNoBlock || expected_ == node.block));
    expected_ = kNoBlock;
    trace_.push_back(node.block);
    const BasicBlock& block = body_.blocks[static_cast<size_t>(node.block)];
    return block.terminator.kind == TerminatorKind::kMethodReturn ? kEnded : kFellThrough;
  }

  const Body& body_;
  const StructuredTree& tree_;
  Random conditions_;
  std::vector<int> trace_;
  int expected_ = kNoBlock;
};

// Labels are in scope, unique and used; each block is there once.
void checkShape(const StructuredTree& tree, NodeId id, std::vector<LabelId>& scope,
                std::multiset<int>& leaves, std::set<LabelId>& used) {
  const Node& node = tree.at(id);
  const bool isLabel = node.kind == NodeKind::kBlockLabel || node.kind == NodeKind::kLoop;
  if (node.kind == NodeKind::kLeaf) leaves.insert(node.block);
  if (node.kind == NodeKind::kBranch && node.label != kNoLabel) {
    CHECK(std::count(scope.begin(), scope.end(), node.label) == 1);
    used.insert(node.label);
  }
  if (isLabel) scope.push_back(node.label);
  for (NodeId child : node.children) checkShape(tree, child, scope, leaves, used);
  if (isLabel) {
    scope.pop_back();
    CHECK(used.count(node.label) == 1);
  }
}

void checkTree(const Body& body, const StructuredTree& tree, int entry) {
  std::vector<LabelId> scope;
  std::multiset<int> leaves;
  std::set<LabelId> used;
  checkShape(tree, tree.root, scope, leaves, used);
  CHECK(std::set<int>(leaves.begin(), leaves.end()).size() == leaves.size());
  for (unsigned seed = 0; seed < 8; ++seed) {
    CHECK(TreeWalk(body, tree, seed).run() == walkGraph(body, entry, seed));
  }
}

// Every block as entry. Answers how many of the graphs seen were reducible.
int checkAllEntries(const Body& body) {
  int reducible = 0;
  for (int entry = 0; entry < static_cast<int>(body.blocks.size()); ++entry) {
    auto tree = structurize(body, entry);
    CHECK(static_cast<bool>(tree) == isReducible(body, entry));
    if (tree) {
      ++reducible;
      checkTree(body, *tree, entry);
    } else {
      CHECK(render(tree.takeError()).find("irreducible") != std::string::npos);
    }
  }
  return reducible;
}

std::string structured(const std::vector<Terminator>& terminators) {
  auto tree = structurize(graphOf(terminators));
  return tree ? printTree(*tree) : render(tree.takeError());
}

}  // namespace

TEST_CASE("straight lines, conditionals and merges need no labels") {
  CHECK(structured({returning()}) == "(leaf 0)");
  CHECK(structured({jumpTo(1), jumpTo(2), returning()}) == "(seq (leaf 0) (leaf 1) (leaf 2))");
  CHECK(structured({branch(false, 2, 1), jumpTo(2), returning()}) ==
        "(seq (leaf 0) (cond 0 (seq (leaf 1) (next 2)) (next 2)) (leaf 2))");
  CHECK(structured({branch(true, 2, 1), jumpTo(3), jumpTo(3), returning()}) ==
        "(seq (leaf 0) (cond 0 (seq (leaf 2) (next 3)) (seq (leaf 1) (next 3))) (leaf 3))");
  CHECK(structured({branch(true, 1, 1), returning()}) ==
        "(seq (leaf 0) (cond 0 (next 1) (next 1)) (leaf 1))");
}

TEST_CASE("what follows a loop stands behind it, returns inside stay") {
  // while (1) { 2 }; while (3) { if (4) return 5 }; return 6
  CHECK(structured({jumpTo(1), branch(false, 3, 2), jumpTo(1), branch(false, 6, 4),
                    branch(true, 5, 3), returning(), returning()}) ==
        "(seq (leaf 0) "
        "(loop L3 (seq (leaf 1) (cond 1 (seq (leaf 2) (br L3)) (next 3)))) "
        "(loop L7 (seq (leaf 3) (cond 3 (seq (leaf 4) (cond 4 (leaf 5) (br L7))) (leaf 6)))))");
}

TEST_CASE("an exit from the middle of a loop, and one from two loops at once") {
  CHECK(structured(
            {branch(true, 3, 1), branch(true, 4, 2), branch(true, 4, 0), jumpTo(4), returning()}) ==
        "(seq (label L8 (seq (loop L1 (seq (leaf 0) (cond 0 (next 3) (seq (leaf 1) "
        "(cond 1 (br L8) (seq (leaf 2) (cond 2 (br L8) (br L1)))))))) (leaf 3) (next 4))) "
        "(leaf 4))");
}

TEST_CASE("an irreducible graph is refused with the pc of the second entry") {
  CHECK(structured({branch(true, 2, 1), jumpTo(2), jumpTo(1)}) ==
        "pc 2: irreducible control flow: a loop is entered at two places");
}

TEST_CASE("absurd nesting is refused, long sequences are not") {
  std::vector<Terminator> loops;
  for (int i = 0; i < 1000; ++i) loops.push_back(branch(true, i, i + 1));
  loops.push_back(returning());
  CHECK(structured(loops).size() > 1000);  // one loop after the other
  std::vector<Terminator> nested;
  for (int i = 0; i < 1000; ++i) nested.push_back(jumpTo(i + 1));
  for (int i = 999; i >= 0; --i) nested.push_back(branch(true, i, 2000 - i));
  nested.push_back(returning());
  CHECK(structured(nested).find("nests deeper than") != std::string::npos);
  std::vector<Terminator> conditionals;
  for (int i = 0; i < 60000; i += 2) {
    conditionals.push_back(branch(true, i + 2, i + 1));
    conditionals.push_back(jumpTo(i + 2));
  }
  conditionals.push_back(returning());
  CHECK(structured(conditionals).size() > 60000);
}

TEST_CASE("trees walk like the graphs of random programs") {
  Random random(1);
  int reducible = 0;
  for (int i = 0; i < 300; ++i) {
    const Body body = ProgramGraph(random).build();
    CHECK(isReducible(body, 0));
    reducible += checkAllEntries(body);
  }
  CHECK(reducible > 300);
}

TEST_CASE("trees walk like arbitrary graphs") {
  Random random(2);
  int reducible = 0;
  for (int i = 0; i < 2000; ++i) reducible += checkAllEntries(arbitraryGraph(random));
  CHECK(reducible > 2000);
}
