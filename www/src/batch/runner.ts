// Creates the tenants of a batch, a few at a time. It knows nothing of the screen, and reads and writes the journal only.
import {
  type PartnerClient,
  PartnerError,
  type PartnerErrorJSON,
  RateLimitError,
  type TenantSummary,
} from "omicall-partner";
import { findTenants, isNamed } from "../data/tenants";
import { isClosed, meaningOf } from "./meaning";
import {
  claimRow,
  isPaused,
  markInterrupted,
  pauseBatch,
  recordCreated,
  recordNotFound,
  unknownRows,
  updateBatch,
  updateRow,
} from "./journal";
import type { BatchRow } from "./model";

const concurrency = 3;
/** After so many unknown outcomes in a row, the cause is not a single request. */
const maxUnknownInARow = 3;
/** The runner waits that long if the server asks for it; a user has to continue after a longer time. */
const maxWaitMs = 5 * 60_000;

/** `closed`: the batch can go on with another client. */
export type RunEnd = "finished" | "paused" | "closed";

/** Runs a batch until all its rows were sent, or until it is paused. Only the page that holds its lock may do this. */
export async function runBatch(id: string, client: PartnerClient): Promise<RunEnd> {
  let end: RunEnd = "finished";
  let unknownInARow = 0;
  let waitUntil = 0;
  await markInterrupted(id);
  const toAsk = await unknownRows(id);

  /** Ends the run because of an error that is not about a row. */
  const stop = async (error: unknown) => {
    if (!(error instanceof PartnerError)) throw error;
    const waitMs = error instanceof RateLimitError ? error.retryAfterMs : undefined;
    if (isClosed(error)) {
      end = "closed";
    } else if (waitMs !== undefined && waitMs <= maxWaitMs) {
      waitUntil = Math.max(waitUntil, Date.now() + waitMs);
      await updateBatch(id, { waitUntil });
    } else if (end === "finished") {
      end = "paused";
      await pauseBatch(id, error.toJSON());
    }
  };

  const send = async (row: BatchRow) => {
    const creation = client.tenants.create({ ...row.params, password: row.password ?? "" });
    const result = await creation.catch((error: unknown) => ({ error, meaning: meaningOf(error) }));
    if (!("meaning" in result)) {
      unknownInARow = 0;
      return recordCreated(row, result.id);
    }
    const { error, meaning } = result;
    const json = error instanceof PartnerError ? error.toJSON() : null;
    if (meaning === "stop") {
      // A browser may have sent it twice: then the refusal of the second request says nothing about the first one.
      const wasSent = error instanceof PartnerError && error.attempts > 0;
      await updateRow(row, { state: "waiting", askFirst: row.askFirst || wasSent });
      return stop(error);
    }
    if (meaning === "refused") {
      unknownInARow = 0;
      return recordRefused(row, json, client);
    }
    await updateRow(row, { state: "unknown", error: json });
    const isCreated = await askAbout(row, client);
    unknownInARow = isCreated ? 0 : unknownInARow + 1;
    if (unknownInARow >= maxUnknownInARow) await stop(error);
  };

  const next = async () => {
    while (Date.now() < waitUntil && !(await isPaused(id))) await sleep(Math.min(500, waitUntil - Date.now()));
    if (waitUntil > 0) {
      waitUntil = 0;
      await updateBatch(id, { waitUntil: null });
    }
    if (end !== "finished") return undefined;
    if (await isPaused(id)) {
      end = "paused";
      return undefined;
    }
    // The SDK would retry its reads, and could send the write when the network is back.
    if (!navigator.onLine) {
      end = "paused";
      await pauseBatch(id, "offline");
      return undefined;
    }
    return toAsk.pop() ?? claimRow(id);
  };

  const handle = async (row: BatchRow) => {
    if (row.state === "unknown") await askAbout(row, client);
    else if (!row.askFirst || !(await existed(row, client))) await send(row);
  };

  const work = async () => {
    try {
      for (let row = await next(); row; row = await next()) await handle(row).catch(stop);
    } catch (error) {
      // The journal cannot be written: the others must not send either.
      end = "paused";
      throw error;
    }
  };
  // Nobody else may run the batch while a request is in progress, so all are waited for, also after a failure.
  const results = await Promise.allSettled(Array.from({ length: concurrency }, work));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
  return end;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks the server about a row whose outcome is unknown, and records what it says. Returns whether the tenant exists. */
export async function askAbout(row: BatchRow, client: PartnerClient): Promise<boolean> {
  const tenant = await findTenant(row, client);
  if (!tenant) await recordNotFound(row);
  else await recordFound(row, tenant);
  return tenant !== undefined;
}

/** Asks the server about a row that is to be sent again. */
async function existed(row: BatchRow, client: PartnerClient): Promise<boolean> {
  const tenant = await findOrWait(row, client);
  if (tenant) await recordFound(row, tenant);
  return tenant !== undefined;
}

/** Records why a row was refused. If its e-mail address is registered, the tenant may come from a request of this row. */
async function recordRefused(row: BatchRow, error: PartnerErrorJSON | null, client: PartnerClient) {
  const tenant = error?.code === "email_registered" ? await findOrWait(row, client) : undefined;
  // The earlier request may have created it after the server was asked.
  if (tenant && row.askFirst) return recordFound(row, tenant);
  if (tenant && isNamed(tenant, row.params.fullName))
    return updateRow(row, { state: "refused", error: "repeated", tenantId: tenant.id });
  return updateRow(row, { state: "refused", error });
}

/** Finds the tenant of a row that no request is in progress for. If that fails, the row can be sent again. */
async function findOrWait(row: BatchRow, client: PartnerClient): Promise<TenantSummary | undefined> {
  try {
    return await findTenant(row, client);
  } catch (error) {
    await updateRow(row, { state: "waiting" });
    throw error;
  }
}

/** The tenant may have existed before, if the response that is lost was a refusal; then it usually has another name. */
const recordFound = (row: BatchRow, tenant: TenantSummary) =>
  isNamed(tenant, row.params.fullName)
    ? recordCreated(row, tenant.id)
    : updateRow(row, { state: "refused", error: "otherTenant", tenantId: tenant.id });

const findTenant = async ({ params: { email } }: BatchRow, client: PartnerClient) =>
  (await findTenants(client, email)).at(0);
