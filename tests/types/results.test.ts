// What the package makes itself: receipts, evidence, progress and events. They are what their types say, and no more.
import { OutcomeUnknownError } from "omicall-partner";
import type { ActivationProgress, ClientEvent, PartnerClient, Reconciliation, TenantPage } from "omicall-partner";
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { anyJson, values } from "./arbitraries.ts";
import { done, failure, offline, order, refusal, tenant } from "./client.ts";
import type { Answer } from "./client.ts";
import { faults } from "./shapes.ts";

const types = inject("types");
const parameters = { seed: Number(process.env["PROPERTY_SEED"] ?? 1), numRuns: 100 };

/** Asserts that a value is of a type, with nothing on it that the type does not have. */
function expectType(name: string, value: unknown, closed = true): void {
  expect({ value, faults: faults(types, { is: "type", name }, value, closed) }).toEqual({ value, faults: [] });
}

const anyTenant = values(types, { is: "type", name: "Tenant" }) as fc.Arbitrary<object>;
const anySummary = values(types, { is: "type", name: "TenantSummary" }) as fc.Arbitrary<{ id: string }>;

/** Answers by the end of the path: `list` and `info` in turn, the others with what they are given. */
const server =
  (listed: object[], balances: number[], others: Answer): Answer =>
  (request, index) => {
    if (request.url.includes("/tenant/list")) return done({ items: listed, has_next: false });
    if (request.url.includes("/tenant/info"))
      return done({ balance: balances.length > 1 ? balances.shift() : balances[0] });
    return others(request, index);
  };

describe("TopUpReceipt", () => {
  test("without evidence", async () => {
    const property = fc.asyncProperty(anyJson, async (payload) => {
      const receipt = await (await offline(() => done(payload))).tenants.topUp(order);
      expectType("TopUpReceipt", receipt);
      expect(Object.keys(receipt)).toEqual(["payload"]);
    });
    await fc.assert(property, parameters);
    const silent = await offline(() => new Response('{"status_code":9999}'));
    const receipt = await silent.tenants.topUp(order);
    expect(Object.entries(receipt)).toEqual([["payload", undefined]]);
  });

  test("with every outcome", async () => {
    const found = [{ id: "a1", email: order.email }];
    const outcomes = new Set<string | undefined>();
    for (const after of [order.amount, order.amount * 2, 0, 7, -1e308, 1e308, 2 ** 53, -0]) {
      const omi = await offline(server(found, [0, after], () => done({})));
      const receipt = await omi.tenants.topUp(order, { recordBalance: true });
      expectType("TopUpReceipt", receipt);
      expect(receipt.evidence).toMatchObject({ balanceBefore: 0, balanceAfter: after });
      outcomes.add(receipt.evidence?.outcome);
    }
    expect([...outcomes].sort()).toEqual(["applied", "appliedMoreThanOnce", "inconclusive"]);
  });

  test("whose evidence cannot be read", async () => {
    const found = [{ id: "a1", email: order.email }];
    let looks = 0;
    const omi = await offline((request, index) => {
      if (request.url.includes("/tenant/info") && looks++ > 0) return done({ balance: "5" });
      return server(found, [0], () => done(null))(request, index);
    });
    const receipt = await omi.tenants.topUp(order, { recordBalance: true });
    expectType("TopUpReceipt", receipt);
    expect(Object.keys(receipt)).toEqual(["payload"]);
  });
});

