// Standard input, output and error of a Node process, read and written at once, as a virtual machine
// does. Only for Node.
import fs from 'node:fs';
import { isatty } from 'node:tty';

const kBufferSize = 1 << 16;
const kNewline = 10;

const pauseCell = new Int32Array(new SharedArrayBuffer(4));
const sleep = (milliseconds) => Atomics.wait(pauseCell, 0, 0, milliseconds);

// A pipe or terminal may be set to non-blocking by whoever shares it.
function retrying(action) {
  for (let wait = 1; ; wait = Math.min(2 * wait, 50)) {
    try {
      return action();
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      sleep(wait);
    }
  }
}

// A reader that has gone away (`... | head -1`) ends the process, as the signal would.
const kBrokenPipeExitCode = 141;

function writeAll(descriptor, bytes) {
  try {
    for (let done = 0; done < bytes.length;) {
      done += retrying(() => fs.writeSync(descriptor, bytes, done, bytes.length - done));
    }
  } catch (error) {
    if (error.code !== 'EPIPE') throw error;
    globalThis.process.exit(kBrokenPipeExitCode);
  }
}

// 1 a terminal, 2 a pipe, 3 a file; -1 a closed descriptor.
function typeOf(descriptor) {
  try {
    const stat = fs.fstatSync(descriptor);
    if (stat.isFIFO() || stat.isSocket()) return 2;
    return stat.isCharacterDevice() && isatty(descriptor) ? 1 : 3;
  } catch {
    return -1;
  }
}

// Collects what is written one character at a time, up to the end of a line.
export class OutputStream {
  #descriptor;
  #buffer = new Uint8Array(kBufferSize);
  #used = 0;
  #lastByte = kNewline;

  constructor(descriptor) {
    this.#descriptor = descriptor;
  }

  write(bytes) {
    if (bytes.length === 0) return 0;
    if (this.#used + bytes.length > kBufferSize) this.flush();
    if (bytes.length > kBufferSize) {
      writeAll(this.#descriptor, bytes);
    } else {
      this.#buffer.set(bytes, this.#used);
      this.#used += bytes.length;
    }
    this.#lastByte = bytes[bytes.length - 1];
    if (this.#lastByte === kNewline) this.flush();
    return bytes.length;
  }

  type() {
    return typeOf(this.#descriptor);
  }

  get isAtLineStart() {
    return this.#lastByte === kNewline;
  }

  flush() {
    const used = this.#used;
    this.#used = 0;
    writeAll(this.#descriptor, this.#buffer.subarray(0, used));
  }
}

export class InputStream {
  #descriptor;
  #beforeReading;

  constructor(descriptor, beforeReading) {
    this.#descriptor = descriptor;
    this.#beforeReading = beforeReading;
  }

  type() {
    return typeOf(this.#descriptor);
  }

  // Waits for at least one byte; 0 at the end.
  read(bytes) {
    this.#beforeReading();
    try {
      return retrying(() => fs.readSync(this.#descriptor, bytes, 0, bytes.length, null));
    } catch (error) {
      if (error.code === 'EOF') return 0;
      throw error;
    }
  }
}

export function nodeStandardStreams() {
  const output = new OutputStream(1);
  const error = new OutputStream(2);
  const input = new InputStream(0, () => output.flush());
  return { input, output, error };
}
