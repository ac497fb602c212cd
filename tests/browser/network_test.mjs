// SocketPlugin over fetch and WebSockets, in Node: HTTP, a WebSocket that the image's own frames travel through, and
// refusals by their names.
// node network_test.mjs OUT (a Cuis image, built)
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { kSocketProbe } from './socket_probe.mjs';

const load = (name) => import(pathToFileURL(join(resolve(process.argv[2]), name)));
const { open } = await load('stwasm.mjs');
const { HttpConnection, parseRequest } = await load('socket_http.mjs');
const { Permissions } = await load('permissions.mjs');

// A server for both; its WebSocket answers each text with its letters in upper case.
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => response.writeHead(200, { 'x-method': request.method, 'content-type': 'text/plain' })
    .end(`${request.url} ${request.headers['x-own'] ?? '-'} ${body}`));
});
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.on('data', (data) => {
    if ((data[0] & 15) !== 1) return socket.end();
    const text = data.subarray(6, 6 + (data[1] & 127)).map((byte, i) => byte ^ data[2 + (i & 3)]).toString().toUpperCase();
    return socket.write(Buffer.concat([Buffer.of(0x81, text.length), Buffer.from(text)]));
  });
});
await new Promise((done) => {
  server.listen(0, '127.0.0.1', done);
});
const { port } = server.address();

const image = await open({ permissions: { network: [`http://localhost:${port}`] } });
await image.fileIn(kSocketProbe);
const probe = await image.evaluate('SocketProbe new');

await test('an HTTP request goes through fetch', async () => {
  await probe.send('open:port:', 'localhost', port);
  await probe.send('write:', 'POST /path?a=1 HTTP/1.1\r\nHost: localhost\r\nX-Own: yes\r\nContent-Length: 4\r\n\r\nbo');
  await probe.send('write:', 'dy');
  const answer = await image.send(probe, 'readUntil:', await image.evaluate('[ :text | false ]'));
  contains(answer, 'HTTP/1.1 200 OK\r\n');
  contains(answer, 'x-method: POST\r\n');
  ok(answer.endsWith('\r\n\r\n/path?a=1 yes body'), answer);
  await probe.send('close');
});

await test('a WebSocket carries the image\'s frames', async () => {
  await probe.send('open:port:', 'localhost', port);
  await probe.send('write:', 'GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  const answer = await image.send(probe, 'readUntil:', await image.evaluate("[ :text | text endsWith: String crlfString , String crlfString ]"));
  contains(answer, '101 Switching Protocols');
  contains(answer, 'sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  const mask = [1, 2, 3, 4];
  const text = [...'hello'].map((character, i) => character.charCodeAt(0) ^ mask[i & 3]);
  await probe.send('write:', new Uint8Array([0x81, 0x85, ...mask, ...text]));
  const frame = await image.send(probe, 'readUntil:', await image.evaluate('[ :bytes | bytes size >= 7 ]'));
  equal(frame.slice(-5), 'HELLO');
  await probe.send('close');
});

await test('another origin is refused by permission, and counted', async () => {
  equal(await probe.send('open:port:', 'elsewhere.example', 80), 'failed');
  equal(await probe.send('problem'), 13);
  equalDeep(image.refusals(), [['network http://elsewhere.example', 1]]);
});

// fetch as pages have it: a request across origins fails without saying why.
async function answerOf(fetch) {
  const reports = [];
  const text = await new Promise((done) => {
    let received = '';
    const socket = { deliver: (bytes) => (received += Buffer.from(bytes)), ended: () => done(received) };
    new HttpConnection('http://other.example', socket, { fetch }, (message) => reports.push(message))
      .send(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  });
  return { text, reports };
}

await test('a refusal across origins is named, unlike a server that is not there', async () => {
  const refused = await answerOf(async (_, { mode }) => {
    if (mode !== 'no-cors') throw new TypeError('Failed to fetch');
    return new Response('');
  });
  contains(refused.text, 'HTTP/1.1 502 Cross-origin request refused (CORS): http://other.example does not allow this page');
  equal(refused.reports.length, 1);
  const missing = await answerOf(async () => {
    throw new TypeError('Failed to fetch');
  });
  contains(missing.text, 'HTTP/1.1 502 Cannot be reached');
});

await test('requests in pieces', () => {
  const bytes = (text) => new Uint8Array(Buffer.from(text));
  equal(parseRequest(bytes('GET / HTTP/1.1\r\nA: b\r\n')), null);
  equal(parseRequest(bytes('PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab')), null);
  const { method, path, headers, body, size } = parseRequest(bytes('PUT /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET'));
  equalDeep([method, path, headers.get('content-length'), Buffer.from(body).toString(), size], ['PUT', '/x', '3', 'abc', 41]);
});

await test('permissions: origins, all, none', () => {
  const allows = (network, url) => new Permissions({ network }).allowsNetwork(url);
  equal(allows(['https://a.example'], 'https://a.example/x'), true);
  equal(allows(['https://a.example'], 'http://a.example/x'), false);
  equal(allows(['*.a.example'], 'wss://b.a.example:8080/'), true);
  equal(allows(['*.a.example'], 'https://a.example.evil/'), false);
  equal(allows(true, 'https://a.example/'), true);
  equal(allows([], 'https://a.example/'), false);
});
server.closeAllConnections();
server.close();
finish();
