// SistaV1: cuis7-sista.image (embedded closures) answers the oracle and what it asks about files,
// codeparadise-sista.image (FullBlockClosures) is built and starts; both translated and interpreted.
// node sista.mjs COMMAND IMAGES ORACLE: the stwasm command, the folders with the images and expressions-cuis7.tsv.
// Builds into a temporary folder, which it removes. Prints one line per failure and the closing line
// "N passed, M failed, K skipped", where each expression counts in each mode; an image that is not there is skipped.
// Exit code 1 when anything failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [command, images, oracle] = process.argv.slice(2);
const kModes = [[], ['--interpret-only']];
const total = { passed: 0, failed: 0, skipped: 0 };

function count(condition, message) {
  if (condition) {
    total.passed++;
  } else {
    total.failed++;
    console.log(`FAILED ${message}`);
  }
}

function build(image, out) {
  const { status, stderr } = spawnSync(command, ['build', image, '-o', out, '-O', '0'], { encoding: 'utf8' });
  count(status === 0, `${image} is not built: ${stderr}`);
  return status === 0;
}

function askOracle(out, mode) {
  const { stdout } = spawnSync(process.execPath, [join(here, 'oracle.mjs'), command, out,
    join(oracle, 'expressions-cuis7.tsv'), '--code', 'codePoint', '--list', ...mode],
  { encoding: 'latin1', maxBuffer: 1 << 26 });
  const match = /(\d+) passed, (\d+) failed, (\d+) skipped\n$/.exec(stdout);
  if (!match) return count(false, `oracle.mjs ${mode.join(' ')}: ${stdout}`);
  if (match[2] !== '0') console.log(stdout.slice(0, match.index));
  total.passed += Number(match[1]);
  total.failed += Number(match[2]);
}

function group(name, folder, body) {
  const image = join(images, name);
  if (!existsSync(image)) {
    total.skipped++;
    console.log(`skipped: no ${image}`);
    return;
  }
  const out = join(folder, name);
  if (!build(image, out)) return;
  for (const mode of kModes) body(out, mode);
}

// FileAttributesPlugin, which Cuis asks about files since version 7. Each expression's value is to be true.
const attributes = [
  "files exists: '/image/a.txt'", "files exists: 'a.txt'", "(files exists: '/image/b.txt') not", "(files exists: '') not",
  "files isFile: '/image/a.txt'", "(files isFile: '/image/sub') not", "files isDirectory: '/image/sub'", "files isDirectory: '/'",
  "(files isDirectory: '/image/a.txt') not", "files isReadable: 'a.txt'", "(files isReadOnly: 'a.txt') not",
  "'/image/a.txt' asFileEntry exists", "'/image/sub' asDirectoryEntry exists",
  "(files fileMode: 'a.txt') = 8r100644", "(files primFileAttribute: 'a.txt' attributeNumber: 8) = 6",
  "((files primFileAttributes: 'a.txt' mask: 3) at: 2) = #(true true false)", "(files primFileAttributes: 'a.txt' mask: 1) size = 12",
  "(files primFileMasks at: 6) = 8r40000", "(files getModificationDate: 'a.txt') = (2177452800 + 1000000000)",
  "([ files fileMode: 'b.txt'. false ] on: Error do: [ true ])",
];

function askAttributes(out, mode) {
  const files = mkdtempSync(join(tmpdir(), 'stwasm-files-'));
  mkdirSync(join(files, 'sub'));
  writeFileSync(join(files, 'a.txt'), 'hello\n');
  utimesSync(join(files, 'a.txt'), 1e9, 1e9);
  const script = `| files | files := FileIOAccessor default. { ${attributes.join('. ')} } collect: [ :each | each ifTrue: [ 1 ] ifFalse: [ 0 ] ]`;
  const { stdout, stderr } = spawnSync(command, ['run', out, '--files', files, '--eval', script, ...mode], { encoding: 'utf8' });
  rmSync(files, { recursive: true });
  const answers = /^#\(([01 ]+)\)\n$/.exec(stdout)?.[1].split(' ') ?? [];
  attributes.forEach((expression, i) => count(answers[i] === '1', `${expression} ${mode.join(' ')}: ${stderr}`));
}

const folder = mkdtempSync(join(tmpdir(), 'stwasm-sista-'));
try {
  group('cuis7-sista.image', folder, (out, mode) => {
    askOracle(out, mode);
    askAttributes(out, mode);
  });
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
