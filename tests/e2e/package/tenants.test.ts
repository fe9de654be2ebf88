// Every endpoint with every parameter, against the sandbox's books.
import { ApiError, AbortError, TimeoutError } from "omicall-partner";
import type {
  ActivationProgress,
  PartnerClient,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpParams,
} from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  ADD,
  all,
  books,
  connected,
  DESCRIPTION,
  done,
  EMPTY_KEY,
  INFO,
  LIST,
  ME,
  newTenant,
  newTopUp,
  offline,
  passing,
  PASSWORD,
  raw,
  recording,
  rejection,
  requests,
  reset,
  SANDBOX,
  SEEDED,
  signIn,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

let omi: PartnerClient;

beforeEach(async () => {
  await reset();
  omi = await connected();
});

describe("create", () => {
  test.each([{ isAutoActive: true }, { isAutoActive: false }, {}])("a tenant is in the books: %o", async (active) => {
    const params = newTenant(active);
    const { id } = await omi.tenants.create(params);
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(await books(params.email)).toEqual({
      id,
      email: params.email,
      status: "not_activated",
      enabled: true,
      balance: 0,
      service_balance: 0,
      top_ups: [],
    });
    expect(await requests()).toEqual({ [ADD]: 1 });
    expect(await tenantCount()).toBe(SEEDED.total + 1);

    expect(await omi.tenants.get(id)).toMatchObject({
      full_name: params.fullName,
      email: params.email,
      phone: params.phone,
    });
    const [summary] = await all(omi.tenants.list({ keyword: params.email }));
    expect(summary).toMatchObject({ id, owner_name: params.ownerName });
  });

  test.each([{ isAutoActive: false }, {}])("without isAutoActive it stays inactive: %o", async (active) => {
    const params = newTenant(active);
    const { id } = await omi.tenants.create(params);
    // Three times as long as the sandbox ever takes to activate one.
    await rejection(omi.tenants.waitUntilActive(id, { deadlineMs: 1800, intervalMs: 300 }), TimeoutError);
    expect(await books(params.email)).toMatchObject({ status: "not_activated" });
  });

  test.each([{ isAutoActive: true }, { isAutoActive: false }, {}])("sends what it was given: %o", async (active) => {
    const net = recording(() => done({ id: "a1" }));
    const params = newTenant(active);
    const client = await offline(net);
    expect(await client.tenants.create(params)).toEqual({ id: "a1" });
    expect(net.sent.map(({ method, url }) => [method, url])).toEqual([
      ["POST", "https://api.example.com/api/partner/tenant/add"],
    ]);
    expect(await net.sent[0]?.json()).toEqual(params);
  });

  test("sends names composed, and the password as it was typed", async () => {
    const net = recording(() => done({ id: "a1" }));
    const client = await offline(net);
    const password = "Mậtkhẩu1!".normalize("NFD");
    await client.tenants.create(
      newTenant({ fullName: "Đại Việt".normalize("NFD"), ownerName: "Lê Thị Hồng".normalize("NFD"), password }),
    );
    expect(await net.sent[0]?.json()).toMatchObject({
      fullName: "Đại Việt".normalize("NFC"),
      ownerName: "Lê Thị Hồng".normalize("NFC"),
      password,
    });
  });

  test("keeps what else the server says of it", async () => {
    const net = recording(() => done({ id: "a1", node: { region: "hcm" } }));
    const client = await offline(net);
    expect(await client.tenants.create(newTenant())).toEqual({ id: "a1", node: { region: "hcm" } });
  });
});

