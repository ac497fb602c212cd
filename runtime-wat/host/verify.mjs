// `verify`: runs a program in the interpreter and in translated code, compares both after each
// top-level statement and wherever the image waits, and names the method that makes a difference.
import { decideModes, methodNames } from './modes.mjs';
import { decode } from './transfer.mjs';
import { takeApart, withCheckpoints } from './verify_program.mjs';
import { Search } from './verify_search.mjs';
import { SharedFolder } from './verify_session.mjs';

const kAllParts = -1;
const kTextLimit = 300;

const shortened = (text) => {
  const line = text.replace(/\r\n?/g, '\n');
  return line.length <= kTextLimit ? line : `${line.slice(0, kTextLimit)}...`;
};

function describeStop(stop) {
  const text = shortened(stop.value);
  const output = stop.output === '' ? '' : `, having written ${JSON.stringify(shortened(stop.output))}`;
  if (stop.kind === 'statement') return `${text}${output}`;
  if (stop.kind === 'end') return `the program ended: ${text}${output}`;
  return stop.kind === 'trap' ? `the image stopped: ${text}${output}` : `the image waits${output}`;
}

function whereIs({ expected }, statements) {
  if (expected.kind !== 'statement') return expected.kind === 'idle' ? 'while the image waits' : 'at the end';
  const text = shortened(statements[expected.number - 1] ?? '').split('\n')[0];
  return `after statement ${expected.number} of ${statements.length}: ${text}`;
}

function describeDifference(difference, statements) {
  const lines = [`difference ${whereIs(difference, statements)}`];
  if (difference.object === undefined) {
    lines.push(`  interpreter: ${describeStop(difference.expected)}`, `  translated:  ${describeStop(difference.got)}`);
  } else {
    const { index, expected, got } = difference.object;
    lines.push('  the values are equal, the reachable objects are not', `  object ${index} of the walk`,
      `  interpreter: ${expected}`, `  translated:  ${got}`);
  }
  return lines;
}

// Loops and recursion: the call before the error may stand behind it.
function describeCalls({ from, to }) {
  const last = from === null ? 'it is there before its first call' : `all is right up to its call before pc ${from}`;
  const next = to === null ? 'no call follows the error' : `not any more when it makes the call before pc ${to}`;
  return [`  ${last}, ${next}`];
}

function describeCulprit(culprit, names) {
  if (culprit === null) return ['  it does not appear again: something else than the code differs between runs'];
  const { first, end, entries } = culprit.parts;
  const from = culprit.between?.from ?? first;
  const to = culprit.between?.to ?? end;
  const lines = [`culprit: ${names[culprit.id]}, pc ${Math.min(from, to)} to ${Math.max(from, to)}`];
  if (culprit.between?.from || culprit.between?.to) lines.push(...describeCalls(culprit.between));
  for (const { pc, kind } of entries) lines.push(`  in its ${kind} from pc ${pc} on`);
  if (culprit.others) lines.push('  only together with other translated methods');
  return lines;
}

// options: evaluate (text or bytes), modes (rules for what counts as translated; all otherwise). Answers the exit code.
export async function verify(platform, options, print) {
  const text = typeof options.evaluate === 'string' ? options.evaluate : decode(options.evaluate);
  const program = takeApart(text);
  const search = new Search(new SharedFolder(platform), withCheckpoints(program));
  let names = [];
  let parts = [];
  const difference = await search.compare((exports, transfer) => {
    names = methodNames(exports, transfer);
    parts = decideModes(names, options.modes ?? []).translated.map((translated) => (translated ? kAllParts : 0));
    return parts;
  });
  if (search.unsteadyClock) print('note: the clock had to go on while the image was busy; timers may have come at different moments');
  if (difference === null) {
    print(`no difference: ${search.statements} of ${program.statements.length} statements, ` +
      `${parts.filter((mask) => mask !== 0).length} methods translated, ${search.objects} objects compared`);
    print(describeStop(search.ending));
    return 0;
  }
  for (const line of describeDifference(difference, program.statements)) print(line);
  for (const line of describeCulprit(await search.culprit(parts), names)) print(line);
  print(`found in ${search.runs} runs`);
  return 1;
}
