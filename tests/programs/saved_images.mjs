// Images that scripts change and save, and the folders built from what they saved.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { equal } from '../harness.mjs';

// command: stwasm; images: the folder with the images' changes and sources.
export function savedImages(command, images) {
  const work = mkdtempSync(join(tmpdir(), 'stwasm-saved-'));

  function stwasm(...words) {
    const child = spawnSync(command, words, { encoding: 'latin1', timeout: 120_000, maxBuffer: 1 << 26 });
    if (child.error) throw child.error;
    return { code: child.status, out: child.stdout, err: child.stderr };
  }

  // A folder for --files with the image's writable changes and its sources.
  function imageFolder(name, image) {
    const folder = join(work, name);
    mkdirSync(folder);
    for (const file of [`${image}.changes`, 'CuisV5.sources']) {
      copyFileSync(join(images, file), join(folder, file));
      chmodSync(join(folder, file), 0o644);
    }
    return folder;
  }

  function runScript(built, folder, lines, ...modes) {
    const script = join(work, 'script.st');
    writeFileSync(script, lines.join('\n'));
    return stwasm('run', built, '--files', folder, '--script', script, ...modes);
  }

  // Translates what was saved.
  function rebuilt(folder, image) {
    const built = `${folder}-${image}-built`;
    const { code, err } = stwasm('build', join(folder, `${image}.image`), '-o', built, '-O', '0');
    equal(code, 0, err);
    return built;
  }

  function evaluate(built, expression, ...modes) {
    const { out, err } = stwasm('run', built, '--eval', expression, ...modes);
    equal(err, '');
    return out.trimEnd();
  }

  const cleanUp = () => rmSync(work, { recursive: true });
  return { work, stwasm, imageFolder, runScript, rebuilt, evaluate, cleanUp };
}
