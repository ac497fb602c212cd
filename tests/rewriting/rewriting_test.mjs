// An image that was read and written again answers what the original answers.
// node rewriting_test.mjs COMMAND REWRITER IMAGES
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {equal, equalDeep, finish, skip, test} from '../harness.mjs';

const [command, rewriter, images] = process.argv.slice(2);
const oracle = join(dirname(fileURLToPath(import.meta.url)), '..', 'programs', 'oracle.mjs');
const expressions = join(images, '..', 'oracle', 'expressions.tsv');
const vm = process.env.STWASM_SPUR_VM;

function output(program, words, options = {}) {
  const run = spawnSync(program, words, {encoding: 'utf8', timeout: 300_000, ...options});
  if (run.error) throw run.error;
  return {status: run.status, stdout: run.stdout, stderr: run.stderr};
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-rewriting-'));
try {
  const image = join(folder, 'cuis5.image');
  const out = join(folder, 'out');
  for (const file of ['cuis5.changes', 'CuisV5.sources']) symlinkSync(join(images, file), join(folder, file));

  for (const order of ['big', 'little'])
    await test(`cuis5.image written ${order} endian answers the oracle`, () => {
      equalDeep(output(rewriter, [join(images, 'cuis5.image'), image, order]), {status: 0, stdout: '', stderr: ''});
      const built = output(command, ['build', image, '-o', out, '-O', '0']);
      equal(built.status, 0, built.stderr);
      const {status, stdout} = output(process.execPath, [oracle, command, out, expressions, '--list']);
      equal(status, 0, stdout);
    });

  const starts = 'cuis5.image, written little endian, starts on the reference VM';
  if (!vm || !existsSync(vm)) skip(starts, 'STWASM_SPUR_VM names none');
  else
    await test(starts, () => {
      const script = join(folder, 'answer.st');
      writeFileSync(script, '| out | out := StdIOWriteStream stdout. out nextPutAll: 1000 factorial printString size printString; ' +
        'newLine; flush. Smalltalk quitPrimitive: 7');
      const {status, stdout} = output(vm, ['-vm-display-null', '-vm-sound-null', image, '-s', script], {cwd: folder});
      equalDeep({status, stdout}, {status: 7, stdout: '2568\n'});
    });
} finally {
  rmSync(folder, {recursive: true, force: true});
}
finish();
