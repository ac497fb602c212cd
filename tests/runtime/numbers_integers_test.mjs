// Integer arithmetic of the runtime against BigInt: special sends, numbered primitives and module LargeIntegers.
import { randomSource } from './assemble.mjs';
import { equal, equalDeep, finish, test } from '../harness.mjs';
import { numbersModule, randomInteger } from './numbers_values.mjs';

const { vm, integer, large, plain, boolean } = numbersModule();
const minSmall = -(2n ** 30n);
const maxSmall = 2n ** 30n - 1n;
const isSmall = (value) => value >= minSmall && value <= maxSmall;
const abs = (value) => (value < 0n ? -value : value);
const sign = (value) => (value < 0n ? -1n : value > 0n ? 1n : 0n);
const floorDivide = (a, b) => a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
const floorModulo = (a, b) => a - floorDivide(a, b) * b;
const exact = (a, b) => (b !== 0n && a % b === 0n ? a / b : 'failed');
const unlessZero = (operation) => (a, b) => (b === 0n ? 'failed' : operation(a, b));

const operations = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  less: (a, b) => a < b,
  greater: (a, b) => a > b,
  lessEqual: (a, b) => a <= b,
  greaterEqual: (a, b) => a >= b,
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  multiply: (a, b) => a * b,
  divide: exact,
  modulo: unlessZero(floorModulo),
  integerDivide: unlessZero(floorDivide),
  quotient: unlessZero((a, b) => a / b),
  remainder: unlessZero((a, b) => a % b),
};
const numbered = {
  1: 'add', 2: 'subtract', 3: 'less', 4: 'greater', 5: 'lessEqual', 6: 'greaterEqual', 7: 'equal', 8: 'notEqual',
  9: 'multiply', 10: 'divide', 11: 'modulo', 12: 'integerDivide', 13: 'quotient',
  20: 'remainder', 21: 'add', 22: 'subtract', 23: 'less', 24: 'greater', 25: 'lessEqual', 26: 'greaterEqual',
  27: 'equal', 28: 'notEqual', 29: 'multiply', 30: 'divide', 31: 'modulo', 32: 'integerDivide', 33: 'quotient',
};
const special = ['add', 'subtract', 'less', 'greater', 'less_equal', 'greater_equal', 'equal', 'not_equal',
  'multiply', 'divide', 'modulo', undefined, undefined, 'integer_divide'];
const edges = [0n, 1n, -1n, 2n, 3n, -7n, maxSmall, minSmall, maxSmall - 1n, minSmall + 1n, 32768n, -32768n];

function* smallPairs(seed) {
  for (const a of edges) for (const b of edges) yield [a, b];
  const random = randomSource(seed);
  for (let i = 0; i < 3000; i++) {
    yield [BigInt.asIntN(31, random.bits(31)), BigInt.asIntN(random.pick([2, 8, 31]), random.bits(31))];
  }
}

function* largePairs(seed, count, maxBits) {
  const random = randomSource(seed);
  for (let i = 0; i < count; i++) {
    const b = randomInteger(random, maxBits);
    yield [random.below(4) ? randomInteger(random, maxBits) : b * randomInteger(random, maxBits), b];
  }
}

// What a SmallInteger primitive makes of it: other integers are the image's business.
const small = (answer) => (typeof answer === 'bigint' && !isSmall(answer) ? 'failed' : answer);

const show = (a, b) => `${a} and ${b}`;

for (const [number, name] of Object.entries(numbered)) {
  const pairs = number < 20 ? smallPairs(number) : largePairs(number, 4000, 200);
  await test(`primitive ${number} (${name})`, () => {
    for (const [a, b] of pairs) {
      const answer = operations[name](a, b);
      equal(plain(vm[`primitive_${number}`](integer(a), integer(b), 0)), number < 20 ? small(answer) : answer, show(a, b));
    }
  });
}

