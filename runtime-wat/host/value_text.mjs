// A value of the image in a few words, as its printString would begin, but made without running Smalltalk: for the
// stack trace of an image that may not be able to run any more.
import { decode } from './transfer.mjs';
import { kKind } from './values.mjs';

const kLongestText = 40;
const kMostElements = 5;
const kNamePointer = 0;

export class ValueTexts {
  #exports;
  #transfer;
  #values;

  constructor(exports, transfer, values) {
    this.#exports = exports;
    this.#transfer = transfer;
    this.#values = values;
  }

  of(reference, depth = 0) {
    const exports = this.#exports;
    switch (exports.valueKind(reference)) {
      case kKind.nil: return 'nil';
      case kKind.false: return 'false';
      case kKind.true: return 'true';
      case kKind.string:
      case kKind.unicodeString:
      case kKind.wideString: return this.#string(reference);
      case kKind.character: return `$${String.fromCodePoint(exports.valueCodePoint(reference))}`;
      case kKind.array: return this.#array(reference, depth);
      case kKind.float: return floatText(exports.valueFloat(reference));
      case kKind.smallInteger:
      case kKind.integer: return shortened(String(this.#values.toJavaScript(reference)));
      default: return this.#object(reference);
    }
  }

  #string(reference) {
    const isSymbol = this.#className(reference).endsWith('Symbol');
    const quoted = this.#beginning(reference).replaceAll("'", "''");
    return isSymbol ? `#${quoted}` : `'${quoted}'`;
  }

  // Not the whole of a text that may have millions of characters.
  #beginning(reference) {
    const { valueSize, valueToMemory, valueKind } = this.#exports;
    if (valueKind(reference) === kKind.unicodeString) return this.#unicodeBeginning(this.#exports.unicodeBytes(reference));
    const size = valueSize(reference);
    const count = Math.min(size, kLongestText);
    valueToMemory(reference, 0, count);
    const text = valueKind(reference) === kKind.wideString
      ? String.fromCodePoint(...this.#transfer.words(0, count))
      : decode(this.#transfer.bytes(0, count).slice());
    return size > count ? `${text}...` : text;
  }

  // Whose UTF-8 may be cut within a character.
  #unicodeBeginning(bytes) {
    const size = this.#exports.valueSize(bytes);
    const count = Math.min(size, 4 * kLongestText);
    this.#exports.valueToMemory(bytes, 0, count);
    const characters = [...new TextDecoder().decode(this.#transfer.bytes(0, count).slice(), { stream: true })];
    const text = characters.slice(0, kLongestText).join('');
    return size > count || characters.length > kLongestText ? `${text}...` : text;
  }

  #array(reference, depth) {
    const size = this.#exports.valueSize(reference);
    if (depth > 0) return size === 0 ? '#()' : 'an Array';
    const elements = Array.from({ length: Math.min(size, kMostElements) }, (_, index) =>
      this.of(this.#exports.valueElement(reference, index), depth + 1));
    return `#(${[...elements, ...(size > kMostElements ? ['...'] : [])].join(' ')})`;
  }

  #object(reference) {
    const exports = this.#exports;
    if (exports.isBehavior(reference)) return this.#name(exports.behaviorName(reference));
    const name = this.#className(reference);
    return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
  }

  #className(reference) {
    return this.#name(this.#exports.classNameOf(reference));
  }

  #name(length) {
    return decode(this.#transfer.bytes(kNamePointer, length).slice());
  }
}

function shortened(text) {
  return text.length > kLongestText ? `${text.slice(0, kLongestText)}...` : text;
}

// Smalltalk writes a Float with a decimal point.
function floatText(value) {
  const text = Number.isFinite(value) ? String(value) : String(value).replace('NaN', 'nan').replace('Infinity', 'infinity');
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
