// Zip archives: enough to take the image's files out of a page and to bring them back. No encryption, no archives of
// more than 4 GB.
import { HostError } from './errors.mjs';
import { decode, encode } from './transfer.mjs';

const kLocalHeader = 0x04034b50;
const kCentralHeader = 0x02014b50;
const kEnd = 0x06054b50;
const kStored = 0;
const kDeflated = 8;
const kUtf8Names = 0x0800;
const kVersion = 20;
const kLocalSize = 30;
const kCentralSize = 46;
const kEndSize = 22;

const kCrcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let i = 0; i < 8; i++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});

export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = kCrcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

// Date and time as MS-DOS has them, two seconds apart.
function dosTime(milliseconds) {
  const date = new Date(milliseconds);
  const day = (Math.max(0, date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  return (((day << 16) | (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1)) >>> 0);
}

// A header: [size in bytes, value] after each other, little endian.
function fields(...list) {
  const view = new DataView(new ArrayBuffer(list.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

// files: { name, bytes, modified } each; answers a Blob.
export async function makeZip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes, modified } of files) {
    const deflated = await through(bytes, new CompressionStream('deflate-raw'));
    const isSmaller = deflated.length < bytes.length;
    const data = isSmaller ? deflated : bytes;
    const nameBytes = encode(name);
    const common = [[2, kVersion], [2, kUtf8Names], [2, isSmaller ? kDeflated : kStored], [4, dosTime(modified)],
      [4, crc32(bytes)], [4, data.length], [4, bytes.length], [2, nameBytes.length], [2, 0]];
    directory.push(fields([4, kCentralHeader], [2, kVersion], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), nameBytes);
    parts.push(fields([4, kLocalHeader], ...common), nameBytes, data);
    offset += kLocalSize + nameBytes.length + data.length;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const end = fields([4, kEnd], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, directorySize], [4, offset], [2, 0]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

const damaged = () => new HostError('this is no zip archive, or a damaged one');

export const isZip = (bytes) => bytes.length >= 4 && [kLocalHeader, kEnd].includes(
  new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true));

function findEnd(view) {
  for (let at = view.byteLength - kEndSize; at >= Math.max(0, view.byteLength - 0x10000 - kEndSize); at--) {
    if (view.getUint32(at, true) === kEnd) return at;
  }
  throw damaged();
}

async function contents(bytes, view, { method, size, compressedSize, crc, offset }) {
  if (offset + kLocalSize > bytes.length || view.getUint32(offset, true) !== kLocalHeader) throw damaged();
  const start = offset + kLocalSize + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const data = bytes.subarray(start, start + compressedSize);
  if (method !== kStored && method !== kDeflated) throw new HostError(`the zip archive uses compression method ${method}, which is not known here`);
  let result;
  try {
    result = method === kStored ? data : await through(data, new DecompressionStream('deflate-raw'));
  } catch {
    throw damaged();
  }
  if (result.length !== size || crc32(result) !== crc) throw damaged();
  return result;
}

// Answers { name, bytes } of each file in the archive.
export async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < kEndSize) throw damaged();
  const end = findEnd(view);
  const files = [];
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    if (at + kCentralSize > bytes.length || view.getUint32(at, true) !== kCentralHeader) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const name = decode(bytes.subarray(at + kCentralSize, at + kCentralSize + nameLength));
    const entry = {
      method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), compressedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true),
    };
    if (!name.endsWith('/')) files.push({ name, bytes: await contents(bytes, view, entry) });
    at += kCentralSize + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}
