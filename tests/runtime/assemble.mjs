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
const kImmutability = '(global $immutability i32 (i32.const 1))';
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

function read(path) {
  const text = readFileSync(join(root, path), 'utf8').replaceAll('@MAX_FIXED', maxFixed);
  return `${text.replace(/^;;@repeat +(\d+) +(\d+)\n([\s\S]*?)^;;@end\n/gm, expandBlock)}\n`;
}

function moduleText(files) {
  const host = read('types/host.wat').split('\n');
  const isMemory = (line) => line.startsWith('(memory');
  const functions = files.map(read).join('');
  const exports = [...functions.matchAll(/^\(func \$((?:primitive|special)_[\w:]+)/gm)]
    .map(([, name]) => `(export "${name}" (func $${name}))`);
  return ['(module', read('types/arrays.wat'), '(rec', read('types/objects.wat'),
    read('types/activation.wat'), ')', host.filter((line) => !isMemory(line)).join('\n'),
    host.filter(isMemory).join('\n'), read('types/globals.wat'), kImmutability, functions, ...exports, ')'].join('\n');
}

// What a test needs of the host: the mathematical functions; everything else answers 0.
function hostImports() {
  const math = Object.fromEntries(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'exp', 'log',
    'log10', 'pow'].map((name) => [name, Math[name]]));
  return { host: new Proxy(math, { get: (known, name) => known[name] ?? (() => 0) }) };
}

// The module made of these files, given by their path from the project's root: its exports, which include every primitive and
// special send under its own name.
export function assemble(files) {
  const folder = mkdtempSync(join(tmpdir(), 'stwasm-runtime-'));
  try {
    const wat = join(folder, 'module.wat');
    const wasm = join(folder, 'module.wasm');
    writeFileSync(wat, moduleText(files));
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
