// What a running image needs of a page: the built folder by fetch, standard streams as callbacks,
// pauses. The same messages as platform_node.mjs.
import { HostError } from './errors.mjs';

const kSliceMilliseconds = 8;
const kLongestPause = 2 ** 31 - 1;

// Calls `tell` with the text of each complete line.
class LineStream {
  #decoder = new TextDecoder();
  #pending = '';
  #tell;

  constructor(tell) {
    this.#tell = tell;
  }

  write(bytes) {
    const lines = (this.#pending + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#pending = lines.pop();
    for (const line of lines) this.#tell(line);
    return bytes.length;
  }

  flush() {}
}

export class BrowserPlatform {
  sliceMilliseconds = kSliceMilliseconds;
  #base;
  #turn = new MessageChannel();   // setTimeout waits for at least four milliseconds

  // onOutput, onError: told of each line that the image writes
  constructor(base, { onOutput = (line) => console.log(line), onError = (line) => console.error(line) } = {}) {
    this.#base = base;
    this.standardStreams = {
      input: { read: () => 0 },
      output: new LineStream(onOutput),
      error: new LineStream(onError),
    };
  }

  async #fetch(name) {
    const url = new URL(name, this.#base);
    const response = await fetch(url);
    if (!response.ok) throw new HostError(`cannot load ${url}: ${response.status} ${response.statusText}`);
    return response;
  }

  async readBytes(name) {
    return new Uint8Array(await (await this.#fetch(name)).arrayBuffer());
  }

  async readJson(name) {
    return (await this.#fetch(name)).json();
  }

  // Compiles while loading where the server names the type as it should.
  async compile(name) {
    const response = await this.#fetch(name);
    if (response.headers.get('content-type')?.startsWith('application/wasm')) {
      return WebAssembly.compileStreaming(response);
    }
    return WebAssembly.compile(await response.arrayBuffer());
  }

  // Reading must not wait in the image, so the file is loaded before it starts.
  async fileReader(name) {
    const bytes = await this.readBytes(name);
    return () => bytes;
  }

  environment() {
    return null;
  }

  // Milliseconds 0: let the page do what it has to do. An aborted signal ends the pause.
  async pause(milliseconds, signal) {
    await new Promise((resolve) => {
      if (milliseconds <= 0) {
        this.#turn.port1.onmessage = resolve;
        this.#turn.port2.postMessage(null);
        return;
      }
      const timer = setTimeout(resolve, Math.min(milliseconds, kLongestPause));
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      }, { once: true });
    });
  }

  report(message) {
    console.warn(`stwasm: ${message}`);
  }
}
