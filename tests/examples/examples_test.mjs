// The examples and the kernel: see run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contains, equal, finish, ok, skip, test } from '../harness.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = join(root, 'examples');
const kernel = join(examples, 'kernel');
const kernelTests = join(root, 'tests/examples/kernel');
const scratch = mkdtempSync(join(tmpdir(), 'stwasm-examples-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const kMilliseconds = 60000;
const kModes = [[], ['--interpret-only']];
const kFormats = [
  ['--format', 'spur32', '--bytecodes', 'v3'],
  ['--format', 'spur32', '--bytecodes', 'sista'],
  ['--format', 'spur32', '--bytecodes', 'sista', '--closures', 'embedded'],
  ['--format', 'spur32', '--bytecodes', 'v3', '--byte-order', 'big'],
  ['--format', 'spur64', '--bytecodes', 'v3'],
  ['--format', 'spur64', '--bytecodes', 'sista'],
  ['--format', 'v3', '--bytecodes', 'v3'],
  ['--format', 'v3', '--bytecodes', 'v3', '--byte-order', 'big'],
];

function execute(program, words, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8', timeout: kMilliseconds, ...options });
  if (error) throw error;
  return { code: status, out: stdout, errors: stderr };
}

const stwasm = (...words) => execute(process.env.STWASM, words);

function succeed(result) {
  equal(result.code, 0, `${result.errors}${result.out}`);
  return result.out;
}

// The folder that the sources became; null for a format that this version writes or reads, but does not build.
function build(name, format, ...sources) {
  const out = join(scratch, name);
  const composed = stwasm('compose', kernel, ...sources, '-o', `${out}.image`, ...format);
  if (composed.code !== 0 && composed.errors.includes('cannot be written')) return null;
  succeed(composed);
  const built = stwasm('build', `${out}.image`, '-O', '0', '-o', out);
  if (built.code !== 0 && /not built yet|not yet supported/.test(built.errors)) return null;
  succeed(built);
  return out;
}

const run = (out, mode, ...words) => stwasm('run', out, ...mode, '--', ...words);

function checkKernelTests(out, mode) {
  const { code, out: text, errors } = run(out, mode);
  const [, passed, failed] = /(\d+) passed, (\d+) failed, 0 skipped\n$/.exec(text) ?? [];
  equal(failed, '0', `${text}${errors}exit code ${code}`);
  ok(Number(passed) >= 60, `only ${passed} tests ran`);
  equal(code, 0);
}

// Values that arithmetic gives; the times that the programs print differ.
function checkSmallPrograms(out, mode) {
  const lines = succeed(run(out, mode, '20')).split('\n');
  equal(lines[0], '20 fibonacci is 6765');
  equal(lines[2], '7');
  equal(lines[3], '25561830');
}

for (const format of kFormats) {
  const label = format.filter((word) => !word.startsWith('--')).join(' ');
  const small = ['fibonacci', 'hello', 'polynomial'].map((name) => join(examples, name));
  let folders;
  await test(`composing and building, ${label}`, () => {
    folders = [build('kernel', format, kernelTests), build('small', format, ...small)];
  });
  if (!folders || folders.includes(null)) {
    skip(`examples, ${label}`, 'this format is not built yet');
    continue;
  }
  for (const mode of kModes) {
    const how = mode.length > 0 ? 'interpreted' : 'translated';
    await test(`kernel tests, ${label}, ${how}`, () => checkKernelTests(folders[0], mode));
    await test(`hello, polynomial and fibonacci, ${label}, ${how}`, () => checkSmallPrograms(folders[1], mode));
  }
}

// Where no primitive does it, the Smalltalk code of the numbers has to come to the same results.
// The second build inlines what the first has seen.
await test('kernel tests, built with a profile of themselves', () => {
  const out = join(scratch, 'profiled');
  succeed(stwasm('compose', kernel, kernelTests, '-o', `${out}.image`));
  succeed(stwasm('profile', `${out}.image`, '-o', `${out}.profile`));
  succeed(stwasm('build', `${out}.image`, '-O', '0', '--profile', `${out}.profile`, '-o', out));
  for (const mode of [...kModes, ['--mixed', '3']]) checkKernelTests(out, mode);
});

await test('kernel tests without primitives of large integers', () => {
  const plain = join(scratch, 'plain');
  cpSync(kernel, plain, { recursive: true });
  const numbers = join(plain, 'numbers');
  let removed = 0;
  for (const name of readdirSync(numbers)) {
    const text = readFileSync(join(numbers, name), 'utf8');
    const kept = text.replace(/^\t<primitive: ('\w+' module: 'LargeIntegers'|2\d|3[0-7])>\n/gm, () => {
      removed++;
      return '';
    });
    writeFileSync(join(numbers, name), kept);
  }
  ok(removed >= 25, `${removed} primitives`);
  const out = join(scratch, 'plain.out');
  succeed(stwasm('compose', plain, kernelTests, '-o', `${out}.image`));
  succeed(stwasm('build', `${out}.image`, '-O', '0', '-o', out));
  checkKernelTests(out, []);
});

const benchmarks = build('benchmarks', [], join(examples, 'benchmarks'));

for (const mode of kModes) {
  await test(`benchmarks, ${mode.length > 0 ? 'interpreted' : 'translated'}`, () => {
    const lines = succeed(run(benchmarks, mode, 'all', '1')).trimEnd().split('\n');
    equal(lines.length, 14);
    for (const line of lines) ok(/^\w+ +1 rounds, fastest \d+ us, mean \d+ us$/.test(line), line);
  });
}

await test('benchmarks in JavaScript', () => {
  const text = succeed(execute(process.execPath, [join(examples, 'benchmarks/harness.mjs'), 'all', '1']));
  equal(text.trimEnd().split('\n').length, 14);
});

await test('a benchmark that comes to a wrong result, or is not there, fails', () => {
  const wrong = join(scratch, 'wrong.st');
  writeFileSync(wrong, `Benchmark subclass: #Wrong instanceVariableNames: '' classVariableNames: '' poolDictionaries: '' category: ''!
!Wrong methodsFor: 'running'!
benchmark
	^ 3!
verify: aResult
	^ aResult = 4! !
`);
  const out = build('wrong', [], join(examples, 'benchmarks'), wrong);
  const { code, errors } = run(out, [], 'Wrong');
  equal(code, 1);
  contains(errors, 'Error: Wrong came to a wrong result: 3\n');
  contains(errors, '  Benchmark>>runOnce pc ');
  contains(run(out, [], 'Nothing').errors, 'Error: There is no benchmark Nothing\n');
});

// With a small heap, so that it does not take long to fill it.
await test('runaway recursion ends with an error that can be handled', () => {
  const source = join(scratch, 'runaway.st');
  writeFileSync(source, `!Object methodsFor: 'tests'!
runaway: depth
	^ 1 + (self runaway: depth + 1)! !

Transcript show: ([nil runaway: 1] on: OutOfMemory do: [:error | 'caught']); cr!
nil runaway: 1!
`);
  const out = build('runaway', [], source);
  const environment = { ...process.env, NODE_OPTIONS: '--max-old-space-size=256' };
  const { code, out: text, errors } = execute(process.env.STWASM, ['run', out], { env: environment });
  equal(text, 'caught\n');
  equal(code, 1);
  contains(errors, 'OutOfMemory: Memory is low\n');
  ok(/  Object>>runaway: pc \d+, self nil, with \d+\n  \.\.\. and \d+ more\n$/.test(errors), errors);
});

await test('JavaScript sends messages to a counter', () => {
  const out = build('counter', [], join(root, 'runtime-wat/host/javascript.st'), join(examples, 'counter'));
  const text = succeed(execute(process.execPath, [join(examples, 'counter/counter.mjs'), out]));
  equal(text, '1\n42\na Counter at 42\n2568\nError: A counter does not go below 0\n');
});

await test('hello shows source, bytecodes, WebAssembly and result', () => {
  const text = succeed(execute(join(examples, 'hello/show'), [join(scratch, 'hello')]));
  for (const part of ['^ 3 + 4', '<20>', '<B0>', 'send: +', '    7 ', '(func $Hello>>add']) contains(text, part);
});

finish();
