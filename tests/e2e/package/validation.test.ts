// Invalid arguments are rejected before anything is sent, with all validation issues at once and the server's own codes.
import { connect, ValidationError } from "omicall-partner";
import type { CallOptions, ClientOptions, CreateTenantParams, ListTenantsParams, PartnerClient } from "omicall-partner";
import type { TopUpParams, WaitOptions } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  collect,
  respondingFetch,
  storedTenant,
  sandboxClient,
  success,
  issueCodes,
  newTenant,
  newTopUp,
  stubbedClient,
  passThroughFetch,
  PASSWORD,
  rawRequest,
  rejection,
  requestCounts,
  reset,
  SANDBOX,
  SEEDED,
} from "./support";
import type { Recorder } from "./support";

let net: Recorder;
let omi: PartnerClient;
let vietnamese: PartnerClient;

beforeEach(async () => {
  await reset();
  net = passThroughFetch();
  omi = await sandboxClient({ fetch: net.fetch });
  vietnamese = await sandboxClient({ fetch: net.fetch, language: "vi" });
});

const NOTHING_SENT = "nothing was sent";

/** Expects that the call rejects with exactly these issues, `field: code`, and that nothing is sent. */
async function expectIssues(call: (omi: PartnerClient) => PromiseLike<unknown>, expected: string[]) {
  const before = await requestCounts();
  const messages: string[][] = [];
  for (const client of [omi, vietnamese]) {
    const error = await rejection(call(client), ValidationError);
    expect(error).toMatchObject({ name: "ValidationError", code: "validation", attempts: 0, retryable: false });
    expect(issueCodes(error)).toEqual([...expected].sort());
    for (const issue of error.issues) {
      expect(issue.message).not.toBe("");
      expect(error.message).toContain(issue.message);
    }
    messages.push(error.issues.map((issue) => issue.message));
  }
  const [englishMessages = [], vietnameseMessages = []] = messages;
  englishMessages.forEach((message, index) => expect(message).not.toBe(vietnameseMessages[index]));
  expect(net.sent, NOTHING_SENT).toEqual([]);
  expect(await requestCounts(), NOTHING_SENT).toEqual(before);
}

/** A value that TypeScript would not allow, as JavaScript callers may pass it. */
const untyped = <T>(value: unknown) => value as T;

