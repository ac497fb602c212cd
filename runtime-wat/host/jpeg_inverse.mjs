// From the coefficients of JPEG's blocks to samples: the inverse cosine transform (ITU-T T.81, A.3.3), first the columns,
// then the rows. Even and odd frequencies are added up apart: mirrored places differ in the sign of the odd ones only.

// kN: cos(N * pi / 16) / 2
const [k1, k2, k3, k4, k5, k6, k7] = [1, 2, 3, 4, 5, 6, 7].map((n) => Math.cos((n * Math.PI) / 16) / 2);
const kMiddle = 128;              // samples are signed in the transform

const kBlock = new Float64Array(64);

// Eight frequencies, each `step` behind the one before, become eight values in their place.
function transformLine(at, step) {
  const [at1, at2, at3, at4] = [at + step, at + 2 * step, at + 3 * step, at + 4 * step];
  const [at5, at6, at7] = [at + 5 * step, at + 6 * step, at + 7 * step];
  const f1 = kBlock[at1], f3 = kBlock[at3], f5 = kBlock[at5], f7 = kBlock[at7];
  const sum = (kBlock[at] + kBlock[at4]) * k4;
  const difference = (kBlock[at] - kBlock[at4]) * k4;
  const outer = k2 * kBlock[at2] + k6 * kBlock[at6];
  const inner = k6 * kBlock[at2] - k2 * kBlock[at6];
  const odd0 = k1 * f1 + k3 * f3 + k5 * f5 + k7 * f7;
  const odd1 = k3 * f1 - k7 * f3 - k1 * f5 - k5 * f7;
  const odd2 = k5 * f1 - k1 * f3 + k7 * f5 + k3 * f7;
  const odd3 = k7 * f1 - k5 * f3 + k3 * f5 - k1 * f7;
  kBlock[at] = sum + outer + odd0;
  kBlock[at7] = sum + outer - odd0;
  kBlock[at1] = difference + inner + odd1;
  kBlock[at6] = difference + inner - odd1;
  kBlock[at2] = difference - inner + odd2;
  kBlock[at5] = difference - inner - odd2;
  kBlock[at3] = sum - outer + odd3;
  kBlock[at4] = sum - outer - odd3;
}

// The coefficients from `at` on, times their steps, to kBlock with its columns transformed. Most columns have nothing but
// their lowest frequency.
function transformColumns(coefficients, at, steps) {
  for (let column = 0; column < 8; column++) {
    let others = 0;
    for (let i = column + 8; i < 64; i += 8) others |= coefficients[at + i];
    if (others === 0) {
      const value = coefficients[at + column] * steps[column] * k4;
      for (let i = column; i < 64; i += 8) kBlock[i] = value;
    } else {
      for (let i = column; i < 64; i += 8) kBlock[i] = coefficients[at + i] * steps[i];
      transformLine(column, 8);
    }
  }
}

function isFlat(coefficients, at) {
  for (let i = at + 1; i < at + 64; i++) if (coefficients[i] !== 0) return false;
  return true;
}

// Writes the samples (bytes, clamped) of the block whose coefficients begin at `at`: eight rows from `corner` on.
export function putBlock(coefficients, at, steps, samples, corner, stride) {
  if (isFlat(coefficients, at)) {
    const value = coefficients[at] * steps[0] / 8 + kMiddle;
    for (let row = 0; row < 8; row++) samples.fill(value, corner + row * stride, corner + row * stride + 8);
    return;
  }
  transformColumns(coefficients, at, steps);
  for (let row = 0; row < 8; row++) {
    transformLine(8 * row, 1);
    for (let i = 0; i < 8; i++) samples[corner + row * stride + i] = kBlock[8 * row + i] + kMiddle;
  }
}
