// The declarations for TypeScript: a program that uses the interface as it is meant compiles, mistakes do not, and what is
// declared is there. STWASM_TSC: TypeScript's compiler.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Machine } from '../../runtime-wat/host/machine.mjs';
import { contains, equal, finish, ok, skip, test } from '../harness.mjs';

const kHost = join(import.meta.dirname, '../../runtime-wat/host');
const compiler = process.env.STWASM_TSC;

// What the compiler says of a program beside the built folder's two files.
function compile(program) {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-declarations-'));
  try {
    for (const name of ['stwasm.mjs', 'stwasm.d.mts']) copyFileSync(join(kHost, name), join(folder, name));
    writeFileSync(join(folder, 'program.mts'), program);
    const options = ['--noEmit', '--strict', '--target', 'esnext', '--module', 'nodenext', '--lib', 'esnext,dom'];
    return spawnSync(process.execPath, [compiler, ...options, 'program.mts'], { cwd: folder, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kProgram = `import { open, type Image, type SmalltalkError, type SmalltalkObject, type Value } from './stwasm.mjs';
const image: Image = await open({
  permissions: { dom: true, network: ['https://example.org'], javascript: ['Math'] }, imageArguments: ['-x'],
  onSlice: (milliseconds) => console.log(milliseconds.toFixed(1)),
});
const seven: Value = await image.evaluate('3 + 4');
const list = await image.evaluate('OrderedCollection new') as SmalltalkObject;
await image.send(list, 'add:', new Uint8Array([1, 2]));
const text: string = await list.printString();
await image.evaluate('1/0').catch((error: SmalltalkError) => error.className.length);
const refusals: [string, number][] = image.refusals();
const files: number = await image.importFiles(await image.exportFiles());
await image.fileIn(text);
await image.saveFiles();
const symbol: SmalltalkObject = await image.symbol('yourself');
const exitCode: number = await image.run();
console.log(seven, refusals, files, symbol, exitCode);
`;

if (!compiler) {
  skip('declarations', 'tools/setup --typescript could not install the compiler');
} else {
  await test('a program in TypeScript compiles', () => equal(compile(kProgram), ''));

  for (const [what, line, code] of [
    ['an unknown permission', 'await open({ permissions: { disk: true } });', 'TS2353'],
    ['a send without a selector', 'await image.send(3);', 'TS2555'],
    ['an answer that need not be a number', "const n: number = await image.evaluate('3'); console.log(n);", 'TS2322'],
  ]) {
    await test(`refused: ${what}`, () => contains(compile(kProgram + line), code));
  }
}

await test('what is declared of an image is there', () => {
  const declarations = readFileSync(join(kHost, 'stwasm.d.mts'), 'utf8');
  const [, body] = /export interface Image \{(.*?)\n\}/s.exec(declarations);
  const names = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  ok(names.length >= 10, `only ${names} are declared`);
  for (const name of names) equal(typeof Machine.prototype[name], 'function', name);
});
finish();
