// Smalltalk stack traces: of errors in calls, of the host's own errors and of traps; translated, interpreted, optimised, with
// and without lines. node stack_trace_test.mjs FOLDERS (each a build of failing.st)
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, failure, finish, ok, test } from '../harness.mjs';
import { damageCode } from './trap_support.mjs';

const source = readFileSync(new URL('failing.st', import.meta.url), 'utf8');
const kExitTrap = 70;

const named = ({ className, selector, block }) => `${block ? '[] in ' : ''}${className}>>${selector}`;
const names = (error) => error.smalltalkStack.map(named);

// The line of a text within a method of failing.st.
function lineOf(pattern, text) {
  const body = source.slice(source.indexOf(`\n${pattern}`) + 1);
  return body.slice(0, body.indexOf(text)).split('\n').length;
}

async function opened(folder, options = {}) {
  const { open } = await import(pathToFileURL(join(folder, 'stwasm.mjs')));
  const image = await open(options);
  return { image, failing: await image.send(await image.global('Failing'), 'new') };
}

async function testSmalltalkErrors(title, folder, options, hasLines) {
  const { image, failing } = await opened(folder, options);
  const line = (...where) => (hasLines ? lineOf(...where) : null);

  await test(`an unhandled error has its stack (${title})`, async () => {
    const error = await failure(image.send(failing, 'inBlock:', [1, 2, 3]));
    equal(error.message, 'Error: two!');
    const stack = error.smalltalkStack;
    const at = stack.findIndex(({ selector }) => selector === 'fail:with:');
    ok(at >= 0 && stack.slice(0, at).every(({ className }) => className === 'Object'), names(error).join('\n'));
    const { pc, ...frame } = stack[at];
    ok(Number.isInteger(pc) && pc > 0, `pc ${pc}`);
    equalDeep(frame, {
      className: 'Failing', selector: 'fail:with:', block: false, line: line('fail: aString', '^ self error'),
      receiver: 'a Failing', arguments: ["'two!'", '2'],
    });
    const block = stack[at + 1];
    equal(named(block), '[] in Failing>>inBlock:');
    equal(block.line, line('inBlock:', 'self fail'));
    equalDeep(block.arguments, ['1', '2']);
    const last = stack.at(-1);
    equal(named(last), 'Failing>>inBlock:');
    equalDeep(last.arguments, ['#(1 2 3)']);
  });

  await test(`it can be written as JSON and is shown first (${title})`, async () => {
    const error = await failure(image.send(failing, 'fail:with:', 'said', failing));
    equalDeep(JSON.parse(JSON.stringify(error.smalltalkStack)), error.smalltalkStack);
    const place = hasLines ? `line ${lineOf('fail: aString', '^ self error')}` : `pc ${error.smalltalkStack.at(-1).pc}`;
    contains(error.stack, `    at Failing>>fail:with: ${place}, self a Failing, with 'said', a Failing\n`);
  });

  await test(`a stack of many activations is cut, a handled error leaves none (${title})`, async () => {
    const error = await failure(image.send(failing, 'deep:', 3000));
    equal(error.smalltalkStack.length, 1000);
    equal(names(error).filter((name) => name === 'Failing>>deep:').length >= 990, true);
    contains(error.stack, '... and 960 more');
    equal(await image.send(failing, 'handled'), 7);
    equal(names(await failure(image.send(await image.global('Failing'), 'failOnClassSide:', [2]))).at(-1),
      'Failing class>>failOnClassSide:');
  });
}

// The frames of failing.st and what a frame of it is to be; pcs are checked apart.
const framesOfTest = (error) => error.smalltalkStack.filter(({ className }) => className === 'Failing');

function checkFrames(error, expected) {
  const frames = framesOfTest(error);
  for (const { pc } of frames) ok(Number.isInteger(pc) && pc > 0, `pc ${pc} in ${error.message}`);
  equalDeep(frames.map(({ pc, ...frame }) => frame), expected.map(([name, line, values]) => ({
    className: 'Failing', selector: name.replace('[] in ', ''), block: name.startsWith('[]'), line, receiver: 'a Failing',
    arguments: values,
  })));
}

