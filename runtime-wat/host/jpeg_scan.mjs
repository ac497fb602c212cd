// Decodes one scan of a JPEG file into the coefficients of its components: sequential, and the four kinds of
// progressive scans (ITU-T T.81, annex G).
import { kZigzag } from './jpeg_tables.mjs';

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
      if (alone) this.#block(first, row, unit % columns);
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
      for (let x = 0; x < across; x++) this.#block(part, row * down + y, column * across + x);
    }
  }

  #block(part, row, column) {
    this.#decodeBlock(part, part.component.coefficients, 64 * (row * part.component.columns + column));
  }

  #dcDifference(part) {
    return part.previous += this.#bits.signed(this.#bits.symbol(part.dc) & 15);
  }

  #sequential(part, coefficients, at) {
    coefficients[at] = this.#dcDifference(part);
    for (let k = 1; k < 64; k++) {
      const symbol = this.#bits.symbol(part.ac);
      const length = symbol & 15;
      if (length === 0 && symbol !== 0xF0) return;
      k += symbol >> 4;
      const value = this.#bits.signed(length);
      if (k < 64) coefficients[at + kZigzag[k]] = value;
    }
  }

  #firstDc(part, coefficients, at) {
    coefficients[at] = this.#dcDifference(part) << this.#scan.low;
  }

  #refineDc(part, coefficients, at) {
    coefficients[at] |= this.#bits.bits(1) << this.#scan.low;
  }

  #firstAc(part, coefficients, at) {
    if (this.#emptyBlocks > 0) {
      this.#emptyBlocks--;
      return;
    }
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
      if (k < 64) coefficients[at + kZigzag[k]] = value << this.#scan.low;
    }
  }

  // Coefficients that are not zero yet get one more bit each, in passing; runs count only those that are zero.
  #refineAc(part, coefficients, at) {
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
        const position = at + kZigzag[k];
        if (coefficients[position] !== 0) this.#refine(coefficients, position);
        else if (run-- === 0) {
          coefficients[position] = value;
          k++;
          break;
        }
      }
    }
    if (this.#emptyBlocks === 0) return;
    for (; k <= this.#scan.to; k++) {
      const position = at + kZigzag[k];
      if (coefficients[position] !== 0) this.#refine(coefficients, position);
    }
    this.#emptyBlocks--;
  }

  #refine(coefficients, position) {
    if (this.#bits.bits(1) === 0) return;
    const bit = 1 << this.#scan.low;
    coefficients[position] += coefficients[position] > 0 ? bit : -bit;
  }
}
