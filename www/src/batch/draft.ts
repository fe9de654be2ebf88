import { useSyncExternalStore } from "react";
import { useConnection } from "../session/client";
import type { Connection } from "../session/connection";
import { type Columns, type Field, fields, guessColumns, hasHeader, type Table } from "./columns";

/** A row of the table, as the user edits it. */
export type DraftRow = Readonly<Record<Field, string>> & {
  /** The number of the row in the table, from 1, as a spreadsheet shows it. */
  readonly number: number;
};

/** A table that becomes a batch, when the user has checked it. */
export interface Draft {
  readonly name: string;
  readonly table: Table;
  readonly hasHeader: boolean;
  readonly columns: Columns;
  /** Of the rows that do not say it themselves. */
  readonly isAutoActive: boolean;
  readonly rows: readonly DraftRow[];
}

export function newDraft(name: string, table: Table, withHeader = hasHeader(table)): Draft {
  const columns = guessColumns(table, withHeader);
  return { name, table, hasHeader: withHeader, columns, isAutoActive: true, rows: rowsOf(table, withHeader, columns) };
}

function rowsOf(table: Table, withHeader: boolean, columns: Columns): DraftRow[] {
  return table.flatMap((cells, index) => {
    const isEmpty = cells.every((cell) => cell === "");
    if (isEmpty || (withHeader && index === 0)) return [];
    const cell = (field: Field) => cellOf(cells, columns[field]);
    const [fullName, ownerName, email] = [cell("fullName"), cell("ownerName"), cell("email")];
    const [phone, password, isAutoActive] = [cell("phone"), cell("password"), cell("isAutoActive")];
    return { number: index + 1, fullName, ownerName, email, phone, password, isAutoActive };
  });
}

const cellOf = (cells: readonly string[], column: number | null) => (column === null ? "" : (cells[column] ?? ""));

/** Takes a field from another column. The other fields stay as they were edited. */
export function withColumn(draft: Draft, field: Field, column: number | null): Draft {
  const columns = { ...draft.columns, [field]: column };
  // A column has one field.
  const moved = fields.find((other) => other !== field && column !== null && draft.columns[other] === column);
  if (moved) columns[moved] = null;
  const rows = draft.rows.map((row) => {
    const cells = draft.table[row.number - 1] ?? [];
    return { ...row, [field]: cellOf(cells, column), ...(moved && { [moved]: "" }) };
  });
  return { ...draft, columns, rows };
}

// Outside React, because a change of the screen or of the language must not lose it. Another connection, which may be that
// of another partner, has no part in it.
const drafts = new WeakMap<Connection, Draft>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The draft of this connection, and a function that replaces or removes it. */
export function useDraft() {
  const connection = useConnection();
  const draft = useSyncExternalStore(subscribe, () => drafts.get(connection));
  const setDraft = (draft: Draft | undefined) => {
    if (draft) drafts.set(connection, draft);
    else drafts.delete(connection);
    listeners.forEach((listener) => listener());
  };
  return [draft, setDraft] as const;
}
