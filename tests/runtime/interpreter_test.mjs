// The interpreter, captures of native frames, non-local returns and processes, on methods made of bytes.
import { assemble } from './assemble.mjs';
import { equal, finish, test } from '../harness.mjs';

const vm = assemble([...['activation', 'argument_checks', 'block_context', 'context', 'interpreter', 'interpreter_call', 'interpreter_frames', 'interpreter_support', 'low_space',
  'primitives_context', 'primitives_control', 'primitives_process', 'run', 'scheduler', 'stack_trace', 'stats', 'stop']
  .map((name) => `runtime-wat/${name}.wat`), 'tests/runtime/interpreter_support.wat']);

const kReturnTop = 0x7c;
const kReturnSelf = 0x78;
const kQuitStatus = 2;
const kDone = 80;  // the selector that ends a run

const special = (index) => 0xb0 + index;
const send = (literal, count) => 0xd0 + 16 * count + literal;

// Literals are numbers (SmallIntegers), selectors as { selector: id }, or values of the module.
const literalValue = (literal) => (typeof literal === 'number' ? vm.small(literal)
  : literal?.selector === undefined ? literal : vm.symbol(literal.selector));

function method(selector, bytes, { args = 0, temps = args, primitive = 0, literals = [], code = 0 } = {}) {
  const made = vm.newMethod(selector, args, temps, primitive, literals.length, bytes.length, code);
  bytes.forEach((byte, index) => vm.setByte(made, index, byte));
  literals.forEach((literal, index) => vm.setLiteral(made, index, literalValue(literal)));
  return made;
}

function value(answer) {
  if (vm.isNil(answer)) return null;
  if (vm.isSmall(answer)) return vm.smallValue(answer);
  return vm.isTrue(answer) ? true : answer;
}

// Runs the method as the only activation above one that ends the run with what it is answered.
function contextFor(code, receiver = vm.small(1)) {
  const ending = method(81, [send(0, 0), kReturnSelf], { literals: [{ selector: kDone }] });
  return vm.newContext(code, receiver, vm.newContext(ending, null, null));
}

function run(code, receiver) {
  vm.resume(contextFor(code, receiver));
  let status;
  do status = vm.run(1000); while (status === 0);
  equal(status, kQuitStatus);
  return value(vm.answer());
}

vm.setUp();
vm.setDepthLimit(24000);
method(kDone, [kReturnSelf], { primitive: 1000 });
for (let index = 0; index < 32; index++) {
  if (index === 25) method(125, [kReturnSelf], { primitive: 201 });
  if (index === 26) method(126, [kReturnSelf], { args: 1, primitive: 202 });
}
const specialSelectors = vm.array(2, 64);
const counts = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0];
counts.forEach((count, index) => vm.atPut(specialSelectors, 2 * index + 1, vm.small(count)));
vm.setSpecialObject(23, specialSelectors);

const binary = (index, a, b) =>
  run(method(10, [0x20, 0x21, special(index), kReturnTop], { literals: [a, b] }));

await test('SmallInteger arithmetic', () => {
  equal(binary(0, 3, 4), 7);
  equal(binary(1, 3, 4), -1);
  equal(binary(8, -5, 7), -35);
  equal(binary(9, -12, 4), -3);
  equal(binary(10, -7, 3), 2);
  equal(binary(10, 7, -3), -2);
  equal(binary(13, -7, 3), -3);
  equal(binary(13, 7, -3), -3);
  equal(binary(12, 3, 10), 3072);
  equal(binary(12, -3000, -4), -188);
  equal(binary(12, 5, -40), 0);
  equal(binary(14, 12, 10), 8);
  equal(binary(15, 12, 10), 14);
  equal(binary(2, 3, 4), true);
  equal(binary(7, 3, 4), true);
});

await test('overflow is sent', () => {
  method(100, [0x70, kReturnTop], { args: 1 });  // + answers its receiver
  equal(binary(0, 1073741823, 1), 1073741823);
});

// i := 0. [ i < 100 ] whileTrue: [ i := i + 1 ]. ^ i
const loop = [0x75, 0x68, 0x10, 0x20, special(2), 0xac, 6, 0x10, 0x76, special(0), 0x68, 0xa3, 0xf5, 0x10, kReturnTop];

await test('a loop', () => equal(run(method(6, loop, { temps: 1, literals: [100] })), 100));

await test('a loop goes on in translated code', () => {
  const looping = method(6, loop, { temps: 1, literals: [100] });
  vm.setEntries(looping, (2 << 1) | 1, 5);
  equal(run(looping), 5100);
});

await test('mustBeBoolean', () => {
  method(90, [0x20, kReturnTop], { literals: [77] });
  equal(run(method(10, [0x76, 0x98, kReturnTop, kReturnTop])), 77);
});

// [ :x | x + t ] value: 4, t copied
await test('closures and copied values', () => {
  equal(run(method(10, [0x20, 0x69, 0x11, 0x8f, 0x11, 0, 4, 0x10, 0x11, special(0), 0x7d, 0x21, special(26), kReturnTop],
    { temps: 2, literals: [30, 4] })), 34);
});

