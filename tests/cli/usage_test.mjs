// Help texts, usage mistakes, exit codes.
import { contains, equal, ok, test } from '../harness.mjs';
import { stwasm } from './command.mjs';

const commands = ['build', 'run', 'profile', 'serve', 'info', 'methods', 'disassemble', 'inspect'];

await test('--help lists every command', () => {
  const { code, out, err } = stwasm('--help');
  equal(code, 0);
  equal(err, '');
  for (const command of commands) ok(new RegExp(`^  ${command} +\\w`, 'm').test(out), command);
});

await test('--version names the command', () => {
  const { code, out } = stwasm('--version');
  equal(code, 0);
  ok(/^stwasm \d+\.\d+\.\d+/.test(out), out);
});

for (const command of commands) {
  await test(`${command} --help has usage, options, examples and exit codes`, () => {
    const { code, out, err } = stwasm(command, '--help');
    equal(code, 0);
    equal(err, '');
    ok(out.startsWith(`usage: stwasm ${command} `), out);
    for (const heading of ['options', 'examples', 'exit codes']) contains(out, `\n${heading}\n`);
    for (const line of out.split('\n')) ok(line.length <= 100, `too long: ${line}`);
    equal(stwasm('help', command).out, out);
    equal(stwasm(command, 'x', '-h').out, out);
  });

  await test(`${command} without arguments is wrong usage`, () => {
    const { code, out, err } = stwasm(command);
    equal(code, 2);
    equal(out, '');
    contains(err, 'too few arguments');
    contains(err, `usage: stwasm ${command} `);
  });

  await test(`${command} with an unknown option suggests the one meant`, () => {
    const { code, err } = stwasm(command, 'x', '--hlep');
    equal(code, 2);
    contains(err, 'there is no option --hlep');
  });
}

await test('no command at all is wrong usage', () => {
  const { code, out, err } = stwasm();
  equal(code, 2);
  equal(out, '');
  contains(err, 'usage: stwasm COMMAND');
});

await test('an unknown command suggests the one meant', () => {
  const { code, err } = stwasm('biuld');
  equal(code, 2);
  contains(err, 'did you mean build?');
});

const mistakes = [
  [['build', 'a.image'], '--output is missing'],
  [['build', 'a.image', '-o'], '-o needs a value'],
  [['build', 'a.image', '-o', 'x', '-o', 'y'], '--output is given twice'],
  [['build', 'a.image', '-o', 'x', '-O', '9'], 'no level from 0 to 4'],
  [['build', 'a.image', '-o', 'x', '-O9'], 'no level from 0 to 4'],
  [['build', 'a.image', '-o', 'x', '--size', '--speed'], '--size and --speed exclude each other'],
  [['methods', 'a.image', '-lx'], '-l takes no value'],
  [['build', 'a.image', '--outptu', 'x'], 'did you mean --output?'],
  [['build', 'a.image', '-o', 'x', '--names=yes'], '--names takes no value'],
  [['info', 'a.image', 'b.image'], "what is 'b.image' for?"],
  [['info', 'a.image', '--', 'b'], 'nothing can follow --'],
  [['run', 'out', '--eval', '3', '--script', 'f'], '--eval and --script exclude each other'],
];
for (const [words, message] of mistakes) {
  await test(`usage: stwasm ${words.join(' ')}`, () => {
    const { code, out, err } = stwasm(...words);
    equal(code, 2);
    equal(out, '');
    contains(err, message);
    contains(err, `usage: stwasm ${words[0]} `);
  });
}
