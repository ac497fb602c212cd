// Each block is placed once, below its immediate dominator:
// - a block with one way in stands where its predecessor branches to it;
// - a block where paths meet follows a kBlockLabel around everything else its dominator places;
// - a block that leaves loops follows the outermost loop it leaves, even with one way in.
// Branches to labels in scope do the rest. A branch to what follows anyway needs no jump.
#include "translator/ir/structure.h"

#include <algorithm>
#include <utility>

#include "translator/ir/flow_graph.h"

namespace stwasm::ir {
namespace {

// Deeper than real code gets, shallow enough for recursion here and in later passes.
constexpr int kMaxNesting = 500;

constexpr int kNowhere = -1;

class Structurizer {
 public:
  Structurizer(const Body& body, FlowGraph graph, const DominatorTree& dominators)
      : body_(body), graph_(std::move(graph)), loops_(graph_) {
    assignPlaces(dominators);
  }

  Result<StructuredTree> run();

 private:
  using Seq = std::vector<NodeId>;

  // Where control goes when it falls off the end of the code being placed, and how deep that is.
  struct Place {
    int follow = kNowhere;
    int nesting = 0;
    Place inside() const { return {follow, nesting + 1}; }
  };

  void assignPlaces(const DominatorTree& dominators);
  void place(int node, Place where, Seq& out);
  // The following place a part and answer the node that is to follow in the same sequence.
  int placeLoop(int head, Place where, Seq& out);
  int placeStraight(int node, Place where, Seq& out);
  template <class PlaceInner>
  int placeLabelled(const std::vector<int>& labelled, Place where, Seq& out, PlaceInner inner);
  int placeNode(int node, Place where, Seq& out);
  int placeBranch(int from, int to, Place where, Seq& out);
  void placeCond(int node, Place where, Seq& out);

  bool isReturnWithOneWayIn(int node) const;
  NodeId add(NodeKind kind, LabelId label, int node, Seq children);
  NodeId sequence(Seq children);

  static size_t at(int node) { return static_cast<size_t>(node); }
  const BasicBlock& blockOf(int node) const { return body_.blocks[at(graph_.blockOf[at(node)])]; }
  LabelId blockLabel(int node) const { return 2 * graph_.blockOf[at(node)]; }
  LabelId loopLabel(int node) const { return 2 * graph_.blockOf[at(node)] + 1; }

