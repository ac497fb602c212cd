// Pixels of the Display in all depths, as pages show them, beside what the image's own Form class says of them.
// node display_test.mjs OUT (a Cuis image, built)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, equalDeep, finish, ok, test } from '../harness.mjs';

const load = (name) => import(pathToFileURL(join(resolve(process.argv[2]), name)));
const { open } = await load('stwasm.mjs');
const { headlessDisplayImports } = await load('headless_display.mjs');
const { standardPalette } = await load('palette.mjs');
const { Damage } = await load('screen.mjs');
const { cursorPixels } = await load('cursor.mjs');

let exports;
const image = await open({
  display: {
    imports: (transfer) => headlessDisplayImports(transfer, (640 << 16) | 480),
    attach: (attached) => {
      exports = attached;
    },
  },
});
await image.evaluate('(Delay forMilliseconds: 100) wait');

const kWidth = 67;
const kHeight = 9;
const kPoints = [[0, 0], [1, 0], [31, 1], [32, 1], [33, 2], [66, 8], [40, 5], [7, 7]];

// A Form of that depth, filled with a pattern, is the Display for a moment: its pixels here and there.
async function pixelsOf(depth) {
  const before = await image.evaluate('Display');
  const expected = await image.evaluate(`| form seed | form := DisplayScreen extent: ${kWidth}@${kHeight} depth: ${depth}.
    seed := 12345.
    1 to: form bits size do: [ :i | seed := seed * 1103515245 + 12345 bitAnd: 16r7FFFFFFF. form bits at: i put: seed * 2 ].
    form beDisplay.
    #(${kPoints.map(([x, y]) => `(${x} ${y})`).join(' ')}) collect: [ :each | | colour |
      colour := form colorAt: each first @ each second.
      colour isTransparent ifTrue: [ colour := Color white ].    "as a screen shows it"
      { (colour red * 255) rounded. (colour green * 255) rounded. (colour blue * 255) rounded } ]`);
  const base = exports.heapBase.value;
  new Uint32Array(exports.memory.buffer, base, 256).set(standardPalette());
  equal(exports.displaySize(), (kWidth << 16) | kHeight);
  equal(exports.copyDisplay(0, 0, kWidth, kHeight, base + 1024, base), 1);
  const bytes = new Uint8Array(exports.memory.buffer, base + 1024, 4 * kWidth * kHeight).slice();
  await before.send('beDisplay');
  const actual = kPoints.map(([x, y]) => [...bytes.subarray(4 * (y * kWidth + x), 4 * (y * kWidth + x) + 4)]);
  return { expected, actual };
}

for (const depth of [1, 2, 4, 8, 16, 32]) {
  await test(`pixels of ${depth} bits`, async () => {
    const { expected, actual } = await pixelsOf(depth);
    actual.forEach(([red, green, blue, alpha], i) => {
      equal(alpha, 255);
      const [r, g, b] = expected[i];
      // A level of a small depth may be rounded either way.
      ok(Math.max(Math.abs(red - r), Math.abs(green - g), Math.abs(blue - b)) <= 1,
        `point ${kPoints[i]}: ${[red, green, blue]} instead of ${expected[i]}`);
    });
  });
}

await test('a rectangle outside of the Display is not copied', () => {
  const base = exports.heapBase.value;
  equal(exports.copyDisplay(0, 0, 5000, 10, base + 1024, base), 0);
  equal(exports.copyDisplay(0, 0, 10, 5000, base + 1024, base), 0);
});

await test('damage: near rectangles are joined, empty ones forgotten', () => {
  const damage = new Damage();
  damage.add({ left: 0, top: 0, right: 10, bottom: 10 });
  damage.add({ left: 0, top: 10, right: 10, bottom: 20 });
  damage.add({ left: 500, top: 500, right: 510, bottom: 510 });
  damage.add({ left: 5, top: 5, right: 5, bottom: 9 });
  damage.add({ left: 9, top: 9, right: 5, bottom: 5 });
  equalDeep(damage.take(), [{ left: 0, top: 0, right: 10, bottom: 20 }, { left: 500, top: 500, right: 510, bottom: 510 }]);
  ok(damage.isEmpty);
  for (let i = 0; i < 40; i++) damage.add({ left: 50 * i, top: 50 * i, right: 50 * i + 5, bottom: 50 * i + 5 });
  const rectangles = damage.take();
  ok(rectangles.length < 40);
  for (let i = 0; i < 40; i++) ok(rectangles.some(({ left, right }) => left <= 50 * i && right >= 50 * i + 5));
});

await test('cursors of one bit and of colours', () => {
  const [black, white, none] = [0xff000000, 0xffffffff, 0];
  const cursor = { width: 4, height: 1, depth: 1, bits: Uint32Array.of(0b1010 << 28), mask: Uint32Array.of(0b1100 << 28) };
  equalDeep([...cursorPixels(cursor)], [black, white, black, none]);
  equalDeep([...cursorPixels({ ...cursor, mask: null })], [black, none, black, none]);
  equalDeep([...cursorPixels({ width: 1, height: 1, depth: 32, bits: Uint32Array.of(0x80112233), mask: null })], [0x80332211]);
});
finish();
