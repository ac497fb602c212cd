// Parts of the page that need no page: zip archives, chunks, events, kept entries of the file system, the server.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseChunks } from '../../runtime-wat/host/chunks.mjs';
import { EventQueue } from '../../runtime-wat/host/event_queue.mjs';
import { MemoryFolder } from '../../runtime-wat/host/memory_folder.mjs';
import { serve } from '../../runtime-wat/host/serve.mjs';
import { crc32, isZip, makeZip, readZip } from '../../runtime-wat/host/zip.mjs';
import { equal, equalDeep, failure, finish, ok, test } from '../harness.mjs';

const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);

await test('a zip archive comes back as it went out', async () => {
  const files = [
    { name: 'short.txt', bytes: bytes('a') }, { name: 'folder/größer.txt', bytes: bytes('repeated '.repeat(5000)) },
    { name: 'empty', bytes: new Uint8Array(0) }, { name: 'random', bytes: crypto.getRandomValues(new Uint8Array(3000)) },
  ];
  const archive = new Uint8Array(await (await makeZip(files.map((file) => ({ ...file, modified: Date.UTC(2024, 1, 2) })))).arrayBuffer());
  ok(isZip(archive));
  ok(archive.length < 10_000, 'what repeats is compressed');
  equalDeep(await readZip(archive), files);
});

await test('other programs read the archive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-zip-'));
  try {
    const blob = await makeZip([{ name: 'a/b.txt', bytes: bytes('content '.repeat(100)), modified: Date.now() }]);
    writeFileSync(join(folder, 'x.zip'), new Uint8Array(await blob.arrayBuffer()));
    const script = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(z.namelist()[0], z.read('a/b.txt')[:7].decode())";
    equal(execFileSync('python3', ['-c', script, join(folder, 'x.zip')], { encoding: 'utf8' }).trim(), 'a/b.txt content');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;   // there is no Python here
  } finally {
    rmSync(folder, { recursive: true });
  }
});

await test('damaged archives are refused', async () => {
  const archive = new Uint8Array(await (await makeZip([{ name: 'x', bytes: bytes('some text, some text, some text'), modified: 0 }])).arrayBuffer());
  equal(crc32(bytes('123456789')), 0xcbf43926);   // the check value of this CRC
  const refused = 'this is no zip archive, or a damaged one';
  equal((await failure(readZip(bytes('no archive')))).message, refused);
  equal((await failure(readZip(archive.subarray(0, archive.length - 4)))).message, refused);
  equal((await failure(readZip(archive.with(40, archive[40] ^ 0xff)))).message, refused);
});

await test('chunks: expressions, methods, doubled marks', () => {
  equalDeep(parseChunks("'a!!b' foo!\n!Foo class methodsFor: 'it''s' stamp: 'x'!\none\n\t^ 1!\ntwo: a\n\t^ a!! b! !\n\nSmalltalk beep!\n"), [
    { expression: "'a!b' foo" },
    { classExpression: 'Foo class', category: "it's", method: 'one\n\t^ 1' },
    { classExpression: 'Foo class', category: "it's", method: '\ntwo: a\n\t^ a! b'.slice(1) },
    { expression: 'Smalltalk beep' },
  ]);
});

// What getNextEvent would be given, null for nothing.
function eventReader(queue) {
  const words = new Int32Array(8);
  const { nextEvent } = queue.imports({ words: () => words });
  return () => (nextEvent(0) === 0 ? null : [...words]);
}

await test('events are eight words in their order, and signal the input semaphore', () => {
  const signals = [];
  const queue = new EventQueue();
  const mouse = { mouseX: {}, mouseY: {}, mouseButtons: {} };
  queue.attach({ ...mouse, inputSemaphore: () => 5, signalExternal: (index) => signals.push(index) }, () => {});
  const next = eventReader(queue);
  queue.mouse(10, 20, 4, 1);
  queue.key(0, 65, 2, 0x20ac);
  queue.window(1, 640, 480);
  queue.drop(3, 4, 0, 2);
  const events = [next(), next(), next(), next()].map((event) => event.toSpliced(1, 1));
  equalDeep(events, [[1, 10, 20, 4, 1, 0, 1], [2, 65, 0, 2, 0x20ac, 0, 1], [5, 1, 0, 0, 640, 480, 1], [3, 4, 3, 4, 0, 2, 1]]);
  equalDeep(signals, [5, 5, 5, 5]);
  equalDeep([mouse.mouseX.value, mouse.mouseY.value, mouse.mouseButtons.value], [10, 20, 4 | (1 << 3)]);
});

await test('after a move the image hears of the position again, but twice of nothing in between', async () => {
  const queue = new EventQueue();
  const next = eventReader(queue);
  queue.mouse(7, 8, 4, 0);
  equalDeep([next(), next(), next(), next(), next(), next()].map((event) => event?.[2] ?? null), [7, null, null, 7, null, null]);
  await new Promise((done) => {
    setTimeout(done, 40);
  });
  equal(next(), null);
});

await test('a queue is busy while events wait, and for a moment after a move', async () => {
  const queue = new EventQueue();
  const next = eventReader(queue);
  equal(queue.isBusy, false);
  queue.key(0, 65, 0);
  equal(queue.isBusy, true);
  next();
  equal(queue.isBusy, false);
  queue.mouse(1, 2, 0, 0);
  next();
  equal(queue.isBusy, true);
  await new Promise((done) => {
    setTimeout(done, 40);
  });
  equal(queue.isBusy, false);
});

await test('the file system knows what the image made or changed, and asks for room', () => {
  const folder = new MemoryFolder();
  folder.addBytes('image/seed.txt', bytes('seed'));
  folder.addBytes('image/other.txt', bytes('other'));
  let room = 10;
  let changes = 0;
  folder.observer = { mayGrow: (size) => size <= room && ((room -= size), true), changed: () => changes++ };
  folder.open('image/seed.txt').write(bytes('SEED!'), 0);
  const made = folder.create('image/made.txt');
  equal(made.write(bytes('123456789'), 0), 9);
  equal(made.write(bytes('x'), 9), -1);
  equal(made.truncate(100), false);
  equal(made.size(), 9);
  const own = [...folder.entries()].filter(({ entry }) => entry.isOwn && !entry.isFolder).map(({ path, entry }) => `${path} ${text(entry.contents())}`);
  equalDeep(own, ['image/seed.txt SEED!', 'image/made.txt 123456789']);
  folder.rename('image/other.txt', 'image/moved.txt');
  ok(folder.stat('image/moved.txt').isOwn);
  ok(changes >= 4);
});

await test('the server: types, caching, nothing outside of the folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-serve-'));
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  for (const [name, content] of [['index.html', '<p>'], ['x.wasm', 'wasm'], ['y.mjs', '//']]) writeFileSync(join(folder, 'out', name), content);
  const server = await serve(join(folder, 'out'), { port: 0 });
  const get = (path, options) => fetch(`http://127.0.0.1:${server.address().port}${path}`, options);
  try {
    for (const [path, type] of [['/', 'text/html; charset=utf-8'], ['/x.wasm', 'application/wasm'], ['/y.mjs', 'text/javascript; charset=utf-8']]) {
      const response = await get(path);
      equalDeep([response.status, response.headers.get('content-type')], [200, type]);
    }
    const tag = (await get('/x.wasm')).headers.get('etag');
    equal((await get('/x.wasm', { headers: { 'if-none-match': tag } })).status, 304);
    for (const path of ['/missing', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%', '/x.wasm%00']) equal((await get(path)).status, 404, path);
    equal((await get('/', { method: 'POST' })).status, 405);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
finish();
