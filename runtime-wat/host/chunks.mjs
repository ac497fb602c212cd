// Texts in Smalltalk's chunk format: pieces that end with '!' ('!!' inside stands for one), methods after a piece that
// begins with '!' and says of which class and category they are.

// The chunk that begins at `at`, and where the next one does.
function readChunk(text, at) {
  let chunk = '';
  for (;;) {
    const end = text.indexOf('!', at);
    if (end < 0) return { chunk: chunk + text.slice(at), next: text.length };
    chunk += text.slice(at, end);
    if (text[end + 1] !== '!') return { chunk, next: end + 1 };
    chunk += '!';
    at = end + 2;
  }
}

const skipSpace = (text, at) => at + /^\s*/.exec(text.slice(at, at + 1000))[0].length;

// Answers { expression } and { classExpression, category, method } in their order.
export function parseChunks(text) {
  const pieces = [];
  let group = null;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const beginsGroup = group === null && text[at] === '!';
    const { chunk, next } = readChunk(text, beginsGroup ? at + 1 : at);
    at = next;
    if (beginsGroup) {
      const match = /^\s*(.+?)\s+methodsFor:\s*'((?:[^']|'')*)'/s.exec(chunk);
      if (match === null) pieces.push({ expression: chunk });
      else group = { classExpression: match[1], category: match[2].replaceAll("''", "'") };
    } else if (chunk.trim() === '') {
      group = null;
    } else {
      pieces.push(group === null ? { expression: chunk } : { ...group, method: chunk });
    }
  }
  return pieces;
}
