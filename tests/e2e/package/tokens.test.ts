// The access token: when the token provider is called, and how requests use the token.
import {
  ApiError,
  AuthenticationError,
  connect,
  OutcomeUnknownError,
  TimeoutError,
  ValidationError,
} from "omicall-partner";
import type { CallOptions, ClientEvent, ClientOptions, PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  ADD,
  respondingFetch,
  storedTenant,
  sandboxClient,
  DESCRIPTION,
  success,
  expireTokens,
  html,
  INFO,
  LIST,
  ME,
  newTenant,
  newTopUp,
  stubbedClient,
  page,
  recordingFetch,
  apiError,
  rejection,
  requestCounts,
  reset,
  SANDBOX,
  SEEDED,
  signIn,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";
import type { Recorder } from "./support";

beforeEach(reset);

const me = (omi: PartnerClient, options?: CallOptions) => omi.request("GET", "/api/partner/me", options);

/** A token provider that signs in at the sandbox and counts its calls. */
function countingProvider() {
  const counter = { calls: 0, token: () => (counter.calls++, signIn()) };
  return counter;
}

const calls: [string, string, (omi: PartnerClient) => Promise<unknown>][] = [
  ["get", INFO, (omi) => omi.tenants.get(SEEDED.id)],
  ["list", LIST, async (omi) => omi.tenants.list()],
  ["create", ADD, (omi) => omi.tenants.create(newTenant())],
  ["topUp", UPDATE_BALANCE, (omi) => omi.tenants.topUp(newTopUp())],
  ["waitUntilActive", INFO, (omi) => omi.tenants.waitUntilActive(SEEDED.id)],
  ["request", ME, me],
];

describe("a token provider", () => {
  test("is called once by 20 concurrent calls", async () => {
    const tokens = countingProvider();
    const omi = await sandboxClient({ token: tokens.token });
    expect(tokens.calls).toBe(0);
    await Promise.all(Array.from({ length: 20 }, () => me(omi)));
    await me(omi);
    expect(tokens.calls).toBe(1);
    expect(await requestCounts()).toEqual({ [ME]: 21 });
  });

  test("may return the token without a promise", async () => {
    const token = await signIn();
    const omi = await sandboxClient({ token: () => token });
    expect(await me(omi)).toMatchObject({ email: "partner@example.com" });
  });

  test("every call of it is reported as an event", async () => {
    const events: ClientEvent[] = [];
    const omi = await sandboxClient({ token: countingProvider().token, onEvent: (event) => events.push(event) });
    await me(omi);
    await expireTokens();
    await me(omi);
    expect(events.filter(({ type }) => type === "token")).toEqual([
      { type: "token", reason: "first" },
      { type: "token", reason: "refused" },
    ]);
  });
});

describe("after the token expired", () => {
  test.each(calls)("%s is sent once more with a new token", async (_name, endpoint, call) => {
    const tokens = countingProvider();
    const omi = await sandboxClient({ token: tokens.token });
    await me(omi);
    await expireTokens();
    await call(omi);
    expect(tokens.calls).toBe(2);
    const sent = await requestCounts();
    expect(sent[endpoint]).toBe(endpoint === ME ? 3 : 2);
    expect(await tenantCount()).toBe(SEEDED.total + (endpoint === ADD ? 1 : 0));
    const topUps = (await storedTenant(SEEDED.email)).top_ups;
    expect(topUps).toMatchObject(endpoint === UPDATE_BALANCE ? [{ amount: 500_000, description: DESCRIPTION }] : []);
  });

  test("20 concurrent calls request one new token", async () => {
    const tokens = countingProvider();
    const omi = await sandboxClient({ token: tokens.token });
    await me(omi);
    await expireTokens();
    await Promise.all(Array.from({ length: 20 }, () => me(omi)));
    expect(tokens.calls).toBe(2);
  });

  test.each(calls)("%s with a fixed token rejects", async (_name, endpoint, call) => {
    const omi = await sandboxClient();
    await expireTokens();
    const error = await rejection(call(omi), AuthenticationError);
    expect(error).toMatchObject({ code: "unauthorized", httpStatus: 401, endpoint, attempts: 1, retryable: false });
    expect(await requestCounts()).toEqual({ [endpoint]: 1 });
    expect(await tenantCount()).toBe(SEEDED.total);
    expect((await storedTenant(SEEDED.email)).top_ups).toEqual([]);
  });

  test.each(calls)("%s is not sent again with the same token", async (_name, endpoint, call) => {
    const token = await signIn();
    let tokenCalls = 0;
    const omi = await sandboxClient({ token: () => (tokenCalls++, token) });
    await expireTokens();
    expect(await rejection(call(omi), AuthenticationError)).toMatchObject({ code: "unauthorized", attempts: 1 });
    expect(tokenCalls).toBe(2);
    expect(await requestCounts()).toEqual({ [endpoint]: 1 });
  });

  test.each(calls)("%s is sent again only once, even if the new token is rejected", async (_name, endpoint, call) => {
    let tokenCalls = 0;
    const omi = await sandboxClient({ token: () => `expired-token-${++tokenCalls}` });
    const error = await rejection(call(omi), AuthenticationError);
    expect(error).toMatchObject({ code: "unauthorized", httpStatus: 401, attempts: 2 });
    expect(tokenCalls).toBe(2);
    expect(await requestCounts()).toEqual({ [endpoint]: 2 });
  });
});

describe("a token rejected in the envelope", () => {
  test.each(["partner_invalid", "tenant_invalid"])("%s: sent once more with a new token", async (code) => {
    for (const [, , call] of calls) {
      let tokenCalls = 0;
      const payload = { ...page([]), id: "a1", status: "activated" };
      const net = recordingFetch(({ headers }) =>
        headers.get("authorization") === "Bearer token-1" ? apiError(code) : success(payload),
      );
      await call(await stubbedClient(net, { token: () => `token-${++tokenCalls}` }));
      expect(net.sent.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer token-1", "Bearer token-2"]);
    }
  });

  test("the second request has the same body", async () => {
    let tokenCalls = 0;
    const net = respondingFetch(
      () => html(401),
      () => success({ id: "a1" }),
    );
    const omi = await stubbedClient(net, { token: () => `token-${++tokenCalls}` });
    const params = newTenant();
    await omi.tenants.create(params);
    expect(await Promise.all(net.sent.map((request) => request.json()))).toEqual([params, params]);
  });

  test("any other code requests no new token", async () => {
    let tokenCalls = 0;
    const net = respondingFetch(() => apiError("access_denied"));
    const omi = await stubbedClient(net, { token: () => `token-${++tokenCalls}` });
    await rejection(omi.tenants.topUp(newTopUp()), ApiError);
    expect(tokenCalls).toBe(1);
    expect(net.sent).toHaveLength(1);
  });
});

describe("a token provider that fails", () => {
  const reason = new Error("The user signed out.");

  const providers: [string, unknown, unknown][] = [
    [
      "throws",
      () => {
        throw reason;
      },
      reason,
    ],
    ["rejects", () => Promise.reject(reason), reason],
    ["returns an empty string", () => "", undefined],
    ["returns a string with a line break", async () => "abc\r\nX-Evil: 1", undefined],
    ["returns a string that ends with a line break", async () => "abc\n", undefined],
    ["returns a string with a space", () => "Bearer abc", undefined],
    ["returns a string that is not a valid header value", () => "tökén", undefined],
    ["returns a number", () => 5, undefined],
    ["returns nothing", async () => undefined, undefined],
    ["returns null", () => null, undefined],
  ];

  test.each(providers)("%s", async (_name, token, expected) => {
    for (const [, endpoint, call] of calls) {
      const net = respondingFetch(() => success({}));
      const omi = await stubbedClient(net, { token: token as ClientOptions["token"] });
      const error = await rejection(call(omi), AuthenticationError);
      expect(error).toMatchObject({ name: "AuthenticationError", code: "token_unavailable", endpoint, attempts: 0 });
      expect(error).toBeInstanceOf(ApiError);
      expect(error.retryable).toBe(false);
      expect(error.cause).toBe(expected);
      expect(net.sent).toEqual([]);
    }
  });

  test("is called again by the next call", async () => {
    let tokenCalls = 0;
    const omi = await sandboxClient({ token: () => (++tokenCalls === 1 ? Promise.reject(reason) : signIn()) });
    await rejection(me(omi), AuthenticationError);
    expect(await me(omi)).toMatchObject({ email: "partner@example.com" });
    expect(tokenCalls).toBe(2);
  });

  test("rejects every call that waits for it", async () => {
    let tokenCalls = 0;
    const omi = await sandboxClient({ token: () => (tokenCalls++, Promise.reject(reason)) });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => me(omi)));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(tokenCalls).toBe(1);
    expect(await requestCounts()).toEqual({});
  });

  test("a write whose token was rejected and whose provider then fails was not executed", async () => {
    let tokenCalls = 0;
    const net = respondingFetch(() => html(401));
    const omi = await stubbedClient(net, { token: () => (++tokenCalls === 1 ? "token-1" : Promise.reject(reason)) });
    const error = await rejection(omi.tenants.topUp(newTopUp()), AuthenticationError);
    expect(error).toMatchObject({ code: "token_unavailable", attempts: 1 });
    expect(net.sent).toHaveLength(1);
  });
});

