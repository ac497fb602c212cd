// Building, starting and the classic `30 benchFib`, with one image.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { median } from './summary.mjs';

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

function row(label, figure, remark = '') {
  console.log(`${label.padEnd(34)} ${figure.padStart(12)}  ${remark}`.trimEnd());
}

// The size of the module, as it is and as a server sends it.
function sizes(out) {
  const name = readdirSync(out).find((file) => file.endsWith('.wasm'));
  const bytes = readFileSync(join(out, name));
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { wasm: statSync(join(out, name)).size, brotli: brotliCompressSync(bytes, { params: parameters }).length };
}

async function build(label, image, out, limit, ...options) {
  const { seconds, megabytes } = await measure('build', image, '-o', out, ...options);
  row(label, `${seconds.toFixed(1)} s`, `at most ${limit} s; ${megabytes.toFixed(0)} MB, at most 4096 MB`);
  return { seconds, megabytes };
}

async function start(out) {
  const seconds = [];
  for (let i = 0; i < 5; i++) seconds.push((await measure('run', out, '--eval', '3 + 4')).seconds);
  row("start to the answer of '3 + 4'", `${median(seconds).toFixed(2)} s`, 'median of 5, at most 0.5 s');
  return seconds;
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

async function run(out) {
  const translated = Math.min(...(await imageMilliseconds(out, 10, 10)));
  const interpreted = Math.min(...(await imageMilliseconds(out, 3, 1, '--interpret-only')));
  const javaScript = Math.min(...javaScriptMilliseconds(10));
  row("'30 benchFib', translated", `${translated.toFixed(1)} ms`, 'best of 10 rounds of 10');
  row("'30 benchFib', interpreter", `${interpreted.toFixed(0)} ms`,
      `best of 3; ${(interpreted / translated).toFixed(1)} times the translated one, at least 20`);
  row('the same in JavaScript', `${javaScript.toFixed(1)} ms`,
      `best of 10; the translated one takes ${(translated / javaScript).toFixed(2)} times that`);
  return { translated, interpreted, javaScript };
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

// `folder` is for what is built.
export async function measureStart(image, folder) {
  const out = join(folder, 'optimised');
  const unoptimised = await build('build without optimisation', image, join(folder, 'plain'), 20, '-O', '0');
  const optimised = await build('build', image, out, 120);
  const { wasm, brotli } = sizes(out);
  row('the .wasm', megabytes(wasm), 'at most 9 MB');
  row('the .wasm, brotli', megabytes(brotli), 'at most 2.2 MB');
  return { unoptimised, optimised, wasm, brotli, startSeconds: await start(out), benchFib: await run(out) };
}
