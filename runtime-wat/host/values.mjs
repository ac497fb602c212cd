// Values that cross between Smalltalk and JavaScript. Numbers, booleans, nil, Characters and Strings are values, Arrays
// and ByteArrays are copied; every other object keeps its identity: a Smalltalk object is one SmalltalkObject here, a
// block one function, and a JavaScript object one JavaScriptObject there. References go straight into the engine's
// heap, so that its collector frees objects on both sides, cycles through both included.
import { decode, encode, kTransferSize } from './transfer.mjs';

export const kKind = Object.freeze({
  nil: 0, smallInteger: 1, false: 2, true: 3, string: 4, bytes: 5, float: 6, integer: 7, character: 8, foreign: 9,
  array: 10, block: 11, wideString: 12, other: 13, unicodeString: 14,
});

const kMake = Object.freeze({ string: 0, bytes: 1, largePositive: 2, largeNegative: 3 });
const kForeignClass = 'JavaScriptObject';
const kUnicodeClass = 'UnicodeString';          // where an image has it, it is for texts beyond 8 bits
const kLargestSmallInteger = 2 ** 30 - 1;
// Arrays within Arrays are copied so deep; below, they keep their identity (and may contain themselves).
const kDeepestCopy = 16;

// A Smalltalk object that JavaScript holds.
export class SmalltalkObject {
  #image;

  constructor(image) {
    this.#image = image;
  }

  send(selector, ...values) {
    return this.#image.send(this, selector, ...values);
  }

  printString() {
    return this.send('printString');
  }
}

export class Values {
  #exports;
  #transfer;
  #image;
  #wrappers = new WeakMap();      // Smalltalk object -> SmalltalkObject or function
  #references = new WeakMap();    // the same in the other direction
  #foreign = new WeakMap();       // JavaScript object -> its JavaScriptObject
  #foreignClass = null;

  // image: what SmalltalkObjects send through, and functions made of blocks
  constructor(exports, transfer, image) {
    this.#exports = exports;
    this.#transfer = transfer;
    this.#image = image;
  }

  // --- from Smalltalk ---

  toJavaScript(reference, depth = 0) {
    const exports = this.#exports;
    switch (exports.valueKind(reference)) {
      case kKind.nil: return null;
      case kKind.smallInteger: return reference;
      case kKind.false: return false;
      case kKind.true: return true;
      case kKind.string: return decode(this.bytes(reference));
      case kKind.bytes: return this.bytes(reference);
      case kKind.float: return exports.valueFloat(reference);
      case kKind.integer: return this.#integer(reference);
      case kKind.character: return String.fromCodePoint(exports.valueCodePoint(reference));
      case kKind.foreign: return exports.foreignValue(reference);
      case kKind.wideString: return this.#wideString(reference);
      case kKind.unicodeString: return decode(this.bytes(exports.unicodeBytes(reference)));
      case kKind.array:
        return depth < kDeepestCopy ? this.elements(reference, depth + 1) : this.wrap(reference);
      case kKind.block: return this.#function(reference);
      default: return this.wrap(reference);
    }
  }

  // The elements of an Array, as JavaScript values.
  elements(reference, depth = 0) {
    const { valueSize, valueElement } = this.#exports;
    return Array.from({ length: valueSize(reference) }, (_, index) =>
      this.toJavaScript(valueElement(reference, index), depth));
  }

  // The same as references; none where there is no Array.
  references(reference) {
    const { valueSize, valueElement, valueKind } = this.#exports;
    if (valueKind(reference) !== kKind.array) return [];
    return Array.from({ length: valueSize(reference) }, (_, index) => valueElement(reference, index));
  }

