// Calls that are cut short: aborts, time limits, writes whose outcome is unknown, and close().
import {
  AbortError,
  NetworkError,
  OutcomeUnknownError,
  ProtocolError,
  TimeoutError,
  ValidationError,
} from "omicall-partner";
import type { CallOptions, PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  ADD,
  all,
  answering,
  books,
  cause,
  connected,
  DESCRIPTION,
  done,
  faults,
  html,
  INFO,
  LIST,
  ME,
  never,
  newTenant,
  newTopUp,
  offline,
  page,
  passing,
  recording,
  rejection,
  requests,
  reset,
  SEEDED,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

type Call = (omi: PartnerClient, options?: CallOptions) => Promise<unknown>;

const reads: [string, string, Call][] = [
  ["get", INFO, (omi, options) => omi.tenants.get(SEEDED.id, options)],
  ["list", LIST, async (omi, options) => omi.tenants.list({}, options)],
  ["an iteration", LIST, (omi, options) => all(omi.tenants.list({}, options))],
  ["waitUntilActive", INFO, (omi, options) => omi.tenants.waitUntilActive(SEEDED.id, options)],
  ["request GET", ME, (omi, options) => omi.request("GET", "/api/partner/me", options)],
];
const writes: [string, string, Call, string][] = [
  ["create", ADD, (omi, options) => omi.tenants.create(newTenant(), options), "tenants.create"],
  ["topUp", UPDATE_BALANCE, (omi, options) => omi.tenants.topUp(newTopUp(), options), "tenants.topUp"],
  ["request POST", "POST /api/x", (omi, options) => omi.request("POST", "/api/x", { body: {}, ...options }), "request"],
];
const calls: [string, string, Call][] = [
  ...reads,
  ...writes.map(([name, endpoint, call]): [string, string, Call] => [name, endpoint, call]),
];

const reason = new Error("left the page");

/** Headers at once, a body never. */
const endlessBody = () => Promise.resolve(new Response(new ReadableStream<Uint8Array>()));

/** Aborts as soon as the request is on its way. */
const abortingOnArrival = (controller: AbortController, answer = never) =>
  recording(() => {
    queueMicrotask(() => controller.abort(reason));
    return answer();
  });

beforeEach(reset);

describe("a signal", () => {
  test.each(calls)("aborted before %s: nothing is sent", async (_name, endpoint, call) => {
    const net = answering(() => done({}));
    let asked = 0;
    const omi = await offline(net, { token: () => `${++asked}` });
    const error = await rejection(call(omi, { signal: AbortSignal.abort(reason) }), AbortError);
    expect(error).toMatchObject({ name: "AbortError", code: "aborted", endpoint, attempts: 0, retryable: false });
    expect(error.cause).toBe(reason);
    expect(net.sent).toEqual([]);
    expect(asked).toBe(0);
  });

  test.each(reads)("during %s", async (_name, endpoint, call) => {
    for (const answer of [never, endlessBody]) {
      const controller = new AbortController();
      const net = abortingOnArrival(controller, answer);
      const error = await rejection(call(await offline(net), { signal: controller.signal }), AbortError);
      expect(error).toMatchObject({ code: "aborted", endpoint, attempts: 1, retryable: false });
      expect(error.cause).toBe(reason);
      expect(net.sent).toHaveLength(1);
      expect(net.sent[0]?.signal.aborted).toBe(true);
    }
  });

  test.each(writes)("during %s: nobody knows", async (_name, endpoint, call, operation) => {
    for (const answer of [never, endlessBody]) {
      const controller = new AbortController();
      const net = abortingOnArrival(controller, answer);
      const error = await rejection(call(await offline(net), { signal: controller.signal }), OutcomeUnknownError);
      expect(error).toMatchObject({ operation, endpoint, attempts: 1 });
      const why = await cause(Promise.reject(error), AbortError);
      expect(why.code).toBe("aborted");
      expect(why.cause).toBe(reason);
      expect(net.sent).toHaveLength(1);
    }
  });

  test.each(calls)("while %s waits for a token: nothing is sent", async (_name, endpoint, call) => {
    const controller = new AbortController();
    const net = answering(() => done({}));
    const omi = await offline(net, {
      token: () => {
        queueMicrotask(() => controller.abort(reason));
        return new Promise<string>(() => {});
      },
    });
    const error = await rejection(call(omi, { signal: controller.signal }), AbortError);
    expect(error).toMatchObject({ endpoint, attempts: 0 });
    expect(error.cause).toBe(reason);
    expect(net.sent).toEqual([]);
  });

  test("one of two calls that wait for a token goes on", async () => {
    const controller = new AbortController();
    let give = (_token: string) => {};
    let asked = 0;
    const token = () => (asked++, new Promise<string>((resolve) => (give = resolve)));
    const omi = await offline(
      answering(() => done({ balance: 1 })),
      { token },
    );
    const aborted = rejection(omi.tenants.get("a1", { signal: controller.signal }), AbortError);
    const other = omi.tenants.get("a2");
    controller.abort(reason);
    await aborted;
    give("token-1");
    expect(await other).toEqual({ balance: 1 });
    expect(asked).toBe(1);
  });

  test("during the pause before a retry", async () => {
    const controller = new AbortController();
    const net = answering(() => html(503, { "retry-after": "60" }));
    const omi = await offline(net, { onEvent: ({ type }) => type === "retry" && controller.abort(reason) });
    const error = await rejection(omi.tenants.get("a1", { signal: controller.signal }), AbortError);
    expect(error).toMatchObject({ attempts: 1 });
    expect(error.cause).toBe(reason);
    expect(net.sent).toHaveLength(1);
  });

  test("that aborts as the request goes out stops a write before it is sent", async () => {
    const controller = new AbortController();
    const omi = await connected({ onEvent: ({ type }) => type === "request" && controller.abort(reason) });
    const error = await rejection(omi.tenants.topUp(newTopUp(), { signal: controller.signal }), AbortError);
    expect(error.cause).toBe(reason);
    expect(await requests()).toEqual({});
  });

  test("that never aborts, or aborts too late, changes nothing", async () => {
    const controller = new AbortController();
    const omi = await connected();
    const tenant = await omi.tenants.get(SEEDED.id, { signal: controller.signal });
    controller.abort(reason);
    expect(tenant.email).toBe(SEEDED.email);
    expect(await omi.tenants.get(SEEDED.id)).toEqual(tenant);
  });

  test("without a reason of its own gives the browser's", async () => {
    const error = await rejection(
      (await connected()).tenants.get(SEEDED.id, { signal: AbortSignal.abort() }),
      AbortError,
    );
    expect(error.cause).toBeInstanceOf(DOMException);
    expect(error.cause).toMatchObject({ name: "AbortError" });
  });

  test("in the other language", async () => {
    const options = { signal: AbortSignal.abort(reason) };
    const english = await rejection((await connected()).tenants.get(SEEDED.id, options), AbortError);
    const other = await rejection((await connected({ language: "vi" })).tenants.get(SEEDED.id, options), AbortError);
    expect(other.message).not.toBe(english.message);
  });
});

describe("a time limit", () => {
  test.each(reads)("of %s", async (_name, endpoint, call) => {
    for (const answer of [never, endlessBody]) {
      const net = answering(answer);
      const error = await rejection(call(await offline(net), { timeoutMs: 50, maxRetries: 0 }), TimeoutError);
      expect(error).toMatchObject({ name: "TimeoutError", code: "timeout", endpoint, attempts: 1, retryable: true });
      expect(net.sent).toHaveLength(1);
      expect(net.sent[0]?.signal.aborted).toBe(true);
    }
  });

  test.each(writes)("of %s: nobody knows", async (_name, endpoint, call, operation) => {
    for (const answer of [never, endlessBody]) {
      const net = answering(answer);
      const error = await rejection(call(await offline(net), { timeoutMs: 50 }), OutcomeUnknownError);
      expect(error).toMatchObject({ operation, endpoint, attempts: 1 });
      expect(await cause(Promise.reject(error), TimeoutError)).toMatchObject({ code: "timeout" });
      expect(net.sent).toHaveLength(1);
    }
  });

  test("of the client holds for its calls", async () => {
    const net = answering(never);
    const omi = await offline(net, { timeoutMs: 50, maxRetries: 0 });
    await rejection(omi.tenants.get("a1"), TimeoutError);
  });

  test.each(calls)("of %s covers a provider that never answers: nothing is sent", async (_name, endpoint, call) => {
    const net = answering(() => done({}));
    let asked = 0;
    const omi = await offline(net, { token: () => (asked++, new Promise<string>(() => {})) });
    const error = await rejection(call(omi, { timeoutMs: 50, maxRetries: 0 }), TimeoutError);
    expect(error).toMatchObject({ endpoint, attempts: 0 });
    expect(net.sent).toEqual([]);
    expect(asked).toBe(1);
  });

  test("after a provider never answered, it is asked again", async () => {
    let asked = 0;
    const token = () => (++asked === 1 ? new Promise<string>(() => {}) : "token-2");
    const omi = await offline(
      answering(() => done({ balance: 1 })),
      { token, maxRetries: 0 },
    );
    await rejection(omi.tenants.get("a1", { timeoutMs: 50 }), TimeoutError);
    expect(await omi.tenants.get("a1")).toEqual({ balance: 1 });
    expect(asked).toBe(2);
  });

  test("in the other language", async () => {
    const messages = new Set<string>();
    for (const language of ["en", "vi"] as const) {
      const omi = await offline(answering(never), { language, timeoutMs: 20, maxRetries: 0 });
      messages.add((await rejection(omi.tenants.get("a1"), TimeoutError)).message);
      messages.add((await rejection(omi.tenants.create(newTenant()), OutcomeUnknownError)).message);
      messages.add((await rejection(omi.tenants.waitUntilActive("a1", { deadlineMs: 10 }), TimeoutError)).message);
    }
    expect(messages.size).toBe(6);
  });
});

describe("reconcile", () => {
  /** Lets writes through to the sandbox and loses the answer. */
  const losingAnswers = () =>
    recording(async (request) => {
      const response = await fetch(request);
      if (/\/(add|update_balance)$/.test(request.url)) throw new TypeError("connection lost");
      return response;
    });
  /** Loses writes before they are sent. */
  const losingRequests = () =>
    recording((request) =>
      /\/(add|update_balance)$/.test(request.url) ? Promise.reject(new TypeError("connection lost")) : fetch(request),
    );

  test("a create whose answer was lost was applied", async () => {
    const omi = await connected({ fetch: losingAnswers().fetch });
    const params = newTenant();
    const before = Date.now();
    const error = await rejection(omi.tenants.create(params), OutcomeUnknownError);
    expect(error).toMatchObject({ operation: "tenants.create", endpoint: ADD, attempts: 1 });
    expect(error.startedAt).toBeGreaterThanOrEqual(before);
    expect(error.startedAt).toBeLessThanOrEqual(Date.now());
    await cause(Promise.reject(error), NetworkError);

    const { id } = await books(params.email);
    const expected = {
      outcome: "applied",
      evidence: { tenants: [expect.objectContaining({ id, email: params.email, full_name: params.fullName })] },
    };
    expect(await error.reconcile()).toEqual(expected);
    expect(await error.reconcile()).toEqual(expected);
    expect(await requests()).toEqual({ [ADD]: 1, [LIST]: 2 });
    expect(await tenantCount()).toBe(SEEDED.total + 1);
  });

  test("a create that never arrived was not", async () => {
    const omi = await connected({ fetch: losingRequests().fetch });
    const error = await rejection(omi.tenants.create(newTenant()), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "notApplied", evidence: { tenants: [] } });
    expect(await requests()).toEqual({ [LIST]: 1 });
    expect(await tenantCount()).toBe(SEEDED.total);
  });

  test("another tenant whose e-mail address merely holds this one is no evidence", async () => {
    const params = newTenant();
    await (await connected()).tenants.create(newTenant({ email: `the.${params.email}` }));
    const omi = await connected({ fetch: losingRequests().fetch });
    const error = await rejection(omi.tenants.create(params), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "notApplied", evidence: { tenants: [] } });
  });

  test("an e-mail address is the same in capitals", async () => {
    const omi = await connected({ fetch: losingAnswers().fetch });
    const params = newTenant();
    const loud = { ...params, email: params.email.toUpperCase() };
    await (await connected()).tenants.create(params);
    const lost = await connected({ fetch: losingRequests().fetch });
    const error = await rejection(lost.tenants.create(loud), OutcomeUnknownError);
    expect(await error.reconcile()).toMatchObject({
      outcome: "applied",
      evidence: { tenants: [{ email: params.email }] },
    });
    expect(await omi.request("GET", "/api/partner/me")).toBeTruthy();
  });

  test("a create that was aborted, timed out or answered by a gateway can be reconciled too", async () => {
    const controller = new AbortController();
    const failures: [() => Promise<Response>, CallOptions][] = [
      [() => (queueMicrotask(() => controller.abort(reason)), never()), { signal: controller.signal }],
      [never, { timeoutMs: 50 }],
      [async () => html(502), {}],
      [async () => html(200), {}],
    ];
    for (const [fail, options] of failures) {
      const net = recording((request) => (request.url.endsWith("/add") ? fail() : fetch(request)));
      const omi = await connected({ fetch: net.fetch });
      const error = await rejection(omi.tenants.create(newTenant(), options), OutcomeUnknownError);
      expect(await error.reconcile()).toEqual({ outcome: "notApplied", evidence: { tenants: [] } });
    }
  });

  test("two tenants with the e-mail address: applied more than once", async () => {
    const params = newTenant();
    const items = ["a", "b"].map((id) => ({ id, email: params.email }));
    const net = recording(({ url }) => (url.endsWith("/add") ? html(502) : done({ ...page([]), items })));
    const error = await rejection((await offline(net)).tenants.create(params), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "appliedMoreThanOnce", evidence: { tenants: items } });
  });

  test("the tenant is found on a later page too", async () => {
    const params = newTenant();
    const net = recording(({ url }) => {
      if (url.endsWith("/add")) return html(502);
      const asked = Number(new URL(url).searchParams.get("page"));
      const items =
        asked === 3 ? [{ id: "it", email: params.email }] : [{ id: `p${asked}`, email: `x${asked}@y.example` }];
      return done({ items, page_number: asked, has_next: asked < 3 });
    });
    const error = await rejection((await offline(net)).tenants.create(params), OutcomeUnknownError);
    expect(await error.reconcile()).toMatchObject({ outcome: "applied", evidence: { tenants: [{ id: "it" }] } });
  });

  test("a list without e-mail addresses proves nothing", async () => {
    const net = recording(({ url }) =>
      url.endsWith("/add") ? html(502) : done({ ...page([]), items: [{ id: "a" }] }),
    );
    const error = await rejection((await offline(net)).tenants.create(newTenant()), OutcomeUnknownError);
    expect((await error.reconcile()).outcome).toBe("inconclusive");
  });

  test("a top-up: inconclusive, and booked once", async () => {
    const omi = await connected({ fetch: losingAnswers().fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(error.operation).toBe("tenants.topUp");
    expect((await error.reconcile()).outcome).toBe("inconclusive");
    expect((await books(SEEDED.email)).top_ups).toMatchObject([{ amount: 500_000, description: DESCRIPTION }]);
    expect((await requests())[UPDATE_BALANCE]).toBe(1);
  });

  test("a top-up that never arrived: inconclusive too", async () => {
    const omi = await connected({ fetch: losingRequests().fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect((await error.reconcile()).outcome).toBe("inconclusive");
    expect((await books(SEEDED.email)).top_ups).toEqual([]);
  });

  test("any other write: inconclusive", async () => {
    const error = await rejection(
      (await offline(answering(() => html(502)))).request("POST", "/api/x"),
      OutcomeUnknownError,
    );
    expect((await error.reconcile()).outcome).toBe("inconclusive");
  });

  test("a question that fails rejects like every call", async () => {
    const net = recording(({ url }) => (url.endsWith("/add") ? html(502) : html(200)));
    const error = await rejection((await offline(net)).tenants.create(newTenant()), OutcomeUnknownError);
    expect(await rejection(error.reconcile(), ProtocolError)).toMatchObject({ endpoint: LIST });
  });
});

describe("close", () => {
  test.each(calls)("%s is refused afterwards", async (_name, _endpoint, call) => {
    for (const language of ["en", "vi"] as const) {
      const net = answering(() => done({}));
      const omi = await offline(net, { language });
      omi.close();
      omi.close();
      const error = await rejection(call(omi), ValidationError);
      expect(error).toMatchObject({ code: "validation", attempts: 0 });
      expect(faults(error)).toEqual(["client: client_closed"]);
      expect(net.sent).toEqual([]);
    }
  });

  test("a call in flight settles", async () => {
    const omi = await connected();
    const tenant = omi.tenants.get(SEEDED.id);
    const topUp = omi.tenants.topUp(newTopUp());
    omi.close();
    expect(await tenant).toMatchObject({ email: SEEDED.email });
    expect(await topUp).toMatchObject({ payload: { amount: 500_000 } });
    expect((await books(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("a call in flight that fails settles too", async () => {
    const omi = await offline(answering(() => html(404)));
    const failed = omi.tenants.get("a1").catch((error: unknown) => error);
    omi.close();
    expect(await failed).toMatchObject({ code: "http_404" });
  });

  test("a list that was not asked for yet is refused", async () => {
    const omi = await connected();
    const pager = omi.tenants.list();
    omi.close();
    await rejection(pager, ValidationError);
    await rejection(all(pager), ValidationError);
    expect(await requests()).toEqual({});
  });

  test("other clients go on", async () => {
    const [one, other] = [await connected(), await connected()];
    one.close();
    expect(await other.tenants.get(SEEDED.id)).toMatchObject({ email: SEEDED.email });
  });

  test("a client is disposable", async () => {
    const omi = await connected();
    omi[Symbol.dispose]?.();
    if (Symbol.dispose) await rejection(omi.tenants.get(SEEDED.id), ValidationError);
    else expect("Symbol(Symbol.dispose)" in omi).toBe(false);
  });

  test("an iteration ends with the next page", async () => {
    const omi = await connected();
    const seen: string[] = [];
    const walk = async () => {
      for await (const { id } of omi.tenants.list({ size: 10 })) {
        seen.push(id);
        omi.close();
      }
    };
    await rejection(walk(), ValidationError);
    expect(seen).toHaveLength(10);
    expect(await requests()).toEqual({ [LIST]: 1 });
  });
});

describe("the page's own", () => {
  test("listeners may throw: the page hears of it, the call goes on", async () => {
    const report = vi.spyOn(globalThis, "reportError").mockImplementation(() => {});
    const thrown = new Error("a listener's own");
    const fail = () => {
      throw thrown;
    };
    const statuses = ["new", "activated"];
    const net = recording((_, index) => done({ status: statuses[index] }));
    const omi = await offline(net, { onEvent: fail });
    const tenant = await omi.tenants.waitUntilActive("a1", { intervalMs: 1, onProgress: fail });
    expect(tenant).toEqual({ status: "activated" });
    // Two requests, two responses and one progress.
    expect(report.mock.calls).toEqual(Array.from({ length: 5 }, () => [thrown]));
    report.mockRestore();
  });

  test("fetch is used when there is no other", async () => {
    const net = passing();
    const [own, given] = [await connected(), await connected({ fetch: net.fetch })];
    expect(await own.tenants.get(SEEDED.id)).toEqual(await given.tenants.get(SEEDED.id));
    expect(net.sent).toHaveLength(1);
    expect(await requests()).toEqual({ [INFO]: 2 });
  });
});
