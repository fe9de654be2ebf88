import { useLiveQuery } from "dexie-react-hooks";
import { liveQuery } from "dexie";
import { OutcomeUnknownError, type PartnerClient, PartnerError, type Reconciliation } from "omicall-partner";
import { OfflineError } from "../errors/OfflineError";
import { useConnection } from "../session/client";
import { serverOf } from "../session/connection";
import { journal } from "./database";
import { StorageError, UnsettledError } from "./errors";
import {
  type AnyDetails,
  isPayment,
  type Payment,
  type Progress,
  type UnknownWrite,
  type Write,
  type WriteDetails,
  type WriteKind,
} from "./model";
import { holdPageLock, pageGone, pageId } from "./page";

const unsettledStates = ["pending", "unknown"];

/** The errors of writes with an unknown outcome, which can reconcile it, and their clients. Lost on a reload. */
const unresolved = new Map<string, { readonly error: OutcomeUnknownError; readonly client: PartnerClient }>();

type Key = Pick<WriteDetails, "server" | "email"> & { kind: WriteKind };

/** A tenant has one payment at a time, of any kind: the evidence of a payment is the balances around it. */
const blocks = (a: Key, b: Key) =>
  (a.kind === "creation") === (b.kind === "creation") &&
  a.server === b.server &&
  a.email.toLowerCase() === b.email.toLowerCase();

const unsettledWrites = () => journal.writes.where("state").anyOf(unsettledStates).toArray();

/**
 * Records a write, sends it, and records its outcome. Rejects without sending it if the page is offline, if the journal
 * cannot be written, or if an earlier write for this tenant is not settled, in any tab.
 */
export async function send<Result extends object>(
  details: AnyDetails,
  client: PartnerClient,
  request: (client: PartnerClient) => Promise<Result>,
): Promise<Result> {
  // The SDK would retry its reads, and could send the write when the network is back.
  if (!navigator.onLine) throw new OfflineError();
  const id = await begin(details);
  inProgress.add(id);
  window.addEventListener("beforeunload", confirmLeaving);
  try {
    const result = await request(client);
    await settle(id, details, { state: "confirmed", ...evidenceOf(result) });
    return result;
  } catch (error) {
    const json = error instanceof PartnerError ? { error: error.toJSON() } : {};
    if (error instanceof OutcomeUnknownError) {
      unresolved.set(id, { error, client });
      await settle(id, details, { state: "unknown", sentAt: error.startedAt, ...json });
    } else {
      await settle(id, details, { state: "refused", ...json });
    }
    throw error;
  } finally {
    inProgress.delete(id);
    if (inProgress.size === 0) window.removeEventListener("beforeunload", confirmLeaving);
  }
}

const evidenceOf = (result: { evidence?: Progress["evidence"] }) => result.evidence && { evidence: result.evidence };

/** The writes that this page is sending. */
const inProgress = new Set<string>();

/** Closing the page would lose the response. */
function confirmLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/** Records a write in one transaction with the check that no other one is unsettled: two tabs cannot both send. */
async function begin(details: AnyDetails): Promise<string> {
  const id = `${pageId}-${Math.random().toString(36).slice(2)}`;
  const write = { ...details, id, page: pageId, state: "pending", sentAt: Date.now() } as const;
  try {
    await journal.transaction("rw", journal.writes, async () => {
      const others = await unsettledWrites();
      if (others.some((other) => blocks(other, details))) throw new UnsettledError();
      await journal.writes.add(write);
    });
  } catch (cause) {
    throw cause instanceof UnsettledError ? cause : new StorageError("the journal cannot be written", { cause });
  }
  return id;
}

/** Records the outcome. If that fails, the write stays pending, and counts as unknown when this page is gone. */
async function settle(id: string, { kind }: AnyDetails, outcome: Partial<Progress>) {
  try {
    if (kind === "creation" && outcome.state !== "unknown") await journal.writes.delete(id);
    else await journal.writes.update(id, { ...outcome, settledAt: Date.now() });
  } catch (error) {
    console.warn("The outcome of a write could not be recorded:", error);
  }
}

/**
 * Determines the outcome of a write, and records it. The error of the write has the most information. The current client
 * is used after a reload, and when the client of the write cannot reconcile, for example because its token has expired.
 */
export async function reconcile(
  { id }: UnknownWrite,
  client: PartnerClient,
  reconcileWith: (client: PartnerClient) => Promise<Reconciliation>,
): Promise<Reconciliation> {
  const reconciliation = await reconcileFirstWith(unresolved.get(id), client, reconcileWith);
  await journal.writes.update(id, { outcome: reconciliation.outcome });
  return reconciliation;
}

async function reconcileFirstWith(
  own: { readonly error: OutcomeUnknownError; readonly client: PartnerClient } | undefined,
  client: PartnerClient,
  reconcileWith: (client: PartnerClient) => Promise<Reconciliation>,
) {
  try {
    if (own) return await own.error.reconcile();
  } catch (error) {
    if (own?.client === client) throw error;
  }
  return reconcileWith(client);
}

/** Closes a write with an unknown outcome, after the user has checked it. Then the next one may be sent. */
export async function close({ id, kind }: UnknownWrite) {
  unresolved.delete(id);
  if (kind === "creation") await journal.writes.delete(id);
  else await journal.writes.update(id, { state: "closed" });
}

/** Removes the settled payments from the journal. */
export const clearHistory = () => journal.writes.filter((write) => !unsettledStates.includes(write.state)).delete();

/** Makes pending writes of pages that are gone unknown, now and whenever a page goes. Must be called at the start. */
export async function watchPages() {
  await holdPageLock();
  const watched = new Set([pageId]);
  liveQuery(() => journal.writes.where("state").equals("pending").toArray()).subscribe({
    next: (pending) => {
      for (const { page } of pending) {
        if (watched.has(page)) continue;
        watched.add(page);
        void pageGone(page).then(() => markUnknown(page));
      }
    },
    error: (error) => console.warn("The journal cannot be read:", error),
  });
}

const markUnknown = (page: string) =>
  journal.writes
    .where("state")
    .equals("pending")
    .filter((write) => write.page === page)
    .modify({ state: "unknown" });

/** The server that the writes of the current connection go to. */
export const useServer = () => serverOf(useConnection());

/** The writes to the current server in the journal, newest first; undefined while the journal is read. */
export function useWrites(): readonly Write[] | undefined {
  const server = useServer();
  return useLiveQuery(
    async () => (await journal.writes.orderBy("sentAt").reverse().toArray()).filter((write) => write.server === server),
    [server],
  );
}

/** The payment of this tenant that is pending or unknown; null if there is none, undefined while the journal is read. */
export function useUnsettledPayment(email: string): Payment | null | undefined {
  const server = useServer();
  return useLiveQuery(async () => {
    const payments = (await unsettledWrites()).filter(isPayment);
    return payments.find((payment) => blocks(payment, { kind: payment.kind, server, email })) ?? null;
  }, [server, email]);
}
