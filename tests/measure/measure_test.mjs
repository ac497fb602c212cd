// What tools/bench does with its measurements.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digits, geometricMean, median, summary } from '../../tools/measure/summary.mjs';
import { runJob } from '../../tools/measure/engines.mjs';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'stwasm-measure-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const main = fileURLToPath(new URL('../../tools/measure/main.mjs', import.meta.url));

// The methods need an image of 8 MB and minutes: without STWASM_IMAGES they are left out.
function bench(...words) {
  const { STWASM_IMAGES, ...env } = process.env;
  return spawnSync(process.execPath, [main, ...words], { encoding: 'utf8', env });
}

await test('the median of an even number of rounds lies between the two in the middle', () => {
  equal(median([4, 1, 3, 2]), 2.5);
  equal(median([9, 1, 5]), 5);
  equalDeep(summary([3, 1, 2]), { min: 1, median: 2, max: 3 });
});

await test('a geometric mean is the same for a ratio and its inverse', () => {
  ok(Math.abs(geometricMean([4, 1 / 4]) - 1) < 1e-12);
});

await test('three digits count', () => {
  equalDeep([0.1234, 1.234, 12.34, 123.4].map(digits), ['0.123', '1.23', '12.3', '123']);
});

await test('a program is measured, written as JSON and compared with an older run', () => {
  const json = join(scratch, 'first.json');
  const first = bench('--only', 'programs', '--rounds', '2', '--interpreter-rounds', '0', '--json', json, 'Sieve');
  equal(first.status, 0, first.stderr);
  contains(first.stdout, '/ JavaScript: how many times');
  const { results } = JSON.parse(readFileSync(json, 'utf8'));
  equalDeep(Object.keys(results), ['Sieve, translated, V8', 'Sieve, JavaScript, V8']);
  for (const { cpu, rounds } of Object.values(results)) {
    equal(rounds, 2);
    ok(cpu.min > 0 && cpu.min <= cpu.median && cpu.median <= cpu.max);
  }
  const second = bench('--only', 'programs', '--rounds', '1', '--interpreter-rounds', '0', '--compare', json, 'Sieve');
  contains(second.stdout, 'beside the older run');
  contains(second.stdout, 'Sieve, translated, V8');
});

await test('a file of another version is refused before anything is measured', () => {
  const json = join(scratch, 'alien.json');
  writeFileSync(json, '{ "format": 0 }');
  const { status, stderr } = bench('--only', 'programs', '--compare', json, 'Sieve');
  equal(status, 1);
  contains(stderr, 'alien.json: not written by this version of tools/bench');
});

await test('an unknown name is refused', () => {
  const { status, stderr } = bench('--only', 'programs', 'Sieves');
  equal(status, 2);
  contains(stderr, "there is no benchmark 'Sieves'");
});

await test('a program with a wrong result is an error, not a time', () => {
  const file = join(scratch, 'wrong.mjs');
  writeFileSync(file, 'export const benchmark = () => 41;\nexport const verify = (result) => result === 42;\n');
  const engine = { name: 'V8', command: process.execPath, options: [] };
  const { error, cpu } = runJob(engine, { kind: 'javascript', file, rounds: 1 });
  equal(cpu, undefined);
  contains(error, 'came to a wrong result');
});

finish();