describe("Reconciliation", () => {
  async function lost(answer: Answer, call: (omi: PartnerClient) => PromiseLike<unknown>): Promise<Reconciliation> {
    const omi = await offline(answer);
    const error = await failure(call(omi));
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const reconciliation = await error.reconcile();
    // The tenants are the server's; what the package itself says is closed.
    expectType("Reconciliation", reconciliation, false);
    const { evidence, ...others } = reconciliation;
    const { tenants, ...balances } = evidence;
    expectType("Reconciliation", { ...others, evidence: balances });
    return reconciliation;
  }
  const gone = () => Promise.reject(new TypeError("connection lost"));

  test("of a create, by the tenants that the list shows", async () => {
    const outcomes = new Set<string>();
    const ids = /^[\w-]+$/;
    const property = fc.asyncProperty(fc.array(anySummary, { maxLength: 2 }), async (listed) => {
      const matching = listed.map((one, index) => ({
        ...one,
        id: ids.test(one.id) ? one.id : `a${index}`,
        email: tenant.email,
      }));
      const { outcome, evidence } = await lost(server(matching, [], gone), (omi) => omi.tenants.create(tenant));
      expect(Object.keys(evidence)).toEqual(["tenants"]);
      outcomes.add(outcome);
    });
    await fc.assert(property, parameters);
    expect([...outcomes].sort()).toEqual(["applied", "appliedMoreThanOnce", "notApplied"]);
  });

  test("of a top-up, by the balance", async () => {
    const found = [{ id: "a1", email: order.email }];
    const topUp = (recordBalance: boolean) => (omi: PartnerClient) => omi.tenants.topUp(order, { recordBalance });
    const outcomes = [];
    for (const after of [order.amount, order.amount * 3, 0, 1]) {
      const { outcome, evidence } = await lost(server(found, [0, after], gone), topUp(true));
      expect(evidence).toEqual({ balanceBefore: 0, balanceAfter: after });
      outcomes.push(outcome);
    }
    expect(outcomes).toEqual(["applied", "appliedMoreThanOnce", "notApplied", "inconclusive"]);
    const known = await lost(server(found, [5], gone), topUp(false));
    expect(known).toEqual({ outcome: "inconclusive", evidence: { balanceAfter: 5 } });
    const unknown = await lost(server([], [], gone), topUp(false));
    expect(unknown).toEqual({ outcome: "inconclusive", evidence: {} });
  });

  test("of another write, by nothing", async () => {
    const nothing = await lost(gone, (omi) => omi.request("POST", "/api/x"));
    expect(nothing).toEqual({ outcome: "inconclusive", evidence: {} });
  });
});

describe("ActivationProgress", () => {
  test("of every status, absent and null ones too", async () => {
    const heard: ActivationProgress[] = [];
    const looks = fc.array(anyTenant, { maxLength: 4 });
    const property = fc.asyncProperty(looks, async (inactive) => {
      const seen = [
        ...inactive.filter((one) => !("status" in one) || one.status !== "activated"),
        { status: "activated" },
      ];
      const omi = await offline((_, index) => done(seen[index]));
      const onProgress = (progress: ActivationProgress) => heard.push(progress);
      expectType("Tenant", await omi.tenants.waitUntilActive("a1", { intervalMs: 0.1, onProgress }), false);
    });
    await fc.assert(property, { ...parameters, numRuns: 50 });
    for (const progress of heard) expectType("ActivationProgress", progress);
    // With a status, and without one: then there is no field, rather than one that is undefined.
    expect(new Set(heard.map((progress) => Object.keys(progress).length))).toEqual(new Set([1, 2]));
  });
});

test("every ClientEvent", async () => {
  const heard: ClientEvent[] = [];
  const answers = [
    () => refusal("partner_invalid"),
    () => new Response("", { status: 503, headers: { "retry-after": "0" } }),
    () => done({}),
  ];
  const options = { maxRetries: 1, singleSend: true, onEvent: (event: ClientEvent) => heard.push(event) };
  let tokens = 0;
  const secure = { ...options, token: () => `t${tokens++}` };
  const answer: Answer = (_, index) => (answers[index] ?? (() => done({})))();
  await (await offline(answer, secure)).tenants.get("a1");
  await (await offline(() => done({}), { ...options, baseUrl: "http://127.0.0.1:9" })).tenants.topUp(order);
  for (const event of heard) expectType("ClientEvent", event);
  const all = ["request", "response", "retry", "singleSendUnavailable", "token"];
  expect([...new Set(heard.map(({ type }) => type))].sort()).toEqual(all);
});

test("a list is what its type says, page by page and tenant by tenant", async () => {
  const pages = fc.array(fc.array(anySummary, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(pages, async (lists) => {
    // Ids of their own, as a list must not repeat itself.
    const unique = lists.map((list, page) => list.map((one, index) => ({ ...one, id: `${page}-${index}` })));
    const answer: Answer = (_, index) => {
      const position = { page_number: index + 1, has_next: index + 1 < unique.length };
      return done({ items: unique[index] ?? [], ...position } satisfies TenantPage);
    };
    for await (const page of (await offline(answer)).tenants.list().pages()) expectType("TenantPage", page, false);
    const seen = [];
    for await (const one of (await offline(answer)).tenants.list()) {
      expectType("TenantSummary", one, false);
      seen.push(one.id);
    }
    expect(seen).toEqual(unique.flat().map(({ id }) => id));
  });
  await fc.assert(property, parameters);
});
