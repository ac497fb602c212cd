// Makes a tree of calls of the profile that V8's sampler took, and times by function: Smalltalk methods by their names, the
// runtime, the interpreter, the host. What counting took in an instrumented build is left out.

const kCounting = /^(?:count_|profile_of)/;

function kindOf({ functionName, url }) {
  if (functionName === '(garbage collector)') return 'collector';
  if (functionName.startsWith('(')) return 'engine';
  if (!url.startsWith('wasm:')) return 'host';
  if (functionName.includes('>>')) return 'Smalltalk';
  return functionName === 'interpret' ? 'interpreter' : 'runtime';
}

// Wasm's names have dots for spaces, and parts for loops that were entered in the middle.
function nameOf({ functionName }) {
  if (!functionName.includes('>>')) return functionName === '' ? '(nameless)' : functionName;
  return functionName.replace(/@(?:loop|resume)\d+/, '').replace(/^(.*?)\.class>>/, '$1 class>>');
}

// Microseconds by node id.
function selfTimes({ samples, timeDeltas }) {
  const times = new Map();
  samples.forEach((id, index) => times.set(id, (times.get(id) ?? 0) + Math.max(0, timeDeltas[index])));
  return times;
}

// { name, kind, self, total, children }: children of one name are one, whatever function they were called from inside.
class CallTree {
  counting = 0;
  #nodes;
  #times;

  constructor(profile) {
    this.#nodes = new Map(profile.nodes.map((node) => [node.id, node]));
    this.#times = selfTimes(profile);
  }

  tree(root) {
    const tree = { name: 'all', kind: 'engine', self: 0, total: 0, children: [] };
    this.#add(tree, root.children ?? []);
    return this.#summed(tree);
  }

  #add(parent, ids) {
    for (const id of ids) {
      const node = this.#nodes.get(id);
      const name = nameOf(node.callFrame);
      if (name === '(idle)' || node.callFrame.url.startsWith('node:inspector')) continue;
      const kind = kindOf(node.callFrame);
      if (kind === 'runtime' && kCounting.test(name)) {
        this.#leaveOut(node);
        continue;
      }
      let child = parent.children.find((other) => other.name === name && other.kind === kind);
      if (!child) parent.children.push(child = { name, kind, self: 0, total: 0, children: [] });
      child.self += this.#times.get(id) ?? 0;
      this.#add(child, node.children ?? []);
    }
  }

  #leaveOut(node) {
    this.counting += this.#times.get(node.id) ?? 0;
    for (const id of node.children ?? []) this.#leaveOut(this.#nodes.get(id));
  }

  // Widest first, without what took no time.
  #summed(node) {
    node.children = node.children.map((child) => this.#summed(child)).filter(({ total }) => total > 0)
      .sort((first, second) => second.total - first.total);
    node.total = node.self + node.children.reduce((sum, { total }) => sum + total, 0);
    return node;
  }
}

// [name, { self, total }] of all functions; one that calls itself counts once.
function timesByFunction(tree) {
  const times = new Map();
  const visit = (node, active) => {
    const key = `${node.kind} ${node.name}`;
    const entry = times.get(key) ?? { name: node.name, kind: node.kind, self: 0, total: 0 };
    times.set(key, entry);
    entry.self += node.self;
    if (!active.has(key)) entry.total += node.total;
    const inside = new Set(active).add(key);
    for (const child of node.children) visit(child, inside);
  };
  for (const child of tree.children) visit(child, new Set());
  return [...times.values()].sort((first, second) => second.self - first.self || second.total - first.total);
}

// Times in milliseconds: { tree, functions, counting }.
export function timesOf(profile) {
  const calls = new CallTree(profile);
  const tree = calls.tree(profile.nodes[0]);
  const scale = (node) => ({ ...node, self: node.self / 1000, total: node.total / 1000,
    children: node.children?.map(scale) });
  return {
    tree: scale(tree),
    functions: timesByFunction(tree).map(({ children, ...entry }) => ({ ...entry, self: entry.self / 1000, total: entry.total / 1000 })),
    counting: calls.counting / 1000,
  };
}
