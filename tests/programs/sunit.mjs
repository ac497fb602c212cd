// Runs an image's own SUnit tests, one run per test class and two runs at a time, and compares each test's outcome with the
// reference VM's.
// node sunit.mjs COMMAND OUT SUNIT.tsv [--list] [run options]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kParallel = 2;
const kTimeLimit = 200_000;
const kMaxRuns = 3;   // of classes whose tests depend on real time
const here = dirname(fileURLToPath(import.meta.url));
const [command, out, expectedFile, ...options] = process.argv.slice(2);
const runOptions = options.filter((option) => option !== '--list');
const script = readFileSync(join(here, 'sunit_class.st'), 'latin1');
const folder = mkdtempSync(join(tmpdir(), 'stwasm-sunit-'));

const readRows = (file) => readFileSync(file, 'utf8').split('\n')
  .filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));

// class -> selector -> outcome on the reference VM
const expected = new Map();
for (const [className, selector, outcome] of readRows(expectedFile)) {
  if (!expected.has(className)) expected.set(className, new Map());
  expected.get(className).set(selector, outcome);
}
const allowed = readRows(join(here, 'sunit_differences.tsv'));
const rowsFor = (className, selector) => allowed.filter(([inClass, name]) =>
  inClass === className && (name === '*' || name === selector));

// selector -> { outcome, why } of the class's tests.
function runClass(className) {
  const file = join(folder, `${className}.st`);
  writeFileSync(file, script.replace('@CLASS@', className), 'latin1');
  return new Promise((resolve) => {
    const child = spawn(command, ['run', out, ...runOptions, '--script', file], { timeout: kTimeLimit });
    let text = '';
    let errors = '';
    child.stdout.on('data', (data) => { text += data.toString('latin1'); });
    child.stderr.on('data', (data) => { errors += data; });
    child.on('close', (code) => {
      const found = new Map();
      for (const line of text.split('\n')) {
        const [selector, outcome, why] = line.split('\t');
        if (why !== undefined) found.set(selector, { outcome, why });
      }
      found.ending = code === 0 ? 'it did not run' : `exit ${code}: ${errors.trim().slice(0, 300)}`;
      resolve(found);
    });
  });
}

const mayRunAgain = (className, found) => [...expected.get(className)].some(([selector, outcome]) =>
  found.get(selector)?.outcome !== outcome &&
  rowsFor(className, selector).some(([, , here]) => here === 'again'));

const counts = { passed: 0, failed: 0 };
const explained = [];

function judge(className, found) {
  for (const [selector, outcome] of expected.get(className)) {
    const got = found.get(selector) ?? { outcome: 'none', why: found.ending };
    const reason = rowsFor(className, selector).find(([, , here]) => here === got.outcome)?.[3];
    if (got.outcome === outcome || reason !== undefined) counts.passed++;
    else counts.failed++;
    if (got.outcome === outcome) continue;
    const line = `${className}>>${selector}: ${got.outcome} here, ${outcome} on the reference VM`;
    if (reason !== undefined) explained.push(`${line}: ${reason}`);
    else console.log(`FAILED ${line} (${got.why})`);
  }
}

async function work(classNames) {
  for (let className = classNames.shift(); className !== undefined; className = classNames.shift()) {
    let found = await runClass(className);
    for (let runs = 1; runs < kMaxRuns && mayRunAgain(className, found); runs++) found = await runClass(className);
    judge(className, found);
  }
}

// The classes with most tests first, so that both workers end at about the same time.
const queue = [...expected.keys()].sort((a, b) => expected.get(b).size - expected.get(a).size);
await Promise.all(Array.from({ length: kParallel }, () => work(queue)));
rmSync(folder, { recursive: true });
if (explained.length > 0) console.log(`${explained.length} explained differences (sunit_differences.tsv)`);
if (options.includes('--list')) for (const line of explained) console.log(`  ${line}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
