// What a running image needs of a page: the built folder by fetch, standard streams as callbacks,
// pauses. The same messages as platform_node.mjs.
import { HostError } from './errors.mjs';
import { KeptFiles } from './kept_files.mjs';

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

  #progress;
  #sleepWhenHidden;

  // onOutput, onError: told of each line that the image writes. onProgress: (bytes loaded, bytes in all).
  // sleepWhenHidden: the image rests while nobody sees the page and no call waits for it.
  constructor(base, {
    onOutput = (line) => console.log(line), onError = (line) => console.error(line), onProgress = () => {},
    onManifest = () => {}, sleepWhenHidden = false,
  } = {}) {
    this.#base = base;
    this.#progress = { tell: onProgress, done: 0, all: 0, onManifest };
    this.#sleepWhenHidden = sleepWhenHidden;
    this.standardStreams = {
      input: { read: () => 0 },
      output: new LineStream(onOutput),
      error: new LineStream(onError),
    };
  }

  async #fetch(name, options) {
    const url = new URL(name, this.#base);
    let response;
    try {
      response = await fetch(url, options);
    } catch (error) {
      throw new HostError(`cannot load ${url}: ${error.message}`, { cause: error });
    }
    if (!response.ok) throw new HostError(`cannot load ${url}: ${response.status} ${response.statusText}`);
    return response;
  }

  // The same response, whose bytes are counted on their way.
  #counted(response) {
    if (!response.body || typeof TransformStream !== 'function') return response;
    const progress = this.#progress;
    const counter = new TransformStream({
      transform(chunk, controller) {
        progress.done += chunk.byteLength;
        if (progress.all > 0) progress.tell(Math.min(progress.done, progress.all), progress.all);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(counter), { headers: response.headers });
  }

  async readBytes(name) {
    return new Uint8Array(await this.#counted(await this.#fetch(name)).arrayBuffer());
  }

  async readJson(name) {
    const value = await (await this.#fetch(name)).json();
    this.#progress.all = (value.wasmBytes ?? 0) + (value.heapBytes ?? 0);
    this.#progress.onManifest(value);
    return value;
  }

  // Compiles while loading where the server names the type as it should. A debugger finds the source map by the
  // address of the response, which a counted one has lost.
  async compile(name, { hasSourceMap = false } = {}) {
    const fetched = await this.#fetch(name);
    const response = hasSourceMap ? fetched : this.#counted(fetched);
    if (response.headers.get('content-type')?.startsWith('application/wasm')) {
      return WebAssembly.compileStreaming(response);
    }
    return WebAssembly.compile(await response.arrayBuffer());
  }

  // The image does not wait for its sources: they come while it starts. What it reads before they are there is loaded in
  // the middle of its work, where pages allow that.
  async fileReader(name) {
    if (typeof XMLHttpRequest !== 'function') {
      const bytes = new Uint8Array(await (await this.#fetch(name)).arrayBuffer());
      return () => bytes;
    }
    let loaded = null;
    this.#fetch(name, { priority: 'low' }).then((response) => response.arrayBuffer()).then((buffer) => {
      loaded = new Uint8Array(buffer);
    }).catch(() => {});   // the reader will tell
    return () => loaded ?? this.#readNow(name);
  }

  // A window gets no binary data this way, but characters whose codes are the bytes.
  #readNow(name) {
    const request = new XMLHttpRequest();
    request.open('GET', new URL(name, this.#base), false);
    request.overrideMimeType('text/plain; charset=x-user-defined');
    request.send();
    if (request.status !== 200) throw new HostError(`cannot load ${name}: ${request.status}`);
    return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff);
  }

  // Each built folder has a store of its own.
  async keepFiles(name, folder) {
    try {
      return await KeptFiles.open(`stwasm ${name} ${new URL('.', this.#base).pathname}`, folder, (message) => this.report(message));
    } catch (error) {
      this.report(`the image's files cannot be kept here: ${error?.message ?? error}`);
      return null;
    }
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

  async untilAwake(signal) {
    if (!this.#sleepWhenHidden || !globalThis.document?.hidden) return;
    const waited = new AbortController();
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true, signal: waited.signal });
      document.addEventListener('visibilitychange', () => document.hidden || resolve(), { signal: waited.signal });
    });
    waited.abort();
  }

  report(message) {
    console.warn(`stwasm: ${message}`);
  }
}
