// A WebSocket of an image, which speaks the protocol itself (RFC 6455), over the browser's own: its handshake is
// answered, its frames become messages and messages frames.
import { decode, encode } from './transfer.mjs';

const kOpcode = Object.freeze({ continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 });
const kFinal = 0x80;
const kMasked = 0x80;
const kAcceptSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function frame(opcode, payload) {
  const { length } = payload;
  const head = length < 126 ? [length] : length < 65536 ? [126, length >> 8, length & 255]
    : [127, 0, 0, 0, 0, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  const bytes = new Uint8Array(1 + head.length + length);
  bytes.set([kFinal | opcode, ...head]);
  bytes.set(payload, 1 + head.length);
  return bytes;
}

// The frame that the bytes begin with: { opcode, isFinal, payload, size }; null when there is more to come.
function parseFrame(bytes) {
  if (bytes.length < 2) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = bytes[1] & 0x7f;
  const lengthSize = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskSize = bytes[1] & kMasked ? 4 : 0;
  const start = 2 + lengthSize + maskSize;
  if (bytes.length < start) return null;
  const length = lengthSize === 0 ? short : lengthSize === 2 ? view.getUint16(2) : Number(view.getBigUint64(2));
  if (bytes.length < start + length) return null;
  const payload = bytes.slice(start, start + length);
  if (maskSize > 0) payload.forEach((byte, i) => {
    payload[i] = byte ^ bytes[start - 4 + (i & 3)];
  });
  return { opcode: bytes[0] & 15, isFinal: (bytes[0] & kFinal) !== 0, payload, size: start + length };
}

function join(first, second) {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

export class WebSocketConnection {
  #socket;
  #webSocket;
  #bytes = new Uint8Array(0);
  #message = { opcode: 0, payload: new Uint8Array(0) };

  constructor(origin, { path, headers }, socket, { WebSocket }) {
    this.#socket = socket;
    const protocols = headers.get('sec-websocket-protocol')?.split(/\s*,\s*/) ?? [];
    this.#webSocket = new WebSocket(new URL(path, origin.replace(/^http/, 'ws')).href, protocols);
    this.#webSocket.binaryType = 'arraybuffer';
    this.#webSocket.onopen = () => this.#accept(headers.get('sec-websocket-key') ?? '');
    this.#webSocket.onmessage = ({ data }) => socket.deliver(typeof data === 'string'
      ? frame(kOpcode.text, encode(data)) : frame(kOpcode.binary, new Uint8Array(data)));
    this.#webSocket.onclose = ({ code }) => {
      socket.deliver(frame(kOpcode.close, Uint8Array.of(code >> 8, code & 255)));
      socket.ended();
    };
  }

  async #accept(key) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', encode(key + kAcceptSuffix)));
    const lines = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: Upgrade',
      `sec-websocket-accept: ${btoa(String.fromCharCode(...digest))}`];
    if (this.#webSocket.protocol) lines.push(`sec-websocket-protocol: ${this.#webSocket.protocol}`);
    this.#socket.deliver(encode(`${lines.join('\r\n')}\r\n\r\n`));
  }

  send(bytes) {
    this.#bytes = join(this.#bytes, bytes);
    for (let next = parseFrame(this.#bytes); next !== null; next = parseFrame(this.#bytes)) {
      this.#bytes = this.#bytes.slice(next.size);
      this.#take(next);
    }
  }

  #take({ opcode, isFinal, payload }) {
    if (opcode === kOpcode.close) this.end();
    else if (opcode === kOpcode.ping) this.#socket.deliver(frame(kOpcode.pong, payload));
    if (opcode > kOpcode.binary) return;
    this.#message = opcode === kOpcode.continuation
      ? { ...this.#message, payload: join(this.#message.payload, payload) } : { opcode, payload };
    if (!isFinal || this.#webSocket.readyState !== 1) return;
    this.#webSocket.send(this.#message.opcode === kOpcode.text ? decode(this.#message.payload) : this.#message.payload);
  }

  end() {
    this.#webSocket.close();
  }
}
