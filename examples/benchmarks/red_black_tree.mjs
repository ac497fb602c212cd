// A sorted dictionary. No red node has a red child, and all paths down meet the same number of black ones.
class Node {
  left = null;
  right = null;
  isRed = true;

  constructor(key, value, parent) {
    this.key = key;
    this.value = value;
    this.parent = parent;
  }

  setLeft(node) {
    this.left = node;
    if (node !== null) node.parent = this;
  }

  setRight(node) {
    this.right = node;
    if (node !== null) node.parent = this;
  }

  isLeft() {
    return this.parent !== null && this.parent.left === this;
  }

  sibling() {
    if (this.parent === null) return null;
    return this.isLeft() ? this.parent.right : this.parent.left;
  }

  forEach(visit) {
    if (this.left !== null) this.left.forEach(visit);
    visit(this.key, this.value);
    if (this.right !== null) this.right.forEach(visit);
  }
}

export class RedBlackTree {
  #root = null;
  #compare;

  constructor(compare) {
    this.#compare = compare;
  }

  get(key) {
    let node = this.#root;
    while (node !== null) {
      const order = this.#compare(key, node.key);
      if (order === 0) return node.value;
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  // Answers the value that was there before, null if there was none.
  put(key, value) {
    let parent = null;
    let order = 0;
    for (let node = this.#root; node !== null; node = order < 0 ? node.left : node.right) {
      parent = node;
      order = this.#compare(key, node.key);
      if (order === 0) {
        const old = node.value;
        node.value = value;
        return old;
      }
    }
    const node = new Node(key, value, parent);
    if (parent === null) this.#root = node;
    else if (order < 0) parent.setLeft(node);
    else parent.setRight(node);
    this.#repairAbove(node);
    return null;
  }

  forEach(visit) {
    if (this.#root !== null) this.#root.forEach(visit);
  }

  // The node is red; so may be its parent.
  #repairAbove(start) {
    let node = start;
    while (node.parent !== null && node.parent.isRed) {
      const { parent } = node;
      const uncle = parent.sibling();
      if (uncle !== null && uncle.isRed) {
        parent.isRed = false;
        uncle.isRed = false;
        node = parent.parent;
        node.isRed = true;
      } else {
        node = this.#rotateAt(node);
      }
    }
    this.#root.isRed = false;
  }

  // Parent and child are red, the uncle is black: one or two rotations repair it.
  #rotateAt(node) {
    let { parent } = node;
    const grandparent = parent.parent;
    if (parent.isLeft() !== node.isLeft()) {
      this.#lift(node);
      parent = node;
    }
    parent.isRed = false;
    grandparent.isRed = true;
    this.#lift(parent);
    return parent;
  }

  // It changes places with its parent.
  #lift(node) {
    const { parent } = node;
    const grandparent = parent.parent;
    const wasLeft = parent.isLeft();
    if (node.isLeft()) {
      parent.setLeft(node.right);
      node.setRight(parent);
    } else {
      parent.setRight(node.left);
      node.setLeft(parent);
    }
    node.parent = grandparent;
    if (grandparent === null) this.#root = node;
    else if (wasLeft) grandparent.setLeft(node);
    else grandparent.setRight(node);
  }
}
