// A kernel without display, files or Compiler: it logs three lines through ConsolePlugin and quits.
// node headless.mjs COMMAND IMAGE (../shared/images/headless.image); both modes of running it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { equal, finish, test } from '../harness.mjs';

const [command, image] = process.argv.slice(2);
const expected = '[log] Smalltalk image fired up!\n[log] Fixing the world\n[log] 3 + 4 = 7\n';

function stwasm(...words) {
  const run = spawnSync(command, words, { encoding: 'utf8', timeout: 300_000 });
  if (run.error) throw run.error;
  return run;
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-headless-'));
try {
  const out = join(folder, 'out');
  await test('headless.image is translated', () => {
    const { status, stderr } = stwasm('build', image, '-o', out, '-O', '0');
    equal(status, 0, stderr);
  });
  for (const mode of [[], ['--interpret-only']])
    await test(`headless.image runs ${mode.join(' ') || 'translated'}`, () => {
      const { status, stdout, stderr } = stwasm('run', out, ...mode);
      equal(stdout, expected, stderr);
      equal(status, 0, stderr);
    });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
