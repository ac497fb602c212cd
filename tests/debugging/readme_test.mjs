// The commands of the README's section "Looking inside", as they stand there, on a composed program and on Cuis.
// node readme_test.mjs COMMAND ROOT FOLDER [CUIS.image] (FOLDER: where they run)
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { contains, finish, ok, skip, test } from '../harness.mjs';

const [command, root, folder, cuis] = process.argv.slice(2);
const kPrompt = '    $ ';

// What a command's output has to show, by a part of the command.
const expected = [
  ['stwasm compose', ['methods']],
  ['--all', [';; --- source', ';; --- bytecodes', ';; --- IR', ';; --- WAT', ';; --- optimised WAT', 'i31']],
  ['--dot', ['digraph', '->']],
  ['--stats', ['methods translated', 'bytes of WebAssembly: ',
    'translated code by package', 'translated code by class', 'the biggest methods', 's  translating methods']],
  ['--grep', ['(func $']],
  ['stwasm size', ['by section', 'names', 'code by kind', 'runtime: interpreter', 'translated code by class']],
  ['smalltalkStack', ["className: 'String'", "selector: 'at:'", 'line: ', "receiver: \"'text'\"", '    at String>>at: line ', "self 'text', with 9"]],
];

// Each a command with the lines that belong to it.
function commandsIn(section) {
  const commands = [];
  let isOpen = false;
  for (const line of section.split('\n')) {
    if (line.startsWith(kPrompt)) commands.push(line.slice(kPrompt.length));
    else if (isOpen && line.startsWith('    ')) commands[commands.length - 1] += `\n${line.slice(4)}`;
    isOpen = line.startsWith('    ') && commands.length > 0;
  }
  return commands;
}

function sectionOf(text, title) {
  const start = text.indexOf(`## ${title}\n`);
  return text.slice(start, text.indexOf('\n## ', start));
}

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const section = sectionOf(readme, 'Looking inside');
const cuisVariables = /\(then `(image=[^`]+)`\)/.exec(section)[1];
const isAssignment = (each) => /^image=/.test(each);

// All variables are set again before each command, which runs in a shell of its own.
async function runAll(title, name, variables, commands) {
  const place = join(folder, name);
  mkdirSync(place);
  for (const each of ['examples', 'runtime-wat']) symlinkSync(join(root, each), join(place, each));
  if (cuis) for (const each of ['cuis5.image', 'cuis5.changes', 'CuisV5.sources']) symlinkSync(join(dirname(cuis), each), join(place, each));
  const PATH = [dirname(command), dirname(process.execPath), process.env.PATH].join(delimiter);
  for (const each of commands) {
    await test(`${title}: ${each}`, () => {
      const run = spawnSync('bash', ['-c', `${variables}\n${each}`],
        { cwd: place, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, PATH } });
      ok(run.status === 0, `exit code ${run.status}: ${run.stderr}`);
      ok(run.stdout.trim() !== '', 'something is printed');
      for (const [part, texts] of expected) if (each.includes(part)) for (const text of texts) contains(run.stdout, text);
    });
  }
}

const commands = commandsIn(section);
await test('the section has a command for each feature', () => {
  for (const [part] of expected) ok(commands.some((each) => each.includes(part)), part);
});
await runAll('composed', 'composed', commands.find(isAssignment), commands.filter((each) => !isAssignment(each)));
if (cuis) {
  await runAll('Cuis', 'cuis', cuisVariables, commands.filter((each) => !isAssignment(each) && !each.startsWith('stwasm compose')));
} else {
  skip('the same on Cuis', 'there are no images');
}
finish();
