// What is measured: the programs under examples/benchmarks, and the methods of cuis5-bench.image with what the reference
// JIT took for each. A set builds its image and lists the jobs of its benchmarks.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { names as programNames } from '../../examples/benchmarks/harness.mjs';
import { execute } from './engines.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const benchmarks = join(root, 'examples/benchmarks');

const fileOf = (name) => join(benchmarks, `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()}.mjs`);

// The yardstick's CPU milliseconds, least of its runs, when times.tsv was taken.
const kYardstickThen = 54.5;

// { title, yardstick?, benchmarks: [{ name, jobs: { translated, interpreted, JavaScript? }, answer?, reference? }] }
export function programs(folder, wanted) {
  const image = join(folder, 'programs.image');
  const out = join(folder, 'programs');
  const sources = readdirSync(benchmarks).filter((file) => file.endsWith('.st') && file !== 'main.st').sort();
  // Instead of the command line, which quits when it has run: the worker sends the messages.
  const main = join(folder, 'main.st');
  writeFileSync(main, 'Smalltalk stay!\n');
  execute(process.env.STWASM,
    ['compose', join(root, 'examples/kernel'), ...sources.map((file) => join(benchmarks, file)), main, '-o', image]);
  execute(process.env.STWASM, ['build', image, '-o', out]);
  return {
    title: 'programs',
    benchmarks: programNames.filter(wanted).map((name) => ({
      name,
      jobs: {
        translated: { kind: 'program', name, out },
        interpreted: { kind: 'program', name, out, interpretOnly: true },
        JavaScript: { kind: 'javascript', name, file: fileOf(name) },
      },
    })),
  };
}

export { programNames };

// The rows of times.tsv: name, answer, least CPU milliseconds of the reference. Empty where the image is not there.
function reference() {
  const { STWASM_IMAGES } = process.env;
  if (!STWASM_IMAGES || !existsSync(join(STWASM_IMAGES, 'cuis5-bench.image'))) return [];
  return readFileSync(join(STWASM_IMAGES, '../oracle/bench/times.tsv'), 'latin1').split('\n').filter((line) => /^\w/.test(line))
    .slice(1).map((row) => row.split('\t')).map(([name, answer, , milliseconds]) => ({ name, answer, reference: Number(milliseconds) }));
}

export const methodNames = () => reference().map(({ name }) => name);

// null where there is no such image.
export function methods(folder, wanted) {
  const rows = reference();
  if (rows.length === 0) return null;
  const { STWASM, STWASM_IMAGES } = process.env;
  const out = join(folder, 'methods');
  execute(STWASM, ['build', join(STWASM_IMAGES, 'cuis5-bench.image'), '-o', out]);
  return {
    title: 'methods',
    yardstick: join(STWASM_IMAGES, '../oracle/bench/yardstick.mjs'),
    benchmarks: rows.filter(({ name }) => wanted(name)).map((row) => ({
      ...row,
      jobs: {
        translated: { kind: 'method', name: row.name, out },
        interpreted: { kind: 'method', name: row.name, out, interpretOnly: true },
      },
    })),
  };
}

// How many times as long as then the yardstick takes here: least of some runs.
export function slowness(yardstick, runs = 3) {
  const times = Array.from({ length: runs }, () => Number(execute(process.execPath, [yardstick])));
  return Math.min(...times) / kYardstickThen;
}
