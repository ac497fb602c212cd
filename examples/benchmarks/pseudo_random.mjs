// Numbers from 0 to 65535 that look random and are the same in every run.
export class PseudoRandom {
  #seed = 74755;

  next() {
    this.#seed = (this.#seed * 1309 + 13849) & 65535;
    return this.#seed;
  }
}
