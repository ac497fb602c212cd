// A Smalltalk program taken apart into its top-level statements, and the program that stops after each of
// them. Where the text cannot be taken apart, it counts as one statement.

const kClosing = new Map([['(', ')'], ['[', ']'], ['{', '}']]);
export const kCheckpointFile = '/stwasm/checkpoint';

// Index behind what begins at `at` with a quote; a doubled quote is part of it.
function endOfQuoted(text, at) {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) return i + 1;
    i++;
  }
  return null;
}

// A period ends a statement, unless it stands in a number.
const isStatementEnd = (text, at) => !(/[0-9A-Z]/.test(text[at - 1] ?? '') && /[0-9]/.test(text[at + 1] ?? ''));

// Index of the next statement end or of the end of the text; null when brackets or quotes do not match.
function endOfStatement(text, from) {
  const open = [];
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === "'" || character === '"') {
      const end = endOfQuoted(text, i);
      if (end === null) return null;
      i = end - 1;
    } else if (character === '$') {
      i++;
    } else if (kClosing.has(character)) {
      open.push(kClosing.get(character));
    } else if (character === open.at(-1)) {
      open.pop();
    } else if (')]}'.includes(character)) {
      return null;
    } else if (character === '.' && open.length === 0 && isStatementEnd(text, i)) {
      return i;
    }
  }
  return open.length === 0 ? text.length : null;
}

const withoutComments = (text) => text.replace(/"[^"]*"/g, ' ').trim();

// { temporaries, statements }: the declared names as text, and the text of each statement.
export function takeApart(text) {
  const whole = { temporaries: '', statements: [text] };
  const declared = /^(?:\s|"[^"]*")*\|([^|]*)\|/.exec(text);
  const statements = [];
  for (let at = declared ? declared[0].length : 0; at < text.length;) {
    const end = endOfStatement(text, at);
    if (end === null) return whole;
    const statement = text.slice(at, end);
    if (withoutComments(statement) !== '') statements.push(statement.trim());
    at = end + 1;
  }
  if (statements.length === 0) return whole;
  return { temporaries: declared?.[1] ?? '', statements };
}

// After each statement the image writes the statement's number and value to a file and waits: all
// processes stand still then, and every activation is a Context in the heap.
const kCheckpoint = `stwasmCheckpoint := [ :stwasmNumber :stwasmValue |
	'${kCheckpointFile}' asFileEntry forceWriteStreamDo: [ :stwasmStream |
		stwasmStream nextPutAll: stwasmNumber printString; nextPut: Character tab; nextPutAll: stwasmValue printString ].
	(Delay forMilliseconds: 50) wait.
	stwasmValue ].
`;

const isAnswer = (statement) => withoutComments(statement).startsWith('^');

export function withCheckpoints({ temporaries, statements }) {
  const lines = statements.map((statement, index) => {
    const answer = isAnswer(statement);
    const value = answer ? statement.replace(/^((?:\s|"[^"]*")*)\^/, '$1') : statement;
    return `${answer ? '^' : ''}stwasmCheckpoint value: ${index + 1} value: (${value}\n)`;
  });
  return `| ${temporaries} stwasmCheckpoint |\n${kCheckpoint}${lines.join('.\n')}`;
}
