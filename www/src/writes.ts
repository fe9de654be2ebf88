import { OutcomeUnknownError, type PartnerClient, type Reconciliation, type Tenant } from "omicall-partner";
import { useSyncExternalStore } from "react";
import { useConnection } from "./client";
import { OfflineError } from "./OfflineError";
import { serverOf } from "./settings/connection";

interface WriteDetails {
  /** The server that the write is sent to; tenants of different servers are unrelated. */
  readonly server: string;
  readonly email: string;
  readonly name: string;
}

export interface TopUpDetails extends WriteDetails {
  readonly kind: "topUp";
  readonly tenantId: string;
  readonly amount: number;
  readonly wallet: "NORMAL" | "SPK";
  readonly description: string;
  /** The balance on the screen when the top-up was sent. */
  readonly balanceBefore: Tenant["balance"];
}

export interface CreationDetails extends WriteDetails {
  readonly kind: "creation";
}

type AnyDetails = TopUpDetails | CreationDetails;

interface Progress {
  /** The request is pending, or its outcome is unknown. */
  readonly state: "pending" | "unknown";
  /** Epoch ms. */
  readonly sentAt: number;
  /** The error of an unknown outcome, which can reconcile it, and its client. Lost on a reload. */
  readonly unresolved?: { readonly error: OutcomeUnknownError; readonly client: PartnerClient };
}

/** A write that is pending, or whose outcome is unknown. */
export type Write<Kind extends AnyDetails["kind"] = AnyDetails["kind"]> = Extract<AnyDetails, { kind: Kind }> &
  Progress;

/** A write whose outcome is unknown. */
export type UnknownWrite<Kind extends AnyDetails["kind"]> = Write<Kind> & { readonly state: "unknown" };

export const isUnknown = <Kind extends AnyDetails["kind"]>(write: Write<Kind>): write is UnknownWrite<Kind> =>
  write.state === "unknown";

// The store is outside React, so that navigation and changes of language or connection do not lose a pending write.
let writes: readonly Write[] = [];
const listeners = new Set<() => void>();

const STORAGE_KEY = "omicall-portal-unsettled";

// Absent on pages without HTTPS, whatever the types say.
const locks: LockManager | undefined = navigator.locks;

/** The id of this page, once it holds the Web Lock of that id and has restored the writes. */
let pageId: string | undefined;

interface Stored {
  /** The id of the page that stored the writes. */
  readonly pageId: string;
  /** Whether that page was left. A copy of the tab that was made before does not have this mark. */
  readonly left: boolean;
  readonly writes: readonly Write[];
}

/**
 * Stores the writes in sessionStorage, so that they survive a reload of this tab; they contain no secrets. Without the
 * lock, a copy of the tab could not be told from the tab itself, so nothing is stored.
 */
function persist(left = false) {
  if (!pageId) return;
  try {
    const persisted = writes.map(({ unresolved: _, ...write }) => write);
    if (persisted.length > 0) {
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ pageId, left, writes: persisted } satisfies Stored));
    } else {
      sessionStorage.removeItem(STORAGE_KEY);
    }
  } catch {
    // The browser may block storage; then a reload loses the writes.
  }
}

/**
 * Restores the writes that the previous page of this tab stored. All of them are unknown, because any pending responses
 * are lost. The browser also copies sessionStorage to a duplicated tab and to a tab from `window.open`. There, the
 * stored page was not left and still holds its lock, so the writes are not restored. Must be called before the portal is
 * rendered.
 */
export async function restoreWrites() {
  if (!locks) return;
  pageId = undefined;
  const stored = readStored();
  // After a crash, the page has no mark, but its lock is free.
  const own = stored !== undefined && (stored.left || (await holdLock(locks, stored.pageId)));
  const id = crypto.randomUUID();
  if (await holdLock(locks, id)) pageId = id;
  setWrites(own ? stored.writes.map((write) => ({ ...write, state: "unknown" })) : []);
}

window.addEventListener("pagehide", () => persist(true));