await test('SmallInteger primitives fail on other operands', () => {
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]) {
    const primitive = vm[`primitive_${number}`];
    for (const other of [null, vm.float(1), vm.true(), vm.bytes(99, 4)]) {
      equal(plain(primitive(vm.small(1), other, 0)), 'failed');
      equal(plain(primitive(other, vm.small(1), 0)), 'failed');
    }
  }
});

await test('special sends of SmallIntegers', () => {
  special.forEach((selector, index) => {
    if (!selector) return;
    const name = selector.replace(/_(.)/, (_, letter) => letter.toUpperCase());
    for (const [a, b] of smallPairs(index)) {
      const answer = small(operations[name](a, b));
      equal(plain(vm[`special_${selector}`](integer(a), integer(b), 0)), answer === 'failed' ? `sent ${index}` : answer,
        `${selector} ${show(a, b)}`);
    }
    equal(plain(vm[`special_${selector}`](integer(2n ** 40n), vm.small(1), 0)), `sent ${index}`);
    equal(plain(vm[`special_${selector}`](vm.small(1), null, 0)), `sent ${index}`);
  });
});

const bitOperations = { 14: (a, b) => a & b, 15: (a, b) => a | b, 16: (a, b) => a ^ b };

await test('bitAnd:, bitOr:, bitXor:', () => {
  const names = { 14: 'And', 15: 'Or', 16: 'Xor' };
  for (const [number, operation] of Object.entries(bitOperations)) {
    for (const [a, b] of smallPairs(number)) {
      equal(plain(vm[`primitive_${number}`](integer(a), integer(b), 0)), operation(a, b), show(a, b));
    }
    for (const [a, b] of largePairs(number, 3000, 70)) {
      const fits = isSmall(a) && isSmall(b) || a >= 0n && b >= 0n && a < 2n ** 64n && b < 2n ** 64n;
      equal(plain(vm[`primitive_${number}`](integer(a), integer(b), 0)), fits ? operation(a, b) : 'failed', show(a, b));
    }
    for (const [a, b] of largePairs(number + 5, 3000, 300)) {
      equal(plain(vm[`primitive_LargeIntegers_primDigitBit${names[number]}`](integer(a), integer(b), 0)),
        a >= 0n && b >= 0n ? operation(a, b) : 'failed', show(a, b));
    }
  }
  equal(plain(vm.special_bit_and(integer(2n ** 32n - 1n), vm.small(255), 0)), 255n);
  equal(plain(vm.special_bit_or(integer(-(2n ** 40n)), vm.small(255), 0)), 'sent 15');
});

await test('bitShift:', () => {
  const shifted = (a, n) => (n >= 0 ? a << BigInt(n) : a >> BigInt(-n));
  const random = randomSource(17);
  for (let i = 0; i < 6000; i++) {
    const n = random.below(160) - 80;
    const a = randomInteger(random, random.pick([10, 31, 63, 64, 65]));
    const fits = abs(a) < 2n ** 64n && (n < 0 || abs(shifted(a, n)) < 2n ** 64n && n < 64) || isSmall(a) && abs(BigInt(n)) <= 32n;
    for (const number of [17, 37]) {
      const answer = plain(vm[`primitive_${number}`](integer(a), vm.small(n), 0));
      if (fits || answer !== 'failed') equal(answer, shifted(a, n), `${a} bitShift: ${n}`);
    }
    const send = plain(vm.special_bit_shift(integer(a), vm.small(n), 0));
    equal(send, fits ? shifted(a, n) : 'sent 12', `${a} bitShift: ${n}`);
  }
});

await test('digit addition, subtraction, comparison', () => {
  for (const [a, b] of largePairs(100, 8000, 600)) {
    const signed = a < 0n ? -1n : 1n;
    equal(plain(vm.primitive_LargeIntegers_primDigitAdd(integer(a), integer(b), 0)), signed * (abs(a) + abs(b)), show(a, b));
    equal(plain(vm.primitive_LargeIntegers_primDigitSubtract(integer(a), integer(b), 0)), signed * (abs(a) - abs(b)), show(a, b));
    equal(plain(vm.primitive_LargeIntegers_primDigitCompare(integer(a), integer(b), 0)), sign(abs(a) - abs(b)), show(a, b));
  }
});

