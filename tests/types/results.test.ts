// Objects that the package itself creates: receipts, evidence, progress and events. They have exactly their declared types.
import { OutcomeUnknownError } from "omicall-partner";
import type { ActivationProgress, ClientEvent, PartnerClient, Reconciliation, TenantPage } from "omicall-partner";
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { anyJson, values } from "./arbitraries.ts";
import { success, errorOf, purchase, stubbedClient, topUpParams, apiError, tenant } from "./client.ts";
import type { Respond } from "./client.ts";
import { mismatches } from "./shapes.ts";

const types = inject("types");
const parameters = { seed: Number(process.env["PROPERTY_SEED"] ?? 1), numRuns: 100 };

/** Asserts that a value has a type; if `closed`, without fields that the type does not declare. */
function expectType(name: string, value: unknown, closed = true): void {
  expect({ value, mismatches: mismatches(types, { is: "type", name }, value, closed) }).toEqual({
    value,
    mismatches: [],
  });
}

const anyTenant = values(types, { is: "type", name: "Tenant" }) as fc.Arbitrary<object>;
const anySummary = values(types, { is: "type", name: "TenantSummary" }) as fc.Arbitrary<{ id: string }>;

/** Responds to `list` with `listed`, to `info` with the next of `balances`, and to other requests with `others`. */
const server =
  (listed: object[], balances: number[], others: Respond): Respond =>
  (request, index) => {
    if (request.url.includes("/tenant/list")) return success({ items: listed, has_next: false });
    if (request.url.includes("/tenant/info"))
      return success({ balance: balances.length > 1 ? balances.shift() : balances[0] });
    return others(request, index);
  };

describe("TopUpReceipt", () => {
  test("without evidence", async () => {
    const property = fc.asyncProperty(anyJson, async (payload) => {
      const receipt = await (await stubbedClient(() => success(payload))).tenants.topUp(topUpParams);
      expectType("TopUpReceipt", receipt);
      expect(Object.keys(receipt)).toEqual(["payload"]);
    });
    await fc.assert(property, parameters);
    const withoutPayload = await stubbedClient(() => new Response('{"status_code":9999}'));
    const receipt = await withoutPayload.tenants.topUp(topUpParams);
    expect(Object.entries(receipt)).toEqual([["payload", undefined]]);
  });

  test("with every outcome", async () => {
    const found = [{ id: "a1", email: topUpParams.email }];
    const outcomes = new Set<string | undefined>();
    for (const after of [topUpParams.amount, topUpParams.amount * 2, 0, 7, -1e308, 1e308, 2 ** 53, -0]) {
      const omi = await stubbedClient(server(found, [0, after], () => success({})));
      const receipt = await omi.tenants.topUp(topUpParams, { recordBalance: true });
      expectType("TopUpReceipt", receipt);
      expect(receipt.evidence).toMatchObject({ balanceBefore: 0, balanceAfter: after });
      outcomes.add(receipt.evidence?.outcome);
    }
    expect([...outcomes].sort()).toEqual(["applied", "appliedMoreThanOnce", "inconclusive"]);
  });

  test("with evidence that cannot be read", async () => {
    const found = [{ id: "a1", email: topUpParams.email }];
    let reads = 0;
    const omi = await stubbedClient((request, index) => {
      if (request.url.includes("/tenant/info") && reads++ > 0) return success({ balance: "5" });
      return server(found, [0], () => success(null))(request, index);
    });
    const receipt = await omi.tenants.topUp(topUpParams, { recordBalance: true });
    expectType("TopUpReceipt", receipt);
    expect(Object.keys(receipt)).toEqual(["payload"]);
  });
});

