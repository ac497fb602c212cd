// Encodes pixels as a JPEG file: grey, or three colours with half as many samples of the two colours in each direction;
// sequential or progressive; the Huffman codes of the standard.
import { cosineTransform, eachCode, kAcCodes, kDcCodes, kQuantization, kZigzag } from './jpeg_tables.mjs';

const kDefaultQuality = 75;
// Coefficients of the scans of a progressive file, after the one with the averages of the blocks.
const kBands = [[1, 5], [6, 63]];

// Symbol -> { code, length }.
function encodingTable(codes) {
  const table = [];
  eachCode(codes, (code, length, symbol) => {
    table[symbol] = { code, length };
  });
  return table;
}

const kDcTables = kDcCodes.map(encodingTable);
const kAcTables = kAcCodes.map(encodingTable);

// The steps in which coefficients are kept: the worse the quality, the larger.
function quantizationSteps(table, quality) {
  const wanted = Math.min(100, Math.max(1, quality < 0 ? kDefaultQuality : quality));
  const percent = wanted < 50 ? Math.floor(5000 / wanted) : 200 - 2 * wanted;
  return table.map((step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))));
}

class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #bits = 0;
  #bitCount = 0;

  byte(value) {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }

  segment(marker, contents) {
    for (const value of [0xFF, marker, (contents.length + 2) >> 8, (contents.length + 2) & 255, ...contents]) this.byte(value);
  }

  bits(value, length) {
    this.#bits = this.#bits << length | (value & ((1 << length) - 1));
    this.#bitCount += length;
    while (this.#bitCount >= 8) {
      this.#bitCount -= 8;
      const byte = this.#bits >>> this.#bitCount & 0xFF;
      this.byte(byte);
      if (byte === 0xFF) this.byte(0);
    }
  }

  // Fills the last byte with ones.
  alignBits() {
    if (this.#bitCount > 0) this.bits(0x7F, 8 - this.#bitCount);
    this.#bits = 0;
  }

  get result() {
    return this.#bytes.subarray(0, this.#length);
  }
}

function bitLength(value) {
  return 32 - Math.clz32(Math.abs(value));
}

class ScanWriter {
  #out;

  constructor(out) {
    this.#out = out;
  }

  #number(value, length) {
    this.#out.bits(value < 0 ? value - 1 : value, length);
  }

  #symbol({ code, length }) {
    this.#out.bits(code, length);
  }

  dc(component, at) {
    const value = component.coefficients[at];
    const difference = value - component.previous;
    component.previous = value;
    const length = bitLength(difference);
    this.#symbol(kDcTables[component.tables][length]);
    this.#number(difference, length);
  }

  ac(component, at, from, to) {
    const table = kAcTables[component.tables];
    let zeros = 0;
    for (let k = from; k <= to; k++) {
      const value = component.coefficients[at + kZigzag[k]];
      if (value === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) this.#symbol(table[0xF0]);
      const length = bitLength(value);
      this.#symbol(table[zeros << 4 | length]);
      this.#number(value, length);
      zeros = 0;
    }
    if (zeros > 0) this.#symbol(table[0]);
  }
}

class JpegEncoder {
  #out = new ByteWriter();
  #scan = new ScanWriter(this.#out);
  #width;
  #height;
  #components;
  #steps;
  #progressive;

  constructor({ pixels, width, height, components, quality, progressive }) {
    this.#width = width;
    this.#height = height;
    this.#progressive = progressive;
    this.#steps = kQuantization.slice(0, components === 1 ? 1 : 2).map((table) => quantizationSteps(table, quality));
    const planes = components === 1 ? [pixels] : brightnessAndColours(pixels);
    this.#components = planes.map((samples, i) => this.#component(samples, i, components));
  }

