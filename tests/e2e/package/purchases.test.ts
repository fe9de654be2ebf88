// Buying packages and numbers: what reaches the books of the sandbox, once, and what is known of a lost response.
import { AbortError, ApiError, OutcomeUnknownError, PartnerError, ValidationError } from "omicall-partner";
import type { PartnerClient, PurchaseOptions, PurchaseReceipt, Quote } from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  apiError,
  BUY,
  EMPTY_KEY,
  EXTEND,
  html,
  INFO,
  injectFault,
  ME,
  newTopUp,
  page,
  rawRequest,
  recordingFetch,
  rejection,
  requestCounts,
  requestLog,
  reset,
  sandboxClient,
  SEEDED,
  setKeepAlive,
  signIn,
  storedTenant,
  stubbedClient,
  success,
  UPDATE_BALANCE,
  UPGRADE,
} from "./support";

const { email } = SEEDED;
const note = "Đơn hàng số 1042";
const months = 6;

interface Purchase {
  endpoint: string;
  /** The request body. */
  params: Record<string, unknown>;
  buy: (omi: PartnerClient, changes?: object, options?: PurchaseOptions) => Promise<PurchaseReceipt>;
  /** The entry in the sandbox's books. */
  entry: Record<string, unknown>;
  quote: (omi: PartnerClient) => Promise<Quote>;
}

const NUMBER = "842800091430";
const operations: Record<string, string> = {
  [UPGRADE]: "packages.upgrade",
  [EXTEND]: "packages.extend",
  [BUY]: "numbers.buy",
};
const start = async (omi: PartnerClient) =>
  (await omi.packages.list()).find(({ code_name }) => code_name === "omi_start") ?? expect.unreachable();

const purchases: Purchase[] = [
  {
    endpoint: UPGRADE,
    params: { email, code_name: "omi_start", month_num: months, note },
    buy: (omi, changes, options) =>
      omi.packages.upgrade({ email, code_name: "omi_start", month_num: months, note, ...changes }, options),
    entry: { kind: "upgrade", code_name: "omi_start" },
    quote: async (omi) => omi.packages.quote({ package: await start(omi), months, kind: "upgrade" }),
  },
  {
    endpoint: EXTEND,
    params: { email, month_num: months, note },
    buy: (omi, changes, options) => omi.packages.extend({ email, month_num: months, note, ...changes }, options),
    entry: { kind: "extend", code_name: "omi_start" },
    quote: async (omi) => omi.packages.quote({ package: await start(omi), months, kind: "extend" }),
  },
  {
    endpoint: BUY,
    params: { email, number: NUMBER, number_count: months, note },
    buy: (omi, changes, options) =>
      omi.numbers.buy({ email, number: NUMBER, number_count: months, note, ...changes }, options),
    entry: { kind: "buy", number: NUMBER },
    quote: async (omi) => {
      const { items } = await omi.numbers.list();
      return omi.numbers.quote({ number: items.find(({ number }) => number === NUMBER) ?? { number: "" }, months });
    },
  },
];

const balance = async () => (await rawRequest<{ balance: number }>("/api/partner/me")).payload.balance;
const entries = async () => (await storedTenant(email)).purchases;
/** The purchases of the tenant after the one that made an extension possible. */
const bought = async (endpoint: string) => (await entries()).slice(endpoint === EXTEND ? 1 : 0);

/** A trial cannot be extended, so the tenant first gets a package that can. */
async function prepare(endpoint: string) {
  if (endpoint === EXTEND)
    await rawRequest("/api/partner/service_package/upgrade", {
      body: { email, code_name: "omi_start", month_num: months, note },
    });
}

beforeEach(reset);

