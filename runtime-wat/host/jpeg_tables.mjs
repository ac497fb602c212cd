// What JPEG's encoder and decoder share: the order of coefficients, the tables of the standard; the cosine transform
// (ITU-T T.81, annex K).

// Position in the block of the n-th coefficient in zigzag order.
export const kZigzag = zigzagOrder();

function zigzagOrder() {
  const order = new Uint8Array(64);
  let at = 0;
  for (let sum = 0; sum < 15; sum++) {
    const diagonal = [];
    for (let row = Math.max(0, sum - 7); row <= Math.min(7, sum); row++) diagonal.push(row * 8 + sum - row);
    if (sum % 2 === 0) diagonal.reverse();
    for (const position of diagonal) order[at++] = position;
  }
  return order;
}

// kCosines[8 * u + x]: the value at x of the u-th basis function.
const kCosines = new Float64Array(64);
for (let u = 0; u < 8; u++) {
  for (let x = 0; x < 8; x++) kCosines[8 * u + x] = (u === 0 ? Math.SQRT1_2 : 1) * Math.cos(((2 * x + 1) * u * Math.PI) / 16) / 2;
}

// Transforms the rows of `from` into the columns of `to`; twice gives the transform of the block.
function transformRows(from, to) {
  for (let row = 0; row < 8; row++) {
    for (let i = 0; i < 8; i++) {
      let sum = 0;
      for (let j = 0; j < 8; j++) sum += from[8 * row + j] * kCosines[8 * i + j];
      to[8 * i + row] = sum;
    }
  }
}

const kHalf = new Float64Array(64);

export function cosineTransform(samples, coefficients) {
  transformRows(samples, kHalf);
  transformRows(kHalf, coefficients);
}

// Steps of quantization at quality 50, row by row: brightness, colours.
export const kQuantization = [
  [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99],
  [17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99],
];

// Huffman codes: how many there are of each length from 1 on, and their symbols. Brightness first, then colours.
export const kDcCodes = [
  { counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
  { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
];

const bytes = (text) => text.match(/../g).map((pair) => parseInt(pair, 16));

export const kAcCodes = [
  {
    counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    symbols: bytes('01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435'
      + '363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798'
      + '999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4'
      + 'f5f6f7f8f9fa'),
  },
  {
    counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    symbols: bytes('000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a'
      + '35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a9293949596'
      + '9798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4'
      + 'f5f6f7f8f9fa'),
  },
];

// Calls visit(code, length, symbol) for each code, shortest first.
export function eachCode({ counts, symbols }, visit) {
  let code = 0;
  let at = 0;
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++) visit(code++, i + 1, symbols[at++]);
    code <<= 1;
  });
}
