// A Smalltalk method under Chromium's debugger: a breakpoint on a line of its source, what its temporaries hold, a step.
// node debugger_test.mjs CHROMIUM OUT (OUT: Cuis, built with --page --debug -O 0)
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contains, equal, finish, ok, test } from '../harness.mjs';
import { Chromium, until } from './chromium.mjs';
import { SourceMap } from './source_map.mjs';

const [chromium, out] = process.argv.slice(2);
const folder = resolve(out);
const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));
const map = new SourceMap(readFileSync(join(folder, 'image.wasm.map'), 'utf8'));
const kMethod = 'smalltalk/Interval/do:.st';  // 1 to: count do: [ :i | aBlock value: (self at: i) ], in four lines
const kMostSteps = 200;

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

const pauseBy = async (command) => {
  paused = undefined;
  await page.call(command);
  return until('a pause', () => paused);
};
const placeOf = (state) => map.placeOf(state.callFrames[0].location.columnNumber);
const localsOf = async (state) => {
  const scope = state.callFrames[0].scopeChain.find(({ type }) => type === 'local');
  const { result } = await page.call('Runtime.getProperties', { objectId: scope.object.objectId });
  return new Map(result.map(({ name, value }) => [name, value]));
};

await page.open(`http://127.0.0.1:${server.address().port}/`);
await until('the desktop', () => page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));
await page.call('Debugger.enable');

await test('the module names its source map', async () => {
  await until('the module', () => script);
  equal(script.sourceMapURL, 'image.wasm.map');
  contains(map.texts[map.sources.indexOf(kMethod)], '1 to: count do: [ :i |');
});

let answer;
await test('a breakpoint on a line of a method stops there', async () => {
  const columnNumber = map.offsetOf(kMethod, 4);
  await page.call('Debugger.setBreakpoint', { location: { scriptId: script.scriptId, lineNumber: 0, columnNumber } });
  answer = page.withImage("return await image.evaluate('| sum | sum := 0. (5 to: 7) do: [ :each | sum := sum + each ]. sum')");
  await until('the breakpoint', () => paused);
  contains(paused.callFrames[0].functionName, 'Interval>>do:');
  const place = placeOf(paused);
  equal(place.source, kMethod);
  equal(place.text, 'aBlock value: (self at: i) ]');
});

await test('temporaries can be read under their names', async () => {
  const locals = await localsOf(paused);
  const names = [...locals.keys()];
  ok(names.some((name) => name.startsWith('$aBlock.')), names.join(' '));
  const { result } = await page.call('Runtime.getProperties', {
    objectId: locals.get(names.find((name) => name.startsWith('$i.'))).objectId,
  });
  equal(result.find(({ name }) => name === 'value').value.value, 1);
});

await test('stepping goes on to the next line of the method', async () => {
  let place = placeOf(paused);
  for (let i = 0; i < kMostSteps && place.line === 4; i++) place = placeOf(await pauseBy('Debugger.stepOver'));
  equal(place.source, kMethod);
  equal(place.text, '1 to: count do: [ :i |');
});

await test('the stack has the senders by name', () => {
  const senders = paused.callFrames.map(({ functionName }) => functionName).join(' ');
  contains(senders, 'Interval>>do:');
});

await test('the program goes on to its answer', async () => {
  await page.call('Debugger.disable');
  equal(await answer, 18);
});

await browser.end();
server.close();
finish();
