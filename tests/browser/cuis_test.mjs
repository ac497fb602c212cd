// A Cuis image in a page of Chromium: its desktop, mouse, keyboard, files, and calls from the page.
// node cuis_test.mjs CHROMIUM OUT [FOLDER FOR SCREENSHOTS] (OUT: built with --page; the folder headless in it:
// headless.image, built the same way)
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';
import { displayInNode } from './node_display.mjs';
import { readPng } from './png.mjs';

const [chromium, out, pictures] = process.argv.slice(2);
const folder = resolve(out);
const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));

const kWidth = 1024;
const kHeight = 768;
// The clock and the previews of windows change with time; the page's own button stands there too.
const kTaskbarTop = 715;
// The text cursor that blinks.
const kMostDifferent = 60;

const server = await serve(folder, { port: 0 });
const browser = await Chromium.start(chromium);
const page = await browser.newPage();
const url = `http://127.0.0.1:${server.address().port}/`;

const pause = (milliseconds) => new Promise((done) => {
  setTimeout(done, milliseconds);
});
const isDrawn = () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0");
const evaluate = (source) => page.withImage(`return await image.evaluate(${JSON.stringify(source)})`);
const picture = async (name) => {
  const file = await page.screenshot();
  if (pictures) writeFileSync(join(pictures, `${name}.png`), file);
  return readPng(file);
};

// The middle of the first morph that a condition holds for, in the world's coordinates.
async function middleOf(what, morphClass, condition) {
  const find = `| found bounds | found := ${morphClass} allSubInstances detect: [ :each |
    [ each world notNil and: [ ${condition} ] ] on: Error do: [ :e | false ] ] ifNone: [ nil ].
    found ifNil: [ nil ] ifNotNil: [ bounds := found morphBoundsInWorld. { bounds center x rounded. bounds center y rounded } ]`;
  return until(what, () => evaluate(find));
}

async function clickOn(what, morphClass, condition, button) {
  const [x, y] = await middleOf(what, morphClass, condition);
  await page.click(x, y, button);
}

// What stands in the workspace, as UTF-8.
const workspaceText = () => evaluate(`((SystemWindow allSubInstances detect: [ :each |
  each world notNil and: [ each label = 'Workspace' ] ]) model actualContents asString asUtf8: true) asString`);

const clickMenuItem = (label) => clickOn(`menu item ${label}`, 'MenuItemMorph', `each contents asString = '${label}'`);

await page.size(kWidth, kHeight);
const started = Date.now();
await page.open(url);

await test('the desktop appears, as the same image draws it in Node', async () => {
  await until('the desktop', isDrawn);
  console.log(`world drawn ${Math.round(await page.evaluate("performance.getEntriesByName('stwasm-drawn')[0].startTime"))} ms after the page's begin (${Date.now() - started} ms by the clock)`);
  const expected = await displayInNode(folder, kWidth, kHeight);
  await until('the same picture', async () => {
    const actual = await picture('desktop');
    equal(actual.width, kWidth);
    let different = 0;
    const colours = new Set();
    for (let y = 0; y < kTaskbarTop; y++) {
      for (let x = 0; x < kWidth; x++) {
        colours.add(expected.pixel(x, y));
        if (actual.pixel(x, y) !== expected.pixel(x, y)) different++;
      }
    }
    ok(colours.size > 100, `the Display in Node has only ${colours.size} colours`);
    return different <= kMostDifferent;
  });
});

await test('calls from the page', async () => {
  equal(await evaluate('3 + 4'), 7);
  equal(await page.withImage("return await image.send(20, 'between:and:', 10, 30)"), true);
  equal(await page.withImage("const list = await image.evaluate('OrderedCollection new'); await list.send('add:', 'x'); return await list.printString()"),
    "an OrderedCollection('x')");
  equal(await page.withImage("return await image.evaluate('1/0').catch((error) => error.className)"), 'ZeroDivide');
});

