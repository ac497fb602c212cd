// Expressions given to `run --eval`, each in a process of its own, translated and interpreted; a script file, image
// arguments, an error.
// node answers.mjs COMMAND OUT
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contains, equal, finish, ok, test } from '../harness.mjs';

const [command, out] = process.argv.slice(2);
const answers = [
  ['3 + 4', '7'],
  ['30 benchFib', '2692537'],
  ['1000 factorial printString size', '2568'],
  ['Smalltalk allClasses size', '473'],
  ['(1 to: 10) inject: 0 into: [:a :b | a + b]', '55'],
  ['[1/0] on: ZeroDivide do: [:e | e messageText]', 'nil'],
];

function run(...words) {
  const child = spawnSync(command, ['run', out, ...words], { encoding: 'utf8', timeout: 120_000 });
  if (child.error) throw child.error;
  return { code: child.status, out: child.stdout, err: child.stderr };
}

for (const mode of [[], ['--interpret-only'], ['--mixed', '7'], ['--interpret', '*', '--translate', 'Integer>>*']])
  for (const [expression, answer] of mode.length < 2 ? answers : answers.slice(0, 2))
    await test(`${expression} ${mode.join(' ')}`, () => {
      const { code, out: text, err } = run('--eval', expression, ...mode);
      equal(text.trimEnd().split('\n').at(-1), answer, err);
      equal(code, 0, err);
    });

await test('a pattern that no method matches is reported', () => {
  const { code, err } = run('--eval', '3', '--interpret', 'Nobody>>nothing');
  equal(code, 0);
  contains(err, "'Nobody>>nothing'");
});

await test('the value of a script is that of its last statement; arguments after -- are the image\'s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-script-'));
  const script = join(folder, 'a.st');
  writeFileSync(script, '| x |\nx := Smalltalk startUpArguments last.\nx asUppercase');
  const { out: text } = run('--script', script, '--', 'hello');
  rmSync(folder, { recursive: true });
  equal(text, "'HELLO'\n");
});

for (const [expression, message] of [
  ['3 zork', 'MessageNotUnderstood: SmallInteger>>zork'],
  ["self error: 'broken'", 'Error: broken'],
  ['1/0', 'ZeroDivide'],
  ["'nothing.txt' asFileEntry fileContents", "FileDoesNotExistException: '/image/nothing.txt'"],
])
  await test(`an unhandled error is told once, exit code 1: ${expression}`, () => {
    const { code, err } = run('--eval', expression);
    equal(code, 1);
    const lines = err.trimEnd().split('\n');
    const at = lines.indexOf(message);
    ok(at >= 0 && lines.indexOf(message, at + 1) < 0, err);
    const stack = lines.slice(at + 1);
    ok(stack.length > 1 && stack.every((line) => /^  (\[\] in )?\S.*>>\S+ pc \d+, self /.test(line)), err);
    ok(stack.some((line) => line.startsWith('  UndefinedObject>>DoIt ')), err);
  });

for (const expression of ["self confirm: 'Sure?'", "FillInTheBlankMorph request: 'A word?'"])
  await test(`nobody answers a dialog: ${expression}`, () => {
    const { code, err } = run('--eval', expression);
    equal(code, 1);
    contains(err, 'Error: the image has opened a dialog and nobody is there to answer it');
  });

await test('code that opens a dialog can handle that', () => {
  equal(run('--eval', "[self confirm: 'Sure?'] on: Error do: [:e | 7]").out, '7\n');
});

finish();