describe("list", () => {
  test("the first 50 by default", async () => {
    const list = await omi.tenants.list();
    const { items, ...position } = list;
    expect(position).toEqual({
      page_number: 1,
      page_size: 50,
      total_items: SEEDED.total,
      total_pages: 3,
      has_next: true,
      has_previous: false,
      next_page: 2,
      previous_page: 1,
    });
    expect(items).toHaveLength(50);
    expect(await requests()).toEqual({ [LIST]: 1 });
    const { payload } = await raw<TenantPage>("/api/partner/tenant/list?page=1&size=50", { body: { keyword: "" } });
    expect(list).toEqual(payload);
  });

  test.each([
    [undefined, "?page=1&size=50", ""],
    [{}, "?page=1&size=50", ""],
    [{ page: 3 }, "?page=3&size=50", ""],
    [{ size: 7 }, "?page=1&size=7", ""],
    [{ keyword: "omi" }, "?page=1&size=50", "omi"],
    [{ page: 2, size: 10_000, keyword: "Đại\u{301} & co" }, "?page=2&size=10000", "Đạí & co"],
    [{ page: undefined, size: undefined, keyword: undefined }, "?page=1&size=50", ""],
  ])("%o is sent as %s with the keyword %s", async (params, query, keyword) => {
    const net = recording(() => done({ items: [] }));
    const client = await offline(net);
    await client.tenants.list(params as Parameters<typeof client.tenants.list>[0]);
    expect(net.sent[0]?.url).toBe(`https://api.example.com/api/partner/tenant/list${query}`);
    expect(await net.sent[0]?.json()).toEqual({ keyword: keyword.normalize("NFC") });
  });

  test("page and size choose a part", async () => {
    const everything = await omi.tenants.list({ size: SEEDED.total });
    const part = await omi.tenants.list({ page: 3, size: 7 });
    expect(part.items).toEqual(everything.items.slice(14, 21));
    expect(part).toMatchObject({
      page_number: 3,
      page_size: 7,
      total_pages: 18,
      has_next: true,
      has_previous: true,
      next_page: 4,
      previous_page: 2,
    });
    expect(await omi.tenants.list({ page: 18, size: 7 })).toMatchObject({ has_next: false, items: { length: 1 } });
    expect(await omi.tenants.list({ page: 99 })).toMatchObject({ items: [], has_next: false });
  });

  const found = async (keyword: string) => (await all(omi.tenants.list({ keyword }))).map((tenant) => tenant.email);

  test("a keyword without tone marks finds names with them", async () => {
    const tenants = await all(omi.tenants.list({ keyword: "my pham thanh cong" }));
    expect(tenants.map((tenant) => tenant.id)).toContain(SEEDED.id);
    for (const { full_name } of tenants) expect(full_name).toContain("Mỹ phẩm Thành Công");
  });

  test("a keyword finds an e-mail address", async () => {
    expect(await found(SEEDED.email)).toEqual([SEEDED.email]);
  });

  test("a decomposed keyword finds what the composed one finds", async () => {
    const composed = "Mỹ phẩm".normalize("NFC");
    const decomposed = composed.normalize("NFD");
    expect(decomposed).not.toBe(composed);
    const tenants = await found(composed);
    expect(tenants).toContain(SEEDED.email);
    expect(await found(decomposed)).toEqual(tenants);
  });

  test("a keyword that is nowhere finds nothing", async () => {
    const list = await omi.tenants.list({ keyword: "không-có-ai-tên-này" });
    expect(list).toMatchObject({ items: [], total_items: 0, total_pages: 0, has_next: false });
    expect(await found("không-có-ai-tên-này")).toEqual([]);
  });

  test("a partner sees its own tenants only", async () => {
    const other = await connected({ token: await signIn(EMPTY_KEY) });
    expect(await all(other.tenants.list())).toEqual([]);
  });

  test("awaited it is one page, iterated every tenant, by pages every page", async () => {
    const first = await omi.tenants.list({ size: 50 });
    expect(await requests()).toEqual({ [LIST]: 1 });

    const tenants = await all(omi.tenants.list({ size: 50 }));
    expect(tenants).toHaveLength(SEEDED.total);
    expect(new Set(tenants.map((tenant) => tenant.id)).size).toBe(SEEDED.total);
    expect(tenants.slice(0, 50)).toEqual(first.items);
    expect(await requests()).toEqual({ [LIST]: 4 });

    const pages = await all(omi.tenants.list({ size: 50 }).pages());
    expect(pages.map(({ page_number, items }) => [page_number, items.length])).toEqual([
      [1, 50],
      [2, 50],
      [3, 20],
    ]);
    expect(pages.flatMap(({ items }) => items)).toEqual(tenants);
    expect(await requests()).toEqual({ [LIST]: 7 });
  });

  test("an iteration starts at the page that was asked for", async () => {
    const pages = await all(omi.tenants.list({ page: 2, size: 50 }).pages());
    expect(pages.map((list) => list.page_number)).toEqual([2, 3]);
    expect(await all(omi.tenants.list({ page: 2, size: 50 }))).toHaveLength(70);
  });

  test.each([
    [1, 1],
    [10, 1],
    [11, 2],
  ])("leaving the loop at tenant %i sends %i requests", async (last, sent) => {
    const seen: TenantSummary[] = [];
    for await (const tenant of omi.tenants.list({ size: 10 })) {
      seen.push(tenant);
      if (seen.length === last) break;
    }
    await omi.request("GET", "/api/partner/me");
    expect(await requests()).toEqual({ [LIST]: sent, [ME]: 1 });
  });

  test("leaving a loop over pages sends nothing more", async () => {
    for await (const { page_number } of omi.tenants.list({ size: 10 }).pages()) if (page_number === 2) break;
    await omi.request("GET", "/api/partner/me");
    expect(await requests()).toEqual({ [LIST]: 2, [ME]: 1 });
  });

  test("nothing is sent until it is awaited", async () => {
    const pager = omi.tenants.list();
    const pages = pager.pages();
    const tenants = pager[Symbol.asyncIterator]();
    await omi.request("GET", "/api/partner/me");
    expect(await requests()).toEqual({ [ME]: 1 });
    expect((await pager).items).toHaveLength(50);
    expect(await requests()).toEqual({ [ME]: 1, [LIST]: 1 });
    await pages[Symbol.asyncIterator]().next();
    await tenants.next();
    expect(await requests()).toEqual({ [ME]: 1, [LIST]: 3 });
  });
});

