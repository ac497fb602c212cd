// The entry point of a built folder. `node stwasm.mjs run` starts its image; a page or program says
//   import { open } from './stwasm.mjs';
//   const image = await open({ evaluate: '3 + 4' });
//   const exitCode = await image.run();
import { loadBuiltFolder } from './image_loader.mjs';

const kFolder = new URL('.', import.meta.url);
const hasNode = typeof globalThis.process?.versions?.node === 'string';

async function platformFor(folder, options) {
  if (hasNode) {
    const [{ NodePlatform }, { fileURLToPath }] =
      await Promise.all([import('./platform_node.mjs'), import('node:url')]);
    return new NodePlatform(fileURLToPath(folder));
  }
  const { BrowserPlatform } = await import('./platform_browser.mjs');
  return new BrowserPlatform(folder, options);
}

// The engine compiles while the rest of the host is loaded. Whoever asks for the parts is told what failed.
function beginLoading(platform) {
  const parts = loadBuiltFolder(platform);
  parts.catch(() => {});
  return parts;
}

// Loads the image of this folder; see Machine for the options. It runs when it is told to.
export async function open(options = {}) {
  const platform = options.platform ?? await platformFor(kFolder, options);
  const parts = beginLoading(platform);
  const { Machine } = await import('./machine.mjs');
  const machine = new Machine(platform, { ...options, parts });
  await machine.load();
  return machine;
}

if (hasNode && import.meta.main) {
  const platform = await platformFor(kFolder);
  const parts = globalThis.process.argv[2] === 'run' ? beginLoading(platform) : undefined;
  if (parts) await platform.pause(0);   // files are read now: loading modules keeps Node's thread until all are there
  const { main } = await import('./command_line.mjs');
  await main(kFolder, platform, parts);
}
