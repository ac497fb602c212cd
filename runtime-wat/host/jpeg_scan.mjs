// Decodes one scan of a JPEG file: a sequential one to samples at once; the four kinds of progressive scans (ITU-T T.81,
// annex G) into the coefficients of their components.
import { putBlock, putFlatBlock } from './jpeg_inverse.mjs';
import { kZigzag } from './jpeg_tables.mjs';

const kBlock = new Int32Array(64);   // zeros between two blocks

// The samples of all blocks of a component whose coefficients are complete.
export function putSamples({ coefficients, steps, columns, rows, samples, stride }) {
  for (let at = 0, row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 64) {
      for (let k = 0; k < 64; k++) kBlock[kZigzag[k]] = coefficients[at + k] * steps[k];
      putBlock(kBlock, samples, 8 * (row * stride + column), stride);
    }
  }
}

// scan: components ({ component, dc, ac }), from, to (coefficients in zigzag order), high, low (bit positions).
export class ScanDecoder {
  #bits;
  #scan;
  #decodeBlock;
  #emptyBlocks = 0;    // blocks that have no more coefficients in this band

  constructor(bits, scan, isProgressive) {
    this.#bits = bits;
    this.#scan = scan;
    if (!isProgressive) this.#decodeBlock = this.#sequential;
    else if (scan.from === 0) this.#decodeBlock = scan.high === 0 ? this.#firstDc : this.#refineDc;
    else this.#decodeBlock = scan.high === 0 ? this.#firstAc : this.#refineAc;
  }

  decode(frame, restartInterval) {
    const [first, ...others] = this.#scan.components;
    const alone = others.length === 0;
    const columns = alone ? first.component.ownColumns : frame.unitColumns;
    const units = columns * (alone ? first.component.ownRows : frame.unitRows);
    this.#reset();
    for (let unit = 0; unit < units; unit++) {
      if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
        if (!this.#bits.restart()) return;
        this.#reset();
      }
      const row = Math.floor(unit / columns);
      if (alone) this.#decodeBlock(first, row, unit % columns);
      else for (const part of this.#scan.components) this.#unit(part, row, unit % columns);
    }
  }

  #reset() {
    this.#emptyBlocks = 0;
    for (const part of this.#scan.components) part.previous = 0;
  }

  #unit(part, row, column) {
    const { across, down } = part.component;
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++) this.#decodeBlock(part, row * down + y, column * across + x);
    }
  }

  #dcDifference(part) {
    return part.previous += this.#bits.signed(this.#bits.symbol(part.dc) & 15);
  }

  #sequential(part, row, column) {
    const { steps, samples, words, stride } = part.component;
    const corner = 8 * (row * stride + column);
    const average = this.#dcDifference(part) * steps[0];
    if (this.#otherCoefficients(part.ac, steps) === 0) {
      putFlatBlock(average, words, corner, stride);
      return;
    }
    kBlock[0] = average;
    putBlock(kBlock, samples, corner, stride);
  }

  // Puts a sequential block's coefficients but the first into kBlock; answers how many there are.
  #otherCoefficients(codes, steps) {
    let count = 0;
    for (let k = 1; k < 64; k++) {
      const symbol = this.#bits.symbol(codes);
      const length = symbol & 15;
      if (length === 0 && symbol !== 0xF0) break;
      k += symbol >> 4;
      const value = this.#bits.signed(length);
      if (k > 63) break;
      kBlock[kZigzag[k]] = value * steps[k];
      count++;
    }
    return count;
  }

  // Where the coefficients of a block begin.
  #place({ component }, row, column) {
    return 64 * (row * component.columns + column);
  }

  #firstDc(part, row, column) {
    part.component.coefficients[this.#place(part, row, column)] = this.#dcDifference(part) << this.#scan.low;
  }

  #refineDc(part, row, column) {
    part.component.coefficients[this.#place(part, row, column)] |= this.#bits.bits(1) << this.#scan.low;
  }

  #firstAc(part, row, column) {
    if (this.#emptyBlocks > 0) {
      this.#emptyBlocks--;
      return;
    }
    const { coefficients } = part.component;
    const at = this.#place(part, row, column);
    for (let k = this.#scan.from; k <= this.#scan.to; k++) {
      const symbol = this.#bits.symbol(part.ac);
      const run = symbol >> 4;
      const length = symbol & 15;
      if (length === 0 && run < 15) {
        this.#emptyBlocks = (1 << run) + this.#bits.bits(run) - 1;
        return;
      }
      k += run;
      const value = this.#bits.signed(length);
      if (k < 64) coefficients[at + k] = value << this.#scan.low;
    }
  }

  // Coefficients that are not zero yet get one more bit each, in passing; runs count only those that are zero.
  #refineAc(part, row, column) {
    const { coefficients } = part.component;
    const at = this.#place(part, row, column);
    let k = this.#scan.from;
    while (this.#emptyBlocks === 0 && k <= this.#scan.to) {
      const symbol = this.#bits.symbol(part.ac);
      const length = symbol & 15;
      let run = symbol >> 4;
      let value = 0;
      if (length !== 0) value = this.#bits.bits(1) === 1 ? 1 << this.#scan.low : -1 << this.#scan.low;
      else if (run < 15) {
        this.#emptyBlocks = (1 << run) + this.#bits.bits(run);
        break;
      }
      for (; k <= this.#scan.to; k++) {
        if (coefficients[at + k] !== 0) this.#refine(coefficients, at + k);
        else if (run-- === 0) {
          coefficients[at + k] = value;
          k++;
          break;
        }
      }
    }
    if (this.#emptyBlocks === 0) return;
    for (; k <= this.#scan.to; k++) {
      if (coefficients[at + k] !== 0) this.#refine(coefficients, at + k);
    }
    this.#emptyBlocks--;
  }

  #refine(coefficients, position) {
    if (this.#bits.bits(1) === 0) return;
    const bit = 1 << this.#scan.low;
    coefficients[position] += coefficients[position] > 0 ? bit : -bit;
  }
}
