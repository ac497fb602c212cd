// `stwasm size` and `stwasm build --stats`: that the figures are those of the module and add up.
// node size_test.mjs COMMAND IMAGE FOLDER (IMAGE: failing.st composed; FOLDER: for what is written)
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { functionSizes } from './wasm_names.mjs';

const [command, image, folder] = process.argv.slice(2);

function stwasm(...words) {
  return spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function succeed(...words) {
  const { status, stdout, stderr } = stwasm(...words);
  equal(status, 0, stderr);
  return stdout;
}

const [named, unnamed, statsFile] = ['sized', 'sized-without-names', 'stats.json'].map((name) => join(folder, name));
succeed('build', image, '-o', named, '-O', '0', '--names');
succeed('build', image, '-o', join(folder, 'sized-text'), '-O', '0', '--keep-text');
const stats = succeed('build', image, '-o', unnamed, '-O', '0', '--stats', '--stats-json', statsFile);
const wasmOf = (out) => readFileSync(join(out, 'image.wasm'));
const report = JSON.parse(succeed('size', named, '--json'));
const sum = (entries) => entries.reduce((total, { bytes }) => total + bytes, 0);
const bytesOf = (entries, name) => entries.find((each) => each.name === name)?.bytes;

await test('sections are all of the module', () => {
  equal(report.bytes, statSync(join(named, 'image.wasm')).size);
  equal(sum(report.sections) + 8, report.bytes);
  ok(Math.abs(report.deflatedBytes - gzipSync(wasmOf(named)).length) < report.deflatedBytes / 50, `${report.deflatedBytes}`);
});

await test('classes and methods have the bytes of their functions', () => {
  const sizes = functionSizes(wasmOf(named));
  const bytesWhere = (wanted) => sizes.filter(({ name }) => wanted(name)).reduce((total, { bytes }) => total + bytes, 0);
  equal(report.translatedBytes, bytesWhere((name) => name.includes('>>')));
  equal(bytesOf(report.classes, 'Failing'), bytesWhere((name) => name.startsWith('Failing>>')));
  equal(bytesOf(report.classes, 'Failing class'), bytesWhere((name) => name.startsWith('Failing.class>>')));
  equal(bytesOf(report.methods, 'Failing>>inBlock:'), bytesWhere((name) => /^Failing>>inBlock:(@|$)/.test(name)));
  equal(bytesOf(report.kinds, 'runtime: primitives'), bytesWhere((name) => name.startsWith('primitive_')));
});

await test('each table adds up', () => {
  for (const table of ['classes', 'methods', 'instructions']) equal(sum(report[table]), report.translatedBytes, table);
  const code = bytesOf(report.sections, 'code');
  ok(sum(report.kinds) < code && sum(report.kinds) > code - 16, `${sum(report.kinds)} of ${code}`);
  ok(report.handlerBytes > 0.03 * report.translatedBytes && report.handlerBytes < 0.3 * report.translatedBytes, `${report.handlerBytes}`);
  equalDeep(report.classes.map(({ bytes }) => bytes), report.classes.map(({ bytes }) => bytes).toSorted((a, b) => b - a));
});

await test('calls are told apart by what they are for', () => {
  const text = readFileSync(join(folder, 'sized-text', 'module.wat'), 'utf8');
  const translated = text.split('\n(func ').filter((each) => each.split(' ', 1)[0].includes('>>'));
  const callsOf = (pattern) => translated.reduce((sum, each) => sum + (each.match(pattern)?.length ?? 0), 0);
  const counted = Object.fromEntries(report.calls.map(({ name, calls }) => [name, calls]));
  // The encoder leaves out what cannot be reached.
  const nearly = (count, written) => ok(count <= written && count > 0.97 * written, `${count} of ${written}`);
  nearly(counted['sends: the look-up of a method'], callsOf(/\(call \$lookup_\d+/g));
  nearly(counted['captures: what makes a Context of a frame'], callsOf(/\(call \$(begin_)?capture_/g));
  nearly(counted['polls at loop heads'], callsOf(/\(call \$refuel/g));
  nearly(counted['sends: blocks evaluated'], callsOf(/\(call \$block_value_/g));
  ok(report.calls.reduce((sum, { bytes }) => sum + bytes, 0) === bytesOf(report.instructions, 'calls'), 'all calls');
});

await test('build --stats tells the same of a module without names, which it leaves as it is', () => {
  const { wasm, methods, translatedMethods, refused, bytecodes, bytesPerBytecode } = JSON.parse(readFileSync(statsFile, 'utf8'));
  for (const table of ['kinds', 'classes', 'methods', 'instructions']) equalDeep(wasm[table], report[table]);
  equal(wasm.bytes, statSync(join(unnamed, 'image.wasm')).size);
  equal(refused.reduce((total, each) => total + each.methods.length, 0), methods - translatedMethods);
  equal(bytesPerBytecode, wasm.translatedBytes / bytecodes);
  const plain = join(folder, 'plain-for-stats');
  succeed('build', image, '-o', plain, '-O', '0');
  ok(wasmOf(plain).equals(wasmOf(unnamed)), 'the same bytes');
  contains(stats, `${wasm.translatedBytes.toLocaleString('en-US')} bytes of WebAssembly`);
});

await test('packages are the categories of classes', () => {
  const { wasm } = JSON.parse(readFileSync(statsFile, 'utf8'));
  equal(sum(wasm.packages), wasm.translatedBytes);
  equal(bytesOf(wasm.packages, 'Tests'), ['Failing', 'Failing class'].reduce((total, name) => total + bytesOf(wasm.classes, name), 0));
  ok(bytesOf(wasm.packages, 'Kernel-Numbers') > bytesOf(wasm.classes, 'Integer'));
});

await test('without names the sections remain; what is no module is told', () => {
  contains(succeed('size', unnamed), 'build it with --names');
  contains(stwasm('size', folder).stderr, 'is no translated image');
  const broken = join(folder, 'broken');
  mkdirSync(broken);
  for (const [bytes, message] of [[Buffer.from('text'), 'no WebAssembly module'], [wasmOf(named).subarray(0, 50_000), 'breaks off']]) {
    writeFileSync(join(broken, 'image.wasm'), bytes);
    const { status, stderr } = stwasm('size', broken);
    equal(status, 1);
    contains(stderr, message);
  }
});

// An image with bytecodes that no virtual machine defines, and methods that ask for variables that their class does not have.
for (const table of ['sista', 'primitives']) {
  await test(`what is left to the interpreter is told with its reason (${table})`, () => {
    const [odd, list, out] = ['image', 'tsv', 'out'].map((ending) => join(folder, `${table}.${ending}`));
    equal(spawnSync(join(dirname(command), 'stwasm_exemplars'), [table, 'spur32', odd, list]).status, 0);
    const told = succeed('build', odd, '-o', out, '-O', '0', '--refusals', '--stats', '--stats-json', statsFile);
    const { methods, translatedMethods, refused } = JSON.parse(readFileSync(statsFile, 'utf8'));
    const byReason = new Map();
    for (const [, method, reason] of told.matchAll(/^left to the interpreter: (.+?): (.+)$/gm)) {
      byReason.set(reason, [...byReason.get(reason) ?? [], method]);
    }
    ok(byReason.size > 0);
    equal([...byReason.values()].flat().length, methods - translatedMethods);
    equalDeep(new Map(refused.map((each) => [each.reason, each.methods])), byReason);
    const counts = refused.map((each) => each.methods.length);
    equalDeep(counts, counts.toSorted((a, b) => b - a));
    const shown = told.slice(told.indexOf('--refusals lists the methods')).split('\n').slice(1, refused.length + 1);
    equalDeep(shown, refused.map((each) => `${String(each.methods.length).padStart(12)}  ${each.reason}`));
  });
}
await test('where nothing is refused nothing is told of it', () => {
  equalDeep(JSON.parse(succeed('build', image, '-o', unnamed, '-O', '0', '--stats-json', statsFile) &&
    readFileSync(statsFile, 'utf8')).refused, []);
  ok(!stats.includes('left to the interpreter'));
});

finish();
