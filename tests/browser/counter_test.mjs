// The example counter in a page of Chromium: clicks send messages to a Smalltalk object; what is held on both sides.
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

// `body` runs in the page with an image, gone(name): whether the engine has freed what was watched under that name, and
// watch(object, name).
function withCollections(body) {
  return page.evaluate(`(async () => {
    const { open } = await import('./stwasm.mjs');
    const image = await open();
    const freed = new Set();
    const registry = new FinalizationRegistry((name) => freed.add(name));
    const watch = (object, name) => registry.register(object, name);
    const gone = async (name) => {
      for (let i = 0; i < 20 && !freed.has(name); i++) {
        gc();
        await new Promise((done) => setTimeout(done, 10));
      }
      return freed.has(name);
    };
    const make = async (name, selector = 'new', ...values) => image.send(await image.global(name), selector, ...values);
    ${body}
  })()`);
}

await test("a page's object that Smalltalk holds keeps its identity, and is freed with the last reference", async () => {
  equalDeep(await withCollections(`
    const list = await make('OrderedCollection');
    const put = async () => {
      const object = { kept: true };
      watch(object, 'object');
      await list.send('add:', object);
      return await list.send('first') === object;
    };
    const isSame = await put();
    const early = await gone('object');
    const { kept } = await list.send('first');
    await list.send('removeFirst');
    await image.send(3, '+', 4);
    return { isSame, early, kept, late: await gone('object') };`), { isSame: true, early: false, kept: true, late: true });
});

await test('a Smalltalk object that the page holds keeps its identity, and is freed with the last reference', async () => {
  equalDeep(await withCollections(`
    const weak = await make('WeakArray', 'new:', 1);
    const held = [await make('Counter')];
    watch(held[0], 'wrapper');
    await weak.send('at:put:', 1, held[0]);
    const early = await gone('wrapper');
    const isSame = await weak.send('at:', 1) === held[0];
    held.pop();
    await image.send(3, '+', 4);
    const late = await gone('wrapper');
    let inSmalltalk = true;
    for (let i = 0; i < 20 && inSmalltalk; i++) {
      gc();
      await new Promise((done) => setTimeout(done, 10));
      inSmalltalk = await weak.send('at:', 1) !== null;
    }
    return { early, isSame, late, inSmalltalk };`), { early: false, isSame: true, late: true, inSmalltalk: false });
});

await test('a cycle through both sides is freed', async () => {
  equalDeep(await withCollections(`
    const begin = async () => {
      const object = { list: await make('OrderedCollection') };
      watch(object, 'object');
      watch(object.list, 'list');
      await object.list.send('add:', object);
      return await object.list.send('first') === object;
    };
    const isSame = await begin();
    await image.send(3, '+', 4);
    return { isSame, object: await gone('object'), list: await gone('list') };`), { isSame: true, object: true, list: true });
});

await browser.end();
server.close();
finish();
