// Temporaries that hold SmallIntegers (integers.st), interpreted, translated, and translated for a profile, where blocks are in
// place: node integers_test.mjs STWASM FOLDER. In images of 32 and 64 bits and from before Spur.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

// What the first line begins with, by the language alone.
const known = '#(55 11) nil|#(20100 201) nil|6561 nil|40 nil|#(9 1 10 10) nil|';

for (const format of ['spur32', 'spur64', 'v3']) {
  const image = join(folder, `integers-${format}.image`);
  const kernel = join(here, '../../examples/kernel');
  const out = (name) => join(folder, `integers-${format}${name}`);
  const call = (...words) => execFileSync(stwasm, words, { encoding: 'latin1' });
  call('compose', kernel, join(here, 'integers.st'), '-o', image, '--format', format);
  call('profile', image, '-o', out('.profile'));
  call('build', image, '-O', '0', '-o', out(''));
  call('build', image, '-O', '0', '-o', out('-profiled'), '--profile', out('.profile'));
  const run = (...words) => call('run', ...words).trimEnd().split('\n');
  const interpreted = run(out(''), '--interpret-only');
  await test(`temporaries with SmallIntegers, ${format}, interpreted`, () => equal(interpreted[0].slice(0, known.length), known));
  const modes = { translated: [out('')], profiled: [out('-profiled')], 'profiled, mixed': [out('-profiled'), '--mixed', '3'] };
  for (const [mode, words] of Object.entries(modes)) {
    const lines = run(...words);
    await test(`temporaries with SmallIntegers, ${format}, ${mode} as interpreted`, () => {
      equal(lines.length, interpreted.length);
      interpreted.forEach((line, index) => equal(`${index}: ${lines[index]}`, `${index}: ${line}`));
    });
  }
}
finish();
