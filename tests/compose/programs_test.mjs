// Programs composed of source, translated and interpreted, with each bytecode set and kind of closure, in each object
// format; on reference VMs too, where STWASM_SPUR_VM (32 bits) and STWASM_SPUR64_VM name some. (That for images from before Spur
// keeps the exit code for itself; tests/formats compares what it writes.)
// node programs_test.mjs COMMAND
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contains, equal, finish, skip, test } from '../harness.mjs';

const command = process.argv[2];
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stwasm-compose-'));
const kernel = join(here, 'minimal.st');
const examples = join(here, '..', '..', 'examples', 'kernel');

function stwasm(...words) {
  const run = spawnSync(command, words, { encoding: 'utf8', timeout: 120_000 });
  if (run.error) throw run.error;
  return run;
}

function succeed(...words) {
  const { status, stdout, stderr } = stwasm(...words);
  equal(status, 0, stderr);
  return stdout;
}

// Format, bytecodes and what else is chosen.
const targets = [
  ['spur32', 'v3'],
  ['spur32', 'sista'],
  ['spur32', 'sista', '--closures', 'embedded'],
  ['spur32', 'v3', '--byte-order', 'big'],
  ['spur64', 'v3'],
  ['spur64', 'sista'],
  ['spur64', 'sista', '--closures', 'embedded', '--byte-order', 'big'],
  ['v3', 'v3'],
  ['v3', 'v3', '--byte-order', 'big'],
];

// Composes, builds and runs; answers the exit code of each way to run it.
function exitCodes(name, words) {
  const image = join(folder, `${name}.image`);
  const out = join(folder, name);
  succeed('compose', ...words, '-o', image);
  succeed('build', image, '-o', out, '-O', '0');
  return [[], ['--interpret-only'], ['--mixed', '1']].map((mode) => stwasm('run', out, ...mode).status);
}

// They have one byte order, and no formats but their own.
const referenceVms = {
  spur32: 'STWASM_SPUR_VM',
  spur64: 'STWASM_SPUR64_VM',
};

async function onReferenceVm(title, format, words) {
  const name = `${title}, on the reference VM`;
  const variable = referenceVms[format];
  const vm = process.env[variable];
  if (words.includes('big') || !variable) return;
  if (!vm) return skip(name, `${variable} names none`);
  await test(name, () => {
    const image = join(folder, 'reference.image');
    succeed('compose', ...words, '-o', image);
    const { status, stdout, stderr } = spawnSync(vm, ['-vm-display-null', '-vm-sound-null', image],
                                                 { encoding: 'latin1', timeout: 120_000 });
    equal(status, 0, (stdout + stderr).slice(0, 500));
  });
}

