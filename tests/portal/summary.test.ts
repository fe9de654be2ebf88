import fc from "fast-check";
import type { Tenant } from "omicall-partner";
import { expect, test } from "vitest";
import { expiringKinds, matches, type TenantFilters } from "../../www/src/data/tenantFilters";
import { periods, summarize } from "../../www/src/overview/summary";

const now = Date.parse("2026-11-27T09:00:00+07:00");
const day = 24 * 60 * 60_000;

// Also exactly on the limits, and a millisecond beside them.
const date = fc
  .tuple(fc.constantFrom(-1, 0, 29, 30, 89, 90, 400), fc.constantFrom(-1, 0, 1))
  .map(([days, ms]) => now + days * day + ms);
const tenant: fc.Arbitrary<Tenant> = fc.record(
  {
    enabled: fc.constantFrom(true, false, null),
    status: fc.constantFrom("activated", "not_activated", "suspended", null),
    balance: fc.constantFrom(-5, 0, 99_999, 100_000, null),
    currency: fc.constantFrom("VND", "USD", null),
    domain_expire: fc.option(date),
    service_package: fc.record(
      { code_name: fc.constantFrom("trial", "omi_pro"), service_name: fc.constant("Omi"), expiry_date: date },
      { requiredKeys: [] },
    ),
    public_numbers: fc.array(fc.record({ expire_date: date })),
  },
  { requiredKeys: [] },
);

test("each number is that of the tenants that the list shows with its filters", () => {
  fc.assert(
    fc.property(fc.array(tenant), (tenants) => {
      const below = 100_000;
      const { total, statuses, packages, expiring, ...summary } = summarize(tenants, below, now);
      const listed = (filters: TenantFilters) => tenants.filter((tenant) => matches(tenant, filters, now)).length;

      expect(total).toBe(listed({}));
      for (const { status, count } of statuses) expect(count).toBe(listed({ status }));
      for (const { code, count } of packages) expect(count).toBe(listed({ package: code }));
      for (const all of [statuses, packages]) expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      for (const kind of expiringKinds) {
        for (const days of periods) expect(expiring[kind][days]).toBe(listed({ expires: kind, within: days }));
      }
      expect(summary.below).toBe(listed({ below }));
      expect(summary.belowActivated).toBe(listed({ status: "activated", below }));
    }),
  );
});

test("what the server's list leaves out is known to be missing", () => {
  const known = { status: "activated", service_package: { expiry_date: now + day } };
  expect(summarize([known], 0, now).listed).toEqual(new Set(["package"]));
  expect(summarize([known, { public_numbers: [] }], 0, now).listed).toEqual(new Set(["package", "number"]));
});
