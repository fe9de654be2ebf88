import type {
  BalanceEvidence,
  PartnerErrorJSON,
  PurchaseEvidence,
  QuotedPrice,
  Reconciliation,
  Tenant,
} from "omicall-partner";

export interface WriteDetails {
  /** The server that the write is sent to, and the partner: see `accountOf`. Tenants of other accounts are unrelated. */
  readonly account: string;
  readonly email: string;
  readonly name: string;
}

export interface CreationDetails extends WriteDetails {
  readonly kind: "creation";
}

interface PaymentDetails extends WriteDetails {
  readonly tenantId: string;
}

export interface TopUpDetails extends PaymentDetails {
  readonly kind: "topUp";
  /** VND. */
  readonly amount: number;
  readonly wallet: "NORMAL" | "SPK";
  readonly description: string;
  /** The balance on the screen when the top-up was sent. */
  readonly balanceBefore: Tenant["balance"];
}

interface PurchaseOrder extends PaymentDetails {
  readonly months: number;
  readonly note: string;
  /** What the purchase was quoted at. */
  readonly prices: readonly QuotedPrice[];
  /** The tenant on the screen when the purchase was sent, without its API key. */
  readonly before: Pick<Tenant, "service_package" | "public_numbers">;
}

export interface PackagePurchaseDetails extends PurchaseOrder {
  readonly kind: "upgrade" | "extend";
  readonly code_name: string;
  readonly service_name: string;
}

export interface NumberPurchaseDetails extends PurchaseOrder {
  readonly kind: "buy";
  readonly number: string;
}

export type PurchaseDetails = PackagePurchaseDetails | NumberPurchaseDetails;

export type AnyDetails = CreationDetails | TopUpDetails | PurchaseDetails;
export type WriteKind = AnyDetails["kind"];

export interface Progress {
  readonly id: string;
  /** The page that sends the write. */
  readonly page: string;
  /**
   * `pending`: sent, without a response so far. `unknown`: its outcome is unknown, and nobody has closed it. `closed`: it
   * was unknown, and the user has checked it. Of creations, only those that are pending or unknown are kept.
   */
  readonly state: "pending" | "confirmed" | "refused" | "unknown" | "closed";
  /** Epoch ms. */
  readonly sentAt: number;
  /** When the server confirmed or refused it, or when the user closed it. */
  readonly settledAt?: number;
  /** What the balances or the tenant said after a confirmation. */
  readonly evidence?: BalanceEvidence | PurchaseEvidence;
  /** Why the server refused it, or why its outcome is unknown. */
  readonly error?: PartnerErrorJSON;
  /** The result of the last check of a payment with an unknown outcome. A certain one is kept. */
  readonly checked?: Reconciliation;
}

/** A write as the journal has it. */
export type Write<Kind extends WriteKind = WriteKind> = Extract<AnyDetails, { kind: Kind }> & Progress;
export type PaymentKind = Exclude<WriteKind, "creation">;
export type Payment = Write<PaymentKind>;

/** Method and path of each payment. */
export const endpoints: Record<PaymentKind, string> = {
  topUp: "POST /api/partner/tenant/update_balance",
  upgrade: "POST /api/partner/service_package/upgrade",
  extend: "POST /api/partner/service_package/extend",
  buy: "POST /api/partner/public_number/buy",
};

/** Whether a payment failed before it was sent: at a check of its values, or at a read that comes before it. */
export const wasNotSent = (
  kind: PaymentKind,
  { endpoint, attempts }: Pick<PartnerErrorJSON, "endpoint" | "attempts">,
): boolean => attempts === 0 || (endpoint !== undefined && endpoint !== endpoints[kind]);

/** A write whose outcome is unknown. */
export type UnknownWrite<Kind extends WriteKind = WriteKind> = Write<Kind> & { readonly state: "unknown" };

export const isUnknown = <Kind extends WriteKind>(write: Write<Kind>): write is UnknownWrite<Kind> =>
  write.state === "unknown";

/** Whether a check has proved that the write was executed. A later check can know less: after a reload, for example. */
export const isCertain = ({ outcome }: Reconciliation): boolean =>
  outcome === "applied" || outcome === "appliedMoreThanOnce";

export const isPayment = (write: Write): write is Payment => write.kind !== "creation";
