// What a module's name section names: for each kind of thing how many there are, and those without a name; and how big its
// functions are.

const kSections = { custom: 0, type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, code: 10 };
const kSubsections = { 1: 'functions', 2: 'locals', 4: 'types', 5: 'tables', 6: 'memories', 7: 'globals', 10: 'fields' };

class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    Object.assign(this, { bytes, at, end });
  }

  get isAtEnd() {
    return this.at >= this.end;
  }

  byte() {
    return this.bytes[this.at++];
  }

  // Unsigned LEB128; of signed ones (heap types) only the size matters here.
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  name() {
    const size = this.number();
    this.at += size;
    return new TextDecoder().decode(this.bytes.subarray(this.at - size, this.at));
  }

  part(size) {
    this.at += size;
    return new Reader(this.bytes, this.at - size, this.at);
  }

  list(read) {
    return Array.from({ length: this.number() }, (_, i) => read(this, i));
  }

  // A value or storage type: one byte, behind (ref ...) and (ref null ...) a heap type.
  valueType() {
    const code = this.byte();
    if (code === 0x63 || code === 0x64) this.number();
  }

  fieldType() {
    this.valueType();
    this.byte();
  }

  limits() {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
}

// { fields } of a struct, { parameters } of a function.
function readComposite(reader) {
  const code = reader.byte();
  if (code === 0x50 || code === 0x4f) {
    reader.list((each) => each.number());
    return readComposite(reader);
  }
  if (code === 0x5f) return { fields: reader.list((each) => each.fieldType()).length };
  if (code === 0x5e) {
    reader.fieldType();
    return { fields: 1, isArray: true };
  }
  if (code !== 0x60) throw new Error(`type ${code}`);
  const parameters = reader.list((each) => each.valueType()).length;
  reader.list((each) => each.valueType());
  return { parameters };
}

function readTypes(reader) {
  return reader.list((each) => {
    if (each.bytes[each.at] !== 0x4e) return [readComposite(each)];
    each.byte();
    return each.list(readComposite);
  }).flat();
}

// [kind, type index] of each import.
function readImport(reader) {
  reader.name();
  reader.name();
  const kind = reader.byte();
  if (kind === 0) return { kind, type: reader.number() };
  if (kind === 3) reader.fieldType();
  else reader.limits();
  return { kind };
}

// How many locals a body declares.
function readBody(reader) {
  const body = reader.part(reader.number());
  return body.list((each) => {
    const count = each.number();
    each.valueType();
    return count;
  }).reduce((sum, count) => sum + count, 0);
}

const readMap = (reader) => new Map(reader.list((each) => [each.number(), each.name()]));
const readIndirectMap = (reader) => new Map(reader.list((each) => [each.number(), readMap(each)]));

function readNames(reader) {
  const names = {};
  while (!reader.isAtEnd) {
    const kind = kSubsections[reader.byte()];
    const part = reader.part(reader.number());
    if (kind !== undefined) names[kind] = kind === 'locals' || kind === 'fields' ? readIndirectMap(part) : readMap(part);
  }
  return names;
}

function sectionsOf(bytes) {
  const sections = new Map();
  const reader = new Reader(bytes, 8);
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const part = reader.part(reader.number());
    if (id !== kSections.custom) sections.set(id, part);
    else if (part.name() === 'name') sections.set('name', part);
  }
  return sections;
}

// { functions, locals, functionTypes, dataTypes, fields, globals }, each { count, unnamed: [description], names: [name] }.
// Function types are those of functions; blocks of code may have others.
export function moduleNames(bytes) {
  const sections = sectionsOf(bytes);
  const names = sections.has('name') ? readNames(sections.get('name')) : {};
  const types = readTypes(sections.get(kSections.type));
  const imports = sections.get(kSections.import).list(readImport).filter(({ kind }) => kind === 0);
  const own = sections.get(kSections.function).list((each) => each.number());
  const bodies = sections.get(kSections.code).list(readBody);
  const functionTypes = [...imports.map(({ type }) => type), ...own];
  const among = (indices, map) => summary(indices.map((i) => [String(i), map?.get(i)]));
  const flat = (count, map) => among(Array.from({ length: count }, (_, i) => i), map);
  const nested = (counts, map) => summary(counts.flatMap((count, owner) =>
    Array.from({ length: count }, (_, i) => [`${i} of ${owner}`, map?.get(owner)?.get(i)])));
  return {
    functions: flat(functionTypes.length, names.functions),
    locals: nested(functionTypes.map((type, i) => types[type].parameters + (i < imports.length ? 0 : bodies[i - imports.length])),
      names.locals),
    functionTypes: among([...new Set(functionTypes)], names.types),
    dataTypes: among(types.flatMap(({ fields }, i) => (fields === undefined ? [] : [i])), names.types),
    fields: nested(types.map(({ fields = 0, isArray }) => (isArray ? 0 : fields)), names.fields),
    globals: flat(sections.get(kSections.global).number(), names.globals),
  };
}

// [{ name, bytes }] of the functions with code; their bytes with the field for their size.
export function functionSizes(bytes) {
  const sections = sectionsOf(bytes);
  const { functions } = readNames(sections.get('name'));
  const imported = sections.get(kSections.import).list(readImport).filter(({ kind }) => kind === 0).length;
  return sections.get(kSections.code).list((reader, i) => {
    const start = reader.at;
    reader.part(reader.number());
    return { name: functions.get(imported + i), bytes: reader.at - start };
  });
}

function summary(entries) {
  return {
    count: entries.length,
    unnamed: entries.filter(([, name]) => name === undefined || name === '').map(([place]) => place),
    names: entries.map(([, name]) => name),
  };
}
