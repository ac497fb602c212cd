// One run of a program for `verify`, which stops wherever the image has nothing to do.
//
// Two runs can only be compared when nothing but the code makes a difference. So the clock that the
// image reads goes on by a fixed step each time it is read, the clock by which the runtime decides
// whether a timer is due stands still while the image runs, and both jump to the next timer when the
// image waits. Processes are therefore preempted only where they wait, yield or signal, at the same
// place in every run. What the image writes to its standard streams is kept for comparison.
import { clockImports } from './clock.mjs';
import { HostError } from './errors.mjs';
import { Machine } from './machine.mjs';
import { switchMethods } from './modes.mjs';
import { decode } from './transfer.mjs';
import { kCheckpointFile } from './verify_program.mjs';

const kStartMicroseconds = 3_900_000_000_000_000n;   // since 1901: some day in 2024
const kStepMicroseconds = 2n;   // so little that no timer is due when it is set
const kSeed = 4711;
// An image that neither waits nor ends for so long may be waiting for a timer in a loop: time goes on.
const kPatience = 60_000;
const kMostCalls = 0x7fffffff;

class FakeClock {
  deadline = Infinity;
  wentOn = false;
  #milliseconds = 1000;
  #microseconds = kStartMicroseconds;
  #since = performance.now();

  imports() {
    return {
      ...clockImports(),
      utcMicroseconds: () => (this.#microseconds += kStepMicroseconds),
      localOffsetSeconds: () => 0,
      milliseconds: () => this.#poll(),
      randomSeed: () => kSeed,
    };
  }

  #poll() {
    const now = performance.now();
    if (now > this.deadline) throw new HostError('it takes too long');
    if (now - this.#since > kPatience) {
      this.wentOn = true;
      this.advanceTo(this.#milliseconds + now - this.#since);
    }
    return this.#milliseconds;
  }

  advanceTo(milliseconds) {
    const step = Math.max(0, milliseconds - this.#milliseconds);
    this.#milliseconds += step;
    this.#microseconds += BigInt(Math.ceil(step * 1000));
    this.#since = performance.now();
  }
}

class KeptStream {
  isAtLineStart = true;
  #chunks = [];

  write(bytes) {
    this.#chunks.push(bytes.slice());
    return bytes.length;
  }

  flush() {}

  // What was written since the last time.
  take() {
    const text = this.#chunks.map(decode).join('');
    this.#chunks = [];
    return text;
  }
}

// The built folder, read and compiled once for all runs.
export class SharedFolder {
  #platform;
  #made = new Map();

  constructor(platform) {
    this.#platform = platform;
  }

  #once(kind, name) {
    const key = `${kind} ${name}`;
    if (!this.#made.has(key)) this.#made.set(key, this.#platform[kind](name));
    return this.#made.get(key);
  }

  platform(pause) {
    const output = new KeptStream();
    const error = new KeptStream();
    const ofFolder = (kind) => (name) => this.#once(kind, name);
    return {
      sliceMilliseconds: 200,
      standardStreams: { input: { read: () => 0 }, output, error },
      readBytes: ofFolder('readBytes'),
      readJson: ofFolder('readJson'),
      compile: ofFolder('compile'),
      fileReader: ofFolder('fileReader'),
      environment: () => null,
      pause,
      report: (message) => error.write(new TextEncoder().encode(`${message}\n`)),
    };
  }
}

export class Session {
  exports = null;
  transfer = null;
  #clock = new FakeClock();
  #machine;
  #streams;
  #wake = null;      // lets the image go on
  #stopped = null;   // tells who waits for the next stop
  #lastNumber = 0;
  #stopAfter = null;

  // The pc behind the send at which the run went over to the interpreter; null before.
  stopPc = null;

  // prepare(exports, transfer) is called between loading and start.
  constructor(shared, source, prepare) {
    const platform = shared.platform(() => this.#pause());
    this.#streams = platform.standardStreams;
    this.#machine = new Machine(platform, {
      evaluate: source,
      clock: this.#clock.imports(),
      repeatable: true,
      sliceOver: () => this.#sliceOver(),
      prepare: (exports, transfer) => {
        this.exports = exports;
        this.transfer = transfer;
        prepare(exports, transfer);
        if (this.#stopAfter !== null) exports.callsUntilStop.value = this.#stopAfter;
      },
    });
  }

  get hasUnsteadyClock() {
    return this.#clock.wentOn;
  }

  // Goes on to the next stop: { kind, value, output }. Kinds: 'idle' (some process waits for time),
  // 'statement' (with the statement's number), 'end', 'trap'. After the last two there is nothing more.
  async next(limitMilliseconds = Infinity) {
    this.#clock.deadline = performance.now() + limitMilliseconds;
    const stop = new Promise((resolve) => { this.#stopped = resolve; });
    if (this.#wake) this.#wake();
    else this.#start();
    return stop;
  }

  async #start() {
    try {
      await this.#machine.load();
      const exitCode = await this.#machine.run();
      const { value, error } = this.#machine.evaluationResult();
      this.#stop({ kind: 'end', value: `${decode(value ?? error ?? new Uint8Array())} (exit code ${exitCode})` });
    } catch (error) {
      this.#stop({ kind: 'trap', value: error.message });
    }
  }

  #stop(what) {
    this.#stopped({ ...what, output: this.#streams.output.take() + this.#streams.error.take() });
  }

  // The image waits: a stop, then time jumps to its next timer.
  async #pause() {
    const goOn = new Promise((resolve) => { this.#wake = resolve; });
    this.#stop(this.#checkpoint() ?? { kind: 'idle', value: '' });
    await goOn;
    const wakeTime = this.exports.wakeTime.value;
    if (wakeTime === Infinity) throw new HostError('the image waits for ever');
    this.#clock.advanceTo(wakeTime);
  }

  // From the call of that number on (0: the first), which native code makes of interpreted code, everything is interpreted.
  interpretFromCall(number) {
    this.#stopAfter = number;
  }

  // How many such calls there have been.
  get nativeCalls() {
    return kMostCalls - this.exports.callsUntilStop.value;
  }

  countCalls() {
    this.#stopAfter = kMostCalls;
  }

  #sliceOver() {
    if (this.#stopAfter === null || this.exports.callsUntilStop.value >= 0) return;
    this.#stopAfter = null;
    this.stopPc = this.exports.callerPc();
    switchMethods(this.exports, new Array(this.exports.methodCount()).fill(0));
  }

  #checkpoint() {
    const bytes = this.#machine.files.readFile(kCheckpointFile);
    const [, number, value] = /^(\d+)\t([^]*)$/.exec(decode(bytes ?? new Uint8Array())) ?? [];
    if (number === undefined || Number(number) === this.#lastNumber) return null;
    this.#lastNumber = Number(number);
    return { kind: 'statement', number: this.#lastNumber, value };
  }

  // One digest per reachable object, in the order of a walk (runtime-wat/structure.wat).
  structure() {
    const count = this.exports.takeStructure();
    return Int32Array.from({ length: count }, (_, index) => this.exports.structureDigest(index));
  }

  objectName(index) {
    return decode(this.transfer.bytes(0, this.exports.structureName(index))).trim();
  }

  endStructure() {
    this.exports.endStructure();
  }
}
