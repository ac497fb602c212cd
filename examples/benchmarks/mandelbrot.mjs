// Draws the Mandelbrot set in black and white, 500 points wide and high, and combines the bytes of the picture by exclusive or.

// 1 if the point leaves the circle of radius two within fifty steps, 0 if not.
function escapes(cr, ci) {
  let zi = 0;
  let zrSquare = 0;
  let ziSquare = 0;
  for (let step = 0; step < 50; step++) {
    const zr = zrSquare - ziSquare + cr;
    zi = 2 * zr * zi + ci;
    zrSquare = zr * zr;
    ziSquare = zi * zi;
    if (zrSquare + ziSquare > 4) return 1;
  }
  return 0;
}

function checksum(size) {
  let sum = 0;
  let byte = 0;
  let bits = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      byte = byte + byte + escapes(2 * x / size - 1.5, 2 * y / size - 1);
      bits++;
      if (bits === 8 || x === size - 1) {
        sum ^= byte << (8 - bits);
        byte = bits = 0;
      }
    }
  }
  return sum;
}

export const benchmark = () => checksum(500);

export const verify = (result) => result === 191 && checksum(1) === 128;