  #component(samples, i, count) {
    const factor = count === 1 ? 1 : 2;
    const sampling = i === 0 ? factor : 1;
    const tables = i === 0 ? 0 : 1;
    const unit = 8 * factor;
    const columns = Math.ceil(this.#width / unit) * sampling;
    const rows = Math.ceil(this.#height / unit) * sampling;
    const own = (size) => Math.ceil(Math.ceil((size * sampling) / factor) / 8);
    const plane = { samples, width: this.#width, height: this.#height, reduce: factor / sampling };
    return { id: i + 1, sampling, tables, columns, ownColumns: own(this.#width), ownRows: own(this.#height), previous: 0,
      coefficients: coefficientsOf(plane, columns, rows, this.#steps[tables]) };
  }

  encode() {
    this.#writeHeader();
    if (!this.#progressive) {
      this.#interleaved(0, 63, (component, at) => {
        this.#scan.dc(component, at);
        this.#scan.ac(component, at, 1, 63);
      });
    } else {
      this.#interleaved(0, 0, (component, at) => this.#scan.dc(component, at));
      for (const component of this.#components) for (const band of kBands) this.#band(component, band);
    }
    this.#out.byte(0xFF);
    this.#out.byte(0xD9);
    return this.#out.result;
  }

  #writeHeader() {
    this.#out.byte(0xFF);
    this.#out.byte(0xD8);
    this.#out.segment(0xE0, [0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
    this.#steps.forEach((steps, i) => this.#out.segment(0xDB, [i, ...Array.from(kZigzag, (position) => steps[position])]));
    this.#out.segment(this.#progressive ? 0xC2 : 0xC0, [8, this.#height >> 8, this.#height & 255, this.#width >> 8,
      this.#width & 255, this.#components.length,
      ...this.#components.flatMap(({ id, sampling, tables }) => [id, sampling << 4 | sampling, tables])]);
    this.#steps.forEach((_, i) => {
      this.#out.segment(0xC4, [i, ...kDcCodes[i].counts, ...kDcCodes[i].symbols]);
      this.#out.segment(0xC4, [16 | i, ...kAcCodes[i].counts, ...kAcCodes[i].symbols]);
    });
  }

  #startScan(components, from, to) {
    this.#out.segment(0xDA, [components.length, ...components.flatMap(({ id, tables }) => [id, tables << 4 | tables]),
      from, to, 0]);
  }

  // All components, unit by unit.
  #interleaved(from, to, writeBlock) {
    const first = this.#components[0];
    const units = first.coefficients.length / 64 / (first.sampling * first.sampling);
    const unitColumns = first.columns / first.sampling;
    this.#startScan(this.#components, from, to);
    for (let unit = 0; unit < units; unit++) {
      const row = Math.floor(unit / unitColumns);
      for (const component of this.#components) {
        const { sampling, columns } = component;
        for (let i = 0; i < sampling * sampling; i++) {
          const block = (row * sampling + Math.floor(i / sampling)) * columns + (unit % unitColumns) * sampling + i % sampling;
          writeBlock(component, 64 * block);
        }
      }
    }
    this.#out.alignBits();
  }

  #band(component, [from, to]) {
    this.#startScan([component], from, to);
    for (let row = 0; row < component.ownRows; row++) {
      for (let column = 0; column < component.ownColumns; column++) {
        this.#scan.ac(component, 64 * (row * component.columns + column), from, to);
      }
    }
    this.#out.alignBits();
  }
}

function brightnessAndColours(pixels) {
  const count = pixels.length / 3;
  const planes = [0, 1, 2].map(() => new Float32Array(count));
  for (let i = 0; i < count; i++) {
    const [red, green, blue] = [pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]];
    planes[0][i] = 0.299 * red + 0.587 * green + 0.114 * blue;
    planes[1][i] = 128 - 0.168735892 * red - 0.331264108 * green + 0.5 * blue;
    planes[2][i] = 128 + 0.5 * red - 0.418687589 * green - 0.081312411 * blue;
  }
  return planes;
}

// The mean of the samples that become one; beyond the edge the last ones go on.
function sampleAt({ samples, width, height, reduce }, x, y) {
  let sum = 0;
  for (let dy = 0; dy < reduce; dy++) {
    const row = Math.min(height - 1, y * reduce + dy) * width;
    for (let dx = 0; dx < reduce; dx++) sum += samples[row + Math.min(width - 1, x * reduce + dx)];
  }
  return sum / (reduce * reduce);
}

function coefficientsOf(plane, columns, rows, steps) {
  const result = new Int16Array(64 * columns * rows);
  const block = new Float64Array(64);
  const transformed = new Float64Array(64);
  for (let number = 0; number < columns * rows; number++) {
    const left = 8 * (number % columns);
    const top = 8 * Math.floor(number / columns);
    for (let i = 0; i < 64; i++) block[i] = sampleAt(plane, left + (i & 7), top + (i >> 3)) - 128;
    cosineTransform(block, transformed);
    for (let i = 0; i < 64; i++) result[64 * number + i] = Math.round(transformed[i] / steps[i]);
  }
  return result;
}

// image: pixels (one or three bytes each, row by row), width, height, components, quality (-1: default), progressive.
export function encodeJpeg(image) {
  return new JpegEncoder(image).encode();
}
