// Runaway recursion and allocation end with an error of the image, not with the engine's. Needs about 2 GB of memory.
// node low_space.mjs COMMAND OUT
import { spawnSync } from 'node:child_process';
import { contains, equal, finish, test } from '../../harness.mjs';

const [command, out] = process.argv.slice(2);

function evaluated(source, mode) {
  const run = spawnSync(command, ['run', out, ...mode, '--eval', source], { encoding: 'latin1', timeout: 300_000 });
  return { code: run.status, out: run.stdout.trim(), error: run.stderr.trim() };
}

const endless = '| b | b := nil. b := [:n | 1 + (b value: n + 1)]. ';

for (const mode of [[], ['--interpret-only']]) {
  await test(`an endless recursion can be handled ${mode}`, () => {
    equal(evaluated(`${endless} [b value: 1] on: Error do: [:e | e messageText]`, mode).out, "'Space is low'");
  });
  await test(`an endless recursion that is not handled ends the evaluation ${mode}`, () => {
    const { code, error } = evaluated(`${endless} b value: 1`, mode);
    equal(code, 1);
    contains(error, 'Error: Space is low');
  });
  await test(`an endless allocation can be handled, and what it held is used again ${mode}`, () => {
    equal(evaluated(`| all | all := OrderedCollection new. 2 timesRepeat: [
      [[all add: (Array new: 1000)] repeat] on: Error do: [:e | all := OrderedCollection new]]. all size`, mode).out, '0');
  });
  await test(`large objects are noticed as soon as small ones ${mode}`, () => {
    equal(evaluated(`| all | all := OrderedCollection new. 2 timesRepeat: [
      [[all add: (ByteArray new: 100000000)] repeat] on: Error do: [:e | all := OrderedCollection new]]. all size`, mode).out, '0');
  });
  await test(`a million activations are no low space ${mode}`, () => {
    equal(evaluated('| b | b := nil. b := [:n | n = 0 ifTrue: [0] ifFalse: [1 + (b value: n - 1)]]. b value: 1000000', mode).out, '1000000');
  });
}
finish();
