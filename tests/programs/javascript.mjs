// Smalltalk from JavaScript and JavaScript from Smalltalk, in Node: what open() of a built folder offers.
// node --expose-gc javascript.mjs OUT (a Cuis image, built)
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, failure, finish, ok, test } from '../harness.mjs';

const folder = resolve(process.argv[2]);
const { open } = await import(pathToFileURL(join(folder, 'stwasm.mjs')));
const refused = 'http://refused.example';

const reports = [];
const { NodePlatform } = await import(pathToFileURL(join(folder, 'platform_node.mjs')));
const platform = new NodePlatform(folder);
platform.report = (message) => reports.push(message);
const image = await open({ platform, permissions: { network: ['http://allowed.example'] } });

await test('values come back as JavaScript has them', async () => {
  const expected = new Map([
    ['3 + 4', 7], ['nil', null], ['3 > 4', false], ['3 < 4', true], ['1/2 + 0.25', 0.75], ['#foo', 'foo'], ['$a', 'a'],
    ["'a', 'b'", 'ab'], ['2 raisedTo: 40', 2 ** 40], ['(2 raisedTo: 64) negated', -(2n ** 64n)],
    ['#(1 $a #(nil true))', [1, 'a', [null, true]]], ['#[1 2 255]', new Uint8Array([1, 2, 255])],
    ['String new: 100000 withAll: $x', 'x'.repeat(100000)], ['| a | a := 3. a * a', 9],
  ]);
  for (const [source, value] of expected) equalDeep(await image.evaluate(source), value, source);
});

await test('values go there and come back', async () => {
  const identity = await image.evaluate('[ :value | value ]');
  for (const value of [0, -1, 2 ** 30, -(2 ** 30) - 1, 2 ** 53 - 1, 1.5, -0, 2n ** 80n, -(2n ** 63n), 'text', 'é', '漢字', true,
    null, [1, ['a', null]], new Uint8Array([0, 255])]) {
    equalDeep(await identity(value), typeof value === 'bigint' && value < 2n ** 53n && value > -(2n ** 53n) ? Number(value) : value);
  }
  ok(Number.isNaN(await identity(NaN)));
});

await test('sends reach objects, which keep their identity', async () => {
  const list = await image.evaluate('OrderedCollection new');
  equal(await image.send(list, 'add:', 5), 5);
  await list.send('add:', 'six');
  equal(await list.printString(), "an OrderedCollection(5 'six')");
  equal(await list.send('yourself'), list);
  equal(await image.send(3, '+', 4), 7);
  equal(await image.send(await image.global('Smalltalk'), 'includesKey:', await image.symbol('Object')), true);
  equal(await (await image.global('Point')).send('name'), 'Point');
});

await test('an unhandled error rejects the promise', async () => {
  const error = await failure(image.evaluate('1/0'));
  equal(error.className, 'ZeroDivide');
  const [{ className, selector, receiver, arguments: given, pc }, below] = error.smalltalkStack;
  equalDeep({ className, selector, receiver, given }, { className: 'SmallInteger', selector: '/', receiver: '1', given: ['0'] });
  ok(pc > 0, `pc ${pc}`);
  equal(`${below.className}>>${below.selector}`, 'UndefinedObject>>DoIt');
  ok(error.smalltalkStack.some((frame) => frame.className === 'Compiler class' && frame.selector === 'evaluate:'));
  equal((await failure(image.send(3, 'zork'))).className, 'MessageNotUnderstood');
  contains((await failure(image.evaluate('3 +'))).message, 'Argument expected');
  contains((await failure(image.send(3, '+'))).message, 'takes 1 arguments, not 0');
  equal(await image.evaluate('[ 1/0 ] on: ZeroDivide do: [ :e | 8 ]'), 8);
});

await test('calls wait for each other no longer than they have to', async () => {
  const order = [];
  const note = (name) => (value) => order.push(`${name} ${value}`);
  await Promise.all([
    image.evaluate('(Delay forMilliseconds: 60) wait. 1').then(note('slow')),
    image.evaluate('2').then(note('quick')),
  ]);
  equalDeep(order, ['quick 2', 'slow 1']);
});

await test('javascript.st can be filed in', async () => {
  await image.fileIn(readFileSync(join(folder, 'javascript.st'), 'utf8'));
  equal(await image.evaluate("(JavaScript global: 'Math') max: 3 with: 4"), 4);
});