describe("get", () => {
  test("every documented field of a tenant", async () => {
    const tenant = await omi.tenants.get(SEEDED.id);
    const { payload } = await raw<Tenant>(`/api/partner/tenant/info?id=${SEEDED.id}`);
    expect(tenant).toEqual(payload);
    expect(tenant).toEqual({
      full_name: SEEDED.fullName,
      email: SEEDED.email,
      description: expect.any(String),
      enabled: true,
      domain: expect.any(String),
      domain_fusion: expect.any(String),
      domain_expire: expect.any(Number),
      effective_date: 1_704_292_354_423,
      expire_date: expect.any(Number),
      phone: expect.stringMatching(/^0\d{9}$/),
      status: "activated",
      paid_type: expect.stringMatching(/^(pre|post)paid$/),
      nation: "vn",
      currency: "VND",
      language: "vi",
      balance: 6_121_176,
      api_key: SEEDED.apiKey,
      public_numbers: expect.any(Array),
      service_package: {
        code_name: expect.any(String),
        service_name: expect.any(String),
        staff_num: expect.any(Number),
        customer_num: expect.any(Number),
        expiry_date: expect.any(Number),
        cashback: expect.any(Number),
      },
    });
    expect(await requests()).toEqual({ [INFO]: 2 });
  });

  test("the hotlines of a tenant", async () => {
    const tenants = await Promise.all(
      (await omi.tenants.list({ size: 20 })).items.map(({ id }) => omi.tenants.get(id)),
    );
    const hotlines = tenants.flatMap((tenant) => tenant.public_numbers ?? []);
    expect(hotlines.length).toBeGreaterThan(0);
    for (const hotline of hotlines) {
      expect(hotline).toEqual({
        number: expect.stringMatching(/^84\d{10}$/),
        provider: expect.any(String),
        expire_date: expect.any(Number),
        status: expect.stringMatching(/^(in)?active$/),
      });
    }
  });

  test("the very object, with what nobody documented still on it", async () => {
    const payload = {
      balance: 0,
      full_name: "A",
      shard: null,
      quota: { calls: [1, 2, { deep: "x" }], limit: 9_007_199_254_740_991 },
      service_package: { code_name: "omi_2027", perks: ["a"] },
    };
    const response = done({});
    Object.defineProperty(response, "json", { value: async () => ({ status_code: 9999, payload }) });
    const client = await offline(recording(() => response));
    expect(await client.tenants.get("a1")).toBe(payload);
    const plain = await offline(recording(() => done(payload)));
    expect(await plain.tenants.get("a1")).toEqual(payload);
  });

  test("what it has only once active is left out before", async () => {
    const { id } = await omi.tenants.create(newTenant());
    const tenant = await omi.tenants.get(id);
    expect(tenant.status).toBe("not_activated");
    expect(tenant).not.toHaveProperty("domain");
    expect(tenant.effective_date).toBeUndefined();
  });

  test("an unknown tenant, and another partner's", async () => {
    const expected = { code: "tenant_not_found", endpoint: INFO, httpStatus: 200, attempts: 1 };
    expect(await rejection(omi.tenants.get("000000000000000000000000"), ApiError)).toMatchObject(expected);
    const other = await connected({ token: await signIn(EMPTY_KEY) });
    expect(await rejection(other.tenants.get(SEEDED.id), ApiError)).toMatchObject(expected);
  });

  test.each(["a", "65956ff9e7b4d67bdfc1bd77", "tenant_1", "vn:hcm-7", "1.2"])(
    "the id %s is sent as it is",
    async (id) => {
      const net = recording(() => done({}));
      const client = await offline(net);
      await client.tenants.get(id);
      const url = new URL(net.sent[0]?.url ?? "");
      expect(url.pathname).toBe("/api/partner/tenant/info");
      expect([...url.searchParams]).toEqual([["id", id]]);
    },
  );
});

