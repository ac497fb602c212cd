// Writes a document of 156 entries as text, reads it back, and writes what was read again: both texts have to be the same. Reader
// and writer are our own, so that the same work is measured as in Smalltalk.
class JsonObject {
  keys = [];
  values = [];
  index = new Map();

  get(key) {
    return this.values[this.index.get(key)];
  }

  put(key, value) {
    const place = this.index.get(key);
    if (place !== undefined) {
      this.values[place] = value;
      return;
    }
    this.index.set(key, this.keys.length);
    this.keys.push(key);
    this.values.push(value);
  }
}

// A number that was written with a point.
class Float {
  constructor(value) {
    this.value = value;
  }

  toString() {
    return Number.isInteger(this.value) ? `${this.value}.0` : String(this.value);
  }
}

const isDigit = (character) => character >= '0' && character <= '9';
const isSpace = (character) => character === ' ' || character === '\n' || character === '\t' || character === '\r';

class Reader {
  position = 0;

  constructor(text) {
    this.text = text;
  }

  read() {
    const value = this.readValue();
    if (this.position < this.text.length) this.expected('the end');
    return value;
  }

  readValue() {
    this.skipSpace();
    switch (this.peek()) {
    case '{': return this.readObject();
    case '[': return this.readArray();
    case '"': return this.readString();
    case 't': return this.readWord('true', true);
    case 'f': return this.readWord('false', false);
    case 'n': return this.readWord('null', null);
    default: return this.readNumber();
    }
  }

  readObject() {
    const object = new JsonObject();
    this.expect('{');
    if (this.accept('}')) return object;
    do {
      this.skipSpace();
      const key = this.readString();
      this.skipSpace();
      this.expect(':');
      object.put(key, this.readValue());
      this.skipSpace();
    } while (this.accept(','));
    this.expect('}');
    return object;
  }

  readArray() {
    const elements = [];
    this.expect('[');
    if (this.accept(']')) return elements;
    do {
      elements.push(this.readValue());
      this.skipSpace();
    } while (this.accept(','));
    this.expect(']');
    return elements;
  }

  readString() {
    let string = '';
    this.expect('"');
    for (let character = this.next(); character !== '"'; character = this.next()) {
      string += character === '\\' ? this.readEscape() : character;
    }
    return string;
  }

  readEscape() {
    const character = this.next();
    return character === 'n' ? '\n' : character;
  }

  readNumber() {
    const sign = this.accept('-') ? -1 : 1;
    const whole = this.readDigits();
    if (!this.accept('.')) return sign * whole;
    const start = this.position;
    const digits = this.readDigits();
    return new Float(sign * (whole + digits / 10 ** (this.position - start)));
  }

  readDigits() {
    if (!isDigit(this.peek())) this.expected('a digit');
    let value = 0;
    while (isDigit(this.peek())) value = value * 10 + this.next().charCodeAt(0) - 48;
    return value;
  }

  readWord(word, value) {
    for (const character of word) this.expect(character);
    return value;
  }

  peek() {
    return this.position < this.text.length ? this.text[this.position] : '\0';
  }

  next() {
    const character = this.peek();
    this.position++;
    return character;
  }

  accept(character) {
    if (this.peek() !== character) return false;
    this.position++;
    return true;
  }

  expect(character) {
    if (!this.accept(character)) this.expected(character);
  }

  expected(what) {
    throw new Error(`${what} was expected at ${this.position}`);
  }

  skipSpace() {
    while (isSpace(this.peek())) this.position++;
  }
}

class Writer {
  text = '';

  write(value) {
    if (value === null) this.text += 'null';
    else if (typeof value === 'string') this.writeString(value);
    else if (value instanceof JsonObject) this.writeObject(value);
    else if (Array.isArray(value)) this.writeArray(value);
    else this.text += String(value);
    return this.text;
  }

  writeObject(object) {
    this.text += '{';
    for (let place = 0; place < object.keys.length; place++) {
      if (place > 0) this.text += ',';
      this.writeString(object.keys[place]);
      this.text += ':';
      this.write(object.values[place]);
    }
    this.text += '}';
  }

  writeArray(elements) {
    this.text += '[';
    for (let place = 0; place < elements.length; place++) {
      if (place > 0) this.text += ',';
      this.write(elements[place]);
    }
    this.text += ']';
  }

  writeString(string) {
    this.text += '"';
    for (const character of string) {
      if (character === '\n') this.text += '\\n';
      else this.text += character === '"' || character === '\\' ? `\\${character}` : character;
    }
    this.text += '"';
  }
}

function document() {
  let text = '{"title":"an \\"example\\"\\n","version":-1.5,"entries":[';
  for (let number = 0; number < 156; number++) {
    if (number > 0) text += ',';
    text += `{"number":${number},"name":"entry ${number}","even":${number % 2 === 0},"parent":null,"parts":[`;
    text += `${number * 7},${new Float(number * 0.5)},{"x":[${number % 10}]}]}`;
  }
  return `${text}]}`;
}

export function benchmark() {
  const text = document();
  const value = new Reader(text).read();
  return [text, value, new Writer().write(value)];
}

export function verify([text, value, again]) {
  const entries = value.get('entries');
  return text === again && entries.length === 156 &&
    entries.reduce((sum, entry) => sum + entry.get('number'), 0) === 12090;
}
