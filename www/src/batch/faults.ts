import type { CreateTenantParams, PartnerClient } from "omicall-partner";
import type { Texts } from "../language/texts";
import { type Field, fields } from "./columns";
import type { DraftRow } from "./draft";

/** The message for each cell with a fault. */
export type Faults = Readonly<Partial<Record<Field, string>>>;

type Schema = PartnerClient["schemas"]["createTenant"];

/** Stands for the password that is generated later. */
const validPassword = "Abcdef1!";

/** The parameters of `tenants.create`, as the row has them; without a password, one is generated for it. */
export function paramsOf(row: DraftRow, isAutoActive: boolean, password = row.password): CreateTenantParams {
  const { fullName, ownerName, email, phone } = row;
  return { fullName, ownerName, email, phone, password, isAutoActive: flagOf(row.isAutoActive) ?? isAutoActive };
}

/** Checks a row by the rules of the SDK, and for what a spreadsheet does to numbers. */
export function faultsOf(row: DraftRow, schema: Schema, t: Texts): Faults {
  const faults: Partial<Record<Field, string>> = {};
  const result = schema["~standard"].validate(paramsOf(row, true, row.password || validPassword));
  for (const { path, message } of result.issues ?? []) {
    const field = fields.find((field) => field === path[0]);
    if (field) faults[field] ??= message;
  }
  if (lacksZero(row)) faults.phone ??= t.batch.faults.zero;
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(row.phone)) faults.phone = t.batch.faults.rounded;
  if (row.isAutoActive !== "" && flagOf(row.isAutoActive) === undefined) faults.isAutoActive = t.batch.faults.flag;
  return faults;
}

/** Whether a spreadsheet took the phone number for a number: those of Vietnam start with 0 or +84. */
export const lacksZero = ({ phone }: DraftRow): boolean => /^(?:[35789]\d{8}|2\d{9})$/.test(phone);

const yes = /^(?:có|co|c|yes|y|true|1|x|✓|v)$/i;
const no = /^(?:không|khong|k|no|n|false|0)$/i;
const flagOf = (text: string) => (yes.test(text) ? true : no.test(text) ? false : undefined);

/** The numbers of the rows that have an e-mail address, for each that occurs more than once, in lower case. */
export function repeatedEmails(rows: readonly DraftRow[]): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>();
  for (const { email, number } of rows) {
    const key = email.toLowerCase();
    const others = numbers.get(key);
    if (others) others.push(number);
    else if (key !== "") numbers.set(key, [number]);
  }
  return new Map([...numbers].filter(([, { length }]) => length > 1));
}
