// A small world of objects and the heap file (types/README.md) that holds it: classes with method dictionaries, special
// objects, one object of each shape. For tests of the loader and of everything that needs classes.

const shapeNumber = { fixed: 0, indexed: 1, weak: 2, bytes: 3, shorts: 4, words: 5, doubleWords: 6, float: 7, method: 8,
  context: 9, closure: 10, ephemeron: 11 };
const unitSize = { bytes: 1, shorts: 2, words: 4, doubleWords: 8, float: 1 };

// Formats of classes: Spur's instance specifications.
const formats = { zero: 0, fixed: 1, indexed: 2, both: 3, weak: 4, ephemeron: 5, doubleWords: 9, words: 10, shorts: 12, bytes: 16,
  method: 24, immediate: 7 };

export class Reference {
  constructor(number) { this.number = number; }
}
export const nil = new Reference(0);
export const falseObject = new Reference(1);
export const trueObject = new Reference(2);
export const character = (codePoint) => ({ codePoint });

function refBits(value) {
  if (typeof value === 'number') return (value << 1 | 1) >>> 0;
  if (value instanceof Reference) return value.number << 2;
  return (value.codePoint << 2 | 2) >>> 0;
}

export class World {
  objects = [];
  classTable = [];
  literals = [];
  selectors = [];
  methods = [];
  entries = [];
  #symbols = new Map();
  #classes = new Map();
  #hash = 1000;

  constructor() {
    for (const name of ['UndefinedObject', 'False', 'True']) this.add({ shape: 'fixed', className: name, refs: [] });
    this.#makeClasses();
    this.#makeSpecialObjects();
  }

  add(object) {
    this.objects.push(object);
    return new Reference(this.objects.length - 1);
  }

