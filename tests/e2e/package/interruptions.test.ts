// Calls that are interrupted: aborts, timeouts, writes with an unknown outcome, and close().
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
  collect,
  respondingFetch,
  storedTenant,
  unknownOutcomeCause,
  sandboxClient,
  DESCRIPTION,
  success,
  issueCodes,
  html,
  INFO,
  LIST,
  ME,
  neverResponds,
  newTenant,
  newTopUp,
  stubbedClient,
  page,
  passThroughFetch,
  recordingFetch,
  rejection,
  requestCounts,
  reset,
  SEEDED,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

type Call = (omi: PartnerClient, options?: CallOptions) => Promise<unknown>;

const reads: [string, string, Call][] = [
  ["get", INFO, (omi, options) => omi.tenants.get(SEEDED.id, options)],
  ["list", LIST, async (omi, options) => omi.tenants.list({}, options)],
  ["an iteration", LIST, (omi, options) => collect(omi.tenants.list({}, options))],
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

const reason = new Error("The user left the page.");

/** Responds with headers at once, and with a body that never ends. */
const endlessBody = () => Promise.resolve(new Response(new ReadableStream<Uint8Array>()));

/** Aborts as soon as the request is sent. */
const abortingFetch = (controller: AbortController, respond = neverResponds) =>
  recordingFetch(() => {
    queueMicrotask(() => controller.abort(reason));
    return respond();
  });

beforeEach(reset);

describe("a signal", () => {
  test.each(calls)("aborted before %s: nothing is sent", async (_name, endpoint, call) => {
    const net = respondingFetch(() => success({}));
    let tokenCalls = 0;
    const omi = await stubbedClient(net, { token: () => `${++tokenCalls}` });
    const error = await rejection(call(omi, { signal: AbortSignal.abort(reason) }), AbortError);
    expect(error).toMatchObject({ name: "AbortError", code: "aborted", endpoint, attempts: 0, retryable: false });
    expect(error.cause).toBe(reason);
    expect(net.sent).toEqual([]);
    expect(tokenCalls).toBe(0);
  });

  test.each(reads)("during %s", async (_name, endpoint, call) => {
    for (const respond of [neverResponds, endlessBody]) {
      const controller = new AbortController();
      const net = abortingFetch(controller, respond);
      const error = await rejection(call(await stubbedClient(net), { signal: controller.signal }), AbortError);
      expect(error).toMatchObject({ code: "aborted", endpoint, attempts: 1, retryable: false });
      expect(error.cause).toBe(reason);
      expect(net.sent).toHaveLength(1);
      expect(net.sent[0]?.signal.aborted).toBe(true);
    }
  });

  test.each(writes)("during %s: the outcome is unknown", async (_name, endpoint, call, operation) => {
    for (const respond of [neverResponds, endlessBody]) {
      const controller = new AbortController();
      const net = abortingFetch(controller, respond);
      const error = await rejection(call(await stubbedClient(net), { signal: controller.signal }), OutcomeUnknownError);
      expect(error).toMatchObject({ operation, endpoint, attempts: 1 });
      const abortError = await unknownOutcomeCause(Promise.reject(error), AbortError);
      expect(abortError.code).toBe("aborted");
      expect(abortError.cause).toBe(reason);
      expect(net.sent).toHaveLength(1);
    }
  });

  test.each(calls)("while %s waits for a token: nothing is sent", async (_name, endpoint, call) => {
    const controller = new AbortController();
    const net = respondingFetch(() => success({}));
    const omi = await stubbedClient(net, {
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

  test("while two calls wait for a token: the other call continues", async () => {
    const controller = new AbortController();
    let resolveToken = (_token: string) => {};
    let tokenCalls = 0;
    const token = () => (tokenCalls++, new Promise<string>((resolve) => (resolveToken = resolve)));
    const omi = await stubbedClient(
      respondingFetch(() => success({ balance: 1 })),
      { token },
    );
    const aborted = rejection(omi.tenants.get("a1", { signal: controller.signal }), AbortError);
    const other = omi.tenants.get("a2");
    controller.abort(reason);
    await aborted;
    resolveToken("token-1");
    expect(await other).toEqual({ balance: 1 });
    expect(tokenCalls).toBe(1);
  });

  test("during the delay before a retry", async () => {
    const controller = new AbortController();
    const net = respondingFetch(() => html(503, { "retry-after": "60" }));
    const omi = await stubbedClient(net, { onEvent: ({ type }) => type === "retry" && controller.abort(reason) });
    const error = await rejection(omi.tenants.get("a1", { signal: controller.signal }), AbortError);
    expect(error).toMatchObject({ attempts: 1 });
    expect(error.cause).toBe(reason);
    expect(net.sent).toHaveLength(1);
  });

  test("aborted in the request event: the write is not sent", async () => {
    const controller = new AbortController();
    const omi = await sandboxClient({ onEvent: ({ type }) => type === "request" && controller.abort(reason) });
    const error = await rejection(omi.tenants.topUp(newTopUp(), { signal: controller.signal }), AbortError);
    expect(error.cause).toBe(reason);
    expect(await requestCounts()).toEqual({});
  });

  test("that never aborts, or aborts after the call, has no effect", async () => {
    const controller = new AbortController();
    const omi = await sandboxClient();
    const tenant = await omi.tenants.get(SEEDED.id, { signal: controller.signal });
    controller.abort(reason);
    expect(tenant.email).toBe(SEEDED.email);
    expect(await omi.tenants.get(SEEDED.id)).toEqual(tenant);
  });

  test("aborted without a reason: the cause is the browser's AbortError", async () => {
    const error = await rejection(
      (await sandboxClient()).tenants.get(SEEDED.id, { signal: AbortSignal.abort() }),
      AbortError,
    );
    expect(error.cause).toBeInstanceOf(DOMException);
    expect(error.cause).toMatchObject({ name: "AbortError" });
  });

  test("the message is in the client's language", async () => {
    const options = { signal: AbortSignal.abort(reason) };
    const english = await rejection((await sandboxClient()).tenants.get(SEEDED.id, options), AbortError);
    const other = await rejection(
      (await sandboxClient({ language: "vi" })).tenants.get(SEEDED.id, options),
      AbortError,
    );
    expect(other.message).not.toBe(english.message);
  });
});

describe("a timeout", () => {
  test.each(reads)("of %s", async (_name, endpoint, call) => {
    for (const respond of [neverResponds, endlessBody]) {
      const net = respondingFetch(respond);
      const error = await rejection(call(await stubbedClient(net), { timeoutMs: 50, maxRetries: 0 }), TimeoutError);
      expect(error).toMatchObject({ name: "TimeoutError", code: "timeout", endpoint, attempts: 1, retryable: true });
      expect(net.sent).toHaveLength(1);
      expect(net.sent[0]?.signal.aborted).toBe(true);
    }
  });

  test.each(writes)("of %s: the outcome is unknown", async (_name, endpoint, call, operation) => {
    for (const respond of [neverResponds, endlessBody]) {
      const net = respondingFetch(respond);
      const error = await rejection(call(await stubbedClient(net), { timeoutMs: 50 }), OutcomeUnknownError);
      expect(error).toMatchObject({ operation, endpoint, attempts: 1 });
      expect(await unknownOutcomeCause(Promise.reject(error), TimeoutError)).toMatchObject({ code: "timeout" });
      expect(net.sent).toHaveLength(1);
    }
  });

  test("of the client applies to its calls", async () => {
    const net = respondingFetch(neverResponds);
    const omi = await stubbedClient(net, { timeoutMs: 50, maxRetries: 0 });
    await rejection(omi.tenants.get("a1"), TimeoutError);
  });

  test.each(calls)("of %s includes the wait for the token provider: nothing is sent", async (_name, endpoint, call) => {
    const net = respondingFetch(() => success({}));
    let tokenCalls = 0;
    const omi = await stubbedClient(net, { token: () => (tokenCalls++, new Promise<string>(() => {})) });
    const error = await rejection(call(omi, { timeoutMs: 50, maxRetries: 0 }), TimeoutError);
    expect(error).toMatchObject({ endpoint, attempts: 0 });
    expect(net.sent).toEqual([]);
    expect(tokenCalls).toBe(1);
  });

  test("the message is in the client's language", async () => {
    const messages = new Set<string>();
    for (const language of ["en", "vi"] as const) {
      const omi = await stubbedClient(respondingFetch(neverResponds), { language, timeoutMs: 20, maxRetries: 0 });
      messages.add((await rejection(omi.tenants.get("a1"), TimeoutError)).message);
      messages.add((await rejection(omi.tenants.create(newTenant()), OutcomeUnknownError)).message);
      messages.add((await rejection(omi.tenants.waitUntilActive("a1", { deadlineMs: 10 }), TimeoutError)).message);
    }
    expect(messages.size).toBe(6);
  });
});

describe("reconcile", () => {
  /** Forwards writes to the sandbox and loses the response. */
  const losingResponses = () =>
    recordingFetch(async (request) => {
      const response = await fetch(request);
      if (/\/(add|update_balance)$/.test(request.url)) throw new TypeError("connection lost");
      return response;
    });
  /** Fails writes before they are sent. */
  const losingRequests = () =>
    recordingFetch((request) =>
      /\/(add|update_balance)$/.test(request.url) ? Promise.reject(new TypeError("connection lost")) : fetch(request),
    );

  test("a create whose response was lost: applied", async () => {
    const omi = await sandboxClient({ fetch: losingResponses().fetch });
    const params = newTenant();
    const before = Date.now();
    const error = await rejection(omi.tenants.create(params), OutcomeUnknownError);
    expect(error).toMatchObject({ operation: "tenants.create", endpoint: ADD, attempts: 1 });
    expect(error.startedAt).toBeGreaterThanOrEqual(before);
    expect(error.startedAt).toBeLessThanOrEqual(Date.now());
    await unknownOutcomeCause(Promise.reject(error), NetworkError);

    const { id } = await storedTenant(params.email);
    const expected = {
      outcome: "applied",
      evidence: { tenants: [expect.objectContaining({ id, email: params.email, full_name: params.fullName })] },
    };
    expect(await error.reconcile()).toEqual(expected);
    expect(await error.reconcile()).toEqual(expected);
    expect(await requestCounts()).toEqual({ [ADD]: 1, [LIST]: 2 });
    expect(await tenantCount()).toBe(SEEDED.total + 1);
  });

  test("a create that was never sent: not applied", async () => {
    const omi = await sandboxClient({ fetch: losingRequests().fetch });
    const error = await rejection(omi.tenants.create(newTenant()), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "notApplied", evidence: { tenants: [] } });
    expect(await requestCounts()).toEqual({ [LIST]: 1 });
    expect(await tenantCount()).toBe(SEEDED.total);
  });

  test("a tenant whose e-mail address only contains this one is no evidence", async () => {
    const params = newTenant();
    await (await sandboxClient()).tenants.create(newTenant({ email: `the.${params.email}` }));
    const omi = await sandboxClient({ fetch: losingRequests().fetch });
    const error = await rejection(omi.tenants.create(params), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "notApplied", evidence: { tenants: [] } });
  });

  test("e-mail addresses are compared without case", async () => {
    const omi = await sandboxClient({ fetch: losingResponses().fetch });
    const params = newTenant();
    const upperCase = { ...params, email: params.email.toUpperCase() };
    await (await sandboxClient()).tenants.create(params);
    const losingClient = await sandboxClient({ fetch: losingRequests().fetch });
    const error = await rejection(losingClient.tenants.create(upperCase), OutcomeUnknownError);
    expect(await error.reconcile()).toMatchObject({
      outcome: "applied",
      evidence: { tenants: [{ email: params.email }] },
    });
    expect(await omi.request("GET", "/api/partner/me")).toBeTruthy();
  });

  test("a create that was aborted, timed out or got a gateway's response can be reconciled too", async () => {
    const controller = new AbortController();
    const failures: [() => Promise<Response>, CallOptions][] = [
      [() => (queueMicrotask(() => controller.abort(reason)), neverResponds()), { signal: controller.signal }],
      [neverResponds, { timeoutMs: 50 }],
      [async () => html(502), {}],
      [async () => html(200), {}],
    ];
    for (const [fail, options] of failures) {
      const net = recordingFetch((request) => (request.url.endsWith("/add") ? fail() : fetch(request)));
      const omi = await sandboxClient({ fetch: net.fetch });
      const error = await rejection(omi.tenants.create(newTenant(), options), OutcomeUnknownError);
      expect(await error.reconcile()).toEqual({ outcome: "notApplied", evidence: { tenants: [] } });
    }
  });

  test("two tenants with the e-mail address: applied more than once", async () => {
    const params = newTenant();
    const items = ["a", "b"].map((id) => ({ id, email: params.email }));
    const net = recordingFetch(({ url }) => (url.endsWith("/add") ? html(502) : success({ ...page([]), items })));
    const error = await rejection((await stubbedClient(net)).tenants.create(params), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "appliedMoreThanOnce", evidence: { tenants: items } });
  });

  test("a tenant on a later page is found too", async () => {
    const params = newTenant();
    const net = recordingFetch(({ url }) => {
      if (url.endsWith("/add")) return html(502);
      const number = Number(new URL(url).searchParams.get("page"));
      const items =
        number === 3 ? [{ id: "it", email: params.email }] : [{ id: `p${number}`, email: `x${number}@y.example` }];
      return success({ items, page_number: number, has_next: number < 3 });
    });
    const error = await rejection((await stubbedClient(net)).tenants.create(params), OutcomeUnknownError);
    expect(await error.reconcile()).toMatchObject({ outcome: "applied", evidence: { tenants: [{ id: "it" }] } });
  });

  test("a list without e-mail addresses: inconclusive", async () => {
    const net = recordingFetch(({ url }) =>
      url.endsWith("/add") ? html(502) : success({ ...page([]), items: [{ id: "a" }] }),
    );
    const error = await rejection((await stubbedClient(net)).tenants.create(newTenant()), OutcomeUnknownError);
    expect((await error.reconcile()).outcome).toBe("inconclusive");
  });

  test("a top-up: inconclusive, and executed once", async () => {
    const omi = await sandboxClient({ fetch: losingResponses().fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(error.operation).toBe("tenants.topUp");
    expect((await error.reconcile()).outcome).toBe("inconclusive");
    expect((await storedTenant(SEEDED.email)).top_ups).toMatchObject([{ amount: 500_000, description: DESCRIPTION }]);
    expect((await requestCounts())[UPDATE_BALANCE]).toBe(1);
  });

  test("a top-up that was never sent: inconclusive too", async () => {
    const omi = await sandboxClient({ fetch: losingRequests().fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect((await error.reconcile()).outcome).toBe("inconclusive");
    expect((await storedTenant(SEEDED.email)).top_ups).toEqual([]);
  });

  test("any other write: inconclusive", async () => {
    const error = await rejection(
      (await stubbedClient(respondingFetch(() => html(502)))).request("POST", "/api/x"),
      OutcomeUnknownError,
    );
    expect((await error.reconcile()).outcome).toBe("inconclusive");
  });

  test("a failing reconcile() rejects like every call", async () => {
    const net = recordingFetch(({ url }) => (url.endsWith("/add") ? html(502) : html(200)));
    const error = await rejection((await stubbedClient(net)).tenants.create(newTenant()), OutcomeUnknownError);
    expect(await rejection(error.reconcile(), ProtocolError)).toMatchObject({ endpoint: LIST });
  });
});

describe("close", () => {
  test.each(calls)("%s rejects afterwards", async (_name, _endpoint, call) => {
    for (const language of ["en", "vi"] as const) {
      const net = respondingFetch(() => success({}));
      const omi = await stubbedClient(net, { language });
      omi.close();
      omi.close();
      const error = await rejection(call(omi), ValidationError);
      expect(error).toMatchObject({ code: "validation", attempts: 0 });
      expect(issueCodes(error)).toEqual(["client: client_closed"]);
      expect(net.sent).toEqual([]);
    }
  });

  test("a call in flight settles", async () => {
    const omi = await sandboxClient();
    const tenant = omi.tenants.get(SEEDED.id);
    const topUp = omi.tenants.topUp(newTopUp());
    omi.close();
    expect(await tenant).toMatchObject({ email: SEEDED.email });
    expect(await topUp).toMatchObject({ payload: { amount: 500_000 } });
    expect((await storedTenant(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("a call in flight that fails settles too", async () => {
    const omi = await stubbedClient(respondingFetch(() => html(404)));
    const failed = omi.tenants.get("a1").catch((error: unknown) => error);
    omi.close();
    expect(await failed).toMatchObject({ code: "http_404" });
  });

  test("a list that was not requested yet rejects", async () => {
    const omi = await sandboxClient();
    const pager = omi.tenants.list();
    omi.close();
    await rejection(pager, ValidationError);
    await rejection(collect(pager), ValidationError);
    expect(await requestCounts()).toEqual({});
  });

  test("other clients keep working", async () => {
    const [one, other] = [await sandboxClient(), await sandboxClient()];
    one.close();
    expect(await other.tenants.get(SEEDED.id)).toMatchObject({ email: SEEDED.email });
  });

  test("a client is disposable", async () => {
    const omi = await sandboxClient();
    omi[Symbol.dispose]?.();
    if (Symbol.dispose) await rejection(omi.tenants.get(SEEDED.id), ValidationError);
    else expect("Symbol(Symbol.dispose)" in omi).toBe(false);
  });

  test("an iteration rejects at the next page", async () => {
    const omi = await sandboxClient();
    const seen: string[] = [];
    const iterate = async () => {
      for await (const { id } of omi.tenants.list({ size: 10 })) {
        seen.push(id);
        omi.close();
      }
    };
    await rejection(iterate(), ValidationError);
    expect(seen).toHaveLength(10);
    expect(await requestCounts()).toEqual({ [LIST]: 1 });
  });
});

describe("functions of the page", () => {
  test("listeners may throw: reportError is called, and the call continues", async () => {
    const report = vi.spyOn(globalThis, "reportError").mockImplementation(() => {});
    const thrown = new Error("error of a listener");
    const fail = () => {
      throw thrown;
    };
    const statuses = ["new", "activated"];
    const net = recordingFetch((_, index) => success({ status: statuses[index] }));
    const omi = await stubbedClient(net, { onEvent: fail });
    const tenant = await omi.tenants.waitUntilActive("a1", { intervalMs: 1, onProgress: fail });
    expect(tenant).toEqual({ status: "activated" });
    // Two request events, two response events and one progress report.
    expect(report.mock.calls).toEqual(Array.from({ length: 5 }, () => [thrown]));
    report.mockRestore();
  });

  test("the page's fetch is the default", async () => {
    const net = passThroughFetch();
    const [own, given] = [await sandboxClient(), await sandboxClient({ fetch: net.fetch })];
    expect(await own.tenants.get(SEEDED.id)).toEqual(await given.tenants.get(SEEDED.id));
    expect(net.sent).toHaveLength(1);
    expect(await requestCounts()).toEqual({ [INFO]: 2 });
  });
});
