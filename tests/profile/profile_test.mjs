// Profiles of tests/profile/counted.st, whose counts follow from its source, and of a real image: see run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contains, equal, equalDeep, finish, ok, skip, test } from '../harness.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const kernel = join(root, 'examples/kernel');
const program = join(root, 'tests/profile/counted.st');
const scratch = mkdtempSync(join(tmpdir(), 'stwasm-profile-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const kFormats = [
  ['--format', 'spur32', '--bytecodes', 'v3'],
  ['--format', 'spur32', '--bytecodes', 'sista'],
  ['--format', 'spur64', '--bytecodes', 'sista'],
  ['--format', 'v3', '--bytecodes', 'v3'],
];
const cuis = join(process.env.STWASM_IMAGES ?? '', 'cuis5.image');
const kAnswers = '89 46 4 1000 6 \n';

function stwasm(...words) {
  const { status, stdout, stderr, error } = spawnSync(process.env.STWASM, words,
    { encoding: 'utf8', timeout: 600_000, maxBuffer: 1 << 28 });
  if (error) throw error;
  return { code: status, out: stdout, errors: stderr };
}

function succeed(result) {
  equal(result.code, 0, `${result.errors}${result.out}`);
  return result.out;
}

// [{ name, bytecodes, activations, sends, jumps }] of a profile file; sends with receivers and blocks.
function readProfile(file) {
  const code = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [kind, first, second, ...rest] = line.trim().split(' ');
    const text = rest.join(' ');
    const current = code.at(-1);
    if (kind === 'code') code.push({ name: [second, ...rest].join(' '), activations: [], sends: [], jumps: [] });
    if (kind === 'bytecodes') current.bytecodes = Number(first);
    if (kind === 'activation') current.activations.push(Number(second));
    if (kind === 'jump') current.jumps.push([Number(second), Number(text)]);
    if (kind === 'send') current.sends.push({ selector: text, count: Number(second), receivers: [], blocks: [] });
    if (kind === 'receiver') current.sends.at(-1).receivers.push([[second, ...rest].join(' '), Number(first)]);
    if (kind === 'block') current.sends.at(-1).blocks.push([text, Number(first)]);
  }
  return code;
}

// What a method and the blocks in it did; in SistaV1 the blocks are code of their own.
function partsOf(profile, method) {
  const parts = profile.filter(({ name }) => name === method || name.startsWith(`${method} [block `));
  return {
    activations: parts.flatMap(({ activations }) => activations),
    sends: parts.flatMap(({ sends }) => sends),
    jumps: parts.flatMap(({ jumps }) => jumps),
    bytecodes: parts.reduce((sum, { bytecodes }) => sum + bytecodes, 0),
  };
}

const sendsOf = ({ sends }, selector) => sends.filter((send) => send.selector === selector)
  .map(({ count, receivers }) => [count, Object.fromEntries(receivers)]);

function checkCounts(profile) {
  // fib: 10 is 89, the number of leaves in the tree of its calls; 88 nodes have two below them.
  const fib = partsOf(profile, 'Counted>>fib:');
  equalDeep(fib.activations, [177]);
  equalDeep(sendsOf(fib, '<'), [[177, { SmallInteger: 177 }]]);
  equalDeep(sendsOf(fib, 'fib:'), [[88, { Counted: 88 }], [88, { Counted: 88 }]]);
  equalDeep(sendsOf(fib, '-'), [[88, { SmallInteger: 88 }], [88, { SmallInteger: 88 }]]);
  equalDeep(sendsOf(fib, '+'), [[88, { SmallInteger: 88 }]]);
  equal(fib.jumps.length, 1);
  equalDeep(fib.jumps[0].sort((a, b) => a - b), [88, 89]);
  // n 2 < jump, then 1 and its return; or self n 1 - fib: self n 2 - fib: + and a return.
  equal(fib.bytecodes, 177 * 4 + 89 * 2 + 88 * 12);

  const areas = partsOf(profile, 'Counted>>areas:');
  equalDeep(areas.activations, [1, 10]);
  equalDeep(sendsOf(areas, 'area'), [[10, { Square: 7, Circle: 3 }]]);
  equalDeep(areas.sends.find(({ selector }) => selector === 'area').receivers, [['Square', 7], ['Circle', 3]]);
  equalDeep(sendsOf(areas, 'do:'), [[1, { Array: 1 }]]);
  equalDeep(partsOf(profile, 'Square>>area').activations, [7]);   // a quick return

  equalDeep(sendsOf(partsOf(profile, 'Counted>>find:in:'), '='), [[4, { SmallInteger: 4 }]]);
  equalDeep(partsOf(profile, 'Counted>>find:in:').activations, [1, 4]);

  const loop = partsOf(profile, 'Counted>>loop:');   // of 1000, and performed with 1, 2 and 3
  equalDeep(loop.activations, [4]);
  equalDeep(loop.jumps, [[4, 1006]]);
  equalDeep(sendsOf(loop, '<'), [[1010, { SmallInteger: 1010 }]]);
  equalDeep(sendsOf(loop, '+'), [[1006, { SmallInteger: 1006 }]]);
  equalDeep(sendsOf(partsOf(profile, 'Counted>>performing:'), 'perform:with:'), [[3, { Counted: 3 }]]);

  const missing = partsOf(profile, 'Counted>>missing:');
  equalDeep(missing.activations, [1, 5, 5]);
  equalDeep(sendsOf(missing, 'noSuchMessage'), [[5, { Counted: 5 }]]);
  equal(sendsOf(missing, 'on:do:')[0][0], 5);
}

