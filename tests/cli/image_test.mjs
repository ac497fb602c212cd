// The commands that look into an image. The figures are those that were counted in the images by
// other means than this program.
import { join } from 'node:path';
import { contains, equal, equalDeep, ok, skip, test } from '../harness.mjs';
import { inScratch, stwasm } from './command.mjs';

const folder = process.env.STWASM_IMAGES;

function image(name) {
  return join(folder, name);
}

function infoRows(name) {
  const { code, out } = stwasm('info', image(name));
  equal(code, 0);
  return out.split('\n').filter(Boolean).map((line) => line.split(/ {2,}/));
}

async function infoTest(name, expected) {
  await test(`info ${name}`, () => {
    const rows = infoRows(name);
    for (const [label, value] of expected) {
      const found = rows.filter((row) => row[0] === label).map((row) => row[1]);
      ok(found.includes(value), `${label}: ${value} expected, found ${found.join(' / ')}`);
    }
  });
}

async function infoTests() {
  await infoTest('cuis5.image', [
    ['format', '6521 (Spur)'],
    ['word size', '32 bits'],
    ['byte order', 'little endian'],
    ['version', 'versionMajor 5, versionMinor 0, highestUpdate 3121'],
    ['objects', '80,761'],
    ['classes', '473'],
    ['selectors', '9,018'],
    ['methods', '13,655 installed, 13,657 in all'],
    ['bytecode set', 'V3PlusClosures: 13,657 methods'],
    ['primitives', '198 numbers, 92 named'],
  ]);
  await infoTest('codeparadise-sista.image', [['bytecode set', 'SistaV1: 1,923 methods'], ['blocks', '234']]);
  await infoTest('empharo64.image', [['format', '68021 (Spur)'], ['word size', '64 bits']]);
  await test('info --primitives counts the methods of each', () => {
    const { out } = stwasm('info', image('cuis5.image'), '--primitives');
    contains(out, '\n      1  1  implemented\n');
    contains(out, '\n  LargeIntegers>>primDigitAdd  1  implemented\n');
    contains(out, '\n    106  1  host: ');
    contains(out, '\n    114  1  refused: ');
  });
  await test('info --primitives: each is implemented, or there is a reason', () => {
    const { out } = stwasm('info', image('cuis5.image'), '--primitives');
    const lines = out.split('\n').filter((line) => line.startsWith('  '));
    equal(lines.length, 198 - 1 + 92);  // 117 is what the named ones have in common
    const known = /^ +\S+  \d+  (implemented|(implemented|host|refused|missing): \S.*)$/;
    equalDeep(lines.filter((line) => !known.test(line)), []);
  });
}

async function methodsTests() {
  const cuis = image('cuis5.image');
  await test('methods without a pattern lists all, sorted', () => {
    const names = stwasm('methods', cuis).out.trimEnd().split('\n');
    equal(names.length, 13655);
    equalDeep(names, [...names].sort());
  });
  await test('methods by pattern', () => {
    const lines = (pattern) => stwasm('methods', cuis, pattern).out.trimEnd().split('\n');
    equalDeep(lines('Integer>>benchFi?'), ['Integer>>benchFib']);
    ok(lines('Integer>>*').every((name) => name.startsWith('Integer>>')));
    ok(lines('Integer class>>*').every((name) => name.startsWith('Integer class>>')));
    ok(lines('*>>printOn:').includes('Object>>printOn:'));
    ok(!lines('*>>printOn:').includes('Integer>>printOn:base:'));
  });
  await test('methods --long has sizes, sets and primitives', () => {
    equal(
      stwasm('methods', cuis, 'SmallInteger>>+', '--long').out,
      'SmallInteger>>+  (8 bytes, 3 literals, V3PlusClosures, primitive 1)\n',
    );
  });
  await test('methods that match nothing fail', () => {
    const { code, out, err } = stwasm('methods', cuis, 'Integer>>nothing*');
    equal(code, 1);
    equal(out, '');
    contains(err, "no method is named like 'Integer>>nothing*'");
  });
}