describe("create", () => {
  const create = (params: unknown) => (client: PartnerClient) =>
    client.tenants.create(untyped<CreateTenantParams>(params));

  /** The server's error code for these values, which the issue must have. */
  const serverCode = async (body: unknown) => (await rawRequest("/api/partner/tenant/add", { body })).message;

  const invalid: [field: keyof CreateTenantParams, value: unknown, code: string][] = [
    ...["email", "password", "fullName", "ownerName", "phone"].flatMap((field) =>
      ["", undefined, null, 5, {}, []].map(
        (value) => [field, value, "request_invalid"] as [keyof CreateTenantParams, unknown, string],
      ),
    ),
    ...["lan", "lan@", "@example.com", "lan@@example.com", "lan hoang@example.com", "lan@exam ple.com"].map(
      (email) => ["email", email, "email_invalid"] as [keyof CreateTenantParams, unknown, string],
    ),
    ...["lan@example.com\n", " lan@example.com", "lan@.example.com", "lan@example.com."].map(
      (email) => ["email", email, "email_invalid"] as [keyof CreateTenantParams, unknown, string],
    ),
    ["password", "Abcde1!", "password_invalid"],
    ["password", "abcdefg1!", "password_invalid"],
    ["password", "ABCDEFG1!", "password_invalid"],
    ["password", "Abcdefgh!", "password_invalid"],
    ["password", "Abcdefg1", "password_invalid"],
    ["password", "a", "password_invalid"],
    ["fullName", "a".repeat(255), "request_invalid"],
    ["ownerName", "a".repeat(255), "request_invalid"],
    ["fullName", "ệ".repeat(255), "request_invalid"],
    ["fullName", "😀".repeat(128), "request_invalid"],
    ["isAutoActive", "true", "request_invalid"],
    ["isAutoActive", 1, "request_invalid"],
  ];

  test.each(invalid)("%s %o: %s, the server's code", async (field, value, code) => {
    const params = { ...newTenant(), [field]: value };
    expect(await serverCode(params)).toBe(code);
    await expectIssues(create(params), [`${field}: ${code}`]);
  });

  test("each violated rule of a password has its own message", async () => {
    const messages = new Set<string>();
    for (const password of ["Abcde1!", "abcdefg1!", "ABCDEFG1!", "Abcdefgh!", "Abcdefg1"]) {
      const error = await rejection(omi.tenants.create(newTenant({ password })), ValidationError);
      expect(error.issues).toHaveLength(1);
      messages.add(error.issues[0]?.message ?? "");
    }
    expect(messages.size).toBe(5);
  });

  test.each([
    ["254 letters", "a".repeat(254)],
    ["254 composed letters", "ệ".normalize("NFC").repeat(254)],
    ["254 letters, decomposed", "ệ".normalize("NFD").repeat(254)],
    ["127 emoji", "😀".repeat(127)],
  ])("names of %s are accepted", async (_name, name) => {
    const params = newTenant({ fullName: name, ownerName: name });
    const { id } = await omi.tenants.create(params);
    expect(await omi.tenants.get(id)).toMatchObject({ full_name: name.normalize("NFC") });
    const [summary] = await collect(omi.tenants.list({ keyword: params.email }));
    expect(summary).toMatchObject({ owner_name: name.normalize("NFC") });
  });

  test.each(["Abcdef1!", "Ab1_____", "Mật khẩu 1", `${PASSWORD}😀`])(
    "the password %s is accepted",
    async (password) => {
      const { id } = await omi.tenants.create(newTenant({ password }));
      expect(id).not.toBe("");
    },
  );

  test("all issues at once", async () => {
    const required = ["email", "password", "fullName", "ownerName", "phone"].map(
      (field) => `${field}: request_invalid`,
    );
    await expectIssues(create({}), required);
    await expectIssues(
      create({
        email: "lan",
        password: "abc",
        fullName: "a".repeat(255),
        ownerName: 5,
        isAutoActive: "no",
        isAutoActiv: true,
        owner_name: "x",
      }),
      [
        "email: email_invalid",
        "password: password_invalid",
        "fullName: request_invalid",
        "ownerName: request_invalid",
        "phone: request_invalid",
        "isAutoActive: request_invalid",
        "isAutoActiv: unknown_parameter",
        "owner_name: unknown_parameter",
      ],
    );
  });

  test("TypeScript reports wrong parameters too", async () => {
    // @ts-expect-error: not a parameter
    const misspelt: CreateTenantParams = { ...newTenant(), isAutoActiv: true };
    await expectIssues((client) => client.tenants.create(misspelt), ["isAutoActiv: unknown_parameter"]);
    // @ts-expect-error: five are required
    await rejection(omi.tenants.create({}), ValidationError);
  });

  test("a parameter that is undefined counts as absent", async () => {
    const recorder = respondingFetch(() => success({ id: "a1" }));
    const params = newTenant();
    await (
      await stubbedClient(recorder)
    ).tenants.create(untyped<CreateTenantParams>({ ...params, isAutoActive: undefined }));
    expect(await recorder.sent[0]?.json()).toEqual(params);
  });

  test("changes of the parameters after the call are not sent", async () => {
    const params = newTenant();
    const { email } = params;
    const created = omi.tenants.create(params);
    params.email = "somebody.else@contract.example";
    const { id } = await created;
    expect(await omi.tenants.get(id)).toMatchObject({ email });
  });

  test.each([["email"], ["password"], ["fullName"], ["ownerName"], ["phone"]])(
    "a lone surrogate in %s",
    async (field) => {
      const text = field === "email" ? "lan\uD800@example.com" : `${PASSWORD}\uD800`;
      await expectIssues(create({ ...newTenant(), [field]: text }), [`${field}: request_invalid`]);
    },
  );

  test.each([[undefined], [null], [[]], ["text"], [5], [true]])("the parameters %o", async (params) => {
    await expectIssues(create(params), [`params: ${(await serverCode(params)) ?? ""}`]);
  });
});