await test('digit multiplication', () => {
  for (const [a, b] of largePairs(101, 6000, 1200)) {
    for (const negative of [true, false]) {
      equal(plain(vm.primitive_LargeIntegers_primDigitMultiplyNegative(integer(a), integer(b), boolean(negative), 0)),
        (negative ? -1n : 1n) * abs(a) * abs(b), show(a, b));
    }
  }
});

await test('digit division', () => {
  for (const [a, b] of largePairs(102, 12000, 700)) {
    if (b === 0n) continue;
    const answer = plain(vm.primitive_LargeIntegers_primDigitDivNegative(integer(a), integer(b), boolean(false), 0));
    equalDeep(answer, [abs(a) / abs(b), (a < 0n ? -1n : 1n) * (abs(a) % abs(b))], show(a, b));
  }
  equal(plain(vm.primitive_LargeIntegers_primDigitDivNegative(integer(7n), integer(0n), boolean(false), 0)), 'failed');
  equal(plain(vm.primitive_LargeIntegers_primDigitDivNegative(large(7n, 3), integer(2n), boolean(false), 0)), 'failed');
});

await test('division where the estimated quotient digit must be corrected', () => {
  const digits = [0n, 1n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 31n + 1n, 2n ** 32n - 2n, 2n ** 32n - 1n];
  const compose = (list) => list.reduce((value, digit) => (value << 32n) | digit, 0n);
  const random = randomSource(103);
  for (let i = 0; i < 20000; i++) {
    const a = compose(Array.from({ length: random.below(3) + 3 }, () => random.pick(digits)));
    const b = compose(Array.from({ length: random.below(2) + 2 }, () => random.pick(digits)));
    if (b === 0n) continue;
    equalDeep(plain(vm.primitive_LargeIntegers_primDigitDivNegative(integer(a), integer(b), boolean(false), 0)),
      [a / b, a % b], show(a, b));
  }
});

await test('what the division leaves unnormalised', () => {
  const sizes = (a, b) => {
    const pair = vm.primitive_LargeIntegers_primDigitDivNegative(integer(a), integer(b), boolean(false), 0);
    return [0, 1].map((i) => (vm.kind(vm.slot(pair, i)) === 1 ? 'small' : vm.byteSize(vm.slot(pair, i))));
  };
  equalDeep(sizes(2n ** 64n, 3n), [12, 1]);
  equalDeep(sizes(2n ** 64n, 2n ** 40n), [8, 0]);
  equalDeep(sizes(2n ** 40n, 2n ** 64n), ['small', 6]);
});

await test('shifting magnitudes', () => {
  const random = randomSource(104);
  for (let i = 0; i < 8000; i++) {
    const a = randomInteger(random, 400);
    const n = random.below(900) - 450;
    const answer = vm.primitive_LargeIntegers_primDigitBitShiftMagnitude(integer(a), vm.small(n), 0);
    const magnitude = n >= 0 ? abs(a) << BigInt(n) : abs(a) >> BigInt(-n);
    equal(plain(answer, n < 0), a < 0n ? -magnitude : magnitude, `${a} shifted by ${n}`);
    if (n >= 0) equal(vm.byteSize(answer), Math.ceil(magnitude.toString(16).length / 2));
  }
});

await test('primAnyBitFromTo', () => {
  const random = randomSource(105);
  for (let i = 0; i < 4000; i++) {
    const a = randomInteger(random, 200) << BigInt(random.below(100));
    const from = random.below(300) + 1;
    const to = from + random.below(80) - 5;
    const mask = to < from ? 0n : ((1n << BigInt(to - from + 1)) - 1n) << BigInt(from - 1);
    equal(plain(vm.primitive_LargeIntegers_primAnyBitFromTo(integer(a), vm.small(from), vm.small(to), 0)),
      to < 1 ? 'failed' : (abs(a) & mask) !== 0n, `${a} from ${from} to ${to}`);
  }
});