async function disassembleTests() {
  const cuis = image('cuis5.image');
  await test('disassemble prints header, literals and bytecodes', () => {
    const { code, out } = stwasm('disassemble', cuis, 'Integer>>benchFib');
    equal(code, 0);
    contains(out, 'Integer>>benchFib\n  arguments  0\n');
    contains(out, 'bytecodes  19 bytes of V3PlusClosures, pcs 21 to 39\n');
    ok(/^ +31 <D0> +send: benchFib$/m.test(out), out);
    ok(/^ +24 <9A> +jumpFalse: 28$/m.test(out), out);
    equal(out.split('bytecodes\n')[1].trimEnd().split('\n').length, 18);
  });
  await test('disassemble shows literals as Smalltalk writes them', () => {
    const { out } = stwasm('disassemble', cuis, 'SystemVersion class>>current');
    contains(out, '#Current -> a SystemVersion\n');
    ok(/pushLit: SystemVersion$/m.test(out), out);
    ok(/popIntoLit: Current$/m.test(out), out);
  });
  const wrong = [
    ['Integer>>benchfib', 'did you mean benchFib?'],
    ['Integr>>benchFib', 'did you mean Integer?'],
    ['Integer>>isNil', 'it inherits ProtoObject>>isNil'],
    ['benchFib', "methods are named 'Class>>selector'"],
  ];
  for (const [name, hint] of wrong) {
    await test(`disassemble ${name} helps to find the right name`, () => {
      const { code, out, err } = stwasm('disassemble', cuis, name);
      equal(code, 1);
      equal(out, '');
      contains(err, hint);
    });
  }
}

async function inspectTests() {
  const cuis = image('cuis5.image');
  await test('inspect has each bytecode as a comment before its code', () => {
    const { code, out } = stwasm('inspect', cuis, 'Integer>>benchFib');
    equal(code, 0);
    contains(out, '(func ');
    const listing = stwasm('disassemble', cuis, 'Integer>>benchFib').out.split('bytecodes\n')[1];
    for (const line of listing.trimEnd().split('\n')) {
      const [, pc, text] = /^ *(\d+) <[^>]*> +(.*)$/.exec(line);
      ok(new RegExp(`;; *${pc}\\b.*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(out), line);
    }
  });
  await test('inspect --source finds the text beside the image', () => {
    const { out } = stwasm('inspect', cuis, 'Interval>>do:', '--source');
    ok(/^do: aBlock\s+1 to: count do: \[ :i \|\s+aBlock value: \(self at: i\) \]\s*$/.test(out), out);
  });
  await test('inspect --ir shows blocks and structure', () => {
    const { out } = stwasm('inspect', cuis, 'Interval>>do:', '--ir');
    contains(out, 'b1: loop\n');
    contains(out, 'sendSpecial 26 1 (value:)');
    contains(out, '(loop L');
  });
  await test('inspect --all has every stage under its title', () => {
    const { code, out } = stwasm('inspect', cuis, 'Interval>>do:', '--all');
    equal(code, 0);
    const titles = [...out.matchAll(/^;; --- (.*)$/mg)].map((match) => match[1]);
    equal(titles.join(', '), 'source, bytecodes, IR, WAT, optimised WAT');
    equal(out.match(/^ ?\(func \$Interval>>do:[ @]/mg).length, 6);  // three functions, before and after
  });
  await test('inspect --dot draws each jump', () => {
    const { out } = stwasm('inspect', cuis, 'Interval>>do:', '--dot');
    ok(out.startsWith('digraph method {\n') && out.endsWith('}\n'), out);
    contains(out, 'b0_1 -> b0_3 [label="false"];');
    contains(out, 'b0_2 -> b0_1;');
    contains(out, 'send: value:');
  });
  await test('inspect reads what was built', () => {
    const built = inScratch('inspected');
    equal(stwasm('build', image('headless.image'), '-o', built, '-O', '0', '--names').code, 0);
    contains(stwasm('inspect', built, 'Object>>isNil').out, '(func $Object>>isNil (type $Code0)');
    ok(stwasm('inspect', built, '--grep', 'call $special_add').out.split('\n (func ').length > 3);
    contains(stwasm('inspect', built, 'Object>>isNill').err, 'did you mean Object>>isNil,');
    equal(stwasm('inspect', built, 'Object>>isNil', '--ir').code, 2);
  });
  await test('inspect helps to find the right name', () => {
    const { code, err } = stwasm('inspect', cuis, 'Integer>>benchfib');
    equal(code, 1);
    contains(err, 'did you mean benchFib?');
  });
}

if (folder) {
  await infoTests();
  await methodsTests();
  await disassembleTests();
  await inspectTests();
} else {
  skip('info, methods, disassemble, inspect', 'STWASM_IMAGES names no folder of images');
}
