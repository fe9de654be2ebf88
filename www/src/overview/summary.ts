import type { Tenant } from "omicall-partner";
import { type ExpiringKind, expiringKinds, expiresWithin, isBelow, packageOf, statusOf } from "../data/tenantFilters";

/** Within how many days something expires. */
export const periods = [30, 90] as const;
export type Period = (typeof periods)[number];

export interface StatusCount {
  readonly status: string;
  readonly count: number;
}

export interface PackageCount {
  /** The `code_name`; empty for tenants without a package. */
  readonly code: string;
  /** The name of the package, for people. */
  readonly name: string;
  readonly count: number;
}

const fields = { package: "service_package", domain: "domain_expire", number: "public_numbers" } as const;

/** How many tenants the list shows for each of the overview's filters. */
export interface Summary {
  readonly total: number;
  readonly statuses: readonly StatusCount[];
  readonly packages: readonly PackageCount[];
  readonly expiring: Readonly<Record<ExpiringKind, Readonly<Record<Period, number>>>>;
  /** Of which the server says when they expire. It does not document which fields of a tenant its list contains. */
  readonly listed: ReadonlySet<ExpiringKind>;
  readonly below: number;
  /** Those of `below` that are activated. */
  readonly belowActivated: number;
}

/** Counts in one pass, because there can be 100,000 tenants. */
export function summarize(tenants: readonly Tenant[], below: number, now: number): Summary {
  const statuses = new Map<string, number>();
  const packages = new Map<string, { name: string; count: number }>();
  const expiring = { package: { 30: 0, 90: 0 }, domain: { 30: 0, 90: 0 }, number: { 30: 0, 90: 0 } };
  const listed = new Set<ExpiringKind>();
  let [belowCount, belowActivated] = [0, 0];

  for (const tenant of tenants) {
    const status = statusOf(tenant);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);

    const code = packageOf(tenant);
    const counted = packages.get(code);
    if (counted) counted.count += 1;
    else packages.set(code, { name: tenant.service_package?.service_name ?? code, count: 1 });

    for (const kind of expiringKinds) {
      if (tenant[fields[kind]] !== undefined) listed.add(kind);
      // Most tenants are not in the longer period, and need no second test.
      if (!expiresWithin(tenant, kind, 90, now)) continue;
      expiring[kind][90] += 1;
      if (expiresWithin(tenant, kind, 30, now)) expiring[kind][30] += 1;
    }
    if (isBelow(tenant, below)) {
      belowCount += 1;
      if (status === "activated") belowActivated += 1;
    }
  }

  return {
    total: tenants.length,
    statuses: [...statuses].map(([status, count]) => ({ status, count })).sort(largestFirst),
    packages: [...packages].map(([code, { name, count }]) => ({ code, name, count })).sort(largestFirst),
    expiring,
    listed,
    below: belowCount,
    belowActivated,
  };
}

const largestFirst = (a: { count: number }, b: { count: number }) => b.count - a.count;
