// Sockets as an image expects them, over what a page may do: a connection takes an HTTP request and answers with what
// fetch got, or becomes a WebSocket when the request asks for one (socket_http.mjs, socket_websocket.mjs).
import { HttpConnection } from './socket_http.mjs';

const kStatus = Object.freeze({ invalid: -1, unconnected: 0, waiting: 1, connected: 2, otherEndClosed: 3, thisEndClosed: 4 });
const kAsk = Object.freeze({ status: 0, error: 1, available: 2, sendDone: 3, remotePort: 4, remoteAddress: 5 });
const kEnd = Object.freeze({ close: 0, abort: 1, destroy: 2 });
const kRefusedError = 13;           // as the operating system's "permission denied"
// Names get addresses of a network that is not used otherwise (198.18.0.0/15 is for such things).
const kFirstAddress = (198 << 24) | (18 << 16);

const dotted = (address) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');

function addressOfDotted(text) {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? parts.reduce((sum, part) => (sum << 8) | part, 0) : 0;
}

class Socket {
  status = kStatus.unconnected;
  error = 0;
  port = 0;
  address = 0;
  #received = [];
  #signal;

  // signal: called with 'any', 'read' or 'write' when that has changed
  constructor(signal) {
    this.#signal = signal;
  }

  connect(connection) {
    this.connection = connection;
    this.status = kStatus.connected;
    this.#signal('any');
    this.#signal('write');
  }

  get available() {
    return this.#received.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  // --- what the connection tells ---

  deliver(bytes) {
    if (this.status !== kStatus.connected) return;
    this.#received.push(bytes);
    this.#signal('read');
  }

  ended() {
    if (this.status === kStatus.connected) this.status = kStatus.otherEndClosed;
    this.#signal('any');
    this.#signal('read');
  }

  // --- what the image does ---

  receive(target) {
    let count = 0;
    while (count < target.length && this.#received.length > 0) {
      const part = this.#received[0].subarray(0, target.length - count);
      target.set(part, count);
      count += part.length;
      if (part.length === this.#received[0].length) this.#received.shift();
      else this.#received[0] = this.#received[0].subarray(part.length);
    }
    return count;
  }

  send(bytes) {
    if (this.status !== kStatus.connected) return -1;
    this.connection.send(bytes.slice());
    this.#signal('write');
    return bytes.length;
  }

  end() {
    this.connection?.end();
    if (this.status > kStatus.unconnected) this.status = kStatus.thisEndClosed;
    this.#signal('any');
  }
}

export class Sockets {
  #sockets = [];
  #permissions;
  #report;
  #network;
  #signal = () => {};
  #names = new Map();               // address -> name
  #addresses = new Map();

  // network: { fetch, WebSocket }, for tests. Node loads its own when they are asked for.
  constructor(permissions, report, network = globalThis) {
    this.#permissions = permissions;
    this.#report = report;
    this.#network = network;
  }

  attach(exports, wake) {
    this.#signal = (index) => {
      if (index <= 0) return;
      exports.signalExternal(index);
      wake();
    };
  }

  addressOf(name) {
    const known = addressOfDotted(name) || this.#addresses.get(name);
    if (known) return known;
    if (!/^[\w.-]+$/.test(name)) return 0;
    const address = name === 'localhost' ? addressOfDotted('127.0.0.1') : kFirstAddress + this.#names.size + 1;
    this.#addresses.set(name, address);
    this.#names.set(address | 0, name);
    return address;
  }

  nameOf(address) {
    return this.#names.get(address | 0) ?? dotted(address);
  }

  #create(semaphore, read, write) {
    const indices = { any: semaphore, read, write };
    return this.#sockets.push(new Socket((what) => this.#signal(indices[what]))) - 1;
  }

  #connect(socket, address, port) {
    if (port <= 0 || socket.status !== kStatus.unconnected) return -1;
    const scheme = port === 443 ? 'https' : 'http';
    const origin = `${scheme}://${this.nameOf(address)}${port === 80 || port === 443 ? '' : `:${port}`}`;
    Object.assign(socket, { address, port });
    if (!this.#permissions.allowsNetwork(origin)) {
      socket.error = kRefusedError;
      return -1;
    }
    socket.connect(new HttpConnection(origin, socket, this.#network, this.#report));
    return 0;
  }

  #ask(socket, what) {
    switch (what) {
      case kAsk.status: return socket?.status ?? kStatus.invalid;
      case kAsk.error: return socket?.error ?? -1;
      case kAsk.available: return socket?.available ?? -1;
      case kAsk.sendDone: return socket?.status === kStatus.connected ? 1 : 0;
      case kAsk.remotePort: return socket?.port ?? -1;
      default: return socket?.address ?? 0;
    }
  }

  #end(handle, how) {
    const socket = this.#sockets[handle];
    if (!socket) return -1;
    socket.end();
    if (how === kEnd.destroy) this.#sockets[handle] = null;
    return 0;
  }

  imports(transfer) {
    const socketOf = (handle) => this.#sockets[handle] ?? null;
    return {
      socketCreate: (semaphore, read, write) => this.#create(semaphore, read, write),
      socketConnect: (handle, address, port) => (socketOf(handle) ? this.#connect(socketOf(handle), address, port) : -1),
      socketAsk: (handle, what) => this.#ask(socketOf(handle), what),
      socketReceive: (handle, pointer, count) => socketOf(handle)?.receive(transfer.bytes(pointer, count)) ?? -1,
      socketSend: (handle, pointer, count) => socketOf(handle)?.send(transfer.bytes(pointer, count)) ?? -1,
      socketEnd: (handle, how) => this.#end(handle, how),
      addressOf: (pointer, length) => this.addressOf(transfer.string(pointer, length)),
      nameOf: (address, pointer) => transfer.putString(pointer, this.nameOf(address)),
    };
  }
}
