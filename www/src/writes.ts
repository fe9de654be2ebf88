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

/** Each page has an entry of its own in sessionStorage: this and the page's id. */
const STORAGE_PREFIX = "omicall-portal-unsettled-";

// Absent on pages without HTTPS, whatever the types say.
const locks: LockManager | undefined = navigator.locks;

/** The id of this page, once it holds the Web Lock of that id and has restored the writes. */
let pageId: string | undefined;

/** Whether this page was left. */
let left = false;

/** Whether the storage has the current writes. */
let isStored = true;

/** The ids of the earlier pages of this tab, whose writes this page has. */
let takenOver: readonly string[] = [];

interface Stored {
  /** Whether the page was left. A copy of the tab that was made before does not have this mark. */
  readonly left: boolean;
  readonly takenOver: readonly string[];
  readonly writes: readonly Write[];
}

/**
 * Stores the writes in sessionStorage, so that they survive a reload of this tab; they contain no secrets. Without the
 * lock, a copy of the tab could not be told from the tab itself, so nothing is stored.
 */
function persist() {
  isStored = false;
  if (!pageId) return;
  try {
    const persisted = writes.map(({ unresolved: _, ...write }) => write);
    const key = STORAGE_PREFIX + pageId;
    if (persisted.length > 0) {
      sessionStorage.setItem(key, JSON.stringify({ left, takenOver, writes: persisted } satisfies Stored));
    } else {
      sessionStorage.removeItem(key);
    }
    for (const id of takenOver) sessionStorage.removeItem(STORAGE_PREFIX + id);
    isStored = true;
  } catch {
    // The browser may block storage; then a reload loses the writes.
  }
}

/**
 * Restores the writes that earlier pages of this tab stored. All of them are unknown, because any pending responses are
 * lost. The browser also copies sessionStorage to a duplicated tab and to a tab from `window.open`. There, the stored page
 * was not left and still holds its lock, or another page has taken over its writes, so the writes are not restored. They
 * stay in the storage: a lock can be busy for another reason. Must be called before the portal is rendered.
 */
export async function restoreWrites() {
  if (!locks) return;
  // Another page of the tab may have settled what the storage had. The rest exists only here.
  const outdated = isStored ? writes : [];
  pageId = undefined;
  const id = crypto.randomUUID();
  const canStore = await holdLock(locks, `page-${id}`);
  const restored = new Map<string, Stored>();
  for (const [id, stored] of readStored()) {
    // After a crash, the page has no mark, but its lock is free.
    const isGone = stored.left || (await holdLock(locks, `page-${id}`));
    if (isGone && (await holdLock(locks, `taken-${id}`))) restored.set(id, stored);
  }
  if (canStore) pageId = id;
  const entries = [...restored.values()];
  const earlier = entries.flatMap(({ takenOver }) => takenOver);
  // The previous page holds them until it is gone.
  for (const id of earlier) void holdLock(locks, `taken-${id}`, false);
  takenOver = [...earlier, ...restored.keys()];
  const kept = writes.filter((write) => !outdated.includes(write));
  // The write in memory has its error too.
  const inMemory = (write: Write) => outdated.find((other) => isSameKey(other, write) && other.sentAt === write.sentAt);
  const restore = (write: Write): Write => inMemory(write) ?? { ...write, state: "unknown" };
  setWrites([...entries.flatMap(({ writes }) => writes.map(restore)), ...kept]);
}

window.addEventListener("pagehide", () => {
  left = true;
  persist();
});

window.addEventListener("pageshow", ({ persisted }) => {
  left = false;
  // The browser shows this page again without loading it. Another page of the tab may have taken over its writes meanwhile.
  if (persisted && pageId) void restoreWrites();
});

function storedItems(): [key: string, value: string][] {
  try {
    return Object.entries<string>(sessionStorage);
  } catch {
    return []; // The browser may block storage.
  }
}

/** The entries in the storage by the ids of their pages. */
function readStored(): Map<string, Stored> {
  const entries = new Map<string, Stored>();
  for (const [key, value] of storedItems()) {
    if (!key.startsWith(STORAGE_PREFIX)) continue;
    try {
      const { left, takenOver, writes } = JSON.parse(value);
      if (!Array.isArray(takenOver) || !Array.isArray(writes)) continue;
      entries.set(key.slice(STORAGE_PREFIX.length), { left: left === true, takenOver, writes });
    } catch {
      // Not written by this portal; the other entries are.
    }
  }
  return entries;
}

/**
 * Holds a lock until the page is closed. Returns false if another page has it and this one does not wait for it, or if
 * locks are blocked.
 */
function holdLock(locks: LockManager, name: string, ifAvailable = true): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock && new Promise<never>(() => {});
    };
    locks.request(`omicall-portal-${name}`, { ifAvailable }, hold).catch(() => resolve(false));
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
  setWrites(writes.filter((other) => other !== write));
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