  bytes(reference) {
    const size = this.#exports.valueSize(reference);
    const bytes = new Uint8Array(size);
    for (let start = 0; start < size; start += kTransferSize) {
      const count = Math.min(kTransferSize, size - start);
      this.#exports.valueToMemory(reference, start, count);
      bytes.set(this.#transfer.bytes(0, count), start);
    }
    return bytes;
  }

  #wideString(reference) {
    const size = this.#exports.valueSize(reference);
    const step = kTransferSize / 4;
    let text = '';
    for (let start = 0; start < size; start += step) {
      const count = Math.min(step, size - start);
      this.#exports.valueToMemory(reference, start, count);
      for (const word of this.#transfer.words(0, count)) text += String.fromCodePoint(word);
    }
    return text;
  }

  // A number where it is exact, else a BigInt.
  #integer(reference) {
    let value = 0n;
    for (const byte of this.bytes(reference).reverse()) value = (value << 8n) | BigInt(byte);
    if (this.#exports.isNegative(reference)) value = -value;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  // The SmalltalkObject for any object.
  wrap(reference) {
    let wrapper = this.#wrappers.get(reference);
    if (wrapper === undefined) {
      wrapper = new SmalltalkObject(this.#image);
      this.#keep(reference, wrapper);
    }
    return wrapper;
  }

  // A function that evaluates the block in a Process of its own and answers a promise of its value.
  #function(reference) {
    let wrapper = this.#wrappers.get(reference);
    if (wrapper === undefined) {
      const count = this.#exports.valueSize(reference);
      const image = this.#image;
      wrapper = (...values) => image.callBlock(wrapper, Array.from({ length: count }, (_, i) => values[i]));
      this.#keep(reference, wrapper);
    }
    return wrapper;
  }

  #keep(reference, wrapper) {
    this.#wrappers.set(reference, wrapper);
    this.#references.set(wrapper, reference);
  }

  // --- to Smalltalk ---

  // copying: JavaScript's arrays and bytes become Arrays and ByteArrays
  toSmalltalk(value, { copying = false, depth = 0 } = {}) {
    switch (typeof value) {
      case 'undefined': return null;
      case 'boolean': return this.#exports.makeBoolean(value ? 1 : 0);
      case 'number': return this.#number(value);
      case 'bigint': return this.#bigInteger(value);
      case 'string': return this.string(value);
      case 'symbol': return this.string(String(value));
      default:
    }
    if (value === null) return null;
    const reference = this.#references.get(value);
    if (reference !== undefined) return reference;
    if (copying && depth < kDeepestCopy && Array.isArray(value)) {
      return this.array(value.map((element) => this.toSmalltalk(element, { copying, depth: depth + 1 })));
    }
    if (copying && value instanceof Uint8Array) return this.byteArray(value);
    return this.foreign(value);
  }

  #number(value) {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return this.#exports.makeFloat(value);
    if (value <= kLargestSmallInteger && value >= -kLargestSmallInteger - 1) return value;
    return this.#exports.makeInteger(BigInt(value));
  }

  #bigInteger(value) {
    if (BigInt.asIntN(64, value) === value) return this.#exports.makeInteger(value);
    const bytes = [];
    for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 255n));
    return this.#make(value < 0n ? kMake.largeNegative : kMake.largePositive, Uint8Array.from(bytes));
  }

  // One byte for each character where that is enough, else UTF-8: in the object that the image has for it, or in a String.
  string(text) {
    let narrow = true;
    for (let i = 0; narrow && i < text.length; i++) narrow = text.charCodeAt(i) < 256;
    if (narrow) return this.#make(kMake.string, Uint8Array.from(text, (character) => character.charCodeAt(0)));
    const unicodeClass = this.classNamed(kUnicodeClass);
    if (unicodeClass === null) return this.#make(kMake.string, encode(text));
    return this.#exports.makeUnicode(unicodeClass, this.byteArray(encode(text)));
  }

  byteArray(bytes) {
    return this.#make(kMake.bytes, bytes);
  }

  #make(kind, bytes) {
    const reference = this.#exports.makeBytes(kind, bytes.length);
    for (let start = 0; start < bytes.length; start += kTransferSize) {
      const part = bytes.subarray(start, start + kTransferSize);
      this.#transfer.bytes(0, part.length).set(part);
      this.#exports.valueFromMemory(reference, start, part.length);
    }
    return reference;
  }

  // An Array of references.
  array(references) {
    const array = this.#exports.makeArray(references.length);
    this.fill(array, references);
    return array;
  }

  fill(array, references) {
    references.forEach((reference, index) => this.#exports.valueSetElement(array, index, reference));
  }

  foreign(object) {
    let reference = this.#foreign.get(object);
    if (reference === undefined) {
      this.#foreignClass ??= this.classNamed(kForeignClass);
      if (this.#foreignClass === null) {
        throw new TypeError(`the image has no class ${kForeignClass}: file javascript.st in before JavaScript's objects are sent to it`);
      }
      reference = this.#exports.makeForeign(this.#foreignClass, object);
      this.#foreign.set(object, reference);
    }
    return reference;
  }

  // --- finding ---

  classNamed(name) {
    return this.#exports.classNamed(0, this.#transfer.putString(0, name));
  }

  // null when no method of that name has been sent yet
  selectorNamed(name) {
    return this.#exports.selectorNamed(0, this.#transfer.putString(0, name));
  }
}
