// Elements that translated code reads and writes in place (elements.st) against the same in JavaScript, with everything that
// may be wrong about receiver, index and value: node elements_test.mjs STWASM FOLDER. Interpreted, translated, and
// translated for a profile; in images of 32 and 64 bits and from before Spur.
import { equal, finish, test } from '../harness.mjs';
import { linesByMode, testAsInterpreted } from './modes.mjs';

const [stwasm, folder] = process.argv.slice(2);

// What the receivers of elements.st hold, as far as it does not depend on how the kernel is written.
const contents = {
  array: ['#array', '11', '$b'],
  string: ['$a', '$b', '$c'],
  symbol: ['$a', '$b', '$c'],
  bytes: ['1', '128', '255'],
  words: ['1', '1073741824', '4294967295'],
  others: ['10', '20', '30'],
};
const indices = [0, 1, 2, 3, 4, -1, 1073741823, -1073741824, 4294967297, null, null, null, null];
const values = ['$a', '$ÿ', 'Character value: 300', '0', '255', '256', '-1', '1073741823', '1073741824', '4294967295', '4294967296',
  'nil', '#abc', '1.5'];
const kPlaces = 5;  // in the code, for each operation

const inBytes = (value, most) => /^\d+$/.test(value) && Number(value) <= most;
const accepts = {
  array: () => true,
  string: (value) => /^\$/.test(value),
  bytes: (value) => inBytes(value, 255),
  words: (value) => inBytes(value, 4294967295),
  others: () => true,
};

const at = (elements, index) => elements[index - 1] ?? 'error';
const repeated = (answer) => Array(kPlaces).fill(answer);
const reads = (elements) => indices.flatMap((index) => [...repeated(at(elements, index)), at(['$l', '$i', '$t', '$e', '$r', '$a', '$l'], index)]);

function writes(kind) {
  const old = contents[kind];
  const put = (index, value) => (at(old, index) !== 'error' && accepts[kind](value) ? value : 'error');
  // basicAt: answers bytes; the named slots of a collection are not its elements.
  const shown = (value) => (kind === 'string' ? String(value.charCodeAt(1)) : kind === 'others' ? null : value);
  return repeated().flatMap(() => {
    let second = put(2, '7') === 'error' ? put(2, '$c') : '7';
    return [
      ...indices.flatMap((index) => [put(index, '$c'), put(index, '7')]),
      ...values.flatMap((value) => {
        const answer = put(2, value);
        if (answer !== 'error') second = value;
        return [answer, shown(second)];
      }),
    ];
  });
}

// Each index is read, written to twice, and read again.
function basics(kind) {
  const old = contents[kind];
  const size = String(old.length);
  return [size, size, ...indices.flatMap((index) => {
    const before = at(old, index);
    if (before === 'error') return Array(5).fill('error');
    return [before, before, '65', ...(kind === 'array' ? ['256', '256'] : ['error', '65'])];
  })];
}

// The first three are equal as far as one is no Symbol and the other a String; so are 3 and 3.0, and nothing else.
function compare(row, column) {
  const group = (place) => (place < 3 ? 0 : place === 7 ? 6 : place);
  const isEqual = group(row) === group(column);
  return [String(isEqual), isEqual ? "'yes'" : "'no'", row === 6 && column === 6 ? '7' : null];
}

// Where the model says null the kernel decides.
function matches(line, model) {
  const fields = line.split('|').slice(0, -1);
  equal(fields.length, model.length);
  equal(fields.map((field, i) => (model[i] === null ? null : field)).join(' '), model.join(' '));
}

function checkLines(lines, isSpur) {
  const receivers = 15;
  Object.values(contents).forEach((elements, row) => matches(lines[row], reads(elements)));
  ['array', 'string', null, 'bytes', 'words', 'others'].forEach((kind, row) => {
    if (kind) matches(lines[receivers + row], writes(kind));
  });
  const sizes = lines.slice(2 * receivers - 1, 3 * receivers - 1);
  Object.values(contents).forEach((elements, row) => matches(sizes[row], repeated(String(elements.length))));
  matches(sizes[9], repeated('#size'));
  matches(sizes[10], repeated('#loud'));
  matches(sizes[11], repeated('0'));
  const basic = lines.slice(3 * receivers - 1, 4 * receivers - 1);
  ['array', 'bytes'].forEach((kind) => matches(basic[Object.keys(contents).indexOf(kind)], basics(kind)));
  const compared = lines.slice(4 * receivers - 1, 5 * receivers - 1);
  compared.forEach((line, row) => matches(line, Array.from({ length: receivers }, (_, column) => compare(row, column)).flat()));
  const readOnly = lines.slice(5 * receivers - 1, 5 * receivers + 3);
  if (isSpur) ['1', '$a', '1', '1'].forEach((first, row) => matches(readOnly[row], [...Array(2 * kPlaces).fill('error'), first]));
  matches(lines.at(-1), [...Array(9).fill('#replaced'), "#(#(1) 'a')", '#(1 1 $a)']);
}

for (const format of ['spur32', 'spur64', 'v3']) {
  const lines = linesByMode(stwasm, folder, 'elements', format);
  await test(`elements, ${format}, interpreted`, () => checkLines(lines.interpreted, format !== 'v3'));
  await testAsInterpreted(`elements, ${format}`, lines);
}
finish();
