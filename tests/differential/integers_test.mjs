// Temporaries that hold SmallIntegers (integers.st), interpreted, translated, and translated for a profile, where blocks are in
// place: node integers_test.mjs STWASM FOLDER. In images of 32 and 64 bits and from before Spur.
import { equal, finish, test } from '../harness.mjs';
import { linesByMode, testAsInterpreted } from './modes.mjs';

const [stwasm, folder] = process.argv.slice(2);

// What the first line begins with, by the language alone.
const known = '#(55 11) nil|#(20100 201) nil|6561 nil|40 nil|#(9 1 10 10) nil|';

for (const format of ['spur32', 'spur64', 'v3']) {
  const lines = linesByMode(stwasm, folder, 'integers', format);
  await test(`temporaries with SmallIntegers, ${format}, interpreted`, () => equal(lines.interpreted[0].slice(0, known.length), known));
  await testAsInterpreted(`temporaries with SmallIntegers, ${format}`, lines);
}
finish();
