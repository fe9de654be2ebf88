// Reads tables that people have: files of Excel and other spreadsheets, and cells that they copied there.

export type ReadProblem = "encoding" | "oldExcel" | "notXlsx" | "empty" | "tooLong";

/** How many rows a table may have, with its headers and without empty rows. More would block the page for seconds. */
export const maxRows = 20_000;

/** A file or a text has no table that the portal can read. */
export class ReadError extends Error {
  constructor(
    readonly problem: ReadProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options);
  }
}

/** Reads the first sheet of an XLSX file, or a CSV file. */
export async function readTable(file: File): Promise<string[][]> {
  const buffer = await file.arrayBuffer();
  const bytes = new Uint8Array(buffer);
  // The content decides: the names and types of files are often wrong.
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return filled(await readXlsx(buffer));
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new ReadError("oldExcel");
  return parseTable(decode(bytes));
}

/** Parses CSV, or cells that were copied from a spreadsheet; the separator is a tab, a semicolon or a comma. */
export async function parseTable(text: string): Promise<string[][]> {
  const { default: papa } = await import("papaparse");
  // Excel names the separator so, where it cannot be guessed.
  const [line, separator] = /^sep=(.)\r?\n/i.exec(text) ?? [];
  const { data } = papa.parse<string[]>(text.slice(line?.length ?? 0), {
    ...(separator === undefined ? { delimitersToGuess: ["\t", ";", ","] } : { delimiter: separator }),
  });
  // An apostrophe before a formula keeps it text in Excel, and is no part of it.
  return filled(data.map((row) => row.map((cell) => cell.trim().replace(/^'(?=[=+\-@])/, ""))));
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/** Checks that the table has rows, and not too many. */
function filled(table: string[][]): string[][] {
  const count = table.filter((row) => row.some((cell) => cell !== "")).length;
  if (count === 0) throw new ReadError("empty");
  if (count > maxRows) throw new ReadError("tooLong");
  return table;
}

/** Decodes UTF-8, or UTF-16, which Excel calls "Unicode text". Older encodings have lost Vietnamese characters. */
function decode(bytes: Uint8Array): string {
  const encoding = startsWith(bytes, [0xff, 0xfe])
    ? "utf-16le"
    : startsWith(bytes, [0xfe, 0xff])
      ? "utf-16be"
      : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ReadError("encoding", { cause });
  }
}

async function readXlsx(buffer: ArrayBuffer): Promise<string[][]> {
  const { readSheet } = await import("read-excel-file/universal");
  try {
    const rows = await readSheet(buffer, { parseNumber: digits });
    return rows.map((row) => row.map((cell) => (cell === null ? "" : String(cell).trim())));
  } catch (cause) {
    throw new ReadError("notXlsx", { cause });
  }
}

/** A number without an exponent, with which files contain long ones. */
function digits(text: string): string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? String(number) : text;
}
