import { timeZone } from "../display/format";

/** A column of an exported table. */
export interface Column<Row> {
  readonly header: string;
  /** A string stays text, also one of digits only; a number becomes a number of the spreadsheet, a Date a date. */
  readonly value: (row: Row) => string | number | Date | null | undefined;
}

// Swedish dates are ISO dates.
const isoFormat = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone });

/** The time on a clock in Vietnam: `2026-11-27 20:05`. Undefined if there is no such date, or a year of five digits. */
export function vietnamTime(date: Date): string | undefined {
  const text = Number.isNaN(date.getTime()) ? "" : isoFormat.format(date);
  return /^\d{4}-/.test(text) ? text : undefined;
}

/** The cell's value, without numbers and dates that no spreadsheet can represent. */
export function valueOf<Row>({ value }: Column<Row>, row: Row): string | number | Date | null {
  const cell = value(row) ?? null;
  if (typeof cell === "number" && !Number.isFinite(cell)) return null;
  return cell;
}

/** `name 2026-11-27.csv`, with the date in Vietnam. */
export const fileName = (name: string, extension: string, now = new Date()) =>
  `${name} ${vietnamTime(now)?.slice(0, 10)}.${extension}`;
