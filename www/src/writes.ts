import { OutcomeUnknownError, type Tenant } from "omicall-partner";
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
  /** As it was on the screen when the order was sent. */
  readonly balanceBefore: Tenant["balance"];
}

export interface CreationOrder extends Order {
  readonly kind: "creation";
}

type AnyOrder = TopUpOrder | CreationOrder;

/** A write that is not settled: without an error it is on its way, with one nobody knows what became of it. */
export type Write<Kind extends AnyOrder["kind"] = AnyOrder["kind"]> = Extract<AnyOrder, { kind: Kind }> & {
  readonly error?: OutcomeUnknownError;
};

/** A write whose outcome is unknown. */
export type UnknownWrite<Kind extends AnyOrder["kind"]> = Write<Kind> & { readonly error: OutcomeUnknownError };

export const isUnknown = <Kind extends AnyOrder["kind"]>(write: Write<Kind>): write is UnknownWrite<Kind> =>
  write.error !== undefined;

// Outside React: no way back, change of language or change of connection may forget money that is on its way.
let writes: readonly Write[] = [];
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function change(next: readonly Write[]) {
  writes = next;
  // A reload would forget them.
  if (writes.length > 0) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
  for (const listener of listeners) listener();
}

function askBeforeLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

type Key = Pick<Write, "kind" | "server" | "email">;

const sameKey = (a: Key, b: Key) =>
  a.kind === b.kind && a.server === b.server && a.email.toLowerCase() === b.email.toLowerCase();

const without = (key: Key) => writes.filter((write) => !sameKey(write, key));

/** Whether a write of this kind for this tenant is not settled: then no other one may be sent. */
export const isUnsettled = (key: Key) => writes.some((write) => sameKey(write, key));

/** Sends a write and remembers it until it is settled; one with an unknown outcome until it is dismissed. */
export async function send<Result>(order: AnyOrder, request: () => Promise<Result>): Promise<Result> {
  if (isUnsettled(order)) throw new Error(`a ${order.kind} for this tenant is not settled`);
  change([...writes, order]);
  try {
    const result = await request();
    change(without(order));
    return result;
  } catch (error) {
    change(error instanceof OutcomeUnknownError ? [...without(order), { ...order, error }] : without(order));
    throw error;
  }
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
