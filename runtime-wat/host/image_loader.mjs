// From the built folder to a module with the image's objects in it: manifest, .wasm and heap file.
import { HostError } from './errors.mjs';

const kPageSize = 65536;
const kHeapMagic = 0x48575453;
const kHeaderFormatNumber = 16;
const kHeaderSavedWindowSize = 19;

// The parts of a built folder, loaded side by side; `platform` has readBytes, readJson and compile.
export async function loadBuiltFolder(platform) {
  const manifest = await platform.readJson('manifest.json');
  const [module, heap] = await Promise.all([
    platform.compile(manifest.wasm ?? 'image.wasm', { hasSourceMap: manifest.sourceMap !== undefined }),
    platform.readBytes(manifest.heap ?? 'image.heap'),
  ]);
  return { manifest, module, heap, header: readHeader(heap) };
}

function readHeader(heap) {
  if (heap.length < 128) throw new HostError('image.heap is not a heap file: it is too short');
  const view = new DataView(heap.buffer, heap.byteOffset, heap.byteLength);
  const word = (index) => view.getUint32(4 * index, true);
  if (word(0) !== kHeapMagic) throw new HostError('image.heap is not a heap file: build the folder again');
  if (word(21) !== heap.length) {
    throw new HostError(`image.heap is damaged: it has ${heap.length} bytes and says ${word(21)}`);
  }
  return { formatNumber: word(kHeaderFormatNumber), savedWindowSize: word(kHeaderSavedWindowSize) };
}

// Gives the heap file to the runtime, which builds the objects from it.
export function loadHeap(exports, heap) {
  const base = exports.heapBase.value;
  const missing = base + heap.length - exports.memory.buffer.byteLength;
  if (missing > 0) exports.memory.grow(Math.ceil(missing / kPageSize));
  new Uint8Array(exports.memory.buffer, base, heap.length).set(heap);
  if (exports.loadHeap(base) !== 0) throw new HostError('image.heap cannot be loaded: build the folder again');
}

// Whether some object's bytes contain the ASCII text: what an image's symbols tell about it.
export function heapContains(heap, text) {
  const bytes = [...text].map((character) => character.charCodeAt(0));
  for (let at = heap.indexOf(bytes[0]); at >= 0; at = heap.indexOf(bytes[0], at + 1)) {
    if (bytes.every((byte, i) => heap[at + i] === byte)) return true;
  }
  return false;
}
