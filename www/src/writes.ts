import { OutcomeUnknownError, type PartnerClient, type Reconciliation, type Tenant } from "omicall-partner";
import { useSyncExternalStore } from "react";
import { useConnection } from "./client";
import { serverOf } from "./settings/connection";

interface Order {
  /** Whose books it is for: tenants of different servers have nothing to do with each other. */
  readonly server: string;
  readonly email: string;
  readonly name: string;
}

export interface TopUpOrder extends Order {
  readonly kind: "topUp";
  readonly tenantId: string;
  readonly amount: number;
  readonly wallet: "NORMAL" | "SPK";
  readonly description: string;
  /** As it was on the screen when the order was sent. */
  readonly balanceBefore: Tenant["balance"];
}

export interface CreationOrder extends Order {
  readonly kind: "creation";
}

type AnyOrder = TopUpOrder | CreationOrder;

interface Progress {
  /** On its way, or nobody knows what became of it. */
  readonly state: "pending" | "unknown";
  /** Epoch ms. */
  readonly sentAt: number;
  /** Who can ask what became of it; a reload forgets that. */
  readonly asked?: { readonly error: OutcomeUnknownError; readonly client: PartnerClient };
}

/** A write that is not settled. */
export type Write<Kind extends AnyOrder["kind"] = AnyOrder["kind"]> = Extract<AnyOrder, { kind: Kind }> & Progress;

/** A write whose outcome is unknown. */
export type UnknownWrite<Kind extends AnyOrder["kind"]> = Write<Kind> & { readonly state: "unknown" };

export const isUnknown = <Kind extends AnyOrder["kind"]>(write: Write<Kind>): write is UnknownWrite<Kind> =>
  write.state === "unknown";

// Outside React: no way back, change of language or change of connection may forget money that is on its way.
let writes: readonly Write[] = [];
const listeners = new Set<() => void>();

const STORAGE_KEY = "omicall-portal-unsettled";

/** Keeps the writes over a reload, in this tab only; they hold no secrets. */
function remember() {
  try {
    const kept = writes.map(({ asked: _, ...write }) => write);
    if (kept.length > 0) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage may be forbidden to the page: then a reload forgets them.
  }
}

/** What was not settled before the reload: whoever waited for the answers is gone. */
function remembered(): Write[] {
  try {
    const kept: Write[] = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "[]");
    return kept.map((write) => ({ ...write, state: "unknown" }));
  } catch {
    return [];
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function change(next: readonly Write[]) {
  writes = next;
  remember();
  // Without the tab they would be forgotten.
  if (writes.length > 0) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
  for (const listener of listeners) listener();
}

function askBeforeLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

change(remembered());

type Key = Pick<Write, "kind" | "server" | "email">;

const sameKey = (a: Key, b: Key) =>
  a.kind === b.kind && a.server === b.server && a.email.toLowerCase() === b.email.toLowerCase();

const without = (key: Key) => writes.filter((write) => !sameKey(write, key));

/** Whether a write of this kind for this tenant is not settled: then no other one may be sent. */
export const isUnsettled = (key: Key) => writes.some((write) => sameKey(write, key));

/** Sends a write and remembers it until it is settled; one with an unknown outcome until it is dismissed. */
export async function send<Result>(
  order: AnyOrder,
  client: PartnerClient,
  request: (client: PartnerClient) => Promise<Result>,
): Promise<Result> {
  if (isUnsettled(order)) throw new Error(`a ${order.kind} for this tenant is not settled`);
  change([...writes, { ...order, state: "pending", sentAt: Date.now() }]);
  try {
    const result = await request(client);
    change(without(order));
    return result;
  } catch (error) {
    const unknown = error instanceof OutcomeUnknownError;
    const asked = unknown && { state: "unknown" as const, sentAt: error.startedAt, asked: { error, client } };
    change(asked ? [...without(order), { ...order, ...asked }] : without(order));
    throw error;
  }
}

/**
 * Asks the server what became of a write. Who sent it knows most about it. Another client has to ask after a reload, and when
 * the one that sent it cannot, perhaps because its token has run out.
 */
export async function reconcile(
  { asked }: UnknownWrite<AnyOrder["kind"]>,
  client: PartnerClient,
  ask: (client: PartnerClient) => Promise<Reconciliation>,
): Promise<Reconciliation> {
  try {
    if (asked) return await asked.error.reconcile();
  } catch (error) {
    if (asked?.client === client) throw error;
  }
  return ask(client);
}

/** Forgets a write with an unknown outcome, because a person has found out about it. */
export function dismiss(write: UnknownWrite<AnyOrder["kind"]>) {
  change(without(write));
}

/** The server of the connection, and the writes of a kind that it has not settled. */
export function useWrites<Kind extends AnyOrder["kind"]>(kind: Kind): [server: string, writes: Write<Kind>[]] {
  const server = serverOf(useConnection());
  const all = useSyncExternalStore(subscribe, () => writes);
  const isWanted = (write: Write): write is Write<Kind> => write.kind === kind && write.server === server;
  return [server, all.filter(isWanted)];
}

/** The top-up of this tenant that is not settled. */
export function useTopUp({ email }: Tenant): Write<"topUp"> | undefined {
  const [server, topUps] = useWrites("topUp");
  return topUps.find((write) => sameKey(write, { kind: "topUp", server, email: email ?? "" }));
}
