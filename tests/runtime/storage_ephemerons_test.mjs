// Ephemerons: which keys and values garbageCollect keeps, which ephemerons fire, and what fetchMourner answers.
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { nil, World } from './heap_file.mjs';
import { holder, load, storageModule, values } from './storage_values.mjs';

const vm = storageModule();
const { array } = values(vm);
const world = new World();
world.literals.push(world.array(...Array.from({ length: 8 }, () => nil)));
const loadedKey = world.add({ className: 'Point', refs: [nil, nil] });
world.literals.push(world.array(world.add({ shape: 'ephemeron', className: 'Ephemeron', refs: [loadedKey, nil] })));
const classes = {};
for (const name of ['Point', 'WeakArray', 'Ephemeron', 'WideEphemeron', 'Point3']) {
  classes[name] = world.literals.push(world.classNamed(name)) - 1;
}
equal(load(vm, world.write()), 0);

const kLoaded = 1;
const kErrorTable = 51;
const kNotFound = 10;
const { make, keep, walking, collect } = holder(vm, classes);
const fetch = () => vm.primitive_172(vm.literal(classes.Ephemeron), 0);

function ephemeron(key, value) {
  const made = make('Ephemeron');
  vm.slotPut(made, 0, key);
  vm.slotPut(made, 1, value);
  return made;
}

// All that wait, fetched; then there are no more.
function mourners() {
  const all = [];
  for (let next = fetch(); !vm.same(next, vm.failed()); next = fetch()) all.push(next);
  ok(vm.failureCode() !== null && vm.same(vm.failureCode(), vm.slot(vm.special(kErrorTable), kNotFound - 1)));
  return all;
}
const isAmong = (object, list) => list.some((one) => vm.same(one, object));

// Keeps exactly these, then collects.
function collectWith(...objects) {
  for (let place = 0; place < 8; place++) keep(place, objects[place] ?? null);
  collect();
  return mourners();
}

await test('an ephemeron of the image whose key nothing else reaches', () => {
  const loaded = vm.slot(vm.literal(kLoaded), 0);
  const found = collectWith();
  equal(found.length, 1);
  ok(vm.same(found[0], loaded));
  vm.slotPut(vm.literal(kLoaded), 0, null);
});

await test('while the key is reached nothing happens', () => {
  const [key, value] = [make('Point'), make('Point')];
  const [one, weak] = [ephemeron(key, value), make('WeakArray', 1)];
  vm.slotPut(weak, 0, value);
  equal(collectWith(one, key, weak).length, 0);
  ok(vm.same(vm.slot(one, 0), key) && vm.same(vm.slot(weak, 0), value), 'the value lives by the ephemeron');
  ok(vm.same(collectWith(one, weak)[0], one), 'later the key is gone');
});

await test('fired once, with key and value; then an ordinary object', () => {
  const [one, weak] = [ephemeron(make('Point'), make('Point')), make('WeakArray', 2)];
  for (const place of [0, 1]) vm.slotPut(weak, place, vm.slot(one, place));
  const found = collectWith(one, weak);
  equal(found.length, 1);
  ok(vm.same(found[0], one));
  for (const place of [0, 1]) ok(vm.same(vm.slot(weak, place), vm.slot(one, place)), 'not cleared');
  equal(collectWith(one, weak).length, 0, 'not again');
  for (const place of [0, 1]) ok(vm.slot(weak, place) !== null, 'an ordinary object keeps what it refers to');
  equal(collectWith(weak).length, 0);
  equalDeep([vm.slot(weak, 0), vm.slot(weak, 1)], [null, null]);
});

await test('who waits to be fetched stays alive, with all it refers to', () => {
  const weak = make('WeakArray', 3);
  const one = ephemeron(make('Point'), make('Point'));
  [one, vm.slot(one, 0), vm.slot(one, 1)].forEach((object, place) => vm.slotPut(weak, place, object));
  for (let place = 0; place < 8; place++) keep(place, null);
  keep(0, one);
  keep(1, weak);
  collect();
  keep(0, null);
  collect();
  for (const place of [0, 1, 2]) ok(vm.slot(weak, place) !== null);
  equal(mourners().length, 1);
  collect();
  equalDeep([0, 1, 2].map((place) => vm.slot(weak, place)), [null, null, null]);
});

