// Weak references through the engine's collector: weak slots are cleared and finalisation happens while memory is used and
// let go again, without anybody asking for a collection.
// node weak.mjs COMMAND OUT
import { spawnSync } from 'node:child_process';
import { equal, finish, test } from '../../harness.mjs';

const [command, out] = process.argv.slice(2);

// Weak things of all kinds, then memory used and let go until they have noticed (or never do), then what they hold.
const source = `| kept array set keys registry done n hold |
kept := 'kept' copy. done := OrderedCollection new.
array := WeakArray new: 6.
array at: 1 put: Object new; at: 2 put: 'gone' copy; at: 3 put: kept; at: 4 put: 77; at: 5 put: $a; at: 6 put: #printString.
set := WeakSet new. set add: kept; add: 'gone' copy; add: Object new.
keys := WeakKeyDictionary new. keys at: kept put: 1; at: 'gone' copy put: 2.
registry := WeakRegistry new. WeakArray addWeakDependent: registry.
registry add: Object new executor: (ObjectFinalizer new receiver: done selector: #add: argument: #done).
n := 0.
[(n \\\\ 100 = 0 and: [done notEmpty and: [(array at: 1) isNil]]) or: [n >= 4000]] whileFalse: [
  n \\\\ 100 = 0 ifTrue: [hold := OrderedCollection new].
  n := n + 1. hold add: (Array new: 100000). n \\\\ 10 = 0 ifTrue: [(Delay forMilliseconds: 1) wait]].
hold := nil. `;

function answer(expression, mode) {
  const run = spawnSync(command, ['run', out, ...mode, '--eval', source + expression], { encoding: 'latin1', timeout: 300_000 });
  return (run.stdout + run.stderr).trim();
}

for (const mode of [[], ['--interpret-only']]) {
  await test(`what nobody else holds goes, the rest stays ${mode}`, () => {
    equal(answer(`{array at: 1. array at: 2. (array at: 3) == kept. array at: 4. array at: 5. array at: 6. array size.
      (set asArray copyWithout: nil) = {kept}. keys at: kept. done asArray. n < 4000}`, mode),
    "#(nil nil true 77 $a #printString 6 true 1 #(#done) true)");
  });
}
await test('weakened arrays are read, stored into, copied and replaced like others; a collection that is asked for is exact', () => {
  equal(answer(`hold := Array with: 'new' copy with: 'other' copy. array at: 1 put: hold first; at: 2 put: hold second.
    done := {array copy asArray. (array indexOf: kept). (array replaceFrom: 4 to: 5 with: #(x y) startingAt: 1) asArray. array basicSize.
      (array copyFrom: 4 to: 6) asArray. (Array new: 6) replaceFrom: 1 to: 6 with: array startingAt: 1.
      (Array with: array) elementsExchangeIdentityWith: (Array with: (WeakArray new: 2)). array size} printString.
    array become: (WeakArray with: hold first with: 'gone' copy). hold := hold first. Smalltalk garbageCollect. {done. array asArray}`, []),
  "#('#(#(''new'' ''other'' ''kept'' 77 $a #printString) 3 #(''new'' ''other'' ''kept'' #x #y #printString) 6 #(#x #y #printString) " +
    "#(''new'' ''other'' ''kept'' #x #y #printString) #(#(nil nil)) 2)' #('new' nil))");
});
finish();
