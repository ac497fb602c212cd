// Temporaries that blocks share (vectors.st), interpreted, translated, and translated for a profile, where the blocks are in
// place: node vectors_test.mjs STWASM FOLDER. In images of 32 and 64 bits and from before Spur.
import { equal, finish, test } from '../harness.mjs';
import { linesByMode, testAsInterpreted } from './modes.mjs';

const [stwasm, folder] = process.argv.slice(2);

// What follows from the language alone, by line.
const known = [
  '10|4|',                        // sum:
  '3|#(4)|78|',                   // find:in:, nested:
  '#(21 21)|10|',                 // escapes:at:
  '#(32 31 33 32 34 33)|#(31 32 33)|',
];

for (const format of ['spur32', 'spur64', 'v3']) {
  const lines = linesByMode(stwasm, folder, 'vectors', format);
  await test(`temp vectors, ${format}, interpreted`, () => known.forEach((line, index) => equal(lines.interpreted[index], line)));
  await testAsInterpreted(`temp vectors, ${format}`, lines);
}
finish();
