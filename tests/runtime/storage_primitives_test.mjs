// Storage primitives: elements and slots of every shape, instances, identity, copies, ranges, classes changed.
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { nil, World } from './heap_file.mjs';
import { load, storageModule, values } from './storage_values.mjs';

const vm = storageModule();
const { string, array, elements, numbers } = values(vm);
const world = new World();
const literal = (object) => world.literals.push(world.add(object)) - 1;
const classes = {};
for (const name of ['Array', 'String', 'Point', 'Point3', 'Float', 'Bitmap', 'ByteArray', 'ShortArray', 'DoubleWordArray',
  'WeakArray', 'Wide', 'Tagged', 'Context', 'BlockClosure', 'CompiledMethod', 'SmallInteger', 'Semaphore', 'Symbol',
  'Association']) {
  classes[name] = world.literals.push(world.classNamed(name)) - 1;
}
const kMethod = world.literals.push(world.defineMethod('Object', 'foo', { literals: [nil, 5], args: 1, temps: 3 })) - 1;
const kFloat = literal({ shape: 'float', className: 'Float', data: [...new Uint8Array(new Float64Array([1]).buffer)] });
equal(load(vm, world.write()), 0);

const small = vm.small;
const failed = vm.failed();
const make = (name, size = 0) => vm.instance(vm.literal(classes[name]), size);
const classIndex = (name) => world.indexOf(name);
const fill = (object, list) => list.forEach((value, index) =>
  vm.primitive_61(object, small(index + 1), small(value), 0));

await test('instances of every format', () => {
  for (const [name, size] of [['Array', 3], ['String', 5], ['Bitmap', 2], ['ByteArray', 0], ['ShortArray', 3],
    ['DoubleWordArray', 2], ['WeakArray', 4], ['Tagged', 2]]) {
    const made = make(name, size);
    equal(vm.classIndex(made), classIndex(name), name);
    equal(vm.smallValue(vm.primitive_62(made, 0)), size, name);
  }
  equal(vm.slotCount(make('Point')), 2);
  equal(vm.slotCount(make('Wide')), 50);
  equal(vm.slotCount(make('Tagged', 2)), 3);
  equal(vm.slotCount(make('Context', 16)), 22);
  equal(vm.slotCount(make('BlockClosure', 2)), 5);
  equal(vm.floatValue(make('Float', 2)), 0);
  ok(vm.same(vm.slot(make('Point3'), 2), null));
});

await test('what cannot be instantiated fails', () => {
  equal(make('Point', 1), failed);
  ok(vm.failureCode() !== null, 'with a code');
  equal(make('SmallInteger'), failed);
  equal(make('CompiledMethod', 3), failed);
  equal(make('Array', 0x40000000), failed);
  equal(vm.instance(small(3), 0), failed);
  equal(vm.primitive_71(vm.literal(classes.Array), small(-1), 0), failed);
});

await test('numbers as elements, in range only', () => {
  for (const [name, most] of [['ByteArray', 255], ['ShortArray', 65535], ['Bitmap', 0x3fffffff], ['DoubleWordArray', 77]]) {
    const made = make(name, 2);
    equal(vm.smallValue(vm.primitive_61(made, small(2), small(most), 0)), most);
    equalDeep(numbers(made), [0, most], name);
    equal(vm.primitive_61(made, small(3), small(0), 0), failed);
    equal(vm.primitive_61(made, small(0), small(0), 0), failed);
    equal(vm.primitive_61(made, small(1), small(-1), 0), failed);
    equal(vm.primitive_60(made, small(3), 0), failed);
    equal(vm.primitive_60(made, null, 0), failed);
  }
  equal(vm.primitive_61(make('ByteArray', 1), small(1), small(256), 0), failed);
  equal(vm.primitive_61(make('ShortArray', 1), small(1), small(65536), 0), failed);
  equal(vm.primitive_60(make('Point'), small(1), 0), failed);
});

await test('words beyond SmallIntegers', () => {
  const words = make('Bitmap', 1);
  vm.primitive_166(words, small(1), small(-1), 0);
  equal(vm.smallValue(vm.primitive_165(words, small(1), 0)), -1);
  const large = vm.primitive_60(words, small(1), 0);
  equal(vm.classIndex(large), classIndex('LargePositiveInteger'));
  equal(vm.primitive_61(words, small(1), large, 0), large);
  vm.primitive_144(words, small(2), small(-2), 0);
  equal(vm.smallValue(vm.primitive_143(words, small(2), 0)), -2);
  equal(vm.smallValue(vm.primitive_143(words, small(1), 0)), -1);
});

