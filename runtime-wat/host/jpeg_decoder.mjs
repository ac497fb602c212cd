// Decodes JPEG files: sequential and progressive, Huffman codes, 8 bits a sample, grey or three colours.
import { BitReader, HuffmanCodes } from './jpeg_bits.mjs';
import { JpegPicture } from './jpeg_picture.mjs';
import { putSamples, ScanDecoder } from './jpeg_scan.mjs';

const kMaxPixels = 1 << 25;
const kStartOfImage = 0xFFD8;
const kEndOfImage = 0xD9;
const kStartOfScan = 0xDA;
const kAdobe = 'Adobe';

class JpegError extends Error {}

function check(condition, message) {
  if (!condition) throw new JpegError(message);
}

// A segment's bytes, from behind its length on.
class Segment {
  #view;
  #at = 0;

  constructor(view) {
    this.#view = view;
  }

  get left() {
    return this.#view.byteLength - this.#at;
  }

  byte() {
    check(this.left >= 1, 'a segment is too short');
    return this.#view.getUint8(this.#at++);
  }

  word() {
    return this.byte() << 8 | this.byte();
  }

  bytes(count) {
    return Array.from({ length: count }, () => this.byte());
  }
}

export class JpegDecoder {
  #data;
  #view;
  #frame = null;
  #isProgressive = false;
  #quantization = [];
  #dcTables = [];
  #acTables = [];
  #restartInterval = 0;
  #transform = null;        // what Adobe's segment says about colours

