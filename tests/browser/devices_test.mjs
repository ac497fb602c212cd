// What reaches a page from outside of it: a fine screen, fingers, dead keys, files from the desktop, archives, other tabs.
// node devices_test.mjs CHROMIUM OUT (OUT: a Cuis image, built with --page)
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';

const [chromium, out] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(resolve(out), name)));
const { serve } = await load('serve.mjs');
const { readZip } = await load('zip.mjs');

const files = mkdtempSync(join(tmpdir(), 'stwasm-devices-'));
const server = await serve(resolve(out), { port: 0 });
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await Chromium.start(chromium);
const page = await browser.newPage();

const pause = (milliseconds) => new Promise((done) => {
  setTimeout(done, milliseconds);
});
const evaluate = (source) => page.withImage(`return await image.evaluate(${JSON.stringify(source)})`);

await page.size(800, 600, 2);
await page.open(`${url}?scale=device`);
await until('the desktop', () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));

await test('a fine screen: the Display has all of its pixels, and the pointer moves in them', async () => {
  await until('the Display', async () => (await evaluate('Display extent printString')) === '1600@1200');
  equalDeep(await page.evaluate("(({ width, clientWidth }) => [width, clientWidth])(document.getElementById('display'))"), [1600, 800]);
  await page.mouse('mouseMoved', 300, 400);
  await until('the pointer', async () => (await evaluate('Sensor mousePoint printString')) === '600@800');
});

await page.size(1024, 768);
await page.open(url);
await until('the desktop', () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));

await test('a second finger that taps is the right button', async () => {
  const menus = () => evaluate('(MenuMorph allInstances select: [ :each | each world notNil ]) size');
  equal(await menus(), 0);
  const [first, second] = [{ x: 600, y: 200, id: 1 }, { x: 660, y: 220, id: 2 }];
  await page.call('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [first] });
  await page.call('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [first, second] });
  await page.call('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until('the menu', async () => (await menus()) > 0);
  await evaluate('MenuMorph allInstances do: [ :each | each delete ]. 1');
});

await test('files of the desktop are dropped on the image', async () => {
  const file = join(files, 'note.txt');
  writeFileSync(file, 'from the desktop');
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await page.call('Input.dispatchDragEvent', { type, x: 200, y: 620, data });
  await until('the file', () => evaluate("'/dropped/note.txt' asFileEntry exists"));
  equal(await evaluate("'/dropped/note.txt' asFileEntry textContents"), 'from the desktop');
});

await test('the page exports the image\'s files as an archive, and imports it again', async () => {
  const downloads = join(files, 'downloads');
  mkdirSync(downloads);
  await browser.call('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  await evaluate("'taken.txt' asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: 'taken along' ]. 1");
  const press = async (id) => page.click(...await page.evaluate(`(({ x, y, width, height }) => [x + width / 2, y + height / 2])(
    document.getElementById('${id}').getBoundingClientRect())`));
  await press('tools-button');
  await press('export-files');
  const name = await until('the archive', () => readdirSync(downloads).find((each) => each.endsWith('.zip')));
  const archive = join(downloads, name);
  await until('all of it', () => existsSync(archive) && readFileSync(archive).length > 0);
  const entries = await readZip(new Uint8Array(readFileSync(archive)));
  const taken = entries.find((entry) => entry.name.endsWith('taken.txt'));
  equal(Buffer.from(taken.bytes).toString(), 'taken along');
  await evaluate("'taken.txt' asFileEntry delete");
  const { root } = await page.call('DOM.getDocument');
  const { nodeId } = await page.call('DOM.querySelector', { nodeId: root.nodeId, selector: '#file-chooser' });
  await page.call('DOM.setFileInputFiles', { nodeId, files: [archive] });
  const message = await until('the message', () => page.evaluate("document.getElementById('message').open && document.getElementById('message-text').textContent"));
  contains(message, 'files imported');
  equal(await evaluate("'taken.txt' asFileEntry textContents"), 'taken along');
  await page.evaluate("document.getElementById('message').close()");
});

await test('an image that nobody sees rests, and wakes when it is seen', async () => {
  const count = async () => page.evaluate("import('./page.mjs').then(({ slices }) => slices.count)");
  const during = async (milliseconds) => {
    const before = await count();
    await pause(milliseconds);
    return (await count()) - before;
  };
  ok(await during(1000) > 5, 'the image does nothing while it is seen');
  const { windowId } = await browser.call('Browser.getWindowForTarget', { targetId: page.target });
  await browser.call('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
  await until('the hidden page', () => page.evaluate("document.visibilityState === 'hidden'"));
  await pause(300);
  equal(await during(1500), 0);
  equal(await evaluate('3 + 4'), 7);      // somebody waits for it
  await browser.call('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
  await until('the page', () => page.evaluate("document.visibilityState === 'visible'"));
  const before = await count();
  await until('slices', async () => (await count()) > before + 5);
});

await test('the page met no error on the way', () => {
  equalDeep(page.problems, []);
});

await browser.end();
server.close();
rmSync(files, { recursive: true, force: true });
finish();