describe("topUp", () => {
  const topUp = (params: unknown) => (client: PartnerClient) => client.tenants.topUp(untyped<TopUpParams>(params));

  const serverCode = async (body: unknown) =>
    (await rawRequest("/api/partner/tenant/update_balance", { body })).message;

  afterEach(async () => {
    const amounts = (await storedTenant(SEEDED.email)).top_ups.map(({ amount }) => amount);
    expect(amounts).toEqual(net.sent.map(() => 10_000));
  });

  const TOO_SHORT = "description_is_to_short.gte_50_characters";

  test.each([
    ["amount", 9_999, "amount_gte_10.000_vnd"],
    ["amount", 9_999.99, "amount_gte_10.000_vnd"],
    ["amount", 0.5, "amount_gte_10.000_vnd"],
    ["amount", 0, "amount_gte_10.000_vnd"],
    ["amount", -1, "amount_gte_10.000_vnd"],
    ["amount", -10_000, "amount_gte_10.000_vnd"],
    ["amount", NaN, "request_invalid"],
    ["amount", Infinity, "request_invalid"],
    ["amount", 1e20, "request_invalid"],
    ["amount", 10_000.5, "request_invalid"],
    ["amount", "10000", "request_invalid"],
    ["amount", null, "request_invalid"],
    ["amount", undefined, "request_invalid"],
    ["amount", [10_000], "request_invalid"],
    ["description", "a".repeat(49), TOO_SHORT],
    ["description", "ệ".normalize("NFC").repeat(49), TOO_SHORT],
    ["description", "😀".repeat(24), TOO_SHORT],
    ["description", "", "description_is_required"],
    ["description", undefined, "description_is_required"],
    ["description", null, "description_is_required"],
    ["description", 5, "request_invalid"],
    ["wallet", "X", "request_invalid"],
    ["wallet", "spk", "request_invalid"],
    ["wallet", 5, "request_invalid"],
    ["email", "", "request_invalid"],
    ["email", undefined, "request_invalid"],
    ["email", 5, "request_invalid"],
  ])("%s %o: %s, the server's code", async (field, value, code) => {
    const params = { ...newTopUp(), [field]: value };
    expect(await serverCode(params)).toBe(code);
    await expectIssues(topUp(params), [`${field}: ${code}`]);
  });

  test("an amount that is a BigInt", async () => {
    await expectIssues(topUp({ ...newTopUp(), amount: 10_000n }), ["amount: request_invalid"]);
  });

  test("a malformed e-mail address", async () => {
    await expectIssues(topUp({ ...newTopUp(), email: "lan" }), ["email: email_invalid"]);
  });

  test("a description that is long enough only in decomposed form", async () => {
    const description = "ệ".normalize("NFD").repeat(49);
    expect(description.length).toBeGreaterThan(50);
    await expectIssues(topUp({ ...newTopUp(), description }), [`description: ${TOO_SHORT}`]);
  });

  test.each([
    ["50 letters", "a".repeat(50)],
    ["50 letters, decomposed", "ệ".normalize("NFD").repeat(50)],
    ["25 emoji", "😀".repeat(25)],
  ])("10,000 VND and %s of description are accepted", async (_name, description) => {
    await omi.tenants.topUp(newTopUp({ amount: 10_000, description }));
    expect((await storedTenant(SEEDED.email)).top_ups).toMatchObject([
      { amount: 10_000, description: description.normalize("NFC") },
    ]);
  });

  test("all issues at once", async () => {
    const required = ["email: request_invalid", "amount: request_invalid", "description: description_is_required"];
    await expectIssues(topUp({}), required);
    await expectIssues(topUp({ email: "lan", amount: 1, description: "x", wallet: "X", walet: "SPK" }), [
      "email: email_invalid",
      "amount: amount_gte_10.000_vnd",
      `description: ${TOO_SHORT}`,
      "wallet: request_invalid",
      "walet: unknown_parameter",
    ]);
  });

  test("a lone surrogate", async () => {
    const description = `${"a".repeat(60)}\uDC00`;
    await expectIssues(topUp({ ...newTopUp(), description }), ["description: request_invalid"]);
  });

  test.each([[undefined], [null], [[]], ["text"], [5]])("the parameters %o", async (params) => {
    await expectIssues(topUp(params), [`params: ${(await serverCode(params)) ?? ""}`]);
  });
});

