// Finds the loops of a large control flow graph, with the algorithm of Havlak.

class Block {
  predecessors = [];
  successors = [];
}

// Basic blocks by their numbers, and edges between them. Block 0 is the entry.
class FlowGraph {
  blocks = new Map();

  connect(from, to) {
    const source = this.blockAt(from);
    const target = this.blockAt(to);
    source.successors.push(target);
    target.predecessors.push(source);
  }

  blockAt(number) {
    let block = this.blocks.get(number);
    if (block === undefined) this.blocks.set(number, block = new Block());
    return block;
  }

  line(block) {
    this.connect(block, block + 1);
    return block + 1;
  }

  diamond(block) {
    this.connect(block, block + 1);
    this.connect(block, block + 2);
    this.connect(block + 1, block + 3);
    this.connect(block + 2, block + 3);
    return block + 3;
  }

  // A loop around two others.
  loop(block) {
    const header = this.line(block);
    const first = this.diamond(header);
    const second = this.line(first);
    const last = this.diamond(second);
    const footer = this.line(last);
    this.connect(last, second);
    this.connect(first, header);
    this.connect(footer, block);
    return this.line(footer);
  }

  // Ten times ten loops around five of the loops that loop makes.
  nestedLoops() {
    let last = 2;
    for (let i = 0; i < 10; i++) {
      this.connect(2, last + 1);
      last++;
      for (let j = 0; j < 10; j++) {
        const top = last;
        last = this.line(last);
        for (let k = 0; k < 5; k++) last = this.loop(last);
        const bottom = this.line(last);
        this.connect(last, top);
        last = bottom;
      }
      this.connect(last, 1);
    }
  }
}

// A loop: the blocks that are in it and in no loop inside it, and the loops inside it.
class Loop {
  blocks = [];
  parent = null;
  children = [];
  depth = 0;

  setParent(loop) {
    this.parent = loop;
    loop.children.push(this);
  }

  setDepth(depth) {
    this.depth = depth;
    for (const each of this.children) each.setDepth(depth + 1);
  }
}

// All loops that were found; root stands for the whole program.
class LoopTree {
  root = new Loop();
  loops = [this.root];

  newLoop(block, isReducible) {
    const loop = new Loop();
    loop.isReducible = isReducible;
    loop.blocks.push(block);
    this.loops.push(loop);
    return loop;
  }

  nestLoops() {
    for (const each of this.loops) if (each !== this.root && each.parent === null) each.setParent(this.root);
    this.root.setDepth(0);
  }
}

// A block as the search met it: number is its place in the order of depth first search, last the highest number below it. Nodes of
// a loop that was found are one set, whose leader is the header's node. backEdges and otherEdges are the numbers of the
// predecessors that lie below it and of the others.
class Node {
  last = 0;
  above = this;
  loop = null;
  kind = 'none';
  backEdges = [];
  otherEdges = new Set();

  constructor(block, number) {
    this.block = block;
    this.number = number;
  }

  isAbove(number) {
    return this.number <= number && number <= this.last;
  }

  // The way there is made short for the next time.
  leader() {
    let top = this;
    while (top.above !== top) top = top.above;
    for (let node = this; node !== top;) {
      const next = node.above;
      node.above = top;
      node = next;
    }
    return top;
  }
}

// Finds loops from the inside out: visits the nodes in the reverse order of the search, and makes one node of each loop that it has
// found.
class LoopFinder {
  nodes = [];
  numbers = new Map();

  constructor(graph, loops) {
    this.graph = graph;
    this.loops = loops;
  }

  findLoops() {
    this.visit(this.graph.blocks.get(0));
    for (const each of this.nodes) this.sortEdges(each);
    for (let number = this.nodes.length - 1; number >= 0; number--) this.findLoopAt(this.nodes[number]);
  }

  // Depth first; answers the highest number that was given.
  visit(block) {
    const node = new Node(block, this.nodes.length);
    this.nodes.push(node);
    this.numbers.set(block, node.number);
    node.last = node.number;
    for (const each of block.successors) if (!this.numbers.has(each)) node.last = this.visit(each);
    return node.last;
  }

  sortEdges(node) {
    for (const each of node.block.predecessors) {
      const number = this.numbers.get(each);
      if (number === undefined) continue;
      if (node.isAbove(number)) node.backEdges.push(number);
      else node.otherEdges.add(number);
    }
  }

  findLoopAt(node) {
    const members = this.membersAt(node);
    if (members.length === 0 && node.kind !== 'self') return;
    node.loop = this.loops.newLoop(node.block, node.kind !== 'irreducible');
    for (const each of members) {
      each.above = node;
      if (each.loop === null) node.loop.blocks.push(each.block);
      else each.loop.setParent(node.loop);
    }
  }

  // The leaders of all nodes from which a way goes back to the node without leaving what is below it.
  membersAt(node) {
    const members = [];
    for (const each of node.backEdges) {
      if (each === node.number) node.kind = 'self';
      else members.push(this.nodes[each].leader());
    }
    if (members.length > 0) node.kind = 'reducible';
    const pending = [...members];
    while (pending.length > 0) {
      for (const each of pending.shift().otherEdges) this.meet(this.nodes[each].leader(), node, members, pending);
    }
    return members;
  }

  meet(leader, node, members, pending) {
    if (!node.isAbove(leader.number)) {
      node.kind = 'irreducible';
      node.otherEdges.add(leader.number);
    } else if (leader !== node && !members.includes(leader)) {
      members.push(leader);
      pending.push(leader);
    }
  }
}

// The loops, the whole program being one, and the blocks; the loops of a small graph come on top.
export function benchmark() {
  const loops = new LoopTree();
  const graph = new FlowGraph();
  graph.loop(0);
  graph.connect(0, 2);
  new LoopFinder(graph, loops).findLoops();
  graph.nestedLoops();
  new LoopFinder(graph, loops).findLoops();
  for (let count = 0; count < 9; count++) new LoopFinder(graph, new LoopTree()).findLoops();
  loops.nestLoops();
  return [loops.loops.length, graph.blocks.size];
}

export const verify = ([loops, blocks]) => loops === 1605 && blocks === 5213;
