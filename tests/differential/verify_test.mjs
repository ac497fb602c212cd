// `stwasm verify`: programs that behave alike in both modes, and a translated method broken on purpose: in a copy of the built
// folder the heap file's method table gives one method the code of another.
// node verify_test.mjs COMMAND OUT
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, finish, ok, test } from '../harness.mjs';

const [command, out] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'stwasm-verify-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

function verify(folder, ...words) {
  const child = spawnSync(command, ['verify', folder, ...words], { encoding: 'utf8', timeout: 240_000 });
  if (child.error) throw child.error;
  return { code: child.status, text: child.stdout + child.stderr };
}

const programs = [
  ['arithmetic', '25 benchFib. 200 factorial printString. (1/3) + 0.25. 10 sqrt'],
  ['collections', '| a | a := OrderedCollection new. 1 to: 100 do: [:i | a addFirst: i * 3.5]. a inject: 0 into: [:x :y | x + y]. (a asArray sort: [:x :y | x < y]) first. a asBag size'],
  ['exceptions', "[1/0] on: ZeroDivide do: [:e | e return: 4]. [nil foo] on: MessageNotUnderstood do: [:e | e retryUsing: [5]]. [[1/0] ensure: [Smalltalk at: #Seen put: 3]] on: Error do: [:e | e messageText]"],
  ['processes', '| s log | s := Semaphore new. log := OrderedCollection new. [(Delay forMilliseconds: 30) wait. log add: 1. s signal] fork. [log add: 2. s signal] forkAt: 50. s wait. s wait. log asArray'],
  ['reflection', 'thisContext sender method selector. [:x | x + 1] numArgs. 3 perform: #+ with: 4. (Object respondsTo: #new). Smalltalk allClasses size. (Object >> #printString) size'],
  ['compiling', "Smalltalk at: #Double put: (Compiler evaluate: '[:x | x * 2]'). (Smalltalk at: #Double) value: 21. (Parser new parse: 'twice ^self + self' class: Integer) generate numTemps"],
];
for (const [name, program] of programs)
  await test(`no difference: ${name}`, () => {
    const { code, text } = verify(out, '--eval', program);
    contains(text, 'no difference');
    equal(code, 0, text);
  });

await test('a script; some methods interpreted in both runs', () => {
  const script = join(scratch, 'program.st');
  writeFileSync(script, '"Two statements."\n| x |\nx := 5 factorial.\nx printString');
  const { code, text } = verify(out, '--script', script, '--mixed', '3');
  contains(text, '2 of 2 statements');
  equal(code, 0, text);
});

await test('an error ends both runs alike', () => {
  const { code, text } = verify(out, '--eval', '3 zork. 4');
  contains(text, 'SmallInteger>>zork');
  equal(code, 0, text);
});

// --- broken code ---

const kMethodCount = 12;
const kMethodTable = 13;
const kEntryBytes = 12;

async function methodIds(folder) {
  const host = (name) => import(pathToFileURL(join(folder, name)));
  const [{ open }, { methodNames }] = await Promise.all([host('stwasm.mjs'), host('modes.mjs')]);
  let names;
  await open({ prepare: (exports, transfer) => { names = methodNames(exports, transfer); } });
  return new Map(names.map((name, id) => [name, id]));
}

// A copy of the built folder in which `victim` has the code of `other`.
async function brokenFolder(victim, other) {
  const ids = await methodIds(out);
  const folder = join(scratch, `broken-${readdirSync(scratch).length}`);
  cpSync(out, folder, { recursive: true });
  const file = join(folder, 'image.heap');
  const heap = readFileSync(file);
  const entry = (name) => {
    ok(ids.has(name), `${name} is not translated`);
    ok(ids.get(name) < heap.readUInt32LE(4 * kMethodCount));
    return heap.readUInt32LE(4 * kMethodTable) + kEntryBytes * ids.get(name);
  };
  equal(heap.readInt32LE(entry(victim) + 8), heap.readInt32LE(entry(other) + 8), 'both need the same shape');
  heap.copy(heap, entry(victim) + 4, entry(other) + 4, entry(other) + 8);
  writeFileSync(file, heap);
  return folder;
}

await test('a wrong value is found, with the method that makes it', async () => {
  const folder = await brokenFolder('Integer>>isPowerOfTwo', 'Integer>>isPrime');
  const { code, text } = verify(folder, '--eval', '3 + 4. (1 to: 9) select: [:i | i isPowerOfTwo]. 5');
  contains(text, 'difference after statement 2 of 3');
  contains(text, 'culprit: Integer>>isPowerOfTwo, pc ');
  equal(code, 1, text);
});

await test('a wrong object that no value shows is found too', async () => {
  const folder = await brokenFolder('Integer>>isPowerOfTwo', 'Integer>>isPrime');
  const { code, text } = verify(folder, '--eval', '#(9) do: [:i | Smalltalk at: #Hidden put: (i - 1) isPowerOfTwo]. 5');
  contains(text, 'the values are equal, the reachable objects are not');
  contains(text, 'culprit: Integer>>isPowerOfTwo, pc ');
  equal(code, 1, text);
});

// A copy of the built folder in which one byte of the bytecodes that begin like this is another: the interpreter goes by it.
function folderWithByte(bytecodes, index, byte) {
  const folder = join(scratch, `broken-${readdirSync(scratch).length}`);
  cpSync(out, folder, { recursive: true });
  const file = join(folder, 'image.heap');
  const heap = readFileSync(file);
  const at = heap.indexOf(Buffer.from(bytecodes));
  ok(at >= 0 && heap.indexOf(Buffer.from(bytecodes), at + 1) < 0, 'these bytecodes must be there once');
  heap[at + index] = byte;
  writeFileSync(file, heap);
  return folder;
}

await test('the pc of the first difference is found between the calls around it', () => {
  // Rectangle>>insetOriginBy:cornerBy:, which nobody sends: + at 24, - at 27 (here + for the interpreter), origin:corner: at 28.
  const folder = folderWithByte([0x41, 0x00, 0x10, 0xb0, 0x01, 0x11, 0xb1, 0xf0, 0x7c], 6, 0xb0);
  const { code, text } = verify(folder, '--eval', '3. (1@2 corner: 10@20) insetOriginBy: 1@1 cornerBy: 2@2. 5');
  contains(text, 'difference after statement 2 of 3');
  contains(text, 'culprit: Rectangle>>insetOriginBy:cornerBy:, pc 25 to 28');
  equal(code, 1, text);
});

finish();
