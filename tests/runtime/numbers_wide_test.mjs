// Numbers of 64-bit images against BigInt: i31, wide SmallIntegers and LargeIntegers from one form into the other, Floats that
// are immediate, identity by value.
import { randomSource } from './assemble.mjs';
import { equal, finish, ok, test } from '../harness.mjs';
import { numbersModule } from './numbers_values.mjs';

const { vm, integer, large, plain } = numbersModule([], 64);
const limit = 2n ** 60n;
const floorDivide = (a, b) => a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
const unlessZero = (operation) => (a, b) => (b === 0n ? 'failed' : operation(a, b));
const shift = (a, b) => (b < 0n ? a >> -b : a << b);

const operations = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  less: (a, b) => a < b,
  greater: (a, b) => a > b,
  less_equal: (a, b) => a <= b,
  greater_equal: (a, b) => a >= b,
  equal: (a, b) => a === b,
  not_equal: (a, b) => a !== b,
  multiply: (a, b) => a * b,
  divide: (a, b) => (b !== 0n && a % b === 0n ? a / b : 'failed'),
  modulo: unlessZero((a, b) => a - floorDivide(a, b) * b),
  integer_divide: unlessZero(floorDivide),
  quotient: unlessZero((a, b) => a / b),
  bit_and: (a, b) => a & b,
  bit_or: (a, b) => a | b,
  bit_xor: (a, b) => a ^ b,
};
const numbered = ['add', 'subtract', 'less', 'greater', 'less_equal', 'greater_equal', 'equal', 'not_equal', 'multiply', 'divide',
  'modulo', 'integer_divide', 'quotient', 'bit_and', 'bit_or', 'bit_xor'];
const special = ['add', 'subtract', 'less', 'greater', 'less_equal', 'greater_equal', 'equal', 'not_equal', 'multiply', 'divide',
  'modulo', undefined, undefined, 'integer_divide', 'bit_and', 'bit_or'];
const edges = [0n, 1n, -1n, 7n, 2n ** 30n - 1n, 2n ** 30n, -(2n ** 30n), -(2n ** 30n) - 1n, 2n ** 31n, 2n ** 53n, 2n ** 53n + 1n,
  limit - 1n, limit - 2n, -limit, -limit + 1n, 2n ** 59n, -(2n ** 59n)];

function* pairs(seed) {
  for (const a of edges) for (const b of edges) yield [a, b];
  const random = randomSource(seed);
  for (let i = 0; i < 3000; i++) yield [randomSmall(random), randomSmall(random)];
}

function randomSmall(random) {
  const bits = random.pick([4, 31, 32, 40, 61]);
  return BigInt.asIntN(bits, random.bits(bits));
}

// Other integers are the image's business.
const small = (answer) => (typeof answer === 'bigint' && BigInt.asIntN(61, answer) !== answer ? 'failed' : answer);

for (const [index, name] of numbered.entries())
  await test(`primitive ${index + 1} (${name}) of 61-bit SmallIntegers`, () => {
    for (const [a, b] of pairs(index)) {
      equal(plain(vm[`primitive_${index + 1}`](integer(a), integer(b), 0)), small(operations[name](a, b)), `${a} and ${b}`);
    }
  });

await test('special sends of 61-bit SmallIntegers', () => {
  for (const [index, name] of special.entries()) {
    if (!name) continue;
    for (const [a, b] of pairs(100 + index)) {
      const expected = small(operations[name](a, b));
      equal(plain(vm[`special_${name}`](integer(a), integer(b), 0)), expected === 'failed' ? `sent ${index}` : expected,
        `${a} ${name} ${b}`);
    }
  }
});

await test('bitShift: of 61-bit SmallIntegers', () => {
  const random = randomSource(7);
  for (let i = 0; i < 4000; i++) {
    const value = randomSmall(random);
    const by = BigInt(random.below(80)) - 40n;
    const expected = shift(value, by);
    const answer = plain(vm.primitive_17(integer(value), integer(by), 0));
    ok(answer === expected || (answer === 'failed' && BigInt.asIntN(64, expected) !== expected), `${value} by ${by}: ${answer}`);
  }
});

await test('primitives 1 to 17 fail on what is no number', () => {
  for (let number = 1; number <= 17; number++)
    for (const other of [null, vm.true(), vm.bytes(99, 4), vm.float(1)])
      equal(plain(vm[`primitive_${number}`](integer(2n ** 40n), other, 0)), 'failed', String(number));
});

