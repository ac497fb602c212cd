// The towers of Hanoi with thirteen disks; each pile is a list of disks.
class Disk {
  below = null;

  constructor(size) {
    this.size = size;
  }

  height() {
    return this.below === null ? 1 : 1 + this.below.height();
  }
}

class Towers {
  piles = [null, null, null];
  moves = 0;

  move(count, source, target) {
    if (count === 0) return;
    const other = 3 - source - target;
    this.move(count - 1, source, other);
    this.push(this.pop(source), target);
    this.moves++;
    this.move(count - 1, other, target);
  }

  push(disk, pile) {
    const top = this.piles[pile];
    if (top !== null && top.size <= disk.size) throw new Error('a large disk cannot lie on a small one');
    disk.below = top;
    this.piles[pile] = disk;
  }

  pop(pile) {
    const top = this.piles[pile];
    if (top === null) throw new Error('there is no disk to take');
    this.piles[pile] = top.below;
    top.below = null;
    return top;
  }
}

export function benchmark() {
  const towers = new Towers();
  for (let size = 13; size > 0; size--) towers.push(new Disk(size), 0);
  towers.move(13, 0, 1);
  return towers;
}

export const verify = ({ moves, piles }) => moves === 8191 && piles[0] === null && piles[1].height() === 13;
