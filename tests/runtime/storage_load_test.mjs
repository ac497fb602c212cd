// Loading heap files: every shape arrives as written, translated code is attached, damaged files are errors.
import { randomSource } from './assemble.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { character, nil, World } from './heap_file.mjs';
import { load, storageModule, values } from './storage_values.mjs';

const vm = storageModule();
const { elements, numbers } = values(vm);

// A world whose literals are one object of each shape.
function worldOfShapes() {
  const world = new World();
  const add = (object) => world.literals.push(world.add(object));
  add({ shape: 'fixed', className: 'Point', refs: [3, -4] });
  add({ shape: 'indexed', className: 'Array', refs: [character(97), character(0x1f600), nil, 1073741823, -1073741824] });
  add({ shape: 'bytes', className: 'ByteArray', data: [1, 2, 3, 4, 255] });
  add({ shape: 'shorts', className: 'ShortArray', data: [1, 65535, 3] });
  add({ shape: 'words', className: 'Bitmap', data: [7, 0x3fffffff] });
  add({ shape: 'doubleWords', className: 'DoubleWordArray', data: [12345n, 6n] });
  add({ shape: 'float', className: 'Float', data: [...new Uint8Array(new Float64Array([1.5]).buffer)] });
  add({ shape: 'weak', className: 'WeakArray', refs: [5] });
  add({ shape: 'indexed', className: 'Wide', refs: Array.from({ length: 50 }, (_, index) => index) });
  const method = world.defineMethod('Object', 'answer', { literals: [11, 12], temps: 2, code: [0x20, 0x7c, 0, 0, 0] });
  world.literals.push(method);
  const context = world.add({ shape: 'context', className: 'Context',
    refs: [nil, 4 * 3 + 2, 1, method, nil, 77, 5, ...Array.from({ length: 15 }, () => nil)] });
  world.literals.push(context);
  add({ shape: 'closure', className: 'BlockClosure', refs: [context, 4 * 3 + 3, 1, 8, 9] });
  return world;
}

const world = worldOfShapes();
const bytes = world.write();

await test('a heap file loads', () => equal(load(vm, bytes), 0));

await test('objects without pointers', () => {
  equalDeep(numbers(vm.literal(2)), [1, 2, 3, 4, 255]);
  equalDeep(numbers(vm.literal(3)), [1, 65535, 3]);
  equalDeep(numbers(vm.literal(4)), [7, 0x3fffffff]);
  equalDeep(numbers(vm.literal(5)), [12345, 6]);
  equal(vm.floatValue(vm.literal(6)), 1.5);
});

await test('objects with pointers', () => {
  equalDeep(elements(vm.literal(0)).map(vm.smallValue), [3, -4]);
  const [a, face, none, most, least] = elements(vm.literal(1));
  equal(vm.codePoint(a), 97);
  ok(vm.same(face, vm.character(0x1f600)), 'Characters are canonical');
  equal(none, null);
  equal(vm.smallValue(most), 1073741823);
  equal(vm.smallValue(least), -1073741824);
  equal(vm.slotCount(vm.literal(8)), 50);
  equal(vm.smallValue(vm.slot(vm.literal(8), 49)), 49);
  equal(vm.classIndex(a), world.indexOf('Character'));
});

await test('methods, Contexts and closures', () => {
  equal(vm.smallValue(vm.slot(vm.literal(9), 2)), 12);
  equal(vm.contextOffset(vm.literal(10)), 1);
  equalDeep(elements(vm.literal(10)).slice(1, 3).map(vm.smallValue), [14, 1]);
  equal(vm.smallValue(vm.slot(vm.literal(10), 5)), 77);
  equal(vm.startPc(vm.literal(11)), 2);
  ok(vm.same(vm.slot(vm.literal(11), 0), vm.literal(10)), 'outer context');
  equalDeep(elements(vm.literal(11)).slice(1).map(vm.smallValue), [15, 1, 8, 9]);
});

await test('every class is where its identity hash says', () => {
  for (const name of ['Array', 'Point', 'Symbol', 'UndefinedObject']) {
    equal(vm.hash(vm.classAt(world.indexOf(name))), world.indexOf(name));
  }
  ok(vm.same(vm.classOf(null), vm.classAt(world.indexOf('UndefinedObject'))), 'class of nil');
  ok(vm.same(vm.classOf(vm.small(3)), vm.classAt(world.indexOf('SmallInteger'))), 'class of 3');
  ok(vm.same(vm.classOf(vm.true()), vm.classAt(world.indexOf('True'))), 'class of true');
});

await test('translated code is attached, to receivers of its shape only', () => {
  const translated = new World();
  const method = (owner, code, shape) => {
    const made = translated.defineMethod(owner, 'answer', { code: [0x75, 0x7c] });  // interpreted: 0
    translated.methods.push({ method: made, code, shape });
  };
  method('Object', 1, 0);
  method('Point', 2, 2);
  translated.defineClass('WidePoint', 'Point', 'both', 41);
  translated.selectors.push('answer');
  const point = translated.add({ shape: 'fixed', className: 'Point3', refs: [7, 8, 9] });
  const wide = translated.add({ shape: 'indexed', className: 'WidePoint', refs: Array.from({ length: 41 }, () => 5) });
  translated.literals.push(point, wide);
  equal(load(vm, translated.write()), 0);
  equal(vm.smallValue(vm.send0(vm.small(1), 0)), 42);
  equal(vm.smallValue(vm.send0(vm.literal(0), 0)), 7);
  equal(vm.smallValue(vm.send0(vm.literal(1), 0)), 0);
});

const damaged = (change) => {
  const copy = bytes.slice();
  change(new Uint32Array(copy.buffer));
  return load(vm, copy);
};

await test('damaged files are errors', () => {
  equal(damaged((words) => { words[0] = 1; }), 1);
  equal(damaged((words) => { words[1] = 2; }), 2);
  equal(damaged((words) => { words[21] = 0xfffffff0; }), 3);
  equal(damaged((words) => { words[2] = 0xffffffff; }), 4);
  equal(damaged((words) => { words[words[4] / 4] = 0x7ffffffc; }), 5);
  equal(damaged((words) => { words[5] = 0; }), 6);
  equal(damaged((words) => { words[6] = 0x7fffffff; }), 4);
  equal(load(vm, new Uint8Array(0)), 1);
});

await test('no damage is a trap', () => {
  const random = randomSource(17);
  for (let round = 0; round < 3000; round++) {
    const code = damaged((words) => {
      for (let count = 1 + random.below(3); count > 0; count--) {
        const at = random.below(3) === 0 ? random.below(32) : random.below(words.length);
        words[at] = random.below(2) === 0 ? Number(random.bits(32)) : words[at] ^ (1 << random.below(32));
      }
    });
    ok(code >= 0 && code <= 8, `round ${round}: ${code}`);
  }
});

await test('a good file loads after bad ones', () => equal(load(vm, bytes), 0));

finish();
