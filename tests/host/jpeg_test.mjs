// The JPEG codec: files that the Independent JPEG Group's cjpeg wrote and what its djpeg made of them; what the encoder
// writes; damaged files.
import { JpegDecoder } from '../../runtime-wat/host/jpeg_decoder.mjs';
import { encodeJpeg } from '../../runtime-wat/host/jpeg_encoder.mjs';
import { jpegImports } from '../../runtime-wat/host/jpeg.mjs';
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
const bytesOf = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));

for (const [name, components, base64, pixels] of files) {
  await test(`decodes: ${name}`, () => {
    const file = bytesOf(base64);
    equalDeep(new JpegDecoder(file).readHeader(), { width: 19, height: 13, components });
    const decoded = new JpegDecoder(file).decode();
    equal(decoded.length, 19 * 13 * components);
    for (const [x, y, expected] of pixels) expected.forEach((value, i) => {
      const found = decoded[(y * 19 + x) * components + i];
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
        const difference = meanDifference(new JpegDecoder(file).decode(), pixels);
        ok(difference < 5, `${width} x ${height}, ${components}, ${progressive}: ${difference}`);
      }
});

await test('better quality takes more bytes and differs less; both kinds of file hold the same', () => {
  const image = { pixels: picture(80, 60, 3), width: 80, height: 60, components: 3, progressive: false };
  const [poor, usual, good] = [20, -1, 95].map((quality) => encodeJpeg({ ...image, quality }));
  ok(poor.length < usual.length && usual.length < good.length);
  const difference = (file) => meanDifference(new JpegDecoder(file).decode(), image.pixels);
  ok(difference(good) < difference(usual) && difference(usual) < difference(poor));
  const progressive = encodeJpeg({ ...image, quality: -1, progressive: true });
  equal(meanDifference(new JpegDecoder(progressive).decode(), new JpegDecoder(usual).decode()), 0);
});

await test('damaged files are refused or decoded somehow, and always come to an end', () => {
  let seed = 1;
  const random = (limit) => {
    seed = Math.imul(seed, 1103515245) + 12345 & 0x7FFFFFFF;
    return Math.floor((seed / 0x80000000) * limit);
  };
  for (const [, , base64] of files)
    for (let round = 0; round < 200; round++) {
      const whole = bytesOf(base64);
      const file = round % 3 === 0 ? whole.subarray(0, random(whole.length)) : whole;
      for (let n = round % 4; n > 0; n--) file[random(file.length)] = random(256);
      try {
        const { width, height } = new JpegDecoder(file).readHeader();
        if (width * height < 1e5) new JpegDecoder(file).decode();
      } catch (error) {
        equal(error.constructor.name, 'JpegError');
      }
    }
});

await test('the imports: pieces in, rows out; what is no JPEG file has no size', () => {
  const memory = new Uint8Array(65536);
  const transfer = {
    bytes: (pointer, length) => memory.subarray(pointer, pointer + length),
    view: (pointer, length) => new DataView(memory.buffer, pointer, length),
  };
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
  host.jpegHeader();
  equalDeep(header(), [0, 0, 0]);
  host.jpegAppend(0, 20);
  equal(host.jpegDecode(), 0);
});

finish();