describe("list", () => {
  const list = (params: unknown) => (client: PartnerClient) => client.tenants.list(untyped<ListTenantsParams>(params));

  test.each([
    ["page", 0],
    ["page", -1],
    ["page", 1.5],
    ["page", NaN],
    ["page", "1"],
    ["page", null],
    ["size", 0],
    ["size", 1.5],
    ["size", Infinity],
    ["size", "50"],
    ["keyword", 5],
    ["keyword", ["omi"]],
    ["keyword", "omi\uD800"],
  ])("%s %o", async (field, value) => {
    await expectIssues(list({ [field]: value }), [`${field}: request_invalid`]);
  });

  test("a list that is not awaited causes no unhandled rejection", () => {
    const pager = list({ page: 0 })(omi);
    expect(pager).toHaveProperty("then");
    pager.pages();
    pager[Symbol.asyncIterator]();
  });

  test("all issues at once, awaited and iterated", async () => {
    const params = { page: 0, size: "x", keyword: 5, pageSize: 10 };
    const expected = [
      "page: request_invalid",
      "size: request_invalid",
      "keyword: request_invalid",
      "pageSize: unknown_parameter",
    ];
    await expectIssues(list(params), expected);
    await expectIssues((client) => collect(list(params)(client)), expected);
    await expectIssues((client) => collect(list(params)(client).pages()), expected);
  });

  test.each([[null], [[]], ["text"], [5]])("the parameters %o", async (params) => {
    await expectIssues(list(params), ["params: request_invalid"]);
  });
});

describe("an id", () => {
  const ids = ["", "a/b", "..", "../x", "a/../b", "a?b", "a&b=c", "a#b", "a b", "a\nb", "a\\b", "%2e%2e", "é", "😀"];

  test.each([...ids, 5, null, undefined, {}, ["a"]])("%o", async (id) => {
    await expectIssues((client) => client.tenants.get(untyped<string>(id)), ["id: request_invalid"]);
    await expectIssues((client) => client.tenants.waitUntilActive(untyped<string>(id)), ["id: request_invalid"]);
  });
});

describe("the options of a call", () => {
  type Call = (client: PartnerClient, options: CallOptions) => PromiseLike<unknown>;
  const calls: [string, Call][] = [
    ["create", (client, options) => client.tenants.create(newTenant(), options)],
    ["list", (client, options) => client.tenants.list({}, options)],
    ["get", (client, options) => client.tenants.get(SEEDED.id, options)],
    ["topUp", (client, options) => client.tenants.topUp(newTopUp(), options)],
    ["waitUntilActive", (client, options) => client.tenants.waitUntilActive(SEEDED.id, options)],
    ["request", (client, options) => client.request("GET", "/api/partner/me", options)],
  ];

  test.each(calls)("of %s", async (_name, call) => {
    const options = untyped<CallOptions>({ timeoutMs: 0, maxRetries: -1, signal: {}, retries: 1 });
    await expectIssues(
      (client) => call(client, options),
      [
        "timeoutMs: request_invalid",
        "maxRetries: request_invalid",
        "signal: request_invalid",
        "retries: unknown_parameter",
      ],
    );
  });

  test.each([
    ["timeoutMs", -1],
    ["timeoutMs", NaN],
    ["timeoutMs", Infinity],
    ["timeoutMs", "5"],
    ["maxRetries", 0.5],
    ["maxRetries", NaN],
    ["maxRetries", "1"],
    ["signal", "now"],
    ["signal", new AbortController()],
  ])("%s %o", async (field, value) => {
    const options = untyped<CallOptions>({ [field]: value });
    await expectIssues((client) => client.tenants.get(SEEDED.id, options), [`${field}: request_invalid`]);
  });

  test.each([
    ["deadlineMs", 0],
    ["deadlineMs", "5"],
    ["intervalMs", -1],
    ["intervalMs", NaN],
    ["onProgress", "log"],
  ])("of a wait: %s %o", async (field, value) => {
    const options = untyped<WaitOptions>({ [field]: value });
    await expectIssues((client) => client.tenants.waitUntilActive(SEEDED.id, options), [`${field}: request_invalid`]);
  });

  test.each([[null], ["text"], [5], [[]]])("%o instead of an object", async (options) => {
    await expectIssues(
      (client) => client.tenants.get(SEEDED.id, untyped<CallOptions>(options)),
      ["options: request_invalid"],
    );
  });

  test("issues of parameters and options together", async () => {
    const call = (client: PartnerClient) => client.tenants.create(newTenant({ email: "lan" }), { timeoutMs: -1 });
    await expectIssues(call, ["email: email_invalid", "timeoutMs: request_invalid"]);
  });
});

