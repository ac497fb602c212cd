// CodeParadise's image (SistaV1 with FullBlockClosures) connects to the WebSocket server that SERVER_URL names, tells it that it
// has started, and goes on until the server closes the connection; its primitives that call JavaScript. node codeparadise.mjs COMMAND IMAGES
import { createHash } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contains, equal, finish, ok, skip, test } from '../harness.mjs';

const [command, images] = process.argv.slice(2);
const image = join(images, 'codeparadise-sista.image');
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const kernel = join(root, 'examples', 'kernel');
const javaScript = join(root, 'runtime-wat', 'host', 'javascript.st');
const kWebSocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';   // RFC 6455
const kBinary = 2;
const kClose = 8;

// Complete unfragmented frames at the beginning of the bytes: [opcode, payload], and what is left.
function frames(bytes) {
  const found = [];
  for (;;) {
    if (bytes.length < 2) return [found, bytes];
    let length = bytes[1] & 127;
    let at = 2;
    if (length === 126) {
      length = bytes.readUInt16BE(2);
      at = 4;
    }
    if (bytes.length < at + 4 + length) return [found, bytes];
    const mask = bytes.subarray(at, at + 4);
    const payload = Buffer.from(bytes.subarray(at + 4, at + 4 + length));
    for (let i = 0; i < length; i++) payload[i] ^= mask[i & 3];
    found.push([bytes[0] & 15, payload]);
    bytes = bytes.subarray(at + 4 + length);
  }
}

// A server that tells of the first connection: the path asked for, each message, and a way to close it.
async function serve(onMessage) {
  const server = createServer();
  const state = { paths: [], closed: 0, server };
  server.on('upgrade', (request, socket) => {
    state.paths.push(request.url);
    state.socket = socket;
    const key = createHash('sha1').update(request.headers['sec-websocket-key'] + kWebSocketGuid).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    let rest = Buffer.alloc(0);
    socket.on('data', (data) => {
      let complete;
      [complete, rest] = frames(Buffer.concat([rest, data]));
      for (const [opcode, payload] of complete) if (opcode === kBinary) onMessage(payload);
    });
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.url = `ws://127.0.0.1:${server.address().port}`;
  return state;
}

async function connect(out, mode) {
  let received;
  const message = new Promise((resolve) => (received = resolve));
  const server = await serve(received);
  const child = spawn(command, ['run', out, ...mode, '--network', server.url],
    { env: { ...process.env, SERVER_URL: `${server.url}/io`, CLIENT_ID: 'client-4711' } });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const timer = setTimeout(() => received(null), 20_000);
  try {
    const payload = await message;
    ok(payload !== null, `no message came in:\n${output}`);
    equal(server.paths.join(' '), '/io');
    contains(output, 'Creating client environment and starting communication');
    contains(payload.toString('latin1'), 'client-4711');
    equal(child.exitCode, null, output);
  } finally {
    clearTimeout(timer);
    child.kill();
    server.socket?.destroy();
    server.server.close();
  }
}

// Its primitives that call JavaScript, in a program of our own: their methods answer 'failed' where they fail.
const program = `Object subclass: #Environment instanceVariableNames: '' classVariableNames: '' category: 'Tests'!
!Environment class methodsFor: 'all'!
confirm: aString
\t<primitive: 'primitiveEnvironmentConfirm:' module: 'CpSystemPlugin'>
\t^ 'failed'!
apply: aString to: anArray
\t<primitive: 'primitiveEnvironmentGlobalApply:withArguments:' module: 'CpSystemPlugin'>
\t^ 'failed'!
copyOf: aString to: anArray
\t| result |
\tresult := self apply: aString to: anArray.
\t^ result class == Array ifTrue: [result size] ifFalse: [result]! !

Smalltalk stay!
`;

async function callsOfJavaScript(folder) {
  const [source, composed, out] = ['environment.st', 'environment.image', 'environment'].map((name) => join(folder, name));
  writeFileSync(source, program);
  for (const words of [['compose', kernel, javaScript, source, '-o', composed], ['build', composed, '-o', out, '-O', '0']]) {
    const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' });
    equal(status, 0, stderr);
  }
  const asked = [];
  globalThis.confirm = (text) => asked.push(text) === 1;
  globalThis.addAll = (...numbers) => numbers.reduce((sum, each) => sum + each, 0);
  globalThis.asList = (...values) => values;
  globalThis.fails = () => { throw new Error('no'); };
  const { open } = await import(pathToFileURL(join(out, 'stwasm.mjs')));
  const sender = async (permissions) => {
    const opened = await open({ permissions });
    const environment = await opened.global('Environment');
    return { opened, send: (...words) => opened.send(environment, ...words) };
  };

  await test('a question that the page asks', async () => {
    const { send } = await sender({ dom: true });
    equal(await send('confirm:', 'Really?'), true);
    equal(await send('confirm:', 'And this?'), false);
    equal(asked.join(' '), 'Really? And this?');
  });
  await test('functions by their global names', async () => {
    const { send } = await sender();
    equal(await send('apply:to:', 'addAll', [1, 2, 39]), 42);
    equal(await send('apply:to:', 'addAll', null), 0);
    equal(await send('copyOf:to:', 'asList', [1, 'two', null]), 3);
    for (const name of ['fails', 'isNotThere', 'eval', 'Function']) equal(await send('apply:to:', name, ['1']), 'failed', name);
  });
  await test('what is not permitted fails, and is counted', async () => {
    const { opened, send } = await sender({ javascript: ['addAll'] });
    equal(await send('apply:to:', 'addAll', [1]), 1);
    equal(await send('apply:to:', 'asList', [1]), 'failed');
    equal(await send('confirm:', 'Really?'), 'failed');
    const { opened: other, send: sendOther } = await sender();
    equal(await sendOther('confirm:', 'Really?'), 'failed');
    equal(await sendOther('apply:to:', 'fetch', ['http://127.0.0.1:9/']), 'failed');
    equal(asked.length, 2, 'nobody was asked');
    ok(opened.refusals().length === 2 && other.refusals().length === 2);
  });
}

const work = mkdtempSync(join(tmpdir(), 'stwasm-environment-'));
try {
  await callsOfJavaScript(work);
} finally {
  rmSync(work, { recursive: true, force: true });
}

if (existsSync(image)) {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-codeparadise-'));
  try {
    const out = join(folder, 'out');
    const { status, stderr } = spawnSync(command, ['build', image, '-o', out, '-O', '0'], { encoding: 'utf8' });
    equal(status, 0, stderr);
    for (const mode of [[], ['--interpret-only']])
      await test(`codeparadise-sista.image connects, ${mode.join(' ') || 'translated'}`, () => connect(out, mode));
    await test('without a permission it does not', () => {
      const { stderr } = spawnSync(command, ['run', out],
        { env: { ...process.env, SERVER_URL: 'ws://127.0.0.1:9/io' }, encoding: 'utf8', timeout: 3000 });
      contains(stderr, 'refused: network');
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  skip('codeparadise', `no ${image}`);
}
finish();
