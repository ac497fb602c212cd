// ZipPlugin against Node's zlib. The streams that the primitives work on are Arrays here.
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { randomSource } from './assemble.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { numbersModule } from './numbers_values.mjs';

const { vm, integer, plain, bytes } = numbersModule(['argument_checks', 'primitives_misc_bitmaps', 'sound_samples',
  'primitives_misc_plugin', 'primitives_zip_inflate', 'primitives_zip_checksums', 'primitives_zip_deflate',
  'primitives_zip_send']);
const zip = (name, ...args) => vm[`primitive_ZipPlugin_primitive${name}`](...args, 0);

const object = (...slots) => {
  const array = vm.array(slots.length);
  slots.forEach((slot, i) => vm.slotPut(array, i, typeof slot === 'number' ? vm.small(slot) : slot));
  return array;
};
const words = (list) => {
  const result = vm.words(70, list.length);
  list.forEach((word, i) => vm.wordAtPut(result, i, word | 0));
  return result;
};
const number = (value) => Number(plain(value));
const slotNumber = (stream, index) => number(vm.slot(stream, index));

// WriteStream has 4 variables, InflateStream's superclass 3.
const classOf = (...sizes) => sizes.reduce((above, size) => object(above, null, size), null);

function someData(random) {
  const text = [];
  while (text.length < random.pick([1, 40, 3000, 30000])) {
    const copy = text.length > 10 && random.below(3) === 0;
    const from = copy ? random.below(text.length - 3) : 0;
    const count = random.below(copy ? 300 : 10) + 1;
    for (let i = 0; i < count; i++) text.push(copy ? text[from + i] : random.below(256));
  }
  return Uint8Array.from(text);
}

await test('checksums', () => {
  const random = randomSource(1);
  for (let i = 0; i < 50; i++) {
    const data = someData(random);
    const from = random.below(data.length);
    const crc = number(zip('UpdateGZipCrc32', null, integer(0xffffffffn), vm.small(from + 1), vm.small(data.length), bytes(data)));
    equal((crc ^ 0xffffffff) >>> 0, crc32(data.subarray(from)));
    let [a, b] = [1, 0];
    for (const byte of data.subarray(from)) { a = (a + byte) % 65521; b = (b + a) % 65521; }
    equal(number(zip('UpdateAdler32', null, vm.small(1), vm.small(from + 1), vm.small(data.length), bytes(data))), b * 65536 + a);
  }
  equal(plain(zip('UpdateGZipCrc32', null, vm.small(0), vm.small(0), vm.small(1), bytes([1]))), 'failed');
  equal(plain(zip('UpdateGZipCrc32', null, vm.small(0), vm.small(1), vm.small(2), bytes([1]))), 'failed');
});

// The codes for these bit lengths, bit 0 first.
function codesOf(lengths) {
  const codes = [];
  let next = 0;
  for (let length = 1; length <= 15; length++, next <<= 1) {
    lengths.forEach((own, symbol) => {
      if (own !== length) return;
      codes[symbol] = Number.parseInt([...(next++).toString(2).padStart(length, '0')].reverse().join(''), 2);
    });
  }
  return codes;
}

// The tables of InflateStream: entry 0 has the number of bits of the first table, which starts at index 1.
function decodingTable(lengths, values) {
  const codes = codesOf(lengths);
  const table = [0];
  const build = (symbols, used) => {
    const width = Math.min(...symbols.map((symbol) => lengths[symbol])) - used;
    const start = table.length;
    for (let i = 0; i < 1 << width; i++) table.push(0);
    for (let i = 0; i < 1 << width; i++) {
      const inside = symbols.filter((symbol) => (codes[symbol] >> used & (1 << width) - 1) === i);
      if (inside.length === 0) continue;
      const leaf = inside.length === 1 && lengths[inside[0]] === used + width;
      if (leaf) { table[start + i] = values[inside[0]]; continue; }
      const [at, bits] = build(inside, used + width);
      table[start + i] = bits << 24 | at + 1;
    }
    return [start, width];
  };
  const used = lengths.map((_, symbol) => symbol).filter((symbol) => lengths[symbol]);
  table[0] = build(used, 0)[1] << 24;
  return words(table);
}

const literalLengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const distanceLengths = Array(30).fill(5);
const lengthValue = (code) => {
  if (code <= 256) return code;
  if (code === 285) return 1 << 16 | 258;
  const extra = code < 265 ? 0 : code - 261 >> 2;
  const base = code < 265 ? code - 254 : ((code - 261 & 3) + 4 << extra) + 3;
  return extra + 1 << 16 | base;
};
const distanceValue = (code) => {
  const extra = code < 4 ? 0 : (code >> 1) - 1;
  return extra << 16 | (code < 4 ? code : (code & 1) + 2 << extra) + 1;
};
const literalTable = decodingTable(literalLengths, literalLengths.map((_, code) => lengthValue(code)));
const distanceTable = decodingTable(distanceLengths, distanceLengths.map((_, code) => distanceValue(code)));

