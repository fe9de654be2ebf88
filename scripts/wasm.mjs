// Reads what the size report needs of a WebAssembly file: sections, sizes of functions and data segments, names.

/** @typedef {{ name: string, start: number, end: number, body: number }} Section `start` is that of its header */

const sectionNames = [
  "custom",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "elem",
  "code",
  "data",
  "data count",
  "tag",
];

const functionImport = 0;
const functionNames = 1;

/** A place in the bytes that moves on as they are read. */
class Reader {
  /** @param {Uint8Array} bytes @param {number} at */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error("The WebAssembly file ends too early.");
    return byte;
  }

  /** A number in LEB128; the signed ones are only ever skipped. */
  number() {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      number += (byte & 127) * factor;
      if (byte < 128) return number;
    }
  }

  /** Goes past what has its length in front. */
  skip() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return new TextDecoder().decode(this.skip());
  }

  /** @template T @param {() => T} read @returns {T[]} */
  list(read) {
    return Array.from({ length: this.number() }, read);
  }

  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }

  /** `ref null T` and `ref T` are followed by T. */
  type() {
    const type = this.byte();
    if (type === 0x63 || type === 0x64) this.number();
  }
}

/** @param {Uint8Array} bytes @returns {Section[]} custom sections as `custom "name"` */
export function sectionsOf(bytes) {
  if (!WebAssembly.validate(Uint8Array.from(bytes))) throw new Error("This is no valid WebAssembly file.");
  const sections = [];
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const body = reader.at;
    const end = body + length;
    const name = id === 0 ? `custom "${reader.text()}"` : (sectionNames[id] ?? `section ${id}`);
    sections.push({ name, start, end, body });
    reader.at = end;
  }
  return sections;
}

/** @param {Uint8Array} bytes @param {string} name */
function open(bytes, name) {
  const section = sectionsOf(bytes).find((section) => section.name === name);
  return section && new Reader(bytes, section.body);
}

/** @typedef {{ module: string, name: string }} External */

/** @param {Reader} reader @returns {External & { kind: number, type: Uint8Array }} */
function readImport(reader) {
  const [module, name] = [reader.text(), reader.text()];
  const start = reader.at;
  const kind = reader.byte();
  if (kind === functionImport) reader.number();
  else if (kind === 1) (reader.type(), reader.limits());
  else if (kind === 2) reader.limits();
  else if (kind === 3) (reader.type(), reader.byte());
  else (reader.byte(), reader.number());
  return { module, name, kind, type: reader.bytes.subarray(start, reader.at) };
}

/** How many functions are imported: the module's own ones are numbered from there on. @param {Uint8Array} bytes */
function importedFunctions(bytes) {
  const reader = open(bytes, "import");
  const imports = reader ? reader.list(() => readImport(reader)) : [];
  return imports.filter(({ kind }) => kind === functionImport).length;
}

/** @param {number} number @returns {number[]} in LEB128 */
const leb = (number) => (number < 128 ? [number] : [(number % 128) | 128, ...leb(Math.floor(number / 128))]);

/** @param {string} text */
const encoded = (text) => {
  const bytes = new TextEncoder().encode(text);
  return [...leb(bytes.length), ...bytes];
};

/**
 * The same module with other names for what it imports and exports.
 * @param {Uint8Array} bytes
 * @param {{ import: (external: External) => External, export: (name: string) => string }} rename
 */
export function renameExternals(bytes, rename) {
  /** @type {Record<string, (reader: Reader) => number[]>} */
  const entries = {
    import: (reader) => {
      const { type, ...external } = readImport(reader);
      const { module, name } = rename.import(external);
      return [...encoded(module), ...encoded(name), ...type];
    },
    export: (reader) => {
      const name = rename.export(reader.text());
      const start = reader.at;
      reader.byte();
      reader.number();
      return [...encoded(name), ...reader.bytes.subarray(start, reader.at)];
    },
  };
  const parts = [bytes.subarray(0, 8)];
  for (const { name, start, end, body } of sectionsOf(bytes)) {
    if (!Object.hasOwn(entries, name)) {
      parts.push(bytes.subarray(start, end));
      continue;
    }
    const reader = new Reader(bytes, body);
    const list = reader.list(() => entries[name](reader));
    const content = [...leb(list.length), ...list.flat()];
    parts.push(Uint8Array.from([bytes[start] ?? 0, ...leb(content.length), ...content]));
  }
  return Buffer.concat(parts);
}

/** @param {Uint8Array} bytes @returns {Map<number, string>} */
function namesOf(bytes) {
  const reader = open(bytes, 'custom "name"');
  const end = sectionsOf(bytes).find(({ name }) => name === 'custom "name"')?.end ?? 0;
  reader?.text();
  while (reader && reader.at < end) {
    const part = reader.byte();
    const next = reader.number() + reader.at;
    if (part === functionNames) return new Map(reader.list(() => [reader.number(), reader.text()]));
    reader.at = next;
  }
  return new Map();
}

/**
 * The functions of the code section in their order, each with its length in front; the names are those of the name
 * section, if there is one.
 * @param {Uint8Array} bytes
 */
export function functionsOf(bytes) {
  const reader = open(bytes, "code");
  if (!reader) return [];
  const names = namesOf(bytes);
  let index = importedFunctions(bytes);
  return reader.list(() => {
    const start = reader.at;
    reader.skip();
    const name = names.get(index) ?? "(unnamed)";
    index++;
    return { name, size: reader.at - start };
  });
}

/** The sizes of the data segments, each with its head. @param {Uint8Array} bytes */
export function dataOf(bytes) {
  const reader = open(bytes, "data");
  if (!reader) return [];
  return reader.list(() => {
    const start = reader.at;
    const flags = reader.number();
    if (flags === 2) reader.number();
    if (flags !== 1) while (reader.byte() !== 0x0b); // where it goes: a constant expression up to `end`
    reader.skip();
    return reader.at - start;
  });
}
