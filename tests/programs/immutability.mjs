// Immutable objects: primitives and bytecodes that would store into them, translated and interpreted. Cuis makes none, so a
// saved image that has the methods for it is translated.
// node immutability.mjs COMMAND OUT IMAGES: the stwasm command, a built cuis5.image, the folder with the images.
import { equal, finish, test } from '../harness.mjs';
import { savedImages } from './saved_images.mjs';

const [command, out, images] = process.argv.slice(2);
const { imageFolder, rebuilt, evaluate, runScript, cleanUp } = savedImages(command, images);

// The activation of attemptToAssign:withIndex: has to go away without an answer: another process removes it.
const setUp = [
  "Utilities classPool at: #AuthorInitials put: 'aa'; at: #AuthorName put: 'aa'.",
  "Object compile: 'isReadOnlyObject <primitive: 163> ^#missing'.",
  "Object compile: 'setReadOnly: aBoolean <primitive: 164> ^#failed'.",
  "Object compile: 'attemptToAssign: value withIndex: index | process |",
  '  (Smalltalk at: #Attempts) add: { self class name. value. index }.',
  '  process := Processor activeProcess.',
  "  [ process instVarNamed: ''suspendedContext'' put: process suspendedContext sender ] forkAt: Processor activePriority.",
  "  Processor yield'.",
  "Object subclass: #Guarded instanceVariableNames: 'a b' classVariableNames: 'Shared' poolDictionaries: '' category: 'Test'.",
  "(Smalltalk at: #Guarded) compile: 'a ^a'; compile: 'a: x a := x. ^#done'; compile: 'both: x ^{ a := b := x }';",
  "  compile: 'shared ^Shared'; compile: 'shared: x Shared := x. ^#done';",
  "  compile: 'loop: n 1 to: n do: [ :i | a := i ]. ^a'; compile: 'block ^[ :x | b := x ]'.",
  'Smalltalk at: #Attempts put: OrderedCollection new.',
];
const guarded = "| g attempts o binding | attempts := (Smalltalk at: #Attempts) removeAll; yourself. g := (Smalltalk at: #Guarded) new. g a: 1.";
const error = (expression) => `([ ${expression}. #stored ] on: Error do: [ :e | #refused ])`;

const cases = [
  ['being immutable', '{ g isReadOnlyObject. g setReadOnly: true. g isReadOnlyObject. g setReadOnly: false. g a: 2. g a }',
    '#(false false true true #done 2)'],
  ['immediate objects are immutable', '{ 3 isReadOnlyObject. $a isReadOnlyObject. nil isReadOnlyObject }', '#(true true false)'],
  ['what cannot be immutable',
    '{ 3. Semaphore new. thisContext. Processor. Processor activeProcess. WeakArray new: 1. true } collect: [ :each | each setReadOnly: true ]',
    '#(#failed #failed #failed #failed #failed #failed #failed)'],
  ['an assignment', 'g setReadOnly: true. { g a: 2. g a. attempts asArray }', '#(#done 1 #(#(#Guarded 2 1)))'],
  ['assignments as values', 'g setReadOnly: true. { g both: 3. attempts asArray }',
    '#(#(3) #(#(#Guarded 3 2) #(#Guarded 3 1)))'],
  ['in a loop', 'g setReadOnly: true. { g loop: 3. attempts size }', '#(1 3)'],
  ['in a block', 'g setReadOnly: true. { g block value: 5. attempts asArray }', '#(5 #(#(#Guarded 5 2)))'],
  ['a class variable', "binding := (Smalltalk at: #Guarded) classPool associationAt: #Shared. g shared: 1. "
    + 'binding setReadOnly: true. g shared: 2. binding setReadOnly: false. { g shared. g shared: 3. g shared. attempts size }',
    '#(1 #done 3 1)'],
  ['instVarAt:put:', `g setReadOnly: true. { ${error('g instVarAt: 1 put: 2')}. g a }`, '#(#refused 1)'],
  ['at:put: of an Array', `o := #(1 2) copy. o setReadOnly: true. { ${error('o at: 1 put: 3')}. o }`, '#(#refused #(1 2))'],
  ['at:put: of a String', `o := 'ab' copy. o setReadOnly: true. { ${error('o at: 1 put: $x')}. o }`, "#(#refused 'ab')"],
  ['at:put: of an OrderedCollection\'s Array',
    `o := (1 to: 3) asOrderedCollection. (o instVarNamed: 'array') setReadOnly: true. { ${error('o at: 1 put: 3')}. o first }`,
    '#(#refused 1)'],
  ['replaceFrom:to:with:startingAt:',
    `o := 'ab' copy. o setReadOnly: true. { ${error("o replaceFrom: 1 to: 2 with: 'xy' startingAt: 1")}. o }`, "#(#refused 'ab')"],
  ['changing the class', `g setReadOnly: true. ${error('g primitiveChangeClassTo: Object new')}`, '#refused'],
  ['copies can be changed', 'o := #(1 2) copy. o setReadOnly: true. o copy at: 1 put: 3; yourself', '#(3 2)'],
];

const folder = imageFolder('guarded', 'cuis5');
runScript(out, folder, [...setUp, 'Smalltalk snapshot: true andQuit: true clearAllClassState: false']);
const built = rebuilt(folder, 'cuis5');
for (const mode of [[], ['--interpret-only']])
  await test(`immutable objects ${mode.join(' ')}`, () => {
    const each = cases.map(([, expression]) => `[ ${guarded} ${expression} ] value`).join('. ');
    const answers = cases.map(([, , answer]) => answer).join(' ');
    equal(evaluate(built, `{ ${each} }`, ...mode), `#(${answers})`);
  });

await test('an image that was translated without any refuses to make one', () => {
  const plain = imageFolder('plain', 'cuis5');
  const { out: text } = runScript(out, plain, [...setUp,
    '{ 3 isReadOnlyObject. Object new setReadOnly: true. Object new setReadOnly: false. (Smalltalk vmParameterAt: 65) bitAnd: 2 }']);
  equal(text, '#(true #failed false 0)\n');
  equal(evaluate(built, '(Smalltalk vmParameterAt: 65) bitAnd: 2'), '2');
});

cleanUp();
finish();
