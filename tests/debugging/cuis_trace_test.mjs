// Stacks of traps and of errors of the host in Cuis 5: translated code, interpreted code that was compiled at run time, and
// primitives in turns. node cuis_trace_test.mjs PLAIN DEBUG (builds of cuis5.image)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, failure, finish, ok, test } from '../harness.mjs';
import { damageCode } from './trap_support.mjs';

const kExitTrap = 70;

async function opened(folder, options) {
  const { open } = await import(pathToFileURL(join(folder, 'stwasm.mjs')));
  const image = await open(options);
  await image.evaluate('3 + 4');
  return image;
}

// "[] in Class>>selector self with arguments" of the youngest frames; what is not known is ?.
const text = ({ className, selector, block, receiver, arguments: values }) =>
  [`${block ? '[] in ' : ''}${className}>>${selector}`, receiver ?? '?', ...values].join(' ');

function checkYoungest(error, expected) {
  equal(error.exitCode, kExitTrap);
  equalDeep(error.smalltalkStack.slice(0, expected.length).map(text), expected);
}

function checkPlaces(error, count, hasLines) {
  for (const frame of error.smalltalkStack.slice(0, count)) {
    ok(frame.pc > 0, JSON.stringify(frame));
    const isCompiledNow = frame.selector === 'DoIt';
    equal(frame.line !== null, hasLines && !isCompiledNow, JSON.stringify(frame));
  }
}

const withoutState = (frames) => frames.map((frame) => frame.replace(/(>>\S+) .*/, '$1 ?'));

async function testTrap(title, folder, isDebug) {
  const image = await opened(folder, { prepare: damageCode('Point>>printOn:', 'Point>>x') });
  await test(`a trap in Cuis (${title})`, async () => {
    const error = await failure(image.evaluate('#(5) collect: [:each | (each @ 2 corner: 3 @ 4) printString]'));
    contains(error.message, 'the image trapped');
    const translated = [
      'Rectangle>>printOn: a Rectangle a LimitedWriteStream',
      '[] in Object>>printAs:limitedTo: a Rectangle a LimitedWriteStream',
      'SequenceableCollection class>>streamContents:limitedTo: String a BlockClosure 50000',
      'Object>>printAs:limitedTo: a Rectangle String 50000',
      'Object>>printStringLimitedTo: a Rectangle 50000',
      'Object>>printString a Rectangle',
    ];
    const collect = ['SequenceableCollection>>collect: #(5) a BlockClosure'];
    const told = (frames) => (isDebug ? frames : withoutState(frames));
    checkYoungest(error, [...told(translated), '[] in UndefinedObject>>DoIt nil 5', ...told(collect), 'UndefinedObject>>DoIt nil']);
    if (isDebug) checkPlaces(error, translated.length + 3, true);
  });
}

// Methods that only answer an instance variable have no bytecodes at which they could be resumed.
async function testAccessors(title, folder) {
  const image = await opened(folder);
  await test(`accessors are not captured (${title})`, async () => {
    equal(await image.evaluate('| r sum | r := 3 @ 4 corner: 7 @ 6. sum := 0. 2000000 timesRepeat: [sum := sum + r area]. sum'), 16000000);
  });
}

async function testHostError(title, folder, isDebug) {
  let armed = false;
  const trace = (name) => {
    if (armed && name === 'directoryEntry') throw new TypeError('no directory');
  };
  const image = await opened(folder, { trace });
  armed = true;
  await test(`an error of the host in Cuis (${title})`, async () => {
    const error = await failure(image.evaluate('#(5) do: [:each | FileIOAccessor default basicDirectoryExists: \'/five\']'));
    contains(error.message, 'the host failed: no directory');
    const expected = [
      "FileIOAccessor>>primLookupEntryIn:index: a FileIOAccessor '/five' 1",
      "FileIOAccessor>>basicDirectoryExists: a FileIOAccessor '/five'",
      '[] in UndefinedObject>>DoIt nil 5',
      'SequenceableCollection>>do: #(5) a BlockClosure',
      'UndefinedObject>>DoIt nil',
    ];
    checkYoungest(error, expected);
    checkPlaces(error, expected.length, isDebug);
  });
}

// Functions of the host that fail, what calls them, and the method whose primitive does.
const write = "'a.txt' asFileEntry forceWriteStreamDo: [:stream | stream nextPutAll: 'text'; flush]";
const failing = {
  fileOpen: [write, 'StandardFileStream>>primOpen:writable: a StandardFileStream'],
  fileWrite: [write, 'StandardFileStream>>primWrite:from:startingAt:count: a StandardFileStream'],
  fileClose: [write, 'StandardFileStream>>primClose: a StandardFileStream'],
  fileFlush: [write, 'StandardFileStream>>primFlush: a StandardFileStream'],
  fileRead: ["'a.txt' asFileEntry textContents", 'StandardFileStream>>primRead:into:startingAt:count: a StandardFileStream'],
  fileRename: ["'a.txt' asFileEntry rename: 'c.txt'", 'FileIOAccessor>>primRename:to: a FileIOAccessor'],
  utcMicroseconds: ['Time primUtcMicrosecondClock', 'Time class>>primUtcMicrosecondClock Time'],
  clipboardWrite: ["Clipboard default primitiveClipboardString: 'x'", "Clipboard>>primitiveClipboardString: a Clipboard 'x'"],
  attribute: ['Smalltalk getSystemAttribute: 1001', 'SystemDictionary>>getSystemAttribute: a SystemDictionary 1001'],
  imageName: ['Smalltalk primImageName', 'SystemDictionary>>primImageName a SystemDictionary'],
  screenSize: ['DisplayScreen actualScreenSize', 'DisplayScreen class>>actualScreenSize DisplayScreen'],
};

async function testEachFailure(folder) {
  for (const [name, [expression, youngest]] of Object.entries(failing)) {
    let armed = false;
    const trace = (called) => {
      if (armed && called === name) throw new TypeError(`no ${name}`);
    };
    const image = await opened(folder, { trace });
    await image.evaluate(write);
    armed = true;
    await test(`${name} fails`, async () => {
      const error = await failure(image.evaluate(expression));
      contains(error.message, `the host failed: no ${name}`);
      ok(text(error.smalltalkStack[0]).startsWith(youngest), error.message);
      ok(error.smalltalkStack.every(({ pc }) => pc > 0) && error.smalltalkStack.length > 5, error.message);
    });
  }
  // It is asked for the time where no primitive does.
  let armed = false;
  const image = await opened(folder, { trace: (called) => {
    if (armed && called === 'milliseconds') throw new TypeError('no time');
  } });
  await test('the clock of the run loop fails', async () => {
    armed = true;
    const error = await failure(image.evaluate('100000 timesRepeat: [Object new]'));
    contains(error.message, 'the host failed: no time');
    ok(error.smalltalkStack.length > 0 && error.smalltalkStack.every(({ pc }) => pc > 0), error.message);
  });
}

const [plain, debug] = process.argv.slice(2).map((folder) => resolve(folder));
for (const [title, folder, isDebug] of [['plain', plain, false], ['debug', debug, true]]) {
  await testTrap(title, folder, isDebug);
  await testAccessors(title, folder);
  await testHostError(title, folder, isDebug);
}
await testEachFailure(plain);
finish();
