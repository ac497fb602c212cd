// An image that was read and written again answers what the original answers; also in several segments, with free chunks and
// forwarders, and with more classes than a page of the class table has.
// node rewriting_test.mjs COMMAND REWRITER [IMAGES]
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {equal, equalDeep, finish, ok, skip, test} from '../harness.mjs';

const [command, rewriter, images] = process.argv.slice(2);
const kernel = join(dirname(fileURLToPath(import.meta.url)), '../../examples/kernel');
const oracle = join(dirname(fileURLToPath(import.meta.url)), '..', 'programs', 'oracle.mjs');
const vm = process.env.STWASM_SPUR_VM;

function output(program, words, options = {}) {
  const run = spawnSync(program, words, {encoding: 'utf8', timeout: 300_000, ...options});
  if (run.error) throw run.error;
  return {status: run.status, stdout: run.stdout, stderr: run.stderr};
}

const kClasses = 2500;

// Makes an instance of each of so many classes, adds their numbers up, and tells whether the last class's hash, its index, is
// beyond the first page.
function manyClasses() {
  const classes = Array.from({length: kClasses}, (_, i) =>
    `Object subclass: #Many${i + 1} instanceVariableNames: '' classVariableNames: '' category: 'Many'!
!Many${i + 1} methodsFor: 'all'!
number
\t^ ${i + 1}! !
`);
  return `${classes.join('')}| all |
all := (1 to: ${kClasses}) asArray collect: [ :i | (Smalltalk at: ('Many', i printString) asSymbol) new ].
Transcript show: (all inject: 0 into: [ :sum :each | sum + each number ]) printString; show: ' ';
  show: all last class name; show: ' '; show: (all last class identityHash > 1024) printString; cr!
`;
}

async function testManyClasses(folder, format) {
  const source = join(folder, 'many.st');
  const [image, written, scattered, out] = ['many.image', 'segments.image', 'scattered.image', 'many']
    .map((name) => join(folder, `${format}-${name}`));
  const answer = `${kClasses * (kClasses + 1) / 2} Many${kClasses} true\n`;
  const succeed = (program, ...words) => {
    const {status, stdout, stderr} = output(program, words);
    equal(status, 0, stderr);
    return stdout;
  };
  await test(`${kClasses} classes in several segments, ${format}`, () => {
    writeFileSync(source, manyClasses());
    succeed(command, 'compose', kernel, source, '--format', format, '-o', image);
    succeed(rewriter, image, written, 'segments');
    const bytes = readFileSync(written);
    const wide = format === 'spur64';
    const [dataSize, firstSegment] = wide ? [bytes.readBigUInt64LE(8), bytes.readBigUInt64LE(80)] : [bytes.readUInt32LE(8), bytes.readUInt32LE(48)];
    ok(firstSegment * (wide ? 3n : 3) < dataSize, `${firstSegment} of ${dataSize}`);
    succeed(command, 'build', written, '-o', out, '-O', '0');
    for (const mode of [[], ['--interpret-only']])
      equal(succeed(command, 'run', out, ...mode), answer);
  });
  await test(`the same with free chunks and forwarders, ${format}`, () => {
    succeed(rewriter, image, scattered, 'scattered');
    ok(readFileSync(scattered).length > readFileSync(written).length);
    succeed(command, 'build', scattered, '-o', out, '-O', '0');
    for (const mode of [[], ['--interpret-only']]) equal(succeed(command, 'run', out, ...mode), answer);
  });
}

async function testCuis(folder) {
  const expressions = join(images, '..', 'oracle', 'expressions.tsv');
  const image = join(folder, 'cuis5.image');
  const out = join(folder, 'out');
  for (const file of ['cuis5.changes', 'CuisV5.sources']) symlinkSync(join(images, file), join(folder, file));

  for (const change of ['big', 'segments', 'scattered', 'little'])
    await test(`cuis5.image rewritten, ${change}, answers the oracle`, () => {
      equalDeep(output(rewriter, [join(images, 'cuis5.image'), image, change]), {status: 0, stdout: '', stderr: ''});
      const built = output(command, ['build', image, '-o', out, '-O', '0']);
      equal(built.status, 0, built.stderr);
      const {status, stdout} = output(process.execPath, [oracle, command, out, expressions, '--list']);
      equal(status, 0, stdout);
    });

  const starts = 'cuis5.image, written little endian, starts on the reference VM';
  if (!vm || !existsSync(vm)) skip(starts, 'STWASM_SPUR_VM names none');
  else
    await test(starts, () => {
      const script = join(folder, 'answer.st');
      writeFileSync(script, '| out | out := StdIOWriteStream stdout. out nextPutAll: 1000 factorial printString size printString; ' +
        'newLine; flush. Smalltalk quitPrimitive: 7');
      const {status, stdout} = output(vm, ['-vm-display-null', '-vm-sound-null', image, '-s', script], {cwd: folder});
      equalDeep({status, stdout}, {status: 7, stdout: '2568\n'});
    });
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-rewriting-'));
try {
  for (const format of ['spur32', 'spur64']) await testManyClasses(folder, format);
  if (images) await testCuis(folder);
  else skip('cuis5.image rewritten', 'there are no images');
} finally {
  rmSync(folder, {recursive: true, force: true});
}
finish();
