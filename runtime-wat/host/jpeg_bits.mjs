// The entropy-coded data of a JPEG file, bit by bit. Behind the data's end come zeros, so that a truncated file
// decodes to an image with a part that is grey.
import { eachCode } from './jpeg_tables.mjs';

const kShort = 9;       // codes of so many bits are looked up
const kLongest = 16;

// Huffman codes to decode with. The entries of `short`, which the next bits index, are symbol << 8 | length of the code;
// 0 for those that begin a longer one.
export class HuffmanCodes {
  short = new Uint16Array(1 << kShort);
  #symbols;
  #limits = new Int32Array(kLongest + 1);     // behind the last code of each length, as 16 bits
  #offsets = new Int32Array(kLongest + 1);    // from a code of each length to the index of its symbol

  constructor(codes) {
    this.#symbols = Uint8Array.from(codes.symbols);
    let index = 0;
    eachCode(codes, (code, length, symbol) => {
      this.#limits[length] = (code + 1) << (kLongest - length);
      this.#offsets[length] = index++ - code;
      if (length > kShort) return;
      const first = code << (kShort - length);
      this.short.fill(symbol << 8 | length, first, first + (1 << (kShort - length)));
    });
  }

  // As an entry of `short`: what a longer code in these 16 bits means. One bit is skipped where no code fits.
  long(bits) {
    for (let length = kShort + 1; length <= kLongest; length++) {
      if (bits < this.#limits[length]) return this.#symbols[this.#offsets[length] + (bits >> (kLongest - length))] << 8 | length;
    }
    return 1;
  }
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

  symbol(codes) {
    if (this.#count < kLongest) this.#fill();
    let entry = codes.short[this.#buffer >>> (this.#count - kShort) & ((1 << kShort) - 1)];
    if (entry === 0) entry = codes.long(this.#buffer >>> (this.#count - kLongest) & 0xFFFF);
    this.#count -= entry & 0xFF;
    return entry >> 8;
  }

  bits(length) {
    if (length === 0) return 0;
    if (this.#count < length) this.#fill();
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
