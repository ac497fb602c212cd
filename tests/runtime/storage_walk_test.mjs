// The heap walk: become:, enumeration, weak slots. Literals of the world are the roots that the tests hold on to.
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { nil, World } from './heap_file.mjs';
import { holder, load, storageModule, values } from './storage_values.mjs';

const vm = storageModule();
const { string, array, elements } = values(vm);
const world = new World();
for (let count = 0; count < 10; count++) world.literals.push(world.array(...Array.from({ length: 8 }, () => nil)));
const classes = {};
for (const name of ['Point', 'Point3', 'Association', 'WeakArray', 'Wide', 'Array', 'Context', 'BlockClosure']) {
  classes[name] = world.literals.push(world.classNamed(name)) - 1;
}
const kMethod = world.literals.push(world.defineMethod('Object', 'foo', { literals: [nil, nil, nil] })) - 1;
equal(load(vm, world.write()), 0);

const small = vm.small;
const { make, keep, walking, collect } = holder(vm, classes);
const become = (from, to) => walking(array(...from), (list) => vm.primitive_128(list, array(...to), 0));
const forward = (from, to) => walking(array(...from), (list) => vm.primitive_72(list, array(...to), 0));
const instances = (name) => walking(vm.literal(classes[name]), (receiver) => vm.primitive_177(receiver, 0));

await test('both ways, wherever the references are', () => {
  const [a, b] = [make('Point'), make('Point3')];
  const [hashA, hashB] = [vm.hash(a), vm.hash(b)];
  const wide = make('Wide');
  const context = make('Context', 3);
  vm.slotPut(wide, 49, a);
  vm.slotPut(context, 5, b);
  vm.slotPut(a, 0, b);
  vm.slotPut(vm.literal(kMethod), 1, a);
  [a, b, wide, context].forEach((object, place) => keep(place, object));
  ok(become([a], [b]) !== vm.failed());
  const [first, second] = elements(vm.literal(0));
  ok(vm.same(first, b) && vm.same(second, a), 'in an Array');
  ok(vm.same(vm.slot(wide, 49), b), 'in a wide object');
  ok(vm.same(vm.slot(context, 5), a), 'in a Context');
  ok(vm.same(vm.slot(vm.literal(kMethod), 1), b), 'in a method');
  ok(vm.same(vm.slot(a, 0), a), 'in one of the two');
  equal(vm.hash(b), hashA);
  equal(vm.hash(a), hashB);
});

await test('both ways, objects of one shape, without looking at the heap', () => {
  const [a, b] = [make('Point'), make('Association')];
  const [hashA, hashB] = [vm.hash(a), vm.hash(b)];
  vm.slotPut(a, 0, b);
  vm.slotPut(b, 1, small(5));
  equal(vm.classIndex(vm.primitive_128(array(a), array(b), 100)), world.indexOf('Array'));
  equal(vm.classIndex(a), world.indexOf('Association'));
  equal(vm.smallValue(vm.slot(a, 1)), 5);
  ok(vm.same(vm.slot(b, 0), b), 'a reference to one of the two');
  equal(vm.hash(a), hashA);
  equal(vm.hash(b), hashB);
  const [text, list] = [string('abc'), array(small(1))];
  const [otherText, otherList] = [string('x'), array()];
  vm.primitive_128(array(text, list), array(otherText, otherList), 100);
  equal(vm.smallValue(vm.primitive_62(text, 0)), 1);
  equal(vm.smallValue(vm.primitive_62(otherList, 0)), 1);
});

await test('one way, with the identity hash', () => {
  const [a, b] = [make('Point'), make('Point')];
  const hash = vm.hash(a);
  keep(0, a);
  keep(1, b);
  forward([a], [b]);
  ok(vm.same(vm.slot(vm.literal(0), 0), b) && vm.same(vm.slot(vm.literal(0), 1), b));
  equal(vm.hash(b), hash);
});

await test('many at once', () => {
  const from = Array.from({ length: 500 }, () => make('Point'));
  const to = Array.from({ length: 500 }, () => make('Point3'));
  const holder = array(...from, ...to);
  keep(0, holder);
  become(from, to);
  elements(holder).forEach((element, index) => ok(vm.same(element, index < 500 ? to[index] : from[index - 500])));
});

await test('a class becomes another', () => {
  const newClass = vm.copy(vm.literal(classes.Association));
  const made = make('Association');
  keep(0, made);
  keep(1, vm.literal(classes.Association));
  forward([vm.literal(classes.Association)], [newClass]);
  ok(vm.same(vm.literal(classes.Association), newClass), 'literals of translated code');
  ok(vm.same(vm.classOf(made), newClass), 'class of its instances');
  ok(vm.same(vm.classOf(make('Association')), newClass), 'class of new ones');
});