await test('Characters in strings', () => {
  const text = string('abc');
  equal(vm.codePoint(vm.primitive_63(text, small(1), 0)), 97);
  vm.primitive_64(text, small(1), vm.character(255), 0);
  equalDeep(numbers(text), [255, 98, 99]);
  equal(vm.primitive_64(text, small(1), vm.character(256), 0), failed);
  equal(vm.primitive_64(text, small(1), small(97), 0), failed);
});

await test('a Float is two words', () => {
  const one = vm.literal(kFloat);
  equal(vm.smallValue(vm.primitive_60(one, small(2), 0)), 0x3ff00000);
  const words = make('Bitmap', 2);
  equal(vm.primitive_105(words, small(1), small(2), one, small(1), 0), words);
  equalDeep(numbers(words), [0, 0x3ff00000]);
  vm.primitive_61(words, small(2), small(0x3ff80000), 0);
  const copy = vm.copy(one);
  vm.primitive_105(copy, small(1), small(2), words, small(1), 0);
  equal(vm.floatValue(copy), 1.5);
  equal(vm.floatValue(one), 1);
});

await test('slots by number', () => {
  const point = make('Point');
  vm.primitive_74(point, small(2), small(8), 0);
  equal(vm.smallValue(vm.primitive_73(point, small(2), 0)), 8);
  equal(vm.primitive_73(point, small(3), 0), failed);
  equal(vm.primitive_73(point, small(0), 0), failed);
  const tagged = make('Tagged', 2);
  vm.primitive_174(tagged, small(3), small(5), 0);
  equal(vm.smallValue(vm.primitive_60(tagged, small(2), 0)), 5);
  equal(vm.primitive_73(tagged, small(2), 0), failed);
  equal(vm.smallValue(vm.primitive_173(string('a'), small(1), 0)), 97);
  equal(vm.smallValue(vm.primitive_73_2(null, point, small(2), 0)), 8);
  vm.slotPut(make('Wide'), 60, null);
});

await test('identity hashes stay, and are the class index for classes', () => {
  const point = make('Point');
  const hash = vm.smallValue(vm.primitive_75(point, 0));
  ok(hash > 0 && hash < 2 ** 22);
  equal(vm.smallValue(vm.primitive_75(point, 0)), hash);
  equal(vm.primitive_75(small(17), 0), failed);
  equal(vm.smallValue(vm.primitive_175(vm.literal(classes.Point), 0)), classIndex('Point'));
  const newClass = vm.copy(vm.literal(classes.Point));
  const made = vm.instance(newClass, 0);
  ok(vm.same(vm.classOf(made), newClass), 'a new class enters the table');
  equal(vm.smallValue(vm.primitive_175(newClass, 0)), vm.classIndex(made));
  const hashes = new Set(Array.from({ length: 1000 }, () => vm.hash(make('Point'))));
  ok(hashes.size > 950, 'hashes differ');
});

await test('class indices stay in the range of the caches', () => {
  for (let count = 0; count < 33000; count++) {
    const newClass = vm.copy(vm.literal(classes.Point));
    const index = vm.smallValue(vm.primitive_175(newClass, 0));
    ok(index < 0x7fff);
    if (count % 1000 === 0) {
      vm.retry(newClass);
      ok(vm.isSmall(vm.primitive_130(newClass, 0)), 'a collection makes room');
      vm.retry(null);
    }
  }
});

await test('copies', () => {
  for (const original of [array(small(1), null), string('abc'), make('Bitmap', 2), make('Point'), make('Tagged', 1),
    make('WeakArray', 2), make('Wide'), make('ShortArray', 1), make('DoubleWordArray', 1), make('Context', 3)]) {
    const copy = vm.primitive_148(original, 0);
    ok(!vm.same(copy, original));
    equal(vm.classIndex(copy), vm.classIndex(original));
    equal(vm.slotCount(copy), vm.slotCount(original));
  }
  const list = array(small(1), small(2));
  const copy = vm.copy(list);
  vm.slotPut(copy, 0, null);
  equalDeep(elements(list).map(vm.smallValue), [1, 2]);
  equal(vm.smallValue(vm.copy(small(3))), 3);
  ok(vm.same(vm.copy(vm.character(97)), vm.character(97)));
});

