// Hot methods whose profile has seen few kinds of operands (speculation.st), run with all kinds: translated for that profile,
// and without one, against the same interpreted. node speculation_test.mjs STWASM FOLDER. In images of 32 and 64 bits.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

// Methods that guess; `absolute:` and the blocks inlined into others do in those.
const guessing = ['arithmetic:with:', 'divisions:with:', 'comparisons:with:', 'sumFrom:to:in:', 'fill:with:', 'absolute:', 'rarely:',
  'recursive:'];

for (const format of ['spur32', 'spur64']) {
  const image = join(folder, `speculation-${format}.image`);
  const out = (name) => join(folder, `speculation-${format}${name}`);
  const run = (...words) => execFileSync(stwasm, words, { encoding: 'latin1', maxBuffer: 1 << 26 }).trimEnd().split('\n');
  run('compose', join(here, '../../examples/kernel'), join(here, 'speculation.st'), '-o', image, '--format', format);
  run('profile', image, '-o', out('.profile'));
  run('build', image, '-O', '0', '-o', out(''));
  run('build', image, '-O', '0', '-o', out('-profiled'), '--profile', out('.profile'), '--names');
  const interpreted = run('run', out(''), '--interpret-only', '--', 'all');
  for (const [name, words] of Object.entries({
    translated: [out('')], profiled: [out('-profiled')], 'profiled, mixed': [out('-profiled'), '--mixed', '3'],
  }))
    await test(`guesses, ${format}, ${name} as interpreted`, () => {
      const lines = run('run', ...words, '--', 'all');
      equal(lines.length, interpreted.length);
      interpreted.forEach((line, index) => equal(`${index}: ${lines[index]}`, `${index}: ${line}`));
    });
  for (const selector of guessing)
    await test(`${selector} has a general version, ${format}`, () => {
      const functions = run('inspect', out('-profiled'), `Guesses>>${selector}`).filter((line) => line.startsWith(' (func '));
      equal(functions.some((line) => line.includes(`$Guesses>>${selector}@general `)), true);
    });
}
finish();
