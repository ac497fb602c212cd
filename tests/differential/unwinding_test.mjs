// ensure:, ifCurtailed: and on:do: with literal blocks (unwinding.st), interpreted, translated, and translated for a profile, where
// all of it is in place: node unwinding_test.mjs STWASM FOLDER. In images with each kind of closure.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, ok, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

// What follows from the language alone, by line, of n = 3.
const known = ['4 3 -3', '30 -3', '3 1 2', '3 1 -1 2 -2 -3', '3 #beside', '2 #outer', '#left 3', '8 3', '3 #passed', '3 3', '30 1 2 3',
  '#byHandler #ensured', '10'];
const kLinesOfOne = known.length + 1;

const kinds = { spur32: ['spur32'], spur64: ['spur64'], sista: ['spur32', '--bytecodes', 'sista'], v3: ['v3'] };
for (const [kind, format] of Object.entries(kinds)) {
  const image = join(folder, `unwinding-${kind}.image`);
  const out = (name) => join(folder, `unwinding-${kind}${name}`);
  const call = (...words) => execFileSync(stwasm, words, { encoding: 'latin1' });
  call('compose', join(here, '../../examples/kernel'), join(here, 'unwinding.st'), '-o', image, '--format', ...format);
  call('profile', image, '-o', out('.profile'));
  call('build', image, '-O', '0', '-o', out(''));
  call('build', image, '-O', '0', '-o', out('-profiled'), '--profile', out('.profile'), '--names');
  const run = (...words) => call('run', ...words, '--', 'all').trimEnd().split('\n');
  const interpreted = run(out(''), '--interpret-only');
  await test(`unwinding, ${kind}, interpreted`, () =>
    known.forEach((line, index) => equal(interpreted[2 * kLinesOfOne + index], line)));
  const modes = {
    translated: [out('')], profiled: [out('-profiled')], 'profiled, mixed': [out('-profiled'), '--mixed', '3'],
  };
  for (const [mode, words] of Object.entries(modes)) {
    const lines = run(...words);
    await test(`unwinding, ${kind}, ${mode} as interpreted`, () => {
      equal(lines.length, interpreted.length);
      interpreted.forEach((line, index) => equal(`${index}: ${lines[index]}`, `${index}: ${line}`));
    });
  }
  await test(`protected blocks are in place, ${kind}`, () => {
    for (const selector of ['left:', 'leftFrom:', 'handledOutside:', 'interrupted:'])
      ok(call('inspect', image, `Unwinding>>${selector}`, '--profile', out('.profile')).includes(';; inlined: BlockClosure>>ensure:'),
        selector);
  });
}
finish();
