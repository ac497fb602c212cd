// A Smalltalk method under Chromium's debugger: a breakpoint on a line of its source, what its temporaries hold, a step.
// node debugger_test.mjs CHROMIUM OUT (OUT: Cuis, built with --page --debug -O 0)
import { contains, equal, finish, ok, test } from '../harness.mjs';
import { until } from './chromium.mjs';
import { DebuggedPage } from './debugged_page.mjs';

const kMethod = 'smalltalk/Interval/do:.st';  // 1 to: count do: [ :i | aBlock value: (self at: i) ], in four lines
const kMostSteps = 200;

const debugged = await DebuggedPage.open(...process.argv.slice(2));
const { map, page } = debugged;
let paused;

const placeOf = (state) => map.placeOf(state.callFrames[0].location.columnNumber);
const localsOf = async (state) => {
  const scope = state.callFrames[0].scopeChain.find(({ type }) => type === 'local');
  const { result } = await page.call('Runtime.getProperties', { objectId: scope.object.objectId });
  return new Map(result.map(({ name, value }) => [name, value]));
};

await debugged.debug();

await test('the module names its source map', () => {
  equal(debugged.script.sourceMapURL, 'image.wasm.map');
  contains(map.texts[map.sources.indexOf(kMethod)], '1 to: count do: [ :i |');
});

let answer;
await test('a breakpoint on a line of a method stops there', async () => {
  await debugged.breakAt(kMethod, 4);
  answer = page.withImage("return await image.evaluate('| sum | sum := 0. (5 to: 7) do: [ :each | sum := sum + each ]. sum')");
  paused = await until('the breakpoint', () => debugged.paused);
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
  for (let i = 0; i < kMostSteps && place.line === 4; i++) place = placeOf(await debugged.pauseBy('Debugger.stepOver'));
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

await debugged.end();
finish();
