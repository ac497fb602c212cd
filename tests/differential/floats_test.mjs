// Stores of Floats into instance variables and methods of Floats (floats.st), translated, and translated for a profile, against
// the same interpreted, and in part against JavaScript: node floats_test.mjs STWASM FOLDER. In images of 32 and 64 bits.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

const floats = [0, -0, 1.5, -2.25, 1e-300, 1e200, Infinity, -Infinity, NaN, 1073741823, 1073741824, -1073741824];
const kOperands = floats.length + 9;
const kFields = 4;

function printed(value) {
  if (Number.isNaN(value)) return 'nan';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `${view.getUint32(0)}:${view.getUint32(4)}`;
}

function moved(x, y, time) {
  return [x + x * time, y + y * time, x, y];
}

function pending(x, y, time) {
  x = x * time + 0.5;
  y = x * y + x * 0.25;
  x = (y - x) * 1.5;
  const v = (x + y) * 0.5;
  return [x * v + y, y, v];
}

// The first fields of each line: whether there was an error, and the instance variables.
function checkStores(line, a, b) {
  const fields = line.split('|');
  equal(fields.slice(0, 1 + kFields).join(' '), ['false', ...moved(a, b, 0.5).map(printed)].join(' '));
  equal(fields.slice(1 + kFields, kFields + 5).join(' '), ['false', ...pending(a, b, 0.5).map(printed)].join(' '));
}

const functions = (a, b) => [
  Math.sin(a) * 0.5 + Math.atan(b),
  Math.sin(a) + b * 0.5,
  Math.exp(a * 0.01) + Math.log(b * b + 1),
  Math.log(a) * (b + 0.5),
];

for (const format of ['spur32', 'spur64']) {
  const image = join(folder, `floats-${format}.image`);
  const out = (name) => join(folder, `floats-${format}${name}`);
  const run = (...words) => execFileSync(stwasm, words, { encoding: 'latin1' }).trimEnd().split('\n');
  run('compose', join(here, '../../examples/kernel'), join(here, 'floats.st'), '-o', image, '--format', format);
  run('profile', image, '-o', out('.profile'));
  run('build', image, '-O', '0', '-o', out(''));
  run('build', image, '-O', '0', '-o', out('-profiled'), '--profile', out('.profile'));
  const interpreted = run('run', out(''), '--interpret-only');
  await test(`Floats in instance variables, ${format}, interpreted`, () => {
    floats.forEach((a, i) => floats.forEach((b, j) => checkStores(interpreted[i * kOperands + j], a, b)));
  });
  await test(`functions of Floats, ${format}, interpreted`, () => {
    const lines = interpreted.slice(kOperands * kOperands + kOperands);
    floats.forEach((a, i) => floats.forEach((b, j) => {
      const expected = functions(a, b).map(printed).join(' ');
      equal(`${a} ${b}: ${lines[i * kOperands + j].split('|').slice(0, 4).join(' ')}`, `${a} ${b}: ${expected}`);
    }));
  });
  for (const [mode, lines] of Object.entries({ translated: run('run', out('')), profiled: run('run', out('-profiled')) }))
    await test(`Floats, ${format}, ${mode} as interpreted`, () => {
      equal(lines.length, interpreted.length);
      interpreted.forEach((line, index) => equal(`${index}: ${lines[index]}`, `${index}: ${line}`));
    });
}
finish();
