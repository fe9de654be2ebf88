import { useLiveQuery } from "dexie-react-hooks";
import { OutcomeUnknownError, type PartnerClient, PartnerError, type Reconciliation } from "omicall-partner";
import { OfflineError } from "../errors/OfflineError";
import { useConnection } from "../session/client";
import { accountOf } from "../session/connection";
import { journal } from "./database";
import { isOutcomeUnknown, MeanwhileError, StorageError, UnsettledError } from "./errors";
import {
  type AnyDetails,
  isCertain,
  isPayment,
  isUnknown,
  type Payment,
  type PaymentKind,
  type Progress,
  type UnknownWrite,
  type Write,
  type WriteDetails,
} from "./model";
import { pageId, pageLock } from "./page";
import { recordOutcome, recordUnrecorded, useWithUnrecorded } from "./unrecorded";

const unsettledStates = ["pending", "unknown"];

/** The errors of writes with an unknown outcome, which can reconcile it, and their clients. Lost on a reload. */
const unresolved = new Map<string, { readonly error: OutcomeUnknownError; readonly client: PartnerClient }>();

type TenantKey = Pick<WriteDetails, "account" | "email">;

const isSameTenant = (a: TenantKey, b: TenantKey) =>
  a.account === b.account && a.email.toLowerCase() === b.email.toLowerCase();

/** A tenant has one payment at a time, of any kind: the evidence of a payment is the balances around it. */
const blocks = (a: AnyDetails, b: AnyDetails) =>
  (a.kind === "creation") === (b.kind === "creation") && isSameTenant(a, b);

const isUnsettled = ({ state }: Write) => unsettledStates.includes(state);
const unsettledWrites = () => journal.writes.where("state").anyOf(unsettledStates).toArray();

/**
 * Records a write, sends it, and records its outcome. Rejects without sending it if the page is offline, if the journal
 * cannot be written, or if an earlier write for this tenant is not settled, in any tab.
 *
 * @param since when the user was asked to confirm the payment: it is not sent if another one was made meanwhile
 */
export async function send<Result extends object>(
  details: AnyDetails,
  client: PartnerClient,
  request: (client: PartnerClient) => Promise<Result>,
  since = Infinity,
): Promise<Result> {
  // The SDK would retry its reads, and could send the write when the network is back.
  if (!navigator.onLine) throw new OfflineError();
  const write = await begin(details, since);
  inProgress.add(write.id);
  window.addEventListener("beforeunload", confirmLeaving);
  try {
    const result = await request(client);
    await recordOutcome({ ...write, state: "confirmed", settledAt: Date.now(), ...evidenceOf(result) });
    return result;
  } catch (error) {
    const json = error instanceof PartnerError ? { error: error.toJSON() } : {};
    if (isOutcomeUnknown(error)) {
      const sent = error instanceof OutcomeUnknownError ? { sentAt: error.startedAt } : {};
      if (error instanceof OutcomeUnknownError) unresolved.set(write.id, { error, client });
      await recordOutcome({ ...write, state: "unknown", ...sent, ...json });
    } else {
      await recordOutcome({ ...write, state: "refused", settledAt: Date.now(), ...json });
    }
    throw error;
  } finally {
    inProgress.delete(write.id);
    if (inProgress.size === 0) window.removeEventListener("beforeunload", confirmLeaving);
  }
}

const evidenceOf = (result: { evidence?: Progress["evidence"] }) => result.evidence && { evidence: result.evidence };

/** The writes that this page is sending. */
const inProgress = new Set<string>();
let count = 0;

/** Closing the page would lose the response. */
function confirmLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/** Whether a payment was made after a time. It may have been sent before, and settled after it. */
const wasMadeAfter = ({ state, sentAt, settledAt }: Write, since: number) =>
  state !== "refused" && (sentAt > since || (settledAt ?? 0) > since);

