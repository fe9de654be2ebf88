// Every endpoint with every parameter, checked against the data stored by the sandbox.
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
  collect,
  storedTenant,
  sandboxClient,
  DESCRIPTION,
  success,
  EMPTY_KEY,
  INFO,
  LIST,
  ME,
  newTenant,
  newTopUp,
  stubbedClient,
  passThroughFetch,
  PASSWORD,
  rawRequest,
  recordingFetch,
  rejection,
  requestCounts,
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
  omi = await sandboxClient();
});

describe("create", () => {
  test.each([{ isAutoActive: true }, { isAutoActive: false }, {}])("the tenant is stored: %o", async (active) => {
    const params = newTenant(active);
    const { id } = await omi.tenants.create(params);
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(await storedTenant(params.email)).toEqual({
      id,
      email: params.email,
      status: "not_activated",
      enabled: true,
      balance: 0,
      service_balance: 0,
      top_ups: [],
      purchases: [],
    });
    expect(await requestCounts()).toEqual({ [ADD]: 1 });
    expect(await tenantCount()).toBe(SEEDED.total + 1);

    expect(await omi.tenants.get(id)).toMatchObject({
      full_name: params.fullName,
      email: params.email,
      phone: params.phone,
    });
    const [summary] = await collect(omi.tenants.list({ keyword: params.email }));
    expect(summary).toMatchObject({ id, owner_name: params.ownerName });
  });

  test.each([{ isAutoActive: false }, {}])("without isAutoActive the tenant stays inactive: %o", async (active) => {
    const params = newTenant(active);
    const { id } = await omi.tenants.create(params);
    // Three times the maximum that the sandbox takes to activate a tenant.
    await rejection(omi.tenants.waitUntilActive(id, { deadlineMs: 1800, intervalMs: 300 }), TimeoutError);
    expect(await storedTenant(params.email)).toMatchObject({ status: "not_activated" });
  });

  test.each([{ isAutoActive: true }, { isAutoActive: false }, {}])(
    "sends its parameters unchanged: %o",
    async (active) => {
      const net = recordingFetch(() => success({ id: "a1" }));
      const params = newTenant(active);
      const client = await stubbedClient(net);
      expect(await client.tenants.create(params)).toEqual({ id: "a1" });
      expect(net.sent.map(({ method, url }) => [method, url])).toEqual([
        ["POST", "https://api.example.com/api/partner/tenant/add"],
      ]);
      expect(await net.sent[0]?.json()).toEqual(params);
    },
  );

  test("normalizes names to NFC, but not the password", async () => {
    const net = recordingFetch(() => success({ id: "a1" }));
    const client = await stubbedClient(net);
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

  test("keeps additional fields of the payload", async () => {
    const net = recordingFetch(() => success({ id: "a1", node: { region: "hcm" } }));
    const client = await stubbedClient(net);
    expect(await client.tenants.create(newTenant())).toEqual({ id: "a1", node: { region: "hcm" } });
  });
});

describe("list", () => {
  test("returns the first 50 tenants by default", async () => {
    const list = await omi.tenants.list();
    const { items, ...pageInfo } = list;
    expect(pageInfo).toEqual({
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
    expect(await requestCounts()).toEqual({ [LIST]: 1 });
    const { payload } = await rawRequest<TenantPage>("/api/partner/tenant/list?page=1&size=50", {
      body: { keyword: "" },
    });
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
    const net = recordingFetch(() => success({ items: [] }));
    const client = await stubbedClient(net);
    await client.tenants.list(params as Parameters<typeof client.tenants.list>[0]);
    expect(net.sent[0]?.url).toBe(`https://api.example.com/api/partner/tenant/list${query}`);
    expect(await net.sent[0]?.json()).toEqual({ keyword: keyword.normalize("NFC") });
  });

  test("page and size select a part", async () => {
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

  const emailsFor = async (keyword: string) =>
    (await collect(omi.tenants.list({ keyword }))).map((tenant) => tenant.email);

  test("a keyword without diacritics finds names with diacritics", async () => {
    const tenants = await collect(omi.tenants.list({ keyword: "my pham thanh cong" }));
    expect(tenants.map((tenant) => tenant.id)).toContain(SEEDED.id);
    for (const { full_name } of tenants) expect(full_name).toContain("Mỹ phẩm Thành Công");
  });

  test("a keyword finds an e-mail address", async () => {
    expect(await emailsFor(SEEDED.email)).toEqual([SEEDED.email]);
  });

  test("a decomposed keyword finds the same tenants as the composed one", async () => {
    const composed = "Mỹ phẩm".normalize("NFC");
    const decomposed = composed.normalize("NFD");
    expect(decomposed).not.toBe(composed);
    const tenants = await emailsFor(composed);
    expect(tenants).toContain(SEEDED.email);
    expect(await emailsFor(decomposed)).toEqual(tenants);
  });

  test("a keyword without a match finds nothing", async () => {
    const list = await omi.tenants.list({ keyword: "không-có-ai-tên-này" });
    expect(list).toMatchObject({ items: [], total_items: 0, total_pages: 0, has_next: false });
    expect(await emailsFor("không-có-ai-tên-này")).toEqual([]);
  });

  test("a partner sees only its own tenants", async () => {
    const other = await sandboxClient({ token: await signIn(EMPTY_KEY) });
    expect(await collect(other.tenants.list())).toEqual([]);
  });

  test("await gives one page, iteration every tenant, pages() every page", async () => {
    const first = await omi.tenants.list({ size: 50 });
    expect(await requestCounts()).toEqual({ [LIST]: 1 });

    const tenants = await collect(omi.tenants.list({ size: 50 }));
    expect(tenants).toHaveLength(SEEDED.total);
    expect(new Set(tenants.map((tenant) => tenant.id)).size).toBe(SEEDED.total);
    expect(tenants.slice(0, 50)).toEqual(first.items);
    expect(await requestCounts()).toEqual({ [LIST]: 4 });

    const pages = await collect(omi.tenants.list({ size: 50 }).pages());
    expect(pages.map(({ page_number, items }) => [page_number, items.length])).toEqual([
      [1, 50],
      [2, 50],
      [3, 20],
    ]);
    expect(pages.flatMap(({ items }) => items)).toEqual(tenants);
    expect(await requestCounts()).toEqual({ [LIST]: 7 });
  });

  test("an iteration starts at the requested page", async () => {
    const pages = await collect(omi.tenants.list({ page: 2, size: 50 }).pages());
    expect(pages.map((list) => list.page_number)).toEqual([2, 3]);
    expect(await collect(omi.tenants.list({ page: 2, size: 50 }))).toHaveLength(70);
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
    expect(await requestCounts()).toEqual({ [LIST]: sent, [ME]: 1 });
  });

  test("leaving a loop over pages sends no further request", async () => {
    for await (const { page_number } of omi.tenants.list({ size: 10 }).pages()) if (page_number === 2) break;
    await omi.request("GET", "/api/partner/me");
    expect(await requestCounts()).toEqual({ [LIST]: 2, [ME]: 1 });
  });

  test("no request is sent until the list is awaited or iterated", async () => {
    const pager = omi.tenants.list();
    const pages = pager.pages();
    const tenants = pager[Symbol.asyncIterator]();
    await omi.request("GET", "/api/partner/me");
    expect(await requestCounts()).toEqual({ [ME]: 1 });
    expect((await pager).items).toHaveLength(50);
    expect(await requestCounts()).toEqual({ [ME]: 1, [LIST]: 1 });
    await pages[Symbol.asyncIterator]().next();
    await tenants.next();
    expect(await requestCounts()).toEqual({ [ME]: 1, [LIST]: 3 });
  });
});

describe("get", () => {
  test("returns every documented field of a tenant", async () => {
    const tenant = await omi.tenants.get(SEEDED.id);
    const { payload } = await rawRequest<Tenant>(`/api/partner/tenant/info?id=${SEEDED.id}`);
    expect(tenant).toEqual(payload);
    expect(tenant).toEqual({
      full_name: SEEDED.fullName,
      email: SEEDED.email,
      description: expect.any(String),
      enabled: true,
      domain: expect.any(String),
      domain_fusion: expect.any(String),
      domain_expire: expect.any(Number),
      effective_date: expect.any(Number),
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
    expect(await requestCounts()).toEqual({ [INFO]: 2 });
  });

  test("returns the hotlines of a tenant", async () => {
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

  test("returns the same object that the response contained, with undocumented fields", async () => {
    const payload = {
      balance: 0,
      full_name: "A",
      shard: null,
      quota: { calls: [1, 2, { deep: "x" }], limit: 9_007_199_254_740_991 },
      service_package: { code_name: "omi_2027", perks: ["a"] },
    };
    const response = success({});
    Object.defineProperty(response, "json", { value: async () => ({ status_code: 9999, payload }) });
    const client = await stubbedClient(recordingFetch(() => response));
    expect(await client.tenants.get("a1")).toBe(payload);
    const plain = await stubbedClient(recordingFetch(() => success(payload)));
    expect(await plain.tenants.get("a1")).toEqual(payload);
  });

  test("fields that only active tenants have are absent before activation", async () => {
    const { id } = await omi.tenants.create(newTenant());
    const tenant = await omi.tenants.get(id);
    expect(tenant.status).toBe("not_activated");
    expect(tenant).not.toHaveProperty("domain");
    expect(tenant.effective_date).toBeUndefined();
  });

  test("an unknown tenant, and a tenant of another partner", async () => {
    const expected = { code: "tenant_not_found", endpoint: INFO, httpStatus: 200, attempts: 1 };
    expect(await rejection(omi.tenants.get("000000000000000000000000"), ApiError)).toMatchObject(expected);
    const other = await sandboxClient({ token: await signIn(EMPTY_KEY) });
    expect(await rejection(other.tenants.get(SEEDED.id), ApiError)).toMatchObject(expected);
  });

  test.each(["a", "65956ff9e7b4d67bdfc1bd77", "tenant_1", "vn:hcm-7", "1.2"])(
    "the id %s is sent unchanged",
    async (id) => {
      const net = recordingFetch(() => success({}));
      const client = await stubbedClient(net);
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
  ] as const)("wallet %o: stored once under %s", async (wallet, storedWallet, charged, service) => {
    const before = await storedTenant(SEEDED.email);
    const params: TopUpParams = wallet === undefined ? newTopUp() : newTopUp({ wallet });
    const { payload } = await omi.tenants.topUp(params);

    const after = await storedTenant(SEEDED.email);
    expect(after.balance - before.balance).toBe(charged);
    expect(after.service_balance - before.service_balance).toBe(service);
    expect(after.top_ups).toEqual([
      { amount: 500_000, wallet: storedWallet, description: DESCRIPTION, at: expect.any(Number) },
    ]);
    expect(await requestCounts()).toEqual({ [UPDATE_BALANCE]: 1 });
    const balance = wallet === "SPK" ? after.service_balance : after.balance;
    expect(payload).toEqual({ email: SEEDED.email, amount: 500_000, wallet: storedWallet, balance });
  });

  test.each([{ wallet: "SPK" }, { wallet: "NORMAL" }, { wallet: "" }, {}] as const)(
    "sends its parameters unchanged: %o",
    async (wallet) => {
      const net = recordingFetch(() => success(null));
      const client = await stubbedClient(net);
      const params = newTopUp(wallet);
      expect(await client.tenants.topUp(params)).toEqual({ payload: null });
      expect(net.sent.map(({ method, url }) => [method, url])).toEqual([
        ["POST", "https://api.example.com/api/partner/tenant/update_balance"],
      ]);
      expect(await net.sent[0]?.json()).toEqual(params);
    },
  );

  test.each([10_000, 10_001, 9_007_199_254_740_991])("the amount %i is sent exactly", async (amount) => {
    const net = recordingFetch(() => success({ any: ["thing"] }));
    const client = await stubbedClient(net);
    expect(await client.tenants.topUp(newTopUp({ amount }))).toEqual({ payload: { any: ["thing"] } });
    expect(await net.sent[0]?.text()).toContain(`"amount":${amount},`);
  });

  test("two different top-ups are both executed", async () => {
    await omi.tenants.topUp(newTopUp({ amount: 10_000 }));
    await omi.tenants.topUp(newTopUp({ amount: 20_000 }));
    expect((await storedTenant(SEEDED.email)).top_ups.map(({ amount }) => amount)).toEqual([10_000, 20_000]);
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
    // One request for each progress report, one that found the tenant active, and the `get` above.
    expect(await requestCounts()).toEqual({ [ADD]: 1, [INFO]: progress.length + 2 });
  });

  test("sends one request for a tenant that is active", async () => {
    const progress: ActivationProgress[] = [];
    const tenant = await omi.tenants.waitUntilActive(SEEDED.id, { onProgress: (p) => progress.push(p) });
    expect(tenant.status).toBe("activated");
    expect(progress).toEqual([]);
    expect(await requestCounts()).toEqual({ [INFO]: 1 });
  });

  test("rejects at the deadline", async () => {
    const { id } = await omi.tenants.create(newTenant());
    const net = passThroughFetch();
    const client = await sandboxClient({ fetch: net.fetch });
    const wait = client.tenants.waitUntilActive(id, { deadlineMs: 200, intervalMs: 20 });
    const error = await rejection(wait, TimeoutError);
    expect(error).toMatchObject({ name: "TimeoutError", code: "timeout", retryable: true, endpoint: INFO });
    expect(error.attempts).toBe(net.sent.length);
    expect(net.sent.length).toBeGreaterThan(0);
  });

  test("the deadline also ends a request in flight", async () => {
    const client = await stubbedClient(recordingFetch(() => new Promise<Response>(() => {})));
    await rejection(client.tenants.waitUntilActive("a1", { deadlineMs: 100 }), TimeoutError);
  });

  test("rejects when the caller aborts", async () => {
    const { id } = await omi.tenants.create(newTenant());
    const controller = new AbortController();
    const reason = new Error("The user left the page.");
    const wait = omi.tenants.waitUntilActive(id, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    const error = await rejection(wait, AbortError);
    expect(error).toMatchObject({ name: "AbortError", code: "aborted", retryable: false });
    expect(error.cause).toBe(reason);
    expect(await requestCounts()).toEqual({ [ADD]: 1, [INFO]: 1 });
  });

  test("rejects for an unknown tenant", async () => {
    const wait = omi.tenants.waitUntilActive("000000000000000000000000");
    expect(await rejection(wait, ApiError)).toMatchObject({ code: "tenant_not_found", attempts: 1 });
  });

  test("continues while the status is absent, null or unknown", async () => {
    const statuses = [{}, { status: null }, { status: "provisioning_2027" }, { status: "activated" }];
    const client = await stubbedClient(recordingFetch((_, index) => success(statuses[index])));
    const seen: (string | undefined)[] = [];
    const options = { intervalMs: 1, onProgress: (p: ActivationProgress) => seen.push(p.status) };
    expect(await client.tenants.waitUntilActive("a1", options)).toEqual({ status: "activated" });
    expect(seen).toEqual([undefined, undefined, "provisioning_2027"]);
  });
});

describe("request", () => {
  test("GET: the partner's account", async () => {
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
    expect(await requestCounts()).toEqual({ [ME]: 1 });
  });

  test("GET with a query: an access token for an API key", async () => {
    interface Token {
      access_token: string;
      access_type: string;
      token_type: string;
    }
    const token = await omi.request<Token>("GET", "/api/auth", { query: { apiKey: EMPTY_KEY } });
    expect(token).toEqual({ access_token: expect.any(String), access_type: "bussiness", token_type: "Bearer" });
    const other = await sandboxClient({ token: token.access_token });
    expect(await other.request("GET", "/api/partner/me")).toMatchObject({ email: "empty@example.com" });

    const tenant = await omi.request<Token>("GET", "/api/auth", { query: { apiKey: SEEDED.apiKey } });
    expect(tenant.access_type).toBe("normal");
  });

  test("POST with query and body: the same result as list", async () => {
    const init = { query: { page: 2, size: 7 }, body: { keyword: "cong ty" } };
    const list = await omi.request<TenantPage>("POST", "/api/partner/tenant/list", init);
    expect(list).toEqual(await omi.tenants.list({ page: 2, size: 7, keyword: "cong ty" }));
    expect(list.items).toHaveLength(7);
  });

  test("query parameters are encoded", async () => {
    const net = recordingFetch(() => success(null));
    const client = await stubbedClient(net);
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
      const net = recordingFetch(() => success("ok"));
      const client = await stubbedClient(net);
      expect(await client.request("POST", "/api/x", { body })).toBe("ok");
      expect(net.sent[0]?.headers.get("content-type")).toMatch(/^application\/json\b/);
      expect(await net.sent[0]?.text()).toBe(JSON.stringify(body));
    },
  );

  test("a POST may have no body", async () => {
    const net = recordingFetch(() => success("ok"));
    const client = await stubbedClient(net);
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

test("the test password is valid, and every request goes through the injected fetch", async () => {
  const net = passThroughFetch();
  const client = await sandboxClient({ fetch: net.fetch });
  await client.tenants.create(newTenant({ password: PASSWORD }));
  expect(net.sent.map(({ url }) => url)).toEqual([`${SANDBOX}/api/partner/tenant/add`]);
  expect(await requestCounts()).toEqual({ [ADD]: 1 });
});
