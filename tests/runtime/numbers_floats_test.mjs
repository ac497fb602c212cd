// Float arithmetic of the runtime against JavaScript's: special sends and numbered primitives.
import { randomSource } from './assemble.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { numbersModule } from './numbers_values.mjs';

const { vm, integer, plain } = numbersModule();
const view = new DataView(new ArrayBuffer(8));
const fromBits = (bits) => (view.setBigUint64(0, bits), view.getFloat64(0));
const edges = [0, -0, 1, -1, 0.5, -1.5, 1e308, -1e308, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, Infinity,
  -Infinity, NaN, Number.MAX_VALUE, 2 ** 30, 2 ** 53, -(2 ** 31), 2 ** 62, 2 ** 63, -(2 ** 63), 1 / 3];

function randomFloat(random) {
  if (random.below(8) === 0) return random.pick(edges);
  if (random.below(3) === 0) return fromBits(random.bits(64));
  return (random.real() - 0.5) * 2 ** (random.below(80) - 20);
}

const same = (actual, expected, what) => ok(Object.is(actual, expected), `${what}: ${actual}, not ${expected}`);

const binary = {
  41: ['add', (a, b) => a + b], 42: ['subtract', (a, b) => a - b], 43: ['less', (a, b) => a < b],
  44: ['greater', (a, b) => a > b], 45: ['less_equal', (a, b) => a <= b], 46: ['greater_equal', (a, b) => a >= b],
  47: ['equal', (a, b) => a === b], 48: ['not_equal', (a, b) => a !== b], 49: ['multiply', (a, b) => a * b],
  50: ['divide', (a, b) => (b === 0 ? 'failed' : a / b)],
};

await test('two Floats, or a Float and a SmallInteger', () => {
  const random = randomSource(1);
  for (const [number, [selector, operation]] of Object.entries(binary)) {
    for (let i = 0; i < 3000; i++) {
      const [a, b] = [randomFloat(random), randomFloat(random)];
      const small = random.below(2000) - 1000;
      for (const [first, second, x, y] of [[vm.float(a), vm.float(b), a, b], [vm.float(a), vm.small(small), a, small],
        [vm.small(small), vm.float(b), small, b]]) {
        const expected = operation(x, y);
        const what = `${x} ${selector} ${y}`;
        same(plain(vm[`primitive_${number}`](first, second, 0)), expected, what);
        same(plain(vm[`primitive_5${number}`](first, second, 0)), expected, what);
        same(plain(vm[`special_${selector}`](first, second, 0)), expected === 'failed' ? 'sent 9' : expected, what);
      }
    }
    equal(plain(vm[`primitive_${number}`](vm.float(1), null, 0)), 'failed');
    equal(plain(vm[`special_${selector}`](vm.float(1), integer(2n ** 40n), 0)).startsWith('sent'), true);
  }
});

const scaled = (value, exponent) => {
  // Exact in two parts; the second one alone may round.
  if (value === 0 || !Number.isFinite(value)) return value;
  const bits = BigInt(Math.max(-5000, Math.min(5000, exponent)));
  view.setFloat64(0, value);
  const raw = view.getBigUint64(0);
  const field = (raw >> 52n) & 0x7ffn;
  const mantissa = (raw & 0xfffffffffffffn) | (field ? 1n << 52n : 0n);
  const power = (field || 1n) - 1075n + bits;
  return Math.sign(value) * nearest(mantissa, power);
};

// mantissa * 2**power, rounded to the nearest, ties to even.
function nearest(mantissa, power) {
  const bits = BigInt(mantissa.toString(2).length);
  let drop = bits - 53n;
  if (power + drop < -1074n) drop = -1074n - power;
  if (drop > 0n) {
    const half = 1n << (drop - 1n);
    const rest = mantissa & ((1n << drop) - 1n);
    mantissa >>= drop;
    if (rest > half || rest === half && mantissa & 1n) mantissa++;
    power += drop;
  }
  if (mantissa === 0n) return 0;
  if (BigInt(mantissa.toString(2).length) + power > 1024n) return Infinity;
  return power > -1000n ? Number(mantissa) * 2 ** Number(power > 900n ? 900n : power) * 2 ** Number(power > 900n ? power - 900n : 0n)
    : Number(mantissa) * 2 ** -1000 * 2 ** Number(power + 1000n);
}