// The frames leave as Contexts, so that nothing is lost.
async function testHostErrors(title, folder, options, hasLines) {
  let armed = false;
  const trace = (name) => {
    if (armed && name === 'fileWrite') throw new TypeError('the pipe is broken');
  };
  const { image, failing } = await opened(folder, { ...options, trace });
  const line = (...where) => (hasLines ? lineOf(...where) : null);
  armed = true;

  await test(`an error of the host tells where the image was (${title})`, async () => {
    const error = await failure(image.send(failing, 'writeEach:', ['x']));
    armed = false;
    equal(error.exitCode, kExitTrap);
    contains(error.message, 'the host failed: the pipe is broken');
    checkFrames(error, [
      ['write:', line('write:', '^ Standard'), ["'x'"]],
      ['[] in writeEach:', line('writeEach:', 'self write'), ["'x'"]],
      ['writeEach:', line('writeEach:', 'self write'), ["#('x')"]],
    ]);
    const { pc, line: _, ...primitive } = error.smalltalkStack[0];
    equalDeep(primitive, { className: 'StandardStream', selector: 'on:write:from:count:', block: false,
      receiver: 'a StandardStream', arguments: ['a ByteArray', "'x'", '1', '1'] });
    ok(pc > 0, `pc ${pc}`);
    contains(error.message, 'Failing>>write:');
    equal(await failure(image.send(failing, 'yourself')), error);
  });
}

// So they do where the runtime finds that the image cannot go on.
async function testDeadEnds(title, folder, options, hasLines) {
  const { image, failing } = await opened(folder, options);

  await test(`what the image cannot handle tells where it was (${title})`, async () => {
    const error = await failure(image.send(failing, 'rootless:', 5));
    equal(error.exitCode, kExitTrap);
    contains(error.message, 'the image cannot go on: doesNotUnderstand: ');
    checkFrames(error, [['rootless:', hasLines ? lineOf('rootless:', '^ Rootless') : null, ['5']]]);
    equal(await failure(image.send(failing, 'yourself')), error);
  });
}

// A trap destroys the native frames: builds with --debug have a record of them, others the engine's names. A primitive that the
// interpreter calls has no frame of its own.
function checkTrap(error, expected, isRecorded, isInterpreted = false) {
  equal(error.exitCode, kExitTrap);
  if (isRecorded) return checkFrames(error, expected);
  const wanted = expected.map(([name]) => name.replace(/^(\[\] in )?/, '$1Failing>>')).slice(isInterpreted ? 1 : 0);
  const found = framesOfTest(error).map(named);
  equalDeep(wanted.filter((each) => found.includes(each)), wanted);
  for (const { receiver, arguments: values, pc } of framesOfTest(error)) {
    if (receiver !== null) continue;
    equal(pc, null);
    equalDeep(values, []);
  }
}

async function testTraps(title, folder, hasLines, isRecorded) {
  const prepare = damageCode('Failing>>broken:', 'Failing>>handled');
  const { image, failing } = await opened(folder, { prepare });
  const line = (text) => (hasLines ? lineOf('break: aCollection', text) : null);

  await test(`a trap tells where the image was (${title})`, async () => {
    const error = await failure(image.send(failing, 'break:with:', [7, 8], 'text'));
    contains(error.message, 'the image trapped');
    checkTrap(error, [
      ['[] in break:with:', line('sum +'), ['0', '7']],
      ['break:with:', line('inject:'), ['#(7 8)', "'text'"]],
    ], isRecorded);
  });
}

// The interpreter has the Context of such an activation, so that only the pc is lost.
async function testTrapBehindLoopHead(title, folder, hasLines, isRecorded) {
  const prepare = damageCode('Failing>>broken:', 'Failing>>handled');
  const { image, failing } = await opened(folder, { prepare });

  await test(`a trap in what a Context went on with tells it once (${title})`, async () => {
    const error = await failure(image.send(failing, 'enter:', 9));
    contains(error.message, 'the image trapped');
    const line = hasLines ? lineOf('enter:', 'count > 3') : null;
    if (isRecorded) return checkFrames(error, [['enter:', line, ['9']]]);
    equalDeep(framesOfTest(error), [{
      className: 'Failing', selector: 'enter:', block: false, line: null, pc: null, receiver: 'a Failing', arguments: ['9'],
    }]);
    equal(names(error).at(-1), '[] in JavaScript class>>callHandler');
  });
}

// The engine itself refuses what a function of the host answers: nothing can be caught there.
async function testRefusedAnswers(title, folder, options, hasLines, isRecorded) {
  const { clockImports } = await import(pathToFileURL(join(folder, 'clock.mjs')));
  const clock = clockImports();
  let calls = -1;
  const utcMicroseconds = () => (calls >= 0 && ++calls > 2 ? 5 : calls > 0 ? -30n : clock.utcMicroseconds());
  const { image, failing } = await opened(folder, { ...options, clock: { ...clock, utcMicroseconds } });
  const line = (...where) => (hasLines ? lineOf(...where) : null);

  await test(`an answer that the engine refuses tells where the image was (${title})`, async () => {
    calls = 0;
    const error = await failure(image.send(failing, 'clock:', [150, 90]));
    contains(error.message, 'BigInt');
    checkTrap(error, [
      ['microseconds', line('microseconds\n', '^ self error'), []],
      ['microseconds:', line('microseconds: anInteger', 'whileTrue'), ['90']],
      ['[] in clock:', line('clock:', 'self micro'), ['90']],
      ['clock:', line('clock:', 'self micro'), ['#(150 90)']],
    ], isRecorded, options.interpretOnly);
  });
}