describe.each(purchases)("$endpoint", ({ endpoint, params, buy, entry, quote }) => {
  const operation = operations[endpoint];
  beforeEach(() => prepare(endpoint));

  test("sends the parameters once, and costs what the quote says", async () => {
    const { sent, fetch } = recordingFetch((request) => globalThis.fetch(request));
    const omi = await sandboxClient({ fetch });
    const [vnd] = (await quote(omi)).prices;
    expect(vnd).toMatchObject({ currency: "VND" });
    const before = await balance();
    const receipt = await buy(omi);
    expect(receipt).toEqual({ payload: expect.objectContaining({ price: vnd?.price, balance: await balance() }) });
    expect(await balance()).toBe(before - (vnd?.price ?? NaN));
    expect(await bought(endpoint)).toMatchObject([{ ...entry, months, price: vnd?.price, note }]);
    const request = sent.filter(({ url }) => endpoint.endsWith(new URL(url).pathname));
    expect(await Promise.all(request.map((request) => request.json()))).toEqual([params]);
  });

  test("identical calls in flight are one purchase, whatever the case of the e-mail address", async () => {
    const omi = await sandboxClient();
    const receipts = await Promise.all([buy(omi), buy(omi), buy(omi, { email: email.toUpperCase() })]);
    expect(receipts[1]).toEqual(receipts[0]);
    expect(receipts[2]).toEqual(receipts[0]);
    expect(await bought(endpoint)).toHaveLength(1);
  });

  test("an aborted caller does not cancel the other one", async () => {
    const omi = await sandboxClient();
    const controller = new AbortController();
    const [first, second] = [buy(omi), buy(omi, {}, { signal: controller.signal })];
    controller.abort();
    await rejection(second, AbortError);
    expect(await first).toHaveProperty("payload");
    expect(await bought(endpoint)).toHaveLength(1);
  });

  test("waits for a top-up of the same tenant, also one of another client", async () => {
    const [one, other] = [await sandboxClient(), await sandboxClient()];
    await injectFault(UPDATE_BALANCE, { kind: "delay", ms: 300 });
    const topUp = one.tenants.topUp(newTopUp({ email: email.toUpperCase() }));
    await Promise.all([topUp, buy(other)]);
    const [later] = (await bought(endpoint)) as { at: number }[];
    const [earlier] = (await storedTenant(email)).top_ups;
    expect(later?.at).toBeGreaterThanOrEqual(earlier?.at ?? NaN);
    const log = (await requestLog()).map((request) => request.endpoint);
    expect(log.indexOf(UPDATE_BALANCE)).toBeLessThan(log.lastIndexOf(endpoint));
  });

  test("the receipt has the evidence of the purchase", async () => {
    const omi = await sandboxClient();
    const before = await balance();
    const { evidence } = await buy(omi, {}, { recordEvidence: true });
    expect(evidence).toMatchObject({ outcome: "applied", before: { partnerBalance: before } });
    expect(evidence?.after.partnerBalance).toBe(await balance());
    const { payload } = await rawRequest<Record<string, unknown>>(`/api/partner/tenant/info?id=${SEEDED.id}`);
    expect(evidence?.after).toMatchObject({
      servicePackage: payload["service_package"],
      publicNumbers: payload["public_numbers"],
    });
    expect(evidence?.before).not.toEqual(evidence?.after);
  });

  test.each([
    ["after the effect", true, "applied"],
    ["before it", false, "notApplied"],
  ] as const)("the outcome of a response that was lost %s is known with evidence", async (_, effect, outcome) => {
    const omi = await sandboxClient();
    await setKeepAlive(false);
    await injectFault(endpoint, { kind: "cut_headers" }, { effect });
    const error = await rejection(buy(omi, {}, { recordEvidence: true }), OutcomeUnknownError);
    expect(error).toMatchObject({ endpoint, operation, attempts: 1, retryable: false });
    const reconciliation = await error.reconcile();
    expect(reconciliation).toMatchObject({ outcome, evidence: { before: {}, after: {} } });
    expect(await bought(endpoint)).toHaveLength(effect ? 1 : 0);
  });

  test("the outcome is not known without evidence; the state is shown", async () => {
    const omi = await sandboxClient();
    await setKeepAlive(false);
    await injectFault(endpoint, { kind: "cut_headers" }, { effect: true });
    const error = await rejection(buy(omi), OutcomeUnknownError);
    const { outcome, evidence } = await error.reconcile();
    expect(outcome).toBe("inconclusive");
    expect(evidence).toEqual({ after: expect.objectContaining({ partnerBalance: await balance() }) });
  });

  test("a refusal is final where nothing has changed, and unknown where the purchase is there all the same", async () => {
    const omi = await sandboxClient();
    await injectFault(endpoint, { kind: "unknown_code", code: "quota_exceeded" }, { count: 1 });
    expect(await rejection(buy(omi, {}, { recordEvidence: true }), ApiError)).toMatchObject({ code: "quota_exceeded" });
    expect(await bought(endpoint)).toHaveLength(0);
    // As a browser does that repeats a request: the second response is the one that the page gets.
    const { fetch } = recordingFetch(async (request) => {
      if (!endpoint.endsWith(new URL(request.url).pathname)) return globalThis.fetch(request);
      await globalThis.fetch(request.clone());
      await injectFault(endpoint, { kind: "unknown_code", code: "already_bought" }, { count: 1 });
      return globalThis.fetch(request);
    });
    const repeating = await sandboxClient({ fetch });
    const error = await rejection(buy(repeating, {}, { recordEvidence: true }), OutcomeUnknownError);
    expect(error.cause).toMatchObject({ code: "already_bought" });
    expect((await error.reconcile()).outcome).toBe("applied");
    expect(await bought(endpoint)).toHaveLength(1);
  });

  test.each([INFO, ME])("nothing is bought when the evidence cannot be read: %s", async (source) => {
    const omi = await sandboxClient({ maxRetries: 0 });
    await injectFault(source, { kind: "unknown_code", code: "quota_exceeded" }, { count: 1 });
    const error = await rejection(buy(omi, {}, { recordEvidence: true }), ApiError);
    expect(error).toMatchObject({ endpoint: source });
    expect(await bought(endpoint)).toHaveLength(0);
    expect((await requestLog()).at(-1)?.endpoint).toBe(source);
  });

  test("an address without a tenant is refused before anything is bought", async () => {
    const omi = await sandboxClient();
    const before = (await requestCounts())[endpoint];
    const nobody = buy(omi, { email: "nobody@nowhere.example" }, { recordEvidence: true });
    expect((await rejection(nobody, ValidationError)).issues).toMatchObject([
      { field: "email", code: "access_denied" },
    ]);
    expect((await requestCounts())[endpoint]).toBe(before);
    await rejection(buy(omi, { email: "nobody@nowhere.example" }), ApiError);
  });

  test("is refused without money", async () => {
    const omi = await sandboxClient();
    const [before, purse] = [await entries(), await balance()];
    const many = endpoint === BUY ? { number_count: 1_000_000 } : { month_num: 1_000_000 };
    const error = await rejection(buy(omi, many), ApiError);
    expect(error.code).toBe("balance_not_enough");
    expect([await entries(), await balance()]).toEqual([before, purse]);
    const poor = await sandboxClient({ token: () => signIn(EMPTY_KEY) });
    await rejection(buy(poor), ApiError);
    expect([await entries(), await balance()]).toEqual([before, purse]);
  });
});

