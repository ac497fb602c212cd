// The measurements of tools/bench: node main.mjs OPTIONS, with the command in STWASM. See tools/bench --help.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engines, runJob } from './engines.mjs';
import { methodNames, methods, programNames, programs, slowness } from './sets.mjs';
import { measureStart } from './start.mjs';
import { summary } from './summary.mjs';
import { printComparison, printSet } from './table.mjs';

const kFormat = 1;  // of the JSON

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: 'start,programs,methods' },
    image: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    'interpreter-rounds': { type: 'string', default: '2' },
    json: { type: 'string' },
    compare: { type: 'string' },
    profile: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});

const parts = new Set(options.only.split(','));
const wanted = (name) => names.length === 0 || names.includes(name);

function refuse(problem, exitCode) {
  console.error(`tools/bench: ${problem}`);
  process.exit(exitCode);
}

// Read first: what cannot be read should not be noticed half an hour later.
function readOlder(file) {
  try {
    const older = JSON.parse(readFileSync(file, 'utf8'));
    if (older.format === kFormat) return older;
  } catch (error) {
    refuse(`${file}: ${error.message}`, 1);
  }
  return refuse(`${file}: not written by this version of tools/bench`, 1);
}

const older = options.compare && readOlder(options.compare);
for (const part of parts) if (!['start', 'programs', 'methods'].includes(part)) refuse(`there is no part '${part}'`, 2);
const unknown = names.find((name) => !programNames.includes(name) && !methodNames().includes(name));
if (unknown) refuse(`there is no benchmark '${unknown}'`, 2);

const scratch = mkdtempSync(join(tmpdir(), 'stwasm-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

const results = {};
const errors = [];

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

// A wrong answer is no measurement.
function judge(benchmark, key, { cpu, wall, answers, error }) {
  const wrong = benchmark.answer !== undefined && answers?.find((answer) => answer !== benchmark.answer);
  const problem = error ?? (wrong ? `answered ${wrong} instead of ${benchmark.answer}` : null);
  if (problem === null) return { cpu: summary(cpu), wall: summary(wall), rounds: cpu.length };
  errors.push(`${benchmark.name} (${key}): ${problem}`);
  return { error: problem };
}

function measureBenchmark(benchmark) {
  const own = {};
  for (const engine of engines()) {
    for (const [variant, job] of Object.entries(benchmark.jobs)) {
      const rounds = Number(variant === 'interpreted' ? options['interpreter-rounds'] : options.rounds);
      if (rounds === 0) continue;
      const key = `${variant}, ${engine.name}`;
      progress(`${benchmark.name}: ${key}`);
      own[key] = judge(benchmark, key, runJob(engine, { ...job, rounds }));
      results[`${benchmark.name}, ${key}`] = own[key];
    }
  }
  return own;
}

// The reference's times are scaled to this machine before and after, since its speed may change meanwhile.
function measureSet(set) {
  if (set.benchmarks.length === 0) return;
  const before = set.yardstick && slowness(set.yardstick);
  const measured = set.benchmarks.map((benchmark) => ({ benchmark, results: measureBenchmark(benchmark) }));
  progress('');
  const scale = set.yardstick && Math.min(before, slowness(set.yardstick));
  if (scale) results['scale of the reference JIT\'s times'] = { scale };
  const rows = measured.map(({ benchmark, results: own }) => ({
    name: benchmark.name,
    reference: benchmark.reference * scale,
    results: own,
  }));
  printSet(set.title, rows, engines().map((engine) => engine.name), options.markdown);
}

function writeJson(file) {
  const record = { format: kFormat, node: process.version, processor: cpus()[0]?.model, results };
  const partial = `${file}.partial`;
  writeFileSync(partial, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(partial, file);
}

if (parts.has('start') && options.image) results.start = await measureStart(options.image, scratch);
if (parts.has('programs')) measureSet(programs(scratch, wanted, options.profile));
if (parts.has('methods')) {
  const set = methods(scratch, wanted, options.profile);
  if (set) measureSet(set);
  else console.log('\nmethods: not measured, there is no cuis5-bench.image (STWASM_IMAGES names the folder)');
}
if (older) printComparison(older.results, results, options.markdown);
if (options.json) writeJson(options.json);
for (const error of errors) console.error(`FAILED ${error}`);
process.exitCode = errors.length > 0 ? 1 : 0;