describe("request", () => {
  const paths = [
    "",
    "/",
    "api/partner/me",
    "//evil.example/api",
    "/api//me",
    "/api/../me",
    "/api/..",
    "/api/./me",
    "/api/%2e%2e/me",
    "/api/%2E%2E/me",
    "/api/.%2e/me",
    "/api/..%2fme",
    "/api/..%5Cme",
    "/api?x=1",
    "/api#x",
    "/api\\me",
    "\\\\evil.example",
    "/api/partner me",
    "/api/\tme",
    "/api/\n../me",
    "https://evil.example/",
    "@evil.example/",
    ".evil.example/",
  ];

  test.each([...paths, 5, null, undefined])("the path %o", async (path) => {
    await expectIssues((client) => client.request("GET", untyped<string>(path)), ["path: request_invalid"]);
    await expectIssues(
      (client) => client.request("POST", untyped<string>(path), { body: {} }),
      ["path: request_invalid"],
    );
  });

  test.each(["PUT", "get", "", 5, undefined])("the method %o", async (method) => {
    await expectIssues(
      (client) => client.request(untyped<"GET">(method), "/api/partner/me"),
      ["method: request_invalid"],
    );
  });

  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;

  test.each([
    ["a cycle", cyclic],
    ["a BigInt", { amount: 1n }],
    ["a function", () => {}],
    ["a symbol", Symbol("x")],
  ])("a body that cannot be JSON: %s", async (_name, body) => {
    await expectIssues((client) => client.request("POST", "/api/x", { body }), ["body: request_invalid"]);
  });

  test("a body for a GET", async () => {
    await expectIssues((client) => client.request("GET", "/api/x", { body: {} }), ["body: request_invalid"]);
  });

  test.each([[{ a: {} }], [{ a: null }], [{ a: undefined }], [{ a: NaN }], [{ a: [1] }]])(
    "the query %o",
    async (query) => {
      const init = { query: untyped<Record<string, string>>(query) };
      await expectIssues((client) => client.request("GET", "/api/x", init), ["query.a: request_invalid"]);
    },
  );

  test.each([[null], ["a=1"], [5]])("the query %o", async (query) => {
    const init = { query: untyped<Record<string, string>>(query) };
    await expectIssues((client) => client.request("GET", "/api/x", init), ["query: request_invalid"]);
  });

  test("all issues at once", async () => {
    const init = untyped<CallOptions>({ query: 5, timeoutMs: "x", headers: {} });
    await expectIssues(
      (client) => client.request(untyped<"GET">("PUT"), "..", init),
      [
        "method: request_invalid",
        "path: request_invalid",
        "query: request_invalid",
        "timeoutMs: request_invalid",
        "headers: unknown_parameter",
      ],
    );
  });
});

