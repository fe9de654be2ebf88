// The batches in the journal, which all tabs share.
import { useLiveQuery } from "dexie-react-hooks";
import type { CreateTenantParams, PartnerErrorJSON } from "omicall-partner";
import { StorageError } from "../journal/errors";
import { journal } from "../journal/database";
import { pageId } from "../journal/page";
import { useAccount } from "../journal/writes";
import { type Batch, type BatchRow, type Counts, type RowState, rowStates } from "./model";

export interface NewRow {
  readonly params: CreateTenantParams;
  readonly isPasswordGenerated: boolean;
  readonly number: number;
}

/** Records a batch with all its rows, before anything is sent. */
export async function addBatch(name: string, account: string, rows: readonly NewRow[]): Promise<string> {
  const id = `${pageId}-${Math.random().toString(36).slice(2)}`;
  const batch: Batch = {
    ...{ id, account, name, createdAt: Date.now(), total: rows.length },
    ...{ paused: false, pausedBy: null, waitUntil: null, runner: pageId },
  };
  const records = rows.map(({ params: { password, ...params }, ...row }, index): BatchRow => ({
    ...{ ...row, batchId: id, index, params, password },
    ...{ state: "waiting", askFirst: false, askedAt: null, tenantId: null, error: null },
  }));
  try {
    await journal.transaction("rw", journal.batches, journal.rows, async () => {
      await journal.batches.add(batch);
      await journal.rows.bulkAdd(records);
    });
  } catch (cause) {
    throw new StorageError("the journal cannot be written", { cause });
  }
  return id;
}

/** Removes a batch, and the passwords of its rows. */
export const removeBatch = (id: string) =>
  journal.transaction("rw", journal.batches, journal.rows, async () => {
    await journal.batches.delete(id);
    await allRows(id).delete();
  });

export const updateBatch = (id: string, change: Partial<Omit<Batch, "id">>) => journal.batches.update(id, change);

export const pauseBatch = (id: string, pausedBy: PartnerErrorJSON | "offline" | null = null) =>
  updateBatch(id, { paused: true, pausedBy, waitUntil: null });

/** Lets this page run the batch. */
export const resumeBatch = (id: string) => updateBatch(id, { paused: false, pausedBy: null, runner: pageId });

/** Also of a batch that was removed. */
export const isPaused = async (id: string): Promise<boolean> => (await journal.batches.get(id))?.paused ?? true;

const allRows = (batchId: string) => journal.rows.where("[batchId+index]").between([batchId, 0], [batchId, Infinity]);
const rowsIn = (batchId: string, state: RowState) => journal.rows.where({ batchId, state });

export const readRows = (batchId: string): Promise<BatchRow[]> => allRows(batchId).toArray();
export const unknownRows = (batchId: string): Promise<BatchRow[]> => rowsIn(batchId, "unknown").toArray();

/** The rows whose outcome is unknown, because the page that sent them is gone. For the page that holds the batch's lock. */
export const markInterrupted = (batchId: string) => rowsIn(batchId, "sending").modify({ state: "unknown" });

/** Marks the next row as `sending`, in one transaction: no two pages get the same row. */
export const claimRow = (batchId: string): Promise<BatchRow | undefined> =>
  journal.transaction("rw", journal.batches, journal.rows, journal.writes, async () => {
    for (;;) {
      const batch = await journal.batches.get(batchId);
      const row = !batch || batch.paused ? undefined : await rowsIn(batchId, "waiting").first();
      if (!batch || !row) return undefined;
      if (await hasUnsettled(row, batch.account)) {
        await updateRow(row, { state: "refused", error: "unsettled" });
        continue;
      }
      await updateRow(row, { state: "sending" });
      return row;
    }
  });

/** Whether another request for this e-mail address has an unknown outcome: its tenant may be created yet. */
async function hasUnsettled({ batchId, index, params: { email } }: BatchRow, account: string): Promise<boolean> {
  const isSame = (other: string) => other.toLowerCase() === email.toLowerCase();
  const writes = await journal.writes.where("state").anyOf("pending", "unknown").toArray();
  if (writes.some((write) => write.kind === "creation" && write.account === account && isSame(write.email)))
    return true;
  const rows = await journal.rows.where("params.email").equalsIgnoreCase(email).toArray();
  for (const row of rows) {
    if (row.batchId === batchId && row.index === index) continue;
    if (row.state !== "sending" && row.state !== "unknown") continue;
    if ((await journal.batches.get(row.batchId))?.account === account) return true;
  }
  return false;
}

type RowChange = Partial<Omit<BatchRow, "batchId" | "index">>;

export const updateRow = ({ batchId, index }: BatchRow, change: RowChange) =>
  journal.rows.update([batchId, index], change);

/** Records that a tenant exists. The journal needs its password no longer, unless nobody else knows it. */
export const recordCreated = (row: BatchRow, tenantId: string) =>
  updateRow(row, {
    ...{ state: "created", tenantId, error: null },
    ...(!row.isPasswordGenerated && { password: null }),
  });

/** Changes rows only while they are in a state: another tab may have been faster. */
const change = (batchId: string, index: number, state: RowState, changes: RowChange) =>
  journal.rows
    .where("[batchId+index]")
    .equals([batchId, index])
    .filter((row) => row.state === state)
    .modify(changes);

const again = { state: "waiting", error: null, tenantId: null } as const;

/** Lets a refused row be sent again, after it was edited. */
export const retryRow = (row: BatchRow, { password, ...params }: CreateTenantParams) =>
  change(row.batchId, row.index, "refused", {
    ...{ ...again, params, password },
    isPasswordGenerated: row.isPasswordGenerated && row.password === password,
  });

export const retryRefused = (batchId: string) => rowsIn(batchId, "refused").modify(again);

/** Lets a row be sent again whose outcome is unknown: the user has decided that. The server is asked once more before. */
export const resendRow = ({ batchId, index }: BatchRow) =>
  change(batchId, index, "unknown", { ...again, askFirst: true });

/** Records that the server has no tenant for a row with an unknown outcome. */
export const recordNotFound = ({ batchId, index }: BatchRow) =>
  change(batchId, index, "unknown", { askedAt: Date.now() });

/** The batches of the current account, newest first; undefined while the journal is read. */
export function useBatches(): readonly Batch[] | undefined {
  const account = useAccount();
  return useLiveQuery(
    async () =>
      (await journal.batches.orderBy("createdAt").reverse().toArray()).filter((batch) => batch.account === account),
    [account],
  );
}

/** Null if the current account has no such batch, undefined while the journal is read. */
export function useBatch(id: string): Batch | null | undefined {
  const account = useAccount();
  return useLiveQuery(async () => {
    const batch = await journal.batches.get(id);
    return batch?.account === account ? batch : null;
  }, [id, account]);
}

/** How many rows are in each state. */
export function useCounts(batchId: string): Counts | undefined {
  return useLiveQuery(async () => {
    const counts = await Promise.all(rowStates.map((state) => rowsIn(batchId, state).count()));
    const [waiting = 0, sending = 0, created = 0, refused = 0, unknown = 0] = counts;
    return { waiting, sending, created, refused, unknown };
  }, [batchId]);
}

/** The indexes of the rows in a state. */
export function useIndexes(batchId: string, state: RowState): readonly number[] {
  const keys = useLiveQuery(() => rowsIn(batchId, state).primaryKeys(), [batchId, state]);
  return (keys ?? []).map(([, index]) => index);
}

export const useRow = (batchId: string, index: number): BatchRow | undefined =>
  useLiveQuery(() => journal.rows.get([batchId, index]), [batchId, index]);
