// Images from before Spur, interpreted, translated and mixed. What blocks answer follows from what BlockContexts are: all share
// the temporaries of the method around them, and none runs twice at a time.
// node v3.mjs COMMAND IMAGES WORK SCRATCH VM: SCRATCH (an image) and VM, for reference_vm.mjs, may be empty.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { equal, ok, skip, test } from '../harness.mjs';

const [command, images, work, scratch] = process.argv.slice(2);

const kExpressions = [
  ['3 + 4', '7'],
  ['1000 factorial printString size', '2568'],
  ['(1 to: 10) inject: 0 into: [:a :b | a + b]', '55'],
  ['#(5 3 9 1) asSortedCollection first', '1'],
  ['#(1 2 3) includes: 2', 'true'],                                 // ^ out of a block
  ['#(1 2 3) detect: [:x | x > 1]', '2'],
  ['| blocks | blocks := (1 to: 3) collect: [:i | [i]]. blocks first value', '3'],
  ['| r | #(1 2 3) do: [:x | x = 2 ifTrue: [r := x]]. r', '2'],
  ['[:a :b | a - b] valueWithArguments: #(9 4)', '5'],
  ['[:a :b | a] numArgs', '2'],
  ['| s r | s := Semaphore new. [r := 42. s signal] fork. s wait. r', '42'],
  ['| b | b := nil. b := [:n | n = 0 ifTrue: [0] ifFalse: [b value: n - 1]]. [b value: 1] ifError: [:t :r | 77]', '77'],
  ['[nil zork. 3] ifError: [:text :receiver | 8]', '8'],
  ['thisContext class == MethodContext', 'true'],
  ['[] class == BlockContext', 'true'],
  ['[:x | thisContext home == thisContext] value: 1', 'false'],
  ['(\'hello\' at: 1) == $h', 'true'],
  ['$a asciiValue', '97'],
  ['(7 / 2) printString', "'(7/2)'"],
  ['1.5 + 0.25', '1.75'],
  ['100 sqrt', '10.0'],
  ['| a b | a := \'abc\' copy. b := \'de\' copy. a become: b. a', "'de'"],
  ['| d | d := Dictionary new. 1 to: 3000 do: [:i | d at: i put: i * i]. d at: 2999', '8994001'],
  ['Object selectors size > 50', 'true'],
  ['(1 to: 20000) inject: 0 into: [:sum :i | sum + (i \\\\ 7)]', '59998'],
];

function stwasm(...words) {
  const run = spawnSync(command, words, { encoding: 'utf8', timeout: 300_000 });
  if (run.error) throw run.error;
  return run;
}

const kModes = [[], ['--interpret-only'], ['--mixed', '1']];

async function built(name, image) {
  const out = join(work, name);
  await test(`${name} is translated`, () => {
    const { status, stderr } = stwasm('build', image, '-o', out, '-O', '0');
    equal(status, 0, stderr);
  });
  return out;
}

// All expressions at once: the answers are the lines.
async function testExpressions(name) {
  const out = await built(name, join(images, `${name}.image`));
  const literal = (text) => `'${text.replaceAll("'", "''")}'`;
  const script = `| out | out := WriteStream on: String new. #(${kExpressions.map(([source]) => literal(source)).join(' ')}) do: [:source |
    out nextPutAll: ([(Compiler evaluate: source) printString] ifError: [:text :receiver | 'error: ', text]); nextPut: (Character value: 10)].
    out contents`;
  for (const mode of kModes) {
    await test(`${name} answers ${mode.join(' ') || 'translated'}`, () => {
      const { stdout, stderr } = stwasm('run', out, ...mode, '--eval', script);
      const answers = stdout.trim().slice(1, -1).replaceAll("''", "'").split('\n');
      kExpressions.forEach(([source, expected], i) => equal(answers[i], expected, `${source}\n${stderr}`));
    });
    await test(`${name} tells of an error ${mode.join(' ') || 'translated'}`, () => {
      const { status, stderr } = stwasm('run', out, ...mode, '--eval', 'nil zork');
      equal(status, 1);
      const stack = stderr.split('\n').filter((line) => line.startsWith('  '));
      ok(stack.some((line) => line.startsWith('  Object>>doesNotUnderstand:')) && stack.some((line) => line.startsWith('  UndefinedObject>>DoIt')), stderr);
      ok(stack.some((line) => line.startsWith("  Compiler class>>evaluate:") && line.includes("with 'nil zork'")), stderr);
    });
  }
}

// { width, height, colours: a Map from colour to number of pixels } of a picture that stwasm wrote.
function readPng(file) {
  const bytes = readFileSync(file);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const start = bytes.indexOf('IDAT') + 4;
  const rows = inflateSync(bytes.subarray(start, start + bytes.readUInt32BE(start - 8)));
  const colours = new Map();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = rows.readUIntBE(y * (3 * width + 1) + 1 + 3 * x, 3);
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
  }
  return { width, height, colours };
}

function screenshot(out, mode, seconds) {
  const file = join(work, 'display.png');
  const { status, stderr } = stwasm('run', out, ...mode, '--screenshot', file, '--seconds', String(seconds));
  equal(status, 0, stderr);
  return readPng(file);
}

for (const name of ['v3-mini', 'v3-jittest', 'v3-squeakjs-be']) await testExpressions(name);

await test('the big-endian image draws in black and white on its Display', () => {
  const { width, height, colours } = screenshot(join(work, 'v3-squeakjs-be'), [], 3);
  equal(`${width} ${height}`, '800 600');
  ok(colours.get(0) > 1000 && colours.get(0xffffff) > 1000, `${[...colours]}`);
});

// The reference VM writes the same, but for the speed.
const bootstrapped = await built('v3-bootstrapped', join(images, 'v3-bootstrapped.image'));
for (const mode of kModes) {
  await test(`v3-bootstrapped writes its log ${mode.join(' ') || 'translated'}`, () => {
    const files = join(work, `files${mode.length}${mode[0] ?? ''}`);
    mkdirSync(files);
    equal(stwasm('run', bootstrapped, ...mode, '--files', files).status, 0);
    ok(/^Welcome to Pharo Candle edition!\s\d+ bytecodes\/sec; \d+ sends\/sec\s800@600\s$/.test(readFileSync(join(files, 'log.txt'), 'latin1')));
  });
}

if (scratch) {
  const out = await built('scratch', scratch);
  for (const mode of kModes.slice(0, 2)) {
    await test(`Scratch draws its world ${mode.join(' ') || 'translated'}`, () => {
      const { colours } = screenshot(out, mode, mode.length > 0 ? 30 : 15);
      ok(colours.size > 50, `only ${colours.size} colours`);
    });
  }
} else {
  skip('Scratch', 'Debian\'s package scratch cannot be downloaded here');
}
await import('./reference_vm.mjs');
