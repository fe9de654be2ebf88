// Many concurrent calls, and the timers and listeners that calls must remove.
import type { CallOptions, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  ADD,
  collect,
  respondingFetch,
  storedTenant,
  sandboxClient,
  success,
  html,
  INFO,
  LIST,
  ME,
  neverResponds,
  newTenant,
  newTopUp,
  stubbedClient,
  page,
  recordingFetch,
  apiError,
  requestCounts,
  reset,
  SEEDED,
  signIn,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

beforeEach(reset);

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** The result of each call: its value, or the code of its error. */
const outcomes = async (calls: Iterable<PromiseLike<unknown>>): Promise<unknown[]> =>
  (await Promise.allSettled(calls)).map((result) =>
    result.status === "fulfilled" ? result.value : (result.reason as { code?: unknown }).code,
  );

test("1,000 concurrent calls each get their own result", { timeout: 120_000 }, async () => {
  // A browser sends a few requests at a time, so the last calls wait for most of the test.
  const omi = await sandboxClient({ timeoutMs: 100_000 });
  const seeded = await collect(omi.tenants.list({ size: 50 }));
  expect(seeded).toHaveLength(SEEDED.total);
  const enabled = seeded.filter((tenant) => tenant.enabled).slice(0, 80);
  const tenant = (index: number) => seeded[index % seeded.length] ?? expect.unreachable();
  const params = times(150, () => newTenant());
  const created = new Map<string, string>();

  const calls: { start: () => PromiseLike<unknown>; expected: unknown }[] = [
    ...times(600, (index) => ({
      start: () => omi.tenants.get(tenant(index).id),
      expected: expect.objectContaining({ email: tenant(index).email, full_name: tenant(index).full_name }),
    })),
    ...params.map((tenantParams) => ({
      start: async () => {
        const { id } = await omi.tenants.create(tenantParams);
        created.set(id, tenantParams.email);
        return "created";
      },
      expected: "created",
    })),
    ...times(120, (index) => ({
      start: () => omi.tenants.list({ keyword: tenant(index).email ?? "" }),
      expected: expect.objectContaining({ items: [expect.objectContaining({ id: tenant(index).id })] }),
    })),
    ...enabled.map(({ email }, index) => ({
      start: () => omi.tenants.topUp(newTopUp({ email: email ?? "", amount: 10_000 + index })),
      expected: { payload: expect.objectContaining({ amount: 10_000 + index }) },
    })),
    ...times(50, (index) => ({
      start: () => omi.tenants.get(`${index}`.padStart(24, "f")),
      expected: "tenant_not_found",
    })),
  ];
  expect(calls).toHaveLength(1_000);
  // Mixed by a step size that is coprime to 1,000.
  const mixed = calls.map((_, index) => calls[(index * 331) % calls.length] ?? expect.unreachable());
  expect(await outcomes(mixed.map(({ start }) => start()))).toEqual(mixed.map(({ expected }) => expected));

  expect(created.size).toBe(150);
  for (const [id, email] of created) expect((await storedTenant(email)).id).toBe(id);
  expect(await tenantCount()).toBe(SEEDED.total + 150);
  for (const [index, { email }] of enabled.entries()) {
    expect((await storedTenant(email ?? "")).top_ups).toMatchObject([{ amount: 10_000 + index }]);
  }
  expect(await requestCounts()).toEqual({ [INFO]: 650, [ADD]: 150, [LIST]: 3 + 120, [UPDATE_BALANCE]: 80 });
});

test("200 calls in flight each get their own result after close()", async () => {
  const responders: ((response: Response) => void)[] = [];
  let allSent = () => {};
  const sent = new Promise<void>((resolve) => (allSent = resolve));
  const net = recordingFetch(
    () =>
      new Promise((resolve) => {
        if (responders.push(resolve) === 200) allSent();
      }),
  );
  const omi = await stubbedClient(net);
  const kinds: ((index: number) => PromiseLike<unknown>)[] = [
    (index) => omi.tenants.get(`a${index}`),
    // `then` starts the request of a list.
    (index) => omi.tenants.list({ page: index + 1 }).then((list) => list),
    (index) => omi.tenants.create(newTenant({ fullName: `Number ${index}` })),
    (index) => omi.request("POST", "/api/x", { body: { index } }),
    (index) => omi.tenants.waitUntilActive(`a${index}`),
  ];
  const results = outcomes(times(200, (index) => kinds[index % kinds.length]?.(index) ?? expect.unreachable()));
  await sent;
  omi.close();

  const payload = (index: number) => ({ ...page([]), id: `id ${index}`, status: "activated", page_number: index + 1 });
  const isRejected = (index: number) => index % 3 === 0;
  // The request that was sent last gets its response first.
  for (const [index, respond] of [...responders.entries()].reverse()) {
    respond(isRejected(index) ? apiError(`rejected ${index}`) : success(payload(index)));
  }
  expect(await results).toEqual(times(200, (index) => (isRejected(index) ? `rejected ${index}` : payload(index))));
  // The responses were assigned in the order of the requests, which must be the order of the calls.
  const urls = net.sent.map(({ url }) => new URL(url));
  expect(urls.map(({ searchParams }) => searchParams.get("id") ?? searchParams.get("page"))).toEqual(
    times(200, (index) => [`a${index}`, `${index + 1}`, null, null, `a${index}`][index % 5]),
  );
  expect(net.sent).toHaveLength(200);
});

test("100 calls that wait for a slow token call the provider once", async () => {
  let resolveToken = (_token: string) => {};
  let tokenCalls = 0;
  const token = () => (tokenCalls++, new Promise<string>((resolve) => (resolveToken = resolve)));
  const omi = await sandboxClient({ token });
  const calls = times(100, (index) =>
    index % 2 ? omi.tenants.get(SEEDED.id) : omi.request("GET", "/api/partner/me", { timeoutMs: 20_000 }),
  );
  // Signing in takes a request; by its end every call waits for the token.
  const accessToken = await signIn();
  expect(tokenCalls).toBe(1);
  expect(await requestCounts()).toEqual({});
  resolveToken(accessToken);
  const expected = times(100, (index) => ({ email: index % 2 ? SEEDED.email : "partner@example.com" }));
  expect(await Promise.all(calls)).toMatchObject(expected);
  expect(tokenCalls).toBe(1);
  expect(await requestCounts()).toEqual({ [INFO]: 50, [ME]: 50 });
});

describe("no timer and no listener remains", () => {
  /** Timers that neither fired nor were cleared. */
  const timers = new Set<unknown>();
  let started = 0;

  beforeEach(() => {
    timers.clear();
    started = 0;
    const { setTimeout: start, clearTimeout: clear } = globalThis;
    const counted = (handler: () => void, ms?: number) => {
      const timer = start(() => {
        timers.delete(timer);
        handler();
      }, ms);
      timers.add(timer);
      started++;
      return timer;
    };
    vi.stubGlobal("setTimeout", counted);
    vi.stubGlobal("clearTimeout", (timer?: ReturnType<typeof setTimeout>) => {
      timers.delete(timer);
      clear(timer);
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** A signal that records its listeners. */
  function watchedSignal() {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = new Set<unknown>();
    let added = 0;
    signal.addEventListener = (type: string, listener: EventListener) => {
      added++;
      listeners.add(listener);
      AbortSignal.prototype.addEventListener.call(signal, type, listener);
    };
    signal.removeEventListener = (type: string, listener: EventListener) => {
      listeners.delete(listener);
      AbortSignal.prototype.removeEventListener.call(signal, type, listener);
    };
    return { controller, signal, listeners, added: () => added };
  }

  type Call = (omi: PartnerClient, options: CallOptions) => Promise<unknown>;

  const calls: [string, Call, payload: unknown][] = [
    ["get", (omi, options) => omi.tenants.get("a1", options), {}],
    ["list", async (omi, options) => omi.tenants.list({}, options), page([])],
    ["an iteration", (omi, options) => collect(omi.tenants.list({}, options)), page([])],
    ["create", (omi, options) => omi.tenants.create(newTenant(), options), { id: "a1" }],
    [
      "topUp",
      // A different tenant each time, because top-ups of one tenant wait for each other.
      (omi, options) => omi.tenants.topUp(newTopUp({ email: newTenant().email }), options),
      {},
    ],
    ["request", (omi, options) => omi.request("POST", "/api/x", { body: {}, ...options }), {}],
    [
      "waitUntilActive",
      (omi, options) => omi.tenants.waitUntilActive("a1", { intervalMs: 5, ...options }),
      { status: "activated" },
    ],
  ];

  test.each(calls)("of %s", async (_name, call, payload) => {
    const endless = async () => new Response(new ReadableStream<Uint8Array>());
    const valid = () => success(payload);
    const { controller: onRequest, ...aborted } = watchedSignal();
    const { controller: duringDelay, ...delay } = watchedSignal();
    const { controller: forToken, ...token } = watchedSignal();
    const { controller: afterSuccess, ...succeeded } = watchedSignal();
    const [timedOut, lost, rejected] = [watchedSignal(), watchedSignal(), watchedSignal()];
    const shortTimeout = { maxRetries: 0, timeoutMs: 20 };
    const hanging = () => (queueMicrotask(() => forToken.abort()), new Promise<string>(() => {}));

    const results = await outcomes([
      call(await stubbedClient(respondingFetch(valid)), { signal: succeeded.signal }),
      call(await stubbedClient(respondingFetch(() => html(503, { "retry-after": "0" }), valid)), {
        signal: succeeded.signal,
      }),
      call(await stubbedClient(respondingFetch(() => apiError("no"))), { signal: rejected.signal }),
      call(await stubbedClient(respondingFetch(() => html(502))), { signal: lost.signal, maxRetries: 0 }),
      call(await stubbedClient(respondingFetch(() => Promise.reject(new TypeError("lost")))), {
        signal: lost.signal,
        maxRetries: 0,
      }),
      call(await stubbedClient(respondingFetch(neverResponds)), { signal: timedOut.signal, ...shortTimeout }),
      call(await stubbedClient(respondingFetch(endless)), { signal: timedOut.signal, ...shortTimeout }),
      call(await stubbedClient(respondingFetch(valid), { token: () => new Promise<string>(() => {}) }), {
        signal: timedOut.signal,
        ...shortTimeout,
      }),
      call(await stubbedClient(recordingFetch(() => (queueMicrotask(() => onRequest.abort()), neverResponds()))), {
        signal: aborted.signal,
      }),
      call(
        await stubbedClient(
          respondingFetch(() => html(503, { "retry-after": "60" })),
          {
            onEvent: ({ type }) => type === "retry" && duringDelay.abort(),
          },
        ),
        { signal: delay.signal },
      ),
      call(await stubbedClient(respondingFetch(valid), { token: hanging }), { signal: token.signal }),
      call(await stubbedClient(respondingFetch(valid)), { signal: AbortSignal.abort() }),
    ]);
    expect(results).toEqual(expect.arrayContaining(["no", "timeout", "aborted"]));
    afterSuccess.abort();

    // The last call was aborted before it started a timer.
    expect(started).toBeGreaterThanOrEqual(results.length - 1);
    expect(timers).toEqual(new Set());
    for (const signal of [aborted, delay, token, succeeded, timedOut, lost, rejected]) {
      expect(signal.added()).toBeGreaterThan(0);
      expect(signal.listeners).toEqual(new Set());
    }
  });

  test("of a waitUntilActive that reaches its deadline, and of one that is aborted between two requests", async () => {
    const waiting = watchedSignal();
    const omi = await stubbedClient(respondingFetch(() => success({ status: "new" })));
    const results = await outcomes([
      omi.tenants.waitUntilActive("a1", { signal: waiting.signal, deadlineMs: 30, intervalMs: 5 }),
      omi.tenants.waitUntilActive("a1", {
        signal: waiting.signal,
        intervalMs: 60_000,
        onProgress: () => queueMicrotask(() => queueMicrotask(() => waiting.controller.abort())),
      }),
    ]);
    expect(results).toContain("aborted");
    expect(started).toBeGreaterThan(0);
    expect(timers).toEqual(new Set());
    expect(waiting.added()).toBeGreaterThan(0);
    expect(waiting.listeners).toEqual(new Set());
  });
});
