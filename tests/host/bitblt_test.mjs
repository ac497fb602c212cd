// BitBlt and WarpBlt: the runtime against a model that works pixel by pixel, on random copies of every rule and depth; and
// that nothing an image may store into a BitBlt makes it trap.
import { combine, copyBits, ModelForm } from './bitblt_model.mjs';
import { assemble } from '../runtime/assemble.mjs';
import { equal, finish, ok, test } from '../harness.mjs';

const kDepths = [1, 2, 4, 8, 16, 32];
const kBitBltSlots = 15;
const kWarpBltSlots = 27;

const vm = assemble([...['bitblt_load', 'bitblt_parts', 'bitblt_rules', 'bitblt_blend', 'bitblt_clip', 'bitblt_copy', 'bitblt_warp',
  'primitives_display', 'large_integer_digits'].map((name) => `runtime-wat/${name}.wat`), 'tests/host/bitblt_support.wat']);

let state = 1;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const randomWord = () => (random(65536) * 65536 + random(65536)) >>> 0;
const one = (choices) => choices[random(choices.length)];
const some = (count, make) => Array.from({ length: count }, make);
const interesting = () => one([0, 0xffffffff, (0xff000000 | randomWord()) >>> 0, randomWord(), randomWord()]);

function wordsObject(words) {
  const made = vm.words(words.length);
  words.forEach((word, index) => vm.setWord(made, index, word | 0));
  return made;
}

const asObject = (value) => (typeof value === 'number' ? vm.small(value) : value);

function arrayObject(values) {
  const made = vm.array(values.length);
  values.forEach((value, index) => vm.setSlot(made, index, asObject(value)));
  return made;
}

// A model Form together with the Form of the module.
function makeForm(width, height, depth, make = interesting) {
  const model = new ModelForm(width, height, depth, some(Math.ceil(width / (32 / Math.abs(depth))) * height, make));
  const bits = wordsObject([...model.words]);
  return { model, bits, object: arrayObject([bits, width, height, depth, null]) };
}

const randomForm = (depth) => makeForm(1 + random(70), 1 + random(12), depth);

function equalForms({ model, bits }, message) {
  model.words.forEach((word, index) => equal(vm.word(bits, index) >>> 0, word, `${message}, word ${index}`));
}

function randomCopy(rule, dest, source) {
  return {
    rule, dest, source, halftone: null, map: null, alpha: random(256), destX: random(80) - 8, destY: random(16) - 4,
    width: random(80), height: random(16), sourceX: random(60) - 8, sourceY: random(14) - 3,
    clip: { x: random(10) - 3, y: random(4) - 2, width: random(90), height: random(18) },
  };
}

function bltSlots(copy) {
  const { clip } = copy;
  return [copy.dest.object, copy.source?.object ?? null, copy.halftone ? wordsObject(copy.halftone) : null, copy.rule,
    copy.destX, copy.destY, copy.width, copy.height, copy.sourceX, copy.sourceY, clip.x, clip.y, clip.width, clip.height,
    copy.map ? wordsObject(copy.map) : null];
}

function describe(copy) {
  const form = (each) => (each ? `${each.model.width}x${each.model.height}x${each.model.depth}${each.model.isMsb ? '' : ' lsb'}` : 'none');
  const { dest, source, halftone, map, ...rest } = copy;
  return `to ${form(dest)} from ${source === dest ? 'itself' : form(source)}, halftone ${halftone?.length}, map ${map?.length}, ${JSON.stringify(rest)}`;
}

function runBoth(copy) {
  const blt = arrayObject(bltSlots(copy));
  const hasAlpha = copy.rule === 30 || copy.rule === 31;
  const answer = hasAlpha ? vm.primitive_BitBltPlugin_primitiveCopyBits_1(blt, vm.small(copy.alpha), 0)
    : vm.primitive_BitBltPlugin_primitiveCopyBits(blt, 0);
  equal(vm.hasFailed(answer), 0, describe(copy));
  const count = copyBits({ ...copy, dest: copy.dest.model, source: copy.source?.model ?? null });
  if (copy.rule === 32) equal(vm.smallOr(answer, -1), count, describe(copy));
  equalForms(copy.dest, describe(copy));
}

// Rules whose result depends on single pixels only, at this depth.
function rulesAt(depth) {
  const rules = [...some(16, (_, rule) => rule), 20, 21, 25, 26, 27, 28, 29, 30, 31, 32, 39, 40];
  if (depth >= 8) rules.push(37);
  if (depth === 32) rules.push(24, 34);
  return rules;
}

for (const depth of kDepths) {
  await test(`every rule, depth ${depth}, no source or one of the same depth`, () => {
    for (const rule of rulesAt(depth)) {
      for (let round = 0; round < 12; round++) {
        const signed = one([depth, depth, -depth]);
        const copy = randomCopy(rule, randomForm(signed), one([null, randomForm(signed)]));
        if (random(3) === 0) copy.halftone = some(1 + random(8), randomWord);
        runBoth(copy);
      }
    }
  });

  await test(`copies within a Form of depth ${depth}`, () => {
    for (let round = 0; round < 150; round++) {
      const form = randomForm(one([depth, -depth]));
      runBoth(randomCopy(one([3, 6, 7, 25]), form, form));
    }
  });
}

