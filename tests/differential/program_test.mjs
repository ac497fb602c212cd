// Taking programs apart into statements, and the rules that say which methods run translated.
import { decideModes, patternMatcher, seededBit } from '../../runtime-wat/host/modes.mjs';
import { takeApart, withCheckpoints } from '../../runtime-wat/host/verify_program.mjs';
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';

const statements = (text) => takeApart(text).statements;

await test('periods end statements only at the top', () => {
  equalDeep(statements('a foo. b bar: 3.5. c'), ['a foo', 'b bar: 3.5', 'c']);
  equalDeep(statements("'a. ''b. c' size. \"x. y\" $. asString. #(1 $. 2). [:x | x. y]"),
    ["'a. ''b. c' size", '"x. y" $. asString', '#(1 $. 2)', '[:x | x. y]']);
  equalDeep(statements('x := 3. ^x.'), ['x := 3', '^x']);
});

await test('temporaries are told from statements', () => {
  equalDeep(takeApart('"c" | a b | a := 1. b := a | true'), { temporaries: ' a b ', statements: ['a := 1', 'b := a | true'] });
});

await test('what cannot be taken apart is one statement', () => {
  equalDeep(statements('(3 + 4. 5'), ['(3 + 4. 5']);
  equalDeep(statements("'open. 3"), ["'open. 3"]);
  equalDeep(statements('3 ] + 4. 5'), ['3 ] + 4. 5']);
});

await test('the program stops after each statement', () => {
  const text = withCheckpoints(takeApart('| a | a := 1. ^a + 1'));
  contains(text, '|  a  stwasmCheckpoint |');
  contains(text, 'stwasmCheckpoint value: 1 value: (a := 1\n)');
  contains(text, '^stwasmCheckpoint value: 2 value: (a + 1\n)');
});

await test('patterns match whole names', () => {
  ok(patternMatcher('Integer>>*')('Integer>>+'));
  ok(!patternMatcher('Integer>>*')('LargeInteger>>+'));
  ok(patternMatcher('*>>at:put?')('Array>>at:put:'));
});

await test('later rules win; rules without effect are told', () => {
  const names = ['A>>x', 'A>>y', 'B>>x'];
  const rules = [{ mode: 'interpret', pattern: 'A>>*' }, { mode: 'translate', pattern: '*>>y' }, { mode: 'interpret', pattern: 'C*' }];
  const { translated, unused } = decideModes(names, rules);
  equalDeep(translated, [false, true, true]);
  equalDeep(unused, [rules[2]]);
});

await test('a seed takes about half of the methods, always the same', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `Class${index % 50}>>selector${index}`);
  const count = names.filter((name) => seededBit('1', name)).length;
  ok(count > 900 && count < 1100, String(count));
  equalDeep(decideModes(names, [{ mode: 'mixed', seed: '1' }]), decideModes(names, [{ mode: 'mixed', seed: '1' }]));
  ok(names.some((name) => seededBit('1', name) !== seededBit('2', name)));
});

finish();
