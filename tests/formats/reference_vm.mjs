// Composed, rewritten and saved images from before Spur: what they write here, translated and interpreted, and on the virtual
// machine of Debian's package squeak-vm.
// node reference_vm.mjs COMMAND IMAGES WORK SCRATCH VM, or imported by v3.mjs: IMAGES and VM may be empty.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contains, equal, finish, ok, skip, test } from '../harness.mjs';

const [command, images, work, , vm] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const rewriter = join(dirname(command), 'stwasm_rewrite_image');
const kModes = [[], ['--interpret-only']];
// The reference reads 6505 of its own byte order only: there Floats are as the machine has them.
const kTargets = [['6505'], ['6504'], ['6504', '--byte-order', 'big']];

function execute(program, words, options = {}) {
  const run = spawnSync(program, words, { encoding: 'latin1', timeout: 300_000, ...options });
  if (run.error) throw run.error;
  return run;
}

function succeed(program, ...words) {
  const { status, stdout, stderr } = execute(program, words);
  equal(status, 0, stderr + stdout);
  return stdout;
}

// The VM's exit code is 0 whatever the program says.
const onVm = (image, options) => execute(vm, ['-vm-display-null', '-vm-sound-null', image], options).stdout;

// The reference's primitive 37 answers 0 for `9007199254740992 bitShift: -23`; without it the kernel's own code shifts.
const kernel = join(work, 'kernel');
cpSync(join(root, 'examples/kernel'), kernel, { recursive: true });
const shifting = join(kernel, 'numbers/LargePositiveInteger.st');
writeFileSync(shifting, readFileSync(shifting, 'utf8').replace('\t<primitive: 37>\n', ''));

function compose(name, [format, ...options], sources) {
  const image = join(work, `${name}.image`);
  succeed(command, 'compose', kernel, ...sources, '--format', 'v3', ...options, '-o', image);
  if (format !== '6505') succeed(rewriter, image, image, format);
  contains(succeed(command, 'info', image), `${format} (before Spur)`);
  return image;
}

function build(image) {
  const out = image.replace(/\.image$/, '');
  succeed(command, 'build', image, '-O', '0', '-o', out);
  return out;
}

const programs = {
  'the kernel\'s tests': { sources: ['tests/examples/kernel'], expected: /^\d{2,} passed, 0 failed, 0 skipped\n$/ },
  'the examples': { sources: ['examples/fibonacci', 'examples/hello', 'examples/polynomial'], expected: /^30 fibonacci is 832040\n/ },
};
const withoutTimes = (text) => text.replace(/\d+ ms/g, '');

for (const target of kTargets) {
  for (const [name, { sources, expected }] of Object.entries(programs)) {
    const title = `${name}, ${target.join(' ')}`;
    let image, answer;
    for (const mode of kModes)
      await test(`${title} ${mode.join(' ') || 'translated'}`, () => {
        image ??= compose('program', target, sources.map((path) => join(root, path)));
        answer = succeed(command, 'run', build(image), ...mode);
        ok(expected.test(answer), answer);
      });
    if (!vm) skip(`${title}, on the reference VM`, 'there is none');
    else await test(`${title}, on the reference VM`, () => equal(withoutTimes(onVm(image)), withoutTimes(answer)));
  }
}

const kSaved = (answer) => `${answer}\n90003 an OrderedCollection(1.5 -1.0e100 15511210043330985984000000 $a #symbol 'text' (3/4) 500) 1\ntrue\n`;

for (const target of kTargets) {
  const title = `a program that saves itself, ${target.join(' ')}`;
  const files = join(work, `saved ${target.join(' ')}`);
  const saved = join(files, 'saving.image');
  await test(title, () => {
    mkdirSync(files);
    const out = build(compose('saving', target, [join(root, 'tests/formats/save.st')]));
    const { status, stdout, stderr } = execute(command, ['run', out, '--files', files]);
    equal(stdout, `saving\n${kSaved('false')}`, stderr);
    equal(status, 3);
    contains(succeed(command, 'info', saved), `${target[0]} (before Spur)`);
  });
  for (const mode of kModes)
    await test(`${title}, goes on ${mode.join(' ') || 'translated'}`, () => {
      const { status, stdout, stderr } = execute(command, ['run', build(saved), ...mode]);
      equal(stdout, kSaved('true'), stderr);
      equal(status, 7);
    });
  if (!vm) skip(`${title}, goes on on the reference VM`, 'there is none');
  else await test(`${title}, goes on on the reference VM`, () => equal(onVm(saved), kSaved('true')));
}

// Real images, run headless on the VM: those without a way to be told something are saved here by a program of their own
// Compiler's that asks them in the saved image.
const kAnswers = [
  ['1000 factorial printString size', '2568'],
  ['(7 / 2) printString', '(7/2)'],
  ['((1 to: 10) inject: 0 into: [:a :b | a + b])', '55'],
  ['(#(5 3 9 1) asSortedCollection first)', '1'],
  ['(100 sqrt + 0.25)', '10.25'],
];
const asking = `| saved file | saved := Smalltalk snapshotPrimitive.
saved == true ifTrue: [file := FileStream fileNamed: 'answers.txt'.
${kAnswers.map(([source]) => `file nextPutAll: ${source} asString; nextPut: (Character value: 10).`).join('\n')}
file close. Smalltalk quitPrimitive]. saved`;

for (const name of ['v3-mini', 'v3-squeakjs-be']) {
  const title = `${name}, saved and asked`;
  const image = images && join(images, `${name}.image`);
  if (!images || !existsSync(image)) {
    skip(title, 'there is no such image');
    continue;
  }
  const files = join(work, `${name}-files`);
  await test(`${title} here`, () => {
    mkdirSync(files);
    const out = join(work, name);
    succeed(command, 'build', image, '-O', '0', '-o', out);
    writeFileSync(join(work, 'asking.st'), asking);
    equal(succeed(command, 'run', out, '--files', files, '--script', join(work, 'asking.st')).trim(), 'false');
    const answers = join(work, `${name}-answers`);
    mkdirSync(answers);
    succeed(command, 'run', build(join(files, `${name}.image`)), '--files', answers);
    equal(readFileSync(join(answers, 'answers.txt'), 'latin1'), kAnswers.map(([, answer]) => `${answer}\n`).join(''));
  });
  if (!vm) skip(`${title} on the reference VM`, 'there is none');
  else
    await test(`${title} on the reference VM`, () => {
      onVm(join(files, `${name}.image`), { cwd: files });
      equal(readFileSync(join(files, 'answers.txt'), 'latin1'), kAnswers.map(([, answer]) => `${answer}\n`).join(''));
    });
}

if (!vm || !images) skip('v3-bootstrapped on the reference VM', 'there is none, or no image');
else
  await test('v3-bootstrapped on the reference VM', () => {
    const folder = join(work, 'bootstrapped');
    mkdirSync(folder);
    cpSync(join(images, 'v3-bootstrapped.image'), join(folder, 'v3.image'));
    onVm(join(folder, 'v3.image'), { cwd: folder });
    ok(/^Welcome to Pharo Candle edition!\s\d+ bytecodes\/sec; \d+ sends\/sec\s800@600\s$/.test(readFileSync(join(folder, 'log.txt'), 'latin1')));
  });
finish();