  // The object as a record: its refs and data may still be changed.
  record(reference) { return this.objects[reference.number]; }
  classNamed(name) { return this.#classes.get(name); }
  indexOf(name) { return this.record(this.classNamed(name)).hash; }

  defineClass(name, superclass, kind, slots = 0) {
    const index = this.classTable.length;
    const made = this.add({ shape: 'fixed', className: 'Class', hash: index,
      refs: [superclass === null ? nil : this.classNamed(superclass), nil, formats[kind] << 16 | slots, nil] });
    this.#classes.set(name, made);
    this.classTable.push(made);
    return made;
  }

  symbol(text) {
    if (!this.#symbols.has(text)) {
      this.#symbols.set(text, this.add({ shape: 'bytes', className: 'Symbol', hash: this.#hash += 7,
        data: [...text].map((letter) => letter.charCodeAt(0)) }));
    }
    return this.#symbols.get(text);
  }

  // A method in a class; `code` are V3PlusClosures bytecodes, a primitive number gets its callPrimitive in front.
  defineMethod(className, selector, { args = 0, temps = args, primitive = 0, literals = [], code = [0x78] } = {}) {
    const header = literals.length | (primitive ? 0x10000 : 0) | temps << 18 | args << 24;
    const bytes = primitive ? [139, primitive & 255, primitive >> 8, ...code] : code;
    const method = this.add({ shape: 'method', className: 'CompiledMethod', refs: [header, ...literals], data: bytes });
    this.install(className, selector, method);
    return method;
  }

  install(className, selector, method) {
    const owner = this.record(this.classNamed(className));
    owner.methods ??= new Map();
    owner.methods.set(this.symbol(selector), method);
  }

  array(...refs) { return this.add({ shape: 'indexed', className: 'Array', refs }); }
  string(text) {
    return this.add({ shape: 'bytes', className: 'String', data: [...text].map((letter) => letter.charCodeAt(0)) });
  }

  #makeClasses() {
    this.classTable.push(nil);
    this.defineClass('Object', null, 'zero');
    for (const [name, kind, slots] of [['UndefinedObject', 'zero'], ['False', 'zero'], ['True', 'zero'],
      ['SmallInteger', 'immediate'], ['Character', 'immediate'], ['String', 'bytes'], ['Array', 'indexed'],
      ['Float', 'words'], ['Context', 'both', 6], ['BlockClosure', 'both', 3], ['Point', 'fixed', 2],
      ['LargePositiveInteger', 'bytes'], ['LargeNegativeInteger', 'bytes'], ['Message', 'fixed', 3],
      ['CompiledMethod', 'method'], ['Semaphore', 'fixed', 3], ['ByteArray', 'bytes'], ['Process', 'fixed', 4],
      ['Bitmap', 'words'], ['Class', 'fixed', 4], ['MethodDictionary', 'both', 2], ['Association', 'fixed', 2],
      ['WeakArray', 'weak'], ['ShortArray', 'shorts'], ['DoubleWordArray', 'doubleWords'], ['Wide', 'fixed', 50],
      ['Tagged', 'both', 1], ['Ephemeron', 'ephemeron', 2], ['WideEphemeron', 'ephemeron', 45]])
       this.defineClass(name, 'Object', kind, slots);
    this.defineClass('Symbol', 'String', 'bytes');
    this.defineClass('Point3', 'Point', 'fixed', 3);
  }

  #makeSpecialObjects() {
    const special = Array.from({ length: 56 }, () => nil);
    const classes = { 4: 'Bitmap', 5: 'SmallInteger', 6: 'String', 7: 'Array', 9: 'Float', 10: 'Context', 12: 'Point',
      13: 'LargePositiveInteger', 15: 'Message', 16: 'CompiledMethod', 18: 'Semaphore', 19: 'Character', 26: 'ByteArray',
      27: 'Process', 36: 'BlockClosure', 42: 'LargeNegativeInteger' };
    for (const [index, name] of Object.entries(classes)) special[index] = this.classNamed(name);
    special[1] = falseObject;
    special[2] = trueObject;
    const selectors = { 20: 'doesNotUnderstand:', 21: 'cannotReturn:', 25: 'mustBeBoolean', 48: 'aboutToReturn:through:',
      49: 'run:with:in:' };
    for (const [index, text] of Object.entries(selectors)) special[index] = this.symbol(text);
    const sends = ['+', '-', '<', '>', '<=', '>=', '=', '~=', '*', '/', '\\\\', '@', 'bitShift:', '//', 'bitAnd:', 'bitOr:',
      'at:', 'at:put:', 'size', 'next', 'nextPut:', 'atEnd', '==', 'class', 'blockCopy:', 'value', 'value:', 'do:', 'new',
      'new:', 'x', 'y'];
    special[23] = this.array(...sends.flatMap((text) => [this.symbol(text), 0]));
    special[51] = this.array(nil, this.symbol('bad receiver'), this.symbol('bad argument'), this.symbol('bad index'),
      nil, nil, nil, nil, nil, this.symbol('not found'));
    this.specialObjects = this.array(...special);
  }

  // MethodDictionaries come last: their places depend on the Symbols' hashes.
  #makeDictionaries() {
    for (const [name, reference] of this.#classes) {
      const owner = this.record(reference);
      if (owner.methods === undefined) continue;
      const size = 2 ** Math.ceil(Math.log2(owner.methods.size * 2 + 1));
      const keys = Array.from({ length: size }, () => nil);
      const values = [...keys];
      for (const [symbol, method] of owner.methods) {
        let at = this.record(symbol).hash % size;
        while (keys[at] !== nil) at = (at + 1) % size;
        keys[at] = symbol;
        values[at] = method;
      }
      owner.refs[1] = this.add({ shape: 'indexed', className: 'MethodDictionary', struct: 2,
        refs: [owner.methods.size, this.array(...values), ...keys], comment: name });
    }
  }

  // The bytes of the heap file.
  write() {
    this.#makeDictionaries();
    const words = Array.from({ length: 32 }, () => 0);
    const payload = this.objects.map((object) => this.#payload(object));
    words[3] = 4 * words.length;
    this.objects.forEach((object, number) => words.push(
      shapeNumber[object.shape] | (object.struct ?? (object.shape === 'fixed' ? object.refs.length : 0)) << 8,
      object.classIndex ?? this.indexOf(object.className), object.hash ?? 0, payload[number].size));
    words[4] = 4 * words.length;
    for (const { content } of payload) for (const word of content) words.push(word);
    const table = (field, count, content) => {
      words[field] = count;
      words[field + 1] = 4 * words.length;
      words.push(...content);
    };
    table(6, this.classTable.length, this.classTable.map(refBits));
    table(8, this.literals.length, this.literals.map(refBits));
    table(10, this.selectors.length, this.selectors.map((text) => refBits(this.symbol(text))));
    table(12, this.methods.length, this.methods.flatMap(({ method, code, shape }) => [method.number, code, shape]));
    table(14, this.entries.length, this.entries.flat());
    words.splice(0, 3, 0x48575453, 1, this.objects.length);
    words[5] = refBits(this.specialObjects);
    words[16] = 6521;
    words[17] = 4;
    words[20] = 12345;
    words[21] = 4 * words.length;
    return new Uint8Array(new Uint32Array(words).buffer);
  }

  #payload(object) {
    if (object.shape === 'method') {
      const content = [object.refs.length, ...object.refs.map(refBits), object.data.length,
        ...packed(object.data, 1)];
      return { size: content.length, content };
    }
    if (object.data) {
      const unit = unitSize[object.shape];
      return { size: object.data.length, content: packed(object.data, unit) };
    }
    return { size: object.refs.length, content: object.refs.map(refBits) };
  }
}

function packed(data, unit) {
  const bytes = new Uint8Array(Math.ceil(data.length * unit / 4) * 4);
  const view = new DataView(bytes.buffer);
  data.forEach((value, index) => {
    if (unit === 1) view.setUint8(index, value);
    else if (unit === 2) view.setUint16(2 * index, value, true);
    else if (unit === 4) view.setUint32(4 * index, value, true);
    else view.setBigUint64(8 * index, value, true);
  });
  return [...new Uint32Array(bytes.buffer)];
}
