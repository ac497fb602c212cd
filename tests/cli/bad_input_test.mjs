// Images that are none, or damaged: one clear error that names the file, exit code 1, and no
// output folder left behind. The damage is done to a copy of a real image.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contains, equal, equalDeep, ok, skip, test } from '../harness.mjs';
import { inScratch, scratchEntries, stwasm } from './command.mjs';
import { SpurImage } from './spur_image.mjs';

// Both commands read the whole image; `build` has to leave nothing behind.
async function rejected(name, bytes, ...parts) {
  const path = inScratch('bad.image');
  for (const words of [['info', path], ['build', path, '-o', inScratch('out')]]) {
    await test(`${words[0]}: ${name}`, () => rejectedBy(words, path, bytes, parts));
  }
}

function rejectedBy(words, path, bytes, parts) {
  writeFileSync(path, bytes);
  const before = scratchEntries();
  const { code, signal, out, err } = stwasm(...words);
  equal(signal, null);
  equal(code, 1);
  equal(out, '');
  // One error: one line, that names the file.
  equal(err.trimEnd().split('\n').length, 1, err);
  contains(err, path);
  for (const part of parts) contains(err, part);
  equalDeep(scratchEntries(), before);
}

await rejected('an empty file', '');
await rejected('text', 'Object subclass: #Foo\n'.repeat(50));
await rejected('a program', readFileSync(process.env.STWASM).subarray(0, 4096));
await rejected('one byte', Uint8Array.of(0x79));

await test('a file that is not there', () => {
  const { code, err } = stwasm('info', inScratch('missing.image'));
  equal(code, 1);
  contains(err, 'missing.image');
});

await test('a folder instead of a file', () => {
  const { code, err } = stwasm('info', inScratch('.'));
  equal(code, 1);
  contains(err, 'folder');
});

const folder = process.env.STWASM_IMAGES;

function original() {
  return new SpurImage(readFileSync(join(folder, 'headless.image')));
}

async function damagedImages() {
  const size = original().bytes.length;
  for (const kept of [3, 4, 63, 64, 100, 4096, size >> 1, size - 4096]) {
    await rejected(`truncated after ${kept} of ${size} bytes`, original().truncated(kept));
  }
  await rejected('an unknown format number', original().setWord(0, 6666).bytes, '6666');
  await rejected('a format number of no image at all', original().setWord(0, 0xdeadbeef).bytes);
  await rejected('a header size of nonsense', original().setWord(4, 0xfffffff0).bytes);
  await rejected('a data size beyond the file', original().setWord(8, 0x7ffffff8).bytes);
  await rejected('special objects outside', original().setWord(16, 0xfffffff0).bytes);
  await rejected('special objects between objects', movedSpecialObjects().bytes);
  await rejected('an object that goes on behind the heap', enlargedObject().bytes);
  await rejected('an object with an unknown class', unknownClass().bytes);
  await rejected('a pointer behind the heap', wildPointer((image) => image.baseAddress + image.dataSize + 64));
  await rejected('a pointer before the heap', wildPointer((image) => image.baseAddress - 64));
  await rejected('a pointer into an object', wildPointer((image) => image.specialObjects + 8));
  await rejected('a method with more literals than bytes', tooManyLiterals().bytes);
}

function movedSpecialObjects() {
  const image = original();
  return image.setWord(16, image.specialObjects + 8);
}

function enlargedObject() {
  const image = original();
  const object = image.findPointerObject();
  // Slot counts of 255 and more stand in a word before the header, so 254 is the most one byte
  // can say; the last object of the heap is near enough to its end for that.
  const last = [...image.objects()].at(-1);
  image.bytes[(last ?? object).header + 7] = 254;
  return image;
}

function unknownClass() {
  const image = original();
  const { header } = image.findPointerObject();
  return image.setWord(header, (image.word(header) & ~0x3fffff) | 0x3ffff0);
}

function wildPointer(target) {
  const image = original();
  return image.setWord(image.findPointerObject().body, target(image)).bytes;
}

function tooManyLiterals() {
  const image = original();
  const { body } = image.findMethod(8);
  return image.setWord(body, image.word(body) | (0x7fff << 1));
}

// Bytecodes of a method that are wrong can be read (and listed as far as they go), not translated.
async function badBytecodes(name, damage, ...parts) {
  await test(`build: ${name}`, () => {
    const image = original();
    const method = image.findMethod(12);
    damage(image, method);
    rejectedBy(['build', inScratch('bad.image'), '-o', inScratch('out')], inScratch('bad.image'),
               image.bytes, ['>>', 'pc ', ...parts]);
  });
}

const pushSelf = 0x70;
const popTop = 0x87;
const jump = 0xa7; // jumps 768 bytes and the next byte's number of them ahead
const send = 0x83; // literal and arguments in the next byte

async function damagedBytecodes() {
  await badBytecodes('bytecodes that run off the method\'s end',
                     (image, { start, end }) => image.bytes.fill(pushSelf, start, end - 4));
  await badBytecodes('an instruction cut off by the method\'s end',
                     (image, { start, end }) => {
                       for (let i = start; i < end - 4; i += 2) image.bytes.set([pushSelf, popTop], i);
                       image.bytes[end - 5] = send;
                     });
  await badBytecodes('a jump out of the method',
                     (image, { start }) => image.bytes.set([jump, 0xff], start));
  await badBytecodes('a pop from an empty stack', (image, { start }) => image.bytes.set([popTop], start));
}

async function foreignOutput() {
  await test('an output folder that holds something else is left as it is', () => {
    const out = inScratch('mine');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    const { code, err } = stwasm('build', join(folder, 'headless.image'), '-o', out);
    equal(code, 1);
    contains(err, 'not an earlier output');
    ok(existsSync(join(out, 'thesis.txt')));
  });
}

if (folder) {
  await damagedImages();
  await damagedBytecodes();
  await foreignOutput();
} else {
  skip('damaged images', 'STWASM_IMAGES names no folder of images');
}
