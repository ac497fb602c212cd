// How much memory the image may use. Between time slices the engine's heap is measured; the runtime is told what
// is left of the budget, and when that gets low, so that the image's low-space watcher can stop a runaway process.
// When nobody stops it, the run ends with a message before the engine's own limit ends it without one.
import { HostError, kExitTrap } from './errors.mjs';

const kBudget = 2 ** 30;
const kLargestSmallInteger = 2 ** 30 - 1;
// A collection that found enough room is not repeated before so many bytes more are in use; near the limit fewer.
const kStep = 2 ** 27;
const kSmallestStep = 2 ** 23;

export class MemoryWatch {
  #exports;
  #memory;
  #budget;
  #limit;
  #nextCheck;

  // memory: { used(), limit, collect() } of the platform; null where the engine tells nothing.
  constructor(exports, memory) {
    this.#exports = exports;
    this.#memory = memory;
    if (memory === null) return;
    this.#budget = Math.min(kBudget, memory.limit / 2);
    this.#limit = memory.limit * 0.8;
    this.#nextCheck = 0;
  }

  check() {
    if (this.#memory === null) return;
    let used = this.#memory.used();
    const { lowSpaceThreshold } = this.#exports;
    const isLow = () => used + lowSpaceThreshold.value > this.#budget;
    if ((isLow() || used > this.#limit) && used > this.#nextCheck) {
      this.#memory.collect();
      used = this.#memory.used();
      this.#nextCheck = used + Math.min(kStep, Math.max(kSmallestStep, (this.#limit - used) / 2));
      if (used > this.#limit) throw this.#exhausted(used);
      if (lowSpaceThreshold.value > 0 && isLow()) this.#exports.signalLowSpace();
    }
    this.#exports.bytesLeft.value = Math.min(kLargestSmallInteger, Math.max(0, this.#budget - used));
  }

  #exhausted(used) {
    return new HostError(`the image is out of memory: it uses ${Math.round(used / 2 ** 20)} MB`, { exitCode: kExitTrap });
  }
}
