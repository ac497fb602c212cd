// The WAT of small methods, one per feature, held against files that a person can read and review:
// tests/golden/<feature>/expected.wat, made by `node golden_test.mjs --update` and then read.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { equal, finish, skip, test } from '../harness.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const image = join(process.env.STWASM_IMAGES ?? join(here, '../../../shared/images'), 'cuis5.image');
const update = process.argv.includes('--update');

const features = {
  'arithmetic': 'Number>>squared',
  'unboxed-floats': 'Complex>>abs',
  'float-methods': 'Float>>isWithin:ulpsFrom:',
  'float-accessors': 'Complex>>divideSecureBy:',
  'float-functions': 'Point class>>rho:theta:',
  'in-place-floats': 'Delay>>adjustResumptionTimeOldBase:newBase:',
  'comparison-and-jump': 'Magnitude>>max:',
  'loop': 'OrderedCollection>>do:',
  'instance-variables': 'Association>>key:value:',
  'non-local-return': 'Collection>>detect:ifNone:',
  'shared-temporaries': 'Collection>>inject:into:',
  'primitive-with-fallback': 'Object>>at:',
  'primitive-that-calls-the-host': 'Time class>>primMillisecondClock',
  'unwind-marker': 'BlockClosure>>ensure:',
  'protected-block': 'TestCase>>runCase',
  'super-send': 'Stream>>is:',
  'global-variable': 'Object>>->',
  'integer-temporaries': 'Integer>>timesRepeat:',
  'identity': 'Object>>isKindOf:',
  'decision': 'LinkedList>>addFirst:',
  'elements-of-a-string': 'Character>>hex',
  'literal-constant': 'Character class>>cr',
  'cascade': 'Set>>union:',
  'quick-return': 'Point>>x',
  'speculation': 'SequenceableCollection>>reverseDo:',
};

for (const [feature, method] of Object.entries(features)) {
  const file = join(here, feature, 'expected.wat');
  if (!existsSync(image)) {
    skip(feature, `there is no ${image}`);
    continue;
  }
  await test(`${feature}: ${method}`, () => {
    const profile = join(here, feature, 'cuis5.profile');
    const words = existsSync(profile) ? ['--profile', profile] : [];
    const text = execFileSync(process.env.STWASM, ['inspect', image, method, ...words], { encoding: 'utf8' });
    if (update) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    equal(text, readFileSync(file, 'utf8'));
  });
}
finish();
