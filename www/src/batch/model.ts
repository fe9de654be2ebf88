import type { CreateTenantParams, PartnerErrorJSON } from "omicall-partner";

/** Tenants that are created from a table. */
export interface Batch {
  readonly id: string;
  /** The server that the tenants are created on. */
  readonly server: string;
  readonly name: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly paused: boolean;
}

/** One tenant of a batch. */
export interface BatchRow {
  readonly batchId: string;
  readonly index: number;
  readonly params: CreateTenantParams;
  /** `sending` and `unknown`: before it is sent again, the server is asked whether the tenant exists. */
  readonly state: "waiting" | "sending" | "created" | "refused" | "unknown";
  readonly tenantId?: string;
  readonly error?: PartnerErrorJSON;
}