// Where the collection evaluates its argument, the profile knows the block.
function checkBlocks(profile) {
  const evaluations = profile.flatMap(({ name, sends }) => sends.map((send) => ({ name, ...send })))
    .filter(({ name, selector }) => name.endsWith('>>do:') && selector === 'value:');
  const called = Object.fromEntries(evaluations.flatMap(({ blocks }) => blocks)
    .map(([code, count]) => [code.replace(/ \[block \d+\]/, ''), count]));
  equal(called['Counted>>areas:'], 10);
  equal(called['Counted>>find:in:'], 4);
}

for (const [index, format] of kFormats.entries()) {
  const image = join(scratch, `counted${index}.image`);
  const folder = join(scratch, `counted${index}`);
  const name = format.filter((word) => !word.startsWith('--')).join(' ');
  const profileOf = (part, ...mode) => {
    const file = join(scratch, `${index}${part}.profile`);
    equal(succeed(stwasm('profile', folder, '-o', file, ...mode)), kAnswers);
    return file;
  };

  await test(`${name}: counts are exact`, () => {
    succeed(stwasm('compose', kernel, program, '-o', image, ...format));
    succeed(stwasm('build', image, '-o', folder, '-O', '0', '--instrument'));
    const profile = readProfile(profileOf('translated'));
    checkCounts(profile);
    checkBlocks(profile);
  });

  await test(`${name}: interpreted and half interpreted the counts are the same, and so are the bytes`, () => {
    const expected = readFileSync(profileOf('again'), 'utf8');
    equal(readFileSync(profileOf('interpreted', '--interpret-only'), 'utf8'), expected);
    equal(readFileSync(profileOf('mixed', '--mixed', '1'), 'utf8'), expected);
  });

  await test(`${name}: a build takes the profile, and answers the same`, () => {
    const out = join(scratch, `profiled${index}`);
    const text = succeed(stwasm('build', image, '-o', out, '-O', '0', '--profile', join(scratch, `${index}translated.profile`)));
    ok(/profile of \d{2,} methods and blocks\n$/.test(text), text);
    equal(succeed(stwasm('run', out)), kAnswers);
    equal(succeed(stwasm('run', out, '--interpret-only')), kAnswers);
  });
}

await test('a method that has changed is left out with a notice', () => {
  const image = join(scratch, 'changed.image');
  const changed = join(scratch, 'changed.st');
  writeFileSync(changed, readFileSync(program, 'utf8').replace('n < 2 ifTrue: [^ 1]', 'n < 3 ifTrue: [^ n]'));
  succeed(stwasm('compose', kernel, changed, '-o', image, ...kFormats[0]));
  const text = succeed(stwasm('build', image, '-o', join(scratch, 'changed'), '-O', '0',
    '--profile', join(scratch, '0translated.profile')));
  contains(text, 'Counted>>fib: has changed since it was profiled: its entries are ignored\n');
  ok(!text.includes('Counted>>loop:'), text);
});

