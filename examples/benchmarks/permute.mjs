// Makes all permutations of six values by exchanging, and counts the calls.
class Permuter {
  count = 0;
  values = [0, 1, 2, 3, 4, 5];

  permute(size) {
    this.count++;
    if (size === 0) return;
    this.permute(size - 1);
    for (let index = size - 1; index >= 0; index--) {
      this.swap(size - 1, index);
      this.permute(size - 1);
      this.swap(size - 1, index);
    }
  }

  swap(one, other) {
    const value = this.values[one];
    this.values[one] = this.values[other];
    this.values[other] = value;
  }
}

export function benchmark() {
  const permuter = new Permuter();
  permuter.permute(6);
  return permuter.count;
}

export const verify = (result) => result === 8660;
