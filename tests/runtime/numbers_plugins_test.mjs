// Named primitives on bytes, words and floats against plain JavaScript.
import { createHash } from 'node:crypto';
import { randomSource } from './assemble.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { numbersModule } from './numbers_values.mjs';

const { vm, plain, bytes } = numbersModule(['argument_checks', 'sound_samples', 'primitives_misc_plugin',
  'primitives_misc_bitmaps', 'primitives_float_array', 'primitives_matrix',
  'primitives_bmp', 'primitives_crypto', 'primitives_md5', 'primitives_fft']);
const misc = (name, ...args) => vm[`primitive_MiscPrimitivePlugin_primitive${name}`](null, ...args, 0);
const floats = (name, ...args) => vm[`primitive_FloatArrayPlugin_primitive${name}`](...args, 0);
const matrix = (name, ...args) => vm[`primitive_Matrix2x3Plugin_primitive${name}`](...args, 0);
const small = (value) => vm.small(value);
const identity = bytes(Array.from({ length: 256 }, (_, i) => i));
const folded = bytes(Array.from({ length: 256 }, (_, i) => (i >= 97 && i <= 122 ? i - 32 : i)));
const fold = (list) => list.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte));
const string = (text) => bytes([...text].map((letter) => letter.charCodeAt(0)));
const randomBytes = (random, size, values = 256) => Array.from({ length: random.below(size + 1) }, () => 97 + random.below(values) & 255);

await test('string hash', () => {
  const random = randomSource(1);
  for (let i = 0; i < 500; i++) {
    const list = randomBytes(random, 40);
    const start = random.below(2 ** 28);
    const expected = list.reduce((hash, byte) => BigInt.asUintN(28, (hash + BigInt(byte)) * 1664525n), BigInt(start));
    equal(plain(misc('StringHash', bytes(list), small(start))), expected);
  }
  equal(plain(misc('StringHash', null, small(1))), 'failed');
});

await test('comparing strings', () => {
  const random = randomSource(2);
  const order = (a, b) => {
    for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? 1n : 3n;
    return a.length === b.length ? 2n : a.length < b.length ? 1n : 3n;
  };
  for (let i = 0; i < 2000; i++) {
    const [a, b] = [randomBytes(random, 6, 2), randomBytes(random, 6, 2)];
    equal(plain(misc('CompareString', bytes(a), bytes(b), identity)), order(a, b), `${a} | ${b}`);
  }
  equal(plain(misc('CompareString', string('hEllo'), string('Hello'), folded)), 2n);
  equal(plain(misc('CompareString', string('x'), string('x'), string('short'))), 'failed');
  equal(plain(vm.primitive_235(null, string('a'), string('b'), identity, 0)), 1n);
});

await test('finding in strings', () => {
  const random = randomSource(3);
  for (let i = 0; i < 3000; i++) {
    const [key, body] = [randomBytes(random, 3, 3), randomBytes(random, 12, 3)];
    const start = random.below(16) - 2;
    const text = String.fromCharCode(...body);
    const from = Math.max(start - 1, 0);
    const found = key.length ? text.indexOf(String.fromCharCode(...key), from) + 1 : 0;
    equal(plain(misc('FindSubstring', bytes(key), bytes(body), small(start), identity)), BigInt(found));
    const byte = 97 + random.below(4);
    equal(plain(misc('IndexOfAsciiInString', small(byte), bytes(body), small(start))),
      start < 1 ? 'failed' : BigInt(body.indexOf(byte, start - 1) + 1));
    const set = Array.from({ length: 256 }, (_, value) => Number(value === byte || value === 99));
    equal(plain(misc('FindFirstInString', bytes(body), bytes(set), small(start))),
      start < 1 ? 'failed' : BigInt(body.findIndex((value, at) => at >= start - 1 && set[value]) + 1));
  }
  equal(plain(misc('FindSubstring', string('LO'), string('hello'), small(1), folded)), 4n);
  equal(plain(misc('FindFirstInString', string('hello'), string('x'), small(1))), 0n);
});

await test('translating strings', () => {
  const text = string('hello, World');
  equal(vm.primitive_MiscPrimitivePlugin_primitiveTranslateStringWithTable(identity, text, small(2), small(9), folded, 0), identity);
  equalDeep(plain(text), plain(string('hELLO, WOrld')));
  for (const [start, stop] of [[0, 3], [1, 13]]) {
    equal(plain(misc('TranslateStringWithTable', text, small(start), small(stop), folded)), 'failed');
  }
  equalDeep(plain(text), plain(string('hELLO, WOrld')));
  equal(misc('TranslateStringWithTable', text, small(5), small(2), folded), null);
});

