// Builds the module that the tests of numbers use, and converts between JavaScript values and Smalltalk ones.
import { assemble } from './assemble.mjs';

const runtimeFiles = ['arithmetic', 'small_integer', 'large_integer', 'large_integer_digits', 'large_integer_division',
  'large_integer_primitives', 'large_integer_plugin', 'float', 'immediate_numbers'];

export const largeNegative = 32;
export const largePositive = 33;

export function numbersModule(more = [], wordBits = 32) {
  const vm = assemble(['tests/runtime/numbers_support.wat',
    ...[...runtimeFiles, ...more].map((name) => `runtime-wat/${name}.wat`)], wordBits);
  vm.setUp();
  return { vm, ...converters(vm, wordBits === 64 ? 61n : 31n) };
}

function converters(vm, smallBits) {
  const isSmall = (value) => BigInt.asIntN(Number(smallBits), value) === value;
  const large = (value, size) => {
    let rest = value < 0n ? -value : value;
    const length = size ?? Math.ceil(rest.toString(16).length / 2);
    const bytes = vm.bytes(value < 0n ? largeNegative : largePositive, length);
    for (let i = 0; i < length; i++, rest >>= 8n) vm.byteAtPut(bytes, i, Number(rest & 0xffn));
    return bytes;
  };
  const integer = (value) =>
    isSmall(value) ? vm.ofI64(value) : large(value);
  const magnitude = (object) => {
    let value = 0n;
    for (let i = vm.byteSize(object) - 1; i >= 0; i--) value = (value << 8n) | BigInt(vm.byteAt(object, i));
    return value;
  };
  const bytes = (data, classIndex = 50) => {
    const object = vm.bytes(classIndex, data.length);
    for (let i = 0; i < data.length; i++) vm.byteAtPut(object, i, data[i]);
    return object;
  };

  // Integers as BigInt (with a check that they are normalised), Floats as numbers, Booleans, Arrays; 'failed', 'sent n'.
  const plain = (value, normalized = true) => {
    if (value === null) return null;
    if (value === vm.failed()) return 'failed';
    if (value === vm.true()) return true;
    if (value === vm.false()) return false;
    switch (vm.kind(value)) {
      case 0: return vm.isWide?.(value) ? plainWide(vm.wideValue(value)) : 'other';
      case 1: return BigInt(vm.smallValue(value));
      case 2: return vm.floatValue(value);
      case 3: return plainBytes(value, normalized);
      case 4: return [plain(vm.slot(value, 0), false), plain(vm.slot(value, 1), false)];
      case 5: return { x: plain(vm.x(value)), y: plain(vm.y(value)) };
      case 6: return `sent ${vm.selector(value) - 1000}`;
      default: return 'other';
    }
  };
  const plainWide = (value) => (BigInt.asIntN(31, value) === value || !isSmall(value) ? `not normalized: ${value}` : value);
  const plainBytes = (value, normalized) => {
    const sign = { [largeNegative]: -1n, [largePositive]: 1n }[vm.classIndex(value)];
    if (sign === undefined) return Array.from({ length: vm.byteSize(value) }, (_, i) => vm.byteAt(value, i));
    const result = sign * magnitude(value);
    if (normalized && (isSmall(result) || vm.byteAt(value, vm.byteSize(value) - 1) === 0)) {
      return `not normalized: ${result}`;
    }
    return result;
  };
  const boolean = (value) => (value ? vm.true() : vm.false());
  return { large, integer, plain, bytes, boolean };
}

// Integers that are likely to hit an edge: around powers of two, or of a random number of bits.
export function randomInteger(random, maxBits) {
  const kind = random.below(4);
  const sign = random.below(2) ? -1n : 1n;
  if (kind === 0) return sign * BigInt(random.below(5));
  const bits = random.below(maxBits) + 1;
  if (kind === 1) return sign * (2n ** BigInt(bits) + BigInt(random.below(5) - 2));
  if (kind === 2) return sign * ((random.bits(bits) << BigInt(random.pick([0, 8, 32]))) | BigInt(random.below(2)));
  return sign * random.bits(bits);
}
