// Floats that are changed in place (float_slots.st): whoever has got one keeps it as it is. Translated for a profile, so that
// there are such instance variables, against the same interpreted, each case in a process of its own: node
// float_slots_test.mjs STWASM FOLDER. In images of 32 and 64 bits.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, finish, ok, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [stwasm, folder] = process.argv.slice(2);

const cases = ['taken', 'stored', 'inherited', 'wide', 'replaced', 'found', 'exchanged', 'changed', 'changedInside',
  'exchangedInside', 'bound', 'saved'];
const inPlace = ['Mover>>move:', 'Mover>>grow:', 'Mover>>heldWhile:', 'Mover>>interrupted:', 'FastMover>>leap:', 'Held>>grow:'];

for (const format of ['spur32', 'spur64']) {
  const image = join(folder, `float-slots-${format}.image`);
  const out = join(folder, `float-slots-${format}`);
  const run = (...words) => execFileSync(stwasm, words, { encoding: 'latin1', maxBuffer: 1 << 26 }).trimEnd();
  run('compose', join(here, '../../examples/kernel'), join(here, 'float_slots.st'), '-o', image, '--format', format);
  run('profile', image, '-o', `${out}.profile`);
  run('build', image, '-O', '0', '-o', out, '--profile', `${out}.profile`, '--names');

  for (const method of inPlace)
    await test(`${method} changes Floats in place, ${format}`, () => {
      const text = run('inspect', out, method);
      ok(text.includes('$float_for_slot'), text);
    });
  await test(`objects that the virtual machine knows own no Floats, ${format}`, () => {
    const text = run('inspect', out, 'Association>>growBinding:');
    ok(text.includes('f64.mul') && !text.includes('$float_for_slot'), text);
  });

  for (const name of cases) {
    const files = (mode) => {
      const saved = join(folder, `float-slots-${format}-${name}-${mode}`);
      mkdirSync(saved);
      return saved;
    };
    const answers = (mode, ...words) => {
      const saved = files(mode);
      const lines = run('run', out, ...words, '--files', saved, '--', name);
      // What was saved goes on behind the last time that it was.
      for (const file of readdirSync(saved).filter((each) => each.endsWith('.image')).sort()) {
        const again = join(saved, 'out');
        run('build', join(saved, file), '-O', '0', '-o', again);
        return `${lines}\n${run('run', again)}`;
      }
      return lines;
    };
    const interpreted = answers('interpreted', '--interpret-only');
    await test(`${name}: each case has an answer, ${format}`, () => ok(interpreted.length > 20, interpreted));
    for (const words of [[], ['--mixed', '3'], ['--mixed', '4']])
      await test(`${name} as interpreted, ${format} ${words.join(' ')}`, () =>
        equal(answers(`translated${words.join('')}`, ...words), interpreted));
  }
}
finish();
