// What an instrumented module has counted (runtime-wat/profile.wat), as JavaScript objects, and the profile file that is made of
// them (translator/profile/README.md).
import { decode } from './transfer.mjs';

const kProfileVersion = 1;
const kNamePointer = 0;
const kSend = 1;
const kJump = 2;

// By their number in $capture_for.
export const kCaptureReasons = [
  'translated code leaves for the interpreter',
  'the native stack is used up',
  'a poll: timers, signals, the end of a time slice',
  'a primitive that switches processes or ends',
  'a primitive that needs all Contexts',
  'a return out of a block through other activations',
  'the interpreter needs a Context',
];

// Lines of code_names.tsv: the hash and the name of the code with that method id.
export function parseCodeNames(text) {
  return text.split('\n').slice(0, -1).map((line) => {
    const [hash, name] = line.split('\t');
    return name === undefined ? null : { hash, name };
  });
}

const byName = (first, second) => (first < second ? -1 : Number(first > second));
const byCountThen = (key) => (first, second) => second.count - first.count || byName(first[key], second[key]);
const byPc = (first, second) => first.pc - second.pc;

export class ProfileCounts {
  #exports;
  #transfer;
  #codeNames;

  constructor(exports, transfer, codeNames) {
    this.#exports = exports;
    this.#transfer = transfer;
    this.#codeNames = codeNames;
  }

  // { methods, allocations, capturedFrames }, in an order that equal runs repeat. pcs are Smalltalk's own.
  read() {
    const exports = this.#exports;
    const methods = [];
    for (let profile = exports.profileFirst(); profile !== null; profile = exports.profileNext(profile)) {
      const method = this.#method(profile);
      if (method.activations.length > 0 || method.bytecodes > 0 || method.captures.length > 0) methods.push(method);
    }
    methods.sort((first, second) => byName(first.name, second.name) || second.bytecodes - first.bytecodes);
    return { methods, allocations: this.#allocations(), capturedFrames: exports.capturedFrames() };
  }

  #text(length) {
    return decode(this.#transfer.bytes(kNamePointer, length));
  }

  // Without a hash: code that is installed nowhere in the image file, such as what was compiled meanwhile.
  #identity(profile) {
    const id = this.#exports.profileMethodId(profile);
    return this.#codeNames[id] ?? { hash: null, name: this.#text(this.#exports.profileName(profile)) };
  }

  #method(profile) {
    const exports = this.#exports;
    const firstPc = exports.profileFirstPc(profile);
    const method = {
      ...this.#identity(profile), firstPc,
      bytecodes: exports.profileBytecodes(profile),
      interpreted: exports.profileInterpreted(profile),
      activations: this.#tallies(exports.profileActivations(profile), (key) => ({ pc: firstPc + key })).sort(byPc),
      sends: [], jumps: [],
      captures: this.#tallies(exports.profileCaptures(profile),
        (key) => ({ pc: firstPc + (key >> 4), reason: kCaptureReasons[key & 15] })).sort(byPc),
    };
    for (let offset = 0; offset < exports.profileSize(profile); offset++) {
      const kind = exports.profileSiteKind(profile, offset);
      if (kind === kSend) method.sends.push({ pc: firstPc + offset, ...this.#send(exports.profileSend(profile, offset)) });
      if (kind === kJump) {
        method.jumps.push({ pc: firstPc + offset,
          taken: exports.jumpTaken(profile, offset), notTaken: exports.jumpNotTaken(profile, offset) });
      }
    }
    return method;
  }

  #send(site) {
    const exports = this.#exports;
    return {
      selector: this.#text(exports.sendSelector(site)),
      count: exports.sendCount(site),
      misses: exports.sendMisses(site),
      general: exports.sendGeneral(site),
      receivers: this.#tallies(exports.sendReceivers(site), (key) => ({ className: this.#className(key) }))
        .sort(byCountThen('className')),
      blocks: this.#tallies(exports.sendBlocks(site), (key, tally) => this.#block(exports.tallyMethod(tally), key))
        .sort((first, second) => byCountThen('name')(first, second) || byPc(first, second)),
    };
  }

  #block(profile, offset) {
    return { ...this.#identity(profile), pc: this.#exports.profileFirstPc(profile) + offset };
  }

  // A list of counts; `describe` says what a key stands for.
  #tallies(tally, describe) {
    const found = [];
    for (; tally !== null; tally = this.#exports.tallyNext(tally)) {
      found.push({ ...describe(this.#exports.tallyKey(tally), tally), count: this.#exports.tallyCount(tally) });
    }
    return found;
  }

  #className(index) {
    return this.#text(this.#exports.className(index));
  }

  #allocations() {
    const exports = this.#exports;
    const found = [];
    for (let index = 0; index < exports.allocationsSize(); index++) {
      const count = exports.allocationsOf(index);
      if (count > 0) found.push({ className: this.#className(index), count });
    }
    return found.sort(byCountThen('className'));
  }
}

// Names that the module told; those of code_names.tsv are escaped already.
function escaped(name) {
  const bytes = [...name].map((character) => character.codePointAt(0));
  const latin1 = bytes.every((byte) => byte < 256) ? bytes : [...new TextEncoder().encode(name)];
  return latin1.map((byte, index) => {
    const isPlain = byte > 0x20 && byte < 0x7F && byte !== 0x5C;
    return isPlain || (byte === 0x20 && index > 0)
      ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

function sendLines({ pc, count, general, selector, receivers, blocks }) {
  return [
    `send ${pc} ${count} ${escaped(selector)}`,
    ...general > 0 ? [`  general ${general}`] : [],
    ...receivers.map((receiver) => `  receiver ${receiver.count} ${escaped(receiver.className)}`),
    ...blocks.filter(({ hash }) => hash !== null).map((block) => `  block ${block.count} ${block.pc} ${block.name}`),
  ];
}

// The text of a profile file: of code that a later build will find again.
export function profileText(methods) {
  const lines = [`stwasm-profile ${kProfileVersion}`];
  for (const { hash, name, bytecodes, activations, sends, jumps } of methods) {
    if (hash === null || (activations.length === 0 && bytecodes === 0)) continue;
    lines.push(`code ${hash} ${name}`, `bytecodes ${bytecodes}`);
    lines.push(...activations.map(({ pc, count }) => `activation ${pc} ${count}`));
    const sites = [
      ...sends.map((send) => ({ pc: send.pc, lines: sendLines(send) })),
      ...jumps.map(({ pc, taken, notTaken }) => ({ pc, lines: [`jump ${pc} ${taken} ${notTaken}`] })),
    ];
    for (const site of sites.sort(byPc)) lines.push(...site.lines);
  }
  return [...lines, 'end', ''].join('\n');
}
