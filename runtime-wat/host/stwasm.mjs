// The entry point of a built folder. `node stwasm.mjs run` starts its image; a page or program says
//   import { open } from './stwasm.mjs';
//   const image = await open({ evaluate: '3 + 4' });
//   const exitCode = await image.run();
import { Machine } from './machine.mjs';

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

// Loads the image of this folder; see Machine for the options. It runs when it is told to.
export async function open(options = {}) {
  const machine = new Machine(options.platform ?? await platformFor(kFolder, options), options);
  await machine.load();
  return machine;
}

if (hasNode && import.meta.main) {
  const { main } = await import('./command_line.mjs');
  await main(kFolder);
}
