// Builds the memories of exemplars, runs them translated and interpreted, and says what was covered.
// node exemplars_test.mjs COMMAND MAKER [--report]
// On a reference VM too where STWASM_SPUR_VM (32 bits), STWASM_SPUR64_VM or STWASM_V3_VM names one: that checks the tables themselves.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {contains, equal, finish, test} from '../harness.mjs';

const [command, maker, ...options] = process.argv.slice(2);
const referenceVms = {spur32: process.env.STWASM_SPUR_VM, spur64: process.env.STWASM_SPUR64_VM, v3: process.env.STWASM_V3_VM};
const memories = ['v3', 'sista', 'primitives'].flatMap((table) => [[table, 'spur32'], [table, 'spur64']])
  .concat([['primitives', 'spur32-big'], ['primitives', 'spur64-big']])
  .concat([['v3', 'v3'], ['primitives', 'v3'], ['v3', 'v3-big'], ['primitives', 'v3-big']]);

function output(program, words) {
  const run = spawnSync(program, words, {encoding: 'latin1', timeout: 120_000, maxBuffer: 1 << 26});
  if (run.error) throw run.error;
  return run;
}

// The cases of a memory, and everything that there is to cover.
function readList(file) {
  const [cases, keys] = readFileSync(file, 'latin1').split('\n\n');
  return {
    cases: cases.split('\n').map((line) => ({key: line.split('\t')[0], path: line.split('\t')[1]})),
    keys: new Set(keys.split('\n').filter((key) => key !== '')),
  };
}

// One test for each case: a memory writes a line for it.
async function check(cases, mode, {stdout, stderr, status}) {
  const lines = stdout.split('\n');
  for (const [index, {key, path}] of cases.entries())
    await test(`${mode}: ${key}: ${path}`, () => equal(lines[index] || `no answer: ${stderr.slice(0, 300)}`, 'ok'));
  await test(`${mode}: the end`, () => equal(status, 0, stderr));
  return cases.filter((_, index) => lines[index] === 'ok').map(({key}) => key);
}

// Without what is not for other virtual machines.
async function checkElsewhere(vm, table, format) {
  const image = join(folder, `${table}-${format}-elsewhere.image`);
  output(maker, [table, format, image, `${image}.tsv`, 'elsewhere']);
  await check(readList(`${image}.tsv`).cases, `${table}-${format} on the reference VM`,
    output(vm, ['-vm-display-null', '-vm-sound-null', image]));
}

// Numbered primitives that no case can have: what they do shows only outside the memory, or depends on it.
const withoutCase = new Map([
  ['the end of the run: the last thing that each memory does', [113]],
  ['images from before Spur with BlockContexts (tests/formats has them)', [81, 82]],
]);

// What the formats have not.
const withoutCaseIn = {
  // Of 541 to 559, which are for immediate Floats, 554 alone has a function of its own.
  spur32: new Map([['immediate Floats', [554]], ['files by number, before Spur', [151, 152, 153, 154, 155, 156, 157, 158, 161, 162]]]),
  spur64: new Map([['files by number, before Spur', [151, 152, 153, 154, 155, 156, 157, 158, 161, 162]]]),
  v3: new Map([['immediate Floats', [554, 560]], ['CompiledBlocks', [207, 208, 209]], ['newer than the format', [164, 171, 180, 181, 182, 183, 184, 578]]]),
};

// Primitives with cases, none of which fails.
const cannotFail = new Map([
  ['any object will do', [75, 110, 111, 132, 148, 163, 169, 182]],
  ['they look at no argument', [89, 90, 106, 107, 108, 109, 112, 116, 119, 124, 129, 130, 131, 134, 135, 137, 138, 140, 142, 161, 167, 176,
    178, 231, 240, 241, 570]],
  ['only a method of another class could make them fail, and virtual machines crash then', [40, 85, 86, 139, 177, 185, 186, 187,
    197, 212]],
  ['what is no index unregisters', [93]],
  ['only where its files cannot be written (tests/programs/snapshot.mjs)', [97]],
  ['quick returns', Array.from({length: 264}, (_, index) => 256 + index)],
  ['immediate Floats, as receivers, always have an answer', [541, 551, 552, 553, 555, 556, 557, 558, 559]],
]);

const reasonsIn = (format) => [...withoutCase, ...withoutCaseIn[format.replace('-big', '')]];

