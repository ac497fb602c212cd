// One HTTP connection of an image: requests as bytes in, responses as bytes out, fetch in between. A failure that fetch
// does not explain is looked into, so that a refusal across origins is named as such.
import { WebSocketConnection } from './socket_websocket.mjs';
import { decode, encode } from './transfer.mjs';

const kHeaderEnd = encode('\r\n\r\n');

// Headers that the browser makes itself.
const kOwnRequestHeaders = /^(host|connection|content-length|transfer-encoding|user-agent|accept-encoding|origin|referer|upgrade|keep-alive|expect|te|trailer|cookie|sec-.*|proxy-.*)$/i;
// What fetch has decoded already.
const kDecodedHeaders = /^(content-encoding|content-length|transfer-encoding|connection|keep-alive)$/i;

export function joinBytes(...parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => {
    bytes.set(part, at);
    return at + part.length;
  }, 0);
  return bytes;
}

function indexOf(bytes, part) {
  for (let at = bytes.indexOf(part[0]); at >= 0; at = bytes.indexOf(part[0], at + 1)) {
    if (part.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

// The request that the bytes begin with: { method, path, headers, body, size }; null when there is more to come.
export function parseRequest(bytes) {
  const end = indexOf(bytes, kHeaderEnd);
  if (end < 0) return null;
  const [line, ...lines] = decode(bytes.subarray(0, end)).split('\r\n');
  const [method, path] = line.split(' ');
  const headers = new Map(lines.map((header) => {
    const [, name, value] = /^([^:]*):\s*(.*)$/.exec(header) ?? [null, header, ''];
    return [name.toLowerCase(), value];
  }));
  const start = end + kHeaderEnd.length;
  const size = start + (Number(headers.get('content-length')) || 0);
  if (bytes.length < size) return null;
  return { method, path, headers, body: bytes.slice(start, size), size };
}

function responseBytes(status, statusText, headers, body) {
  const lines = [`HTTP/1.1 ${status} ${statusText}`, ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`, 'connection: close', '', ''];
  return joinBytes(encode(lines.join('\r\n')), body);
}

export class HttpConnection {
  #origin;
  #socket;
  #network;
  #report;
  #bytes = new Uint8Array(0);
  #webSocket = null;
  #abort = new AbortController();

  constructor(origin, socket, network, report) {
    this.#origin = origin;
    this.#socket = socket;
    this.#network = network;
    this.#report = report;
  }

  send(bytes) {
    if (this.#webSocket !== null) {
      this.#webSocket.send(bytes);
      return;
    }
    this.#bytes = joinBytes(this.#bytes, bytes);
    const request = parseRequest(this.#bytes);
    if (request === null) return;
    this.#bytes = this.#bytes.slice(request.size);
    if (request.headers.get('upgrade')?.toLowerCase() === 'websocket') {
      this.#webSocket = new WebSocketConnection(this.#origin, request, this.#socket, this.#network);
    } else {
      this.#answer(request);
    }
  }

  async #answer({ method, path, headers, body }) {
    const url = new URL(path, this.#origin);
    const own = [...headers].filter(([name]) => !kOwnRequestHeaders.test(name));
    let bytes;
    try {
      const response = await this.#network.fetch(url, {
        method, headers: own, body: body.length > 0 ? body : undefined, signal: this.#abort.signal,
      });
      const content = method === 'HEAD' ? new Uint8Array(0) : new Uint8Array(await response.arrayBuffer());
      bytes = responseBytes(response.status, response.statusText,
        [...response.headers].filter(([name]) => !kDecodedHeaders.test(name)), content);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      const problem = await this.#explain(url, error);
      this.#report(`${method} ${url}: ${problem}`);
      bytes = responseBytes(502, problem, [['content-type', 'text/plain']], encode(`${problem}\n`));
    }
    this.#socket.deliver(bytes);
    this.#socket.ended();
  }

  // A server that answers where nobody looks at the answer has refused this page, not the connection.
  async #explain(url, error) {
    try {
      await this.#network.fetch(url, { method: 'GET', mode: 'no-cors', signal: this.#abort.signal });
      return `Cross-origin request refused (CORS): ${url.origin} does not allow this page`;
    } catch {
      return `Cannot be reached: ${error.message}`;
    }
  }

  end() {
    this.#abort.abort();
    this.#webSocket?.end();
  }
}
