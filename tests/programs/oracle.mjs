// Compares what an image answers with what the reference VM answered.
// node oracle.mjs COMMAND OUT EXPRESSIONS.tsv [--interpret-only] [--mixed SEED] [--code numericValue|codePoint] [--list]
// All expressions are evaluated in one image; after a crash or a hang the next image goes on behind the culprit.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [command, out, tsv, ...options] = process.argv.slice(2);
const codeSelector = options.includes('--code') ? options[options.indexOf('--code') + 1] : 'numericValue';
const seed = options.indexOf('--mixed');
const modes = [...options.filter((o) => o === '--interpret-only'), ...(seed < 0 ? [] : ['--mixed', options[seed + 1]])];

const rows = readFileSync(tsv, 'latin1').split('\n').filter((line) => line !== '').map((line) => {
  const [area, expression, answer] = line.split('\t');
  return {area, expression, answer};
});

// Runs rows from `first` on; answers how many were answered.
function runFrom(first, folder) {
  const text = rows.slice(first).map((row) => row.expression.replaceAll("'", "''")).join('\n');
  const script = readFileSync(join(here, 'oracle_batch.st'), 'latin1')
    .replace('@FIRST@', String(first + 1)).replace('@CODE@', codeSelector).replace('@EXPRESSIONS@', () => text);
  const file = join(folder, 'batch.st');
  writeFileSync(file, script, 'latin1');
  const run = spawnSync(command, ['run', out, ...modes, '--script', file],
    {encoding: 'latin1', timeout: Number(process.env.STWASM_TEST_TIMEOUT ?? 600_000), maxBuffer: 1 << 28});
  let answered = 0;
  for (const line of run.stdout.split('\n')) {
    const match = /^(\d+)\t(.*)$/.exec(line);
    if (!match) continue;
    rows[Number(match[1]) - 1].got = match[2];
    answered = Math.max(answered, Number(match[1]) - first);
  }
  return {answered, why: run.error ? String(run.error) : `exit ${run.status}: ${run.stderr.trim().slice(0, 300)}`};
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-oracle-'));
for (let first = 0; first < rows.length;) {
  const {answered, why} = runFrom(first, folder);
  first += answered;
  if (first < rows.length) rows[first++].got = `(no answer: ${why})`;
}
rmSync(folder, {recursive: true});

const wrong = rows.filter((row) => row.got !== row.answer);
for (const row of wrong)
  if (options.includes('--list')) console.log(`${row.area}\t${row.expression}\n  expected ${row.answer}\n  got      ${row.got}`);
console.log(`${rows.length - wrong.length} passed, ${wrong.length} failed, 0 skipped`);
process.exitCode = wrong.length === 0 ? 0 : 1;
