// What keeps the host fit for browsers: common modules without anything of Node, and the browser's platform driven through
// a fetch of the test's own.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { BrowserPlatform } from '../../runtime-wat/host/platform_browser.mjs';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';

const kHost = new URL('../../runtime-wat/host/', import.meta.url);

// These run in Node only, and are imported by one another or when Node is there.
const kOnlyForNode = new Set(['command_line.mjs', 'disk_folder.mjs', 'platform_node.mjs', 'screenshot.mjs', 'serve.mjs',
  'profile_sampler.mjs', 'profiling.mjs', 'standard_streams_node.mjs']);

await test('modules that browsers load import and use nothing of Node', () => {
  for (const name of readdirSync(kHost)) {
    if (kOnlyForNode.has(name) || !name.endsWith('.mjs')) continue;
    const text = readFileSync(new URL(name, kHost), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
    ok(!/^\s*import .* from 'node:/m.test(text), `${name} imports from Node`);
    ok(!/\b(Buffer|require|__dirname)\b/.test(text), `${name} uses what only Node has`);
    for (const [, imported] of text.matchAll(/^\s*import .* from '\.\/(.*)';/gm)) {
      ok(!kOnlyForNode.has(imported), `${name} imports ${imported}`);
    }
  }
});

// A server on this machine with the given files: { path: [type, body] }.
async function serving(files, body) {
  const server = createServer((request, response) => {
    const file = files[request.url];
    response.writeHead(file ? 200 : 404, file ? { 'content-type': file[0] } : {});
    response.end(file?.[1]);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`http://127.0.0.1:${server.address().port}/out/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const kEmptyModule = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

await test('a built folder is loaded from a server', () => serving({
  '/out/manifest.json': ['application/json', '{"imageName":"x.image"}'],
  '/out/image.wasm': ['application/wasm', kEmptyModule],
  '/out/plain.wasm': ['application/octet-stream', kEmptyModule],
  '/out/files/x.changes': ['application/octet-stream', 'changes'],
}, async (base) => {
  const platform = new BrowserPlatform(base);
  equal((await platform.readJson('manifest.json')).imageName, 'x.image');
  ok(await platform.compile('image.wasm') instanceof WebAssembly.Module);
  ok(await platform.compile('plain.wasm') instanceof WebAssembly.Module);
  const read = await platform.fileReader('files/x.changes');
  equal(new TextDecoder().decode(read()), 'changes');
  await platform.readBytes('none').then(() => ok(false), (error) => contains(error.message, '404'));
}));

await test('output comes line by line, characters whole', () => {
  const lines = [];
  const { standardStreams } = new BrowserPlatform('http://127.0.0.1/', { onOutput: (line) => lines.push(line) });
  for (const byte of new TextEncoder().encode('one\ntwé\nrest')) standardStreams.output.write(new Uint8Array([byte]));
  equalDeep(lines, ['one', 'twé']);
});

await test('an image in a hidden page rests until it is seen, or something is to be done', async () => {
  const page = new EventTarget();
  page.hidden = true;
  globalThis.document = page;
  const order = [];
  const rest = (name, platform, signal) => platform.untilAwake(signal).then(() => order.push(name));
  const awake = new BrowserPlatform('http://localhost/');
  const sleeping = new BrowserPlatform('http://localhost/', { sleepWhenHidden: true });
  const control = new AbortController();
  const waiting = [rest('seen', sleeping, new AbortController().signal), rest('called', sleeping, control.signal)];
  await rest('not asked to rest', awake, control.signal);
  control.abort();
  await waiting[1];
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  await Promise.all(waiting);
  await rest('visible', sleeping, control.signal);
  delete globalThis.document;
  equalDeep(order, ['not asked to rest', 'called', 'seen', 'visible']);
});

finish();
