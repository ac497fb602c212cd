// Options of a built folder's command line, and how traps are told.
import { parseArguments } from '../../runtime-wat/host/command_line.mjs';
import { describeTrap, HostError, kExitTrap, kExitUsage } from '../../runtime-wat/host/errors.mjs';
import { contains, equal, equalDeep, finish, test } from '../harness.mjs';

function usage(...words) {
  try {
    parseArguments(words);
  } catch (error) {
    equal(error.exitCode, kExitUsage);
    return error.message;
  }
  throw new Error('accepted');
}

await test('options and image arguments are told apart', () => {
  const options = parseArguments(['run', '--eval', '3 + 4', '--stats', '--', '--eval', 'x']);
  equal(options.source, '3 + 4');
  equal(options.statistics, true);
  equalDeep(options.imageArguments, ['--eval', 'x']);
  equal(parseArguments(['run', '--eval=-3 abs']).source, '-3 abs');
  equal(parseArguments(['run', '-e', '']).source, '');
  equal(parseArguments(['--help']).help, true);
});

await test('wrong usage is one clear sentence', () => {
  contains(usage(), 'say run');
  contains(usage('walk'), 'unknown command walk');
  contains(usage('run', '--fast'), 'unknown option --fast');
  contains(usage('run', '--eval'), '--eval needs a value');
  contains(usage('run', 'x'), 'after --');
  contains(usage('run', '--eval', '1', '--script', 'f'), 'exclude');
});

await test('a trap names the functions that were active', () => {
  // (module (func $inner unreachable) (func (export "outer") call $inner)) with a name section
  const module = new WebAssembly.Module(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 3, 2, 0, 0, 7, 9, 1, 5, 111, 117, 116, 101, 114, 0, 1,
    10, 10, 2, 3, 0, 0, 11, 4, 0, 16, 0, 11, 0, 22, 4, 110, 97, 109, 101, 1, 15, 2, 0, 5, 105, 110, 110, 101,
    114, 1, 5, 111, 117, 116, 101, 114]));
  try {
    new WebAssembly.Instance(module).exports.outer();
  } catch (error) {
    const described = describeTrap(error);
    equal(described.exitCode, kExitTrap);
    contains(described.message, 'the image trapped: unreachable in inner, called from outer');
  }
});

await test('errors of the host itself and expected ones are told', () => {
  contains(describeTrap(new TypeError('oops')).message, 'the host failed: oops');
  equal(describeTrap(new HostError('plain', { exitCode: 3 })).exitCode, 3);
});

finish();