// What the following expressions find.
globalThis.subject = {
  count: 3,
  list: [1, 2, 3],
  times(a, b) {
    return a * b + this.count;
  },
  late: (value) => new Promise((done) => {
    setTimeout(() => done(value * 2), 20);
  }),
  apply: (f, ...values) => f(...values),
  fails: async () => {
    throw new RangeError('too far');
  },
};

const fromSmalltalk = (text) => image.evaluate(`| subject | subject := JavaScript global: 'subject'. ${text}`);

await test('Smalltalk reaches properties, functions and constructors', async () => {
  equal(await fromSmalltalk('subject count'), 3);
  equal(await fromSmalltalk('subject times: 4 with: 5'), 23);
  equal(await fromSmalltalk('subject count: 10. subject times: 1 with: 1'), 11);
  equal(subject.count, 10);
  equalDeep(await fromSmalltalk('subject list asArray'), [1, 2, 3]);
  equal(await fromSmalltalk('subject list at: 1'), 2);
  equal(await fromSmalltalk('subject list printString'), '1,2,3');
  equal(await fromSmalltalk("subject == (JavaScript global: 'subject')"), true);
  equal(await fromSmalltalk('subject'), subject);
  equalDeep(await fromSmalltalk("((JavaScript global: 'Uint8Array') construct: {#[1 2 3]}) asByteArray"), new Uint8Array([1, 2, 3]));
  equalDeep(await fromSmalltalk("JavaScript object a: 1; at: 'b' put: #(2 nil); yourself"), { a: 1, b: [2, null] });
});

await test('promises are awaited, other processes go on meanwhile', async () => {
  equal(await fromSmalltalk('(subject late: 21) await'), 42);
  equalDeep(await image.evaluate(`| subject log done |
    subject := JavaScript global: 'subject'. log := OrderedCollection new. done := Semaphore new.
    [ log add: (subject late: 2) await. done signal ] fork.
    [ log add: 1. done signal ] fork.
    done wait; wait. log asArray`), [1, 4]);
  contains((await failure(fromSmalltalk('subject fails await'))).message, 'RangeError: too far');
});

await test('blocks are functions', async () => {
  equal(await fromSmalltalk('(subject apply: [ :x | x + 1 ] with: 41) await'), 42);
  const block = await image.evaluate('[ :x :y | x - y ]');
  equal(await block(5, 3), 2);
  equal(await image.send(block, 'numArgs'), 2);
});

await test('what makes code is refused, and what is not permitted', async () => {
  contains((await failure(fromSmalltalk("JavaScript global: 'eval'"))).message, 'refused');
  contains((await failure(fromSmalltalk("((JavaScript global: 'Math') at: 'constructor') at: 'constructor'"))).message, 'refused');
  contains((await failure(fromSmalltalk("JavaScript global: 'process'"))).message, 'the permission dom is not given');
  contains((await failure(fromSmalltalk(`(JavaScript fetch: '${refused}/x') await`))).message, 'does not name http://refused.example');
  equalDeep(image.refusals(), [['dom process', 1], [`network ${refused}`, 1]]);
  equal(reports.length, 2);
});

// Weak references are cleared between two turns of the event loop.
async function collected(weak) {
  for (let i = 0; i < 10 && weak.deref() !== undefined; i++) {
    await new Promise((done) => {
      setTimeout(done, 5);
    });
    gc();
  }
  return weak.deref() === undefined;
}

await test('objects that crossed are collected on both sides, cycles too', async () => {
  const keeper = await image.evaluate('OrderedCollection new');
  let object = { kept: true };
  const weakObject = new WeakRef(object);
  await keeper.send('add:', object);
  object = null;
  ok(!await collected(weakObject), 'Smalltalk still holds the object');
  equal((await keeper.send('first')).kept, true);
  await keeper.send('removeFirst');
  await image.evaluate('nil');
  ok(await collected(weakObject), 'nobody holds the object');

  let cycle = { list: await image.evaluate('OrderedCollection new') };
  const [weakCycle, weakList] = [new WeakRef(cycle), new WeakRef(cycle.list)];
  await cycle.list.send('add:', cycle);
  cycle = null;
  await image.evaluate('nil');
  ok(await collected(weakCycle) && await collected(weakList), 'nobody holds the cycle');
});

await test('after the image has quit, calls fail', async () => {
  contains((await failure(image.evaluate('Smalltalk quitPrimitive: 3'))).message, 'exit code 3');
  contains((await failure(image.evaluate('1'))).message, 'has quit');
  equal(await image.run(), 3);
});
finish();