async function testEnd(title, folder, options, hasLines) {
  const { image, failing } = await opened(folder, options);

  await test(`an error that ends the program is what calls fail with (${title})`, async () => {
    equal(image.unhandledError, null);
    const error = await failure(image.send(failing, 'inAnotherProcess'));
    equal(error, image.unhandledError);
    equal(error.message, 'Error: forked');
    const frame = error.smalltalkStack.find(({ selector }) => selector === 'fail:with:');
    equal(frame.line, hasLines ? lineOf('fail: aString', '^ self error') : null);
    equalDeep(frame.arguments, ["'forked'", '7']);
    equal(await image.run(), 1);
  });
}

// What a call fails with in a process of its own, whose engine has less room: { message, names }.
function failureInProcess(folder, engineOption, selector, ...args) {
  const program = `import { open } from '${pathToFileURL(join(folder, 'stwasm.mjs'))}';
    const image = await open();
    const failing = await image.send(await image.global('Failing'), 'new');
    await image.send(failing, ${JSON.stringify([selector, ...args]).slice(1, -1)}).catch((error) => console.log(JSON.stringify(
      { message: error.message.split('\\n')[0], stack: error.smalltalkStack })));
    process.exit();`;
  const run = spawnSync(process.execPath, [engineOption, '--input-type=module', '-e', program], { encoding: 'utf8', timeout: 60_000 });
  ok(run.stdout !== '', run.stderr);
  return JSON.parse(run.stdout);
}

async function testStackExhaustion(title, folder, isRecorded) {
  await test(`an engine without room for the stack ends the image with a trap (${title})`, () => {
    const { message, stack } = failureInProcess(folder, '--stack-size=120', 'recurse:', 0);
    contains(message, 'the image trapped: Maximum call stack size exceeded');
    const frames = stack.filter(({ selector }) => selector === 'recurse:');
    ok(frames.length > 50, stack.map(named).join(' '));
    if (isRecorded) equalDeep(frames.map((frame) => frame.arguments[0]), frames.map((_, i) => String(frames.length - 1 - i)));
  });
}

// The frames are Contexts then, so that the receivers are there.
async function testMemoryExhaustion(title, folder) {
  const fillIn = (stack) => stack.find(({ selector }) => selector === 'fill');
  await test(`an image that is told of low memory has an error with its stack (${title})`, () => {
    const { message, stack } = failureInProcess(folder, '--max-old-space-size=600', 'fill');
    equal(message, 'OutOfMemory: Memory is low');
    equal(fillIn(stack)?.receiver, 'a Failing', stack.map(named).join(' '));
  });
  await test(`one that is not ends with its stack (${title})`, () => {
    const { message, stack } = failureInProcess(folder, '--max-old-space-size=600', 'fillUnwatched');
    contains(message, 'the image is out of memory');
    equal(fillIn(stack)?.receiver, 'a Failing', stack.map(named).join(' '));
  });
}

const [plain, optimised, debug, optimisedDebug, ...others] = process.argv.slice(2).map((folder) => resolve(folder));
for (const [title, folder, hasLines] of [['plain', plain, false], ['optimised', optimised, false], ['debug', debug, true],
  ['optimised debug', optimisedDebug, true]]) {
  for (const [mode, options] of [['translated', {}], ['interpreted', { interpretOnly: true }]]) {
    await testSmalltalkErrors(`${title}, ${mode}`, folder, options, hasLines);
    await testHostErrors(`${title}, ${mode}`, folder, options, hasLines);
    await testDeadEnds(`${title}, ${mode}`, folder, options, hasLines);
    await testRefusedAnswers(`${title}, ${mode}`, folder, options, hasLines, hasLines);
    await testEnd(`${title}, ${mode}`, folder, options, hasLines);
  }
  await testTraps(title, folder, hasLines, hasLines);
  await testTrapBehindLoopHead(title, folder, hasLines, hasLines);
}
// With names, of other formats.
for (const folder of others) {
  const isRecorded = 'lines' in JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  await testTraps(basename(folder), folder, isRecorded, isRecorded);
  await testTrapBehindLoopHead(basename(folder), folder, isRecorded, isRecorded);
}
// These need options of V8's.
if (!process.versions.bun) {
  await testStackExhaustion('plain', plain, false);
  await testStackExhaustion('debug', debug, true);
  for (const [title, folder] of [['plain', plain], ['optimised', optimised]]) await testMemoryExhaustion(title, folder);
}
finish();
