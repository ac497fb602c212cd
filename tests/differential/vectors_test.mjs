// Temporaries that blocks share (vectors.st), interpreted, translated, and translated for a profile, where the blocks are in
// place: node vectors_test.mjs STWASM FOLDER. In images of 32 and 64 bits and from before Spur.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

// What follows from the language alone, by line.
const known = [
  '10|4|',                        // sum:
  '3|#(4)|78|',                   // find:in:, nested:
  '#(21 21)|10|',                 // escapes:at:
  '#(32 31 33 32 34 33)|#(31 32 33)|',
];

for (const format of ['spur32', 'spur64', 'v3']) {
  const image = join(folder, `vectors-${format}.image`);
  const kernel = join(here, '../../examples/kernel');
  const out = (name) => join(folder, `vectors-${format}${name}`);
  const call = (...words) => execFileSync(stwasm, words, { encoding: 'latin1' });
  call('compose', kernel, join(here, 'vectors.st'), '-o', image, '--format', format);
  call('profile', image, '-o', out('.profile'));
  call('build', image, '-O', '0', '-o', out(''));
  call('build', image, '-O', '0', '-o', out('-profiled'), '--profile', out('.profile'));
  const run = (...words) => call('run', ...words).trimEnd().split('\n');
  const interpreted = run(out(''), '--interpret-only');
  await test(`temp vectors, ${format}, interpreted`, () => known.forEach((line, index) => equal(interpreted[index], line)));
  const modes = { translated: [out('')], profiled: [out('-profiled')], 'profiled, mixed': [out('-profiled'), '--mixed', '3'] };
  for (const [mode, words] of Object.entries(modes)) {
    const lines = run(...words);
    await test(`temp vectors, ${format}, ${mode} as interpreted`, () => {
      equal(lines.length, interpreted.length);
      interpreted.forEach((line, index) => equal(`${index}: ${lines[index]}`, `${index}: ${line}`));
    });
  }
}
finish();