await test('a menu opens by mouse, and a workspace from it', async () => {
  const isOpen = () => evaluate("SystemWindow allSubInstances anySatisfy: [ :each | each world notNil and: [ each label = 'Workspace' ] ]");
  // On a busy machine a click may come when the menu is about to move.
  for (let attempt = 0; attempt < 3 && !(await isOpen()); attempt++) {
    await page.click(700, 600);
    await clickMenuItem('Open...');
    await pause(200);
    await clickMenuItem('Workspace');
    await until('a workspace', isOpen, 4000).catch(() => {});
  }
  equal(await isOpen(), true);
});

await test('text is typed into the workspace, evaluated, and its result read', async () => {
  await clickOn('the text of the workspace', 'InnerTextMorph', "each owningWindow label = 'Workspace'");
  await page.type('(6 * 7) factorial printString size');
  await page.key('a', { modifiers: 2 });
  await page.key('p', { modifiers: 1 });
  await until('the printed result', async () => (await workspaceText()).endsWith(' 52 '));
  equal(await workspaceText(), '(6 * 7) factorial printString size 52 ');
  await picture('workspace');
});

await test('characters of other alphabets, dead keys and input methods', async () => {
  await page.key('a', { modifiers: 2 });
  await page.key('Dead', { code: 'BracketLeft' });      // writes nothing by itself
  await page.call('Input.insertText', { text: 'é' });
  await page.call('Input.imeSetComposition', { text: 'n', selectionStart: 1, selectionEnd: 1 });
  await page.call('Input.insertText', { text: 'ñ' });
  await page.key('€', { text: '€' });
  await until('the characters', async () => (await workspaceText()) === 'éñ€');
});

