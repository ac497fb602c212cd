// Composed, rewritten and saved images from before Spur: what they write here, translated and interpreted, and on the virtual
// machine of Debian's package squeak-vm.
// node reference_vm.mjs COMMAND IMAGES WORK SCRATCH VM, or imported by v3.mjs: IMAGES and VM may be empty.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

// The receiver where a primitive succeeds, nil where it fails: a directory is there already, is not empty, is not there.
for (const mode of kModes)
  await test(`directories ${mode.join(' ') || 'translated'}`, () => {
    const out = build(compose('directories', ['6505'], [join(root, 'tests/formats/directories.st')]));
    equal(succeed(command, 'run', out, ...mode), '3\nnil\n3\nnil\n3\n3\nnil\nnil\n');
  });

// Real images that have a window and nothing else to talk to. A program saves one here; in the saved image it goes on by asking,
// keeps the answers and saves the image again; in that one it writes them down. The step in the middle is made here or on the
// reference VM, which has no numbered primitives for files.
const kAnswers = [
  ['1000 factorial printString size', '2568'],
  ['(7 / 2) printString', '(7/2)'],
  ['((1 to: 10) inject: 0 into: [:a :b | a + b])', '55'],
  ['(#(5 3 9 1) asSortedCollection first)', '1'],
  ['(100 sqrt + 0.25)', '10.25'],
  ['(#(1 2 3) detect: [:x | x > 1])', '2'],
];
const asking = `| saved stream | saved := Smalltalk snapshotPrimitive.
saved == true ifTrue: [stream := WriteStream on: String new.
${kAnswers.map(([source]) => `stream nextPutAll: ${source} printString; nextPut: (Character value: 10).`).join('\n')}
Smalltalk at: #Answers put: stream contents.
Smalltalk snapshotPrimitive == true ifTrue: [(FileStream fileNamed: 'answers.txt') nextPutAll: (Smalltalk at: #Answers); close].
Smalltalk quitPrimitive]. saved`.replaceAll(/ printString printString/g, ' printString');

const folderIn = (name) => {
  const folder = join(work, name);
  mkdirSync(folder);
  return folder;
};

function checkAnswers(image) {
  const folder = folderIn(`${basename(dirname(image))}-answers`);
  succeed(command, 'run', build(image), '--files', folder);
  equal(readFileSync(join(folder, 'answers.txt'), 'latin1'), kAnswers.map(([, answer]) => `${answer}\n`).join(''));
}

async function testAsking(name) {
  const saved = join(folderIn(`${name}-saved`), `${name}.image`);
  await test(`${name} is saved`, () => {
    const out = join(work, name);
    succeed(command, 'build', join(images, `${name}.image`), '-O', '0', '-o', out);
    writeFileSync(join(work, 'asking.st'), asking);
    equal(succeed(command, 'run', out, '--files', dirname(saved), '--script', join(work, 'asking.st')).trim(), 'false');
  });
  for (const mode of kModes)
    await test(`${name}, saved and asked ${mode.join(' ') || 'translated'}`, () => {
      const image = join(folderIn(`${name}-here${mode.length}`), `${name}.image`);
      succeed(command, 'run', build(saved), '--files', dirname(image), ...mode);
      checkAnswers(image);
    });
  if (!vm) return skip(`${name}, saved and asked on the reference VM`, 'there is none');
  await test(`${name}, saved and asked on the reference VM`, () => {
    const image = join(folderIn(`${name}-reference`), `${name}.image`);
    cpSync(saved, image);
    onVm(image, { timeout: 60_000 });
    ok(!readFileSync(image).equals(readFileSync(saved)), 'it has not saved itself');
    checkAnswers(image);
  });
}

for (const name of ['v3-mini', 'v3-jittest', 'v3-squeakjs-be']) {
  if (images && existsSync(join(images, `${name}.image`))) await testAsking(name);
  else skip(`${name}, saved and asked`, 'there is no such image');
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