await test('replacing ranges, overlaps from first to last', () => {
  const list = make('ByteArray', 6);
  fill(list, [1, 2, 3, 4, 5, 6]);
  vm.primitive_105(list, small(3), small(6), list, small(1), 0);
  equalDeep(numbers(list), [1, 2, 1, 2, 1, 2]);
  fill(list, [1, 2, 3, 4, 5, 6]);
  vm.primitive_105(list, small(1), small(4), list, small(3), 0);
  equalDeep(numbers(list), [3, 4, 5, 6, 5, 6]);
  equal(vm.primitive_105(list, small(1), small(7), list, small(1), 0), failed);
  equal(vm.primitive_105(list, small(1), small(4), list, small(4), 0), failed);
  equal(vm.primitive_105(list, small(1), small(2), make('Bitmap', 4), small(1), 0), failed);
  equal(vm.primitive_105(list, small(3), small(2), list, small(1), 0), list);
  const tagged = make('Tagged', 2);
  vm.primitive_105(tagged, small(1), small(2), array(small(7), small(8)), small(1), 0);
  equalDeep(elements(tagged).slice(1).map(vm.smallValue), [7, 8]);
});

await test('filling and copying from', () => {
  const words = make('Bitmap', 3);
  vm.primitive_145(words, small(9), 0);
  equalDeep(numbers(words), [9, 9, 9]);
  equal(vm.primitive_145(make('ByteArray', 1), small(256), 0), failed);
  const other = make('Bitmap', 3);
  vm.primitive_168(other, words, 0);
  equalDeep(numbers(other), [9, 9, 9]);
  equal(vm.primitive_168(other, make('Bitmap', 2), 0), failed);
  const [a, b] = [make('Point'), make('Point')];
  vm.slotPut(b, 1, small(4));
  equal(vm.primitive_168(a, b, 0), a);
  equal(vm.smallValue(vm.slot(a, 1)), 4);
});

await test('CompiledMethods', () => {
  const method = vm.literal(kMethod);
  equal(vm.smallValue(vm.primitive_62(method, 0)), 4 * 3 + 1);
  equal(vm.smallValue(vm.primitive_60(method, small(13), 0)), 0x78);
  equal(vm.primitive_60(method, small(12), 0), failed);
  equal(vm.smallValue(vm.primitive_68(method, small(3), 0)), 5);
  equal(vm.primitive_68(method, small(4), 0), failed);
  equal(vm.primitive_69(method, small(1), small(3), 0), failed);
  const header = 1 | 0x10000 | 2 << 24 | 2 << 18;
  const made = vm.primitive_79(vm.literal(classes.CompiledMethod), small(4), small(header), 0);
  equal(vm.smallValue(vm.primitive_62(made, 0)), 12);
  fillMethod(made, [139, 60, 0, 0x7c]);
  equal(vm.primitiveOf(made), 60);
});

function fillMethod(method, bytes) {
  bytes.forEach((byte, index) => vm.primitive_61(method, small(9 + index), small(byte), 0));
}

await test('changing the class', () => {
  const text = string('abc');
  equal(vm.primitive_115(text, make('Symbol', 0), 0), text);
  equal(vm.classIndex(text), classIndex('Symbol'));
  equal(vm.primitive_115(text, make('Point'), 0), failed);
  const point = make('Point');
  equal(vm.primitive_160(vm.literal(classes.Association), point, 0), vm.literal(classes.Association));
  equal(vm.classIndex(point), classIndex('Association'));
  equal(vm.primitive_160(vm.literal(classes.Point3), point, 0), failed);
  equal(vm.primitive_115(small(1), point, 0), failed);
});

await test('pointsTo:', () => {
  const list = array(small(3), vm.true());
  ok(vm.same(vm.primitive_132(list, vm.true(), 0), vm.true()));
  ok(vm.same(vm.primitive_132(list, vm.false(), 0), vm.false()));
  ok(vm.same(vm.primitive_132(list, small(3), 0), vm.true()));
  ok(vm.same(vm.primitive_132(string('a'), list, 0), vm.false()));
});

await test('pinning is remembered', () => {
  const point = make('Point');
  equal(vm.primitive_183(point, 0), vm.false());
  equal(vm.primitive_184(point, vm.true(), 0), vm.false());
  equal(vm.primitive_183(point, 0), vm.true());
  equal(vm.primitive_184(small(1), vm.true(), 0), failed);
});

finish();