  constructor(data) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  // { width, height, components }; throws what is no JPEG file or of a kind that is not decoded.
  readHeader() {
    this.#readSegments(true);
    check(this.#frame !== null, 'there is no frame');
    return { width: this.#frame.width, height: this.#frame.height, components: this.#frame.components.length };
  }

  // A JpegPicture.
  decode() {
    this.#readSegments(false);
    check(this.#frame !== null, 'there is no frame');
    for (const component of this.#frame.components) {
      component.steps ??= this.#stepsOf(component);
      if (this.#isProgressive) putSamples(component);
    }
    return new JpegPicture(this.#frame, this.#isRgb());
  }

  #readSegments(onlyHeader) {
    check(this.#data.length > 4 && this.#view.getUint16(0) === kStartOfImage, 'no JPEG file');
    let at = 2;
    while (at + 4 <= this.#data.length) {
      const marker = this.#data[at + 1];
      if (this.#data[at] !== 0xFF || marker === 0xFF) {
        at++;
        continue;
      }
      if (marker === kEndOfImage) return;
      const length = this.#view.getUint16(at + 2);
      const end = at + 2 + length;
      check(length >= 2 && end <= this.#data.length, 'the file ends within a segment');
      this.#readSegment(marker, new Segment(new DataView(this.#data.buffer, this.#data.byteOffset + at + 4, length - 2)), end);
      if (onlyHeader && this.#frame !== null) return;
      at = marker === kStartOfScan ? this.#scanEnd : end;
    }
  }

  #scanEnd = 0;

  #readSegment(marker, segment, end) {
    const isFrame = marker >= 0xC0 && marker <= 0xCF && ![0xC4, 0xC8, 0xCC].includes(marker);
    if (isFrame) this.#readFrame(marker, segment);
    else if (marker === 0xC4) this.#readCodes(segment);
    else if (marker === 0xDB) this.#readQuantization(segment);
    else if (marker === 0xDD) this.#restartInterval = segment.word();
    else if (marker === 0xEE) this.#readAdobe(segment);
    else if (marker === kStartOfScan) this.#readScan(segment, end);
  }

  #readFrame(marker, segment) {
    check(this.#frame === null && marker <= 0xC2, 'an unknown kind of frame');
    this.#isProgressive = marker === 0xC2;
    check(segment.byte() === 8, 'not 8 bits a sample');
    const height = segment.word();
    const width = segment.word();
    check(width * height <= kMaxPixels && width * height > 0, 'an image of impossible size');
    const count = segment.byte();
    check(count === 1 || count === 3, 'neither grey nor three colours');
    const components = Array.from({ length: count }, () => {
      const id = segment.byte();
      const sampling = segment.byte();
      return { id, across: sampling >> 4, down: sampling & 15, quantization: segment.byte() & 3 };
    });
    for (const { across, down } of components) {
      check(across >= 1 && across <= 4 && down >= 1 && down <= 4, 'impossible sampling');
    }
    this.#frame = layOut(width, height, components, this.#isProgressive);
  }

  #readCodes(segment) {
    while (segment.left > 0) {
      const kind = segment.byte();
      const counts = segment.bytes(16);
      const total = counts.reduce((sum, count) => sum + count, 0);
      check(total <= 256, 'too many codes');
      const tables = kind >> 4 === 0 ? this.#dcTables : this.#acTables;
      tables[kind & 3] = new HuffmanCodes({ counts, symbols: segment.bytes(total) });
    }
  }

  #readQuantization(segment) {
    while (segment.left > 0) {
      const kind = segment.byte();
      this.#quantization[kind & 3] = Int32Array.from({ length: 64 }, () => kind >> 4 === 0 ? segment.byte() : segment.word());
    }
  }

  #readAdobe(segment) {
    if (segment.left < 12) return;
    if (String.fromCharCode(...segment.bytes(5)) !== kAdobe) return;
    segment.bytes(6);
    this.#transform = segment.byte();
  }

  #readScan(segment, end) {
    check(this.#frame !== null, 'a scan before the frame');
    const components = Array.from({ length: segment.byte() }, () => {
      const id = segment.byte();
      const tables = segment.byte();
      const component = this.#frame.components.find((each) => each.id === id);
      check(component !== undefined, 'a scan of no component');
      component.steps ??= this.#stepsOf(component);
      return { component, dc: this.#dcTables[tables >> 4 & 3] ?? kNoCodes, ac: this.#acTables[tables & 3] ?? kNoCodes };
    });
    check(components.length > 0, 'an empty scan');
    const scan = { components, from: segment.byte(), to: Math.min(63, segment.byte()) };
    const positions = segment.byte();
    Object.assign(scan, { high: positions >> 4, low: positions & 15 });
    const bits = new BitReader(this.#data, end);
    new ScanDecoder(bits, scan, this.#isProgressive).decode(this.#frame, this.#restartInterval);
    this.#scanEnd = bits.end();
  }

  #stepsOf(component) {
    const steps = this.#quantization[component.quantization];
    check(steps !== undefined, 'there is no table of quantization');
    return steps;
  }

  #isRgb() {
    return this.#transform === 0
      || (this.#transform === null && this.#frame.components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB');
  }
}

const kNoCodes = new HuffmanCodes({ counts: [], symbols: [] });

// Blocks of each component: of its own, and as many as whole units of an interleaved scan have.
function layOut(width, height, components, isProgressive) {
  const across = Math.max(...components.map((component) => component.across));
  const down = Math.max(...components.map((component) => component.down));
  const unitColumns = Math.ceil(width / (8 * across));
  const unitRows = Math.ceil(height / (8 * down));
  for (const component of components) {
    component.width = Math.ceil((width * component.across) / across);
    component.height = Math.ceil((height * component.down) / down);
    component.ownColumns = Math.ceil(component.width / 8);
    component.ownRows = Math.ceil(component.height / 8);
    component.columns = unitColumns * component.across;
    component.rows = unitRows * component.down;
    if (isProgressive) component.coefficients = new Int16Array(64 * component.columns * component.rows);
    addSamples(component);
  }
  return { width, height, across, down, unitColumns, unitRows, components };
}

// The samples of whole blocks, grey at first; and the same, four at a time.
function addSamples(component) {
  component.stride = 8 * component.columns;
  component.samples = new Uint8ClampedArray(component.stride * 8 * component.rows).fill(128);
  component.words = new Int32Array(component.samples.buffer);
}