await test('unpacking a block', () => {
  vm.setClass(classOf(3, 13));
  const random = randomSource(2);
  for (let i = 0; i < 60; i++) {
    const data = someData(random);
    const packed = deflateRawSync(data, { strategy: constants.Z_FIXED, level: 9, memLevel: 9 });
    const collection = vm.bytes(50, data.length + random.below(300));
    const stream = object(collection, 0, 0, 3, packed[0] >> 3, 5, bytes(packed), 1, packed.length, null, null, null, null);
    // zlib makes further blocks of long data; only those of one block are looked at.
    if (!(packed[0] & 1)) continue;
    equal(zip('InflateDecompressBlock', stream, literalTable, distanceTable), stream);
    const size = slotNumber(stream, 2);
    const room = vm.byteSize(collection);
    if (slotNumber(stream, 3) === 1) {
      equal(size, data.length);
    } else {
      ok(size + 258 >= room, `stopped at ${size} of ${room}`);
    }
    equalDeep(plain(collection).slice(0, size), [...data.subarray(0, size)]);
  }
});

await test('broken data is refused', () => {
  vm.setClass(classOf(3, 13));
  const stream = object(vm.bytes(50, 10), 0, 0, 3, 0, 0, bytes([0xff, 0xff, 0xff]), 0, 3, null, null, null, null);
  equal(plain(zip('InflateDecompressBlock', stream, literalTable, words([0x7f000000, 0]))), 'failed');
  equal(plain(zip('InflateDecompressBlock', stream, null, distanceTable)), 'failed');
  equal(slotNumber(stream, 7), 0);
});

function deflateStream(data, literalRoom) {
  const size = data.length + 300;
  const collection = vm.bytes(50, size);
  data.forEach((byte, i) => vm.byteAtPut(collection, i, byte));
  return object(collection, data.length, 0, size, vm.words(70, 0x8000), vm.words(70, 0x8000), 0, 0, 0,
    vm.bytes(50, literalRoom), vm.words(70, literalRoom), vm.words(70, 286), vm.words(70, 30), 0, 0);
}

await test('finding matches, sending them, unpacking them', () => {
  const random = randomSource(3);
  const sent = { lengths: words(literalLengths), codes: words(codesOf(literalLengths)) };
  for (let i = 0; i < 60; i++) {
    const data = someData(random);
    vm.setClass(classOf(4, 15));
    const stream = deflateStream(data, data.length + 1);
    const flush = plain(zip('DeflateBlock', stream, vm.small(data.length - 1), vm.small(64), vm.small(32)));
    equal(typeof flush, 'boolean');
    const upTo = slotNumber(stream, 7);
    const count = slotNumber(stream, 13);
    if (!flush) equal(upTo, data.length);
    // The counts are those of the codes.
    const [literals, distances] = [vm.slot(stream, 9), vm.slot(stream, 10)];
    let matches = 0;
    for (let k = 0; k < count; k++) if (vm.wordAt(distances, k)) matches++;
    equal(slotNumber(stream, 14), matches);
    if (data.length > 1000) ok(matches > 10);
    let sum = 0;
    for (let code = 0; code < 286; code++) sum += vm.wordAt(vm.slot(stream, 11), code);
    equal(sum, count);

    vm.setClass(classOf(4, 7));
    const target = vm.bytes(50, data.length * 2 + 20);
    const encoder = object(target, 0, 0, 0, null, 0b011, 3);
    const tree = object(sent.lengths, sent.codes);
    const distanceTree = object(words(distanceLengths), words(codesOf(distanceLengths)));
    const unpacked = number(zip('ZipSendBlock', encoder, object(literals, 0, count), object(distances, 0, count), tree, distanceTree));
    equal(unpacked, upTo);
    // The end of the block is seven zero bits.
    const packed = [...plain(target).slice(0, slotNumber(encoder, 1)), slotNumber(encoder, 5), 0, 0];
    equalDeep([...inflateRawSync(Uint8Array.from(packed))], [...data.subarray(0, upTo)]);
  }
});

await test('moving the hash table', () => {
  const table = words([5, 100, 0, 4000]);
  zip('DeflateUpdateHashTable', null, table, vm.small(50));
  equalDeep([0, 1, 2, 3].map((i) => vm.wordAt(table, i)), [0, 50, 0, 3950]);
});

finish();