/** Records a write in one transaction with the checks of the other ones: two tabs cannot both send. */
async function begin(details: AnyDetails, since: number): Promise<Write> {
  await pageLock;
  const write: Write = { ...details, id: `${pageId}-${++count}`, page: pageId, state: "pending", sentAt: Date.now() };
  try {
    await recordUnrecorded();
    await journal.transaction("rw", journal.writes, async () => {
      const others = await journal.writes.filter((other) => blocks(other, details)).toArray();
      if (others.some(isUnsettled)) throw new UnsettledError();
      if (others.some((other) => wasMadeAfter(other, since))) throw new MeanwhileError();
      await journal.writes.add(write);
    });
  } catch (cause) {
    const isOwn = cause instanceof UnsettledError || cause instanceof MeanwhileError;
    throw isOwn ? cause : new StorageError("the journal cannot be written", { cause });
  }
  return write;
}

/**
 * Determines the outcome of a write, and records it. The error of the write has the most information. The current client
 * is used after a reload, and when the client of the write cannot reconcile, for example because its token has expired.
 */
export async function reconcile(
  { id, kind }: UnknownWrite,
  client: PartnerClient,
  reconcileWith: (client: PartnerClient) => Promise<Reconciliation>,
): Promise<Reconciliation> {
  const own = unresolved.get(id);
  const reconciliation = await (own ? own.error.reconcile() : reconcileWith(client)).catch((error: unknown) => {
    if (!own || own.client === client) throw error;
    return reconcileWith(client);
  });
  // After a creation, the evidence contains whole tenants, and the tenant stays visible in the list.
  if (kind !== "creation") await recordCheck(id, reconciliation).catch(console.warn);
  return reconciliation;
}

const recordCheck = (id: string, checked: Reconciliation) =>
  journal.writes
    .where("id")
    .equals(id)
    .filter(({ checked: earlier }) => !earlier || !isCertain(earlier) || isCertain(checked))
    .modify({ checked });

/** Closes a write with an unknown outcome, after the user has checked it. Then the next one may be sent. */
export async function close({ id, kind }: UnknownWrite) {
  await recordUnrecorded();
  unresolved.delete(id);
  // Its response may have arrived meanwhile.
  const write = journal.writes
    .where("id")
    .equals(id)
    .filter(({ state }) => state === "unknown");
  if (kind === "creation") await write.delete();
  else await write.modify({ state: "closed", settledAt: Date.now() });
}

/** Removes the settled payments of an account from the journal. */
export const clearHistory = (account: string) =>
  journal.writes.filter((write) => write.account === account && !isUnsettled(write)).delete();

/** The account of the current connection: its server and its partner. */
export const useAccount = () => accountOf(useConnection());

/** A journal that cannot be read is empty: then nothing can be sent, and the attempt says why. */
const empty = (): Write[] => [];

/** The writes of the current account in the journal, newest first; undefined while the journal is read. */
export function useWrites(): readonly Write[] | undefined {
  const account = useAccount();
  const withUnrecorded = useWithUnrecorded();
  const writes = useLiveQuery(async () => {
    const writes = await journal.writes.orderBy("sentAt").reverse().toArray().catch(empty);
    return writes.filter((write) => write.account === account);
  }, [account]);
  return writes?.map(withUnrecorded);
}

/** The payments whose outcome is unknown, in all tabs of this browser. */
export const useUnknownPayments = (): readonly UnknownWrite<PaymentKind>[] =>
  (useWrites() ?? []).filter(isPayment).filter(isUnknown);

/** The payment of this tenant that is pending or unknown; null if there is none, undefined while the journal is read. */
export function useUnsettledPayment(email: string): Payment | null | undefined {
  const account = useAccount();
  const withUnrecorded = useWithUnrecorded();
  const writes = useLiveQuery(async () => {
    const writes = await unsettledWrites().catch(empty);
    return writes.filter((write) => isSameTenant(write, { account, email }));
  }, [account, email]);
  return writes && (writes.map(withUnrecorded).filter(isUnsettled).find(isPayment) ?? null);
}
