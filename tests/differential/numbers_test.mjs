// Arithmetic that translated code does in place (numbers.st) against the same in JavaScript, with operands at the limits:
// node numbers_test.mjs STWASM FOLDER. In images of 32 and 64 bits, translated and interpreted.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

const operands = [0, 1, -1, 2, 6, 7, 8, -6, -7, -8, 1000, -1000, 32767, 32768, -32768, 46341, -46341, 65536, 33554431, 33554432,
  -33554432, -33554433, 1073741822, 1073741823, 1073741824, -1073741823, -1073741824, -1073741825, 1073741823 * 3,
  -1073741824 * 1000003].map(BigInt);

const modulo = (a, b) => ((a % b) + b) % b;
const floor = (a, b) => (a - modulo(a, b)) / b;

function knownOperands(a) {
  const low = a & 1023n;
  return low * 12345n + low % 10n + low / 3n - modulo(low - 500n, 9n) + floor(low - 500n, 9n) + (low << 9n) + floor(low - 500n, 4n);
}

function integersOf(a) {
  const answers = operands.flatMap((b) => [a * b, a * b + 7n, b === 0n ? 'error' : modulo(a, b), b === 0n ? 'error' : floor(a, b)]);
  return [...answers, modulo(a, 7n) + 1n, floor(a, 7n) + 1n, a << 5n, (a >> 5n) + 1n, a << 40n, knownOperands(a)];
}

const integers = operands.map((a) => integersOf(a).map((answer) => (answer === 'error' ? "'error'" : String(answer))).join(' '));

// --- Floats: what both operands being Floats gives; the rest is compared with the interpreter ---

const floats = [0, -0, 1.5, -2.25, 1e-300, 1e200, Infinity, NaN];
const kinds = floats.length + 3;  // and three SmallIntegers

function fields(a, b) {
  const field = a * 2;
  const other = b - field * 0.25;
  const product = field * other + a * b;
  return product + other * product;
}

function temporaries(a, b) {
  const x = a * 1.5;
  const y = x - b;
  const z = x * y + y / 3;
  return z - x + y * z;
}

function elements(a, b) {
  const array = [a, b, a * 0.5, b + 1];
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    array[i] = array[i] * array[i + 1] + 0.25;
    sum += array[i] * 0.75;
  }
  return sum + array[3] * array[0];
}

function loop(a, b) {
  let x = a * 0.125;
  let count = 0;
  while (count < 20 && x * x + b * 0.5 < 1000000) {
    x = x * 1.25 + b * 0.0625;
    count++;
  }
  return x + count;
}

function escaping(a, b) {
  let x = a * b + 0.5;
  const block = (y) => (x = x * y + 1.25);
  return block(a) + block(b) - x;
}

function blockTemporaries(a, b) {
  return [a, b, 1.25].reduce((sum, each) => {
    const x = each * 0.5 + a;
    const y = x * x - b;
    return sum * 0.25 + (y * 1.5 + x) * y;
  }, 0.5);
}

function suspended(a, b) {
  const x = a * 1.5 - b;
  return x * x + 0.5 - x * 0.25;
}

function failing(a, b) {
  const x = a * 0.5 + b;
  return (x - 1) * 2 + x;
}

function overwritten(a, b) {
  const x = a * 0.5;
  const y = x * b + 1.5;
  return x - y * 0.5 + y * 2 * 0.25;
}

const flags = (...answers) => answers.reduce((sum, answer, index) => sum + (answer ? 2 ** index : 0), 0);
const errorOr = (isError, answer) => (isError ? 'error' : answer);

// The kernel has no root of what is no number.
const floatsOf = (a, b) => [
  a * b + a * a - b * 0.5,
  errorOr(b === 0, a / b + 1.5),
  errorOr(Number.isNaN(a * a + b * b), Math.sqrt(a * a + b * b) * 2 + a * 3),
  temporaries(a, b),
  fields(a, b),
  elements(a, b),
  loop(a, b),
  a < b ? (a * b + 0.5) * 2 + 1 : BigInt(15),
  overwritten(a, b),
  true,
  escaping(a, b),
  blockTemporaries(a, b),
  failing(a, b),
  suspended(a, b),
  BigInt(flags(a < b, a > b, a <= b, a >= b, a === b, a !== b)),
];

function printed(answer) {
  if (typeof answer !== 'number') return String(answer);
  if (Number.isNaN(answer)) return 'nan';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, answer);
  return `${view.getUint32(0)}:${view.getUint32(4)}`;
}

function checkFloats(lines) {
  equal(lines.length, kinds * kinds);
  floats.forEach((a, i) => floats.forEach((b, j) => {
    const expected = floatsOf(a, b).map(printed).join(' ');
    equal(`${a} ${b}: ${lines[i * kinds + j].replaceAll('#', '')}`, `${a} ${b}: ${expected}`);
  }));
}

for (const format of ['spur32', 'spur64']) {
  const image = join(folder, `numbers-${format}.image`);
  const out = join(folder, `numbers-${format}`);
  const kernel = join(here, '../../examples/kernel');
  execFileSync(stwasm, ['compose', kernel, join(here, 'numbers.st'), '-o', image, '--format', format]);
  execFileSync(stwasm, ['build', image, '-O', '0', '-o', out]);
  const run = (...options) => execFileSync(stwasm, ['run', out, ...options], { encoding: 'utf8' }).trim().split('\n')
    .map((line) => line.trim());
  const answers = { translated: run(), interpreted: run('--interpret-only') };
  for (const [mode, lines] of Object.entries(answers)) {
    await test(`integers, ${format}, ${mode}`, () => {
      integers.forEach((line, index) => equal(lines[index], line));
    });
    await test(`Floats, ${format}, ${mode}`, () => checkFloats(lines.slice(integers.length)));
  }
  await test(`translated and interpreted alike, ${format}`, () => {
    answers.interpreted.forEach((line, index) => equal(`${index}: ${answers.translated[index]}`, `${index}: ${line}`));
  });
}
finish();
