// The programs under examples/benchmarks: translated, in the interpreter, and in JavaScript, in one table.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const benchmarks = join(root, 'examples/benchmarks');

function execute(program, words) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: exit code ${status}\n${stderr}`);
  return stdout;
}

// The fastest round of each program, in microseconds; every round has checked its own result.
function fastest(text) {
  return new Map([...text.matchAll(/^(\w+) +\d+ rounds, fastest (\d+) us/gm)].map(([, name, time]) => [name, Number(time)]));
}

function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

function row(name, ...columns) {
  console.log(`${name.padEnd(16)}${columns.map((text) => text.padStart(16)).join('')}`);
}

// `folder` is for what is built.
export function benchPrograms(folder, rounds) {
  const image = join(folder, 'programs.image');
  const out = join(folder, 'programs');
  execute(process.env.STWASM, ['compose', join(root, 'examples/kernel'), benchmarks, '-o', image]);
  execute(process.env.STWASM, ['build', image, '-o', out]);
  const translated = fastest(execute(process.env.STWASM, ['run', out, '--', 'all', String(rounds)]));
  const interpreted = fastest(execute(process.env.STWASM, ['run', out, '--interpret-only', '--', 'all', '2']));
  const javaScript = fastest(execute(process.execPath, [join(benchmarks, 'harness.mjs'), 'all', String(rounds)]));
  console.log(`\nthe programs, fastest of ${rounds} rounds (interpreter: of 2), in ms; ratios to the translated program`);
  row('', 'translated', 'interpreter', 'ratio', 'JavaScript', 'ratio');
  const ratios = [];
  for (const [name, time] of translated) {
    const ms = (microseconds) => (microseconds / 1000).toFixed(2);
    ratios.push(time / javaScript.get(name));
    row(name, ms(time), ms(interpreted.get(name)), (interpreted.get(name) / time).toFixed(1), ms(javaScript.get(name)),
      (time / javaScript.get(name)).toFixed(2));
  }
  console.log(`translated, in times of JavaScript, geometric mean: ${geometricMean(ratios).toFixed(2)}, at most 1.3`);
}