await test('8-bit samples', () => {
  const buffer = vm.words(70, 2);
  misc('Convert8BitSigned', bytes([1, 255, 128]), buffer);
  equalDeep([vm.wordAt(buffer, 0) >>> 0, vm.wordAt(buffer, 1) >>> 0], [0xff000100, 0x8000]);
  equal(plain(misc('Convert8BitSigned', bytes([1, 2, 3, 4, 5]), buffer)), 'failed');
});

const wordsOf = (list) => {
  const object = vm.words(71, list.length);
  list.forEach((word, i) => vm.wordAtPut(object, i, word | 0));
  return object;
};
const listOf = (object) => Array.from({ length: vm.wordSize(object) }, (_, i) => vm.wordAt(object, i) >>> 0);

// The run-length code as its description says.
function encode(list) {
  const result = [];
  const word = (value) => result.push(value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255);
  const number = (value) => {
    if (value <= 223) result.push(value);
    else if (value <= 7935) result.push((value >> 8) + 224, value & 255);
    else { result.push(255); word(value); }
  };
  const isByteRun = (value) => value === (value & 255) * 0x01010101;
  number(list.length);
  for (let i = 0; i < list.length;) {
    let end = i + 1;
    while (end < list.length && list[end] === list[i]) end++;
    if (isByteRun(list[i])) {
      number((end - i) * 4 + 1);
      result.push(list[i] & 255);
    } else if (end - i > 1) {
      number((end - i) * 4 + 2);
      word(list[i]);
    } else {
      while (end < list.length && list[end] !== list[end + 1]) end++;
      number((end - i) * 4 + 3);
      for (let k = i; k < end; k++) word(list[k]);
    }
    i = end;
  }
  return result;
}

await test('bitmap compression and decompression', () => {
  const random = randomSource(4);
  for (let i = 0; i < 1500; i++) {
    const list = [];
    while (list.length < random.pick([1, 20, 300])) {
      const word = random.pick([0, 0xffffffff, 0x41414141, 0x12345678, Number(random.bits(32))]);
      for (let k = random.pick([1, 1, 2, 90, random.below(3000)]); k > 0; k--) list.push(word);
    }
    const target = vm.bytes(50, list.length * 4 + 7 + Math.floor(list.length / 1984) * 3);
    const used = Number(plain(misc('CompressToByteArray', wordsOf(list), target)));
    const code = plain(target).slice(0, used);
    equalDeep(code, encode(list));
    const header = list.length <= 223 ? 1 : list.length <= 7935 ? 2 : 5;
    const back = vm.words(71, list.length);
    equal(misc('DecompressFromByteArray', back, bytes(code), small(header + 1)), null);
    equalDeep(listOf(back), list);
    if (list.length > 1) {
      equal(plain(misc('DecompressFromByteArray', vm.words(71, list.length - 1), bytes(code), small(header + 1))), 'failed');
    }
  }
  equal(plain(misc('CompressToByteArray', wordsOf([1, 2, 3]), vm.bytes(50, 18))), 'failed');
});

const view = new DataView(new ArrayBuffer(4));
const floatArray = (list) => wordsOf(list.map((value) => (view.setFloat32(0, value), view.getUint32(0))));
const floatList = (object) => listOf(object).map((word) => (view.setUint32(0, word), view.getFloat32(0)));

