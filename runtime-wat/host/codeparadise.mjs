// What CodeParadise's images ask of their host (CpSystemPlugin): WebSockets, variables of the session, the console, numbers
// as JavaScript reads and writes them.
import { kTransferSize } from './transfer.mjs';

const kNumber = /^(?:(\d+)r)?(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/;
const kNumberNames = new Map([['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]]);
const kConnecting = 0;
const kOpen = 1;
const kClosed = 3;

// The number that a text is, undefined for any other text. Other bases than ten are for integers.
function numberOf(text) {
  if (kNumberNames.has(text)) return kNumberNames.get(text);
  const match = kNumber.exec(text);
  if (!match) return undefined;
  if (match[1] === undefined) return Number(match[2]);
  const base = Number(match[1]);
  return base >= 2 && base <= 36 && /^-?\d+$/.test(match[2]) ? Number.parseInt(match[2], base) : undefined;
}

function printed(number, base) {
  return base === 10 ? String(number) : `${base}r${number.toString(base)}`;
}

// One character for another; those that become several, or more than a byte has room for, stay.
function changeCase(code, upper) {
  const text = String.fromCodePoint(code);
  const changed = [...(upper ? text.toUpperCase() : text.toLowerCase())];
  const other = changed.length === 1 ? changed[0].codePointAt(0) : code;
  return code < 256 && other > 255 ? code : other;
}

class Connection {
  #socket = null;
  #received = [];
  #outgoing = [];

  constructor(url, signal, report) {
    try {
      this.#socket = new WebSocket(url);
    } catch (error) {
      report(`no WebSocket ${url}: ${error.message}`);
      signal();
      return;
    }
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = signal;
    this.#socket.onclose = signal;
    this.#socket.onerror = () => {
      report(`WebSocket ${url} failed`);
      signal();
    };
    this.#socket.onmessage = ({ data }) => {
      this.#received.push(typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data));
      signal();
    };
  }

  get state() {
    return this.#socket?.readyState ?? kClosed;
  }

  get isAlive() {
    return this.state === kConnecting || this.state === kOpen;
  }

  get nextSize() {
    return this.#received.length > 0 ? this.#received[0].length : -1;
  }

  // The message from `at` on, as far as it fits; the last piece takes it away.
  read(at, target) {
    const piece = this.#received[0].subarray(at, at + target.length);
    target.set(piece);
    if (at + piece.length >= this.#received[0].length) this.#received.shift();
    return piece.length;
  }

  write(bytes) {
    this.#outgoing.push(bytes);
  }

  send() {
    const message = new Blob(this.#outgoing);
    this.#outgoing = [];
    if (this.state !== kOpen) return false;
    this.#socket.send(message);
    return true;
  }

  close() {
    this.#socket?.close();
  }
}

// Variables live in the page's storage, where there is a page that permits it; otherwise in memory.
function storeFor(persistent, permissions) {
  if (typeof globalThis.document !== 'undefined' && permissions.allows('storage')) {
    return persistent ? globalThis.localStorage : globalThis.sessionStorage;
  }
  const values = new Map();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}

export class CodeParadiseHost {
  #permissions;
  #platform;
  #connections = [];
  #stores = [null, null];
  #signal = () => {};

  constructor(permissions, platform) {
    this.#permissions = permissions;
    this.#platform = platform;
  }

  attach(exports, wake) {
    this.#signal = (semaphore) => {
      exports.signalExternal(semaphore);
      wake();
    };
  }

  // Whether something may still come in.
  get isAlive() {
    return this.#connections.some((connection) => connection.isAlive);
  }

  #open(url, semaphore) {
    if (!URL.canParse(url) || !this.#permissions.allowsNetwork(url)) return -1;
    const report = (message) => this.#platform.report(message);
    return this.#connections.push(new Connection(url, () => this.#signal(semaphore), report)) - 1;
  }

  #store(store) {
    return (this.#stores[store] ??= storeFor(store === 1, this.#permissions));
  }

  // Variables that nobody has set come from the environment.
  #variable(store, name) {
    return this.#store(store).getItem(name) ?? (store === 0 ? this.#platform.environment(name) : null);
  }

  #log(level, text) {
    const { output, error } = this.#platform.standardStreams;
    (level === 0 ? output : error).write(new TextEncoder().encode(`${new Date().toISOString()} ${text}\n`));
  }

  imports(transfer) {
    const connection = (handle) => this.#connections[handle];
    return {
      changeCase: (code, upper) => changeCase(code, upper !== 0),
      numberText: (number, base, pointer) => transfer.putString(pointer, printed(number, base)),
      textNumber: (pointer, length) => {
        const number = numberOf(transfer.string(pointer, length));
        if (number === undefined) return 0;
        transfer.view(0, 8).setFloat64(0, number, true);
        return 1;
      },
      consoleLine: (level, pointer, length) => this.#log(level, transfer.string(pointer, length)),
      variable: (store, pointer, length) => transfer.putString(0, this.#variable(store, transfer.string(pointer, length))),
      setVariable: (store, length, valueLength) => {
        const name = transfer.string(0, length);
        if (valueLength < 0) this.#store(store).removeItem(name);
        else this.#store(store).setItem(name, transfer.string(length, valueLength));
      },
      variableCount: () => this.#store(0).length,
      variableName: (index, pointer) => transfer.putString(pointer, this.#store(0).key(index)),
      webSocketOpen: (pointer, length, semaphore) => this.#open(transfer.string(pointer, length), semaphore),
      webSocketState: (handle) => connection(handle).state,
      webSocketMessage: (handle) => connection(handle).nextSize,
      webSocketRead: (handle, at, pointer) => connection(handle).read(at, transfer.bytes(pointer, kTransferSize - pointer)),
      webSocketWrite: (handle, pointer, count) => connection(handle).write(transfer.bytes(pointer, count).slice()),
      webSocketSend: (handle) => (connection(handle).send() ? 1 : 0),
      webSocketClose: (handle) => connection(handle).close(),
    };
  }
}