describe("PurchaseReceipt", () => {
  const bought = { ...purchase, number: "842471000001", number_count: 6 };
  const found = [{ id: "a1", email: purchase.email }];

  test("without evidence", async () => {
    const property = fc.asyncProperty(anyJson, async (payload) => {
      const omi = await stubbedClient(() => success(payload));
      for (const receipt of [
        await omi.numbers.buy(bought),
        await omi.packages.extend({ ...purchase, month_num: 6 }),
        await omi.packages.upgrade({ ...purchase, code_name: "omi_pro", month_num: 6 }),
      ]) {
        expectType("PurchaseReceipt", receipt);
        expect(Object.keys(receipt)).toEqual(["payload"]);
      }
    });
    await fc.assert(property, parameters);
  });

  test("with evidence of every sort", async () => {
    const number = { number: bought.number, expire_date: 5 };
    const states = [{}, { public_numbers: null }, { public_numbers: [] }, { public_numbers: [number] }];
    const outcomes = new Set<string | undefined>();
    for (const balance of [5, null])
      for (const before of states)
        for (const after of states) {
          const shown = [before, after];
          const omi = await stubbedClient(({ url }) => {
            if (url.includes("/tenant/list")) return success({ items: found, has_next: false });
            if (url.includes("/tenant/info")) return success(shown.shift());
            return success(url.endsWith("/me") ? { balance } : "bought");
          });
          const receipt = await omi.numbers.buy(bought, { recordEvidence: true });
          expectType("PurchaseReceipt", receipt);
          expect(receipt.evidence?.after.partnerBalance).toBe(balance ?? undefined);
          expect(receipt.evidence?.after.publicNumbers).toEqual(after.public_numbers ?? undefined);
          const isApplied = before.public_numbers?.length === 0 && after.public_numbers?.length === 1;
          expect(receipt.evidence?.outcome).toBe(isApplied ? "applied" : "inconclusive");
          outcomes.add(receipt.evidence?.outcome);
        }
    expect([...outcomes].sort()).toEqual(["applied", "inconclusive"]);
  });
});

describe("Reconciliation", () => {
  async function reconciliationOf(
    respond: Respond,
    call: (omi: PartnerClient) => PromiseLike<unknown>,
  ): Promise<Reconciliation> {
    const omi = await stubbedClient(respond);
    const error = await errorOf(call(omi));
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const reconciliation = await error.reconcile();
    // The tenants come from the server and may have further fields; the rest must not.
    expectType("Reconciliation", reconciliation, false);
    const { evidence, ...others } = reconciliation;
    const { tenants, ...balances } = evidence;
    expectType("Reconciliation", { ...others, evidence: balances });
    return reconciliation;
  }
  const connectionLost = () => Promise.reject(new TypeError("connection lost"));

  test("of a create, from the listed tenants", async () => {
    const outcomes = new Set<string>();
    const ids = /^[\w-]+$/;
    const property = fc.asyncProperty(fc.array(anySummary, { maxLength: 2 }), async (listed) => {
      const matching = listed.map((one, index) => ({
        ...one,
        id: ids.test(one.id) ? one.id : `a${index}`,
        email: tenant.email,
      }));
      const { outcome, evidence } = await reconciliationOf(server(matching, [], connectionLost), (omi) =>
        omi.tenants.create(tenant),
      );
      expect(Object.keys(evidence)).toEqual(["tenants"]);
      outcomes.add(outcome);
    });
    await fc.assert(property, parameters);
    expect([...outcomes].sort()).toEqual(["applied", "appliedMoreThanOnce", "notApplied"]);
  });

  test("of a top-up, from the balance", async () => {
    const found = [{ id: "a1", email: topUpParams.email }];
    const topUp = (recordBalance: boolean) => (omi: PartnerClient) => omi.tenants.topUp(topUpParams, { recordBalance });
    const outcomes = [];
    for (const after of [topUpParams.amount, topUpParams.amount * 3, 0, 1]) {
      const { outcome, evidence } = await reconciliationOf(server(found, [0, after], connectionLost), topUp(true));
      expect(evidence).toEqual({ balanceBefore: 0, balanceAfter: after });
      outcomes.push(outcome);
    }
    expect(outcomes).toEqual(["applied", "appliedMoreThanOnce", "notApplied", "inconclusive"]);
    const known = await reconciliationOf(server(found, [5], connectionLost), topUp(false));
    expect(known).toEqual({ outcome: "inconclusive", evidence: { balanceAfter: 5 } });
    const unknown = await reconciliationOf(server([], [], connectionLost), topUp(false));
    expect(unknown).toEqual({ outcome: "inconclusive", evidence: {} });
  });

  test("of a purchase, from the tenant and the partner's balance", async () => {
    const day = 86_400_000;
    const state = (code_name: string, days: number) => ({ service_package: { code_name, expiry_date: days * day } });
    const now = Date.now() / day;
    const upgrade = (omi: PartnerClient, recordEvidence: boolean) =>
      omi.packages.upgrade({ ...purchase, code_name: "omi_pro", month_num: 6 }, { recordEvidence });
    const extend = (omi: PartnerClient, recordEvidence: boolean) =>
      omi.packages.extend({ ...purchase, month_num: 6 }, { recordEvidence });
    const before = state("omi_start", now + 30);
    const cases = [
      [upgrade, state("omi_pro", now + 182), 1, "applied"],
      [upgrade, before, 5, "notApplied"],
      [upgrade, before, 4, "inconclusive"],
      [upgrade, state("omi_advance", now + 182), 1, "inconclusive"],
      [extend, state("omi_start", now + 30 + 182), 1, "applied"],
      [extend, state("omi_start", now + 30 + 365), 1, "appliedMoreThanOnce"],
      [extend, state("omi_start", now + 60), 1, "inconclusive"],
      [extend, before, 5, "notApplied"],
    ] as const;
    for (const [buy, after, balance, expected] of cases) {
      const respond = () => {
        const [tenants, balances] = [
          [before, after],
          [5, balance],
        ];
        return ({ url }: Request) => {
          if (url.includes("/tenant/list"))
            return success({ items: [{ id: "a1", email: purchase.email }], has_next: false });
          if (url.includes("/tenant/info")) return success(tenants.length > 1 ? tenants.shift() : tenants[0]);
          if (url.endsWith("/me")) return success({ balance: balances.length > 1 ? balances.shift() : balances[0] });
          return connectionLost();
        };
      };
      const known = await reconciliationOf(respond(), (omi) => buy(omi, true));
      expect(known).toEqual({
        outcome: expected,
        evidence: {
          before: { servicePackage: before.service_package, partnerBalance: 5 },
          after: { servicePackage: after.service_package, partnerBalance: balance },
        },
      });
      const unknown = await reconciliationOf(respond(), (omi) => buy(omi, false));
      expect(unknown.outcome).toBe("inconclusive");
      expect(Object.keys(unknown.evidence)).toEqual(["after"]);
    }
  });

  test("of another write, without evidence", async () => {
    const reconciliation = await reconciliationOf(connectionLost, (omi) => omi.request("POST", "/api/x"));
    expect(reconciliation).toEqual({ outcome: "inconclusive", evidence: {} });
  });
});