describe("topUp", () => {
  test.each([
    ["SPK", "SPK", 0, 500_000],
    ["NORMAL", "NORMAL", 500_000, 0],
    ["", "NORMAL", 500_000, 0],
    [undefined, "NORMAL", 500_000, 0],
  ] as const)("wallet %o: booked once under %s", async (wallet, booked, charged, service) => {
    const before = await books(SEEDED.email);
    const params: TopUpParams = wallet === undefined ? newTopUp() : newTopUp({ wallet });
    const { payload } = await omi.tenants.topUp(params);

    const after = await books(SEEDED.email);
    expect(after.balance - before.balance).toBe(charged);
    expect(after.service_balance - before.service_balance).toBe(service);
    expect(after.top_ups).toEqual([
      { amount: 500_000, wallet: booked, description: DESCRIPTION, at: expect.any(Number) },
    ]);
    expect(await requests()).toEqual({ [UPDATE_BALANCE]: 1 });
    const balance = wallet === "SPK" ? after.service_balance : after.balance;
    expect(payload).toEqual({ email: SEEDED.email, amount: 500_000, wallet: booked, balance });
  });

  test.each([{ wallet: "SPK" }, { wallet: "NORMAL" }, { wallet: "" }, {}] as const)(
    "sends what it was given: %o",
    async (wallet) => {
      const net = recording(() => done(null));
      const client = await offline(net);
      const params = newTopUp(wallet);
      expect(await client.tenants.topUp(params)).toEqual({ payload: null });
      expect(net.sent.map(({ method, url }) => [method, url])).toEqual([
        ["POST", "https://api.example.com/api/partner/tenant/update_balance"],
      ]);
      expect(await net.sent[0]?.json()).toEqual(params);
    },
  );

  test.each([10_000, 10_001, 9_007_199_254_740_991])("the amount %i arrives exactly", async (amount) => {
    const net = recording(() => done({ any: ["thing"] }));
    const client = await offline(net);
    expect(await client.tenants.topUp(newTopUp({ amount }))).toEqual({ payload: { any: ["thing"] } });
    expect(await net.sent[0]?.text()).toContain(`"amount":${amount},`);
  });

  test("two different top-ups are two", async () => {
    await omi.tenants.topUp(newTopUp({ amount: 10_000 }));
    await omi.tenants.topUp(newTopUp({ amount: 20_000 }));
    expect((await books(SEEDED.email)).top_ups.map(({ amount }) => amount)).toEqual([10_000, 20_000]);
  });
});

