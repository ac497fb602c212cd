// The entropy-coded data of a JPEG file, bit by bit. Behind the data's end come zeros, so that a truncated file
// decodes to an image with a part that is grey.
import { eachCode } from './jpeg_tables.mjs';

// What each 16 bits begin with: symbol << 8 | length of its code; 0 where no code fits.
export function codeTable(codes) {
  const table = new Uint16Array(65536);
  eachCode(codes, (code, length, symbol) => {
    const first = code << (16 - length);
    table.fill(symbol << 8 | length, first, first + (1 << (16 - length)));
  });
  return table;
}

export class BitReader {
  #data;
  #at;
  #buffer = 0;
  #count = 0;

  constructor(data, at) {
    this.#data = data;
    this.#at = at;
  }

  #fill() {
    while (this.#count <= 16) {
      this.#buffer = this.#buffer << 8 | this.#nextByte();
      this.#count += 8;
    }
  }

  // A zero after 0xFF belongs to it; another byte there is a marker, at which the data end.
  #nextByte() {
    if (this.#at >= this.#data.length) return 0;
    const byte = this.#data[this.#at];
    if (byte !== 0xFF) {
      this.#at++;
      return byte;
    }
    if (this.#data[this.#at + 1] !== 0) return 0;
    this.#at += 2;
    return byte;
  }

  symbol(table) {
    this.#fill();
    const entry = table[this.#buffer >>> (this.#count - 16) & 0xFFFF];
    this.#count -= Math.max(1, entry & 0xFF);
    return entry >> 8;
  }

  bits(length) {
    if (length === 0) return 0;
    this.#fill();
    this.#count -= length;
    return this.#buffer >>> this.#count & ((1 << length) - 1);
  }

  // A signed number of so many bits: the smaller half of the codes are the negative ones.
  signed(length) {
    const value = this.bits(length);
    return length === 0 || value >= 1 << (length - 1) ? value : value - (1 << length) + 1;
  }

  // Goes on behind the next restart marker; false when another marker or the end comes first.
  restart() {
    this.#count = 0;
    for (; this.#at + 1 < this.#data.length; this.#at++) {
      const marker = this.#data[this.#at + 1];
      if (this.#data[this.#at] !== 0xFF || marker === 0 || marker === 0xFF) continue;
      if (marker < 0xD0 || marker > 0xD7) return false;
      this.#at += 2;
      return true;
    }
    return false;
  }

  // Where the next marker is.
  end() {
    let at = this.#at;
    while (at + 1 < this.#data.length) {
      const next = this.#data[at + 1];
      if (this.#data[at] === 0xFF && next !== 0 && next !== 0xFF && (next < 0xD0 || next > 0xD7)) break;
      at++;
    }
    return at;
  }
}
