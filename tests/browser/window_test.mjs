// What only a browser does to a page, done for real: full screen, closing, a full disk, requests to other origins.
// node window_test.mjs CHROMIUM OUT (OUT: a Cuis image, built with --page)
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';
import { kSocketProbe } from './socket_probe.mjs';

const [chromium, out] = process.argv.slice(2);

const pause = (milliseconds) => new Promise((done) => {
  setTimeout(done, milliseconds);
});

// Servers at origins of their own: one that lets pages of other origins read its answers, one that does not.
async function otherOrigin(headers) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    response.writeHead(200, { 'content-type': 'text/plain', ...headers }).end(`answer to ${request.url}`);
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return { server, requests, port: server.address().port, origin: `http://127.0.0.1:${server.address().port}` };
}
const [open, closed] = [await otherOrigin({ 'access-control-allow-origin': '*' }), await otherOrigin({})];
const nobody = await otherOrigin({});
nobody.server.close();

// The page grants these origins, in page.json and in its Content-Security-Policy, as its author does.
const folder = mkdtempSync(join(tmpdir(), 'stwasm-window-'));
cpSync(resolve(out), folder, { recursive: true, filter: (name) => !name.endsWith('headless') });
const edit = (name, change) => writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
const origins = [open, closed, nobody].map(({ origin }) => origin);
edit('page.json', (text) => {
  const settings = JSON.parse(text);
  settings.permissions.network = origins;
  return JSON.stringify(settings);
});
edit('index.html', (text) => text.replace("connect-src 'self'", `connect-src 'self' ${origins.join(' ')}`));

const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));
const server = await serve(folder, { port: 0 });
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await Chromium.start(chromium);

async function openDesktop({ address = url, prepare = async () => {} } = {}) {
  const page = await browser.newPage();
  await prepare(page);
  await page.open(address);
  await until('the desktop', () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));
  return page;
}

// Nothing that is evaluated here counts as a gesture.
const evaluateIn = (page, source) =>
  page.withImage(`return await image.evaluate(${JSON.stringify(source)})`, { userGesture: false });

let page = await openDesktop();
const evaluate = (source) => evaluateIn(page, source);

// --- full screen ---

const isFullScreen = () => page.evaluate('document.fullscreenElement?.id ?? null', { userGesture: false });
const displayExtent = () => evaluate('{ Display width. Display height }');
const viewSize = () => page.evaluate('[innerWidth, innerHeight]', { userGesture: false });

// The Display fills the window, whose size must be another one than before.
async function displayFills(before) {
  await until('another size of the window', async () => String(await viewSize()) !== String(before));
  await until('the Display in that size', async () => String(await displayExtent()) === String(await viewSize()));
}

async function clickElement(id) {
  const [x, y] = await page.evaluate(`(({ x, y, width, height }) => [x + width / 2, y + height / 2])(
    document.getElementById('${id}').getBoundingClientRect())`, { userGesture: false });
  await page.click(x, y);
}

await test('full screen by the page\'s button, and back', async () => {
  await until('the Display in the window\'s size', async () => String(await displayExtent()) === String(await viewSize()));
  const before = await viewSize();
  await clickElement('tools-button');
  await clickElement('full-screen');
  await until('full screen', async () => (await isFullScreen()) === 'stage');
  await displayFills(before);
  const full = await viewSize();
  ok(full[0] >= before[0] && full[1] > before[1], `${full} instead of ${before}`);
  await page.evaluate('document.exitFullscreen()', { userGesture: false });
  await displayFills(full);
  equalDeep(await viewSize(), before);
});

await test('full screen by the image, right after a click, and back', async () => {
  const before = await viewSize();
  await pause(6000);      // the last click counts no more
  await evaluate('Display fullScreenMode: true. 1');
  await pause(300);
  equal(await isFullScreen(), null);
  await page.click(600, 300);
  await page.key('Escape');
  await evaluate('Display fullScreenMode: true. 1');
  await until('full screen', async () => (await isFullScreen()) === 'stage');
  await displayFills(before);
  const full = await viewSize();
  await evaluate('Display fullScreenMode: false. 1');
  await until('the window', async () => (await isFullScreen()) === null);
  await displayFills(full);
});

// --- requests to other origins ---

await page.withImage(`await image.fileIn(${JSON.stringify(kSocketProbe)})`);

// What the image reads from its socket.
const answerFrom = ({ port }, path) => evaluate(`| probe answer | probe := SocketProbe new.
  probe open: '127.0.0.1' port: ${port}.
  probe write: 'GET ${path} HTTP/1.1' , String crlfString , 'Host: x' , String crlfString , String crlfString.
  answer := probe readUntil: [ :text | false ]. probe close. answer`);

await test('another origin that allows it answers', async () => {
  const answer = await answerFrom(open, '/a');
  contains(answer, 'HTTP/1.1 200');
  ok(answer.endsWith('answer to /a'), answer);
});

