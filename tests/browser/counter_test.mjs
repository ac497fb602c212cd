// The example counter in a page of Chromium: clicks send messages to a Smalltalk object.
// node counter_test.mjs CHROMIUM OUT (OUT: the composed counter, built, with the example's page in it)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, equalDeep, finish, test } from '../harness.mjs';
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

await test('an error in Smalltalk comes with its stack', async () => {
  const { message, stack } = await page.evaluate(`(async () => {
    const { open } = await import('./stwasm.mjs');
    const image = await open();
    const counter = await image.send(await image.global('Counter'), 'new');
    try {
      await image.send(counter, 'decrement');
    } catch (error) {
      return { message: error.message, stack: error.smalltalkStack };
    }
  })()`);
  equal(message, 'Error: A counter does not go below 0');
  const { className, selector, receiver } = stack.at(-1);
  equalDeep({ className, selector, receiver }, { className: 'Counter', selector: 'decrement', receiver: 'a Counter' });
});

await browser.end();
server.close();
finish();
