// The measurements of tools/bench: node bench.mjs [IMAGE], with the command in STWASM.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchPrograms } from './bench_programs.mjs';

const image = process.argv[2];
const scratch = mkdtempSync(join(tmpdir(), 'stwasm-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

// The most memory a process has held so far, in MB; 0 where the system does not tell.
function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

// Runs the command; { seconds, megabytes, out }.
function measure(...words) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.env.STWASM, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    let megabytes = 0;
    const poll = setInterval(() => { megabytes = Math.max(megabytes, peakMemory(child.pid)); }, 50);
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.on('error', reject).on('close', (code) => {
      clearInterval(poll);
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, megabytes, out });
      else reject(new Error(`stwasm ${words.join(' ')}: exit code ${code}`));
    });
  });
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function row(label, figure, remark = '') {
  console.log(`${label.padEnd(34)} ${figure.padStart(12)}  ${remark}`.trimEnd());
}

async function benchBuild(label, out, level, limit) {
  const { seconds, megabytes } = await measure('build', image, '-o', out, '-O', level);
  row(label, `${seconds.toFixed(1)} s`, `at most ${limit} s; ${megabytes.toFixed(0)} MB, at most 4096 MB`);
}

async function benchStart(out) {
  const seconds = [];
  for (let i = 0; i < 5; i++) seconds.push((await measure('run', out, '--eval', '3 + 4')).seconds);
  row("start to the answer of '3 + 4'", `${median(seconds).toFixed(2)} s`, 'median of 5, at most 1.5 s');
}

// The same work as the image's Integer>>benchFib.
function benchFib(n) {
  return n < 2 ? 1 : benchFib(n - 1) + benchFib(n - 2) + 1;
}

function javaScriptMilliseconds(times) {
  return Array.from({ length: times }, () => {
    const started = performance.now();
    if (benchFib(30) !== 2692537) throw new Error('benchFib is wrong');
    return performance.now() - started;
  });
}

// Milliseconds of one `30 benchFib` in each of some rounds, by the image's own clock, so that starting does not count. A
// round has several, since that clock counts whole milliseconds.
async function imageMilliseconds(out, rounds, repeats, ...options) {
  const expression = `(1 to: ${rounds}) asArray collect: [:i | Time millisecondsToRun: [${repeats} timesRepeat: [30 benchFib]]]`;
  const { out: text } = await measure('run', out, ...options, '--eval', expression);
  return text.trimEnd().split('\n').at(-1).match(/\d+/g).map((sum) => Number(sum) / repeats);
}

async function benchRun(out) {
  const translated = Math.min(...(await imageMilliseconds(out, 10, 10)));
  const interpreted = Math.min(...(await imageMilliseconds(out, 3, 1, '--interpret-only')));
  const javaScript = Math.min(...javaScriptMilliseconds(10));
  row("'30 benchFib', translated", `${translated.toFixed(1)} ms`, 'best of 10 rounds of 10');
  row("'30 benchFib', interpreter", `${interpreted.toFixed(0)} ms`,
      `best of 3; ${(interpreted / translated).toFixed(1)} times the translated one, at least 20`);
  row('the same in JavaScript', `${javaScript.toFixed(1)} ms`,
      `best of 10; the translated one takes ${(translated / javaScript).toFixed(2)} times that`);
}

if (image !== undefined) {
  const out = join(scratch, 'optimised');
  await benchBuild('build without optimisation', join(scratch, 'plain'), '0', 20);
  await benchBuild('build', out, '2', 120);
  await benchStart(out);
  await benchRun(out);
}
benchPrograms(scratch, 10);
