// Comparing two runs stop by stop, and finding the translated method that makes the difference: half of
// the methods go back to the interpreter, the program runs again, and so on.
import { switchMethods } from './modes.mjs';
import { Session } from './verify_session.mjs';

// A translated run may take so much longer than the interpreted one before it counts as hanging.
const kLimitFactor = 5;
const kLimitMilliseconds = 10_000;
// The heap is compared after each statement, and at the first waits of other kinds.
const kComparedWaits = 20;
// An image that waits so often without finishing a statement waits for somebody who is not there.
const kMaxWaits = 500;
const kMaxParts = 31;
const kMaxNarrowingRuns = 40;

export class Search {
  runs = 0;
  statements = 0;
  objects = 0;
  unsteadyClock = false;
  ending = null;   // the last stop, when both runs were alike
  #shared;
  #source;
  #record = [];

  constructor(shared, source) {
    this.#shared = shared;
    this.#source = source;
  }

  // parts: what switchMethod takes, by method id.
  #session(partsOf) {
    this.runs++;
    return new Session(this.#shared, this.#source, (exports, transfer) => {
      const parts = partsOf(exports, transfer);
      if (parts === null) exports.interpretOnly.value = 1;
      switchMethods(exports, parts ?? new Array(exports.methodCount()).fill(0));
    });
  }

  // Runs in the interpreter and translated side by side; the first difference, or null.
  async compare(partsOf) {
    const interpreted = this.#session(() => null);
    const translated = this.#session(partsOf);
    for (let waits = 0; ;) {
      const started = performance.now();
      const expected = await interpreted.next();
      const limit = kLimitMilliseconds + kLimitFactor * (performance.now() - started);
      const got = await translated.next(limit);
      const entry = { ...expected, limit, digest: null };
      this.#record.push(entry);
      this.unsteadyClock ||= interpreted.hasUnsteadyClock || translated.hasUnsteadyClock;
      if (!sameStop(expected, got)) return { expected, got };
      if (expected.kind === 'statement') this.statements = expected.number;
      waits = expected.kind === 'statement' ? 0 : waits + 1;
      if (hasEnded(expected) || waits > kMaxWaits) {
        this.ending = expected;
        return null;
      }
      if (expected.kind === 'statement' || waits <= kComparedWaits) {
        const difference = this.#compareStructures(interpreted, translated, entry);
        if (difference) return { expected, got, ...difference };
      }
    }
  }

  #compareStructures(interpreted, translated, entry) {
    const first = interpreted.structure();
    const second = translated.structure();
    entry.digest = digestOf(first);
    this.objects = first.length;
    let difference = null;
    if (entry.digest !== digestOf(second)) {
      let index = 0;
      while (index < first.length && first[index] === second[index]) index++;
      const name = (session, digests) => (index < digests.length ? session.objectName(index) : 'nothing');
      difference = { object: { index, expected: name(interpreted, first), got: name(translated, second) } };
    }
    interpreted.endStructure();
    translated.endStructure();
    return difference;
  }

  // Whether a run with these parts translated departs from what the interpreter did up to the difference.
  async #differs(parts) {
    return (await this.#outcome(parts)).differs;
  }

  // { differs, pc, calls }, see Session for the last two. `prepare` gets the session before it runs.
  async #outcome(parts, prepare = () => {}) {
    const session = this.#session(() => parts);
    prepare(session);
    const outcome = (differs) => ({ differs, pc: session.stopPc, calls: session.nativeCalls });
    for (const { limit, digest, ...expected } of this.#record) {
      const got = await session.next(limit);
      if (!sameStop(expected, got)) return outcome(true);
      if (digest === null) continue;
      const same = digestOf(session.structure()) === digest;
      session.endStructure();
      if (!same) return outcome(true);
    }
    return outcome(false);
  }

  // The method without which the difference does not appear: { id, parts, others }, where parts are those of its parts that
  // suffice, and others says whether further methods have to be translated too. Null when no run shows it again.
  async culprit(parts) {
    const only = (ids) => parts.map((mask, id) => (ids.has(id) ? mask : 0));
    let candidates = parts.flatMap((mask, id) => (mask === 0 ? [] : [id]));
    let fixed = [];
    if (!await this.#differs(parts)) return null;
    while (candidates.length > 1) {
      const middle = candidates.length >> 1;
      const [first, second] = [candidates.slice(0, middle), candidates.slice(middle)];
      if (await this.#differs(only(new Set([...fixed, ...first])))) candidates = first;
      else if (await this.#differs(only(new Set([...fixed, ...second])))) candidates = second;
      else {
        fixed = [...fixed, ...second];
        candidates = first;
      }
    }
    const [id] = candidates;
    const guilty = only(new Set([...fixed, id]));
    return {
      id,
      others: fixed.length > 0,
      parts: await this.#guiltyParts(id, only(new Set(fixed))),
      between: fixed.length > 0 ? null : await this.#callsAround(guilty),
    };
  }

  // A run that goes over to the interpreter at one of the calls that the guilty code makes of interpreted code is right while that
  // call comes before the error. The pcs behind the last call before which all is right, and behind the first
  // before which something is wrong: { from, to }, null for the ends of the body.
  async #callsAround(parts) {
    const { calls } = await this.#outcome(parts, (session) => session.countCalls());
    let [right, wrong] = [{ at: -1, pc: null }, { at: calls, pc: null }];
    for (let runs = 0; wrong.at - right.at > 1 && runs < kMaxNarrowingRuns; runs++) {
      const at = (right.at + wrong.at) >> 1;
      const { differs, pc } = await this.#outcome(parts, (session) => session.interpretFromCall(at));
      if (differs) wrong = { at, pc };
      else right = { at, pc };
    }
    return { from: right.pc, to: wrong.pc };
  }

  async #guiltyParts(id, others) {
    const session = this.#session(() => others);
    await session.next();
    const count = Math.min(kMaxParts, session.exports.methodParts(id));
    const guilty = [];
    for (let part = 0; part < count && count > 1; part++) {
      const parts = [...others];
      parts[id] = 1 << part;
      if (await this.#differs(parts)) guilty.push(part);
    }
    const pcOf = (part) => session.exports.methodPart(id, part);
    const first = session.exports.methodFirstPc(id);
    return {
      first,
      end: session.exports.methodEndPc(id) - 1,
      entries: guilty.filter((part) => part > 0)
        .map((part) => entryOf(pcOf(part), first)),
    };
  }
}

function sameStop(expected, got) {
  return ['kind', 'number', 'value', 'output'].every((name) => expected[name] === got[name]);
}

// The key of an entry: see $entry_key.
function entryOf(key, first) {
  if (key < 0) return { pc: first + ((key & 0x7FFFFFFF) >> 8), kind: 'rest' };
  return { pc: first + (key >> 1), kind: (key & 1) === 1 ? 'loop' : 'block' };
}

const hasEnded = ({ kind }) => kind === 'end' || kind === 'trap';

function digestOf(digests) {
  let hash = digests.length;
  for (const digest of digests) hash = Math.imul(hash ^ digest, 0x01000193) ^ (hash >>> 15);
  return hash;
}