describe("waitUntilActive", () => {
  test("resolves to the tenant once it is active", async () => {
    const { id } = await omi.tenants.create(newTenant({ isAutoActive: true }));
    const progress: ActivationProgress[] = [];
    const tenant = await omi.tenants.waitUntilActive(id, { intervalMs: 50, onProgress: (p) => progress.push(p) });
    expect(tenant).toMatchObject({ status: "activated", domain: expect.any(String) });
    expect(tenant).toEqual(await omi.tenants.get(id));

    expect(progress.length).toBeGreaterThan(0);
    for (const step of progress) expect(step).toEqual({ status: "not_activated", elapsedMs: expect.any(Number) });
    const elapsed = progress.map((step) => step.elapsedMs);
    expect(elapsed).toEqual([...elapsed].sort((a, b) => a - b));
    // One look for each progress, one that found it active, and the one above.
    expect(await requests()).toEqual({ [ADD]: 1, [INFO]: progress.length + 2 });
  });

  test("looks once at a tenant that is active", async () => {
    const progress: ActivationProgress[] = [];
    const tenant = await omi.tenants.waitUntilActive(SEEDED.id, { onProgress: (p) => progress.push(p) });
    expect(tenant.status).toBe("activated");
    expect(progress).toEqual([]);
    expect(await requests()).toEqual({ [INFO]: 1 });
  });

  test("gives up at the deadline", async () => {
    const { id } = await omi.tenants.create(newTenant());
    const net = passing();
    const client = await connected({ fetch: net.fetch });
    const wait = client.tenants.waitUntilActive(id, { deadlineMs: 200, intervalMs: 20 });
    const error = await rejection(wait, TimeoutError);
    expect(error).toMatchObject({ name: "TimeoutError", code: "timeout", retryable: true, endpoint: INFO });
    expect(error.attempts).toBe(net.sent.length);
    expect(net.sent.length).toBeGreaterThan(0);
  });

  test("the deadline also ends a look that is under way", async () => {
    const client = await offline(recording(() => new Promise<Response>(() => {})));
    await rejection(client.tenants.waitUntilActive("a1", { deadlineMs: 100 }), TimeoutError);
  });

  test("ends when the caller aborts", async () => {
    const { id } = await omi.tenants.create(newTenant());
    const controller = new AbortController();
    const reason = new Error("left the page");
    const wait = omi.tenants.waitUntilActive(id, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    const error = await rejection(wait, AbortError);
    expect(error).toMatchObject({ name: "AbortError", code: "aborted", retryable: false });
    expect(error.cause).toBe(reason);
    expect(await requests()).toEqual({ [ADD]: 1, [INFO]: 1 });
  });

  test("says so when there is no such tenant", async () => {
    const wait = omi.tenants.waitUntilActive("000000000000000000000000");
    expect(await rejection(wait, ApiError)).toMatchObject({ code: "tenant_not_found", attempts: 1 });
  });

  test("goes on while the status is missing, null or new", async () => {
    const statuses = [{}, { status: null }, { status: "provisioning_2027" }, { status: "activated" }];
    const client = await offline(recording((_, index) => done(statuses[index])));
    const seen: (string | undefined)[] = [];
    const options = { intervalMs: 1, onProgress: (p: ActivationProgress) => seen.push(p.status) };
    expect(await client.tenants.waitUntilActive("a1", options)).toEqual({ status: "activated" });
    expect(seen).toEqual([undefined, undefined, "provisioning_2027"]);
  });
});

describe("request", () => {
  test("GET: the partner itself", async () => {
    expect(await omi.request("GET", "/api/partner/me")).toEqual({
      full_name: expect.any(String),
      email: "partner@example.com",
      description: expect.any(String),
      enabled: true,
      status: "activated",
      paid_type: "prepaid",
      nation: "vn",
      currency: "VND",
      language: "vi",
      balance: 250_000_000,
    });
    expect(await requests()).toEqual({ [ME]: 1 });
  });

  test("GET with a query: a token for a key, with which one may call", async () => {
    interface Token {
      access_token: string;
      access_type: string;
      token_type: string;
    }
    const token = await omi.request<Token>("GET", "/api/auth", { query: { apiKey: EMPTY_KEY } });
    expect(token).toEqual({ access_token: expect.any(String), access_type: "bussiness", token_type: "Bearer" });
    const other = await connected({ token: token.access_token });
    expect(await other.request("GET", "/api/partner/me")).toMatchObject({ email: "empty@example.com" });

    const tenant = await omi.request<Token>("GET", "/api/auth", { query: { apiKey: SEEDED.apiKey } });
    expect(tenant.access_type).toBe("normal");
  });

  test("POST with query and body: the list once more", async () => {
    const init = { query: { page: 2, size: 7 }, body: { keyword: "cong ty" } };
    const list = await omi.request<TenantPage>("POST", "/api/partner/tenant/list", init);
    expect(list).toEqual(await omi.tenants.list({ page: 2, size: 7, keyword: "cong ty" }));
    expect(list.items).toHaveLength(7);
  });

  test("a query is encoded", async () => {
    const net = recording(() => done(null));
    const client = await offline(net);
    const query = { name: "Đại & Phát=1/2?#+% ", active: true, size: 10, rate: 0.5, "a b": "" };
    expect(await client.request("GET", "/api/x", { query })).toBeNull();
    const url = new URL(net.sent[0]?.url ?? "");
    expect(url.origin + url.pathname).toBe("https://api.example.com/api/x");
    expect(url.hash).toBe("");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      name: query.name,
      active: "true",
      size: "10",
      rate: "0.5",
      "a b": "",
    });
  });

  test.each([[{ a: [1, null, "đ"] }], [[1, 2]], ["text"], [0], [false], [null]])(
    "the body %o is sent as JSON",
    async (body) => {
      const net = recording(() => done("ok"));
      const client = await offline(net);
      expect(await client.request("POST", "/api/x", { body })).toBe("ok");
      expect(net.sent[0]?.headers.get("content-type")).toMatch(/^application\/json\b/);
      expect(await net.sent[0]?.text()).toBe(JSON.stringify(body));
    },
  );

  test("a POST may go without a body", async () => {
    const net = recording(() => done("ok"));
    const client = await offline(net);
    expect(await client.request("POST", "/api/x")).toBe("ok");
    expect(net.sent[0]?.method).toBe("POST");
    expect(await net.sent[0]?.text()).toBe("");
  });

  test("an endpoint that does not exist", async () => {
    const error = await rejection(omi.request("GET", "/api/partner/nothing"), ApiError);
    expect(error).toMatchObject({ name: "ApiError", code: "http_404", httpStatus: 404, retryable: false, attempts: 1 });
    expect(error.endpoint).toBe("GET /api/partner/nothing");
    await rejection(omi.request("POST", "/api/partner/nothing", { body: {} }), ApiError);
  });
});

test("the passwords of tests are good ones, and nothing went past the recorder", async () => {
  const net = passing();
  const client = await connected({ fetch: net.fetch });
  await client.tenants.create(newTenant({ password: PASSWORD }));
  expect(net.sent.map(({ url }) => url)).toEqual([`${SANDBOX}/api/partner/tenant/add`]);
  expect(await requests()).toEqual({ [ADD]: 1 });
});