test("a number is sold once", async () => {
  const omi = await sandboxClient();
  const order = { email, number: NUMBER, number_count: months, note };
  await omi.numbers.buy(order);
  const after = await balance();
  const error = await rejection(omi.numbers.buy(order), ApiError);
  expect(error).toMatchObject({ endpoint: BUY, attempts: 1 });
  expect([(await entries()).length, await balance()]).toEqual([1, after]);
  const tenant = await omi.tenants.get(SEEDED.id);
  expect(tenant.public_numbers?.map(({ number }) => number)).toContain(NUMBER);
  for await (const { number } of omi.numbers.list({ size: 100 })) expect(number).not.toBe(NUMBER);
});

describe("a refused purchase of a number", () => {
  const order = { email, number: NUMBER, number_count: months, note };
  const refusal = () => apiError("public_number_not_found");

  /** A client whose server shows these tenants one after the other, and refuses the purchase. */
  const client = (shown: (() => Response)[], refuse = refusal) =>
    stubbedClient(
      recordingFetch(({ url }) => {
        if (url.includes("/tenant/list")) return success(page(["a1"], { items: [{ id: "a1", email }] }));
        if (url.includes("/tenant/info")) return (shown.shift() ?? expect.unreachable())();
        return url.endsWith("/me") ? success({ balance: 5 }) : refuse();
      }),
    );
  const tenant = (public_numbers: unknown) => () => success({ public_numbers });
  const none = tenant([]);

  test.each([
    ["the tenant has it now", none, tenant([{ number: NUMBER }]), "applied"],
    ["the server shows numbers only now", tenant(null), tenant([{ number: NUMBER }]), "inconclusive"],
    ["the server did not show numbers before", tenant(undefined), tenant([{ number: NUMBER }]), "inconclusive"],
    ["the tenant has one more, in another spelling", none, tenant([{ number: `+${NUMBER}` }]), "inconclusive"],
  ])("has an unknown outcome where %s", async (_, before, after, outcome) => {
    const omi = await client([before, after, after]);
    const error = await rejection(omi.numbers.buy(order, { recordEvidence: true }), OutcomeUnknownError);
    expect(error.cause).toMatchObject({ code: "public_number_not_found" });
    expect((await error.reconcile()).outcome).toBe(outcome);
  });

  test("has an unknown outcome where the tenant cannot be read", async () => {
    const omi = await client([none, () => html(503)]);
    const error = await rejection(omi.numbers.buy(order, { recordEvidence: true }), OutcomeUnknownError);
    expect(error.cause).toMatchObject({ code: "public_number_not_found" });
  });

  test.each([
    ["nothing has changed", [none, none], refusal, "public_number_not_found"],
    ["too many requests are refused", [none, () => html(429)], () => html(429), "rate_limited"],
    ["the token is refused", [none, () => html(403)], () => html(403), "forbidden"],
  ])("is final where %s", async (_, shown, refuse, code) => {
    const omi = await client(shown, refuse);
    const error: unknown = await omi.numbers.buy(order, { recordEvidence: true }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(PartnerError);
    expect(error).toMatchObject({ code });
  });
});

describe("invalid parameters are refused before anything is sent", () => {
  const valid = Object.fromEntries(purchases.map(({ endpoint, params }) => [endpoint, params]));
  const cases: [endpoint: string, changes: object, issues: Record<string, string>][] = [
    [UPGRADE, { month_num: 5 }, { month_num: "Số tháng phải là số nguyên từ 6 trở lên." }],
    [EXTEND, { month_num: 6.5 }, { month_num: "Số tháng phải là số nguyên từ 6 trở lên." }],
    [EXTEND, { month_num: "" }, { month_num: "Hãy nhập số tháng." }],
    [BUY, { number_count: 0 }, { number_count: "Số tháng phải là số nguyên từ 6 trở lên." }],
    [UPGRADE, { note: "123456789" }, { note: "Ghi chú phải có ít nhất 10 ký tự." }],
    [EXTEND, { note: "ệ".normalize("NFD").repeat(9) }, { note: "Ghi chú phải có ít nhất 10 ký tự." }],
    [BUY, { note: " " }, { note: "Ghi chú không được để trống." }],
    [UPGRADE, { code_name: "" }, { code_name: "Gói dịch vụ không được để trống." }],
    [
      UPGRADE,
      { code_name: "omi\u200b_pro" },
      { code_name: "Gói dịch vụ chứa ký tự vô hình U+200B (zero-width space) ở vị trí thứ 4: hãy gõ lại." },
    ],
    [BUY, { number: 842 }, { number: "Đầu số phải là văn bản." }],
    [BUY, { number: "84 28" }, { number: "Đầu số chứa khoảng trắng ở vị trí thứ 3: hãy xóa khoảng trắng đó." }],
    [BUY, { email: "a@" }, { email: "Email không hợp lệ." }],
    [EXTEND, { months: 6 }, { months: "months không phải là tham số hợp lệ." }],
    [
      UPGRADE,
      { email: undefined, code_name: null, month_num: NaN, note: 5 },
      {
        email: "Email không được để trống.",
        code_name: "Gói dịch vụ không được để trống.",
        month_num: "Hãy nhập số tháng.",
        note: "Ghi chú phải là văn bản.",
      },
    ],
  ];
  test.each(cases)("%s %j", async (endpoint, changes, issues) => {
    const vi = await sandboxClient({ language: "vi" });
    const purchase = purchases.find((purchase) => purchase.endpoint === endpoint) ?? expect.unreachable();
    const error = await rejection(purchase.buy(vi, changes), ValidationError);
    expect(Object.fromEntries(error.issues.map(({ field, message }) => [field, message]))).toEqual(issues);
    expect(await requestCounts()).toEqual({});
  });

  test("the limits themselves are accepted", async () => {
    const omi = await sandboxClient();
    await omi.packages.upgrade({ ...valid[UPGRADE], note: "0123456789" } as never);
    await omi.packages.extend({ ...valid[EXTEND], note: "😀".repeat(5) } as never);
    await omi.numbers.buy({ ...valid[BUY], note: "x" } as never);
    expect(await entries()).toHaveLength(3);
  });
});
