// Strings and buffers between JavaScript and the module: views of the transfer area, bytes 0..65535
// of linear memory.

export const kTransferSize = 65536;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });

export function encode(text) {
  return encoder.encode(text);
}

// Bytes from the image: UTF-8 where they are valid UTF-8, else one character per byte.
export function decode(bytes) {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return text;
  }
}

// The memory may grow, which detaches old views; so none is kept.
export class Transfer {
  #memory = null;

  attach(memory) {
    this.#memory = memory;
  }

  bytes(pointer, length) {
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  words(pointer, count) {
    return new Int32Array(this.#memory.buffer, pointer, count);
  }

  view(pointer, length) {
    return new DataView(this.#memory.buffer, pointer, length);
  }

  string(pointer, length) {
    return decode(this.bytes(pointer, length));
  }

  // Answers the length, -1 when there is no text or it is too long.
  putString(pointer, text) {
    if (text === null || text === undefined) return -1;
    const bytes = typeof text === 'string' ? encode(text) : text;
    if (pointer + bytes.length > kTransferSize) return -1;
    this.bytes(pointer, bytes.length).set(bytes);
    return bytes.length;
  }
}
