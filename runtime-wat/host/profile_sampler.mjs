// Where a run's time goes, sampled by V8: a tree of calls for the flame graph, and times by function. Only for Node.
import { Session } from 'node:inspector/promises';
import v8 from 'node:v8';

const kSamplingMicroseconds = 500;

// Frames that the engine inlines would not be seen. To be called before the module is compiled.
export function keepFrames() {
  v8.setFlagsFromString('--no-wasm-inlining');
}

export class Sampler {
  #session = new Session();

  async start() {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.setSamplingInterval', { interval: kSamplingMicroseconds });
    await this.#session.post('Profiler.start');
  }

  // V8's profile: nodes with children by id, samples with the time since the one before.
  async stop() {
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    return profile;
  }
}
