// The JPEG codec: files that the Independent JPEG Group's cjpeg wrote and what its djpeg made of them; what the encoder
// writes; damaged files.
import { JpegDecoder } from '../../runtime-wat/host/jpeg_decoder.mjs';
import { encodeJpeg } from '../../runtime-wat/host/jpeg_encoder.mjs';
import { putBlock, putFlatBlock } from '../../runtime-wat/host/jpeg_inverse.mjs';
import { jpegImports } from '../../runtime-wat/host/jpeg.mjs';
import { Transfer } from '../../runtime-wat/host/transfer.mjs';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';

// 19 x 13 pixels: red grows to the right, green downwards, blue is strong in the left half. Pixels x, y and their bytes.
const files = [
  ['progressive, colours at half the resolution, restart markers', 3,
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYV'
    + 'pQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAN'
    + 'ABMDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABQAD/8QAFgEBAQEAAAAAAAAAAAAAAAAABQID/90ABAAC/9oADAMBAAIQAxAAAAE/VP'
    + 'asTJmKW//EABsQAAEEAwAAAAAAAAAAAAAAAAABAhITAxEh/90ABAAD/9oACAEBAAEFAm4irtR//9BrEIJuCH//xAAWEQEBAQAAAAAAAAAAAAAA'
    + 'AAAABBT/3QAEAAL/2gAIAQMBAT8BlpaX/8QAGBEAAgMAAAAAAAAAAAAAAAAAAAMEEyL/2gAIAQIBAT8BmPwXn//EABQQAQAAAAAAAAAAAAAAAA'
    + 'AAABD/3QAEAAP/2gAIAQEABj8Cf//Qf//EABkQAQEAAwEAAAAAAAAAAAAAAAABITFRYf/aAAgBAQABPyHwTgmGn//QCBB//90ABAAC/9oADAMB'
    + 'AAIAAwAAABAsL//EABYRAQEBAAAAAAAAAAAAAAAAAAEAEf/aAAgBAwEBPxBNIeX/xAAYEQADAQEAAAAAAAAAAAAAAAAAARFxwf/aAAgBAgEBPx'
    + 'B8bxln/8QAGBABAAMBAAAAAAAAAAAAAAAAAAERITH/3QAEAAP/2gAIAQEAAT8Q4GwwH//QwrpQh//Z',
    [[0, 0, [0, 9, 187]], [18, 0, [218, 11, 31]], [9, 6, [116, 112, 162]], [10, 6, [122, 119, 68]], [3, 11, [44, 209, 202]],
      [18, 12, [229, 225, 42]]]],
  ['sequential, colours at half the horizontal resolution, codes of its own', 3,
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQaFRERGCEYGh0dHx8fExciJC'
    + 'IeJBweHx7/2wBDAQUFBQcGBw4ICA4eFBEUHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh7/wAARCAAN'
    + 'ABMDASEAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABQAH/8QAJBAAAAMHBAMAAAAAAAAAAAAAAAQFAQIGISNBUQMTYaEUJDH/xAAXAQEBAQ'
    + 'EAAAAAAAAAAAAAAAAHBgQI/8QAJREAAAUBBwUAAAAAAAAAAAAAAAECAwUhBAYHERIisRQkMUJy/9oADAMBAAIRAxEAPwDK0eDPlLoOF4M9t6li'
    + '3DBZYjS/YJr7lwob7jzu4qh/Sgym7StgQCzl6+Q8ondpVGjI6CTlLoOF0Al5b0sW4YKvEW3OdAn7LhQ4quPIu6iD+kgk9t2VsCAWduczDwiRd0'
    + 'kP/9k=',
    [[0, 0, [6, 0, 202]], [18, 0, [228, 3, 43]], [9, 6, [126, 118, 169]], [10, 6, [120, 110, 74]], [3, 11, [35, 212, 194]],
      [18, 12, [229, 229, 43]]]],
  ['grey', 1,
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeX'
    + 'BkeFxlZ2P/wAALCAANABMBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAABAX/xAAeEAABBAIDAQAAAAAAAAAAAAAAAQMEBQIiERIhYv/aAAgBAQAA'
    + 'PwCKzXfIjGu3XUUld4mpWZiticYrfdRKRW+D/9k=',
    [[0, 0, [25]], [18, 0, [75]], [9, 6, [119]], [10, 6, [114]], [3, 11, [159]], [18, 12, [205]]]],
];