await test('an ephemeron that is garbage itself mourns nobody', () => {
  ephemeron(make('Point'), null);
  equal(collectWith().length, 0);
});

await test('a key that the value refers to', () => {
  const key = make('Point');
  const one = ephemeron(key, array(key));
  equal(collectWith(one, key).length, 0);
  const found = collectWith(one);
  equal(found.length, 1);
  ok(vm.same(found[0], one));
});

await test('chains: a value that is the key of another', () => {
  const keys = Array.from({ length: 5 }, () => make('Point'));
  const chain = keys.slice(0, 4).map((key, index) => ephemeron(key, keys[index + 1]));
  for (const order of [chain, [...chain].reverse()]) equal(collectWith(array(...order), keys[0]).length, 0, 'the first is alive');
  const found = collectWith(array(...chain), keys[2]);
  equal(found.length, 2, 'those of the first two, which nothing reaches');
  ok(isAmong(chain[0], found) && isAmong(chain[1], found));
});

await test('one that only another one reaches', () => {
  const [innerKey, outerKey] = [make('Point'), make('Point')];
  const inner = ephemeron(innerKey, null);
  const outer = ephemeron(outerKey, inner);
  equal(collectWith(outer, outerKey, innerKey).length, 0);
  const found = collectWith(outer, outerKey);
  equal(found.length, 1);
  ok(vm.same(found[0], inner));
  ok(vm.same(collectWith(outer)[0], outer));
});

await test('two that refer to each other', () => {
  const [a, b] = [ephemeron(null, null), ephemeron(null, null)];
  vm.slotPut(a, 0, b);
  vm.slotPut(b, 0, a);
  equal(collectWith(a, b).length, 0);
  equal(collectWith(a).length, 1, 'the key, and then what it refers to');
});

await test('a key that keeps others alive, and values that are immediate', () => {
  const one = ephemeron(vm.small(3), make('Point'));
  const other = ephemeron(null, null);
  const third = ephemeron(vm.character(97), null);
  equal(collectWith(one, other, third).length, 0);
  ok(vm.slot(one, 1) !== null);
});

await test('more slots than a struct has', () => {
  const [wide, key] = [make('WideEphemeron'), make('Point')];
  vm.slotPut(wide, 0, key);
  vm.slotPut(wide, 44, key);
  equal(collectWith(wide, key).length, 0);
  ok(vm.same(collectWith(wide)[0], wide));
  equal(collectWith(wide).length, 0);
});

await test('other walks follow all slots', () => {
  for (let place = 0; place < 8; place++) keep(place, null);
  keep(0, ephemeron(make('Point3'), make('Point3')));
  equal(vm.slotCount(walking(vm.literal(classes.Point3), (receiver) => vm.primitive_177(receiver, 0))), 2);
  equal(mourners().length, 0);
});

await test('fired stays fired when marks begin anew', () => {
  const one = ephemeron(make('Point'), null);
  equal(collectWith(one).length, 1);
  for (let count = 0; count < 520; count++) collect();
  equal(mourners().length, 0);
  ok(vm.slot(one, 0) !== null);
});

await test('with an engine that tells of collections', () => {
  vm.weakReviews.value = 1;
  const one = ephemeron(make('Point'), null);
  equal(collectWith(one).length, 1);
  equal(collectWith(one).length, 0);
  equal(collectWith().length, 0);
  vm.weakReviews.value = 0;
});

await test('many', () => {
  const keys = array(...Array.from({ length: 10000 }, () => make('Point')));
  const all = array(...Array.from({ length: 10000 }, (_, index) => ephemeron(vm.slot(keys, index), null)));
  equal(collectWith(all, keys).length, 0);
  equal(collectWith(all).length, 10000);
});

finish();
