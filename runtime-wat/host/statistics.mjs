// The counts that the module keeps of its primitives (--stats), as a report for a person.
import { decode } from './transfer.mjs';

const kNumberedPrimitives = 1024;
const kNamePointer = 0;

export class Statistics {
  #exports;
  #transfer;

  // Counting starts here, before the image does.
  constructor(exports, transfer) {
    this.#exports = exports;
    this.#transfer = transfer;
    exports.counting.value = 1;
  }

  // Implemented named primitives in the order of their table indices.
  #names() {
    const length = this.#exports.namedPrimitives(kNamePointer);
    return decode(this.#transfer.bytes(kNamePointer, length)).split('\0').filter((name) => name !== '');
  }

  #numbers() {
    return Array.from({ length: kNumberedPrimitives }, (_, number) => number);
  }

  // [name, calls, failures] of what was called.
  #called() {
    const { primitiveCalls, primitiveFailures } = this.#exports;
    const row = (name, index) => [name, primitiveCalls(index), primitiveFailures(index)];
    const rows = [
      ...this.#numbers().map((number) => row(String(number), number)),
      ...this.#names().map((name, index) => row(name.replace('_', ' '), kNumberedPrimitives + index)),
    ];
    return rows.filter(([, calls]) => calls > 0).sort((first, second) => second[1] - first[1]);
  }

  // [name, calls] of what the image asked for in vain.
  #missing() {
    const exports = this.#exports;
    const rows = this.#numbers().map((number) => [String(number), exports.missingPrimitiveCalls(number)]);
    for (let index = 0; index < exports.missingNamedPrimitives(); index++) {
      const length = exports.missingNamedPrimitiveName(index, kNamePointer);
      rows.push([decode(this.#transfer.bytes(kNamePointer, length)), exports.missingNamedPrimitiveCalls(index)]);
    }
    return rows.filter(([, calls]) => calls > 0).sort((first, second) => second[1] - first[1]);
  }

  // { called, missing }, for programs.
  counts() {
    return {
      called: this.#called().map(([name, calls, failures]) => ({ name, calls, failures })),
      missing: this.#missing().map(([name, calls]) => ({ name, calls })),
    };
  }

  report() {
    const called = this.#called();
    const missing = this.#missing();
    const sum = (rows, column) => rows.reduce((total, row) => total + row[column], 0);
    const line = (count, text) => `${String(count).padStart(12)}  ${text}`;
    return [
      `primitives called: ${called.length}, ${sum(called, 1)} calls, ${sum(called, 2)} of them failed`,
      ...called.map(([name, calls, failures]) => line(calls, failures > 0 ? `${name} (${failures} failed)` : name)),
      `primitives missing: ${missing.length}, ${sum(missing, 1)} calls`,
      ...missing.map(([name, calls]) => line(calls, name)),
      '',
    ].join('\n');
  }
}
