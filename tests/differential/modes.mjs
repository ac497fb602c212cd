// A program in Smalltalk, composed and built in each way, and what it prints in each.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));

// NAME.st of this folder in an image of that format: { interpreted, others: { mode: lines } }, lines of what it printed.
export function linesByMode(stwasm, folder, name, format) {
  const image = join(folder, `${name}-${format}.image`);
  const out = (part) => join(folder, `${name}-${format}${part}`);
  const call = (...words) => execFileSync(stwasm, words, { encoding: 'latin1' });
  call('compose', join(here, '../../examples/kernel'), join(here, `${name}.st`), '-o', image, '--format', format);
  call('profile', image, '-o', out('.profile'));
  call('build', image, '-O', '0', '-o', out(''));
  call('build', image, '-O', '0', '-o', out('-profiled'), '--profile', out('.profile'));
  const run = (...words) => call('run', ...words).trimEnd().split('\n');
  return {
    interpreted: run(out(''), '--interpret-only'),
    others: { translated: run(out('')), profiled: run(out('-profiled')), 'profiled, mixed': run(out('-profiled'), '--mixed', '3') },
  };
}

export async function testAsInterpreted(title, { interpreted, others }) {
  for (const [mode, lines] of Object.entries(others))
    await test(`${title}, ${mode} as interpreted`, () => {
      equal(lines.length, interpreted.length);
      interpreted.forEach((line, index) => equal(`${index}: ${lines[index]}`, `${index}: ${line}`));
    });
}
