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

// The image built as usual and, where it is wanted, for what it did in a run before. { usual, profiled? }: folders
function builds(folder, name, image, profileRun, isProfiled) {
  const { STWASM } = process.env;
  const usual = join(folder, name);
  execute(STWASM, ['build', image, '-o', usual]);
  if (!isProfiled) return { usual };
  const profile = join(folder, `${name}.profile`);
  const profiled = join(folder, `${name}-profiled`);
  execute(STWASM, ['profile', profileRun.image, '-o', profile, ...profileRun.words]);
  execute(STWASM, ['build', image, '-o', profiled, '--profile', profile]);
  return { usual, profiled };
}

// How one benchmark is run in the image: `usual` translated and interpreted, `profiled` translated.
function imageJobs(job, { usual, profiled }) {
  const jobs = { translated: { ...job, out: usual } };
  if (profiled) jobs.profiled = { ...job, out: profiled };
  return { ...jobs, interpreted: { ...job, out: usual, interpretOnly: true } };
}

// { title, yardstick?, benchmarks: [{ name, jobs: { translated, interpreted, JavaScript? }, answer?, reference? }] }
export function programs(folder, wanted, isProfiled) {
  const sources = readdirSync(benchmarks).filter((file) => file.endsWith('.st') && file !== 'main.st').sort()
    .map((file) => join(benchmarks, file));
  // Instead of the command line, which quits when it has run: the worker sends the messages.
  const main = join(folder, 'main.st');
  writeFileSync(main, 'Smalltalk stay!\n');
  const compose = (name, last) => {
    const image = join(folder, `${name}.image`);
    execute(process.env.STWASM, ['compose', join(root, 'examples/kernel'), ...sources, last, '-o', image]);
    return image;
  };
  const names = programNames.filter(wanted);
  const profileRun = isProfiled &&
    { image: compose('programs-run', join(benchmarks, 'main.st')), words: ['--', names.length === 1 ? names[0] : 'all', '1'] };
  const built = names.length > 0 && builds(folder, 'programs', compose('programs', main), profileRun, isProfiled);
  return {
    title: 'programs',
    benchmarks: names.map((name) => ({
      name,
      jobs: { ...imageJobs({ kind: 'program', name }, built), JavaScript: { kind: 'javascript', name, file: fileOf(name) } },
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
export function methods(folder, wanted, isProfiled) {
  if (reference().length === 0) return null;
  const rows = reference().filter(({ name }) => wanted(name));
  const { STWASM_IMAGES } = process.env;
  const image = join(STWASM_IMAGES, 'cuis5-bench.image');
  const profileRun = { image, words: ['--eval', rows.map(({ name }) => `Benchmarks perform: #${name}`).join('. ')] };
  const built = rows.length > 0 && builds(folder, 'methods', image, profileRun, isProfiled);
  return {
    title: 'methods',
    yardstick: join(STWASM_IMAGES, '../oracle/bench/yardstick.mjs'),
    benchmarks: rows.map((row) => ({ ...row, jobs: imageJobs({ kind: 'method', name: row.name }, built) })),
  };
}

// How many times as long as then the yardstick takes here: least of some runs.
export function slowness(yardstick, runs = 3) {
  const times = Array.from({ length: runs }, () => Number(execute(process.execPath, [yardstick])));
  return Math.min(...times) / kYardstickThen;
}