await test('a non-local return in the interpreter', () => {
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1 });
  equal(run(method(10, [0x70, 0x8f, 0, 0, 2, 0x20, kReturnTop, send(1, 1), 0x21, kReturnTop],
    { literals: [7, { selector: 5 }] })), 7);
});

await test('aboutToReturn:through: is sent when an unwind-marked Context is in between', () => {
  method(92, [0x20, send(1, 0), kReturnTop], { args: 2, temps: 2, literals: [500, { selector: kDone }] });
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1, primitive: 198 });
  equal(run(method(10, [0x70, 0x8f, 0, 0, 2, 0x20, kReturnTop, send(1, 1), 0x21, kReturnTop],
    { literals: [7, { selector: 5 }] })), 500);
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1 });
});

await test('cannotReturn: from a dead home', () => {
  method(7, [0x8f, 0, 0, 2, 0x20, kReturnTop, kReturnTop], { literals: [7] });
  method(91, [0x20, send(1, 0), kReturnTop], { args: 1, temps: 1, literals: [600, { selector: kDone }] });
  equal(run(method(10, [0x70, send(0, 0), special(25), kReturnTop], { literals: [{ selector: 7 }] })), 600);
});

await test('perform: and valueWithArguments:', () => {
  method(20, [kReturnSelf], { args: 2, temps: 2, primitive: 83 });
  method(2, [0x10, 0x20, special(0), kReturnTop], { args: 1, temps: 1, literals: [50] });
  equal(run(method(10, [0x70, 0x20, 0x21, send(2, 2), kReturnTop],
    { literals: [{ selector: 2 }, 5, { selector: 20 }] })), 55);
  method(21, [kReturnSelf], { args: 1, temps: 1, primitive: 206 });
  equal(run(method(10, [0x8f, 2, 0, 4, 0x10, 0x11, special(0), 0x7d, 0x20, 0x21, 0x8a, 0x82, send(2, 1), kReturnTop],
    { literals: [8, 9, { selector: 21 }] })), 17);
});

await test('native code sends to the interpreter', () => {
  const native = method(1, [0x70, 0x20, send(1, 1), 0x22, special(0), kReturnTop],
    { code: 1, literals: [5, { selector: 2 }, 1000] });
  method(2, [0x10, 0x20, special(0), kReturnTop], { args: 1, temps: 1, literals: [50] });
  const caller = () => method(10, [0x70, send(0, 0), kReturnTop], { literals: [{ selector: 1 }] });
  equal(run(caller()), 1055);
  // thisContext in the callee captures the native frame, which goes on in the interpreter
  method(2, [0x89, 0x87, 0x10, 0x20, special(0), kReturnTop], { args: 1, temps: 1, literals: [50] });
  equal(run(caller()), 1055);
  // its sender is the native method's Context
  method(2, [0x89, send(0, 0), send(1, 0), kReturnTop], { args: 1, temps: 1, literals: [{ selector: 22 }, { selector: kDone }] });
  method(22, [0x00, kReturnTop]);
  equal(vm.isContext(run(caller())), 1);
  equal(vm.isNil(native), 0);
});

const recursion = [0x10, 0x75, special(6), 0x99, 0x75, kReturnTop, 0x70, 0x10, 0x76, special(1), send(0, 1), 0x76, special(0),
  kReturnTop];

await test('recursion beyond the depth limit goes on in the heap', () => {
  method(3, recursion, { args: 1, temps: 1, code: 2, literals: [{ selector: 3 }] });
  const caller = method(10, [0x70, 0x20, send(1, 1), kReturnTop], { literals: [5000, { selector: 3 }] });
  equal(run(caller), 5000);
  method(3, recursion, { args: 1, temps: 1, literals: [{ selector: 3 }] });
  equal(run(caller), 5000);
});

// | b | b := [ ^ 7 ]. self run: b. ^ 8
const home = [0x8f, 0, 0, 2, 0x21, kReturnTop, 0x68, 0x70, 0x10, send(0, 1), 0x87, 0x22, kReturnTop];
const homeMethod = () => method(4, home, { temps: 1, code: 3, literals: [{ selector: 5 }, 7, 8] });

await test('a non-local return through native frames', () => {
  homeMethod();
  const caller = method(10, [0x70, send(0, 0), kReturnTop], { literals: [{ selector: 4 }] });
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1, code: 6 });
  equal(run(caller), 7);
  // an interpreted method in between: the return is executed again in the interpreter
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1 });
  equal(run(caller), 7);
  // an unwind-marked one
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1, primitive: 198 });
  equal(run(caller), 500);
  method(5, [0x10, special(25), kReturnTop], { args: 1, temps: 1 });
});

