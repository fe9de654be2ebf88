// Getting a token for an API key, and a token function that renews it.
import { authenticate, AbortError, ApiError, AuthenticationError, NetworkError } from "omicall-partner";
import { ProtocolError, tokenFromApiKey, ValidationError } from "omicall-partner";
import type { AuthenticateOptions, ClientEvent } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { everything, expectNoSecrets } from "./leaks";
import {
  EMPTY_KEY,
  expireTokens,
  html,
  INFO,
  PARTNER_KEY,
  recordingFetch,
  rejection,
  reset,
  respondingFetch,
  SANDBOX,
  sandboxClient,
  SEEDED,
  storedTenant,
  stubbedClient,
  success,
} from "./support";

const AUTH = "GET /api/auth";
const dangerouslyAllowBrowser = true;
const options: AuthenticateOptions = { baseUrl: SANDBOX, apiKey: PARTNER_KEY, dangerouslyAllowBrowser };
const stubbed = { ...options, baseUrl: "https://api.example.com" };

beforeEach(reset);
afterEach(() => void vi.restoreAllMocks());

describe("authenticate", () => {
  test("gets a token by one request, which has no token and no referrer", async () => {
    const net = recordingFetch((request) => fetch(request));
    const token = await authenticate({ ...options, fetch: net.fetch });
    expect(token).toEqual({ access_token: expect.any(String), access_type: "bussiness", token_type: "Bearer" });
    const omi = await sandboxClient({ token: token.access_token });
    expect(await omi.account.me()).toMatchObject({ email: "partner@example.com" });
    expect(net.sent.map(({ url, method, headers }) => [method, url, [...headers.keys()]])).toEqual([
      ["GET", `${SANDBOX}/api/auth?apiKey=${PARTNER_KEY}`, ["accept"]],
    ]);
    expect(net.sent[0]).toMatchObject({ cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
    // By the page's own fetch, too.
    expect(await authenticate(options)).toMatchObject({ access_type: "bussiness" });
  });

  test("gives the token of a tenant's key as it is", async () => {
    expect(await authenticate({ ...options, apiKey: SEEDED.apiKey })).toMatchObject({ access_type: "normal" });
  });

  test("encodes the key", async () => {
    const net = respondingFetch(() => success({ access_token: "t" }));
    await authenticate({ ...stubbed, apiKey: "a&b=c#d/%", fetch: net.fetch });
    expect(net.sent[0]?.url).toBe("https://api.example.com/api/auth?apiKey=a%26b%3Dc%23d%2F%25");
  });

  test.each([undefined, false])("refuses to run in a browser: dangerouslyAllowBrowser %j", async (allowed) => {
    const net = respondingFetch(() => success({}));
    for (const language of ["en", "vi"] as const) {
      const call = authenticate({ ...options, dangerouslyAllowBrowser: allowed, language, fetch: net.fetch });
      const { issues } = await rejection(call, ValidationError);
      expect(issues).toEqual([
        { field: "dangerouslyAllowBrowser", code: "request_invalid", message: expect.stringContaining("API key") },
      ]);
    }
    expect(net.sent).toEqual([]);
  });

  test.each([
    [{ apiKey: "" }, "apiKey: api_key_is_required", "The API key is required."],
    [{ apiKey: undefined }, "apiKey: api_key_is_required", "The API key is required."],
    [{ apiKey: "a\u200bb" }, "apiKey: api_key_invalid", "U+200B"],
    [{ apiKey: "a b" }, "apiKey: api_key_invalid", "a space at position 2"],
    [{ apiKey: "khóa" }, "apiKey: api_key_invalid", "The API key is not valid."],
    [{ baseUrl: "ftp://x" }, "baseUrl: request_invalid", "https://"],
    [{ key: "x" }, "key: unknown_parameter", "key is not a known parameter."],
    [{ timeoutMs: 0 }, "timeoutMs: request_invalid", "milliseconds"],
  ])("names the issue of %j", async (changes, issue, message) => {
    const error = await rejection(authenticate({ ...options, ...changes } as never), ValidationError);
    expect(error.issues.map(({ field, code }) => `${field}: ${code}`)).toEqual([issue]);
    expect(error.message).toContain(message);
  });

  test("rejects with the server's code, and with the errors of every read", async () => {
    const wrong = await rejection(authenticate({ ...options, apiKey: "WRONG-KEY" }), ApiError);
    expect(wrong).toMatchObject({ code: "api_key_invalid", endpoint: AUTH, attempts: 1 });
    await rejection(authenticate({ ...options, signal: AbortSignal.abort() }), AbortError);
    await rejection(authenticate({ ...options, baseUrl: "http://127.0.0.1:1", maxRetries: 0 }), NetworkError);
    const noToken = respondingFetch(() => success({ access_type: "bussiness" }));
    const mismatch = await rejection(authenticate({ ...stubbed, fetch: noToken.fetch }), ProtocolError);
    expect(mismatch).toMatchObject({ path: "payload.access_token", endpoint: AUTH });
    const busy = respondingFetch(
      () => html(503, { "retry-after": "0" }),
      () => success({ access_token: "t" }),
    );
    expect(await authenticate({ ...stubbed, fetch: busy.fetch })).toEqual({ access_token: "t" });
    const refused = respondingFetch(() => html(401));
    await rejection(authenticate({ ...stubbed, fetch: refused.fetch }), AuthenticationError);
    expect(refused.sent).toHaveLength(1);
  });

  test("no error contains the key", async () => {
    const apiKey = "PLANTED-API-KEY-1234";
    const omi = await sandboxClient({ token: tokenFromApiKey({ ...options, apiKey }) });
    const failures = [
      () => authenticate({ ...options, apiKey }),
      () => authenticate({ ...options, apiKey: `${apiKey} ` }),
      () => authenticate({ ...options, apiKey, baseUrl: "http://127.0.0.1:1", maxRetries: 0 }),
      () => authenticate({ ...options, apiKey, dangerouslyAllowBrowser: false }),
      // As in Deno and Bun.
      () =>
        authenticate({
          ...stubbed,
          apiKey,
          maxRetries: 0,
          fetch: (url) =>
            Promise.reject(Object.assign(new TypeError(`error sending request for url (${url})`), { path: url })),
        }),
      () => omi.account.me(),
    ];
    for (const failure of failures) {
      const error: unknown = await failure().then(
        () => expect.unreachable(),
        (reason: unknown) => reason,
      );
      expectNoSecrets(`${everything(error)} ${JSON.stringify(error)}`, { apiKey });
    }
  });
});

describe("tokenFromApiKey", () => {
  const me = async (changes: Partial<AuthenticateOptions>, language: "en" | "vi" = "en") => {
    const omi = await sandboxClient({ token: tokenFromApiKey({ ...options, ...changes }), language });
    return omi.account.me();
  };

  test("is the token function of a client", async () => {
    expect(await me({ apiKey: EMPTY_KEY })).toMatchObject({ email: "empty@example.com" });
  });

  test("refuses the key of a tenant, before the first request of the client", async () => {
    const error = await rejection(tokenFromApiKey({ ...options, apiKey: SEEDED.apiKey })(), AuthenticationError);
    expect(error).toMatchObject({ code: "tenant_token", endpoint: AUTH, attempts: 1 });
    const reported = await rejection(me({ apiKey: SEEDED.apiKey, language: "vi" }), AuthenticationError);
    expect(reported).toMatchObject({ code: "token_unavailable", attempts: 0, retryable: false });
    expect(reported.message).toBe("API key này thuộc về một doanh nghiệp: hãy dùng API key của đối tác.");
    expect(reported.cause).toMatchObject({ code: "tenant_token" });
  });

  test("the error of a call says what is wrong with the key, the options or the connection", async () => {
    expect((await rejection(me({ apiKey: "WRONG-KEY" }), AuthenticationError)).message).toBe(
      "The API key is not valid.",
    );
    expect((await rejection(me({ apiKey: "" }), AuthenticationError)).message).toBe("The API key is required.");
    const lost = await rejection(me({ baseUrl: "http://127.0.0.1:1", maxRetries: 0 }), AuthenticationError);
    expect(lost).toMatchObject({ code: "token_unavailable", retryable: true, cause: { code: "network" } });
  });

  test("a foreign error's message is not part of the call's", async () => {
    const omi = await sandboxClient({ token: () => Promise.reject(new Error("secret words")) });
    const error = await rejection(omi.account.me(), AuthenticationError);
    expect(error.message).not.toContain("secret");
  });
});

describe("a token that is 23 hours old", () => {
  const HOUR = 3_600_000;
  const start = Date.now();
  const at = (hours: number) => vi.spyOn(Date, "now").mockReturnValue(start + hours * HOUR);

  /** A client whose tokens are `token-1`, `token-2`, …, and which tokens it sent. */
  async function client(provide: (call: number) => string | Promise<string> = (call) => `token-${call}`) {
    let calls = 0;
    const events: ClientEvent[] = [];
    const net = respondingFetch(() => success({}));
    const omi = await stubbedClient(net, { token: () => provide(++calls), onEvent: (event) => events.push(event) });
    const sent = () => net.sent.map(({ headers }) => headers.get("authorization")?.slice("Bearer ".length));
    const reasons = () => events.flatMap((event) => (event.type === "token" ? event.reason : []));
    return { omi, sent, reasons, calls: () => calls };
  }

  test("is renewed while calls go on with it", async () => {
    at(0);
    const { omi, sent, reasons } = await client();
    await omi.account.me();
    at(22.9);
    await omi.account.me();
    at(23);
    await Promise.all([omi.account.me(), omi.account.me()]);
    await omi.account.me();
    at(45);
    await omi.account.me();
    expect(sent()).toEqual(["token-1", "token-1", "token-1", "token-1", "token-2", "token-2"]);
    expect(reasons()).toEqual(["first", "expiring"]);
  });

  test("goes on being used where the function fails or does not answer", async () => {
    at(0);
    const { omi, sent, calls } = await client((call) => {
      if (call === 2) throw new Error("no backend");
      return call === 3 ? new Promise<string>(() => {}) : `token-${call}`;
    });
    await omi.account.me();
    at(23.5);
    for (let call = 0; call < 4; call++) await omi.account.me();
    expect(calls()).toBe(2);
    // A minute later it is called again.
    at(23.52);
    for (let call = 0; call < 4; call++) await omi.account.me();
    expect(sent()).toEqual(Array(9).fill("token-1"));
    expect(calls()).toBe(3);
  });

  test("is replaced after a refusal as any other", async () => {
    const omi = await sandboxClient({ token: tokenFromApiKey(options) });
    await omi.tenants.get(SEEDED.id);
    at(30);
    await expireTokens();
    expect(await omi.tenants.get(SEEDED.id)).toMatchObject({ email: (await storedTenant(SEEDED.email)).email });
    const error = await rejection(omi.tenants.get("f".repeat(24)), ApiError);
    expect(error.endpoint).toBe(INFO);
  });
});
