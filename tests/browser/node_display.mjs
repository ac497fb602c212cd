// The Display of an image that runs in Node, without a screen: what a page must show.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from './chromium.mjs';

// Runs the image, and evaluates `source` in it, for so long that its Display does not change any more; answers its pixels
// as 0xRRGGBB.
export async function displayInNode(folder, width, height, source = 'nil') {
  const load = (name) => import(pathToFileURL(join(folder, name)));
  const { open } = await load('stwasm.mjs');
  const { headlessDisplayImports } = await load('headless_display.mjs');
  let exports = null;
  let shown = 0;
  const display = {
    imports: (transfer) => ({
      ...headlessDisplayImports(transfer),
      screenSize: () => (width << 16) | height,
      displayShow: () => {
        shown = Date.now();
      },
    }),
    attach: (attached) => {
      exports = attached;
    },
  };
  const image = await open({ display });
  await image.evaluate('(Delay forMilliseconds: 700) wait');
  await image.evaluate(source);
  await until('the Display in Node', () => shown > 0);
  const base = exports.heapBase.value;
  const missing = base + 4 * width * height - exports.memory.buffer.byteLength;
  if (missing > 0) exports.memory.grow(Math.ceil(missing / 65536));
  if (exports.copyDisplay(0, 0, width, height, base, base) !== 1) throw new Error('there is no Display in Node');
  const pixels = new Uint8Array(exports.memory.buffer, base, 4 * width * height).slice();
  return {
    width, height,
    pixel: (x, y) => {
      const at = 4 * (y * width + x);
      return (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    },
  };
}
