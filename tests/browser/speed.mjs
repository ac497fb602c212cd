// How fast an image is in a page of Chromium: from the page's begin to the first picture, pictures a second while a
// window is dragged, the longest time slice meanwhile, sends a second. A measurement, not a test:
// node speed.mjs CHROMIUM OUT [SECONDS] (OUT: a Cuis image, built with --page and the optimisation to be measured)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Chromium, until } from './chromium.mjs';

const [chromium, out, seconds = '4'] = process.argv.slice(2);
const { serve } = await import(pathToFileURL(join(resolve(out), 'serve.mjs')));
const kRepeats = 5;

const server = await serve(out, { port: 0 });
const browser = await Chromium.start(chromium);
const page = await browser.newPage();
await page.size(1024, 768);
const url = `http://127.0.0.1:${server.address().port}/`;
const isDrawn = () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0");

const drawn = [];
for (let i = 0; i < kRepeats; i++) {
  await (i === 0 ? page.open(url) : page.reload());
  await until('the desktop', isDrawn);
  drawn.push(Math.round(await page.evaluate("performance.getEntriesByName('stwasm-drawn')[0].startTime")));
}
console.log(`world drawn after ${drawn.join(', ')} ms (the first without a cache)`);

// benchFib answers how many sends it took.
for (const source of ['32 benchFib']) {
  const rates = [];
  for (let i = 0; i < kRepeats; i++) {
    rates.push(await page.withImage(`
      const started = performance.now();
      const sends = await image.evaluate('${source}');
      return sends / (performance.now() - started) * 1000`));
  }
  console.log(`${source}: ${(Math.max(...rates) / 1e6).toFixed(0)} million sends a second`);
}

// The window follows a pointer that moves with each picture of the browser.
const dragged = await page.withImage(`
  const canvas = document.getElementById('display');
  const send = (type, x, y, buttons) => canvas.dispatchEvent(new PointerEvent(type,
    { clientX: x, clientY: y, buttons, button: 0, pointerType: 'mouse', pointerId: 1, bubbles: true, cancelable: true }));
  const frame = () => new Promise(requestAnimationFrame);
  canvas.setPointerCapture = () => {};
  send('pointermove', 700, 18, 0);
  for (let i = 0; i < 20; i++) await frame();
  send('pointerdown', 700, 18, 1);
  // What is not compiled yet is slow.
  const move = (angle) => send('pointermove', 600 + 100 * Math.cos(angle), 150 + 100 * Math.sin(angle), 1);
  for (let i = 0; i < 120; i++) {
    move(i * 0.08);
    await frame();
  }
  Object.assign(page.slices, { count: 0, total: 0, longest: 0, long: 0 });
  const [started, before] = [performance.now(), page.desktop.screen.frames];
  let pictures = 0;
  for (let angle = 0; performance.now() - started < ${Number(seconds) * 1000}; angle += 0.08, pictures++) {
    move(angle);
    await frame();
  }
  const time = (performance.now() - started) / 1000;
  const frames = page.desktop.screen.frames - before;
  send('pointerup', 600, 150, 0);
  return { drawn: frames / time, browser: pictures / time, ...page.slices }`);
console.log(`window dragged: ${dragged.drawn.toFixed(1)} pictures a second of the browser's ${dragged.browser.toFixed(1)}; ` +
  `longest slice ${dragged.longest.toFixed(1)} ms, ${dragged.long} of ${dragged.count} over 12 ms`);
await browser.end();
server.close();