await test('colour maps and changes of byte order', () => {
  for (let round = 0; round < 400; round++) {
    const [from, to] = [one([1, 2, 4, 8]), one(kDepths)];
    const copy = randomCopy(one(rulesAt(to)), randomForm(one([to, -to])), randomForm(one([from, -from])));
    copy.map = some(2 ** from, interesting);
    if (random(3) === 0) copy.halftone = some(1 + random(4), randomWord);
    runBoth(copy);
  }
});

await test('rule 33 counts pixels in the map', () => {
  const form = makeForm(50, 5, 4);
  const map = wordsObject(some(16, () => 0));
  vm.primitive_BitBltPlugin_primitiveCopyBits(
    arrayObject([form.object, form.object, null, 33, 3, 1, 40, 3, 3, 1, 0, 0, 50, 5, map]), 0);
  const counts = new Array(16).fill(0);
  for (let y = 1; y < 4; y++) for (let x = 3; x < 43; x++) counts[form.model.at(x, y)]++;
  counts.forEach((count, index) => equal(vm.word(map, index), count));
});

await test('bits may be bytes', () => {
  const bytes = vm.bytes(8);
  const form = arrayObject([bytes, 4, 2, 8, null]);
  vm.primitive_BitBltPlugin_primitiveCopyBits(
    arrayObject([form, null, wordsObject([0x77777777]), 3, 1, 0, 2, 2, 0, 0, 0, 0, 4, 2, null]), 0);
  equal(some(8, (_, index) => vm.byte(bytes, index)).join(' '), '0 119 119 0 0 119 119 0');
});

await test('components blend as fractions of 255, rounded up', () => {
  for (let alpha = 0; alpha < 256; alpha += 5) {
    for (const [s, d] of [[0, 255], [255, 0], [17, 200], [200, 17], [128, 127]]) {
      const result = combine(30, 32, s, d, alpha);
      ok(result >= (s * alpha + d * (255 - alpha)) / 255 && result < (s * alpha + d * (255 - alpha)) / 255 + 1);
    }
  }
});

const corners = (width, height) => [0, 0, 16384, 0, (height - 1) * 16384, 16384, (width - 1) * 16384, (height - 1) * 16384,
  16384, (width - 1) * 16384, 0, 16384];

function warp(dest, source, extra = []) {
  const [width, height] = [dest.model.width, dest.model.height];
  const slots = [dest.object, source.object, null, 3, 0, 0, width, height, 0, 0, 0, 0, width, height, null,
    ...corners(source.model.width, source.model.height)];
  equal(slots.length, kWarpBltSlots);
  const blt = arrayObject(slots);
  const answer = extra.length > 0 ? vm.primitive_BitBltPlugin_primitiveWarpBits(blt, ...extra.map(asObject), 0)
    : vm.primitive_BitBltPlugin_primitiveWarpBits_0(blt, 0);
  equal(vm.hasFailed(answer), 0);
}

await test('a warp of the same size copies, one of twice the size doubles pixels', () => {
  for (const depth of kDepths) {
    const source = makeForm(9, 7, depth);
    const same = makeForm(9, 7, depth);
    const twice = makeForm(18, 14, depth);
    warp(same, source);
    for (let y = 0; y < 7; y++) for (let x = 0; x < 9; x++) same.model.put(x, y, source.model.at(x, y));
    equalForms(same, `same, depth ${depth}`);
    warp(twice, source);
    for (let y = 0; y < 14; y++) for (let x = 0; x < 18; x++) twice.model.put(x, y, source.model.at(x >> 1, y >> 1));
    equalForms(twice, `twice, depth ${depth}`);
  }
});

await test('smoothing averages the colours of source pixels', () => {
  const source = makeForm(8, 8, 1, () => 0xaa000000);
  const dest = makeForm(4, 4, 32, () => 0);
  warp(dest, source, [2, wordsObject([0xff000000, 0xff0000ff])]);
  ok([0, 1, 2].every((x) => [0, 0x7f, 0xff].includes(vm.word(dest.bits, x) & 0xff)), 'greys of blue');
  equal(vm.hasFailed(vm.primitive_BitBltPlugin_primitiveWarpBits(
    arrayObject([dest.object, source.object, null, 3, 0, 0, 4, 4, 0, 0, 0, 0, 4, 4, null, ...corners(8, 8)]),
    vm.small(2), null, 0)), 1, 'an indexed source needs its colours');
});

