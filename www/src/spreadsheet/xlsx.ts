import writeExcelFile, { type Cell } from "write-excel-file/universal";
import { type Table, vietnamTime } from "./table";

/** The longest text of a cell, by the specification of Excel. */
const maxLength = 32_767;

/** A table as an XLSX file: texts stay texts, numbers can be calculated with, and dates are those of Vietnam's clocks. */
export function toXlsx([headers = [], ...rows]: Table): Promise<Blob> {
  const header = headers.map((text): Cell => ({ type: String, value: String(text), fontWeight: "bold" }));
  const columns = headers.map((_, index) => ({ width: widthOf([headers, ...rows.slice(0, 500)], index) }));
  const cells = [header, ...rows.map((row) => row.map(cellOf))];
  return writeExcelFile(cells, { columns, stickyRowsCount: 1 }).toBlob();
}

function cellOf(value: Table[number][number]): Cell {
  if (typeof value === "string") return { type: String, value: safe(value) };
  if (typeof value === "number") {
    const format = Number.isInteger(value) ? "#,##0" : "#,##0.00";
    return Number.isFinite(value) ? { type: Number, value, format } : null;
  }
  const time = value && vietnamTime(value);
  // A date of a spreadsheet has no time zone, and the library writes the one in UTC.
  return time ? { type: Date, value: new Date(`${time}Z`), format: "dd/mm/yyyy hh:mm" } : null;
}

/** The library looks texts up in an object, where it finds those that every object inherits, such as "constructor". */
const safe = (text: string) => (text in Object.prototype ? `${text} ` : text.slice(0, maxLength));

/** The width of a column, in characters. A text that is longer can still be read. */
function widthOf(rows: Table, index: number): number {
  const lengths = rows.map((row) => {
    const value = row[index] ?? "";
    return value instanceof Date ? "dd/mm/yyyy hh:mm".length : value.toLocaleString("en").length;
  });
  return Math.min(60, Math.max(...lengths) + 2);
}