// All pixels of a file, a byte for each component.
function decoded(file) {
  const picture = new JpegDecoder(file).decode();
  const { width, height, components } = picture;
  const pixels = new Uint8Array(width * height * components);
  const row = components === 1 ? new Uint8Array(width) : new Int32Array(width);
  for (let y = 0; y < height; y++) {
    picture.putRow(y, row);
    row.forEach((pixel, x) => {
      const at = (y * width + x) * components;
      if (components === 3) equal(pixel >>> 24, 255);
      pixels.set(components === 1 ? [pixel] : [pixel >> 16, pixel >> 8, pixel], at);
    });
  }
  return pixels;
}

const bytesOf = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));

for (const [name, components, base64, pixels] of files) {
  await test(`decodes: ${name}`, () => {
    const file = bytesOf(base64);
    equalDeep(new JpegDecoder(file).readHeader(), { width: 19, height: 13, components });
    const all = decoded(file);
    equal(all.length, 19 * 13 * components);
    for (const [x, y, expected] of pixels) expected.forEach((value, i) => {
      const found = all[(y * 19 + x) * components + i];
      ok(Math.abs(found - value) <= 3, `pixel ${x}, ${y}: ${found} instead of ${value}`);
    });
  });
}

function picture(width, height, components) {
  const pixels = new Uint8Array(width * height * components);
  for (let i = 0; i < pixels.length; i++) {
    const place = Math.floor(i / components);
    const [x, y] = [place % width, Math.floor(place / width)];
    pixels[i] = [128 + 100 * Math.sin(x / 9) * Math.cos(y / 7), (255 * x) / width, (255 * y) / height][i % components];
  }
  return pixels;
}

