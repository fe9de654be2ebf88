import type { Tenant } from "omicall-partner";
import { expect, test } from "vitest";
import { expiresWithin, matches, statusOf, type TenantFilters } from "../../www/src/data/tenantFilters";

const day = 24 * 60 * 60_000;
const now = Date.parse("2026-11-27T12:00:00Z");

const tenant: Tenant = {
  email: "a@example.com",
  status: "activated",
  balance: 150_000,
  service_package: { code_name: "PRO", expiry_date: now + 20 * day },
  domain_expire: now + 60 * day,
  public_numbers: [
    { number: "02471000001", expire_date: now - day },
    { number: "02471000002", expire_date: now + 45 * day },
  ],
};
const disabled: Tenant = { status: "activated", enabled: false };

const shows = (filters: TenantFilters, of: Tenant = tenant) => matches(of, filters, now);

test("without filters, every tenant is shown", () => {
  expect(shows({})).toBe(true);
  expect(shows({}, {})).toBe(true);
});

test("the status is the one of the server, unless the tenant is disabled", () => {
  expect([statusOf(tenant), statusOf(disabled), statusOf({})]).toEqual(["activated", "disabled", ""]);
  expect(shows({ status: "activated" }, disabled)).toBe(false);
  expect(shows({ status: "disabled" }, disabled)).toBe(true);
});

test("tenants are filtered by package, also those without one", () => {
  expect([shows({ package: "PRO" }), shows({ package: "BASIC" }), shows({ package: "" })]).toEqual([
    true,
    false,
    false,
  ]);
  expect(shows({ package: "" }, disabled)).toBe(true);
});

test.each([
  ["package", 19, false],
  ["package", 20, true],
  ["domain", 59, false],
  ["domain", 60, true],
  // One of the numbers has expired already, which is no reason to show the tenant.
  ["number", 44, false],
  ["number", 45, true],
] as const)("a %s that expires within %i days: %s", (kind, days, expected) => {
  expect(expiresWithin(tenant, kind, days, now)).toBe(expected);
  expect(shows({ expires: kind, within: days })).toBe(expected);
});

test("what never expires, or has no date, does not expire", () => {
  expect(expiresWithin({ domain_expire: null }, "domain", 90, now)).toBe(false);
  expect(expiresWithin({}, "package", 90, now)).toBe(false);
  expect(expiresWithin({}, "number", 90, now)).toBe(false);
});

test("a balance of exactly the threshold is not below it, and neither is an unknown one", () => {
  expect([shows({ below: 150_000 }), shows({ below: 150_001 }), shows({ below: 1 }, {})]).toEqual([false, true, false]);
  expect(shows({ below: 1 }, { balance: -500 })).toBe(true);
});

test("a tenant matches all filters, or is not shown", () => {
  const filters: TenantFilters = {
    status: "activated",
    package: "PRO",
    expires: "package",
    within: 30,
    below: 200_000,
  };
  expect(shows(filters)).toBe(true);
  expect(shows({ ...filters, status: "not_activated" })).toBe(false);
  expect(shows({ ...filters, below: 100_000 })).toBe(false);
});