await test('findNextHandlerContext captures first', () => {
  method(30, [kReturnSelf], { primitive: 197 });
  method(2, [0x20, kReturnTop], { args: 1, temps: 1, literals: [3] });
  method(1, [0x70, 0x20, send(1, 1), 0x22, special(0), kReturnTop],
    { code: 1, literals: [5, { selector: 2 }, 1000] });
  method(2, [0x70, send(0, 0), 0x73, special(22), 0x99, 0x21, kReturnTop, 0x22, kReturnTop],
    { args: 1, temps: 1, literals: [{ selector: 30 }, 4, 6] });
  equal(run(method(10, [0x70, send(0, 0), kReturnTop], { literals: [{ selector: 1 }] })), 1004);
});

// Two processes that wait for each other: the one with higher priority adds to the Array when it is signalled.
await test('processes and Semaphores', () => {
  const scheduler = vm.array(2, 2);
  const lists = vm.array(2, 8);
  for (let index = 0; index < 8; index++) vm.atPut(lists, index, vm.array(2, 2));
  vm.atPut(scheduler, 0, lists);
  const association = vm.array(2, 2);
  vm.atPut(association, 1, scheduler);
  vm.setSpecialObject(3, association);
  const process = (priority, context) => {
    const made = vm.array(6, 4);
    vm.atPut(made, 1, context);
    vm.atPut(made, 2, vm.small(priority));
    return made;
  };
  const semaphore = vm.array(3, 3);
  vm.atPut(semaphore, 2, vm.small(0));
  const log = vm.array(2, 3);
  vm.atPut(log, 0, vm.small(0));
  method(31, [kReturnSelf], { primitive: 85 });
  method(32, [kReturnSelf], { primitive: 86 });
  method(33, [kReturnSelf], { primitive: 87 });
  // high: [ true ] whileTrue: [ semaphore wait. log at: 1 put: (log at: 1) + 1 ]
  const high = method(40, [0x20, send(1, 0), 0x87, 0x22, 0x76, 0x22, 0x76, special(16), 0x76, special(0), special(17), 0x87,
    0xa3, 0xf2], { literals: [semaphore, { selector: 32 }, log] });
  const waiting = process(5, vm.newContext(high, null, null));
  // low: waiting resume. semaphore signal. semaphore signal. ^ log at: 1
  const low = method(41, [0x20, send(1, 0), 0x87, 0x22, send(3, 0), 0x87, 0x22, send(3, 0), 0x87, 0x24, 0x76, special(16),
    kReturnTop], { literals: [waiting, { selector: 33 }, semaphore, { selector: 31 }, log] });
  const active = process(3, null);
  vm.atPut(scheduler, 1, active);
  equal(run(low), 2);
  // with the high one alone, nothing can run until somebody signals from outside
  const externals = vm.array(2, 4);
  vm.atPut(externals, 1, semaphore);
  vm.setSpecialObject(38, externals);
  vm.resume(contextFor(method(42, [0x20, send(1, 0), kReturnTop], { literals: [vm.array(3, 3), { selector: 32 }] })));
  equal(vm.run(1000), 1);
  vm.signalExternal(2);
  equal(vm.run(1000), 1);
  equal(vm.smallValue(vm.at(log, 0)), 3);
});

function sista(selector, bytes, options) {
  const made = method(selector, bytes, options);
  vm.setSista(made);
  return made;
}

await test('SistaV1: extensions, ~~ and a loop', () => {
  equal(run(sista(10, [0xe1, 0xff, 0xe8, 0xff, 0x5c])), -1);
  equal(run(sista(10, [0xe1, 0x03, 0xe8, 0xe8, 0x5c])), 1000);
  equal(run(sista(10, [0x50, 0x51, 0x78, 0x5c])), true);
  equal(run(sista(10, [0x50, 0xd0, 0x40, 0x51, 0x60, 0xd0, 0x40, 0xe8, 100, 0x62, 0xef, 4, 0xe1, 0xff, 0xed, 0xf2, 0x40, 0x5c],
    { temps: 1 })), 100);
});

// [ :x | | s | s := x + t. s ] value: 4, t copied
await test('SistaV1: an embedded and a full block', () => {
  equal(run(sista(10, [0x20, 0xd1, 0x41, 0xfa, 0x09, 4, 0x40, 0x41, 0x60, 0x5e, 0x21, 0x7a, 0x5c],
    { temps: 2, literals: [30, 4] })), 34);
  const block = sista(60, [0x40, 0x41, 0x60, 0xd2, 0x42, 0x5e], { args: 1, temps: 3 });
  equal(run(sista(10, [0x20, 0xd1, 0x41, 0xf9, 2, 1, 0x21, 0x7a, 0x5c], { temps: 2, literals: [30, 4, block] })), 34);
});

await test('SistaV1: a full block returns from its home method', () => {
  const block = sista(60, [0x20, 0x5c], { literals: [7] });
  equal(run(sista(10, [0xf9, 0, 0, 0x79, 0x21, 0x5c], { literals: [block, 500] })), 7);
});

await test('SistaV1: a full block with a receiver of its own, with and without outer context', () => {
  const block = sista(60, [0x4c, 0x5e]);
  for (const flags of [0x80, 0xc0])
    equal(run(sista(10, [0x21, 0xf9, 0, flags, 0x79, 0x5c], { literals: [block, 9] })), 9);
});

finish();
