// Runs the cases beside it in an image, translated and interpreted.
// node run_cases.mjs COMMAND OUT [FILE.txt ...]
// A case is an expression, over several lines where it is long, and "=> " with the printString of its value.
// Lines that begin with # are comments. The answers are what the language and the image's own library demand.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [command, out, ...named] = process.argv.slice(2);
const files = named.length > 0 ? named : readdirSync(here).filter((name) => name.endsWith('.txt')).sort().map((name) => join(here, name));

function casesOf(file) {
  const rows = [];
  let expression = [];
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    if (line === '#' || line.startsWith('# ')) continue;
    if (line.startsWith('=> ')) {
      rows.push([basename(file, '.txt'), expression.join(' '), line.slice(3)].join('\t'));
      expression = [];
    } else if (line.trim() !== '') {
      expression.push(line.trim());
    }
  }
  return rows;
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-control-'));
const tsv = join(folder, 'cases.tsv');
writeFileSync(tsv, files.flatMap(casesOf).join('\n') + '\n', 'latin1');
for (const mode of [[], ['--interpret-only']]) {
  const run = spawnSync(process.execPath, [join(here, '..', 'oracle.mjs'), command, out, tsv, ...mode, '--list'], { stdio: 'inherit', env: { STWASM_TEST_TIMEOUT: '60000', ...process.env } });
  if (run.status !== 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
