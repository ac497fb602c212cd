// Errors in what the module imports: kept from the module, told when it has left.
import { equal, equalDeep, failure, finish, ok, test } from '../harness.mjs';
import { ImportFailures } from '../../runtime-wat/host/import_failures.mjs';

const oops = new TypeError('oops');
const fails = () => { throw oops; };
const failureOf = (body) => failure((async () => body())());

function setUp(imports, stop = () => {}) {
  const failures = new ImportFailures(stop);
  return { failures, caught: failures.caught(imports) };
}

await test('an import that works answers as before', () => {
  const { failures, caught } = setUp({ sum: (a, b) => a + b, sin: Math.sin });
  equal(failures.during(() => caught.sum(3, 4)), 7);
  equal(caught.sin, Math.sin);
  equal(failures.error, undefined);
});

await test('one that fails tells the module and answers what its type permits', async () => {
  let stops = 0;
  const { failures, caught } = setUp({ fileRead: fails, nextEvent: fails, utcMicroseconds: fails }, () => { stops += 1; });
  const answers = [];
  const error = await failureOf(() => failures.during(() =>
    answers.push(caught.fileRead(), caught.nextEvent(), caught.utcMicroseconds())));
  equal(error, oops);
  equalDeep(answers, [-1, 0, 0n]);
  equal(stops, 3);
  ok(failures.isContained);
});

await test('the first error counts, also before a trap', async () => {
  let count = 0;
  const { failures, caught } = setUp({ call: () => { throw new Error(`number ${++count}`); } });
  const trap = new Error('unreachable');
  const error = await failureOf(() => failures.during(() => {
    caught.call();
    caught.call();
    throw trap;
  }));
  equal(error.message, 'number 1');
  equal(failures.trap, trap);
  equal(failures.isContained, false);
});

await test('traps and errors outside a run are nobody else\'s', async () => {
  const { failures, caught } = setUp({ call: fails });
  equal(await failureOf(() => caught.call()), oops);
  const trap = new Error('unreachable');
  equal(await failureOf(() => failures.during(() => { throw trap; })), trap);
  equal(failures.error, undefined);
});

await test('where the module cannot be told the error goes through it', async () => {
  const { failures, caught } = setUp({ call: fails }, () => { throw new RangeError('no stack'); });
  equal(await failureOf(() => failures.during(() => caught.call())), oops);
  equal(failures.isContained, false);
});

await test('whatever is thrown is an error', async () => {
  const { failures, caught } = setUp({ call: () => { throw undefined; } });
  ok(await failureOf(() => failures.during(() => caught.call())) instanceof Error);
});

finish();
