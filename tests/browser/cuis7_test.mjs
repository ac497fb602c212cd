// A Cuis 7 image in a page. The image was saved with a Display of one bit and an empty world: what its user would choose
// from menus, a deep Display and the default desktop, it is told; then it is used with mouse and keyboard.
// node cuis7_test.mjs CHROMIUM OUT [FOLDER FOR SCREENSHOTS] (OUT: built with --page)
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';
import { displayInNode } from './node_display.mjs';
import { readPng } from './png.mjs';

const [chromium, out, pictures] = process.argv.slice(2);
const folder = resolve(out);
const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));

const kWidth = 1024;
const kHeight = 768;
// The clock and the page's own button stand in the taskbar.
const kTaskbarTop = 700;
const kMostDifferent = 60;
const kPatience = 5000;
const kLongestText = 40;         // in a stack trace

const kDesktop = `Display newDepth: 32. (Delay forMilliseconds: 300) wait.
  UISupervisor ui recreateDefaultDesktop. (Delay forMilliseconds: 1000) wait.
  UISupervisor ui restoreDisplay. (Delay forMilliseconds: 1000) wait. nil`;

const server = await serve(folder, { port: 0 });
const browser = await Chromium.start(chromium);
const page = await browser.newPage();
const evaluate = (source) => page.withImage(`return await image.evaluate(${JSON.stringify(source)})`);
const picture = async (name) => {
  const file = await page.screenshot();
  if (pictures) writeFileSync(join(pictures, `${name}.png`), file);
  return readPng(file);
};

// The image throws mouse events away when its world has not asked for events for half a second (EventSensor>>eventTickler),
// and while it evaluates something for us its world does not run: on a busy machine every second click was lost. So it is
// asked nothing before it has taken its events.
const taken = () => until('the image to take its events', () => page.withImage('return page.desktop.queue.length === 0'));
async function click(x, y) {
  await page.click(x, y);
  await taken();
}
async function moveTo(x, y) {
  await page.mouse('mouseMoved', x, y);
  await taken();
}

// The middle of the first morph that a condition holds for.
async function middleOf(what, morphClass, condition) {
  return until(what, () => evaluate(`| found | found := ${morphClass} allSubInstances asArray detect: [ :each |
    each world notNil and: [ ${condition} ] ] ifNone: [ nil ].
    found ifNil: [ nil ] ifNotNil: [ { found displayBounds center x rounded. found displayBounds center y rounded } ]`), kPatience);
}

const middleOfItem = (label) => middleOf(`menu item ${label}`, 'MenuItemMorph', `each contents asString = '${label}'`);
const isOpen = () => evaluate("SystemWindow allSubInstances anySatisfy: [ :each | each world notNil and: [ each label asString = 'Workspace' ] ]");

await page.size(kWidth, kHeight);
await page.open(`http://127.0.0.1:${server.address().port}/`);

await test('the Display of one bit is shown', async () => {
  await until('a picture', () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));
  equalDeep(await evaluate('{ Display width. Display height. Display depth }'), [kWidth, kHeight, 1]);
  equal((await picture('cuis7-one-bit')).pixel(500, 300), 0);
});

await test('texts beyond 8 bits are strings on both sides', async () => {
  equal(await evaluate("'h\u00e4\u20ac\u{1f600}'"), 'h\u00e4\u20ac\u{1f600}');
  equal(await evaluate("'\u6f22\u5b57' asSymbol"), '\u6f22\u5b57');
  equalDeep(await page.withImage(`
    const described = await image.evaluate('[ :text | { text. text size. text class name. text = (UnicodeString fromCodePoints: #(26408 23383 128512)) } ]');
    return [await described('text'), await described('\u00e9'), await described('\u6728\u5b57\u{1f600}')]`), [
    ['text', 4, 'String', false], ['\u00e9', 1, 'String', false], ['\u6728\u5b57\u{1f600}', 3, 'UnicodeString', true]]);
  const receiver = (source) => page.withImage(`return image.evaluate(${JSON.stringify(source)}).then(() => null,
    ({ smalltalkStack }) => smalltalkStack.find(({ selector }) => selector === 'doesNotUnderstand:').receiver)`);
  equal(await receiver("'\u6728\u5b57' foo"), "'\u6728\u5b57'");
  equal(await receiver("(UnicodeString new: 200 withAll: (Character codePoint: 16r6728)) foo"), `'${'\u6728'.repeat(kLongestText)}...'`);
});

await test('the desktop appears, as the same image draws it in Node', async () => {
  const expected = await displayInNode(folder, kWidth, kHeight, kDesktop);
  await evaluate(kDesktop);
  await until('the same picture', async () => {
    const actual = await picture('cuis7-desktop');
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

await test('a menu opens by mouse, and a workspace from it', async () => {
  await click(800, 100);
  await moveTo(...await middleOfItem('Open'));      // its submenu opens by itself
  const place = await middleOfItem('Workspace');
  await moveTo(...place);
  await middleOf('the selected item', 'MenuItemMorph', "(each instVarNamed: 'isSelected') == true and: [ each contents asString = 'Workspace' ]");
  await click(...place);
  await until('a workspace', isOpen, kPatience);
});

await test('text is typed into the workspace, evaluated, and its result read', async () => {
  await click(...await middleOf('the text of the workspace', 'InnerTextMorph',
    "each owningWindow notNil and: [ each owningWindow label asString = 'Workspace' ]"));
  await page.type('(6 * 7) factorial printString size');
  await page.key('a', { modifiers: 2 });
  await page.key('p', { modifiers: 1 });
  await until('the printed result', () => evaluate(`((SystemWindow allSubInstances asArray detect: [ :each |
    each world notNil and: [ each label asString = 'Workspace' ] ]) model actualContents asString) beginsWith: '(6 * 7) factorial printString size 52'`));
  await picture('cuis7-workspace');
});

await test('a file is dropped, and the image asks there what to do with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-dropped-'));
  const file = join(folder, 'dropped.st');
  writeFileSync(file, "Smalltalk at: #DroppedValue put: 6 * 7!\n");
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await page.call('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
  const [x, y] = await middleOfItem('file in');
  ok(Math.abs(x - 700) < 400 && Math.abs(y - 500) < 200, `the menu is at ${x}, ${y}`);
  await click(x, y);
  await until('the value', async () => (await evaluate('Smalltalk at: #DroppedValue ifAbsent: [ nil ]')) === 42);
  rmSync(folder, { recursive: true });
});

await test('the page met no error on the way', () => {
  equalDeep(page.problems, []);
});

await browser.end();
server.close();
finish();
