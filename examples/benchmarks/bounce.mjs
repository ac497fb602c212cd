// A hundred balls in a box: counts how often one hits a wall in fifty steps.
import { PseudoRandom } from './pseudo_random.mjs';

class Ball {
  constructor(random) {
    this.x = random.next() % 500;
    this.y = random.next() % 500;
    this.xVelocity = random.next() % 300 - 150;
    this.yVelocity = random.next() % 300 - 150;
  }

  // Did it hit a wall?
  move() {
    let bounced = false;
    this.x += this.xVelocity;
    this.y += this.yVelocity;
    if (this.x > 500) { this.x = 500; this.xVelocity = -Math.abs(this.xVelocity); bounced = true; }
    if (this.x < 0) { this.x = 0; this.xVelocity = Math.abs(this.xVelocity); bounced = true; }
    if (this.y > 500) { this.y = 500; this.yVelocity = -Math.abs(this.yVelocity); bounced = true; }
    if (this.y < 0) { this.y = 0; this.yVelocity = Math.abs(this.yVelocity); bounced = true; }
    return bounced;
  }
}

export function benchmark() {
  const random = new PseudoRandom();
  const balls = Array.from({ length: 100 }, () => new Ball(random));
  let bounces = 0;
  for (let step = 0; step < 50; step++) {
    for (const ball of balls) if (ball.move()) bounces++;
  }
  return bounces;
}

export const verify = (result) => result === 1331;
