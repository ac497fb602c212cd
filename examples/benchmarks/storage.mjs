// Builds a tree of arrays with four branches at each node, and counts the arrays: work for the allocator.
import { PseudoRandom } from './pseudo_random.mjs';

class Builder {
  count = 0;
  random = new PseudoRandom();

  tree(depth) {
    this.count++;
    if (depth === 1) return new Array(this.random.next() % 10 + 1);
    return Array.from({ length: 4 }, () => this.tree(depth - 1));
  }
}

export function benchmark() {
  const builder = new Builder();
  builder.tree(7);
  return builder.count;
}

export const verify = (result) => result === 5461;