await test('timesTwoPower:', () => {
  const random = randomSource(2);
  for (let i = 0; i < 20000; i++) {
    const value = randomFloat(random);
    const exponent = random.pick([random.below(40) - 20, random.below(2400) - 1200, random.below(5000) - 2500]);
    same(plain(vm.primitive_54(vm.float(value), vm.small(exponent), 0)), scaled(value, exponent), `${value} * 2**${exponent}`);
  }
  equal(plain(vm.primitive_54(vm.float(1), vm.float(1), 0)), 'failed');
});

await test('exponent', () => {
  const random = randomSource(3);
  for (let i = 0; i < 5000; i++) {
    const value = randomFloat(random);
    const answer = plain(vm.primitive_53(vm.float(value), 0));
    if (value === 0 || !Number.isFinite(value)) {
      equal(answer, -1n);
    } else {
      const significand = scaled(Math.abs(value), -Number(answer));
      ok(significand >= 1 && significand < 2, `${value} ${answer}`);
    }
  }
});

await test('truncated and fractionPart', () => {
  const random = randomSource(4);
  for (let i = 0; i < 5000; i++) {
    const value = randomFloat(random);
    equal(plain(vm.primitive_51(vm.float(value), 0)), Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : 'failed');
    const fraction = plain(vm.primitive_52(vm.float(value), 0));
    if (Number.isFinite(value)) {
      same(fraction, value % 1, `fraction of ${value}`);
    } else if (Number.isNaN(value)) {
      same(fraction, NaN);
    } else {
      same(fraction, value > 0 ? 0 : -0);
    }
  }
});

await test('asFloat, sqrt and transcendental functions', () => {
  const random = randomSource(5);
  for (let i = 0; i < 1000; i++) {
    const value = randomFloat(random);
    same(plain(vm.primitive_55(vm.float(value), 0)), value >= 0 ? Math.sqrt(value) : 'failed');
    same(plain(vm.primitive_56(vm.float(value), 0)), Math.sin(value));
    same(plain(vm.primitive_57(vm.float(value), 0)), Math.atan(value));
    same(plain(vm.primitive_58(vm.float(value), 0)), Math.log(value));
    same(plain(vm.primitive_59(vm.float(value), 0)), Math.exp(value));
    const small = random.below(2 ** 30);
    same(plain(vm.primitive_40(vm.small(-small), 0)), small === 0 ? 0 : -small);
  }
  equal(plain(vm.primitive_40(integer(2n ** 40n), 0)), 'failed');
  equal(plain(vm.primitive_55(vm.small(4), 0)), 'failed');
});

await test('the words of a Float', () => {
  const float = vm.float(-1 / 3);
  view.setFloat64(0, -1 / 3);
  equal(plain(vm.primitive_38(float, vm.small(1), 0)), BigInt(view.getUint32(0)));
  equal(plain(vm.primitive_38(float, vm.small(2), 0)), BigInt(view.getUint32(4)));
  equal(plain(vm.primitive_38(float, vm.small(3), 0)), 'failed');
  equal(plain(vm.primitive_39(float, vm.small(1), integer(0xfff00000n), 0)), 0xfff00000n);
  equal(plain(vm.primitive_39(float, vm.small(2), integer(0n), 0)), 0n);
  equalDeep(plain(float), -Infinity);
  equal(plain(vm.primitive_39(float, vm.small(2), integer(2n ** 32n), 0)), 'failed');
  equal(plain(vm.primitive_39(float, vm.small(0), integer(1n), 0)), 'failed');
});

finish();
