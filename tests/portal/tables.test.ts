// Tables as people have them: what files and clipboards contain, and what their columns are called.
import { expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { guessColumns, hasHeader } from "../../www/src/batch/columns";
import { maxRows, parseTable, ReadError, readTable } from "../../www/src/spreadsheet/read";

const table = [
  ["Tên doanh nghiệp", "Email"],
  ["Công ty Sao Mai, chi nhánh Huế", "lan@saomai.example"],
];
const withSeparator = (separator: string) => table.map((row) => row.join(separator)).join("\r\n");
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
const read = (content: string | Uint8Array) =>
  readTable(new File([typeof content === "string" ? content : new Uint8Array(content)], "table"));

for (const [name, content] of Object.entries({
  "UTF-8": withSeparator(";"),
  "UTF-8 with a byte order mark": `\uFEFF${withSeparator(";")}`,
  "with a line that names the separator": `\uFEFFsep=|\r\n${withSeparator("|")}`,
  "UTF-16, as Excel writes “Unicode text”": utf16(withSeparator("\t")),
  "UTF-16, big endian": utf16(withSeparator("\t")).swap16(),
  "with quotes": '"Tên doanh nghiệp",Email\n"Công ty Sao Mai, chi nhánh Huế",lan@saomai.example',
})) {
  test(`reads a CSV file: ${name}`, async () => {
    expect(await read(content)).toEqual(table);
  });
}

test("reads copied cells, and text that an apostrophe protects from being a formula", async () => {
  expect(await parseTable(withSeparator("\t"))).toEqual(table);
  expect(await parseTable("'+84901234567;Lan\n'Sao Mai';Hoa")).toEqual([
    ["+84901234567", "Lan"],
    ["'Sao Mai'", "Hoa"],
  ]);
});

test("reads an XLSX file; numbers have all their digits", async () => {
  const cells = [
    ["Email", "SĐT", "Kích hoạt"],
    ["lan@saomai.example", 84901234567, true],
    ["hoa@saomai.example", "0901234567", null],
  ];
  expect(await read(await writeExcelFile(cells).toBuffer())).toEqual([
    ["Email", "SĐT", "Kích hoạt"],
    ["lan@saomai.example", "84901234567", "true"],
    ["hoa@saomai.example", "0901234567", ""],
  ]);
});

for (const [problem, bytes] of [
  ["encoding", [0x54, 0xea, 0x6e]],
  ["oldExcel", [0xd0, 0xcf, 0x11, 0xe0]],
  ["notXlsx", [0x50, 0x4b, 0x03, 0x04]],
  ["empty", [0x2c, 0x0a, 0x20]],
] as const) {
  test(`says why a file cannot be read: ${problem}`, async () => {
    const error = await read(new Uint8Array(bytes)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ReadError);
    expect(error).toMatchObject({ problem });
  });
}

test("refuses a table with too many rows; empty ones do not count", async () => {
  const longest = "a,b\n,\n".repeat(maxRows);
  expect(await parseTable(longest)).toHaveLength(2 * maxRows + 1);
  await expect(parseTable(`${longest}a,b`)).rejects.toMatchObject({ problem: "tooLong" });
  await expect(read(`${longest}a,b`)).rejects.toMatchObject({ problem: "tooLong" });
});

for (const [headers, expected] of [
  ["Tên doanh nghiệp|Tên chủ doanh nghiệp|Email|Số điện thoại|Mật khẩu|Kích hoạt ngay", [0, 1, 2, 3, 4, 5]],
  ["Business name|Owner’s name|E-mail|Phone number|Password|Activate immediately", [0, 1, 2, 3, 4, 5]],
  ["fullName|ownerName|email|phone|password|isAutoActive", [0, 1, 2, 3, 4, 5]],
  ["STT|TEN CONG TY|SDT chu doanh nghiep|Email chủ doanh nghiệp|HO VA TEN", [1, 4, 3, 2, null, null]],
  ["Mã doanh nghiệp|Tên DN|Mail|Điện thoại", [1, null, 2, 3, null, null]],
] as const) {
  test(`guesses columns by their names: ${headers}`, () => {
    const table = [headers.split("|")];
    expect(hasHeader(table)).toBe(true);
    const { fullName, ownerName, email, phone, password, isAutoActive } = guessColumns(table, true);
    expect([fullName, ownerName, email, phone, password, isAutoActive]).toEqual(expected);
  });
}

test("guesses columns without names by their cells", () => {
  const table = [
    ["1", "lan@saomai.example", "Sao Mai", "Nguyễn Lan", "Saomai-2026", "+84 901 234 567", "Có"],
    ["2", "hoa@saomai.example", "Sao Hôm", "Trần Hoa", "Saohom-2026", "0901234568", ""],
    [""],
  ];
  expect(hasHeader(table)).toBe(false);
  expect(guessColumns(table, false)).toEqual({
    fullName: 2,
    ownerName: 3,
    email: 1,
    phone: 5,
    password: 4,
    isAutoActive: 6,
  });
  // Names that nobody knows are still no tenant.
  expect(hasHeader([["A", "B"], ...table])).toBe(true);
});
