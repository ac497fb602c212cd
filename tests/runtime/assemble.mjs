// Assembles some files of runtime-wat and a WAT file with a test's own functions into a module, for tests of single files of
// the runtime. Expands the templates of types/README.md and runs wasm-opt, which also validates.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const maxFixed = '40';
// The linker writes it: 0 where an image needs none.
const kConstants = '(global $immutability i32 (i32.const 1)) (global $v3 i32 (i32.const 0)) ' +
  '(global $makes_block_contexts i32 (i32.const 0)) (global $float_slots i32 (i32.const 1)) ' +
  '(func $declared_float_slots (param eqref) (result i32) (i32.const 0))';
const features = ['gc', 'reference-types', 'multivalue', 'bulk-memory', 'tail-call', 'sign-ext',
  'nontrapping-float-to-int', 'mutable-globals'].map((name) => `--enable-${name}`);

function expandBlock(_, from, to, body) {
  let text = '';
  for (let n = Number(from); n <= Number(to); n++) {
    text += body
      .replace(/@each\{([^}]*)\}/g, (_, part) =>
        Array.from({ length: n }, (_, i) => part.replaceAll('@i', String(i))).join(''))
      .replaceAll('@n', String(n)).replaceAll('@+', String(n + 1)).replaceAll('@-', String(n - 1));
  }
  return text;
}

// The module is for words of that size, and not instrumented.
function expandIf(holds) {
  return (_, condition, body) => {
    const [kept, other = ''] = body.split(/^;;@else\n/m);
    return condition === holds ? kept : other;
  };
}

function read(path, wordBits) {
  const text = readFileSync(join(root, path), 'utf8').replaceAll('@MAX_FIXED', maxFixed)
    .replace(/^;;@if (\w+)\n([\s\S]*?)^;;@endif\n/gm, expandIf(`WORD${wordBits}`));
  return `${text.replace(/^;;@repeat +(\d+) +(\d+)\n([\s\S]*?)^;;@end\n/gm, expandBlock)}\n`;
}

function moduleText(files, wordBits) {
  const types = (name) => read(`types/${name}.wat`, wordBits);
  const host = types('host').split('\n');
  const isMemory = (line) => line.startsWith('(memory');
  const functions = files.map((file) => read(file, wordBits)).join('');
  const exports = [...functions.matchAll(/^\(func \$((?:primitive|special)_[\w:]+)/gm)]
    .map(([, name]) => `(export "${name}" (func $${name}))`);
  return ['(module', types('arrays'), '(rec', types('objects'), types('activation'), ')',
    host.filter((line) => !isMemory(line)).join('\n'), host.filter(isMemory).join('\n'), types('globals'),
    kConstants, functions, ...exports, ')'].join('\n');
}

// What a test needs of the host: the mathematical functions and weak references; everything else answers 0.
function hostImports() {
  const math = Object.fromEntries(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'exp', 'log',
    'log10', 'pow'].map((name) => [name, Math[name]]));
  const weak = { weakReference: (object) => new WeakRef(object), weakTarget: (reference) => reference.deref() ?? null };
  return { host: new Proxy({ ...math, ...weak }, { get: (known, name) => known[name] ?? (() => 0) }) };
}

// The module made of these files, given by their path from the project's root: its exports, which include every primitive and
// special send under its own name. For images with words of 32 bits, or 64.
export function assemble(files, wordBits = 32) {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-runtime-'));
  try {
    const wat = join(folder, 'module.wat');
    const wasm = join(folder, 'module.wasm');
    writeFileSync(wat, moduleText(files, wordBits));
    execFileSync(join(root, 'tools', 'binaryen'),
      ['wasm-opt', ...features, '-O2', wat, '-g', '-o', wasm], { stdio: ['ignore', 'ignore', 'inherit'] });
    const module = new WebAssembly.Module(readFileSync(wasm));
    return new WebAssembly.Instance(module, hostImports()).exports;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// A small generator of repeatable numbers, so that failures can be repeated.
export function randomSource(seed) {
  let state = BigInt(seed) & 0xffffffffffffffffn;
  const next32 = () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n);
  };
  return {
    below: (limit) => next32() % limit,
    pick: (list) => list[next32() % list.length],
    bits(count) {
      let value = 0n;
      for (let got = 0; got < count; got += 16) value = (value << 16n) | BigInt(next32() & 0xffff);
      return value & ((1n << BigInt(count)) - 1n);
    },
    real: () => next32() / 0x80000000 + next32() / 2 ** 62,
  };
}
