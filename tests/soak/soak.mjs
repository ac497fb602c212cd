// A soak: soak.st's mixed work (processes, exceptions, collections, numbers, classes) over and over in one image, its answers
// compared from round to round, while the memory of the engine is recorded.
//
//   node tests/soak/soak.mjs OUT [--seconds 600] [--megabytes 0] [--interpret-only] [--every SECONDS] [--log FILE]
//
// The full run, half an hour and 20 GB: node tests/soak/soak.mjs OUT --seconds 1800 --megabytes 20000 --log soak.tsv
// It fails when answers differ, or when memory grows: the heap after collections in the last third of the run against
// that in the second third (the first warms up).
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import vm from 'node:vm';

const [out, ...words] = process.argv.slice(2);
const option = (name, value) => (words.includes(name) ? words[words.indexOf(name) + 1] : value);
const seconds = Number(option('--seconds', 600));
const megabytes = Number(option('--megabytes', 0));
const every = Number(option('--every', Math.max(1, seconds / 120)));
const log = option('--log', null);
const kGrowth = 1.15;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

const source = readFileSync(new URL('soak.st', import.meta.url), 'latin1')
  .replace('@SECONDS@', String(seconds)).replace('@MEGABYTES@', String(megabytes));
const { open } = await import(pathToFileURL(resolve(out, 'stwasm.mjs')));
const image = await open({ evaluate: source, interpretOnly: words.includes('--interpret-only') });

// Heap in use after a collection: what is reachable.
const samples = [];
const started = performance.now();
function sample() {
  const before = process.memoryUsage();
  collect();
  const row = [(performance.now() - started) / 1000, before.rss / 2 ** 20, before.heapUsed / 2 ** 20, process.memoryUsage().heapUsed / 2 ** 20];
  samples.push(row);
  if (log) appendFileSync(log, row.map((value) => value.toFixed(1)).join('\t') + '\n');
}
if (log) writeFileSync(log, 'seconds\trss MB\theap MB\theap after collection MB\n');
const timer = setInterval(sample, every * 1000);
const exitCode = await image.run();
clearInterval(timer);
sample();

const text = (bytes) => (bytes ? new TextDecoder().decode(bytes) : '');
const { value, error } = image.evaluationResult();
const third = (n) => samples.slice(Math.floor((samples.length * n) / 3), Math.ceil((samples.length * (n + 1)) / 3));
const median = (rows) => rows.map((row) => row[3]).sort((a, b) => a - b)[rows.length >> 1];
const growth = median(third(2)) / median(third(1));
const answers = /^#\((\d+) (\d+) (\d+)\)/.exec(text(value));
const passed = exitCode === 0 && answers !== null && answers[3] === '0' && growth < kGrowth;
console.log(`${text(value) || text(error)} rounds, megabytes, wrong answers; exit code ${exitCode}`);
console.log(`rss ${Math.min(...samples.map((row) => row[1])).toFixed(0)} to ${Math.max(...samples.map((row) => row[1])).toFixed(0)} MB; ` +
  `heap after collection: median ${median(third(1)).toFixed(1)} MB in the second third, ${median(third(2)).toFixed(1)} MB in the last`);
console.log(passed ? '1 passed, 0 failed, 0 skipped' : '0 passed, 1 failed, 0 skipped');
process.exitCode = passed ? 0 : 1;
