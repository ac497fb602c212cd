// Source with mistakes: each is told with file, line, column, the line and a caret; no image is
// written. node mistakes_test.mjs COMMAND
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contains, equal, finish, ok, test } from '../harness.mjs';

const command = process.argv[2];
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stwasm-compose-'));
const image = join(folder, 'out.image');

function compose(...words) {
  const run = spawnSync(command, ['compose', ...words], { encoding: 'utf8', timeout: 60_000 });
  if (run.error) throw run.error;
  return run;
}

// Composes `source` as one file and answers what is said of it.
function mistakes(source, name = 'wrong.st') {
  const file = join(folder, name);
  writeFileSync(file, source);
  const { status, stdout, stderr } = compose(join(here, 'minimal.st'), file, '-o', image);
  equal(status, 1, stderr);
  equal(stdout, '');
  ok(!existsSync(image), 'an image was written');
  return stderr;
}

// A method of Object, with line 2 as its first.
const method = (body) => `!Object methodsFor: 'tests'!\n${body}! !\n`;

// [what is wrong, source, line and column, part of the message]
const cases = [
  ['an undeclared variable', method('foo\n\t^ countr'), '3:4', "'countr' is not declared"],
  ['a missing parenthesis', method('foo\n\t^ (3 + 4'), '3:10', "expected ')'"],
  ['a missing argument', method('foo\n\t^ 3 +'), '3:7', 'expected an expression'],
  ['an open block', method('foo\n\t^ [3'), '3:6', "expected a period or ']'"],
  ['an open string', method("foo\n\t^ 'three"), '3:4', 'this string does not end'],
  ['an open comment', method('foo\n\t"why'), '3:2', 'this comment does not end'],
  ['an assignment to an argument', method('foo: a\n\ta := 3'), '3:2', "the argument 'a'"],
  ['an assignment to self', method('foo\n\tself := 3'), '3:2', "'self' cannot be assigned to"],
  ['a second variable of the same name', method('foo: a\n\t| a |'), '3:4', "'a' is declared"],
  ['something behind a return', method('foo\n\t^ 1. ^ 2'), '3:7', 'nothing can follow a return'],
  ['a block with an argument', method('foo\n\t^ true ifTrue: [:x | x]'), '3:17', 'no arguments'],
  ['super as a value', method('foo\n\t^ super'), '3:4', 'super can only be'],
  ['a byte that is none', method('foo\n\t^ #[1 256]'), '3:8', 'between 0 and 255'],
  ['a radix that is none', method('foo\n\t^ 40r1'), '3:6', 'a radix is between 2 and 36'],
  ['a character without meaning', method('foo\n\t^ 3 \x60'), '3:6', 'no meaning'],
  ['a method that is there twice', method('foo!\nfoo'), '3:1', 'has a method foo already'],
  ['a wrong primitive', method("foo\n\t<primitive: #(1)>"), '3:3', 'number (1 to 8191) or name'],
  ['an unknown superclass', "Objekt subclass: #Foo instanceVariableNames: ''!", '1:18', 'no class Objekt'],
  ['a class that is there twice', "nil subclass: #Object instanceVariableNames: ''!", '1:15', 'a second time'],
  ['a part of a definition', "Object subclass: #Foo uses: 'Bar'!", '1:29', "no part 'uses:'"],
  ['methods of an unknown class', "!Foo methodsFor: 'x'!\nfoo! !", '1:2', 'no class Foo'],
  ['an inherited variable', "Object subclass: #A instanceVariableNames: 'x'!\nA subclass: #B instanceVariableNames: 'x'!", '2:40', "'x' is declared already"],
  ['a circle of superclasses', "B subclass: #A instanceVariableNames: ''!\nA subclass: #B instanceVariableNames: ''!", '1:13', 'inherits from itself'],
];

try {
  for (const [what, source, place, message] of cases)
    await test(what, () => {
      const said = mistakes(source);
      contains(said, `wrong.st:${place}: `);
      contains(said, message);
    });

  await test('the line and a caret', () => {
    const lines = mistakes(method('foo\n\t^ countr')).split('\n');
    equal(lines[2], '    \t^ countr! !');
    equal(lines[3], '    \t  ^');
  });
  await test('a hint to a similar name', () =>
    contains(mistakes("Smalltalk at: #Counter put: nil!\n" + method('foo\n\t^ Cuonter')), 'did you mean Counter?'));
  await test('several mistakes in one run', () => {
    const said = mistakes(method('foo\n\t^ one + two!\nbar\n\t^ (!\nbaz\n\t^ three'));
    contains(said, '4 mistakes');
    for (const place of ['3:4', '3:10', '5:5', '7:4']) contains(said, `wrong.st:${place}: `);
  });
  await test('a mistake in a Tonel file', () => {
    const said = mistakes("Class { #name : #Foo, #superclass : #Object }\n\nFoo >> bar [\n\t^ baz\n]\n", 'Foo.class.st');
    contains(said, 'Foo.class.st:4:4: ');
  });
  await test('doubled bangs do not move columns', () =>
    contains(mistakes(method("foo\n\t^ '!!' , wrong")), 'wrong.st:3:11: '));
  await test('a program without kernel', () => {
    const file = join(folder, 'alone.st');
    writeFileSync(file, '3 + 4!');
    const { status, stderr } = compose(file, '-o', image);
    equal(status, 1);
    contains(stderr, 'the program has no class');
    contains(stderr, 'examples/kernel');
  });
  await test('a file that is not there', () => {
    const { status, stderr } = compose(join(folder, 'missing.st'), '-o', image);
    equal(status, 1);
    contains(stderr, 'missing.st');
  });
  await test('wrong options', () => {
    const { status, stderr } = compose('x.st', '-o', image, '--format', 'spur16');
    equal(status, 2);
    contains(stderr, 'spur32, spur64 or v3');
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
