// What BitBlt does, pixel by pixel and as plainly as can be: the combination rules as functions of one source and one
// destination pixel, Forms as arrays of pixels. The tests compare the runtime with it.

const ones = (depth) => (depth === 32 ? 0xffffffff : 2 ** depth - 1);

// Applies `f` to each colour component: three of 5 bits, four of 8, or the pixel as a whole.
function components(depth, s, d, f) {
  const [bits, count] = depth === 32 ? [8, 4] : depth === 16 ? [5, 3] : [depth, 1];
  const mask = 2 ** bits - 1;
  let result = 0;
  for (let i = 0; i < count; i++) {
    result += f((s >>> (bits * i)) & mask, (d >>> (bits * i)) & mask, mask) * 2 ** (bits * i);
  }
  return result;
}

const blended = (alpha) => (s, d) => Math.floor((s * alpha + d * (255 - alpha) + 254) / 255);

// The boolean rules: bit 0 of the number says what 1 and 1 give, bit 1 for 1 and 0, bit 2 for 0 and 1, bit 3 for 0 and 0.
function logical(rule, s, d) {
  let result = 0;
  if (rule & 1) result |= s & d;
  if (rule & 2) result |= s & ~d;
  if (rule & 4) result |= ~s & d;
  if (rule & 8) result |= ~s & ~d;
  return result;
}

function alphaBlend(s, d) {
  const alpha = s >>> 24;
  if (alpha === 0) return d;
  if (alpha === 255) return s;
  return components(32, (s | 0xff000000) >>> 0, d, blended(alpha));
}

function constantAlpha(depth, s, d, alpha, painting) {
  if (depth < 16 || (painting && s === 0)) return d;
  return components(depth, s, d, blended(alpha));
}

// Rules that look at the destination only; no source clips them.
const kWithoutSource = new Set([0, 5, 10, 15]);

// What becomes of a destination pixel. Rule 15 leaves the destination alone, as 5 does.
export function combine(rule, depth, s, d, alpha = 255) {
  if (rule === 15) return d;
  if (rule < 15) return (logical(rule, s, d) & ones(depth)) >>> 0;
  switch (rule) {
    case 20: return components(depth, s, d, (a, b, most) => Math.min(a + b, most));
    case 21: return components(depth, s, d, (a, b) => Math.abs(a - b));
    case 24: return alphaBlend(s, d) >>> 0;
    case 25: return s === 0 ? d : s;
    case 26: return s === 0 ? d : 0;
    case 27: return components(depth, s, d, (a, b) => Math.max(a, b));
    case 28: return components(depth, s, d, (a, b) => Math.min(a, b));
    case 29: return components(depth, ~s >>> 0, d, (a, b) => Math.min(a, b));
    case 30: return constantAlpha(depth, s, d, alpha, false);
    case 31: return constantAlpha(depth, s, d, alpha, true);
    case 34: return components(32, s, d, (a, b) => Math.min(255, a + ((b * (255 - (s >>> 24))) >> 8)));
    case 37: return components(depth, s, d, (a, b, most) => Math.floor(((a + 1) * (b + 1) - 1) / (most + 1)));
    case 39: return s === d ? 0 : d;
    case 40: return depth === 32 && d !== 0 && d >>> 24 === 0 ? (d | (s & 0xff000000)) >>> 0 : d;
    default: return d;
  }
}

// The difference that rule 32 counts.
export function difference(depth, s, d) {
  if (depth < 16) return s === d ? 0 : 1;
  let sum = 0;
  components(depth, s & (depth === 32 ? 0xffffff : 0xffff), d & (depth === 32 ? 0xffffff : 0xffff), (a, b) => {
    sum += Math.abs(a - b);
    return 0;
  });
  return sum;
}

// Pixels in words, the leftmost in the high bits, or in the low ones when the depth is negative.
export class ModelForm {
  constructor(width, height, depth, words) {
    Object.assign(this, { width, height, depth: Math.abs(depth), isMsb: depth > 0 });
    this.perWord = 32 / this.depth;
    this.pitch = Math.ceil(width / this.perWord);
    this.words = Uint32Array.from(words);
  }

  #place(x, y) {
    const inWord = x % this.perWord;
    const shift = this.isMsb ? 32 - (inWord + 1) * this.depth : inWord * this.depth;
    return [y * this.pitch + Math.floor(x / this.perWord), shift];
  }

  at(x, y) {
    const [index, shift] = this.#place(x, y);
    return ((this.words[index] >>> shift) & ones(this.depth)) >>> 0;
  }

  put(x, y, pixel) {
    const [index, shift] = this.#place(x, y);
    this.words[index] = (this.words[index] & ~(ones(this.depth) << shift)) | (pixel << shift);
  }

  // The pixel that a word of halftone has at this column.
  halftonePixel(word, x) {
    const [, shift] = this.#place(x, 0);
    return ((word >>> shift) & ones(this.depth)) >>> 0;
  }
}

const span = (start, extent) => Array.from({ length: Math.max(extent, 0) }, (_, i) => start + i);

// The copy that `blt` describes: { dest, source, halftone, rule, map, alpha, destX, ... }; answers the count of rule 32.
export function copyBits(blt) {
  const { dest, halftone, rule, clip } = blt;
  const source = kWithoutSource.has(rule) ? null : blt.source;
  const isInside = (x, y) => x >= Math.max(clip.x, 0) && x < Math.min(clip.x + clip.width, dest.width) &&
    y >= Math.max(clip.y, 0) && y < Math.min(clip.y + clip.height, dest.height);
  const before = source === null ? null : new ModelForm(source.width, source.height,
    source.isMsb ? source.depth : -source.depth, source.words);
  let count = 0;
  for (const j of span(0, blt.height)) {
    for (const i of span(0, blt.width)) {
      const [x, y] = [blt.destX + i, blt.destY + j];
      const [fromX, fromY] = [blt.sourceX + i, blt.sourceY + j];
      if (!isInside(x, y)) continue;
      if (before !== null && (fromX < 0 || fromX >= before.width || fromY < 0 || fromY >= before.height)) continue;
      let pixel = before === null ? ones(dest.depth) : before.at(fromX, fromY);
      if (blt.map) pixel = (blt.map[pixel & (blt.map.length - 1)] & ones(dest.depth)) >>> 0;
      if (halftone) pixel = (pixel & dest.halftonePixel(halftone[y % halftone.length], x)) >>> 0;
      if (rule === 32) count += difference(dest.depth, pixel, dest.at(x, y));
      else dest.put(x, y, combine(rule, dest.depth, pixel, dest.at(x, y), blt.alpha));
    }
  }
  return count;
}
