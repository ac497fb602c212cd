// From selector to code: lookup through superclasses, caches and their flushing, super, doesNotUnderstand:, objects as
// methods, perform:, at: and its like.
import { equal, finish, ok, test } from '../harness.mjs';
import { nil, World } from './heap_file.mjs';
import { load, storageModule, values } from './storage_values.mjs';

const vm = storageModule();
const { string, array } = values(vm);
const world = new World();
const kReturnTop = 0x7c;
const pushConstant = (value) => 0x75 + value;  // 0, 1, 2
const pushTemporary = (index) => 0x10 + index;
const pushVariable = (index) => index;

world.selectors.push('where', 'missing', 'echo:', 'at:', 'x', 'handled', 'fifteen', 'odd');
const id = (text) => world.selectors.indexOf(text);
world.defineMethod('Object', 'where', { code: [pushConstant(0), kReturnTop] });
world.defineMethod('Point', 'where', { code: [pushConstant(1), kReturnTop] });
world.defineMethod('Point3', 'where', { code: [pushConstant(2), kReturnTop] });
world.defineMethod('Object', 'echo:', { args: 1, code: [pushTemporary(0), kReturnTop] });
world.defineMethod('Object', 'doesNotUnderstand:', { args: 1, code: [pushTemporary(0), kReturnTop] });
world.defineMethod('Point', 'x', { code: [pushVariable(0), kReturnTop] });
world.defineMethod('Association', 'run:with:in:', { args: 3, code: [pushTemporary(1), kReturnTop] });
world.install('Object', 'handled', world.add({ shape: 'fixed', className: 'Association', refs: [nil, nil] }));
world.defineMethod('Object', 'odd', { args: 1, code: [pushTemporary(0), kReturnTop] });
for (const [owner, selector, args, primitive] of [['Object', 'at:', 1, 60], ['Object', 'at:put:', 2, 61],
  ['Object', 'size', 0, 62], ['String', 'at:', 1, 63], ['String', 'at:put:', 2, 64], ['Symbol', 'at:put:', 2, 0],
  ['Tagged', 'size', 0, 0], ['Object', 'new', 0, 70]]) {
  world.defineMethod(owner, selector, { args, primitive, code: [pushConstant(2), kReturnTop] });
}
const literal = (object) => world.literals.push(world.add(object)) - 1;
const kPoint = literal({ shape: 'fixed', className: 'Point', refs: [5, 6] });
const kPoint3 = literal({ shape: 'fixed', className: 'Point3', refs: [7, 8, 9] });
const kTagged = literal({ shape: 'indexed', className: 'Tagged', struct: 1, refs: [1, 2, 3] });
const kBytes = literal({ shape: 'bytes', className: 'ByteArray', data: [200, 2] });
world.literals.push(world.classNamed('Point3'), world.classNamed('Point'), world.symbol('abc'));
const [kPoint3Class, kPointClass, kSymbol] = [4, 5, 6];
const symbols = Object.fromEntries(['where', 'echo:', 'missing'].map((text) => [text, world.symbol(text)]));
const firstSymbol = world.literals.push(...Object.values(symbols)) - 3;
equal(load(vm, world.write()), 0);

const number = (value) => (vm.isSmall(value) ? vm.smallValue(value) : value);

await test('the nearest superclass with a method answers', () => {
  for (let round = 0; round < 3; round++) {
    equal(number(vm.send0(vm.literal(kPoint3), id('where'))), 2);
    equal(number(vm.send0(vm.literal(kPoint), id('where'))), 1);
    equal(number(vm.send0(vm.small(0), id('where'))), 0);
    equal(number(vm.send0(null, id('where'))), 0);
    equal(number(vm.send0(vm.literal(kPoint3), id('x'))), 7);
    equal(number(vm.send1(vm.true(), vm.small(17), id('echo:'))), 17);
  }
});

await test('Arrays of methods that become each other are seen by sends', () => {
  const methods = vm.slot(vm.slot(vm.literal(kPointClass), 1), 1);
  const others = vm.copy(methods);
  const own = vm.methodFor(world.indexOf('Point'), id('where'));
  const place = Array.from({ length: vm.slotCount(methods) }, (_, index) => index).find((index) => vm.same(vm.slot(methods, index), own));
  vm.slotPut(others, place, vm.methodFor(world.indexOf('Object'), id('where')));
  for (const answer of [0, 1]) {
    vm.primitive_128(array(methods), array(others), 100);
    equal(number(vm.send0(vm.literal(kPoint), id('where'))), answer);
  }
});

