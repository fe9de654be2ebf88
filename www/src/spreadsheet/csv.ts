import { unparse } from "papaparse";
import { type Table, vietnamTime } from "./table";

/**
 * A cell that a spreadsheet could run as a formula: https://owasp.org/www-community/attacks/CSV_Injection. A phone number
 * such as +84… is one too. Numbers are not tested, so that negative ones stay numbers.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A table as a CSV file that Excel reads as UTF-8. An apostrophe before text that looks like a formula keeps it text. CSV
 * has no types, so digits are written as they are, and Excel reads them as a number: XLSX keeps the zeros at their start.
 */
export function toCsv(table: Table): Blob {
  const cells = table.map((row) =>
    row.map((value) => {
      if (value instanceof Date) return vietnamTime(value);
      return typeof value === "number" && !Number.isFinite(value) ? null : value;
    }),
  );
  const csv = unparse(cells, { escapeFormulae: formula, newline: "\r\n" });
  return new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" });
}
