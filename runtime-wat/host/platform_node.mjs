// What a running image needs of Node (or Deno): the built folder on disk, standard streams, pauses.
// Common modules reach all this through the object made here; platform_browser.mjs has the same.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { HostError } from './errors.mjs';
import { nodeStandardStreams } from './standard_streams_node.mjs';

const kSliceMilliseconds = 200;
const kLongestPause = 2 ** 31 - 1;

// V8's answer where an engine has no limit of its own.
const kUsualLimit = 2 ** 32;

// V8's heap. It has a function for collecting only once it was told to.
function v8Memory() {
  const limit = v8.getHeapStatistics?.().heap_size_limit;
  if (!limit) return null;
  let collect = null;
  return {
    limit,
    used: () => v8.getHeapStatistics().used_heap_size,
    collect() {
      if (collect === null) {
        v8.setFlagsFromString('--expose-gc');
        collect = vm.runInNewContext('gc');
      }
      collect();
    },
  };
}

// JavaScriptCore's, in Bun. The limit that Bun tells is ten times what the process uses.
function javaScriptCoreMemory({ gc }) {
  return {
    limit: Math.min(kUsualLimit, os.totalmem()),
    used: () => v8.getHeapStatistics().used_heap_size,
    collect: () => gc(true),
  };
}

// The engine's heap, where the image's objects are; null where the engine tells nothing.
const engineMemory = () => (globalThis.Bun ? javaScriptCoreMemory(globalThis.Bun) : v8Memory());

// The built folder's module, in the order of the calls: read, compiled lazily by the engine.
export class NodePlatform {
  sliceMilliseconds = kSliceMilliseconds;
  standardStreams = nodeStandardStreams();
  memory = engineMemory();
  #folder;

  constructor(folder) {
    this.#folder = folder;
  }

  async readBytes(name) {
    const file = path.join(this.#folder, name);
    try {
      const buffer = fs.readFileSync(file);
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    } catch (error) {
      throw new HostError(`cannot read ${file}: ${error.code ?? error.message}`, { cause: error });
    }
  }

  async readJson(name) {
    try {
      return JSON.parse(new TextDecoder().decode(await this.readBytes(name)));
    } catch (error) {
      if (error instanceof HostError) throw error;
      throw new HostError(`${path.join(this.#folder, name)} is no manifest: ${error.message}`, { cause: error });
    }
  }

  async compile(name) {
    const bytes = await this.readBytes(name);
    try {
      return await WebAssembly.compile(bytes);
    } catch (error) {
      throw new HostError(
        `this engine refuses ${name}: ${error.message} (Wasm GC and tail calls are needed: Node 25 or later)`,
        { cause: error });
    }
  }

  // Answers a function that reads the file when it is needed.
  async fileReader(name) {
    const file = path.join(this.#folder, name);
    return () => new Uint8Array(fs.readFileSync(file));
  }

  environment(name) {
    return globalThis.process.env[name] ?? null;
  }

  // Milliseconds 0: let the event loop turn once. An aborted signal ends the pause.
  async pause(milliseconds, signal) {
    if (milliseconds <= 0) {
      await setImmediate();
      return;
    }
    try {
      await setTimeout(Math.min(Math.ceil(milliseconds), kLongestPause), undefined, { signal });
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  }

  report(message) {
    this.standardStreams.output.flush();
    this.standardStreams.error.write(new TextEncoder().encode(`stwasm: ${message}\n`));
  }
}
