// 64-bit images: what a Pharo kernel and a minimal Pharo do on the reference VM, translated and interpreted.
// node word64.mjs COMMAND IMAGES: the stwasm command, the folder with the images.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contains, equal, finish, ok, test } from '../harness.mjs';

const [command, images] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'stwasm-word64-'));
const modes = [[], ['--interpret-only']];
const modeName = (mode) => mode.join(' ') || 'translated';

function stwasm(...words) {
  const child = spawnSync(command, words, { encoding: 'utf8', timeout: 120_000 });
  if (child.error) throw child.error;
  return { code: child.status, out: child.stdout, err: child.stderr };
}

function built(name, image) {
  const out = join(work, name);
  const { code, err } = stwasm('build', image, '-o', out, '-O', '0');
  equal(code, 0, err);
  return out;
}

function newFolder(name) {
  const folder = join(work, name);
  mkdirSync(folder);
  return folder;
}

// The kernel times a benchmark of its own and logs what it came to. The number says how fast this machine is.
async function testCandle() {
  const out = built('candle', join(images, 'candle64.image'));
  for (const mode of modes)
    await test(`candle64.image logs its benchmark, ${modeName(mode)}`, () => {
      const folder = newFolder(`candle${mode.length}`);
      const { code, err } = stwasm('run', out, '--files', folder, ...mode);
      equal(code, 0, err);
      const log = readFileSync(join(folder, 'log1.txt'), 'latin1');
      ok(/^\d+ bytecodes\/sec\s*$/.test(log), log);
      ok(Number.parseInt(log, 10) > 0, log);
    });
}

// As it comes from the bootstrap, the image initialises itself, saves itself and quits; then it takes commands.
async function savedPharo(mode) {
  const folder = newFolder(`pharo${mode.length}`);
  const fresh = built(`fresh${mode.length}`, join(images, 'empharo64.image'));
  await test(`empharo64.image initialises and saves itself, ${modeName(mode)}`, () => {
    const { code, out, err } = stwasm('run', fresh, '--files', folder, ...mode);
    equal(code, 0, out + err);
  });
  return built(`saved${mode.length}`, join(folder, 'empharo64.image'));
}

async function testPharo(mode) {
  const saved = await savedPharo(mode);
  const run = (...words) => {
    const { code, out, err } = stwasm('run', saved, ...mode, '--', ...words);
    equal(code, 0, err);
    equal(err, '');
    return out;
  };
  await test(`empharo64.image answers --version, ${modeName(mode)}`, () => {
    contains(run('--version'), 'Image: Pharo-8.0.0+build.1080.sha.9f5ce2e933bc762841674ca3cf8476248a10247d (64 Bit)');
  });
  await test(`empharo64.image lists its command-line handlers, ${modeName(mode)}`, () => {
    const handlers = run('--list').split('\n').slice(1).filter((line) => line !== '').map((line) => line.trim().split(/ +/)[0]);
    equal(handlers.join(' '), 'loadHermes printVersion save');
  });
  await test(`empharo64.image runs its handler printVersion, ${modeName(mode)}`, () => {
    contains(run('printVersion'), "[version] 'Pharo8.0.0' 'Pharo-8.0.0+build.1080");
  });
}

try {
  await testCandle();
  for (const mode of modes) await testPharo(mode);
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();
