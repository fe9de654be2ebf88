import { timeZone } from "../display/timeZone";

type Value = string | number | Date | null | undefined;

/** A column of an exported table. */
export interface Column<Row> {
  readonly header: string;
  /** A string stays text, also one of digits only; a number becomes a number of the spreadsheet, a Date a date. */
  readonly value: (row: Row) => Value;
}

/** The rows of a file, the header first. */
export type Table = readonly (readonly Value[])[];

export type FileFormat = "csv" | "xlsx";

// Swedish dates are ISO dates.
const isoFormat = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone });

/** The time on a clock in Vietnam: `2026-11-27 20:05`. Empty if there is no such date, or its year has five digits. */
export function vietnamTime(date: Date): string {
  const text = Number.isNaN(date.getTime()) ? "" : isoFormat.format(date);
  return /^\d{4}-/.test(text) ? text : "";
}

/** `name 2026-11-27.csv`, with the date in Vietnam. */
export const fileName = (name: string, format: FileFormat, now = new Date()) =>
  `${name} ${vietnamTime(now).slice(0, 10)}.${format}`;
