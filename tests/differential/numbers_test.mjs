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

const expected = operands.map((a) => integersOf(a).map((answer) => (answer === 'error' ? "'error'" : String(answer))).join(' '));

for (const format of ['spur32', 'spur64']) {
  const image = join(folder, `numbers-${format}.image`);
  const out = join(folder, `numbers-${format}`);
  execFileSync(stwasm, ['compose', join(here, '../../examples/kernel'), join(here, 'numbers.st'), '-o', image, '--format', format]);
  execFileSync(stwasm, ['build', image, '-O', '0', '-o', out]);
  for (const mode of ['translated', 'interpreted']) {
    await test(`integers, ${format}, ${mode}`, () => {
      const printed = execFileSync(stwasm, ['run', out, ...(mode === 'interpreted' ? ['--interpret-only'] : [])], { encoding: 'utf8' });
      const lines = printed.trim().split('\n').map((line) => line.trim());
      equal(lines.length, expected.length);
      expected.forEach((line, index) => equal(lines[index], line));
    });
  }
}
finish();
