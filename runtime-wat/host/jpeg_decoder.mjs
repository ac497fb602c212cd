// Decodes JPEG files: sequential and progressive, Huffman codes, 8 bits a sample, grey or three colours.
import { BitReader, codeTable } from './jpeg_bits.mjs';
import { putBlock } from './jpeg_inverse.mjs';
import { ScanDecoder } from './jpeg_scan.mjs';
import { kZigzag } from './jpeg_tables.mjs';

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

  // The pixels row by row, one or three bytes each.
  decode() {
    this.#readSegments(false);
    check(this.#frame !== null, 'there is no frame');
    const planes = this.#frame.components.map((component) => this.#plane(component));
    return this.#frame.components.length === 1 ? planes[0] : this.#colours(planes);
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
    this.#frame = layOut(width, height, components);
  }

  #readCodes(segment) {
    while (segment.left > 0) {
      const kind = segment.byte();
      const counts = segment.bytes(16);
      const total = counts.reduce((sum, count) => sum + count, 0);
      check(total <= 256, 'too many codes');
      const tables = kind >> 4 === 0 ? this.#dcTables : this.#acTables;
      tables[kind & 3] = codeTable({ counts, symbols: segment.bytes(total) });
    }
  }

  #readQuantization(segment) {
    while (segment.left > 0) {
      const kind = segment.byte();
      const steps = new Uint16Array(64);
      for (const position of kZigzag) steps[position] = kind >> 4 === 0 ? segment.byte() : segment.word();
      this.#quantization[kind & 3] = steps;
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

  // The component's samples in the size of the image.
  #plane(component) {
    const steps = this.#quantization[component.quantization];
    check(steps !== undefined, 'there is no table of quantization');
    const { width, height, across, down } = this.#frame;
    let plane = samplesOf(component, steps);
    if (across % component.across !== 0 || down % component.down !== 0) return stretched(plane, component, this.#frame);
    plane = enlarged(plane, across / component.across, true);
    plane = enlarged(plane, down / component.down, false);
    return cropped(plane, width, height);
  }

  #colours(planes) {
    const isRgb = this.#transform === 0
      || (this.#transform === null && this.#frame.components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB');
    return isRgb ? interleaved(planes) : fromBrightness(planes);
  }
}

function interleaved([red, green, blue]) {
  const pixels = new Uint8Array(3 * red.length);
  for (let i = 0, at = 0; i < red.length; i++, at += 3) {
    pixels[at] = red[i];
    pixels[at + 1] = green[i];
    pixels[at + 2] = blue[i];
  }
  return pixels;
}

// What the differences of blue and red from the brightness add to each colour, for all their bytes.
const differences = (factor) => Float64Array.from({ length: 256 }, (_, byte) => factor * (byte - 128));
const kRedOfRed = differences(1.402);
const kGreenOfRed = differences(0.714136286);
const kGreenOfBlue = differences(0.344136286);
const kBlueOfBlue = differences(1.772);

function fromBrightness([brightness, blue, red]) {
  const pixels = new Uint8ClampedArray(3 * brightness.length);
  for (let i = 0, at = 0; i < brightness.length; i++, at += 3) {
    const y = brightness[i];
    pixels[at] = y + kRedOfRed[red[i]];
    pixels[at + 1] = y - kGreenOfBlue[blue[i]] - kGreenOfRed[red[i]];
    pixels[at + 2] = y + kBlueOfBlue[blue[i]];
  }
  return new Uint8Array(pixels.buffer);
}

const kNoCodes = new Uint16Array(65536);

// Blocks of each component: of its own, and as many as whole units of an interleaved scan have.
function layOut(width, height, components) {
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
    component.coefficients = new Int16Array(64 * component.columns * component.rows);
  }
  return { width, height, across, down, unitColumns, unitRows, components };
}

// { width, height, stride, samples } of a component, without what only fills up its blocks.
function samplesOf({ coefficients, columns, rows, width, height }, steps) {
  const stride = 8 * columns;
  const samples = new Uint8ClampedArray(stride * 8 * rows);
  for (let at = 0, row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 64) {
      putBlock(coefficients, at, steps, samples, 8 * (row * stride + column), stride);
    }
  }
  return { width, height, stride, samples };
}

// More samples in one direction. Of two for one, each lies between two old ones, nearer to one of them; of more, all are
// copies.
function enlarged({ width, height, stride, samples }, repeat, isAcross) {
  if (repeat === 1) return { width, height, stride, samples };
  const [newWidth, newHeight] = isAcross ? [width * repeat, height] : [width, height * repeat];
  const result = new Uint8ClampedArray(newWidth * newHeight);
  const step = isAcross ? 1 : stride;
  const last = (isAcross ? width : height) - 1;
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const place = isAcross ? x : y;
      const old = Math.floor(place / repeat);
      const at = isAcross ? y * stride + old : old * stride + x;
      const beside = place % 2 === 0 ? (old > 0 ? -step : 0) : (old < last ? step : 0);
      result[y * newWidth + x] = repeat === 2 ? (3 * samples[at] + samples[at + beside]) / 4 : samples[at];
    }
  }
  return { width: newWidth, height: newHeight, stride: newWidth, samples: result };
}

// For factors that are no whole numbers: the nearest sample.
function stretched({ stride, samples }, component, { width, height, across, down }) {
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * component.down) / down) * stride;
    for (let x = 0; x < width; x++) result[y * width + x] = samples[row + Math.floor((x * component.across) / across)];
  }
  return result;
}

function cropped({ stride, samples }, width, height) {
  if (stride === width && samples.length === width * height) return samples;
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) result.set(samples.subarray(y * stride, y * stride + width), y * width);
  return result;
}
