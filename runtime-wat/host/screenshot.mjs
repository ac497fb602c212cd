// The Display of an image as a PNG file, for hosts without a screen. Only for Node.
import { crc32, deflateSync } from 'node:zlib';
import { standardPalette } from './palette.mjs';

const kPageSize = 65536;
const kPaletteBytes = 1024;

// { width, height, pixels } with red, green, blue and alpha of each pixel; null while there is no Display.
export function displayPixels(exports) {
  const size = exports.displaySize();
  const [width, height] = [size >>> 16, size & 0xffff];
  if (width === 0 || height === 0) return null;
  const { memory, heapBase } = exports;
  const frame = heapBase.value + kPaletteBytes;   // where the heap file was while it was loaded
  const missing = frame + 4 * width * height - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / kPageSize));
  new Uint32Array(memory.buffer, heapBase.value, kPaletteBytes / 4).set(standardPalette());
  if (exports.copyDisplay(0, 0, width, height, frame, heapBase.value) === 0) return null;
  return { width, height, pixels: new Uint8Array(memory.buffer, frame, 4 * width * height).slice() };
}

function chunk(type, bytes) {
  const data = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
  const made = Buffer.alloc(data.length + 8);
  made.writeUInt32BE(bytes.length, 0);
  data.copy(made, 4);
  made.writeUInt32BE(crc32(data), data.length + 4);
  return made;
}

// Eight bits a sample, no alpha, no filter: what every reader of PNG files understands.
export function pngOf({ width, height, pixels }) {
  const rows = Buffer.alloc(height * (3 * width + 1));
  let to = 0;
  for (let y = 0, from = 0; y < height; y++) {
    to++;
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = pixels[from];
      rows[to++] = pixels[from + 1];
      rows[to++] = pixels[from + 2];
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