window.addEventListener("pageshow", ({ persisted }) => {
  // The browser shows this page again without loading it. If another page of the tab has stored writes meanwhile, those
  // of this page are outdated.
  if (!persisted || !pageId) return;
  if (readStored()?.pageId === pageId) persist();
  else void restoreWrites();
});

function readStored(): Stored | undefined {
  try {
    const { pageId, left, writes } = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null");
    return typeof pageId === "string" && Array.isArray(writes) ? { pageId, left: left === true, writes } : undefined;
  } catch {
    return undefined;
  }
}

/** Holds the lock of this id until the page is closed. Returns false if another page has it, or if locks are blocked. */
function holdLock(locks: LockManager, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock && new Promise<never>(() => {});
    };
    locks.request(`omicall-portal-page-${id}`, { ifAvailable: true }, hold).catch(() => resolve(false));
  });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function setWrites(next: readonly Write[]) {
  writes = next;
  persist();
  // Closing the tab would lose the writes.
  if (writes.length > 0) window.addEventListener("beforeunload", confirmLeaving);
  else window.removeEventListener("beforeunload", confirmLeaving);
  for (const listener of listeners) listener();
}

function confirmLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

type Key = Pick<Write, "kind" | "server" | "email">;

const isSameKey = (a: Key, b: Key) =>
  a.kind === b.kind && a.server === b.server && a.email.toLowerCase() === b.email.toLowerCase();

const writesExcept = (key: Key) => writes.filter((write) => !isSameKey(write, key));

/** Whether a write of this kind for this tenant is pending or unknown: then no other one may be sent. */
export const isUnsettled = (key: Key) => writes.some((write) => isSameKey(write, key));

/** Sends a write, and stores it until it succeeds or fails; with an unknown outcome, until it is dismissed. */
export async function send<Result>(
  details: AnyDetails,
  client: PartnerClient,
  request: (client: PartnerClient) => Promise<Result>,
): Promise<Result> {
  if (isUnsettled(details)) throw new Error(`a ${details.kind} for this tenant is not settled`);
  // The SDK would retry its reads, and could send the write when the network is back.
  if (!navigator.onLine) throw new OfflineError();
  setWrites([...writes, { ...details, state: "pending", sentAt: Date.now() }]);
  try {
    const result = await request(client);
    setWrites(writesExcept(details));
    return result;
  } catch (error) {
    const others = writesExcept(details);
    if (error instanceof OutcomeUnknownError) {
      const unresolved = { error, client };
      setWrites([...others, { ...details, state: "unknown", sentAt: error.startedAt, unresolved }]);
    } else {
      setWrites(others);
    }
    throw error;
  }
}

/**
 * Determines the outcome of a write. The error of the write has the most information. The current client is used after
 * a reload, and when the client of the write cannot reconcile, for example because its token has expired.
 */
export async function reconcile(
  { unresolved }: UnknownWrite<AnyDetails["kind"]>,
  client: PartnerClient,
  reconcileWith: (client: PartnerClient) => Promise<Reconciliation>,
): Promise<Reconciliation> {
  try {
    if (unresolved) return await unresolved.error.reconcile();
  } catch (error) {
    if (unresolved?.client === client) throw error;
  }
  return reconcileWith(client);
}

/** Removes a write with an unknown outcome, after the user has checked it. */
export function dismiss(write: UnknownWrite<AnyDetails["kind"]>) {
  setWrites(writesExcept(write));
}

/** The server of the current connection, and its unsettled writes of one kind. */
export function useWrites<Kind extends AnyDetails["kind"]>(kind: Kind): [server: string, writes: Write<Kind>[]] {
  const server = serverOf(useConnection());
  const all = useSyncExternalStore(subscribe, () => writes);
  const matches = (write: Write): write is Write<Kind> => write.kind === kind && write.server === server;
  return [server, all.filter(matches)];
}

/** The unsettled top-up of this tenant. */
export function useTopUp({ email }: Tenant): Write<"topUp"> | undefined {
  const [server, topUps] = useWrites("topUp");
  return topUps.find((write) => isSameKey(write, { kind: "topUp", server, email: email ?? "" }));
}
