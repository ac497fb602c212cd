// What Smalltalk asks of JavaScript: the operations of the module JavaScript (runtime-wat/primitives_javascript.wat).
// Every JavaScript value on its way to Smalltalk passes one gate, which refuses what the permissions do not cover: so
// nothing is reached through the properties of something else.
const kInstanceOf = (name, value) => typeof globalThis[name] === 'function' && value instanceof globalThis[name];

// Names of constructors whose instances need a permission.
const kGuardedClasses = [
  ['dom', ['Window', 'EventTarget', 'Document', 'Event', 'Location', 'History', 'Navigator', 'CSSStyleSheet', 'Worker']],
  ['network', ['Request', 'Response', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'RTCPeerConnection']],
  ['storage', ['Storage', 'IDBFactory', 'IDBDatabase', 'CacheStorage', 'StorageManager', 'CookieStore']],
  ['clipboard', ['Clipboard']],
];

// Functions and objects that need one, by their global names.
const kGuardedNames = [
  ['dom', ['window', 'self', 'globalThis', 'top', 'parent', 'frames', 'document', 'navigator', 'location', 'history', 'open',
    'alert', 'confirm', 'prompt', 'Image', 'Worker', 'SharedWorker', 'postMessage', 'process']],
  ['network', ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Request', 'RTCPeerConnection']],
];

function guardedObjects() {
  const found = new Map();
  for (const [permission, names] of kGuardedNames) {
    for (const name of names) {
      const value = globalThis[name];
      if (value !== null && (typeof value === 'object' || typeof value === 'function')) found.set(value, permission);
    }
  }
  return found;
}

// What makes code of texts is refused always.
const kMakesCode = new Set([
  globalThis.eval, Function, (async () => {}).constructor, (function* () {}).constructor, (async function* () {}).constructor,
]);

export class JavaScript {
  #values;
  #exports;
  #permissions;
  #wake;
  #error = '';
  #guarded = null;         // found before the image first does something: Node loads what a name stands for when it is asked for
  #operations = [
    this.#global, this.#get, this.#put, this.#call, this.#construct, this.#typeOf, this.#asString, this.#asArray,
    this.#asByteArray, this.#await, this.#lastError, this.#make, this.#apply, this.#confirm,
  ];

  constructor(exports, values, permissions, wake) {
    this.#exports = exports;
    this.#values = values;
    this.#permissions = permissions;
    this.#wake = wake;
  }

  // The import.
  perform(operation, receiver, first, second) {
    this.#guarded ??= guardedObjects();
    try {
      return this.#operations[operation].call(this, receiver, first, second);
    } catch (error) {
      this.#error = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return this.#exports.primitiveFailed.value;
    }
  }

  // The gate.
  #admit(value) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    if (kMakesCode.has(value)) throw new Error('functions that make code are refused');
    const byName = this.#guarded.get(value);
    if (byName !== undefined) this.#demand(byName, value);
    for (const [permission, classes] of kGuardedClasses) {
      if (classes.some((name) => kInstanceOf(name, value))) this.#demand(permission, value);
    }
    return value;
  }

  // Addresses are checked where fetch, WebSocket and EventSource get them; what takes addresses later needs all of the network.
  #demand(permission, value) {
    const { fetch, WebSocket, EventSource, Response } = globalThis;
    const isChecked = [fetch, WebSocket, EventSource].includes(value) ||
      [WebSocket, EventSource, Response].some((known) => known !== undefined && value instanceof known);
    if (permission === 'network' && (isChecked ? this.#permissions.hasNetwork : this.#permissions.hasWholeNetwork)) return;
    const name = typeof value === 'function' ? value.name : value.constructor?.name;
    if (!this.#permissions.allows(permission, `${permission} ${name ?? 'object'}`)) {
      throw new Error(`refused: the permission ${permission} is not given`);
    }
  }

  #answer(value) {
    return this.#values.toSmalltalk(this.#admit(value));
  }

  #string(reference) {
    return String(this.#values.toJavaScript(reference));
  }

  #object(reference) {
    return this.#values.toJavaScript(reference);
  }

  #global(_, name) {
    const text = this.#string(name);
    if (!this.#permissions.allowsGlobal(text)) throw new Error(`refused: the permission javascript does not name ${text}`);
    return this.#answer(text === 'fetch' && this.#permissions.hasNetwork ? this.#fetch : globalThis[text]);
  }

  #get(receiver, name) {
    return this.#answer(this.#object(receiver)[this.#values.toJavaScript(name)]);
  }

  #put(receiver, name, value) {
    this.#object(receiver)[this.#values.toJavaScript(name)] = this.#values.toJavaScript(value);
    return value;
  }

  #call(receiver, name, values) {
    const object = this.#object(receiver);
    const key = this.#values.toJavaScript(name);
    const callee = key === null ? object : object[key];
    if (typeof callee !== 'function') throw new TypeError(`${key ?? 'the receiver'} is no function`);
    this.#admit(callee);
    const checked = key === 'fetch' && callee === globalThis.fetch ? this.#fetch : callee;
    return this.#answer(Reflect.apply(checked, key === null ? undefined : object, this.#values.elements(values)));
  }

  #construct(receiver, values) {
    const constructor = this.#object(receiver);
    const list = this.#values.elements(values);
    if (constructor === globalThis.WebSocket || constructor === globalThis.EventSource) this.#checkAddress(list[0]);
    return this.#answer(Reflect.construct(constructor, list));
  }

  // CodeParadise: a function by its global name; an Array comes back for an array.
  #apply(_, name, values) {
    return this.#applyGlobal(this.#string(name), values === null ? [] : this.#values.elements(values));
  }

  // A question that stands in the browser's own dialogue, until it is answered.
  #confirm(_, text) {
    return this.#applyGlobal('confirm', [this.#string(text)]);
  }

  #applyGlobal(name, list) {
    if (!this.#permissions.allowsGlobal(name)) throw new Error(`refused: the permission javascript does not name ${name}`);
    const callee = globalThis[name];
    if (typeof callee !== 'function') throw new TypeError(`${name} is no function`);
    this.#admit(callee);
    const result = this.#admit(Reflect.apply(callee === globalThis.fetch ? this.#fetch : callee, undefined, list));
    return Array.isArray(result) ? this.#arrayOf(result) : this.#values.toSmalltalk(result);
  }

  // fetch, within the origins that are granted.
  #fetch = (resource, options) => {
    this.#checkAddress(resource?.url ?? resource);
    return globalThis.fetch(resource, options);
  };

  #checkAddress(address) {
    const url = new URL(String(address), globalThis.location?.href);
    if (!this.#permissions.allowsNetwork(url.href)) throw new Error(`refused: the permission network does not name ${url.origin}`);
  }

  #typeOf(receiver) {
    return this.#values.string(typeof this.#object(receiver));
  }

  #asString(receiver) {
    return this.#values.string(String(this.#object(receiver)));
  }

  #asArray(receiver) {
    return this.#arrayOf(this.#object(receiver));
  }

  #arrayOf(iterable) {
    return this.#values.array(Array.from(iterable, (element) => this.#answer(element)));
  }

  #asByteArray(receiver) {
    const value = this.#object(receiver);
    if (ArrayBuffer.isView(value)) {
      return this.#values.byteArray(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    }
    if (value instanceof ArrayBuffer) return this.#values.byteArray(new Uint8Array(value));
    throw new TypeError('this is neither a buffer nor a view of one');
  }

  #await(receiver, semaphore, result) {
    const settle = (succeeded, value) => {
      this.#values.fill(result, [this.#exports.makeBoolean(succeeded ? 1 : 0), value]);
      this.#exports.signalSemaphore(semaphore);
      this.#wake();
    };
    const reject = (error) => settle(false, this.#values.string(String(error)));
    Promise.resolve(this.#object(receiver)).then((value) => settle(true, this.#answer(value))).catch(reject);
    return receiver;
  }

  #lastError() {
    return this.#values.string(this.#error);
  }

  #make(_, kind, value) {
    switch (this.#string(kind)) {
      case 'object': return this.#values.toSmalltalk({});
      case 'array': return this.#values.toSmalltalk(this.#values.elements(value));
      case 'bytes': return this.#values.toSmalltalk(this.#values.bytes(value));
      case 'undefined': return null;
      default: throw new TypeError('there is no such kind of object');
    }
  }
}
