import type { Tenant } from "omicall-partner";

export const expiringKinds = ["package", "domain", "number"] as const;
export type ExpiringKind = (typeof expiringKinds)[number];

/** Which tenants are shown; a filter that is missing allows all. The overview counts them, and the list shows them. */
export interface TenantFilters {
  readonly status?: string | undefined;
  /** The `code_name` of the service package; empty for tenants without one. */
  readonly package?: string | undefined;
  /** What expires `within` so many days from now. */
  readonly expires?: ExpiringKind | undefined;
  readonly within?: number | undefined;
  /** The balance is lower than this, in VND. */
  readonly below?: number | undefined;
}

/** The status that the portal shows: that of the server, unless the tenant is disabled. */
export const statusOf = ({ enabled, status }: Tenant): string => (enabled === false ? "disabled" : (status ?? ""));

export const packageOf = ({ service_package }: Tenant): string => service_package?.code_name ?? "";

const dayMs = 24 * 60 * 60_000;

/** When the package, the domain, or the numbers of a tenant expire; epoch ms. */
function expiryDates(tenant: Tenant, kind: ExpiringKind): readonly (number | null | undefined)[] {
  switch (kind) {
    case "package":
      return [tenant.service_package?.expiry_date];
    case "domain":
      return [tenant.domain_expire];
    case "number":
      return (tenant.public_numbers ?? []).map(({ expire_date }) => expire_date);
  }
}

/** Whether something of this kind expires within so many days from now. What has expired already does not count. */
export const expiresWithin = (tenant: Tenant, kind: ExpiringKind, days: number, now: number): boolean =>
  expiryDates(tenant, kind).some((date) => date != null && date > now && date <= now + days * dayMs);

/** Whether the balance is lower than an amount in VND. Balances in other currencies are not. */
export const isBelow = ({ balance, currency }: Tenant, amount: number): boolean =>
  balance != null && balance < amount && (!currency || currency === "VND");

/** Whether a tenant matches all filters. */
export function matches(tenant: Tenant, filters: TenantFilters, now: number): boolean {
  const { status, package: code, expires, within, below } = filters;
  return (
    (status === undefined || statusOf(tenant) === status) &&
    (code === undefined || packageOf(tenant) === code) &&
    (expires === undefined || expiresWithin(tenant, expires, within ?? 0, now)) &&
    (below === undefined || isBelow(tenant, below))
  );
}
