// Cursors: Forms of one bit with an optional mask, or of 32 bits, as images for the style of a canvas.

const kBlack = 0xff000000;
const kWhite = 0xffffffff;
const kTransparent = 0;

// The cursor in the transfer area; types/host.wat says how it stands there.
export function readCursor(transfer) {
  const [width, height, depth, offsetX, offsetY, count, maskCount] = transfer.words(0, 7);
  return {
    width, height, depth, hotX: -offsetX, hotY: -offsetY,
    bits: new Uint32Array(transfer.words(28, count)),
    mask: maskCount > 0 ? new Uint32Array(transfer.words(28 + 4 * count, maskCount)) : null,
  };
}

// Pixels as canvases have them. Of one bit: set is black; not set is white where the mask is set.
export function cursorPixels({ width, height, depth, bits, mask }) {
  const pixels = new Uint32Array(width * height);
  const bit = (words, x, y) => ((words[y * Math.ceil(width / 32) + (x >> 5)] ?? 0) >>> (31 - (x & 31))) & 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let pixel;
      if (depth === 32) {
        const word = bits[y * width + x] ?? 0;
        pixel = (word & 0xff00ff00) | ((word >>> 16) & 0xff) | ((word & 0xff) << 16);
      } else if (bit(bits, x, y) === 1) {
        pixel = kBlack;
      } else {
        pixel = mask !== null && bit(mask, x, y) === 1 ? kWhite : kTransparent;
      }
      pixels[y * width + x] = pixel;
    }
  }
  return pixels;
}

const styles = new Map();

export function cursorStyle(transfer) {
  const cursor = readCursor(transfer);
  const { width, height, depth, hotX, hotY } = cursor;
  if (width <= 0 || height <= 0 || width > 128 || height > 128 || (depth !== 1 && depth !== 32)) return 'default';
  const pixels = cursorPixels(cursor);
  const key = `${width} ${hotX} ${hotY} ${pixels}`;
  let style = styles.get(key);
  if (style === undefined) {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
    const clamp = (value, limit) => Math.min(Math.max(0, value), limit - 1);
    style = pixels.every((pixel) => pixel === kTransparent)
      ? 'none'
      : `url(${canvas.toDataURL()}) ${clamp(hotX, width)} ${clamp(hotY, height)}, default`;
    styles.set(key, style);
  }
  return style;
}
