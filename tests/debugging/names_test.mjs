// Readable names in builds with --debug: in the module's name section and in the engines' own stack traces.
// node names_test.mjs DEBUG OPTIMISED PLAIN [BUN] (builds of failing.st; DEBUG with -O 0)
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, equalDeep, finish, ok, skip, test } from '../harness.mjs';
import { moduleNames } from './wasm_names.mjs';

const [debug, optimised, plain, bun] = process.argv.slice(2);
const namesIn = (folder) => moduleNames(readFileSync(join(folder, 'image.wasm')));

function allNamed(names, kinds) {
  for (const kind of kinds) {
    const { count, unnamed } = names[kind];
    ok(count > 0, `there are no ${kind}`);
    equalDeep(unnamed.slice(0, 10), [], `${kind} without a name, ${unnamed.length} of ${count}`);
  }
}

await test('functions, types, fields and globals have names', () => {
  const names = namesIn(debug);
  allNamed(names, ['functions', 'functionTypes', 'dataTypes', 'fields', 'globals']);
  for (const name of ['Failing>>fail:with:', 'Failing>>deep:', 'Failing.class>>failOnClassSide:']) {
    ok(names.functions.names.includes(name), name);
  }
  ok(names.functions.names.some((name) => /^Failing>>inBlock:@block\d+$/.test(name)), 'a block');
  ok(names.dataTypes.names.includes('BlockClosure1') && names.fields.names.includes('classIndex'), 'a type and a field');
});

// The encoder adds a few locals to functions of the runtime, for values that come in pairs.
function localsNamed({ locals, functions }) {
  const owners = locals.unnamed.map((place) => functions.names[Number(place.split(' ').at(-1))]);
  equalDeep(owners.filter((name) => name.includes('>>')), []);
  ok(owners.length < 10, `${owners.length} locals without a name`);
}

await test('locals have names, temporaries their own', () => {
  localsNamed(namesIn(debug));
  ok(namesIn(debug).locals.names.some((name) => name?.startsWith('anInteger.')), 'an argument');
});

await test('optimisation leaves names, and what it adds has some', () => {
  const names = namesIn(optimised);
  allNamed(names, ['functions', 'functionTypes', 'dataTypes', 'fields', 'globals']);
  localsNamed(names);
});

await test('other builds carry no names', () => {
  equal(namesIn(plain).functions.unnamed.length, namesIn(plain).functions.count);
});

// The names of Smalltalk code in an engine's stack, and what the Smalltalk stack makes of it.
function stacksOf(engine, folder) {
  const run = spawnSync(engine, [new URL('engine_stack.mjs', import.meta.url).pathname, folder], { encoding: 'utf8' });
  const { engine: text, smalltalk } = JSON.parse(run.stdout.slice(run.stdout.indexOf('{')));
  return { lines: text.split('\n'), frames: smalltalk.map(({ className, selector, block }) => `${block ? '[] in ' : ''}${className}>>${selector}`) };
}

async function testEngine(title, engine) {
  await test(`${title} names Class>>selector`, () => {
    const { lines } = stacksOf(engine, debug);
    for (const name of ['Failing>>write:', 'Failing>>writeEach:@block', 'SequenceableCollection>>do:', 'Failing>>writeEach:']) {
      ok(lines.some((line) => line.includes(name)), `${name} in\n${lines.join('\n')}`);
    }
  });

  await test(`${title}'s stack is a Smalltalk stack, with names in the module and without`, () => {
    for (const folder of [debug, plain]) {
      equalDeep(stacksOf(engine, folder).frames.slice(2, 6),
        ['Failing>>write:', '[] in Failing>>writeEach:', 'SequenceableCollection>>do:', 'Failing>>writeEach:']);
    }
  });
}

await testEngine('V8', process.execPath);
if (bun) await testEngine('JavaScriptCore', bun);
else skip('names in JavaScriptCore', 'tools/setup --engines could not install it');
finish();
