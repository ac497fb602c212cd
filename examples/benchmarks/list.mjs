// Takeuchi's function on lists: recursion and comparing lengths.
class Element {
  constructor(value, next) {
    this.value = value;
    this.next = next;
  }

  length() {
    return this.next === null ? 1 : 1 + this.next.length();
  }
}

function ofLength(count) {
  return count === 0 ? null : new Element(count, ofLength(count - 1));
}

function isShorter(x, y) {
  let one = x;
  let other = y;
  while (other !== null) {
    if (one === null) return true;
    one = one.next;
    other = other.next;
  }
  return false;
}

function tail(x, y, z) {
  return isShorter(y, x) ? tail(tail(x.next, y, z), tail(y.next, z, x), tail(z.next, x, y)) : z;
}

export const benchmark = () => tail(ofLength(15), ofLength(10), ofLength(6)).length();

export const verify = (result) => result === 10;