await test('text goes to the clipboard and comes from it', async () => {
  await browser.call('Browser.grantPermissions', { origin: url.slice(0, -1), permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
  await evaluate("Clipboard default storeObject: 'from Smalltalk'. 1");
  await until('the text in the browser', () => page.evaluate("navigator.clipboard.readText().then((text) => text === 'from Smalltalk')"));
  await page.evaluate("navigator.clipboard.writeText('from the browser')");
  await page.key('a', { modifiers: 2 });
  await page.call('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'v', code: 'KeyV', modifiers: 2, windowsVirtualKeyCode: 86, commands: ['paste'] });
  await until('the pasted text', async () => (await workspaceText()) === 'from the browser');
});

await test('the wheel scrolls, a finger that rests opens a menu', async () => {
  const value = "(TextModelMorph allInstances detect: [ :each | each owningWindow notNil and: [ each owningWindow label = 'Text Editor' ] ]) scrollerOffset y rounded";
  equal(await evaluate(value), 0);
  await page.click(680, 445);
  await page.mouse('mouseWheel', 680, 200, { deltaX: 0, deltaY: 400 });
  await until('scrolled text', async () => (await evaluate(value)) > 0);
  const menus = () => evaluate("(MenuMorph allInstances select: [ :each | each world notNil ]) size");
  const before = await menus();
  await page.call('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 600, y: 640 }] });
  await pause(700);
  await page.call('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until('the menu', async () => (await menus()) > before);
});

await test('the Display follows the size of the page', async () => {
  await page.size(800, 500, 2);
  await until('the smaller Display', async () => (await evaluate('Display extent printString')) === '800@500');
  equalDeep(await page.evaluate("[document.getElementById('display').width, document.getElementById('display').clientWidth]"), [800, 800]);
  await page.size(kWidth, kHeight);
  await until('the former Display', async () => (await evaluate('Display extent printString')) === `${kWidth}@${kHeight}`);
});

await test('dropped files are files of the image', async () => {
  equal(await page.withImage(`
    const target = document.getElementById('display');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['dropped text'], 'note.txt'));
    const length = page.desktop.queue.length;
    target.dispatchEvent(new DragEvent('drop', { dataTransfer, clientX: 50, clientY: 60, bubbles: true, cancelable: true }));
    await new Promise((done) => setTimeout(done, 200));
    return await image.evaluate("'/dropped/note.txt' asFileEntry textContents")`), 'dropped text\n'.trim());
});

await test('files survive a reload, deleted ones stay deleted', async () => {
  await evaluate("'kept.txt' asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: 'kept' ]. 'sub/deep.txt' asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: 'deep' ]. 'included.txt' asFileEntry textContents");
  await evaluate("'included.txt' asFileEntry delete. 'sub/deep.txt' asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: 'deeper' ]. 1");
  await page.withImage('await image.saveFiles()');
  await page.reload();
  await until('the desktop', isDrawn);
  equal(await evaluate("'kept.txt' asFileEntry textContents"), 'kept');
  equal(await evaluate("'sub/deep.txt' asFileEntry textContents"), 'deeper');
  equal(await evaluate("'included.txt' asFileEntry exists"), false);
});

await test('files go out as a zip archive and come back', async () => {
  equal(await page.withImage(`
    const archive = await image.exportFiles();
    await image.evaluate("'kept.txt' asFileEntry delete");
    await image.importFiles(archive);
    return await image.evaluate("'kept.txt' asFileEntry textContents")`), 'kept');
});

await test('sound is played, and the image hears when there is room again', async () => {
  await page.withImage(`await image.fileIn(${JSON.stringify(`Object subclass: #SoundProbe instanceVariableNames: '' classVariableNames: '' poolDictionaries: '' category: 'Probe'!
!SoundProbe methodsFor: 'primitives'!
start: frames rate: rate stereo: stereo semaphore: index
	<primitive: 'primitiveSoundStartWithSemaphore' module: 'SoundPlugin'>
	^ #failed!
space
	<primitive: 'primitiveSoundAvailableSpace' module: 'SoundPlugin'>
	^ #failed!
play: frames from: buffer startingAt: start
	<primitive: 'primitiveSoundPlaySamples' module: 'SoundPlugin'>
	^ #failed!
stop
	<primitive: 'primitiveSoundStop' module: 'SoundPlugin'>
	^ #failed! !
`)})`);
  equalDeep(await evaluate(`| probe semaphore first more played |
    probe := SoundProbe new. semaphore := Semaphore new.
    first := probe space.
    probe start: 4410 rate: 22050 stereo: true semaphore: (Smalltalk registerExternalObject: semaphore).
    more := probe space.
    played := probe play: 4000 from: ((Bitmap new: 4410) atAllPut: 16r10000100; yourself) startingAt: 11.
    semaphore wait.
    { first. more. played. probe space >= (4410 * 2). probe stop. probe space }`).then((values) => values.toSpliced(4, 1)),
  ['failed', 4410 * 4, 4000, true, 'failed']);
  equal(await page.withImage('return page.desktop.sound.played'), 4000);
});

await test('an image without a display: its output is on the page', async () => {
  const text = await browser.newPage();
  await text.open(`${url}headless/`);
  const shown = () => text.evaluate("document.getElementById('output').hidden ? '' : document.getElementById('output').textContent");
  equal(await until('the output', shown), '[log] Smalltalk image fired up!\n[log] Fixing the world\n[log] 3 + 4 = 7\n');
  equal(await text.evaluate("document.getElementById('loading').hidden"), true);
  equalDeep(text.problems, []);
  await text.close();
});

await test('the page met no error on the way', () => {
  equalDeep(page.problems, []);
});

await test('a page whose image is missing says so', async () => {
  const broken = await browser.newPage();
  await broken.call('Network.setBlockedURLs', { urls: ['*image.heap'] });
  await broken.open(url);
  const text = () => broken.evaluate("document.getElementById('failure').hidden ? '' : document.getElementById('failure').innerText");
  contains(await until('the error page', text), 'image.heap');
  await broken.close();
});

await browser.end();
server.close();
finish();
