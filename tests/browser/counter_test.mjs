// The example counter in a page of Chromium: clicks send messages to a Smalltalk object.
// node counter_test.mjs CHROMIUM OUT (OUT: the composed counter, built, with the example's page in it)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, finish, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';

const [chromium, out] = process.argv.slice(2);
const folder = resolve(out);
const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));

const server = await serve(folder, { port: 0 });
const browser = await Chromium.start(chromium);
const page = await browser.newPage();

await test('clicks count in Smalltalk', async () => {
  await page.open(`http://127.0.0.1:${server.address().port}/`);
  await until('the button', () => page.evaluate("document.getElementById('count')?.disabled === false"));
  for (const count of ['1', '2', '3']) {
    await page.evaluate("document.getElementById('count').click()");
    await until(`the count ${count}`, () => page.evaluate(`document.getElementById('count').textContent === '${count}'`));
  }
  equal(await page.evaluate("document.getElementById('count').textContent"), '3');
});

await browser.end();
server.close();
finish();