await test('lines leave out their ends', () => {
  const form = makeForm(20, 10, 8, () => 0);
  const blt = arrayObject([form.object, null, wordsObject([0x55555555]), 3, 2, 3, 1, 1, 0, 0, 0, 0, 20, 10, null]);
  vm.primitive_BitBltPlugin_primitiveDrawLoop(blt, vm.small(10), vm.small(5), 0);
  for (let x = 3; x < 12; x++) form.model.put(x, 3 + ((x - 2) >> 1), 0x55);
  equalForms(form, 'line');
  equal(vm.smallOr(vm.slot(blt, 4), -1), 12);
  equal(vm.smallOr(vm.slot(blt, 5), -1), 8);
});

await test('a string is a row of glyphs', () => {
  const font = makeForm(40, 8, 1);
  const drawn = makeForm(60, 10, 32);
  const copied = { ...makeForm(60, 10, 32), model: new ModelForm(60, 10, 32, drawn.model.words) };
  const map = [0xffffffff, 0xff000000];
  const string = vm.bytes(3);
  [2, 0, 1].forEach((code, index) => vm.setByte(string, index, code));
  const xs = [0, 7, 15, 31, 40];
  const blt = (dest) => [dest.object, font.object, null, 25, 4, 1, 0, 8, 0, 0, 0, 0, 60, 10, wordsObject(map)];
  const answer = vm.primitive_BitBltPlugin_primitiveDisplayString(arrayObject(blt(drawn)), string, vm.small(1), vm.small(3),
    arrayObject(some(256, (_, code) => Math.min(code, 3))), arrayObject(xs), vm.small(1), 0);
  equal(vm.hasFailed(answer), 0);
  let x = 4;
  for (const glyph of [2, 0, 1]) {
    const width = xs[glyph + 1] - xs[glyph];
    copyBits({ dest: copied.model, source: font.model, halftone: null, rule: 25, map, destX: x, destY: 1, width, height: 8,
      sourceX: xs[glyph], sourceY: 0, clip: { x: 0, y: 0, width: 60, height: 10 } });
    x += width + 1;
  }
  equalForms({ model: copied.model, bits: drawn.bits }, 'string');
});

await test('single pixels', () => {
  const form = makeForm(11, 3, 4);
  const at = (x, y) => vm.smallOr(vm.primitive_BitBltPlugin_primitivePixelValueAt(form.object, vm.small(x), vm.small(y), 0), -1);
  for (let x = 0; x < 11; x++) equal(at(x, 2), form.model.at(x, 2));
  equal(at(-1, 0), 0);
  equal(at(11, 0), 0);
});

await test('whatever is stored in a BitBlt or Form, nothing traps', () => {
  const huge = [0, 1, -1, 2 ** 30 - 1, -(2 ** 30), 2 ** 29, 100000, -100000, null, 1e9, -2e9, 1.5, Number.NaN, 1e300];
  const anything = () => {
    const value = one([...huge, 'form', 'words', 'array', 'bytes']);
    if (value === 'form') return randomForm(one(kDepths)).object;
    if (value === 'words') return wordsObject(some(random(5), randomWord));
    if (value === 'array') return arrayObject(some(random(6), () => random(100)));
    if (value === 'bytes') return vm.bytes(random(40));
    return Number.isInteger(value) && Math.abs(value) <= 2 ** 30 ? value : value === null ? null : vm.float(value);
  };
  for (let round = 0; round < 6000; round++) {
    const signed = one(kDepths) * one([1, -1]);
    const dest = randomForm(signed);
    const copy = randomCopy(random(42), dest, one([null, dest, randomForm(one(kDepths)), randomForm(signed)]));
    if (random(3) === 0) copy.map = some(one([2, 16, 256, 512]), randomWord);
    const slots = [...bltSlots(copy), ...corners(20, 20).map((each) => (random(4) === 0 ? one(huge.slice(0, 8)) : each))];
    equal(slots.length, kBitBltSlots + 12);
    for (let spoiled = 0; spoiled < 3; spoiled++) if (random(2)) slots[random(slots.length)] = anything();
    const form = arrayObject([dest.bits, ...some(3, () => one([...huge.slice(0, 8), 4, 8, 32, 3]))]);
    if (random(8) === 0) slots[random(2)] = form;
    // Loops as long as a line or a run of rows are what the image asked for.
    const isLong = (index) => Math.abs(vm.smallOr(asObject(slots[index]), 0)) > 1e6;
    if (isLong(6) || isLong(7)) slots[12] = 30;
    const blt = arrayObject(slots);
    vm.primitive_BitBltPlugin_primitiveCopyBits_4(blt, vm.small(1234567), vm.small(99), gammaTable(), null, 0);
    vm.primitive_BitBltPlugin_primitiveCopyBits_1(blt, vm.small(random(300)), 0);
    vm.primitive_BitBltPlugin_primitiveWarpBits(blt, vm.small(random(4)), wordsObject(some(256, randomWord)), 0);
    vm.primitive_BitBltPlugin_primitiveDrawLoop(blt, vm.small(random(60) - 30), vm.small(random(60) - 30), 0);
  }
});

function gammaTable() {
  return vm.bytes(one([0, 255, 256]));
}

finish();
