// Makes the documentation's picture of a Smalltalk method in Chromium's DevTools.
// node devtools_picture.mjs CHROMIUM OUT PICTURE.png (OUT: Cuis, built with --page --debug -O 0)
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Chromium, until } from './chromium.mjs';
import { SourceMap } from './source_map.mjs';

const [chromium, out, picture] = process.argv.slice(2);
const folder = resolve(out);
const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));
const map = new SourceMap(readFileSync(join(folder, 'image.wasm.map'), 'utf8'));
const kDevToolsMilliseconds = 8000;  // until its panels stand

const pause = (milliseconds) => new Promise((done) => {
  setTimeout(done, milliseconds);
});

const server = await serve(folder, { port: 0 });
const browser = await Chromium.start(chromium);
const page = await browser.newPage();
let script;
let paused;
page.on('Debugger.scriptParsed', (parsed) => {
  if (parsed.url.endsWith('/image.wasm')) script = parsed;
});
page.on('Debugger.paused', (state) => {
  paused = state;
});
await page.open(`http://127.0.0.1:${server.address().port}/`);
await until('the desktop', () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));

const devTools = await browser.newPage();
await devTools.size(1200, 640);
await devTools.open(`devtools://devtools/bundled/devtools_app.html?ws=127.0.0.1:${browser.port}/devtools/page/${page.target}&panel=sources`);
await pause(kDevToolsMilliseconds);

await page.call('Debugger.enable');
await until('the module', () => script);
const columnNumber = map.offsetOf('smalltalk/Interval/do:.st', 4);
await page.call('Debugger.setBreakpoint', { location: { scriptId: script.scriptId, lineNumber: 0, columnNumber } });
page.withImage("return await image.evaluate('(5 to: 7) do: [ :each | each ]')").catch(() => {});
// DevTools stops once in code of its own.
while (!(await until('the breakpoint', () => paused)).callFrames[0].functionName.includes('Interval>>do:')) {
  paused = undefined;
  await page.call('Debugger.resume');
}
await pause(kDevToolsMilliseconds);
writeFileSync(picture, await devTools.screenshot());
await browser.end();
server.close();
