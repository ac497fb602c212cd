// Runs the command under test in a scratch folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const scratch = mkdtempSync(join(tmpdir(), 'stwasm-cli-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

export function inScratch(name) {
  return join(scratch, name);
}

export function scratchEntries() {
  return readdirSync(scratch).sort();
}

// { code, out, err } of `stwasm ...words`.
export function stwasm(...words) {
  return stwasmIn({}, ...words);
}

// The same with some environment variables changed.
export function stwasmIn(environment, ...words) {
  const result = spawnSync(process.env.STWASM, words, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
    timeout: 300_000,
  });
  if (result.error) throw result.error;
  return { code: result.status, signal: result.signal, out: result.stdout, err: result.stderr };
}
