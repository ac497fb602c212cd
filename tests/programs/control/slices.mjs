// A primitive that does much work brings the next poll nearer, as many sends would: a time slice is not overrun by a few
// large copies. Time is the test's own here; what is counted is how often the image looks at it.
// node slices.mjs OUT (a Cuis image, built)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { finish, ok, test } from '../../harness.mjs';

const folder = resolve(process.argv[2]);
const { open } = await import(pathToFileURL(join(folder, 'stwasm.mjs')));
const { clockImports } = await import(pathToFileURL(join(folder, 'clock.mjs')));

let [now, looks] = [0, 0];
const clock = { ...clockImports(), milliseconds: () => (looks++, now += 0.5) };
const image = await open({ clock });

async function looksDuring(source) {
  const before = looks;
  await image.evaluate(source);
  return looks - before;
}

const kForms = '| from to | from := Form extent: 500@500 depth: 32. to := Form extent: 500@500 depth: 32.';
const kWork = new Map([
  ['copies of an Array', '| array | array := Array new: 20000. 300 timesRepeat: [ array copy ]'],
  ['copies of bytes', '| bytes | bytes := ByteArray new: 1000000. 100 timesRepeat: [ bytes copy ]'],
  ['large objects', '300 timesRepeat: [ ByteArray new: 400000 ]'],
  ['replacing elements', `| from to | from := Array new: 50000. to := Array new: 50000.
    1000 timesRepeat: [ to replaceFrom: 1 to: 50000 with: from startingAt: 1 ]`],
  ['copying pixels', `${kForms} 20 timesRepeat: [ (BitBlt toForm: to) sourceForm: from; combinationRule: 3; width: 500; height: 500; copyBits ]`],
  ['warping pixels', `${kForms} 20 timesRepeat: [ (WarpBlt toForm: to) sourceForm: from; cellSize: 2; combinationRule: 3;
    copyQuad: from boundingBox innerCorners toRect: (0@0 extent: 400@400) ]`],
]);

await image.evaluate('20 benchFib');   // polls are as far apart as they get
for (const [name, source] of kWork) {
  await test(name, async () => {
    const count = await looksDuring(source);
    ok(count >= 12, `the image has looked at the time ${count} times`);
  });
}

finish();