await test('super starts above the class of the method', () => {
  equal(number(vm.sendSuper0(vm.literal(kPoint3), id('where'), vm.literal(kPoint3Class))), 1);
  equal(number(vm.sendSuper0(vm.literal(kPoint3), id('where'), vm.literal(kPointClass))), 0);
  const message = vm.sendSuper0(vm.literal(kPoint3), id('missing'), vm.literal(kPointClass));
  equal(vm.classIndex(message), world.indexOf('Message'));
});

await test('doesNotUnderstand: gets the Message', () => {
  const message = vm.send0(vm.literal(kPoint), id('missing'));
  equal(vm.classIndex(message), world.indexOf('Message'));
  ok(vm.same(vm.slot(message, 0), vm.literal(firstSymbol + 2)), 'selector');
  equal(vm.slotCount(vm.slot(message, 1)), 0);
  ok(vm.same(vm.slot(message, 2), vm.literal(kPointClass)), 'class');
});

await test('a method with another number of arguments is not understood', () => {
  equal(vm.classIndex(vm.send0(vm.literal(kPoint), id('odd'))), world.indexOf('Message'));
});

await test('an object that is no CompiledMethod gets run:with:in:', () => {
  const given = vm.send0(vm.small(3), id('handled'));
  equal(vm.classIndex(given), world.indexOf('Array'));
});

await test('perform:', () => {
  equal(number(vm.perform(vm.literal(kPoint), vm.literal(firstSymbol), array())), 1);
  equal(number(vm.perform(vm.literal(kPoint), vm.literal(firstSymbol + 1), array(vm.small(4)))), 4);
  const message = vm.perform(vm.literal(kPoint), vm.literal(firstSymbol), array(...Array.from({ length: 20 }, () => null)));
  equal(vm.classIndex(message), world.indexOf('Message'));
});

await test('selectors get ids at run time', () => {
  const texts = Array.from({ length: 3000 }, (_, index) => string(`selector${index}:`));
  const ids = texts.map((text) => vm.selectorId(text));
  equal(new Set(ids).size, 3000);
  texts.forEach((text, index) => equal(vm.selectorId(text), ids[index]));
  equal(vm.selectorId(vm.literal(firstSymbol)), id('where'));
});

await test('at:, at:put: and size', () => {
  const two = vm.small(2);
  const list = array(vm.small(1), vm.small(2));
  equal(number(vm.at(list, two)), 2);
  equal(number(vm.atPut(list, two, vm.small(9))), 9);
  equal(number(vm.slot(list, 1)), 9);
  equal(number(vm.size(list)), 2);
  equal(number(vm.at(list, vm.small(3))), 2);   // the method's own code runs
  equal(number(vm.at(list, null)), 2);
  equal(vm.codePoint(vm.at(string('abc'), two)), 98);
  const text = string('abc');
  equal(vm.codePoint(vm.atPut(text, two, vm.character(120))), 120);
  equal(vm.codePoint(vm.at(text, two)), 120);
  equal(number(vm.atPut(text, two, two)), 2);
  equal(vm.codePoint(vm.at(text, two)), 120);
  equal(number(vm.atPut(vm.literal(kSymbol), two, vm.character(120))), 2);
  equal(vm.codePoint(vm.at(vm.literal(kSymbol), two)), 98);
  equal(number(vm.at(vm.literal(kBytes), vm.small(1))), 200);
  equal(number(vm.size(vm.literal(kBytes))), 2);
  equal(number(vm.at(vm.literal(kTagged), two)), 3);
  equal(number(vm.size(vm.literal(kTagged))), 2);  // its own size
  equal(number(vm.at(vm.literal(kPoint), two)), 2);
});

await test('flushing forgets what was found', () => {
  const dictionary = vm.slot(vm.literal(kPointClass), 1);
  equal(number(vm.send0(vm.literal(kPoint), id('where'))), 1);
  const methods = vm.slot(dictionary, 1);
  for (let index = 0; index < vm.slotCount(dictionary) - 2; index++) {
    if (vm.same(vm.slot(dictionary, index + 2), vm.literal(firstSymbol))) {
      vm.slotPut(methods, index, vm.methodFor(world.indexOf('Object'), id('where')));
    }
  }
  equal(number(vm.send0(vm.literal(kPoint), id('where'))), 1);
  vm.flush();
  equal(number(vm.send0(vm.literal(kPoint), id('where'))), 0);
  equal(number(vm.sendSuper0(vm.literal(kPoint3), id('where'), vm.literal(kPoint3Class))), 0);
});

finish();