// The numbered primitives that the runtime has and that a case can have, as keys.
function primitiveKeys(format) {
  const exempt = new Set(reasonsIn(format).flatMap(([, numbers]) => numbers));
  const runtime = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'runtime-wat');
  const text = readdirSync(runtime).filter((file) => file.endsWith('.wat'))
    .map((file) => readFileSync(join(runtime, file), 'utf8')).join('');
  const numbers = [...text.matchAll(/^\(func \$primitive_(\d+)(?:_[\d@]\S*)? /gm)].map(([, number]) => Number(number));
  return new Set([...new Set(numbers)].filter((number) => !exempt.has(number)).sort((a, b) => a - b).map((number) => `primitive ${number}`));
}

function report(title, keys, covered, cases) {
  const missing = [...keys].filter((key) => !covered.has(key));
  const failing = new Set(cases.filter(({path}) => path.startsWith('fails')).map(({key}) => key));
  console.log(`${title}: ${keys.size - missing.length} of ${keys.size} covered by ${cases.length} cases` +
    (failing.size > 0 ? `, ${failing.size} of them failing too` : ''));
  if (missing.length > 0) console.log(`  without a case: ${missing.join(', ')}`);
  if (options.includes('--report'))
    for (const key of keys)
      console.log(`  ${key}: ${cases.filter((each) => each.key === key).map((each) => each.path).join('; ') || 'nothing'}`);
  return missing.join(', ');
}

// Virtual machines end at these bytecodes: the message has to say where.
async function checkFatal(table, ...messages) {
  const image = join(folder, `${table}.image`);
  const out = join(folder, table);
  const made = output(maker, [table, 'spur32', image, `${image}.tsv`]);
  const built = output(command, ['build', image, '-o', out, '-O', '0', '--refusals']);
  await test(`${table}: the method is left to the interpreter`, () => {
    equal(made.status, 0, made.stderr);
    equal(built.status, 0, built.stderr);
    contains(built.stdout + built.stderr, 'undefined bytecode');
  });
  for (const mode of [[], ['--interpret-only']])
    await test(`${table}: the run ends with its place ${mode.join('')}`, () => {
      const {status, stdout, stderr} = output(command, ['run', out, ...mode]);
      equal(status, 70, stdout);
      for (const message of [...messages, 'Exemplar>>case1 pc ']) contains(stderr, message);
    });
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-exemplars-'));
try {
  for (const [table, format] of memories) {
    const name = `${table}-${format}`;
    const image = join(folder, `${name}.image`);
    const list = join(folder, `${name}.tsv`);
    const out = join(folder, name);
    const made = output(maker, [table, format, image, list]);
    const built = output(command, ['build', image, '-o', out, '-O', '0']);
    await test(`${name} is built`, () => {
      equal(made.status, 0, made.stderr);
      equal(built.status, 0, built.stderr);
    });
    if (made.status !== 0 || built.status !== 0) continue;
    const {cases, keys} = readList(list);
    const translated = await check(cases, `${name} translated`, output(command, ['run', out]));
    const interpreted = await check(cases, `${name} interpreted`, output(command, ['run', out, '--interpret-only']));
    const vm = referenceVms[format];
    if (vm) await checkElsewhere(vm, table, format);
    const both = new Set(translated.filter((key) => interpreted.includes(key)));
    if (table === 'primitives')
      await test(`${name}: each primitive that can fail does`, () => {
        const failing = new Set(cases.filter(({path}) => path.startsWith('fails')).map(({key}) => key));
        const exempt = new Set([...cannotFail.values()].flat().map((number) => `primitive ${number}`));
        equal([...both].filter((key) => !failing.has(key) && !exempt.has(key)).join(', '), '');
      });
    if (table === 'primitives')
      for (const [reason, numbers] of reasonsIn(format)) console.log(`${name}, without a case: ${numbers.join(', ')}: ${reason}`);
    await test(`${name} covers all`, () =>
      equal(report(name, table === 'primitives' ? primitiveKeys(format) : keys, both, cases), ''));
  }
  for (const table of ['store', 'pop']) await checkFatal(table, 'a store into a literal that is no variable');
  await checkFatal('unused', 'a bytecode that does not exist, and no selector for it');
} finally {
  rmSync(folder, {recursive: true, force: true});
}
finish();
