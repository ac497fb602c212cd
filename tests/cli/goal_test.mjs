// build --size and --speed: smaller or faster, with the same answers.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { equal, ok, test } from '../harness.mjs';
import { inScratch, stwasm } from './command.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const image = inScratch('permute.image');

function succeed(...words) {
  const { code, out, err } = stwasm(...words);
  equal(code, 0, err);
  return out;
}

function built(name, ...options) {
  const out = inScratch(name);
  succeed('build', image, '-o', out, ...options);
  const { wasmBytes, translatedMethods } = JSON.parse(readFileSync(`${out}/manifest.json`, 'utf8'));
  equal(/^Permute +2 rounds/.test(succeed('run', out, '--', 'Permute', '2')), true);
  return { wasmBytes, translatedMethods };
}

await test('build --size is smaller, and all goals give the same answers', () => {
  succeed('compose', `${root}examples/kernel`, `${root}examples/benchmarks`, '-o', image);
  const usual = built('usual');
  const small = built('small', '--size');
  const fast = built('fast', '--speed');
  ok(small.wasmBytes < 0.9 * usual.wasmBytes, `${small.wasmBytes} of ${usual.wasmBytes}`);
  equal(small.translatedMethods, usual.translatedMethods);
  equal(fast.translatedMethods, usual.translatedMethods);
});