await test('FloatArray', () => {
  const random = randomSource(5);
  const operations = { Add: (a, b) => a + b, Sub: (a, b) => a - b, Mul: (a, b) => a * b, Div: (a, b) => a / b };
  for (let i = 0; i < 300; i++) {
    const make = () => Array.from({ length: 5 }, () => Math.fround((random.real() - 0.5) * 100));
    const [a, b, scalar] = [make(), make(), random.real() * 10 + 0.1];
    for (const [name, operation] of Object.entries(operations)) {
      const array = floatArray(a);
      equal(floats(`${name}FloatArray`, array, floatArray(b)), array);
      equalDeep(floatList(array), a.map((value, k) => Math.fround(operation(value, b[k]))));
      const other = floatArray(a);
      equal(floats(`${name}Scalar`, other, vm.float(scalar)), other);
      equalDeep(floatList(other), a.map((value) => Math.fround(name === 'Div' ? value * (1 / scalar) : operation(value, scalar))));
    }
    const dot = a.reduce((sum, value, k) => sum + value * b[k], 0);
    equal(plain(floats('DotProduct', floatArray(a), floatArray(b))), dot);
    equal(plain(floats('Sum', floatArray(a))), a.reduce((sum, value) => sum + value, 0));
    equal(plain(floats('Equal', floatArray(a), floatArray(b))), false);
    equal(plain(floats('Equal', floatArray(a), floatArray(a))), true);
    const length = Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
    equal(plain(floats('Length', floatArray(a))), length);
    const unit = floatArray(a);
    floats('Normalize', unit);
    equalDeep(floatList(unit), a.map((value) => Math.fround(value / length)));
    equal(plain(floats('At', floatArray(a), small(3))), a[2]);
    equal(plain(floats('HashArray', floatArray(a))),
      BigInt(listOf(floatArray(a)).reduce((sum, word) => (sum + word) >>> 0, 0) & 0x1fffffff));
  }
  const array = floatArray([1, 2]);
  equal(plain(floats('AtPut', array, small(2), small(7))), 7n);
  equal(plain(floats('AtPut', array, small(1), vm.float(0.1))), 0.1);
  equalDeep(floatList(array), [Math.fround(0.1), 7]);
  equal(plain(floats('AtPut', array, small(3), small(7))), 'failed');
  equal(plain(floats('At', array, small(0))), 'failed');
  equal(plain(floats('DivFloatArray', array, floatArray([1, 0]))), 'failed');
  equal(plain(floats('AddFloatArray', array, floatArray([1]))), 'failed');
  equal(plain(floats('Equal', array, floatArray([1]))), false);
  equal(plain(floats('Normalize', floatArray([0, 0]))), 'failed');
});

const point = (x, y) => vm.setFixed2(60, x, y);
const rectangle = (left, top, right, bottom) =>
  vm.setFixed2(61, point(small(left), small(top)), point(small(right), small(bottom)));

await test('Matrix2x3', () => {
  const rotation = floatArray([0, -2, 10, 2, 0, 20]);
  equalDeep(plain(matrix('TransformPoint', rotation, point(small(3), vm.float(4.5)))), { x: 1n, y: 26n });
  equalDeep(plain(matrix('InvertPoint', rotation, point(small(4), small(26)))), { x: 3n, y: 3n });
  equal(plain(matrix('InvertPoint', floatArray([0, 0, 1, 0, 0, 1]), point(small(4), small(26)))), 'failed');
  equal(plain(matrix('TransformPoint', floatArray([1e9, 0, 1, 0, 1, 1]), point(small(4), small(26)))), 'failed');
  const target = rectangle(0, 0, 0, 0);
  equal(matrix('TransformRectInto', rotation, rectangle(1, 2, 3, 5), target), target);
  equalDeep(plain(target), { x: { x: 0n, y: 22n }, y: { x: 6n, y: 26n } });
  equal(matrix('InvertRectInto', rotation, rectangle(0, 22, 6, 26), target), target);
  equalDeep(plain(target), { x: { x: 1n, y: 2n }, y: { x: 3n, y: 5n } });
  const product = floatArray([0, 0, 0, 0, 0, 0]);
  equal(matrix('ComposeMatrix', rotation, floatArray([1, 2, 3, 4, 5, 6]), product), product);
  equalDeep(floatList(product), [-8, -10, -2, 2, 4, 26]);
  equal(matrix('ComposeMatrix', product, product, product), product);
  equalDeep(floatList(product), [44, 40, -246, -8, -4, 126]);
  equal(plain(matrix('IsIdentity', floatArray([1, 0, 0, 0, 1, 0]))), true);
  equal(plain(matrix('IsIdentity', floatArray([1, 0, 5, 0, 1, 0]))), false);
  equal(plain(matrix('IsPureTranslation', floatArray([1, 0, 5, 0, 1, 0]))), true);
  equal(plain(matrix('IsPureTranslation', rotation)), false);
  equal(plain(matrix('IsIdentity', floatArray([1]))), 'failed');
});

const padding = (data) => [...data, 128, ...Array((119 - data.length % 64) % 64).fill(0)];

