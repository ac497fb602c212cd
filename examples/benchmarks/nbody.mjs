// The sun and its four large planets, moved 20000 times by a hundredth of a day. Lengths are in astronomical units, times in years
// of 365.24 days, and the sun has the mass four times pi squared, so that the constant of gravitation is 1.
const kSunMass = 39.47841760435743;

class Body {
  constructor(x, y, z, dailyX, dailyY, dailyZ, mass) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.vx = dailyX * 365.24;
    this.vy = dailyY * 365.24;
    this.vz = dailyZ * 365.24;
    this.mass = mass * kSunMass;
  }

  attract(body, time) {
    const dx = this.x - body.x;
    const dy = this.y - body.y;
    const dz = this.z - body.z;
    const distance = dx * dx + dy * dy + dz * dz;
    const magnitude = time / (distance * Math.sqrt(distance));
    this.accelerate(dx, dy, dz, -(body.mass * magnitude));
    body.accelerate(dx, dy, dz, this.mass * magnitude);
  }

  accelerate(dx, dy, dz, factor) {
    this.vx += dx * factor;
    this.vy += dy * factor;
    this.vz += dz * factor;
  }

  move(time) {
    this.x += time * this.vx;
    this.y += time * this.vy;
    this.z += time * this.vz;
  }

  // So that the whole stays where it is.
  offsetMomentum(px, py, pz) {
    this.vx = -(px / kSunMass);
    this.vy = -(py / kSunMass);
    this.vz = -(pz / kSunMass);
  }

  kineticEnergy() {
    return 0.5 * this.mass * (this.vx * this.vx + this.vy * this.vy + this.vz * this.vz);
  }

  potentialEnergyWith(body) {
    const dx = this.x - body.x;
    const dy = this.y - body.y;
    const dz = this.z - body.z;
    return this.mass * body.mass / Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
}

const planets = () => [
  new Body(0, 0, 0, 0, 0, 0, 1),
  new Body(4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
    0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609),
  new Body(8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
    -0.00276742510726862411, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812),
  new Body(12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
    0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298),
  new Body(15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
    0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451),
];

class SolarSystem {
  bodies = planets();

  constructor() {
    let px = 0;
    let py = 0;
    let pz = 0;
    for (const body of this.bodies) {
      px += body.vx * body.mass;
      py += body.vy * body.mass;
      pz += body.vz * body.mass;
    }
    this.bodies[0].offsetMomentum(px, py, pz);
  }

  advance(time) {
    const { bodies } = this;
    for (let i = 0; i < bodies.length; i++) {
      for (let j = i + 1; j < bodies.length; j++) bodies[i].attract(bodies[j], time);
    }
    for (const body of bodies) body.move(time);
  }

  energy() {
    const { bodies } = this;
    let energy = 0;
    for (let i = 0; i < bodies.length; i++) {
      energy += bodies[i].kineticEnergy();
      for (let j = i + 1; j < bodies.length; j++) energy -= bodies[i].potentialEnergyWith(bodies[j]);
    }
    return energy;
  }
}

function energyAfter(count) {
  const system = new SolarSystem();
  for (let step = 0; step < count; step++) system.advance(0.01);
  return system.energy();
}

export const benchmark = () => energyAfter(20000);

// Energy stays what it was, nearly; what it is after one step and after a thousand is known.
export const verify = (result) => Math.abs(result + 0.1690) < 0.0002 && energyAfter(1) === -0.16907495402506745 &&
  Math.round(energyAfter(1000) * 1e9) === -169087605;
