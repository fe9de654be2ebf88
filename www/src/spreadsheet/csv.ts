import { unparse } from "papaparse";
import { type Column, valueOf, vietnamTime } from "./table";

/**
 * A cell that a spreadsheet could run as a formula: https://owasp.org/www-community/attacks/CSV_Injection. A phone number
 * such as +84… is one too. Numbers are not tested, so that negative ones stay numbers.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A table as a CSV file that Excel reads as UTF-8. An apostrophe before text that looks like a formula keeps it text. CSV
 * has no types, so digits are written as they are, and Excel reads them as a number: XLSX keeps the zeros at their start.
 */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Blob {
  const text = (row: Row) => (column: Column<Row>) => {
    const value = valueOf(column, row);
    return value instanceof Date ? vietnamTime(value) : value;
  };
  const table = { fields: columns.map(({ header }) => header), data: rows.map((row) => columns.map(text(row))) };
  const csv = unparse(table, { escapeFormulae: formula, newline: "\r\n" });
  return new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" });
}
