// Images that save themselves: the file is an image again, translated from it the saved state goes on.
// node snapshot.mjs COMMAND OUT IMAGES ORACLE: the stwasm command, a built cuis5.image, the folders with the images and
// expressions.tsv.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contains, equal, finish, ok, skip, test } from '../harness.mjs';
import { savedImages } from './saved_images.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [command, out, images, oracle] = process.argv.slice(2);
const { imageFolder, stwasm, rebuilt, evaluate, runScript, work, cleanUp } = savedImages(command, images);

const say = (expression) => `StdIOWriteStream stdout nextPutAll: (${expression}) printString; newLine; flush`;

await test('the primitive answers false where it saves and true in the saved image, whose activations go on', () => {
  const folder = imageFolder('live', 'cuis5');
  const { out: text, err } = runScript(out, folder, [
    '| values answer semaphore |',
    'values := (1 to: 3) collect: [ :i | i * i ].',
    'semaphore := Semaphore new.',
    '[ semaphore wait. values := values reversed. semaphore signal ] forkAt: Processor userInterruptPriority.',
    'answer := [ Smalltalk snapshotPrimitive ] ensure: [ values := values collect: [ :each | each + 1 ] ].',
    'semaphore signal; wait.',
    `${say('{ answer. values }')}.`,
    'Smalltalk quitPrimitive: values first',
  ]);
  equal(err, '');
  equal(text, '#(false #(10 5 2))\n');
  const built = rebuilt(folder, 'cuis5');
  for (const mode of [[], ['--interpret-only']]) {
    const resumed = stwasm('run', built, ...mode);
    equal(resumed.out, '#(true #(10 5 2))\n', resumed.err);
    equal(resumed.code, 10);
  }
});

// What is kept: an expression that makes it, under names that Smalltalk holds, and one that tells it afterwards.
const ofFormat = (format, statements) => '| b s | b := Behavior new superclass: Object methodDictionary: MethodDictionary new '
  + `format: ${format}. ${statements}. s`;
const kept = [
  ['(1 to: 300) asArray', 'K size -> K last'],
  ['(String new: 2000 withAll: $x) , 1000 factorial printString', 'K size -> K hash'],
  ['{ 1.5. -1.0e100. Float infinity. 1/3. 100 factorial. 100 factorial negated. $a. 16r3FFFFFFF. -16r40000000 }', 'K'],
  ['{ #(1 $a #b \'c\' (nil true false)). 3@4. Date newDay: 1 month: 2 year: 2003. Color red }', 'K'],
  ['(1 to: 7) asArray collect: [ :n | ByteArray new: n withAll: n ]', 'K'],
  // formats that no class of the image has: 16 and 64 bits, ephemerons, named slots in weak objects, very many named slots
  [ofFormat(12 << 16, 's := b basicNew: 3. s basicAt: 2 put: 65535'), '{ K basicSize. K basicAt: 2. K basicAt: 3 }'],
  [ofFormat(9 << 16, 's := b basicNew: 2. s basicAt: 2 put: 16rFEDCBA9876543210'), '{ K basicSize. K basicAt: 1. K basicAt: 2 }'],
  [ofFormat(5 << 16 | 2, 's := b basicNew. s instVarAt: 2 put: 7'), '{ K instVarAt: 1. K instVarAt: 2. K class format }'],
  [ofFormat(4 << 16 | 1, 's := b basicNew: 2. s instVarAt: 1 put: 7. s basicAt: 2 put: Object'),
    '{ K basicSize. K instVarAt: 1. K basicAt: 1. K basicAt: 2 }'],
  [ofFormat(1 << 16 | 300, 's := b basicNew. s instVarAt: 299 put: 7'), '{ K instVarAt: 299. K instVarAt: 300. K basicSize }'],
  ['| o | o := Object new. o pin. { o. Object new }', '{ K first isPinned. K second isPinned }'],
  ['(Bitmap new: 3) at: 2 put: 16rFFFFFFFF; yourself', 'K asArray'],
  ['Smalltalk allClasses collect: [ :each | each -> each identityHash ]', 'K allSatisfy: [ :each | each key identityHash = each value ]'],
  ['| all | all := (1 to: 50) collect: [ :i | Object new ]. { all. IdentitySet withAll: all }',
    'K first allSatisfy: [ :each | K second includes: each ]'],
  ['| kept | kept := Object new. { kept. WeakArray with: kept with: Object new }', '{ K second first == K first. K second second }'],
  ['[ :x | | y | y := x. [ :z | y := y + z ] ] value: 5', '{ K value: 0. K numArgs }'],
  ['Object >> #printString', '{ K selector. K methodClass. K == (Object >> #printString). K valueWithReceiver: 5 arguments: #() }'],
];