describe("after a new token", () => {
  /** The server rejects the first token; `responses` are those for the second one. */
  const withFirstTokenRejected = async (...responses: (() => Response | Promise<Response>)[]) => {
    let tokenCalls = 0;
    const net = respondingFetch(() => html(401), ...responses);
    const omi = await stubbedClient(net, { token: () => `token-${++tokenCalls}` });
    return { net, omi, tokenCalls: () => tokenCalls };
  };

  test("a read that fails is retried", async () => {
    const { net, omi, tokenCalls } = await withFirstTokenRejected(
      () => html(503, { "retry-after": "0" }),
      () => success({ balance: 1 }),
    );
    expect(await omi.tenants.get("a1")).toEqual({ balance: 1 });
    expect(net.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-2",
    ]);
    expect(tokenCalls()).toBe(2);
  });

  test("a write that fails has an unknown outcome", async () => {
    const { net, omi } = await withFirstTokenRejected(() => html(503, { "retry-after": "0" }));
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(error).toMatchObject({ httpStatus: 503, attempts: 2 });
    expect(net.sent).toHaveLength(2);
  });

  test("a write that the server rejects has a known outcome", async () => {
    const { net, omi } = await withFirstTokenRejected(() => apiError("access_denied"));
    expect(await rejection(omi.tenants.topUp(newTopUp()), ApiError)).toMatchObject({
      code: "access_denied",
      attempts: 2,
    });
    expect(net.sent).toHaveLength(2);
  });

  test("a write whose provider never settles was not executed", async () => {
    let tokenCalls = 0;
    const net = respondingFetch(() => html(401));
    const token = () => (++tokenCalls === 1 ? "token-1" : new Promise<string>(() => {}));
    const omi = await stubbedClient(net, { token, timeoutMs: 400 });
    expect(await rejection(omi.tenants.topUp(newTopUp()), TimeoutError)).toMatchObject({ attempts: 1 });
    expect(net.sent).toHaveLength(1);
  });
});

