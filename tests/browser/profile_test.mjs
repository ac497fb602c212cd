// The page of `stwasm run --profile-report` in Chromium, as a file: flame graph, search, tables.
// node profile_test.mjs CHROMIUM PAGE.html (of examples/fibonacci); or with PICTURE.png behind: only makes a picture of a page
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { Chromium } from './chromium.mjs';

const [chromium, report, picture] = process.argv.slice(2);
const kMethod = 'Integer>>fibonacci';
const browser = await Chromium.start(chromium);
const page = await browser.newPage();
await page.size(1200, picture === undefined ? 800 : 640);
await page.open(pathToFileURL(resolve(report)).href);
if (picture !== undefined) {
  writeFileSync(picture, await page.screenshot());
  await browser.end();
  process.exit();
}

const count = (selector) => page.evaluate(`document.querySelectorAll('${selector}').length`);
const boxes = () => page.evaluate("[...document.querySelectorAll('#graph div')].map((box) => [box.textContent, box.offsetWidth])");
const widthOf = async (name) => Math.max(0, ...(await boxes()).filter(([text]) => text === name).map(([, width]) => width));

async function clickOn(expression) {
  const { x, y } = await page.evaluate(`(() => { const element = ${expression};
    element.scrollIntoView({ block: 'nearest' });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 }; })()`);
  await page.click(x, y);
}

const boxOf = (name) => `[...document.querySelectorAll('#graph div')].find((box) => box.textContent === '${name}')`;

await test('the graph is drawn, everything at the top and the program in it', async () => {
  const [first, width] = (await boxes())[0];
  equal(first, 'all');
  ok(width > 1000, `${width} pixels`);
  ok(await widthOf(kMethod) > 100, 'the method that does the work');
});

await test('a click makes a call as wide as the page, and the button shows all again', async () => {
  const before = await widthOf(kMethod);
  await clickOn(boxOf(kMethod));
  ok(await widthOf(kMethod) > 1000);
  await clickOn("document.getElementById('reset')");
  equal(await widthOf(kMethod), before);
});

await test('the search box marks calls and filters the table', async () => {
  await clickOn("document.getElementById('search')");
  await page.type('FIBONACCI');
  const found = await page.evaluate("[...new Set([...document.querySelectorAll('#graph div.found')].map((box) => box.textContent))]");
  ok(found.includes(kMethod), found.join());
  ok(found.every((name) => name.toLowerCase().includes('fibonacci')), found.join());
  ok(/^[\d.,]+ ms in what is found \(\d+\.\d %\)$/.test(await page.evaluate("document.getElementById('matched').textContent")));
  const rows = await page.evaluate("[...document.querySelectorAll('#table tr')].slice(1).map((row) => row.textContent)");
  ok(rows.length > 0 && rows.every((row) => row.toLowerCase().includes('fibonacci')), rows.join('\n'));
});

await test('the tables', async () => {
  await clickOn("[...document.querySelectorAll('#tabs button')].find((tab) => tab.textContent === 'Sends by site')");
  const rows = await page.evaluate(`[...document.querySelectorAll('#table tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent))`);
  equalDeep(rows[0], ['sends', 'hits', 'misses', 'selector', 'method, pc', 'receivers']);
  // 27 fibonacci: each of 635,621 activations compares once.
  equalDeep(rows[1].slice(0, 4), ['635,621', '635,621', '0', '<']);
  equal(await count('#tabs button[aria-selected=true]'), 1);
});

await test('no script failed, nothing was asked of a network', () => equalDeep(page.problems, []));

await browser.end();
finish();
