// The engine's stack trace of an error, read as frames of the module: for the activations that were native when a trap or
// an error of the host ended them. Engines tell a function by its index or, in a build with names, by its name.
import { decode } from './transfer.mjs';

const kNamePointer = 0;
const kWholeMethod = -1;   // a part of a method; others are keys of entries (types/README.md, "The heap file")
// V8 keeps so many frames of an error, if it is told to.
export const kEngineFrames = 200;

// V8 and SpiderMonkey have index and offset; JavaScriptCore has the name where the module has names, else the index.
const kIndexed = /wasm-function\[(\d+)\](?::0x([0-9a-f]+))?/;
const kNamed = /wasm-function\[([^\]]+)\]/;

// The text of an error's stack. Who asks first decides how it is written: JavaScriptCore's frames of WebAssembly have their
// names only for those who ask for each frame (Bun writes "unknown" otherwise).
function stackOf(error) {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (thrown, frames) => [thrown, ...frames].join('\n    at ');
  try {
    return String(error?.stack ?? '');
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

// [{ index, name, offset }] of the module's functions in an error's stack, youngest first; what the engine does not tell is
// null.
export function wasmFrames(error) {
  const frames = [];
  for (const line of stackOf(error).split('\n')) {
    const indexed = kIndexed.exec(line);
    const named = kNamed.exec(line);
    if (indexed) {
      frames.push({ index: Number(indexed[1]), name: nameIn(line), offset: indexed[2] ? parseInt(indexed[2], 16) : null });
    } else if (named) {
      frames.push({ index: null, name: named[1], offset: null });
    }
  }
  return frames;
}

function nameIn(line) {
  const match = /^\s*at (?:async )?(.+) \((?:wasm|https?|file):/.exec(line) ?? /^(.+?)@.*wasm-function/.exec(line);
  return match ? match[1] : null;
}

const functionIndex = (f) => Number(f.name);

// Which methods the functions of the module belong to.
export class FunctionOwners {
  #exports;
  #transfer;
  #byIndex = new Map();     // function index -> [{ id, part, isBlock }]; a CompiledBlock has an id of its own
  #byName = new Map();      // name of a method -> its id

  constructor(exports, transfer) {
    this.#exports = exports;
    this.#transfer = transfer;
    for (let id = 0; id < exports.methodCount(); id++) this.#enter(id);
  }

  #enter(id) {
    const { methodParts, methodPart, methodPartCode, methodIsBlock, codeTable } = this.#exports;
    const isBlock = methodIsBlock(id) === 1;
    for (let part = 0; part < methodParts(id); part++) {
      const code = methodPartCode(id, part);
      if (code === 0) continue;
      const index = functionIndex(codeTable.get(code));
      const owner = { id, part: methodPart(id, part), isBlock };
      if (this.#byIndex.has(index)) this.#byIndex.get(index).push(owner);
      else this.#byIndex.set(index, [owner]);
    }
    this.#byName.set(this.#nameOf(id), id);
  }

  #nameOf(id) {
    return decode(this.#transfer.bytes(kNamePointer, this.#exports.methodName(id)).slice());
  }

  isInterpreter({ index, name }) {
    return index === null ? name === 'interpret' : index === functionIndex(this.#exports.interpret);
  }

  // [{ name, isBlock, continues }] of the methods that a frame may be of: equal functions are one in an optimised module. Empty
  // for the runtime's own. `continues`: it began as a Context, at the head of a loop or behind a send.
  methodsOf({ index, name }) {
    const isNamedBlock = /@(block|full)/.test(name ?? '');
    const continues = /@(loop|resume)/.test(name ?? '');
    if (index === null) {
      const method = name.replace(/@.*$/, '').replace(/#\d+$/, '').replace('.class>>', ' class>>');
      return this.#byName.has(method) ? [{ name: method, isBlock: isNamedBlock, continues }] : [];
    }
    const isBlock = (part) => isNamedBlock || (part >= 0 && (part & 1) === 0);
    const isEntry = (part) => continues || part < kWholeMethod || (part >= 0 && (part & 1) === 1);
    return (this.#byIndex.get(index) ?? []).map((owner) => (
      { name: this.#nameOf(owner.id), isBlock: owner.isBlock || isBlock(owner.part), continues: isEntry(owner.part) }));
  }
}
