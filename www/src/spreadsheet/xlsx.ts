import writeExcelFile, { type Cell } from "write-excel-file/universal";
import { type Column, valueOf, vietnamTime } from "./table";

/** The longest text of a cell, by the specification of Excel. */
const maxLength = 32_767;

/** A table as an XLSX file: texts stay texts, numbers can be calculated with, and dates are those of Vietnam's clocks. */
export function toXlsx<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<Blob> {
  const header = columns.map(({ header }): Cell => ({ ...cellOf(header), fontWeight: "bold" }));
  const cells = rows.map((row) => columns.map((column) => cellOf(valueOf(column, row))));
  const widths = columns.map((column) => ({ width: widthOf(column, rows) }));
  return writeExcelFile([header, ...cells], { columns: widths, stickyRowsCount: 1 }).toBlob();
}

function cellOf(value: string | number | Date | null): Cell {
  if (typeof value === "string") return { type: String, value: safe(value) };
  if (typeof value === "number") return { type: Number, value, format: Number.isInteger(value) ? "#,##0" : "#,##0.00" };
  const time = value && vietnamTime(value);
  // A date of a spreadsheet has no time zone, and the library writes the one in UTC.
  return time ? { type: Date, value: new Date(`${time}Z`), format: "dd/mm/yyyy hh:mm" } : null;
}

/** The library looks texts up in an object, where it finds those that every object inherits, such as "constructor". */
const safe = (text: string) => (text in Object.prototype ? `${text} ` : text.slice(0, maxLength));

/** In characters. The first rows are enough: a text that is longer than the column can still be read. */
function widthOf<Row>(column: Column<Row>, rows: readonly Row[]): number {
  const length = (row: Row) => {
    const value = column.value(row);
    return value instanceof Date
      ? 16
      : typeof value === "number"
        ? value.toLocaleString("en").length
        : (value ?? "").length;
  };
  return Math.min(60, Math.max(column.header.length, ...rows.slice(0, 500).map(length)) + 2);
}
