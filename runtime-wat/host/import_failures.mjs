// Errors of the host's own code in a function that the module imports. Thrown through the module they would destroy its frames,
// and with them what the image was doing; so the function answers something harmless, and the module leaves with its Contexts
// (runtime-wat/stop.wat) before anybody looks at the answer.

const kMathematics = new Set(Object.getOwnPropertyNames(Math).map((name) => Math[name]));

// What a primitive may be answered so that it ends soon: -1 means failure, or that there is nothing, but for these.
const kFailure = -1;
const kHarmless = new Map([['utcMicroseconds', 0n], ...[
  'changeCase', 'jpegDecode', 'jpegEncode', 'nextEvent', 'numberText', 'randomSeed', 'screenSize', 'textNumber', 'variableCount',
].map((name) => [name, 0])]);

// A loop waits for what it answers.
const kUncaught = new Set(['webSocketRead']);

export class ImportFailures {
  #stop;
  #isRunning = false;
  #isContained = false;
  error;                // the first one; undefined: there was none
  trap;                 // what happened before the module had left

  // stop: tells the module.
  constructor(stop) {
    this.#stop = stop;
  }

  // Whether the module has left as it should.
  get isContained() {
    return this.#isContained;
  }

  // The imports, as the module is to have them. Engines know the functions of Math themselves.
  caught(imports) {
    return Object.fromEntries(Object.entries(imports).map(([name, call]) => {
      const isLeft = kMathematics.has(call) || kUncaught.has(name);
      return [name, isLeft ? call : this.#catching(call, kHarmless.get(name) ?? kFailure)];
    }));
  }

  #catching(call, harmless) {
    return (...values) => {
      try {
        return call(...values);
      } catch (error) {
        if (!this.#isRunning) throw error;
        this.#keep(error);
        return harmless;
      }
    };
  }

  // Nobody is told of `undefined` that is thrown: it stands for none.
  #keep(error) {
    try {
      this.#stop();
    } catch {
      throw error;   // the engine's stack is used up
    }
    this.error ??= error ?? new Error(String(error));
  }

  // What runs the module.
  during(run) {
    this.#isRunning = true;
    try {
      const answer = run();
      if (this.error === undefined) return answer;
      this.#isContained = true;
    } catch (error) {
      if (this.error === undefined) throw error;
      this.trap = error;
    } finally {
      this.#isRunning = false;
    }
    throw this.error;
  }
}
