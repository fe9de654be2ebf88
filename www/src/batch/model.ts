import type { CreateTenantParams, PartnerErrorJSON } from "omicall-partner";

/** Tenants that are created from a table. */
export interface Batch {
  readonly id: string;
  /** The server that the tenants are created on, and the partner whose tenants they are: see `accountOf`. */
  readonly account: string;
  readonly name: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** How many rows it has. */
  readonly total: number;
  /** No more rows are sent; those that are being sent are finished. */
  readonly paused: boolean;
  /** Why the portal paused it; null if the user did. */
  readonly pausedBy: PartnerErrorJSON | "offline" | null;
  /** The server wants no requests until then; epoch ms. */
  readonly waitUntil: number | null;
  /** The page that runs it; also one that is gone, if it could not finish. */
  readonly runner: string | null;
}

export const rowStates = ["waiting", "sending", "created", "refused", "unknown"] as const;
export type RowState = (typeof rowStates)[number];

/**
 * `unsettled`: another request for this e-mail address has an unknown outcome, in another batch or from the form.
 * `otherTenant`: the server has a tenant with this e-mail address and another name.
 * `repeated`: the server has a tenant with this e-mail address and name. It may come from this row: when a connection breaks,
 * a browser may repeat a request by itself, and the server refuses the second one.
 */
export type Refusal = PartnerErrorJSON | "unsettled" | "otherTenant" | "repeated";

/** One tenant of a batch. */
export interface BatchRow {
  readonly batchId: string;
  /** From 0. */
  readonly index: number;
  /** Of the row in the table, from 1, as a spreadsheet shows it. */
  readonly number: number;
  readonly params: Omit<CreateTenantParams, "password">;
  /** Removed when the tenant was created, unless it was generated here: then nobody else knows it. */
  readonly password: string | null;
  readonly isPasswordGenerated: boolean;
  /** `sending` is recorded before the request. Without a page that runs the batch, it means the same as `unknown`. */
  readonly state: RowState;
  /** Whether it may have been sent before: then the server is asked before it is sent. */
  readonly askFirst: boolean;
  /** When the server said that there is no such tenant, after a request with an unknown outcome; epoch ms. */
  readonly askedAt: number | null;
  readonly tenantId: string | null;
  /** Why it was refused, or why its outcome is unknown. */
  readonly error: Refusal | null;
}

export type Counts = Readonly<Record<RowState, number>>;