function meanDifference(a, b) {
  equal(a.length, b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

await test('what is encoded is decoded again, nearly the same', () => {
  for (const [width, height] of [[64, 64], [61, 63], [1, 1], [17, 8], [130, 33]])
    for (const components of [1, 3])
      for (const progressive of [false, true]) {
        const pixels = picture(width, height, components);
        const file = encodeJpeg({ pixels, width, height, components, quality: -1, progressive });
        equalDeep(new JpegDecoder(file).readHeader(), { width, height, components });
        const difference = meanDifference(decoded(file), pixels);
        ok(difference < 5, `${width} x ${height}, ${components}, ${progressive}: ${difference}`);
      }
});

await test('better quality takes more bytes and differs less; both kinds of file hold the same', () => {
  const image = { pixels: picture(80, 60, 3), width: 80, height: 60, components: 3, progressive: false };
  const [poor, usual, good] = [20, -1, 95].map((quality) => encodeJpeg({ ...image, quality }));
  ok(poor.length < usual.length && usual.length < good.length);
  const difference = (file) => meanDifference(decoded(file), image.pixels);
  ok(difference(good) < difference(usual) && difference(usual) < difference(poor));
  const progressive = encodeJpeg({ ...image, quality: -1, progressive: true });
  equal(meanDifference(decoded(progressive), decoded(usual)), 0);
});

function randomNumbers() {
  let seed = 1;
  return (limit) => {
    seed = Math.imul(seed, 1103515245) + 12345 & 0x7FFFFFFF;
    return Math.floor((seed / 0x80000000) * limit);
  };
}

await test('noise, which has the longest codes', () => {
  const random = randomNumbers();
  const pixels = Uint8Array.from({ length: 40 * 40 }, () => random(256));
  for (const progressive of [false, true]) {
    const file = encodeJpeg({ pixels, width: 40, height: 40, components: 1, quality: 98, progressive });
    const difference = meanDifference(decoded(file), pixels);
    ok(difference < 2, `${difference}`);
  }
});

// ITU-T T.81, A.3.3, as it stands there.
function sampleAt(coefficients, x, y) {
  const factor = (n) => (n === 0 ? Math.SQRT1_2 : 1);
  const cosine = (place, n) => Math.cos(((2 * place + 1) * n * Math.PI) / 16);
  let sum = 0;
  coefficients.forEach((value, i) => {
    const [u, v] = [i % 8, i >> 3];
    sum += factor(u) * factor(v) * value * cosine(x, u) * cosine(y, v);
  });
  return Math.max(0, Math.min(255, sum / 4 + 128));
}

await test('the inverse transform is what its definition says, rounded', () => {
  const random = randomNumbers();
  for (let round = 0; round < 60; round++) {
    const most = [1, 3, 8, 64][round % 4];
    const coefficients = new Int32Array(64);
    for (let n = 0; n < most; n++) coefficients[n === 0 ? 0 : random(64)] = random(601) - 300;
    const samples = new Uint8ClampedArray(16 * 8).fill(7);
    if (most === 1) putFlatBlock(coefficients[0], new Int32Array(samples.buffer), 8, 16);
    const block = coefficients.slice();
    if (most > 1) putBlock(block, samples, 8, 16);
    if (most > 1) ok(block.every((value) => value === 0), 'the block is not cleared');
    samples.forEach((sample, i) => {
      const expected = i % 16 < 8 ? 7 : sampleAt(coefficients, i % 8, i >> 4);
      ok(Math.abs(sample - expected) <= (i % 16 < 8 ? 0 : 0.6), `${sample} instead of ${expected}`);
    });
  }
});

await test('damaged files are refused or decoded somehow, and always come to an end', () => {
  const random = randomNumbers();
  for (const [, , base64] of files)
    for (let round = 0; round < 200; round++) {
      const whole = bytesOf(base64);
      const file = round % 3 === 0 ? whole.subarray(0, random(whole.length)) : whole;
      for (let n = round % 4; n > 0; n--) file[random(file.length)] = random(256);
      try {
        const { width, height } = new JpegDecoder(file).readHeader();
        if (width * height < 1e5) decoded(file);
      } catch (error) {
        equal(error.constructor.name, 'JpegError');
      }
    }
});

await test('the imports: pieces in, rows out; what is no JPEG file has no size', () => {
  const transfer = new Transfer();
  transfer.attach({ buffer: new ArrayBuffer(65536) });
  const memory = transfer.bytes(0, 65536);
  const host = jpegImports(transfer);
  const header = () => [0, 4, 8].map((at) => transfer.view(at, 4).getInt32(0, true));
  const file = bytesOf(files[2][2]);
  for (let at = 0; at < file.length; at += 50) {
    const piece = file.subarray(at, at + 50);
    memory.set(piece);
    host.jpegAppend(0, piece.length);
  }
  equal(host.jpegDecode(), 1);
  equalDeep(header(), [19, 13, 1]);
  host.jpegRow(12, 100);
  ok(Math.abs(memory[118] - 205) <= 2);
  memory.set(bytesOf(files[1][2]));
  host.jpegAppend(0, bytesOf(files[1][2]).length);
  equal(host.jpegDecode(), 3);
  host.jpegRow(12, 1000);
  equal(transfer.words(1000, 19)[18] >>> 24, 255);
  ok(Math.abs(memory[1000 + 4 * 18] - 43) <= 3, 'blue is first in memory');
  host.jpegHeader();
  equalDeep(header(), [0, 0, 0]);
  host.jpegAppend(0, 20);
  equal(host.jpegDecode(), 0);
});

finish();
