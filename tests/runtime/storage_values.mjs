// Assembles the whole runtime with the support functions of the storage tests, loads worlds into it, and converts values.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from './assemble.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const runtimeFiles = readdirSync(join(root, 'runtime-wat')).filter((name) => name.endsWith('.wat')).sort();
const heapPointer = 65536;

export function storageModule() {
  return assemble([...runtimeFiles.map((name) => `runtime-wat/${name}`), 'tests/runtime/storage_support.wat']);
}

// The loader's answer for the bytes of a heap file.
export function load(vm, bytes) {
  const missing = heapPointer + bytes.length - vm.memory.buffer.byteLength;
  if (missing > 0) vm.memory.grow(Math.ceil(missing / 65536));
  const memory = new Uint8Array(vm.memory.buffer);
  memory.fill(0, heapPointer);
  memory.set(bytes, heapPointer);
  return vm.loadHeap(heapPointer);
}

export function values(vm) {
  const string = (text) => {
    new Uint8Array(vm.memory.buffer).set([...text].map((letter) => letter.charCodeAt(0)));
    return vm.string(0, text.length);
  };
  const array = (...elements) => {
    const made = vm.array(elements.length);
    elements.forEach((element, index) => vm.slotPut(made, index, element));
    return made;
  };
  const elements = (object) => Array.from({ length: vm.slotCount(object) }, (_, index) => vm.slot(object, index));
  // Elements by at:, SmallIntegers as numbers.
  const numbers = (object) => Array.from({ length: vm.smallValue(vm.primitive_62(object, 0)) },
    (_, index) => vm.smallValue(vm.primitive_60(object, vm.small(index + 1), 0)));
  return { string, array, elements, numbers };
}

// What tests of heap walks do: `classes` are places of classes among the literals, literal 0 holds what has to stay.
export function holder(vm, classes) {
  const make = (name, size = 0) => vm.instance(vm.literal(classes[name]), size);
  const keep = (place, value) => vm.slotPut(vm.literal(0), place, value);
  // As the run loop retries a primitive.
  const walking = (receiver, call) => {
    vm.retry(receiver);
    const result = call(receiver);
    vm.retry(null);
    return result;
  };
  const collect = () => walking(vm.literal(classes.Point), (receiver) => vm.primitive_130(receiver, 0));
  return { make, keep, walking, collect };
}
