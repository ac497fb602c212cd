// Collision detection: flies a hundred aircraft in pairs for two hundred frames and counts where two of them come too near to each
// other.
import { RedBlackTree } from './red_black_tree.mjs';

class Vector {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  plus(other) {
    return new Vector(this.x + other.x, this.y + other.y, this.z + other.z);
  }

  minus(other) {
    return new Vector(this.x - other.x, this.y - other.y, this.z - other.z);
  }

  times(factor) {
    return new Vector(this.x * factor, this.y * factor, this.z * factor);
  }

  dot(other) {
    return this.x * other.x + this.y * other.y + this.z * other.z;
  }

  squaredLength() {
    return this.dot(this);
  }

  compareTo(other) {
    const order = this.x - other.x;
    return order === 0 ? this.y - other.y : order;
  }
}

class CallSign {
  constructor(number) {
    this.number = number;
  }

  compareTo(other) {
    return this.number - other.number;
  }
}

const newTree = () => new RedBlackTree((one, other) => one.compareTo(other));
const isBetween = (value, low, high) => value >= low && value <= high;

// The flight of an aircraft from one frame to the next, on a straight line.
class Motion {
  constructor(start, stop) {
    this.start = start;
    this.stop = stop;
  }

  delta() {
    return this.stop.minus(this.start);
  }

  // Do both come nearer to each other than 1? The square of their distance is a quadratic function of the time, from 0 to 1.
  collidesWith(other) {
    const speed = other.delta().minus(this.delta());
    const distance = other.start.minus(this.start);
    const a = speed.squaredLength();
    if (a === 0) return distance.squaredLength() <= 1;
    const b = 2 * distance.dot(speed);
    const c = distance.squaredLength() - 1;
    const discriminant = b * b - 4 * a * c;
    if (discriminant < 0) return false;
    const root = Math.sqrt(discriminant);
    const first = (-b - root) / (2 * a);
    const last = (-b + root) / (2 * a);
    if (first > 1 || last < 0) return false;
    const time = Math.max(first, 0);
    return this.isInside(this.start.plus(this.delta().times(time)).plus(other.start.plus(other.delta().times(time))).times(0.5));
  }

  isInside(point) {
    return isBetween(point.x, 0, 1000) && isBetween(point.y, 0, 1000) && isBetween(point.z, 0, 10);
  }
}

function edge(value) {
  const result = 2 * Math.trunc(value / 2);
  return value < 0 ? result - 2 : result;
}

// First and last time between an edge and the next one, with half a unit to spare; null if there is none.
function timesOver(start, stop, low) {
  const speed = stop - start;
  if (speed === 0) return isBetween(start, low - 0.5, low + 2.5) ? [0, 1] : null;
  const first = (low - 0.5 - start) / speed;
  const last = (low + 2.5 - start) / speed;
  const times = speed > 0 ? [first, last] : [last, first];
  return times[0] <= 1 && times[1] >= 0 ? times : null;
}

function touches(motion, square) {
  if (!isBetween(square.x, 0, 1000) || !isBetween(square.y, 0, 1000)) return false;
  const columns = timesOver(motion.start.x, motion.stop.x, square.x);
  if (columns === null) return false;
  const rows = timesOver(motion.start.y, motion.stop.y, square.y);
  return rows !== null && columns[0] <= rows[1] && rows[0] <= columns[1];
}

// Remembers where the aircraft were in the last frame. Seen from above, space is divided into squares of side 2; only aircraft that
// touch the same square are compared.
class CollisionDetector {
  positions = newTree();

  collisionsIn(frame) {
    const squares = newTree();
    for (const { sign, position } of frame) {
      const old = this.positions.put(new CallSign(sign), position);
      const motion = new Motion(old ?? position, position);
      this.spread(motion, new Vector(edge(motion.start.x), edge(motion.start.y), 0), newTree(), squares);
    }
    let count = 0;
    squares.forEach((square, motions) => { count += this.collisionsAmong(motions); });
    return count;
  }

  collisionsAmong(motions) {
    let count = 0;
    for (let one = 0; one < motions.length; one++) {
      for (let other = one + 1; other < motions.length; other++) {
        if (motions[one].collidesWith(motions[other])) count++;
      }
    }
    return count;
  }

  // Enters the motion into this square and all around it that it touches.
  spread(motion, square, seen, squares) {
    if (!touches(motion, square)) return;
    if (seen.put(square, true) !== null) return;
    let motions = squares.get(square);
    if (motions === null) squares.put(square, motions = []);
    motions.push(motion);
    for (let dx = -2; dx <= 2; dx += 2) {
      for (let dy = -2; dy <= 2; dy += 2) {
        if (dx !== 0 || dy !== 0) this.spread(motion, new Vector(square.x + dx, square.y + dy, 0), seen, squares);
      }
    }
  }
}

// Of each pair one flies along the cosine, the other along the sine.
function frameAt(time, count) {
  const frame = [];
  for (let sign = 0; sign < count; sign += 2) {
    frame.push({ sign, position: new Vector(time, Math.cos(time) * 2 + sign * 3, 10) });
    frame.push({ sign: sign + 1, position: new Vector(time, Math.sin(time) * 2 + sign * 3, 10) });
  }
  return frame;
}

function collisionsOf(count) {
  const detector = new CollisionDetector();
  let collisions = 0;
  for (let frame = 0; frame < 200; frame++) collisions += detector.collisionsIn(frameAt(frame / 10, count));
  return collisions;
}

export const benchmark = () => collisionsOf(100);

export const verify = (result) => result === 4305 && collisionsOf(10) === 390 && collisionsOf(2) === 42;