describe("ActivationProgress", () => {
  test("of every status, also absent and null", async () => {
    const reports: ActivationProgress[] = [];
    const tenants = fc.array(anyTenant, { maxLength: 4 });
    const property = fc.asyncProperty(tenants, async (inactive) => {
      const seen = [
        ...inactive.filter((one) => !("status" in one) || one.status !== "activated"),
        { status: "activated" },
      ];
      const omi = await stubbedClient((_, index) => success(seen[index]));
      const onProgress = (progress: ActivationProgress) => reports.push(progress);
      expectType("Tenant", await omi.tenants.waitUntilActive("a1", { intervalMs: 0.1, onProgress }), false);
    });
    await fc.assert(property, { ...parameters, numRuns: 50 });
    for (const progress of reports) expectType("ActivationProgress", progress);
    // With a status and without one; without one the field is absent, not undefined.
    expect(new Set(reports.map((progress) => Object.keys(progress).length))).toEqual(new Set([1, 2]));
  });
});

test("every ClientEvent", async () => {
  const events: ClientEvent[] = [];
  const responses = [
    () => apiError("partner_invalid"),
    () => new Response("", { status: 503, headers: { "retry-after": "0" } }),
    () => success({}),
  ];
  const options = { maxRetries: 1, singleSend: true, onEvent: (event: ClientEvent) => events.push(event) };
  let tokens = 0;
  const secure = { ...options, token: () => `t${tokens++}` };
  const respond: Respond = (_, index) => (responses[index] ?? (() => success({})))();
  await (await stubbedClient(respond, secure)).tenants.get("a1");
  await (
    await stubbedClient(() => success({}), { ...options, baseUrl: "http://127.0.0.1:9" })
  ).tenants.topUp(topUpParams);
  for (const event of events) expectType("ClientEvent", event);
  const all = ["request", "response", "retry", "singleSendUnavailable", "token"];
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(all);
});

test("every page and every tenant of a list has its declared type", async () => {
  const pages = fc.array(fc.array(anySummary, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(pages, async (lists) => {
    // Unique ids, because a list that repeats a page is rejected.
    const unique = lists.map((list, page) => list.map((one, index) => ({ ...one, id: `${page}-${index}` })));
    const respond: Respond = (_, index) => {
      const position = { page_number: index + 1, has_next: index + 1 < unique.length };
      return success({ items: unique[index] ?? [], ...position } satisfies TenantPage);
    };
    for await (const page of (await stubbedClient(respond)).tenants.list().pages())
      expectType("TenantPage", page, false);
    const seen = [];
    for await (const one of (await stubbedClient(respond)).tenants.list()) {
      expectType("TenantSummary", one, false);
      seen.push(one.id);
    }
    expect(seen).toEqual(unique.flat().map(({ id }) => id));
  });
  await fc.assert(property, parameters);
});
