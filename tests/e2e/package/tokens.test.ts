// The bearer token: who is asked for it, when, and where it goes.
import { ApiError, AuthenticationError, OutcomeUnknownError, TimeoutError } from "omicall-partner";
import type { CallOptions, ClientEvent, ClientOptions, PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  ADD,
  answering,
  books,
  connected,
  DESCRIPTION,
  done,
  expireTokens,
  html,
  INFO,
  LIST,
  ME,
  newTenant,
  newTopUp,
  offline,
  page,
  recording,
  refusal,
  rejection,
  requests,
  reset,
  SEEDED,
  signIn,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";
import type { Recorder } from "./support";

beforeEach(reset);

const me = (omi: PartnerClient, options?: CallOptions) => omi.request("GET", "/api/partner/me", options);

/** Signs in at the sandbox and counts how often it is asked to. */
function provider() {
  const counter = { asked: 0, token: () => (counter.asked++, signIn()) };
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

describe("a provider", () => {
  test("is asked once by 20 calls at once", async () => {
    const tokens = provider();
    const omi = await connected({ token: tokens.token });
    expect(tokens.asked).toBe(0);
    await Promise.all(Array.from({ length: 20 }, () => me(omi)));
    await me(omi);
    expect(tokens.asked).toBe(1);
    expect(await requests()).toEqual({ [ME]: 21 });
  });

  test("may answer at once, without a promise", async () => {
    const token = await signIn();
    const omi = await connected({ token: () => token });
    expect(await me(omi)).toMatchObject({ email: "partner@example.com" });
  });

  test("tells its questions as events", async () => {
    const events: ClientEvent[] = [];
    const omi = await connected({ token: provider().token, onEvent: (event) => events.push(event) });
    await me(omi);
    await expireTokens();
    await me(omi);
    expect(events.filter(({ type }) => type === "token")).toEqual([
      { type: "token", reason: "first" },
      { type: "token", reason: "refused" },
    ]);
  });
});

describe("after the tokens expired", () => {
  test.each(calls)("%s is repeated once with a new one", async (_name, endpoint, call) => {
    const tokens = provider();
    const omi = await connected({ token: tokens.token });
    await me(omi);
    await expireTokens();
    await call(omi);
    expect(tokens.asked).toBe(2);
    const sent = await requests();
    expect(sent[endpoint]).toBe(endpoint === ME ? 3 : 2);
    expect(await tenantCount()).toBe(SEEDED.total + (endpoint === ADD ? 1 : 0));
    const topUps = (await books(SEEDED.email)).top_ups;
    expect(topUps).toMatchObject(endpoint === UPDATE_BALANCE ? [{ amount: 500_000, description: DESCRIPTION }] : []);
  });

  test("20 calls at once ask for one new token", async () => {
    const tokens = provider();
    const omi = await connected({ token: tokens.token });
    await me(omi);
    await expireTokens();
    await Promise.all(Array.from({ length: 20 }, () => me(omi)));
    expect(tokens.asked).toBe(2);
  });

  test.each(calls)("%s with a fixed token is refused", async (_name, endpoint, call) => {
    const omi = await connected();
    await expireTokens();
    const error = await rejection(call(omi), AuthenticationError);
    expect(error).toMatchObject({ code: "unauthorized", httpStatus: 401, endpoint, attempts: 1, retryable: false });
    expect(await requests()).toEqual({ [endpoint]: 1 });
    expect(await tenantCount()).toBe(SEEDED.total);
    expect((await books(SEEDED.email)).top_ups).toEqual([]);
  });

  test.each(calls)("%s is not repeated with the same token", async (_name, endpoint, call) => {
    const token = await signIn();
    let asked = 0;
    const omi = await connected({ token: () => (asked++, token) });
    await expireTokens();
    expect(await rejection(call(omi), AuthenticationError)).toMatchObject({ code: "unauthorized", attempts: 1 });
    expect(asked).toBe(2);
    expect(await requests()).toEqual({ [endpoint]: 1 });
  });

  test.each(calls)("%s is repeated only once, also if that one is refused", async (_name, endpoint, call) => {
    let asked = 0;
    const omi = await connected({ token: () => `expired-token-${++asked}` });
    const error = await rejection(call(omi), AuthenticationError);
    expect(error).toMatchObject({ code: "unauthorized", httpStatus: 401, attempts: 2 });
    expect(asked).toBe(2);
    expect(await requests()).toEqual({ [endpoint]: 2 });
  });
});

describe("refused in the envelope", () => {
  test.each(["partner_invalid", "tenant_invalid"])("%s: repeated once with a new token", async (code) => {
    for (const [, , call] of calls) {
      let asked = 0;
      const payload = { ...page([]), id: "a1", status: "activated" };
      const net = recording(({ headers }) =>
        headers.get("authorization") === "Bearer token-1" ? refusal(code) : done(payload),
      );
      await call(await offline(net, { token: () => `token-${++asked}` }));
      expect(net.sent.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer token-1", "Bearer token-2"]);
    }
  });

  test("the repetition is the same request", async () => {
    let asked = 0;
    const net = answering(
      () => html(401),
      () => done({ id: "a1" }),
    );
    const omi = await offline(net, { token: () => `token-${++asked}` });
    const params = newTenant();
    await omi.tenants.create(params);
    expect(await Promise.all(net.sent.map((request) => request.json()))).toEqual([params, params]);
  });

  test("any other code asks for no token", async () => {
    let asked = 0;
    const net = answering(() => refusal("access_denied"));
    const omi = await offline(net, { token: () => `token-${++asked}` });
    await rejection(omi.tenants.topUp(newTopUp()), ApiError);
    expect(asked).toBe(1);
    expect(net.sent).toHaveLength(1);
  });
});

describe("a provider that fails", () => {
  const reason = new Error("signed out");

  const providers: [string, unknown, unknown][] = [
    [
      "throws",
      () => {
        throw reason;
      },
      reason,
    ],
    ["rejects", () => Promise.reject(reason), reason],
    ["gives an empty text", () => "", undefined],
    ["gives a text with a line break", async () => "abc\r\nX-Evil: 1", undefined],
    ["gives a text that ends with a line break", async () => "abc\n", undefined],
    ["gives a text with a space", () => "Bearer abc", undefined],
    ["gives a text that no header can hold", () => "tökén", undefined],
    ["gives a number", () => 5, undefined],
    ["gives nothing", async () => undefined, undefined],
    ["gives null", () => null, undefined],
  ];

  test.each(providers)("%s", async (_name, token, expected) => {
    for (const [, endpoint, call] of calls) {
      const net = answering(() => done({}));
      const omi = await offline(net, { token: token as ClientOptions["token"] });
      const error = await rejection(call(omi), AuthenticationError);
      expect(error).toMatchObject({ name: "AuthenticationError", code: "token_unavailable", endpoint, attempts: 0 });
      expect(error).toBeInstanceOf(ApiError);
      expect(error.retryable).toBe(false);
      expect(error.cause).toBe(expected);
      expect(net.sent).toEqual([]);
    }
  });

  test("is asked again by the next call", async () => {
    let asked = 0;
    const omi = await connected({ token: () => (++asked === 1 ? Promise.reject(reason) : signIn()) });
    await rejection(me(omi), AuthenticationError);
    expect(await me(omi)).toMatchObject({ email: "partner@example.com" });
    expect(asked).toBe(2);
  });

  test("fails every call that waits for it", async () => {
    let asked = 0;
    const omi = await connected({ token: () => (asked++, Promise.reject(reason)) });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => me(omi)));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(asked).toBe(1);
    expect(await requests()).toEqual({});
  });

  test("when a refused write asks for a new token, it was not executed", async () => {
    let asked = 0;
    const net = answering(() => html(401));
    const omi = await offline(net, { token: () => (++asked === 1 ? "token-1" : Promise.reject(reason)) });
    const error = await rejection(omi.tenants.topUp(newTopUp()), AuthenticationError);
    expect(error).toMatchObject({ code: "token_unavailable", attempts: 1 });
    expect(net.sent).toHaveLength(1);
  });
});

describe("a new token, and then", () => {
  /** The first token is refused; what comes after the second is up to the answers. */
  const refusedFirst = async (...answers: (() => Response | Promise<Response>)[]) => {
    let asked = 0;
    const net = answering(() => html(401), ...answers);
    const omi = await offline(net, { token: () => `token-${++asked}` });
    return { net, omi, asked: () => asked };
  };

  test("a read fails: it is retried", async () => {
    const { net, omi, asked } = await refusedFirst(
      () => html(503, { "retry-after": "0" }),
      () => done({ balance: 1 }),
    );
    expect(await omi.tenants.get("a1")).toEqual({ balance: 1 });
    expect(net.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-2",
    ]);
    expect(asked()).toBe(2);
  });

  test("a write fails: nobody knows", async () => {
    const { net, omi } = await refusedFirst(() => html(503, { "retry-after": "0" }));
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(error).toMatchObject({ httpStatus: 503, attempts: 2 });
    expect(net.sent).toHaveLength(2);
  });

  test("a write is refused: that is settled", async () => {
    const { net, omi } = await refusedFirst(() => refusal("access_denied"));
    expect(await rejection(omi.tenants.topUp(newTopUp()), ApiError)).toMatchObject({
      code: "access_denied",
      attempts: 2,
    });
    expect(net.sent).toHaveLength(2);
  });

  test("the provider hangs: a write was not executed", async () => {
    let asked = 0;
    const net = answering(() => html(401));
    const token = () => (++asked === 1 ? "token-1" : new Promise<string>(() => {}));
    const omi = await offline(net, { token, timeoutMs: 400 });
    expect(await rejection(omi.tenants.topUp(newTopUp()), TimeoutError)).toMatchObject({ attempts: 1 });
    expect(net.sent).toHaveLength(1);
  });
});

describe("every request", () => {
  test.each(calls)("of %s carries the token and nothing else of the user's", async (_name, endpoint, call) => {
    const net: Recorder = answering(() => done({ ...page([]), id: "a1", status: "activated" }));
    await call(await offline(net, { token: "tok.en-1_~+/=" }));
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
});