await test('an image is built for its profile, and nothing of that stays', () => {
  const file = join(scratch, 'image.profile');
  const temporary = join(scratch, 'temporary');
  mkdirSync(temporary);
  const { status, stdout, stderr } = spawnSync(process.env.STWASM, ['profile', join(scratch, 'counted0.image'), '-o', file],
    { encoding: 'utf8', env: { ...process.env, TMPDIR: temporary } });
  equal(status, 0, stderr);
  equal(stdout, kAnswers);
  equalDeep(readdirSync(temporary), []);
  equal(readFileSync(file, 'utf8'), readFileSync(join(scratch, '0translated.profile'), 'utf8'));
});

// { report, page, text } of a run with --profile-report.
function reportOf(target, ...words) {
  const prefix = join(scratch, 'report');
  const { code, out, errors } = stwasm('run', target, `--profile-report=${prefix}`, ...words);
  equal(code, 0, errors);
  return { out, text: errors, report: JSON.parse(readFileSync(`${prefix}.json`, 'utf8')), page: readFileSync(`${prefix}.html`, 'utf8') };
}

function checkTotals({ totals, sends, captures, allocations, primitives, methods, functions, calls }) {
  const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
  equal(totals.sends, sum(sends, 'count'));
  equal(totals.cacheMisses, sum(sends, 'misses'));
  equal(totals.captures, sum(captures, 'count'));
  equal(totals.allocations, sum(allocations, 'count'));
  equal(totals.primitiveCalls, sum(primitives, 'calls'));
  equal(totals.bytecodes, sum(methods, 'bytecodes'));
  for (const { count, hits, misses } of sends) equal(hits + misses, count);
  ok(Math.abs(sum(functions, 'self') - calls.total) < 0.001 * calls.total + 0.1, 'times add up');
  for (const { kind } of functions) ok(['Smalltalk', 'interpreter', 'runtime', 'host', 'collector', 'engine'].includes(kind), kind);
  ok(!functions.some(({ name }) => /^(count_|profile_of)/.test(name)), 'counting is left out');
}