await test('LargeIntegers become SmallIntegers below 2**60 and above', () => {
  for (const value of [limit, -limit - 1n, 2n ** 64n, -(2n ** 70n)])
    for (const step of [1n, -1n, limit, -limit])
      equal(plain(vm.primitive_21(integer(value), integer(step), 0)), value + step, `${value} ${step}`);
  equal(plain(vm.primitive_LargeIntegers_primNormalizePositive(large(limit - 1n, 8), 0)), limit - 1n);
  equal(plain(vm.primitive_LargeIntegers_primNormalizePositive(large(limit + 1n, 8), 0)), limit + 1n);
  equal(plain(vm.primitive_LargeIntegers_primNormalizeNegative(large(-limit, 8), 0)), -limit);
  equal(plain(vm.primitive_LargeIntegers_primDigitMultiplyNegative(integer(2n ** 40n), integer(3n ** 20n), vm.false(), 0)),
    2n ** 40n * 3n ** 20n);
});

await test('== of numbers compares values', () => {
  for (const [a, b] of pairs(3)) equal(vm.identical(integer(a), integer(b)), a === b ? 1 : 0, `${a} == ${b}`);
  equal(vm.identical(large(limit), large(limit)), 0);
  const floats = [0, -0, 1, 1.5, -1e30, 3.4e38, 1e-30];
  for (const [i, a] of floats.entries())
    for (const [j, b] of floats.entries()) equal(vm.identical(vm.float(a), vm.float(b)), i === j ? 1 : 0, `${a} == ${b}`);
  for (const boxed of [Infinity, NaN, 1e300, 5e-324]) equal(vm.identical(vm.float(boxed), vm.float(boxed)), 0, String(boxed));
  equal(vm.identical(vm.boxedFloat(1.5), vm.float(1.5)), 0);
});

// Eight bits of exponent from 897 to 1151 (2**-126 to 2**128), 896 without a zero mantissa, and the two zeros.
await test('immediate Floats are those with an exponent of eight bits', () => {
  const small = [0, -0, 1, 2 ** -126, 2 ** -127 * (1 + 2 ** -52), 2 ** 127, 2 ** 128 * (1 + 2 ** -52), -(2 ** 128) * 1.75];
  const boxed = [2 ** -127, 2 ** 129, 1e-300, NaN, -Infinity, 5e-324, -(2 ** -127)];
  for (const value of small) equal(vm.classIndex(vm.float(value)), 4, String(value));
  for (const value of boxed) equal(vm.classIndex(vm.float(value)), 34, String(value));
});

// The oop's bits behind its tag: sign in the lowest bit, exponent less 896; as a SmallInteger, so signed.
await test('immediate Floats as integers', () => {
  const bitsOf = (value) => plain(vm.immediateBits(vm.float(value)));
  equal(bitsOf(0), 0n);
  equal(bitsOf(-0), 1n);
  equal(bitsOf(1), 127n << 53n);
  equal(bitsOf(-1), (127n << 53n) | 1n);
  equal(bitsOf(4), BigInt.asIntN(61, 129n << 53n));
});

await test('Floats beside wide SmallIntegers', () => {
  equal(plain(vm.special_add(integer(2n ** 40n), vm.float(0.5), 0)), 2 ** 40 + 0.5);
  equal(plain(vm.special_less(vm.float(1.5), integer(2n ** 53n), 0)), true);
  equal(plain(vm.primitive_41(vm.float(1), integer(-(2n ** 53n)), 0)), 1 - 2 ** 53);
  equal(plain(vm.special_equal(integer(2n ** 53n + 1n), vm.float(2 ** 53), 0)), 'sent 6');
  equal(plain(vm.primitive_47(vm.float(2 ** 53), integer(2n ** 53n + 1n), 0)), 'failed');
  equal(plain(vm.primitive_40(integer(limit - 1n), 0)), Number(limit - 1n));
  equal(plain(vm.primitive_51(vm.float(2 ** 59), 0)), 2n ** 59n);
});

await test('method headers keep their low bits and their sign', () => {
  for (const header of [0n, 0x2010203n, 0x3fffffffn]) {
    equal(plain(vm.headerValue(vm.headerBits(integer(header)))), header);
    equal(plain(vm.headerValue(vm.headerBits(integer(header - limit)))), header - limit);
    ok(vm.headerBits(integer(header - limit)) < 0);
  }
});
finish();
