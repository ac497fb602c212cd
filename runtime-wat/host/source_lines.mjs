// Lines of Smalltalk source for the frames of a stack trace, in a build with --debug: Contexts have a pc, for which there is
// a table; native frames have an offset in the module, for which there is the source map. Both are loaded when an error asks.

const kDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export class SourceLines {
  #platform;
  #manifest;

  constructor(platform, manifest) {
    this.#platform = platform;
    this.#manifest = manifest;
  }

  // entries: [{ frame, place }]; place is { hash } of a Context's code or { offset } in the module.
  async addTo(entries) {
    if (entries.length === 0 || this.#manifest.lines === undefined) return;
    const table = await this.#read(this.#manifest.lines);
    const native = entries.filter(({ place }) => (place.offset ?? null) !== null);
    for (const { frame, place } of entries) {
      if (place.hash !== undefined) frame.line = lineAt(table[nameOf(frame)] ?? [], place.hash, frame.pc);
    }
    if (native.length > 0) addNativeLines(native, await this.#read(this.#manifest.sourceMap), table);
  }

  async #read(name) {
    return JSON.parse(new TextDecoder().decode(await this.#platform.readBytes(name)));
  }
}

const nameOf = ({ className, selector }) => `${className}>>${selector}`;

// codes: [hash, pc, line, pc, line, ...] for a method and each of its CompiledBlocks. The pc is behind the send; before its first
// bytecode a method is where its primitive is called, and told with the line of that bytecode.
function lineAt(codes, hash, pc) {
  const code = codes.find((each) => each[0] === hash);
  if (code === undefined || pc === null) return null;
  let line = code[2] ?? null;
  for (let i = 1; i < code.length && code[i] < pc; i += 2) line = code[i + 1];
  return line;
}

// Where the source map leads to a method's source, and not to a listing of its bytecodes.
function addNativeLines(entries, map, table) {
  const places = placesOf(map.mappings, entries.map(({ place }) => place.offset));
  entries.forEach(({ frame }, i) => {
    if (places[i] !== null && table[nameOf(frame)] !== undefined) frame.line = places[i].line;
  });
}

// The last place at or before each offset: { source, line }. The mappings of a module are one line.
function placesOf(mappings, offsets) {
  const found = offsets.map(() => null);
  const sums = [0, 0, 0, 0];
  for (const segment of mappings.split(',')) {
    decodeDifferences(segment).forEach((difference, field) => {
      if (field < sums.length) sums[field] += difference;
    });
    const [offset, source, line] = sums;
    offsets.forEach((wanted, i) => {
      if (offset <= wanted) found[i] = { source, line: line + 1 };
    });
  }
  return found;
}

function decodeDifferences(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = kDigits.indexOf(character);
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value % 2 === 1 ? -(value - 1) / 2 : value / 2);
    value = 0;
    shift = 0;
  }
  return numbers;
}
