// Reads a source map of a WebAssembly module: byte offsets to lines of Smalltalk methods and back.
const kDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

// The numbers of one segment: base 64, five bits a digit, the lowest bit of a number is its sign.
function* numbers(segment) {
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = kDigits.indexOf(character);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    yield value & 1 ? -(value >> 1) : value >> 1;
    value = 0;
    shift = 0;
  }
}

export class SourceMap {
  #segments = [];  // { offset, source, line }, by offset; lines from 1

  constructor(text) {
    const map = JSON.parse(text);
    this.sources = map.sources;
    this.texts = map.sourcesContent;
    const now = { offset: 0, source: 0, line: 0 };
    for (const segment of map.mappings.split(',')) {
      const [offset, source = 0, line = 0] = numbers(segment);
      now.offset += offset;
      now.source += source;
      now.line += line;
      this.#segments.push({ offset: now.offset, source: now.source, line: now.line + 1 });
    }
  }

  // The first byte of the code of a line.
  offsetOf(source, line) {
    const index = this.sources.indexOf(source);
    const found = this.#segments.filter((each) => each.source === index && each.line === line);
    return Math.min(...found.map(({ offset }) => offset));
  }

  // { source, line, text } of the code at a byte.
  placeOf(offset) {
    const { source, line } = this.#segments.findLast((each) => each.offset <= offset);
    return { source: this.sources[source], line, text: this.texts[source].split('\n')[line - 1].trim() };
  }
}