await test('normalisation', () => {
  const random = randomSource(106);
  for (let i = 0; i < 3000; i++) {
    const a = random.pick([abs(randomInteger(random, 100)), ...edges.map(abs), 2n ** 30n, 2n ** 30n + 1n]);
    const size = Math.ceil(a.toString(16).length / 2) + random.below(9);
    equal(plain(vm.primitive_LargeIntegers_primNormalizePositive(large(a, size), 0)), a);
    if (a > 0n) equal(plain(vm.primitive_LargeIntegers_primNormalizeNegative(large(-a, size), 0)), -a);
  }
  const normal = large(2n ** 70n);
  equal(vm.primitive_LargeIntegers_primNormalizePositive(normal, 0), normal);
  equal(plain(vm.primitive_LargeIntegers_primNormalizePositive(large(-5n), 0)), 'failed');
  equal(plain(vm.primitive_LargeIntegers_primNormalizePositive(vm.small(5), 0)), 'failed');
});

await test('Montgomery multiplication', () => {
  const random = randomSource(107);
  for (let i = 0; i < 1500; i++) {
    const modulus = random.bits(random.below(300) + 34) | 1n;
    const digits = BigInt(Math.ceil(modulus.toString(16).length / 8));
    const base = 2n ** 32n;
    let inverse = 1n;
    for (let k = 0; k < 5; k++) inverse = BigInt.asUintN(32, inverse * (2n - modulus * inverse));
    const [a, b] = [random.bits(330) % modulus, random.bits(330) % modulus];
    const answer = plain(vm.primitive_LargeIntegers_primMontgomeryTimesModulo(
      integer(a), integer(b), integer(modulus), integer(base - inverse), 0));
    equal(answer < modulus && (answer * base ** digits - a * b) % modulus === 0n, true, `${a} ${b} ${modulus}`);
  }
  equal(plain(vm.primitive_LargeIntegers_primMontgomeryDigitLength(vm.small(1), 0)), 32n);
});

await test('reading and making 64-bit values', () => {
  const random = randomSource(108);
  for (let i = 0; i < 4000; i++) {
    const a = randomInteger(random, 66);
    const check = (name, bits, signed) => {
      const value = BigInt[signed ? 'asIntN' : 'asUintN'](bits, a);
      const got = vm[name](integer(a));
      equal(vm.valid(), value === a ? 1 : 0, `${name} ${a}`);
      if (value === a) equal(BigInt[signed ? 'asIntN' : 'asUintN'](bits, BigInt(got)), a);
    };
    check('valueI64', 64, true);
    check('valueU64', 64, false);
    check('valueI32', 32, true);
    check('valueU32', 32, false);
    equal(plain(vm.ofI64(BigInt.asIntN(64, a))), BigInt.asIntN(64, a));
    equal(plain(vm.ofU32(Number(BigInt.asIntN(32, a)))), BigInt.asUintN(32, a));
  }
});

await test('points and hashes', () => {
  equalDeep(plain(vm.special_make_point(vm.small(3), vm.float(4.5), 0)), { x: 3n, y: 4.5 });
  equal(plain(vm.special_make_point(vm.small(3), null, 0)), 'sent 11');
  equal(plain(vm.primitive_159(vm.small(-12345), 0)), BigInt.asUintN(28, -12345n * 1664525n));
  equal(plain(vm.primitive_159(integer(2n ** 40n + 77n), 0)), BigInt.asUintN(28, 77n * 1664525n));
  equal(plain(vm.primitive_159(integer(-(2n ** 40n)), 0)), 'failed');
});

finish();