describe("every request", () => {
  test.each(calls)("of %s contains the token, and no cookies, referrer or cache", async (_name, endpoint, call) => {
    const net: Recorder = respondingFetch(() => success({ ...page([]), id: "a1", status: "activated" }));
    await call(await stubbedClient(net, { token: "tok.en-1_~+/=" }));
    expect(net.sent).toHaveLength(1);
    const [request] = net.sent;
    expect(request).toMatchObject({
      method: endpoint.split(" ")[0],
      credentials: "omit",
      redirect: "manual",
      referrerPolicy: "no-referrer",
      cache: endpoint.startsWith("GET ") ? "no-store" : "default",
      mode: "cors",
    });
    expect(request?.headers.get("authorization")).toBe("Bearer tok.en-1_~+/=");
    const names = [...(request?.headers.keys() ?? [])].sort();
    expect(names).toEqual(
      request?.method === "POST" ? ["accept", "authorization", "content-type"] : ["accept", "authorization"],
    );
    if (request?.method === "POST") expect(request.headers.get("content-type")).toMatch(/^application\/json\b/);
    expect(await request?.text()).toMatch(request?.method === "POST" ? /^\{.*\}$/ : /^$/);
    expect(request?.url).not.toContain("tok.en");
  });

  test.each(calls)(
    "of %s calls an injected fetch with a URL string and a plain RequestInit",
    async (_name, endpoint, call) => {
      const calledWith: { url: unknown; init: RequestInit | undefined }[] = [];
      const [method, path = ""] = endpoint.split(" ");
      const isPost = method === "POST";
      const omi = await stubbedClient(
        {
          fetch: async (url, init) => {
            calledWith.push({ url, init });
            return success({ ...page([]), id: "a1", status: "activated" });
          },
        },
        { token: "test-token" },
      );
      await call(omi);
      expect(calledWith).toHaveLength(1);
      const [{ url, init } = expect.unreachable()] = calledWith;
      expect(typeof url).toBe("string");
      expect(String(url).startsWith(`https://api.example.com${path}`)).toBe(true);
      expect(init).toMatchObject({
        method,
        credentials: "omit",
        redirect: "manual",
        referrerPolicy: "no-referrer",
      });
      // A POST has the browser's default, which is the same as none.
      expect(init?.cache ?? "default").toBe(isPost ? "default" : "no-store");
      expect(init?.signal).toBeInstanceOf(AbortSignal);
      expect(Object.getPrototypeOf(init?.headers)).toBe(Object.prototype);
      expect(init?.headers).toEqual({
        Accept: "application/json",
        Authorization: "Bearer test-token",
        ...(isPost && { "Content-Type": expect.stringMatching(/^application\/json\b/) }),
      });
      if (isPost) expect(init?.body).toEqual(expect.stringMatching(/^\{.*\}$/));
      else expect(init?.body ?? null).toBeNull();
    },
  );
});

