// One benchmark in one engine, in a process of its own so that no other one has warmed or soiled it:
//   node|bun worker.mjs JOB, a JSON object { kind: 'program' | 'method' | 'javascript', name, rounds, out, file, interpretOnly }.
// Prints one line of JSON: { cpu, wall } in milliseconds of one run, by round, and the answers of methods.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const process = globalThis.process;

// Programs are short: a round repeats them for at least so long, after engines had time to compile them well.
const kRoundMilliseconds = 100;
const kWarmUpMilliseconds = 1000;

// The milliseconds that work() takes.
async function timed(work) {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  await work();
  const elapsed = performance.now() - wall;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000, wall: elapsed };
}

// A subclass of Benchmark in an image of our own. It checks its results.
async function program({ name }, image) {
  const benchmark = await (await image.global(name)).send('new');
  return (repeats) => benchmark.send('run:', repeats);
}

async function javaScript({ file }) {
  const { benchmark, verify } = await import(pathToFileURL(file));
  return (repeats) => {
    for (let i = 0; i < repeats; i++) if (!verify(benchmark())) throw new Error(`${file} came to a wrong result`);
  };
}

// A class method of Benchmarks in cuis5-bench.image; each runs for about half a second.
function method({ name }, image, times) {
  return async () => times.answers.push(await image.evaluate(`(Benchmarks perform: #${name}) printString`));
}

async function repeatsOfARound(run) {
  let repeats = 1;
  for (const started = performance.now(); performance.now() - started < kWarmUpMilliseconds;) {
    const { wall } = await timed(() => run(repeats));
    if (wall < kRoundMilliseconds) repeats = Math.ceil(repeats * Math.min(10, 1.1 * kRoundMilliseconds / wall));
  }
  return repeats;
}

async function measure(job) {
  const times = { cpu: [], wall: [], answers: [] };
  let run;
  if (job.kind === 'javascript') {
    run = await javaScript(job);
  } else {
    const { open } = await import(pathToFileURL(join(job.out, 'stwasm.mjs')));
    const image = await open({ interpretOnly: job.interpretOnly });
    run = await (job.kind === 'program' ? program : method)(job, image, times);
  }
  const repeats = job.kind === 'method' ? 1 : await repeatsOfARound(run);
  for (let i = 0; i < job.rounds; i++) {
    const { cpu, wall } = await timed(() => run(repeats));
    times.cpu.push(cpu / repeats);
    times.wall.push(wall / repeats);
  }
  return times;
}

console.log(JSON.stringify(await measure(JSON.parse(process.argv[2]))));
process.exit(0);