  const Body& body_;
  FlowGraph graph_;
  LoopForest loops_;
  std::vector<bool> labelled_;               // reached through a kBlockLabel
  std::vector<bool> labelUsed_;              // by a branch that needs a jump
  std::vector<std::vector<int>> behind_;     // labelled blocks placed behind the loop, by head
  std::vector<std::vector<int>> dominated_;  // other labelled blocks, by immediate dominator
  StructuredTree tree_;
  int tooDeepAt_ = kNowhere;
};

// Leaving a loop by returning is as well done on the spot.
bool Structurizer::isReturnWithOneWayIn(int node) const {
  return graph_.successors[at(node)].empty() && graph_.predecessors[at(node)].size() == 1;
}

void Structurizer::assignPlaces(const DominatorTree& dominators) {
  const auto size = at(graph_.size());
  labelled_.assign(size, false);
  labelUsed_.assign(size, false);
  behind_.resize(size);
  dominated_.resize(size);
  for (int node = 1; node < graph_.size(); ++node) {
    const int dominator = dominators.immediateDominator(node);
    const int left = loops_.outermostLoopWithout(dominator, node);
    const auto& in = graph_.predecessors[at(node)];
    const auto forwardEdges =
        std::count_if(in.begin(), in.end(), [node](int p) { return p < node; });
    if (left != LoopForest::kNoLoop && !isReturnWithOneWayIn(node)) {
      behind_[at(left)].push_back(node);
    } else if (forwardEdges > 1) {
      dominated_[at(dominator)].push_back(node);
    } else {
      continue;
    }
    labelled_[at(node)] = true;
  }
}

Result<StructuredTree> Structurizer::run() {
  Seq out;
  place(0, Place(), out);
  if (tooDeepAt_ != kNowhere) {
    return fail(Diagnostic(fmt::format("control flow nests deeper than {} levels", kMaxNesting))
                    .atPc(blockOf(tooDeepAt_).startPc));
  }
  tree_.root = sequence(std::move(out));
  tree_.entryBlock = graph_.blockOf[0];
  return std::move(tree_);
}

// Long sequences are placed by this loop; recursion is for nesting only.
void Structurizer::place(int node, Place where, Seq& out) {
  while (node != kNowhere && tooDeepAt_ == kNowhere) {
    node = loops_.isHead(node) ? placeLoop(node, where, out) : placeStraight(node, where, out);
  }
}

int Structurizer::placeLoop(int head, Place where, Seq& out) {
  auto placeBody = [this, head](Place around, Seq& seq) {
    Seq body;
    place(placeStraight(head, around.inside(), body), around.inside(), body);
    seq.push_back(add(NodeKind::kLoop, loopLabel(head), head, {sequence(std::move(body))}));
    return kNowhere;
  };
  return placeLabelled(behind_[at(head)], where, out, placeBody);
}

int Structurizer::placeStraight(int node, Place where, Seq& out) {
  auto placeSelf = [this, node](Place around, Seq& seq) { return placeNode(node, around, seq); };
  return placeLabelled(dominated_[at(node)], where, out, placeSelf);
}

// (label n ... (label 2 (label 1 inner) 1) 2 ... ) n: each may branch to the ones after it. The
// last one is left to the caller, who continues the sequence.
template <class PlaceInner>
int Structurizer::placeLabelled(const std::vector<int>& labelled, Place where, Seq& out,
                                PlaceInner inner) {
  if (labelled.empty()) return inner(where, out);
  int depth = where.nesting + static_cast<int>(labelled.size());
  Seq seq;
  Place around{labelled.front(), depth};
  place(inner(around, seq), around, seq);
  for (size_t i = 0; i < labelled.size(); ++i) {
    const int node = labelled[i];
    if (labelUsed_[at(node)]) {
      seq = {add(NodeKind::kBlockLabel, blockLabel(node), node, {sequence(std::move(seq))})};
    }
    if (i + 1 == labelled.size()) break;
    place(node, {labelled[i + 1], --depth}, seq);
  }
  out.insert(out.end(), seq.begin(), seq.end());
  return labelled.back();
}

int Structurizer::placeNode(int node, Place where, Seq& out) {
  tree_.maxNesting = std::max(tree_.maxNesting, where.nesting);
  if (where.nesting > kMaxNesting) {
    tooDeepAt_ = node;
    return kNowhere;
  }
  out.push_back(add(NodeKind::kLeaf, kNoLabel, node, {}));
  const std::vector<int>& successors = graph_.successors[at(node)];
  if (successors.empty()) return kNowhere;
  if (successors.size() == 1) return placeBranch(node, successors.front(), where, out);
  placeCond(node, where, out);
  return kNowhere;
}

int Structurizer::placeBranch(int from, int to, Place where, Seq& out) {
  const bool isBackEdge = to <= from;
  if (!isBackEdge && !labelled_[at(to)]) return to;
  LabelId label = isBackEdge ? loopLabel(to) : kNoLabel;
  if (!isBackEdge && to != where.follow) {
    label = blockLabel(to);
    labelUsed_[at(to)] = true;
  }
  const NodeId branch = add(NodeKind::kBranch, label, to, {});
  tree_.nodes[at(branch)].isBackEdge = isBackEdge;
  out.push_back(branch);
  return kNowhere;
}

void Structurizer::placeCond(int node, Place where, Seq& out) {
  const bool condition = blockOf(node).terminator.condition;
  const int target = graph_.successors[at(node)][0];
  const int next = graph_.successors[at(node)][1];
  Seq children;
  for (int successor : {condition ? target : next, condition ? next : target}) {
    Seq seq;
    place(placeBranch(node, successor, where.inside(), seq), where.inside(), seq);
    children.push_back(sequence(std::move(seq)));
  }
  out.push_back(add(NodeKind::kCond, kNoLabel, node, std::move(children)));
}

NodeId Structurizer::add(NodeKind kind, LabelId label, int node, Seq children) {
  tree_.nodes.push_back({kind, label, graph_.blockOf[at(node)], false, std::move(children)});
  return static_cast<NodeId>(tree_.nodes.size() - 1);
}

NodeId Structurizer::sequence(Seq children) {
  if (children.size() == 1) return children.front();
  tree_.nodes.push_back({NodeKind::kSeq, kNoLabel, kNoBlock, false, std::move(children)});
  return static_cast<NodeId>(tree_.nodes.size() - 1);
}

}  // namespace

Result<StructuredTree> structurize(const Body& body, int entryBlock) {
  FlowGraph graph = flowGraphFrom(body.blocks, entryBlock);
  const DominatorTree dominators(graph);
  const int node = LoopForest::irreducibleNode(graph, dominators);
  if (node != LoopForest::kNoLoop) {
    const int block = graph.blockOf[static_cast<size_t>(node)];
    return fail(Diagnostic("irreducible control flow: a loop is entered at two places")
                    .atPc(body.blocks[static_cast<size_t>(block)].startPc));
  }
  return Structurizer(body, std::move(graph), dominators).run();
}

}  // namespace stwasm::ir