try {
  for (const [format, bytecodes, ...more] of targets) {
    const name = [format, bytecodes, ...more].join('');
    const options = ['--format', format, '--bytecodes', bytecodes, ...more];
    // Every check has a number, which is the exit code when it fails.
    await test(`the language, ${name}`, () => {
      const codes = exitCodes(name, [kernel, join(here, 'language.st'), ...options]);
      equal(codes.join(' '), '0 0 0');
    });
    await onReferenceVm(`the language, ${name}`, format, [kernel, join(here, 'language.st'), ...options]);
  }

  await test('the main expression comes last', () => {
    const codes = exitCodes('main', [kernel, '--main', 'Smalltalk quit: 6 * 7']);
    equal(codes.join(' '), '42 42 42');
  });

  for (const [format, bytecodes, ...more] of targets) {
    if (format !== 'spur64') continue;
    const title = `numbers of 64-bit images, ${[bytecodes, ...more].join(' ')}`;
    const words = [kernel, join(here, 'word64.st'), '--format', format, '--bytecodes', bytecodes, ...more];
    await test(title, () => {
      const codes = exitCodes(`word64${[bytecodes, ...more].join('')}`, words);
      equal(codes.join(' '), '0 0 0');
    });
    await onReferenceVm(title, format, words);
  }

  // The first run makes closures that are literals, and saves them.
  for (const format of ['spur32', 'spur64'])
    await test(`clean blocks are translated, ${format}`, () => {
      const [fresh, files, saved] = ['fresh', 'files', 'saved'].map((name) => join(folder, `clean-${format}-${name}`));
      const image = join(folder, `clean-${format}.image`);
      mkdirSync(files);
      succeed('compose', kernel, join(here, 'clean_blocks.st'), '--bytecodes', 'sista', '--format', format, '-o', image);
      succeed('build', image, '-o', fresh, '-O', '0');
      const { status, stderr } = stwasm('run', fresh, '--files', files);
      equal(status, 9, stderr);
      const savedImage = join(files, `clean-${format}.image`);
      succeed('build', savedImage, '-o', saved, '-O', '0');
      contains(succeed('inspect', savedImage, 'Blocks>>sum'), 'Blocks>>sum@full0');
      for (const mode of [[], ['--interpret-only']]) equal(stwasm('run', saved, ...mode).status, 0);
    });

  // Squeak 6 and Pharo 10 add 512 to the format number; each method's header says which set it has.
  for (const [format, number] of [['spur32', 6521], ['spur64', 68021]])
    for (const bytecodes of ['sista', 'v3'])
      await test(`the format number of images with ${bytecodes} bytecodes, ${format}`, () => {
        const image = join(folder, `numbered-${format}.image`);
        const out = join(folder, `numbered-${format}`);
        succeed('compose', kernel, join(here, 'language.st'), '--bytecodes', bytecodes, '--format', format, '-o', image);
        const bytes = readFileSync(image);
        equal(bytes.readUInt32LE(0), number);
        contains(succeed('info', image), `${number} (Spur)`);
        // With the other number it runs just as well.
        bytes.writeUInt32LE(number + 512, 0);
        writeFileSync(image, bytes);
        succeed('build', image, '-o', out, '-O', '0');
        for (const mode of [[], ['--interpret-only']]) equal(stwasm('run', out, ...mode).status, 0);
      });

  // A virtual machine is told by the image that it uses the second set, and writes the number then.
  for (const [format, number] of [['spur32', 6521], ['spur64', 68021]])
    await test(`the format number of a saved image, ${format}`, () => {
      const [source, image, out, files] = ['sets.st', 'sets.image', 'sets', 'sets-files'].map((name) => join(folder, `${format}-${name}`));
      mkdirSync(files);
      writeFileSync(source, `!SystemDictionary methodsFor: 'tests'!
multipleBytecodeSetsActive
	<primitive: 'primitiveMultipleBytecodeSetsActive'>
	^ self quit: 250!
multipleBytecodeSetsActive: aBoolean
	<primitive: 'primitiveMultipleBytecodeSetsActive'>
	^ nil!
snapshot
	<primitive: 97>
	^ self quit: 249! !

(Smalltalk multipleBytecodeSetsActive: 3) == nil ifFalse: [Smalltalk quit: 1].
Smalltalk multipleBytecodeSetsActive ifTrue: [Smalltalk quit: 2].
(Smalltalk multipleBytecodeSetsActive: true) ifFalse: [Smalltalk quit: 3].
Smalltalk multipleBytecodeSetsActive ifFalse: [Smalltalk quit: 4].
Smalltalk snapshot.
(Smalltalk multipleBytecodeSetsActive: false) ifTrue: [Smalltalk quit: 5].
Smalltalk quit: 0!
`);
      succeed('compose', kernel, source, '--bytecodes', 'v3', '--format', format, '-o', image);
      equal(readFileSync(image).readUInt32LE(0), number);
      succeed('build', image, '-o', out, '-O', '0');
      const { status, stderr } = stwasm('run', out, '--files', files);
      equal(status, 0, stderr);
      equal(readFileSync(join(files, `${format}-sets.image`)).readUInt32LE(0), number + 512);
    });

  await test('a method of NewspeakV4 is refused', () => {
    const [source, image] = ['second.st', 'second.image'].map((name) => join(folder, name));
    writeFileSync(source, '!Object methodsFor: \'tests\'!\nodd\n\t<primitive: 777>\n\t^ self! !\n');
    succeed('compose', kernel, source, '--bytecodes', 'sista', '-o', image);
    const bytes = readFileSync(image);
    const call = Buffer.from([248, 777 & 255, 777 >> 8]);
    const at = bytes.indexOf(call);
    equal(bytes.indexOf(call, at + 1), -1);
    bytes[at] = 249;
    writeFileSync(image, bytes);
    const { status, stderr } = stwasm('build', image, '-o', join(folder, 'second'), '-O', '0');
    equal(status, 1);
    for (const part of ['second.image', 'Object>>odd', 'NewspeakV4', 'SistaV1']) contains(stderr, part);
  });

  for (const [format, bytecodes, ...more] of targets.filter(([format]) => format !== 'v3'))
    await test(`ephemerons, ${[format, bytecodes, ...more].join(' ')}`, () => {
      const words = [examples, join(here, 'ephemerons.st'), '--format', format, '--bytecodes', bytecodes, ...more];
      equal(exitCodes(`ephemerons-${[format, bytecodes, ...more].join('')}`, words).join(' '), '0 0 0');
    });

  // Each method's text is found through its source pointer, and compiling it again gives the method: its lines are known.
  for (const [format, bytecodes, ...more] of targets.filter((target) => !target.includes('big'))) {
    await test(`the source comes with the image, ${[format, bytecodes, ...more].join(' ')}`, () => {
      const [image, out] = ['sourced.image', 'sourced'].map((name) => join(folder, name));
      writeFileSync(join(folder, 'Shout.class.st'),
        "Class { #name : #Shout, #superclass : #Object, #category : 'It''s!' }\n\n{ #category : #all }\n" +
        "Shout >> say: aString [\n\t\"Loud!\"\n\t^ [ aString, '!' ] value\n]\n");
      writeFileSync(join(folder, 'part.st'), "Object subclass: #Part instanceVariableNames: 'a' category: 'Tests'!\n" +
        "!Part class methodsFor: 'all'!\nmake\n\t^ 'a!!b'! !\n\n| x | x := 3. Smalltalk quit: x!\n");
      succeed('compose', examples, join(folder, 'Shout.class.st'), join(folder, 'part.st'), '--format', format,
        '--bytecodes', bytecodes, ...more, '-o', image);
      const source = (name) => succeed('inspect', image, name, '--source').trimEnd();
      equal(source('Shout>>say:'), "say: aString\n\t\"Loud!\"\n\t^ [ aString, '!' ] value");
      equal(source('Part class>>make'), "make\n\t^ 'a!b'");
      contains(source('UndefinedObject>>startUpPart1'), 'x := 3');
      succeed('build', image, '-o', out, '-O', '0', '--debug');
      const { methods } = JSON.parse(readFileSync(join(out, 'manifest.json')));
      equal(Object.keys(JSON.parse(readFileSync(join(out, 'image.lines.json')))).length, methods);
    });
  }

  await test('a kernel whose classes have other slots can be debugged', () => {
    const [image, out] = ['slots.image', 'slots'].map((name) => join(folder, name));
    succeed('compose', kernel, join(here, 'language.st'), '-o', image);
    succeed('build', image, '-o', out, '-O', '0', '--debug');
    equal(stwasm('run', out).status, 0);
  });

  await test('two runs write the same bytes', () => {
    const [one, two] = ['one.image', 'two.image'].map((name) => join(folder, name));
    for (const image of [one, two]) succeed('compose', kernel, join(here, 'language.st'), '-o', image);
    equal(spawnSync('cmp', [one, two]).status, 0);
  });

  await test('a folder with Tonel files', () => {
    const sources = join(folder, 'package');
    mkdirSync(sources);
    cpSync(kernel, join(sources, 'minimal.st'));
    writeFileSync(join(sources, 'package.st'), "Package { #name : #Shapes }\n");
    writeFileSync(
      join(sources, 'Square.class.st'),
      `"A square."
Class {
	#name : #Square,
	#superclass : #Object,
	#instVars : [
		'side'
	],
	#classVars : [ 'Count' ],
	#classInstVars : [ 'made' ],
	#category : #Shapes
}

{ #category : #'instance creation' }
Square class >> side: anInteger [
	Count := (Count ifNil: [ 0 ]) + 1.
	made := $] == $]. "a bracket ] in a comment"
	^ self new setSide: anInteger
]

{ #category : #private }
Square >> setSide: anInteger [
	side := anInteger
]

{ #category : #comparing }
Square >> < aSquare [
	^ #[1 2] size = 2 and: [ self area < aSquare area ]
]

{ #category : #measuring }
Square >> area [
	^ [ side * side ] value
]
`,
    );
    writeFileSync(
      join(sources, 'SmallInteger.extension.st'),
      "Extension { #name : #SmallInteger }\n\n{ #category : #'*Shapes' }\nSmallInteger >> square [\n\t^ Square side: self\n]\n",
    );
    const codes = exitCodes('tonel', [sources, '--main', 'Smalltalk quit: (2 square < 3 square ifTrue: [3 square area])']);
    equal(codes.join(' '), '9 9 9');
  });

  await test('info knows a composed image', () => {
    const image = join(folder, 'info.image');
    succeed('compose', kernel, '-o', image, '--bytecodes', 'sista');
    contains(succeed('info', image), 'SistaV1');
    contains(succeed('disassemble', image, 'BlockClosure>>numArgs'), 'quick return');
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
