// From the coefficients of JPEG's blocks to samples: the inverse cosine transform (ITU-T T.81, A.3.3), first the columns,
// then the rows, in integers. Even and odd frequencies are added up apart: mirrored places differ in the sign of the odd ones only.

const kScaleBits = 12;
const kColumnBits = 2;            // columns keep so many bits behind the point
const kBlockBits = 3;             // both transforms together make the values eight times as large
const kColumnShift = kScaleBits - kColumnBits;
const kRowShift = kScaleBits + kColumnBits + kBlockBits;
const kMiddle = 128;              // samples are signed in the transform

// kN: cos(N * pi / 16) times the square root of 2
const [k1, k2, k3, k5, k6, k7] = [1, 2, 3, 5, 6, 7].map((n) => Math.round(Math.SQRT2 * Math.cos((n * Math.PI) / 16) * (1 << kScaleBits)));

// Eight frequencies, each `step` behind the one before, become eight values in their place, `shift` bits shorter.
function transformLine(block, at, step, shift) {
  const f1 = block[at + step], f2 = block[at + 2 * step], f3 = block[at + 3 * step];
  const f5 = block[at + 5 * step], f6 = block[at + 6 * step], f7 = block[at + 7 * step];
  const rounding = 1 << (shift - 1);
  const sum = ((block[at] + block[at + 4 * step]) << kScaleBits) + rounding;
  const difference = ((block[at] - block[at + 4 * step]) << kScaleBits) + rounding;
  const outer = k2 * f2 + k6 * f6;
  const inner = k6 * f2 - k2 * f6;
  const odd0 = k1 * f1 + k3 * f3 + k5 * f5 + k7 * f7;
  const odd1 = k3 * f1 - k7 * f3 - k1 * f5 - k5 * f7;
  const odd2 = k5 * f1 - k1 * f3 + k7 * f5 + k3 * f7;
  const odd3 = k7 * f1 - k5 * f3 + k3 * f5 - k1 * f7;
  block[at] = (sum + outer + odd0) >> shift;
  block[at + step] = (difference + inner + odd1) >> shift;
  block[at + 2 * step] = (difference - inner + odd2) >> shift;
  block[at + 3 * step] = (sum - outer + odd3) >> shift;
  block[at + 4 * step] = (sum - outer - odd3) >> shift;
  block[at + 5 * step] = (difference - inner - odd2) >> shift;
  block[at + 6 * step] = (difference + inner - odd1) >> shift;
  block[at + 7 * step] = (sum + outer - odd0) >> shift;
}

// Most columns have nothing but their lowest frequency.
function transformColumn(block, at) {
  if ((block[at + 8] | block[at + 16] | block[at + 24] | block[at + 32] | block[at + 40] | block[at + 48] | block[at + 56]) !== 0) {
    transformLine(block, at, 8, kColumnShift);
    return;
  }
  const value = block[at] << kColumnBits;
  for (let i = at; i < 64; i += 8) block[i] = value;
}

// Writes the samples (bytes, clamped) of a block of coefficients, which are zeros afterwards: eight rows from `corner` on.
export function putBlock(block, samples, corner, stride) {
  for (let column = 0; column < 8; column++) transformColumn(block, column);
  for (let row = 0; row < 64; row += 8) {
    transformLine(block, row, 1, kRowShift);
    for (let i = 0; i < 8; i++) {
      samples[corner + i] = block[row + i] + kMiddle;
      block[row + i] = 0;
    }
    corner += stride;
  }
}

// The same for a block that has only its lowest frequency. `words` are the samples, four at a time.
export function putFlatBlock(coefficient, words, corner, stride) {
  const value = Math.max(0, Math.min(255, ((coefficient + (1 << (kBlockBits - 1))) >> kBlockBits) + kMiddle));
  const word = value | value << 8 | value << 16 | value << 24;
  const step = stride >> 2;
  let at = corner >> 2;
  for (let row = 0; row < 8; row++) {
    words[at] = word;
    words[at + 1] = word;
    at += step;
  }
}