describe("cookies", () => {
  const baseUrl = `${location.origin}/guarded`;
  const token = "test-token";
  const fetches: [string, Partial<ClientOptions>][] = [
    ["the page's fetch", {}],
    [
      "an injected fetch",
      { fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, "X-Trace": "1" } }) },
    ],
  ];

  beforeEach(() => {
    document.cookie = "session=test; path=/guarded";
    return () => {
      document.cookie = "session=; path=/guarded; max-age=0";
    };
  });

  describe.each(fetches)("with %s", (_what, options) => {
    test.each(calls)("of the session are sent by %s where the option says so", async (_name, _endpoint, call) => {
      for (const credentials of ["same-origin", "include"] as const) {
        await call(await connect({ baseUrl, token, credentials, ...options }));
      }
      for (const credentials of ["omit", undefined] as const) {
        const omi = await connect({ baseUrl, token, credentials, ...options });
        expect(await rejection(call(omi), AuthenticationError)).toMatchObject({
          code: "unauthorized",
          httpStatus: 401,
        });
      }
    });
  });

  test("are sent to no other origin, unless the caller says so by name", async () => {
    const other = { baseUrl: SANDBOX, token, credentials: "include" } as const;
    for (const [language, words] of [
      ["en", "dangerouslyAllowCrossOriginCookies"],
      ["vi", "cookie sang một origin khác"],
    ] as const) {
      const { issues, message } = await rejection(connect({ ...other, language }), ValidationError);
      expect(issues).toMatchObject([{ field: "credentials", code: "request_invalid" }]);
      expect(message).toContain(words);
    }
    await rejection(connect({ ...other, dangerouslyAllowCrossOriginCookies: false }), ValidationError);
    const net = respondingFetch(() => success({}));
    await me(await connect({ ...other, dangerouslyAllowCrossOriginCookies: true, fetch: net.fetch }));
    expect(net.sent).toMatchObject([{ credentials: "include" }]);
  });

  test.each(["", "Omit", "none", true, null, {}])("%o is no value of the option", async (credentials) => {
    const options = { baseUrl, token, credentials } as unknown as ClientOptions;
    const { issues } = await rejection(connect(options), ValidationError);
    expect(issues).toMatchObject([{ field: "credentials", message: expect.stringContaining('"same-origin"') }]);
  });
});
