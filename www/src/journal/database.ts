import Dexie, { type EntityTable, type Table } from "dexie";
import type { Batch, BatchRow } from "../batch/model";
import type { Write } from "./model";

/**
 * The portal's journal in IndexedDB, which all tabs of this browser share and which survives a reload or a crash: a write
 * is recorded here before it is sent. It contains no tokens and no API keys. Passwords are in the rows of a batch, until
 * the user removes the batch.
 */
class Journal extends Dexie {
  declare readonly writes: EntityTable<Write, "id">;
  declare readonly batches: EntityTable<Batch, "id">;
  declare readonly rows: Table<BatchRow, [batchId: string, index: number]>;

  constructor() {
    // By default, Chromium reports a transaction as complete before it is on the disk.
    super("omicall-portal", { chromeTransactionDurability: "strict" });
    this.version(1).stores({
      writes: "id, state, sentAt",
      batches: "id, createdAt",
      rows: "[batchId+index], [batchId+state], params.email",
    });
  }
}

export const journal = new Journal();