// The page as a browser without network would see it: its data, and nothing that it would load.
function checkPage(page, title) {
  const data = JSON.parse(/^const data = (.*);$/m.exec(page)[1]);
  ok(!/(?:src|href)\s*=|https?:|@import|url\(/.test(page.replace(/^const data = .*$/m, '')), 'it loads nothing');
  equal(data.program, title);
  ok(data.calls.children.length > 0);
  equalDeep(data.tables.map((table) => table.title), ['Functions by time', 'Methods in the interpreter', 'Methods by bytecodes',
    'Sends by site', 'Cache misses by site', 'Primitives called', 'Primitives missing', 'Captures by reason', 'Captures by place',
    'Allocations by class']);
}

await test('classes are tested for where these are half of what a send has seen, or more', () => {
  const newClass = (name) => `Object subclass: #${name}
    instanceVariableNames: '' classVariableNames: '' poolDictionaries: '' category: 'Kinds'!`;
  const names = Array.from({ length: 12 }, (_, index) => `Kind${index}`);
  const source = join(scratch, 'kinds.st');
  writeFileSync(source, `${['Kinds', ...names].map(newClass).join('\n\n')}

${names.map((name, index) => `!${name} methodsFor: 'kinds'!\nkind\n\t^ ${index}! !`).join('\n\n')}

!Kinds methodsFor: 'kinds'!
few: list
	| sum |
	sum := 0.
	1 to: list size do: [:i | sum := sum + (list at: i) kind].
	^ sum!
many: list
	| sum |
	sum := 0.
	1 to: list size do: [:i | sum := sum + (list at: i) kind].
	^ sum! !

| kinds list |
kinds := Kinds new.
list := {${names.map((name) => `${name} new`).join('. ')}}.
1 to: 50 do: [:i | kinds many: list; few: {list at: 2. list at: 3. list at: 2}].
Transcript print: (kinds many: list); space; print: (kinds few: {list at: 2. list at: 12}); cr!
`);
  const [image, out, file] = ['kinds.image', 'kinds', 'kinds.profile'].map((name) => join(scratch, name));
  succeed(stwasm('compose', kernel, source, '-o', image));
  succeed(stwasm('profile', image, '-o', file));
  succeed(stwasm('build', image, '-o', out, '-O', '0', '--keep-text', '--profile', file));
  equal(succeed(stwasm('run', out)), '66 12\n');
  const text = readFileSync(join(out, 'module.wat'), 'utf8');
  const functionOf = (name) => text.split(/^(?=\(func )/m).find((each) => each.startsWith(`(func $${name} `));
  const testsOf = (name) => functionOf(name).split('(call $learn_class ').length - 1;
  equal(testsOf('Kinds>>few:') - testsOf('Kinds>>many:'), 2);
});

await test('the report has what the program did', () => {
  const { out, text, report, page } = reportOf(join(scratch, 'counted0'));
  equal(out, kAnswers);
  checkTotals(report);
  checkPage(page, 'counted0');
  const made = Object.fromEntries(report.allocations.map(({ className, count }) => [className, count]));
  equal(made.Square, 7);
  equal(made.Circle, 3);
  const area = report.sends.find(({ selector }) => selector === 'area');
  equal(area.count, 10);
  ok(area.misses >= 1 && area.misses <= 2, `${area.misses} misses for two classes`);
  equal(report.methods.find(({ name }) => name === 'Counted>>fib:').bytecodes, 1942);
  // The process that waits for low space does so once; writing on Transcript is a primitive of the FilePlugin.
  ok(report.captures.some(({ reason }) => reason === 'a primitive that switches processes or ends'), text);
  ok(report.primitives.some(({ name, calls }) => name === 'FilePlugin primitiveFileWrite' && calls >= 1), text);
  for (const heading of ['Functions by time', 'Sends by site', 'Captures by reason', 'Allocations by class']) {
    contains(text, `\n${heading}\n`);
  }
});

await test('methods in the interpreter are told by their bytecodes, with a share of its time', () => {
  const fib = ({ methods }) => methods.find(({ name }) => name === 'Counted>>fib:');
  equal(fib(reportOf(join(scratch, 'counted0')).report).interpreted, 0);
  equal(fib(reportOf(join(scratch, 'counted0'), '--interpret', 'Counted>>fib:').report).interpreted, 1942);
  const { report, page } = reportOf(join(scratch, 'counted0'), '--interpret-only');
  for (const { name, bytecodes, interpreted } of report.methods) equal(interpreted, bytecodes, name);
  equal(report.totals.interpretedBytecodes, report.totals.bytecodes);
  const { rows } = JSON.parse(/^const data = (.*);$/m.exec(page)[1]).tables.find(({ title }) => title === 'Methods in the interpreter');
  const own = report.functions.filter(({ kind }) => kind === 'interpreter').reduce((total, { self }) => total + self, 0);
  const told = rows.reduce((total, [milliseconds]) => total + milliseconds, 0);
  ok(Math.abs(told - own) < 0.05 * rows.length + 0.1, `${told} of ${own} ms`);
});

await test('captures are told with their reasons and places', () => {
  const image = join(scratch, 'captured.image');
  const folder = join(scratch, 'captured');
  const kCapturedAnswers = '20000 true 1 5 1 7\n';
  succeed(stwasm('compose', kernel, join(root, 'tests/profile/captured.st'), '-o', image, ...kFormats[0]));
  succeed(stwasm('build', image, '-o', folder, '-O', '0', '--instrument'));
  const { out, report } = reportOf(folder);
  equal(out, kCapturedAnswers);
  checkTotals(report);
  const of = (method) => report.captures.filter((capture) => capture.method === method).map(({ count, reason }) => [count, reason]);
  const [[times, reason], ...others] = of('Captured>>deep:');
  equal(reason, 'the native stack is used up');
  // Each time all frames leave; most of 20,000 do, the last ones return.
  ok(times > 1 && others.length === 0, `${times} times`);
  ok(report.totals.capturedFrames > 10_000 && report.totals.capturedFrames < 20_100, `${report.totals.capturedFrames} frames`);
  equalDeep(of('Captured>>waiting'), [[1, 'a primitive that switches processes or ends']]);
  equalDeep(of('Behavior>>allInstances'), [[1, 'a primitive that needs all Contexts']]);
  equalDeep(of('Captured>>condition'), [[1, 'translated code leaves for the interpreter']]);
  equalDeep(of('Captured>>returnThrough'), [[1, 'a return out of a block through other activations']]);
  ok(report.captures.some((capture) => capture.reason === 'the interpreter needs a Context'));
  const interpreted = reportOf(folder, '--interpret-only');
  equal(interpreted.out, kCapturedAnswers);
  equal(interpreted.report.totals.capturedFrames, 0);
  // Whoever executed them, the bytecodes are the same.
  equal(interpreted.report.totals.bytecodes, report.totals.bytecodes);
  equal(interpreted.report.totals.sends, report.totals.sends);
});

await test('the sampled times know the program\'s methods', () => {
  const source = join(scratch, 'long.st');
  writeFileSync(source, readFileSync(program, 'utf8').replace('counted fib: 10', 'counted fib: 30'));
  const image = join(scratch, 'long.image');
  succeed(stwasm('compose', kernel, source, '-o', image, ...kFormats[0]));
  const methods = reportOf(image).report.functions.filter(({ kind }) => kind === 'Smalltalk');
  // The program does little else.
  equal(methods.sort((first, second) => second.self - first.self)[0].name, 'Counted>>fib:');
});

await test('what cannot be profiled or written is told', () => {
  const plain = join(scratch, 'profiled0');
  for (const words of [['run', plain, '--profile-report'], ['profile', plain, '-o', join(scratch, 'x')]]) {
    const { code, errors } = stwasm(...words);
    equal(code, 1);
    contains(errors, 'build it with `stwasm build IMAGE -o OUT --instrument`');
  }
  const unwritable = stwasm('profile', join(scratch, 'counted0'), '-o', join(scratch, 'no/such/folder'));
  equal(unwritable.code, 1);
  contains(unwritable.errors, 'cannot write');
  equal(stwasm('profile', plain).code, 2);
  const noProfile = stwasm('build', join(scratch, 'counted0.image'), '-o', join(scratch, 'x'), '--profile', program);
  equal(noProfile.code, 1);
  contains(noProfile.errors, 'is no profile');
});

// In a folder that has what they name; those about an image that is not there are left out.
await test('the commands of the README', () => {
  const folder = join(scratch, 'readme');
  mkdirSync(folder);
  symlinkSync(join(root, 'examples'), join(folder, 'examples'));
  if (existsSync(cuis)) symlinkSync(cuis, join(folder, 'cuis5.image'));
  const section = /^## Profiles\n(.*?)^## /ms.exec(readFileSync(join(root, 'README.md'), 'utf8'))[1];
  const commands = [...section.matchAll(/^ {4}\$ stwasm (.*)$/gm)].map(([, command]) => command)
    .filter((command) => !command.includes('cuis5.image') || existsSync(cuis));
  ok(commands.length >= 4, section);
  for (const command of commands) {
    const result = spawnSync('bash', ['-c', `"$STWASM" ${command}`], { cwd: folder, encoding: 'utf8', timeout: 600_000 });
    equal(result.status, 0, `${command}\n${result.stderr}`);
  }
  for (const file of ['fibonacci.json', 'fibonacci.html', 'fibonacci.profile', 'fibonacci/image.wasm']) {
    ok(existsSync(join(folder, file)), file);
  }
});

if (existsSync(cuis)) {
  const folder = join(scratch, 'cuis');
  await test('Cuis: counts of a program, and a report', () => {
    succeed(stwasm('build', cuis, '-o', folder, '-O', '0', '--instrument'));
    const file = join(scratch, 'cuis.profile');
    equal(succeed(stwasm('profile', folder, '-o', file, '--eval', '20 benchFib')), '21891\n');
    const benchFib = partsOf(readProfile(file), 'Integer>>benchFib');   // it answers how often it ran
    equalDeep(benchFib.activations, [21891]);
    equalDeep(sendsOf(benchFib, 'benchFib'), [[10945, { SmallInteger: 10945 }], [10945, { SmallInteger: 10945 }]]);
    const { out, report, page } = reportOf(folder, '--eval', '20 benchFib');
    equal(out, '21891\n');
    checkTotals(report);
    checkPage(page, 'cuis5');
  });
} else {
  skip('Cuis: counts of a program, and a report', 'there is no cuis5.image');
}

finish();
