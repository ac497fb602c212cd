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

// What emit/branch_hints knows of the emitter's text: nothing of that kind is left without a hint.
await test('build --speed hints which branches are rare, other builds without a profile do not', () => {
  const hinted = (name, ...options) => {
    const out = inScratch(name);
    succeed('build', image, '-o', out, '-O', '0', '--keep-text', ...options);
    const sections = WebAssembly.Module.customSections(
      new WebAssembly.Module(readFileSync(`${out}/image.wasm`)), 'metadata.code.branch_hint');
    return { count: sections.length, text: readFileSync(`${out}/module.wat`, 'utf8') };
  };
  equal(hinted('plain').count, 0);
  const { count, text } = hinted('hinted', '--speed');
  equal(count, 1);
  const kinds = {
    'a poll': '(if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit))',
    'a loop': '(if (i32.ge_s (local.tee $fuel ',
    'an overflow': '(if (i32.lt_s (i32.add (local.get $x) (i32.const 0x40000000))',
    'a class': '(if (result eqref) (i32.eq (call $class_index_of (local.get $s',
    'an operand': '(br_if $general0 ',
    'a frame that leaves': '(br_if $unwound ',
    'a run of Float operations': '(br_if $slow ',
    'a Float': '(if (ref.test (ref $Float) ',
  };
  const functions = text.split(/^(?=\(func )/m).filter((each) => each.includes('block $unwound'));
  for (const [kind, beginning] of Object.entries(kinds)) {
    const found = functions.flatMap((each) => each.split('\n')).filter((line) => line.includes(beginning));
    ok(found.length > 0, `${kind}: none in the text`);
    const bare = found.filter((line) => !line.includes(`") ${beginning}`));
    equal(bare.length, 0, `${kind}: ${bare[0]}`);
  }
});
