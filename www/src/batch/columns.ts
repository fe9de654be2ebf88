// Guesses which column of a table has which field of a tenant.
import { fold } from "../display/fold";

export const fields = ["fullName", "ownerName", "email", "phone", "password", "isAutoActive"] as const;
export type Field = (typeof fields)[number];

/** The column of each field, from 0; null if the table does not have it. */
export type Columns = Readonly<Record<Field, number | null>>;

export type Table = readonly (readonly string[])[];

/** What the names of columns look like, without accents, spaces and punctuation; the first that matches counts. */
const names: readonly (readonly [Field, RegExp])[] = [
  ["email", /mail|thudientu/],
  ["phone", /dienthoai|didong|sdt|^dt$|phone|mobile|hotline|^tel$/],
  ["password", /matkhau|^mk$|password|^pass$|^pwd$/],
  ["isAutoActive", /kichhoat|active|activate/],
  ["ownerName", /chudoanhnghiep|chusohuu|daidien|lienhe|hoten|hovaten|giamdoc|owner|representative|contact/],
  [
    "fullName",
    /^(?:ten)?(?:doanhnghiep|dn|congty|cty|donvi|khachhang|tochuc)$|^ten$|fullname|business|company|tenant|organi[sz]ation|^name$/,
  ],
];

/** `Tên doanh nghiệp *` → `tendoanhnghiep` */
const simplify = (name: string) => fold(name).replaceAll(/[^a-z0-9]/g, "");

function fieldNamed(header: string): Field | undefined {
  const name = simplify(header);
  return names.find(([, pattern]) => pattern.test(name))?.[0];
}

const hasAt = (row: readonly string[]) => row.some((cell) => cell.includes("@"));

/** Whether the first row has the names of the columns: known ones, or it has no e-mail address, unlike most others. */
export function hasHeader([first = [], ...others]: Table): boolean {
  const rows = others.filter((row) => row.some((cell) => cell !== ""));
  return (
    first.some((cell) => fieldNamed(cell) !== undefined) ||
    (!hasAt(first) && rows.filter(hasAt).length * 2 > rows.length)
  );
}

/** What the cells of a column look like. The names of businesses and owners are told apart by their order. */
const looks: readonly (readonly [Field, RegExp])[] = [
  ["email", /^\S+@\S+$/],
  ["phone", /^\+?[\d\s().-]{8,16}$/],
  ["password", /^(?=.*\d)(?=.*\p{Lu})(?=.*\p{Ll})(?=.*[^\p{L}\d])\S{8,}$/u],
  ["isAutoActive", /^(?:có|không|yes|no|true|false)$/i],
  ["fullName", /\p{L}/u],
  ["ownerName", /\p{L}/u],
];

/** Guesses by the names of the columns, then by what most of the first cells look like. */
export function guessColumns(table: Table, withHeader: boolean): Columns {
  const columns: Record<Field, number | null> = {
    ...{ fullName: null, ownerName: null, email: null, phone: null, password: null, isAutoActive: null },
  };
  const taken = new Set<number>();
  const take = (field: Field, column: number) => {
    if (columns[field] !== null || taken.has(column)) return;
    columns[field] = column;
    taken.add(column);
  };
  if (withHeader) {
    table[0]?.forEach((header, column) => {
      const field = fieldNamed(header);
      if (field) take(field, column);
    });
  }
  const sample = table.slice(withHeader ? 1 : 0, 50);
  const width = Math.max(0, ...sample.map((row) => row.length));
  for (const [field, pattern] of looks) {
    // With a header, a column of an unknown name is something else, unless the tenants cannot be created without it.
    if (withHeader && field !== "email" && field !== "phone") continue;
    for (let column = 0; column < width; column++) {
      const cells = sample.map((row) => row[column] ?? "").filter((cell) => cell !== "");
      if (cells.filter((cell) => pattern.test(cell)).length * 2 > cells.length) take(field, column);
    }
  }
  return columns;
}
