// The oracle's expressions in lock step: groups of them as the statements of programs for `stwasm verify`.
// node expressions.mjs COMMAND OUT EXPRESSIONS.tsv [--every N] [--per-statement N]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finish, test } from '../harness.mjs';

const [command, out, tsv, ...words] = process.argv.slice(2);
const option = (name, value) => Number(words.includes(name) ? words[words.indexOf(name) + 1] : value);
const every = option('--every', 1);
const perStatement = option('--per-statement', 16);
const kStatements = 25;

const expressions = readFileSync(tsv, 'latin1').split('\n').filter((line) => line !== '')
  .map((line) => line.split('\t')[1]).filter((_, index) => index % every === 0);

const folder = mkdtempSync(join(tmpdir(), 'stwasm-lock-step-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// Statements that evaluate some expressions each; the image compiles them as it goes.
function statements() {
  const groups = [];
  for (let at = 0; at < expressions.length; at += perStatement) {
    const sources = expressions.slice(at, at + perStatement).map((expression) => `'${expression.replaceAll("'", "''")}'`);
    groups.push(`#(${sources.join(' ')}) collect: [:stwasmSource |
      [(Compiler evaluate: stwasmSource) printString] on: UnhandledError do: [:stwasmError | stwasmError return: stwasmError exception class name]]`);
  }
  return groups;
}

const all = statements();
for (let at = 0; at < all.length; at += kStatements) {
  const part = all.slice(at, at + kStatements);
  const last = Math.min(expressions.length, (at + kStatements) * perStatement);
  await test(`expressions ${at * perStatement + 1} to ${last}`, () => {
    const script = join(folder, 'program.st');
    writeFileSync(script, part.join('.\n'), 'latin1');
    const run = spawnSync(command, ['verify', out, '--script', script], { encoding: 'utf8', timeout: 1_200_000 });
    const text = run.stdout + run.stderr;
    if (run.status !== 0 || !text.includes(`no difference: ${part.length} of ${part.length} statements`)) throw new Error(text);
  });
}
finish();