await test('what cannot become fails and changes nothing', () => {
  const point = make('Point');
  keep(0, point);
  for (const to of [small(3), null, vm.character(97), vm.true()]) equal(become([point], [to]), vm.failed());
  equal(become([point], []), vm.failed());
  ok(vm.same(vm.slot(vm.literal(0), 0), point));
});


await test('weak slots are cleared, others kept', () => {
  const kept = make('Point');
  const weak = make('WeakArray', 6);
  keep(0, weak);
  keep(1, kept);
  [kept, make('Point'), small(5), vm.character(97), null, array(kept)].forEach((value, index) => vm.slotPut(weak, index, value));
  ok(vm.isSmall(collect()));
  const [first, second, third, fourth, fifth, sixth] = elements(weak);
  ok(vm.same(first, kept));
  equalDeep([second, fifth, sixth], [null, null, null]);
  equal(vm.smallValue(third), 5);
  ok(vm.same(fourth, vm.character(97)));
});

await test('instances are those that can be reached, in a stable order', () => {
  for (let place = 0; place < 8; place++) keep(place, null);
  const before = vm.slotCount(instances('Point'));
  const points = [make('Point'), make('Point'), make('Point')];
  points.forEach((point, place) => keep(place, point));
  make('Point');
  const found = elements(instances('Point'));
  equal(found.length, before + 3);
  equalDeep(found.filter((point) => points.some((one) => vm.same(one, point))).map((point) =>
    points.findIndex((one) => vm.same(one, point))), [0, 1, 2]);
  elements(instances('Point')).forEach((point, index) => ok(vm.same(point, found[index])));
});

await test('someInstance and nextInstance meet each once', () => {
  const all = elements(instances('Point'));
  let point = walking(vm.literal(classes.Point), (receiver) => vm.primitive_77(receiver, 0));
  const seen = [];
  while (!vm.same(point, vm.failed())) {
    seen.push(point);
    point = vm.primitive_78(point, 0);
  }
  equal(seen.length, all.length);
});

await test('walks beyond the range of marks', () => {
  const before = vm.slotCount(instances('Array'));
  for (let count = 0; count < 600; count++) instances('Point');
  equal(vm.slotCount(instances('Array')), before);
  const [a, b] = [make('Point'), make('Point3')];
  keep(0, a);
  for (let count = 0; count < 300; count++) {
    become([a], [b]);
    ok(vm.same(vm.slot(vm.literal(0), 0), count % 2 === 0 ? b : a));
  }
});

await test('what was found once is kept, and what is made since', () => {
  for (let place = 0; place < 8; place++) keep(place, null);
  vm.weakReviews.value = 1;
  const ask = () => elements(vm.primitive_177(vm.literal(classes.Point3), 100));
  const before = vm.slotCount(instances('Point3'));
  const made = make('Point3');
  const copied = vm.copy(made);
  const other = make('Association');
  const found = ask();
  equal(found.length, before + 2);
  ok(vm.same(found[before], made) && vm.same(found[before + 1], copied));
  ok(!found.some((one) => vm.same(one, other)));
  for (let count = 0; count < 3 * before + 5000; count++) make('Point3');
  equal(vm.slotCount(instances('Point3')), before, 'too many, all of them garbage: the heap is walked again');
  make('Point3');
  equal(vm.slotCount(instances('Point3')), before + 1);
  collect();
  equal(vm.slotCount(instances('Point3')), before, 'nothing is kept beyond a collection');
  vm.weakReviews.value = 0;
});

await test('what was found is forgotten when objects change their class', () => {
  const [a, b] = [make('Point'), make('Association')];
  keep(0, a);
  keep(1, b);
  const both = () => ['Point', 'Association'].map((name) => vm.slotCount(instances(name)));
  const counts = both();
  vm.weakReviews.value = 1;
  equalDeep(both(), counts);
  vm.primitive_160(vm.literal(classes.Point), b, 0);
  equalDeep(both(), [counts[0] + 1, counts[1] - 1]);
  vm.primitive_160(vm.literal(classes.Association), b, 0);
  equalDeep(both(), counts);
  vm.primitive_128(array(a), array(b), 100);
  ok(elements(instances('Association')).some((one) => vm.same(one, a)));
  collect();
  vm.weakReviews.value = 0;
});

// Literal 0 keeps one holder of each kind; a become: of objects made since the last one settles them, if it is the second.
function settledHolders() {
  vm.weakReviews.value = 1;
  const holders = ['Point', 'Point3', 'Wide', 'Context', 'WeakArray', 'Array'].map((name, index) => make(name, index < 3 ? 0 : 6));
  holders.forEach((one, place) => keep(place, one));
  vm.slotPut(holders[3], 2, small(2));  // a Context's stack pointer
  collect();
  for (let count = 0; count < 2; count++) become([make('Point')], [make('Point3')]);
  ok(vm.settled() > 0);
  return holders;
}
const places = [0, 1, 49, 6, 2, 5];  // in these holders