await test('SHA-1', () => {
  const random = randomSource(6);
  const dsa = (name, ...args) => vm[`primitive_DSAPrims_primitive${name}`](null, ...args, 0);
  for (let i = 0; i < 50; i++) {
    const data = randomBytes(random, 200);
    const padded = [...padding(data), 0, 0, 0, 0, 0, 0, data.length * 8 >> 8, data.length * 8 & 255];
    const state = wordsOf([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
    const expanded = vm.words(71, 80);
    for (let at = 0; at < padded.length; at += 64) {
      dsa('ExpandBlock', bytes(padded.slice(at, at + 64)), expanded);
      dsa('HashBlock', expanded, state);
    }
    const expected = createHash('sha1').update(Uint8Array.from(data)).digest('hex');
    equal(listOf(state).map((word) => word.toString(16).padStart(8, '0')).join(''), expected);
  }
  equal(plain(dsa('HashBlock', vm.words(71, 79), vm.words(71, 5))), 'failed');
});

await test('MD5', () => {
  const random = randomSource(7);
  for (let i = 0; i < 50; i++) {
    const data = randomBytes(random, 200);
    const padded = [...padding(data), data.length * 8 & 255, data.length * 8 >> 8, 0, 0, 0, 0, 0, 0];
    const state = bytes([...Buffer.from('0123456789abcdeffedcba9876543210', 'hex')]);
    for (let at = 0; at < padded.length; at += 64) {
      vm.primitive_MD5Plugin_primitiveProcessBufferWithState(null, bytes(padded.slice(at, at + 64)), state, 0);
    }
    equal(Buffer.from(plain(state)).toString('hex'), createHash('md5').update(Uint8Array.from(data)).digest('hex'));
  }
});

await test('FFT', () => {
  const random = randomSource(8);
  for (const levels of [2, 3, 6]) {
    const size = 1 << levels;
    const sines = floatArray(Array.from({ length: size / 4 + 1 }, (_, i) => Math.sin(2 * Math.PI * i / size)));
    const reversed = (i) => Number.parseInt([...i.toString(2).padStart(levels, '0')].reverse().join(''), 2);
    const pairs = [];
    for (let i = 0; i < size; i++) if (reversed(i) > i) pairs.push(i + 1, reversed(i) + 1);
    const [x, y] = [0, 0].map(() => Array.from({ length: size }, () => Math.fround(random.real() - 0.5)));
    const fft = vm.array(6);
    const [real, imaginary] = [floatArray(x), floatArray(y)];
    [small(levels), small(size), sines, wordsOf(pairs), real, imaginary].forEach((slot, i) => vm.slotPut(fft, i, slot));
    const near = (actual, expected) => actual.forEach((value, i) => ok(Math.abs(value - expected[i]) < 1e-5, `${actual}\n${expected}`));
    equal(vm.primitive_FFTPlugin_primitiveFFTTransformData(fft, vm.true(), 0), fft);
    const transformed = Array.from({ length: size }, (_, k) => x.reduce(([re, im], _, i) => {
      const angle = 2 * Math.PI * i * k / size;
      return [re + x[i] * Math.cos(angle) - y[i] * Math.sin(angle), im + x[i] * Math.sin(angle) + y[i] * Math.cos(angle)];
    }, [0, 0]));
    near(floatList(real), transformed.map(([re]) => re));
    near(floatList(imaginary), transformed.map(([, im]) => im));
    equal(vm.primitive_FFTPlugin_primitiveFFTTransformData(fft, vm.false(), 0), fft);
    near(floatList(real), x);
    near(floatList(imaginary), y);
    vm.slotPut(fft, 3, wordsOf([1, size + 1]));
    equal(plain(vm.primitive_FFTPlugin_primitiveFFTTransformData(fft, vm.true(), 0)), 'failed');
  }
});

await test('lines of BMP files', () => {
  const bmp = (name, ...args) => vm[`primitive_BMPReadWriterPlugin_primitive${name}24BmpLine`](null, ...args, 0);
  const random = randomSource(9);
  for (let i = 0; i < 200; i++) {
    const width = random.below(8);
    const start = random.below(3);
    const line = Array.from({ length: 3 * width + random.below(3) }, () => random.below(3) && random.below(256));
    const pixels = vm.words(71, start + width);
    equal(bmp('Read', bytes(line), pixels, small(start + 1), small(width)), null);
    for (let x = 0; x < width; x++) {
      const rgb = line[3 * x] | line[3 * x + 1] << 8 | line[3 * x + 2] << 16;
      equal(vm.wordAt(pixels, start + x) >>> 0, (0xff000000 | (rgb || 1)) >>> 0);
      if (rgb === 0) vm.wordAtPut(pixels, start + x, 0);
    }
    const back = bytes(line.map(() => 0));
    equal(bmp('Write', back, pixels, small(start + 1), small(width)), null);
    equalDeep(plain(back).slice(0, 3 * width), line.slice(0, 3 * width));
    for (const name of ['Read', 'Write']) {
      equal(plain(bmp(name, back, pixels, small(start + 2), small(width))), 'failed');
      equal(plain(bmp(name, back, pixels, small(0), small(width))), 'failed');
      equal(plain(bmp(name, back, pixels, small(1), small(-1))), 'failed');
      equal(plain(bmp(name, bytes([1, 2]), vm.words(71, 1), small(1), small(1))), 'failed');
    }
  }
});

finish();
