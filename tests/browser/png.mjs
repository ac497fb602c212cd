// PNG files with 8 bits a channel, as browsers write them: the pixels of a screenshot.
import { inflateSync } from 'node:zlib';

const kSignatureSize = 8;

function paeth(left, above, corner) {
  const estimate = left + above - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

// Takes a row's filter away, in place; `above` is the row before.
function unfilter(type, row, above, size) {
  for (let i = 0; i < row.length; i++) {
    const left = i < size ? 0 : row[i - size];
    const corner = i < size ? 0 : above[i - size];
    row[i] += [0, left, above[i], (left + above[i]) >> 1, paeth(left, above[i], corner)][type];
  }
}

// { width, height, pixel(x, y) } with pixels as 0xRRGGBB.
export function readPng(file) {
  const data = [];
  let header;
  for (let at = kSignatureSize; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const size = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || size === undefined || header[12] !== 0) throw new Error('this kind of PNG file is not read here');
  const bytes = inflateSync(Buffer.concat(data));
  const rows = [];
  for (let y = 0, at = 0; y < height; y++, at += 1 + width * size) {
    const row = bytes.subarray(at + 1, at + 1 + width * size);
    unfilter(bytes[at], row, rows[y - 1] ?? new Uint8Array(row.length), size);
    rows.push(row);
  }
  return { width, height, pixel: (x, y) => (rows[y][x * size] << 16) | (rows[y][x * size + 1] << 8) | rows[y][x * size + 2] };
}