await test('another origin that does not allow it: the refusal is named', async () => {
  contains(await answerFrom(closed, '/b'), `502 Cross-origin request refused (CORS): ${closed.origin} does not allow this page`);
  ok(closed.requests.includes('/b'), 'the request has not reached the server');
});

await test('where nobody listens, nothing is said of origins', async () => {
  const answer = await answerFrom(nobody, '/c');
  contains(answer, '502 Cannot be reached');
  ok(!answer.includes('CORS'), answer);
});

// --- storage ---

// Bytes that cannot be compressed, since the browser does.
const write = (where, name, size) => evaluateIn(where, `[ | bytes seed | bytes := String new: ${size}. seed := 1.
  1 to: ${size} do: [ :i | seed := seed * 16807 rem: 2147483647. bytes at: i put: (Character numericValue: ((seed bitShift: -10) bitAnd: 255)) ].
  '${name}' asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: bytes ]. 'written' ]
    on: Error do: [ :error | error class name asString ]`);
const save = (where) => where.withImage('await image.saveFiles()');

await test('what does not fit into the origin\'s quota fails as a file error', async () => {
  // An origin of its own, and the quota before it keeps anything: browsers remember for a while how much is left.
  const address = url.replace('127.0.0.1', 'localhost');
  const warnings = [];
  const small = await openDesktop({
    address,
    prepare: async (opened) => {
      await opened.call('Storage.overrideQuotaForOrigin', { origin: address.slice(0, -1), quotaSize: 1_000_000 });
      opened.on('Runtime.consoleAPICalled', ({ args }) => warnings.push(args[0]?.value));
    },
  });
  equal(await write(small, 'small.txt', 1000), 'written');
  await save(small);
  equal(warnings.length, 0, warnings[0]);
  await write(small, 'large.txt', 2_000_000);
  await save(small);
  contains(String(warnings[0]), 'QuotaExceededError');
  equal(await write(small, 'more.txt', 1000), 'FileWriteError');
  await evaluateIn(small, "'large.txt' asFileEntry delete");
  await save(small);
  equal(await write(small, 'more.txt', 1000), 'written');
  await save(small);
  equal(warnings.length, 1, warnings[1]);
  await small.reload();
  equal(await evaluateIn(small, "'more.txt' asFileEntry fileSize"), 1000);
  await small.close();
});

// --- closing ---

const isGone = async ({ target }) => {
  const { targetInfos } = await browser.call('Target.getTargets');
  return targetInfos.every(({ targetId }) => targetId !== target);
};

await test('who closes the page is asked, and so is the image; without consent all goes on', async () => {
  await page.click(600, 300);         // browsers ask only for pages that were used
  page.acceptsDialogs = false;
  await page.call('Page.close');
  await until('the question', () => page.dialogs.length > 0);
  equalDeep(page.dialogs, ['beforeunload']);
  equal(await isGone(page), false);
  const [x, y] = await until('the image\'s own question', () => evaluate(`| lines question cancel |
    lines := StringMorph allSubInstances select: [ :each | each world notNil ].
    question := lines detect: [ :each | each contents asString includesSubString: 'before quitting' ] ifNone: [ nil ].
    question ifNil: [ nil ] ifNotNil: [
      cancel := (lines detect: [ :each | each contents asString = 'Cancel' ]) morphBoundsInWorld center rounded.
      { cancel x. cancel y } ]`));
  await page.click(x, y);
  await until('the end of the question', () => evaluate(`(StringMorph allSubInstances
    anySatisfy: [ :each | each world notNil and: [ each contents asString includesSubString: 'before quitting' ] ]) not`));
  page.acceptsDialogs = true;
});

for (const [how, close] of [
  ['by its user', (closed) => closed.call('Page.close')],
  ['from outside, unasked', ({ target }) => browser.call('Target.closeTarget', { targetId: target })],
]) {
  await test(`what was written just before the page is closed is kept: closed ${how}`, async () => {
    equal(await write(page, 'first.bin', 5_000_000), 'written');
    await pause(320);      // the first file is being saved while the next is written
    await evaluate("'last.txt' asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: 'last words' ]. 1");
    await close(page);
    await until('the end of the page', () => isGone(page));
    page = await openDesktop();
    equal(await evaluate("'first.bin' asFileEntry fileSize"), 5_000_000);
    equal(await evaluate("'last.txt' asFileEntry textContents"), 'last words');
    await evaluate("'first.bin' asFileEntry delete. 'last.txt' asFileEntry delete. 1");
    await save(page);
  });
}

await browser.end();
for (const each of [open, closed]) {
  each.server.closeAllConnections();
  each.server.close();
}
server.close();
rmSync(folder, { recursive: true, force: true });
finish();
