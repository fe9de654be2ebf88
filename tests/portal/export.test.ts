import fc from "fast-check";
import { parse } from "papaparse";
import readExcelFile from "read-excel-file/node";
import { expect, test } from "vitest";
import { toCsv } from "../../www/src/spreadsheet/csv";
import { fileName, type Table } from "../../www/src/spreadsheet/table";
import { toXlsx } from "../../www/src/spreadsheet/xlsx";

/** The text as Excel gets it, with its byte order mark. */
const decode = async (file: Blob) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());

async function viaCsv(table: Table): Promise<string[][]> {
  return parse<string[]>((await decode(toCsv(table))).slice(1)).data;
}

async function viaXlsx(table: Table) {
  const file = await toXlsx(table);
  const [sheet] = await readExcelFile(Buffer.from(await file.arrayBuffer()));
  return sheet?.data;
}

test("a CSV file has a byte order mark, Windows line ends and Vietnamese letters", async () => {
  const file = toCsv([
    ["Tên", "Số dư"],
    ["Công ty Phở “Đặc biệt”, Đà Nẵng", 1_500_000],
  ]);
  expect(await decode(file)).toBe('\uFEFFTên,Số dư\r\n"Công ty Phở “Đặc biệt”, Đà Nẵng",1500000');
});

test.each([
  ["a negative amount", -250_000, "-250000"],
  ["a phone number with a country code", "+84912345678", "'+84912345678"],
  ["a phone number", "02471000001", "02471000001"],
  ["a formula", '=HYPERLINK("http://example.com","x")', '\'=HYPERLINK("http://example.com","x")'],
  ["a formula after a space", " =1+1", "' =1+1"],
  ["a formula before a line end", "=1+1\n", "'=1+1\n"],
  ["a function of old spreadsheets", "@SUM(A1)", "'@SUM(A1)"],
  ["a tab", "\t=1", "'\t=1"],
  ["a date", new Date("2026-11-27T18:30:00Z"), "2026-11-28 01:30"],
  ["a missing value", undefined, ""],
  ["an infinite number", Infinity, ""],
  ["an impossible date", new Date(NaN), ""],
])("a CSV file represents %s", async (_, value, cell) => {
  expect(
    await viaCsv([
      ["a", "b"],
      [value, "end"],
    ]),
  ).toEqual([
    ["a", "b"],
    [cell, "end"],
  ]);
});

const dangerous = fc.constantFrom(
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  " =",
  "\u00a0@",
  "＝",
  '"=',
  ",=",
  "\r\n=",
  "'=",
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.tuple(dangerous, fc.string()).map((parts) => parts.join("")),
);
const table = fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 });

test("no text becomes a formula in a CSV file, and none is lost", async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const cells = await viaCsv(rows);
      expect(cells.flat().filter((cell) => /^\s*[=+\-@]|^[\t\r\n]/.test(cell))).toEqual([]);
      const marked = (cell: string, text: string) => cell === text || cell === `'${text}`;
      rows.forEach((row, y) => row.forEach((text, x) => expect(marked(cells[y]?.[x] ?? "", text)).toBe(true)));
    }),
  );
});

test("an XLSX file keeps texts, numbers and dates apart", async () => {
  const headers = ["a", "b", "c", "d", "e", "f", "g"];
  const row = ["02471000001", "=1+1", "+84912345678", -250_000, 0.5, new Date("2026-11-27T18:30:00Z"), null];
  const [header, cells] = (await viaXlsx([headers, row, ["", "", "", NaN, 1, new Date(NaN), "x"]])) ?? [];
  expect(header).toEqual(headers);
  // The reader takes the time on the clock as the one in UTC.
  expect(cells).toEqual(["02471000001", "=1+1", "+84912345678", -250_000, 0.5, new Date("2026-11-28T01:30:00Z"), null]);
});

test("an XLSX file contains every text", async () => {
  // The library leaves out what XML does not allow or discourages, and the replacement character.
  const allowed = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((text) => text.trim() === text && !text.includes("\ufffd"));
  const names = fc.constantFrom(
    "constructor",
    "__proto__",
    "toString",
    "=1",
    "-1",
    "007",
    "1e5",
    "<b>&amp;</b>",
    "TRUE",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(allowed, names), { minLength: 1, maxLength: 8 }), async (texts) => {
      const cells = await viaXlsx([["text"], ...texts.map((text) => [text])]);
      expect(cells?.slice(1).map(([cell]) => String(cell).trim())).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});

test("the name of a file ends with the date in Vietnam", () => {
  const date = new Date("2026-11-27T18:30:00Z");
  expect(fileName("Doanh nghiệp", "xlsx", date)).toBe("Doanh nghiệp 2026-11-28.xlsx");
});
