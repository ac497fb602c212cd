// Images composed from source in pages of Chromium: output, the page used by Smalltalk.
// node examples_test.mjs CHROMIUM FOLDER (FOLDER has hello and dom, built with --page)
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, equalDeep, finish, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';

const [chromium, out] = process.argv.slice(2);
const folder = resolve(out);
const { serve } = await import(pathToFileURL(join(folder, 'hello', 'serve.mjs')));
const server = await serve(folder, { port: 0 });
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await Chromium.start(chromium);

async function pageOf(name) {
  const page = await browser.newPage();
  await page.open(`${origin}/${name}/`);
  return page;
}

await test('hello: the result is on the page', async () => {
  const page = await pageOf('hello');
  equal(await until('the output', () => page.evaluate("document.getElementById('output').textContent")), '7\n');
  equalDeep(page.problems, []);
  await page.close();
});

await test('Smalltalk makes a part of the page, where that is permitted', async () => {
  writeFileSync(join(folder, 'dom', 'page.json'), JSON.stringify({ permissions: { dom: true, network: [origin] } }));
  const page = await pageOf('dom');
  await until('the button', () => page.evaluate("document.getElementById('made') !== null"));
  equal(await page.evaluate('document.title'), 'made by Smalltalk');
  equalDeep(await page.evaluate("[...document.getElementById('drawing').getContext('2d').getImageData(2, 2, 1, 1).data]"), [255, 128, 0, 255]);
  await page.evaluate("document.getElementById('made').click()");
  await until('the answer to the click', () => page.evaluate("document.getElementById('made').textContent === 'pressed, click'"));
  equal(await until('what was fetched', () => page.evaluate("document.getElementById('output').textContent")), 'dom\n');
  equalDeep(page.problems, []);
  await page.close();
});

await test('where it is not permitted, Smalltalk gets an error, and the page counts it', async () => {
  writeFileSync(join(folder, 'dom', 'page.json'), JSON.stringify({ askBeforeLeaving: false }));
  const page = await pageOf('dom');
  const text = await until('the error page', () => page.evaluate("document.getElementById('failure').hidden ? '' : document.getElementById('failure').innerText"));
  equal(text.split('\n')[0], 'The image has quit');
  equal(await page.evaluate("document.getElementById('output').textContent.includes('the permission dom is not given')"), true);
  equalDeep(await page.withImage('return image.refusals()'), [['dom HTMLDocument', 1]]);
  await page.close();
});

await browser.end();
server.close();
finish();
