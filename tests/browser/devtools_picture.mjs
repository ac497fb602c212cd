// Makes the documentation's picture of a Smalltalk method in Chromium's DevTools.
// node devtools_picture.mjs CHROMIUM OUT PICTURE.png (OUT: Cuis, built with --page --debug -O 0)
import { writeFileSync } from 'node:fs';
import { until } from './chromium.mjs';
import { DebuggedPage } from './debugged_page.mjs';

const [chromium, out, picture] = process.argv.slice(2);
const kDevToolsMilliseconds = 8000;  // until its panels stand

const pause = (milliseconds) => new Promise((done) => {
  setTimeout(done, milliseconds);
});

const debugged = await DebuggedPage.open(chromium, out);
const { browser, page } = debugged;
const devTools = await browser.newPage();
await devTools.size(1200, 640);
await devTools.open(`devtools://devtools/bundled/devtools_app.html?ws=127.0.0.1:${browser.port}/devtools/page/${page.target}&panel=sources`);
await pause(kDevToolsMilliseconds);

await debugged.debug();
await debugged.breakAt('smalltalk/Interval/do:.st', 4);
page.withImage("return await image.evaluate('(5 to: 7) do: [ :each | each ]')").catch(() => {});
// DevTools stops once in code of its own.
let paused = await until('the breakpoint', () => debugged.paused);
while (!paused.callFrames[0].functionName.includes('Interval>>do:')) paused = await debugged.pauseBy('Debugger.resume');
await pause(kDevToolsMilliseconds);
writeFileSync(picture, await devTools.screenshot());
await debugged.end();