// Statements that leave in `told` what the expressions tell.
const tellAll = kept.map(([, told], i) =>
  `told print: (${told.replaceAll(/\bK\b/g, `((Smalltalk at: #Kept) at: ${i + 1})`)}); newLine.`);

await test('a saved program answers as before, and the image with it the whole oracle', () => {
  const folder = imageFolder('saved', 'cuis5');
  const expected = runScript(out, folder, [
    '| told |',
    "Utilities classPool at: #AuthorInitials put: 'aa'; at: #AuthorName put: 'aa'.",
    "Object subclass: #Doubler instanceVariableNames: 'a' classVariableNames: '' poolDictionaries: '' category: 'Test'.",
    "(Smalltalk at: #Doubler) compile: 'double ^a * 2'; compile: 'a: x a := x'.",
    `Smalltalk at: #Kept put: (Array new: ${kept.length}).`,
    ...kept.map(([made], i) => `(Smalltalk at: #Kept) at: ${i + 1} put: (Compiler evaluate: '${made.replaceAll("'", "''")}').`),
    'Smalltalk at: #TheDoubler put: ((Smalltalk at: #Doubler) new a: 21; yourself).',
    'Smalltalk garbageCollect.',
    'told := WriteStream on: String new.',
    ...tellAll,
    'StdIOWriteStream stdout nextPutAll: told contents; flush.',
    'Smalltalk snapshot: true andQuit: true clearAllClassState: false',
  ]);
  equal(expected.err, '');
  equal(expected.code, 0);
  const before = statSync(join(images, 'cuis5.image')).size;
  const after = statSync(join(folder, 'cuis5.image')).size;
  ok(Math.abs(after - before) < before / 20, `${after} bytes, before ${before}`);
  equal(readdirSync(folder).includes('cuis5.image.tmp'), false);
  const built = rebuilt(folder, 'cuis5');
  equal(evaluate(built, '(Smalltalk at: #TheDoubler) double'), '42');
  const told = runScript(built, folder, [
    '| told |', 'told := WriteStream on: String new.', ...tellAll,
    'StdIOWriteStream stdout nextPutAll: told contents; flush. Smalltalk quitPrimitive',
  ]);
  equal(told.out, expected.out, told.err);
  equal(told.out.split('\n').length, kept.length + 1);
  const answers = spawnSync(process.execPath, [join(here, 'oracle.mjs'), command, built,
    join(oracle, 'expressions.tsv'), '--list'], { encoding: 'latin1', maxBuffer: 1 << 26 });
  contains(answers.stdout, '771 passed, 0 failed, 0 skipped');
});

await test('the image goes on after saving itself under another name', () => {
  const folder = imageFolder('other', 'cuis5');
  const { out: text, code, err } = runScript(out, folder, [
    '[ (Delay forMilliseconds: 300) wait.',
    `${say('Smalltalk imageName')}.`,
    'Smalltalk quitPrimitive: 7 ] forkAt: Processor userInterruptPriority.',
    "Smalltalk saveAs: 'second' andQuit: false clearAllClassState: false",
  ], '--interpret-only');
  equal(text, "'/image/second.image'\n", err);
  equal(code, 7);
  equal(existsSync(join(folder, 'second.changes')), true);
  contains(stwasm('info', join(folder, 'second.image')).out, 'format             6521 (Spur)');
});

await test('a file that cannot be written: the primitive fails and nothing is left', () => {
  const folder = imageFolder('failing', 'cuis5');
  mkdirSync(join(folder, 'taken.image'));
  const before = readdirSync(folder);
  const { out: text } = runScript(out, folder, [
    "#('/nowhere/a.image' '/image/taken.image') collect: [ :name |",
    '  Smalltalk imageName: name.',
    '  Smalltalk snapshotPrimitive ]',
  ]);
  equal(text, '#(nil nil)\n');
  equal(readdirSync(folder).join(), before.join());
});

const sista = join(images, 'cuis7-sista.image');
if (existsSync(sista)) {
  await test('an image with SistaV1 code', () => {
    const folder = imageFolder('sista', 'cuis7-sista');
    const built = join(work, 'cuis7');
    equal(stwasm('build', sista, '-o', built, '-O', '0').code, 0);
    const { err } = runScript(built, folder, [
      'Smalltalk at: #Doubler put: [ :x | x * 2 ].',
      'Smalltalk snapshot: true andQuit: true embedded: false clearAllClassState: false',
    ]);
    equal(err, '');
    equal(evaluate(rebuilt(folder, 'cuis7-sista'), '{ (Smalltalk at: #Doubler) value: 21. 100 factorial printString size }'),
      '#(42 158)');
  });
} else {
  skip('an image with SistaV1 code', `there is no ${sista}`);
}

cleanUp();
finish();