await test('objects made since the last become:, wherever the references are', () => {
  const holders = settledHolders();
  for (let round = 0; round < 5; round++) {
    const [a, b] = [make('Point'), string('text')];
    const [hashA, hashB] = [vm.hash(a), vm.hash(b)];
    holders.forEach((one, index) => vm.slotPut(one, places[index], index % 2 === 0 ? a : b));
    const inside = array(array(a, b), b);
    vm.slotPut(holders[0], 1, inside);
    ok(become([a], [b]) !== vm.failed());
    ok(vm.settled() > 0, 'without walking everything');
    holders.forEach((one, index) => ok(vm.same(vm.slot(one, places[index]), index % 2 === 0 ? b : a), `holder ${index}`));
    ok(vm.same(vm.slot(vm.slot(inside, 0), 0), b) && vm.same(vm.slot(inside, 1), a), 'in new objects');
    equal(vm.hash(b), hashA);
    equal(vm.hash(a), hashB);
  }
  const [from, to] = [make('Point'), make('Point')];
  vm.slotPut(holders[2], 3, from);
  forward([from], [to]);
  ok(vm.settled() > 0 && vm.same(vm.slot(holders[2], 3), to), 'one way');
  vm.weakReviews.value = 0;
});

await test('an object that was there before is replaced everywhere', () => {
  const holders = settledHolders();
  const other = array(holders[1]);
  keep(6, other);
  become([holders[1]], [make('Point')]);
  equal(vm.settled(), 0);
  ok(!vm.same(vm.slot(vm.literal(0), 1), holders[1]));
  ok(vm.same(vm.slot(other, 0), vm.slot(vm.literal(0), 1)));
  vm.weakReviews.value = 0;
});

await test('what has become something else with the walk that settled was there, too', () => {
  vm.weakReviews.value = 1;
  keep(0, make('Point'));
  collect();
  const [a, b] = [make('Point'), make('Point3')];
  const list = array(a, b);
  keep(1, list);
  for (let count = 0; count < 5; count++) {
    become([a], [b]);
    equal(vm.settled() > 0, count === 0);
    ok(vm.same(vm.slot(list, 0), count % 2 === 0 ? b : a) && vm.same(vm.slot(list, 1), count % 2 === 0 ? a : b));
  }
  const last = make('Point');
  keep(3, last);
  forward([last], [b]);
  ok(vm.settled() > 0);
  keep(4, last);  // nothing but JavaScript had it
  const inside = make('Point');
  vm.slotPut(last, 0, inside);
  become([inside], [make('Point3')]);
  ok(!vm.same(vm.slot(last, 0), inside), 'what comes back is walked');
  vm.weakReviews.value = 0;
});

await test('a literal of a method that was there before', () => {
  settledHolders();
  const [a, b] = [make('Point'), make('Point3')];
  vm.slotPut(vm.literal(kMethod), 1, a);
  become([a], [b]);
  ok(vm.same(vm.slot(vm.literal(kMethod), 1), b));
  vm.slotPut(vm.literal(kMethod), 1, null);
  vm.weakReviews.value = 0;
});

await test('what was settled is forgotten by other walks, collections, and changes of class and contents', () => {
  const changes = [
    () => instances('Point'), collect,
    (holders) => vm.primitive_160(vm.literal(classes.Association), holders[0], 0),
    (holders) => vm.primitive_128(array(holders[0]), array(make('Point')), 100),
    (holders) => vm.primitive_128(array(holders[5]), array(array(null)), 100),
  ];
  for (const change of changes) {
    const holders = settledHolders();
    change(holders);
    equal(vm.settled(), 0);
    const [a, b] = [make('Point'), make('Point3')];
    vm.slotPut(holders[5], 0, a);
    keep(7, a);
    become([a], [b]);
    ok(vm.same(vm.slot(holders[5], 0), b) && vm.same(vm.slot(vm.literal(0), 7), b));
  }
  vm.weakReviews.value = 0;
});

await test('where more is new than was settled, everything is settled again', () => {
  const holders = settledHolders();
  const before = vm.settled();
  vm.slotPut(holders[5], 0, array(...Array.from({ length: before + 5000 }, (_, index) => array(small(index)))));
  const [a, b] = [make('Point'), make('Point3')];
  vm.slotPut(holders[0], 0, a);
  become([a], [b]);
  ok(vm.same(vm.slot(holders[0], 0), b));
  equal(vm.settled(), 0);
  vm.slotPut(holders[0], 0, a);
  become([make('Point')], [make('Point3')]);
  ok(vm.settled() > before + 5000);
  vm.weakReviews.value = 0;
});

await test('a selector that becomes something else is looked up as such', () => {
  const [name, other] = [string('made'), make('Point')];
  const id = vm.selectorId(name);
  keep(0, name);
  become([name], [other]);
  equal(vm.selectorId(other), id);
  ok(vm.selectorId(name) !== id);
});

finish();
