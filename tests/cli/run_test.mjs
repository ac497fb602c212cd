// `run` up to the engine: which one it takes, what it hands over. The engine is a script that
// prints its arguments.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { contains, equal, equalDeep, test } from '../harness.mjs';
import { inScratch, stwasm, stwasmIn } from './command.mjs';

const out = inScratch('translated');
mkdirSync(out);
writeFileSync(`${out}/stwasm.mjs`, '');

function fakeEngine(name, script) {
  const path = inScratch(name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const engine = fakeEngine('engine', 'for word; do echo "[$word]"; done; exit 7');

function handedOver(...words) {
  const { code, out: text } = stwasm('run', out, '--engine', engine, ...words);
  equal(code, 7);
  // The first word is for the engine itself: the size of its heap.
  return text.trimEnd().split('\n').map((line) => line.slice(1, -1)).filter((word) => !word.startsWith('--max-old-space-size='));
}

await test('run hands its options to the host, and answers with the exit code of the engine', () => {
  equalDeep(handedOver('--eval', "3 + '4'"), [`${out}/stwasm.mjs`, 'run', '--eval', "3 + '4'"]);
  equalDeep(handedOver('--script=a b.st', '--stats', '--interpret-only'),
            [`${out}/stwasm.mjs`, 'run', '--stats', '--script', 'a b.st', '--interpret-only']);
  equalDeep(handedOver('--debug', '--files', 'd'), [`${out}/stwasm.mjs`, 'run', '--files', 'd', '--debug']);
  equalDeep(handedOver('--trace'), [`${out}/stwasm.mjs`, 'run', '--trace']);
  equalDeep(handedOver('--trace=clock,exit'), [`${out}/stwasm.mjs`, 'run', '--trace=clock,exit']);
});

await test('run hands over an empty expression', () => {
  equalDeep(handedOver('--eval', ''), [`${out}/stwasm.mjs`, 'run', '--eval', '']);
});

await test('what follows -- is the image\'s own', () => {
  equalDeep(handedOver('--', '-s', 'x.st', '--help', '--'),
            [`${out}/stwasm.mjs`, 'run', '--', '-s', 'x.st', '--help', '--']);
});

await test('run takes the engine that STWASM_NODE names', () => {
  equal(stwasmIn({ STWASM_NODE: engine }, 'run', out).code, 7);
});

await test('run takes a node on PATH only if it is new enough', () => {
  const bin = inScratch('bin');
  mkdirSync(bin);
  const nowhere = { STWASM_NODE: '', STWASM_CACHE: inScratch('nothing'), PATH: `${bin}:/bin:/usr/bin` };
  fakeEngine('bin/node', '[ "$1" = --version ] && echo v20.1.0 || exit 7');
  const { code, err } = stwasmIn(nowhere, 'run', out);
  equal(code, 1);
  contains(err, 'Node 20 is too old, 25 is needed');
  contains(err, 'tools/setup');
  fakeEngine('bin/node', '[ "$1" = --version ] && echo v25.0.0 || exit 7');
  equal(stwasmIn(nowhere, 'run', out).code, 7);
});

await test('run says what is missing', () => {
  const noFolder = stwasm('run', inScratch('nowhere'));
  equal(noFolder.code, 1);
  contains(noFolder.err, 'is no translated image');
  contains(noFolder.err, 'stwasm build IMAGE');
  const noEngine = stwasm('run', out, '--engine', inScratch('no-engine'));
  equal(noEngine.code, 1);
  contains(noEngine.err, 'no-engine');
});

await test('serve hands its options to the host, and needs a translated image', () => {
  const { code, out: text } = stwasm('serve', out, '--engine', engine, '--port', '0', '--address', '::1');
  equal(code, 7);
  equalDeep(text.trimEnd().split('\n').slice(1), [`[${out}/stwasm.mjs]`, '[serve]', '[--port]', '[0]', '[--address]', '[::1]']);
  contains(stwasm('serve', inScratch('nowhere')).err, 'is no translated image');
});
