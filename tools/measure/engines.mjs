// The engines that a benchmark runs in, and how a job gets there (see worker.mjs).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

// V8 is the Node that runs this; JavaScriptCore is Bun, whose path tools/bench sets when it is to be measured.
export function engines() {
  const { STWASM_BUN } = process.env;
  const known = [{ name: 'V8', command: process.execPath, options: ['--max-old-space-size=8192'] }];
  if (STWASM_BUN) known.push({ name: 'JavaScriptCore', command: STWASM_BUN, options: [] });
  return known;
}

export function execute(program, words, options = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${signal ?? `exit code ${status}`}\n${stderr}`);
  return stdout;
}

// { cpu, wall, answers } of a job, or { error }: one that fails does not keep the others from being measured.
export function runJob(engine, job) {
  try {
    return JSON.parse(execute(engine.command, [...engine.options, worker, JSON.stringify(job)]).trimEnd().split('\n').at(-1));
  } catch (error) {
    return { error: error.message };
  }
}