describe("connect", () => {
  const valid: ClientOptions = { baseUrl: "https://api.example.com", token: "test-token" };

  async function expectConnectIssues(options: unknown, expected: string[]) {
    const error = await rejection(connect(untyped<ClientOptions>(options)), ValidationError);
    expect(error).toMatchObject({ code: "validation", attempts: 0, retryable: false });
    expect(issueCodes(error)).toEqual([...expected].sort());
    const typed = untyped<ClientOptions>(options);
    if (typeof typed === "object" && typed !== null && typed.language === undefined && !Array.isArray(typed)) {
      const vietnameseError = await rejection(connect({ ...typed, language: "vi" }), ValidationError);
      expect(vietnameseError.message).not.toBe(error.message);
    }
  }

  test.each([
    ["https://api.example.com", "https://api.example.com/api/partner/me"],
    ["https://api.example.com/", "https://api.example.com/api/partner/me"],
    ["https://api.example.com/omi/v1", "https://api.example.com/omi/v1/api/partner/me"],
    ["https://api.example.com/omi/v1/", "https://api.example.com/omi/v1/api/partner/me"],
    ["https://api.example.com:8443", "https://api.example.com:8443/api/partner/me"],
    ["HTTPS://API.example.com", "https://api.example.com/api/partner/me"],
    ["http://localhost:8080", "http://localhost:8080/api/partner/me"],
    ["http://127.0.0.1:8080/", "http://127.0.0.1:8080/api/partner/me"],
    ["http://[::1]:8080/omi", "http://[::1]:8080/omi/api/partner/me"],
  ])("with the base URL %s requests go to %s", async (baseUrl, url) => {
    const recorder = respondingFetch(() => success(null));
    const client = await stubbedClient(recorder, { baseUrl });
    await client.request("GET", "/api/partner/me");
    expect(recorder.sent.map((request) => request.url)).toEqual([url]);
  });

  test("a path prefix is kept with query and body", async () => {
    const recorder = respondingFetch(() => success({ items: [] }));
    const client = await stubbedClient(recorder, { baseUrl: "https://portal.example/proxy/omi/" });
    await client.tenants.list({ keyword: "a" });
    expect(recorder.sent[0]?.url).toBe("https://portal.example/proxy/omi/api/partner/tenant/list?page=1&size=50");
  });

  test.each([
    "http://api.example.com",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://10.0.0.1",
    "https://user:secret@api.example.com",
    "https://user@api.example.com",
    "http://localhost@api.example.com",
    "https://api.example.com?x=1",
    "https://api.example.com/?",
    "https://api.example.com#x",
    "https://api.example.com/a/../b",
    "https://api.example.com/%2e%2e/b",
    "https://api.example.com//b",
    "https://api.example.com\\b",
    "https://api.exa mple.com",
    "https://api.example.com\n",
    " https://api.example.com",
    "https://api.example.com:99999",
    "https://999.999.999.999",
    "https://[1:2]",
    "https://api.example.com\uFF0Fx",
    "https://",
    "https:///api",
    "https:api.example.com",
    "api.example.com",
    "/api",
    "//api.example.com",
    "ftp://api.example.com",
    "javascript:alert(1)",
    "data:text/plain,x",
    "not a url",
    "",
    undefined,
    null,
    5,
    new URL("https://api.example.com"),
  ])("the base URL %o", async (baseUrl) => {
    await expectConnectIssues({ ...valid, baseUrl }, ["baseUrl: request_invalid"]);
  });

  test.each(["", " ", "a b", "Bearer abc", "a\nb", "a\r\nX-Evil: 1", "a\n", "tökén", "a\0", undefined, null, 5, {}])(
    "the token %o",
    async (token) => {
      await expectConnectIssues({ ...valid, token }, ["token: request_invalid"]);
    },
  );

  test.each([
    ["timeoutMs", 0],
    ["timeoutMs", -1],
    ["timeoutMs", NaN],
    ["timeoutMs", Infinity],
    ["timeoutMs", "5000"],
    ["maxRetries", -1],
    ["maxRetries", 0.5],
    ["maxRetries", "2"],
    ["language", "fr"],
    ["language", "EN"],
    ["language", 5],
    ["fetch", "fetch"],
    ["fetch", {}],
    ["onEvent", "log"],
  ])("%s %o", async (field, value) => {
    await expectConnectIssues({ ...valid, [field]: value }, [`${field}: request_invalid`]);
  });

  test("all issues at once", async () => {
    await expectConnectIssues(
      { baseUrl: "x", token: "", timeoutMs: -1, maxRetries: 0.5, fetch: 5, onEvent: 5, baseURL: "y" },
      [
        "baseUrl: request_invalid",
        "token: request_invalid",
        "timeoutMs: request_invalid",
        "maxRetries: request_invalid",
        "fetch: request_invalid",
        "onEvent: request_invalid",
        "baseURL: unknown_parameter",
      ],
    );
    await expectConnectIssues({}, ["baseUrl: request_invalid", "token: request_invalid"]);
  });

  test.each([[undefined], [null], ["text"], [5], [[]]])("the options %o", async (options) => {
    await expectConnectIssues(options, ["options: request_invalid"]);
  });

  test("TypeScript reports wrong options too", async () => {
    // @ts-expect-error: the token is missing
    await rejection(connect({ baseUrl: SANDBOX }), ValidationError);
    // @ts-expect-error: not an option
    const unknown: ClientOptions = { ...valid, retries: 3 };
    await expectConnectIssues(unknown, ["retries: unknown_parameter"]);
  });

  test("sends nothing, and does not call the token provider", async () => {
    const recorder = respondingFetch(() => success(null));
    let tokenCalls = 0;
    await connect({ ...valid, fetch: recorder.fetch, token: () => `${++tokenCalls}` });
    expect(recorder.sent).toEqual([]);
    expect(tokenCalls).toBe(0);
  });
});
