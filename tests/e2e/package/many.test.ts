// Many calls at once, and what calls leave behind.
import type { CallOptions, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  ADD,
  all,
  answering,
  books,
  connected,
  done,
  html,
  INFO,
  LIST,
  ME,
  never,
  newTenant,
  newTopUp,
  offline,
  page,
  recording,
  refusal,
  requests,
  reset,
  SEEDED,
  signIn,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

beforeEach(reset);

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** What each of them came to: its value, or the code of its failure. */
const outcomes = async (calls: Iterable<PromiseLike<unknown>>): Promise<unknown[]> =>
  (await Promise.allSettled(calls)).map((result) =>
    result.status === "fulfilled" ? result.value : (result.reason as { code?: unknown }).code,
  );

test("1,000 calls at once each get their own answer", { timeout: 120_000 }, async () => {
  // A browser sends a few at a time: the last ones wait for most of it.
  const omi = await connected({ timeoutMs: 100_000 });
  const seeded = await all(omi.tenants.list({ size: 50 }));
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
    ...params.map((given) => ({
      start: async () => {
        const { id } = await omi.tenants.create(given);
        created.set(id, given.email);
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
  // Mixed, by a step that shares no factor with 1,000.
  const mixed = calls.map((_, index) => calls[(index * 331) % calls.length] ?? expect.unreachable());
  expect(await outcomes(mixed.map(({ start }) => start()))).toEqual(mixed.map(({ expected }) => expected));

  expect(created.size).toBe(150);
  for (const [id, email] of created) expect((await books(email)).id).toBe(id);
  expect(await tenantCount()).toBe(SEEDED.total + 150);
  for (const [index, { email }] of enabled.entries()) {
    expect((await books(email ?? "")).top_ups).toMatchObject([{ amount: 10_000 + index }]);
  }
  expect(await requests()).toEqual({ [INFO]: 650, [ADD]: 150, [LIST]: 3 + 120, [UPDATE_BALANCE]: 80 });
});

test("closing in the midst of 200 calls leaves each its own result", async () => {
  const answers: ((response: Response) => void)[] = [];
  let allSent = () => {};
  const sent = new Promise<void>((resolve) => (allSent = resolve));
  const net = recording(
    () =>
      new Promise((resolve) => {
        if (answers.push(resolve) === 200) allSent();
      }),
  );
  const omi = await offline(net);
  const kinds: ((index: number) => PromiseLike<unknown>)[] = [
    (index) => omi.tenants.get(`a${index}`),
    // By `then`, as a list is not asked for before.
    (index) => omi.tenants.list({ page: index + 1 }).then((list) => list),
    (index) => omi.tenants.create(newTenant({ fullName: `Number ${index}` })),
    (index) => omi.request("POST", "/api/x", { body: { index } }),
    (index) => omi.tenants.waitUntilActive(`a${index}`),
  ];
  const results = outcomes(times(200, (index) => kinds[index % kinds.length]?.(index) ?? expect.unreachable()));
  await sent;
  omi.close();

  const payload = (index: number) => ({ ...page([]), id: `id ${index}`, status: "activated", page_number: index + 1 });
  const isRefused = (index: number) => index % 3 === 0;
  // The last one that was sent gets its answer first.
  for (const [index, answer] of [...answers.entries()].reverse()) {
    answer(isRefused(index) ? refusal(`refused ${index}`) : done(payload(index)));
  }
  expect(await results).toEqual(times(200, (index) => (isRefused(index) ? `refused ${index}` : payload(index))));
  // The answers went by the order of the requests: it is that of the calls.
  const urls = net.sent.map(({ url }) => new URL(url));
  expect(urls.map(({ searchParams }) => searchParams.get("id") ?? searchParams.get("page"))).toEqual(
    times(200, (index) => [`a${index}`, `${index + 1}`, null, null, `a${index}`][index % 5]),
  );
  expect(net.sent).toHaveLength(200);
});

test("100 calls that wait for a slow token ask for it once", async () => {
  let give = (_token: string) => {};
  let asked = 0;
  const token = () => (asked++, new Promise<string>((resolve) => (give = resolve)));
  const omi = await connected({ token });
  const calls = times(100, (index) =>
    index % 2 ? omi.tenants.get(SEEDED.id) : omi.request("GET", "/api/partner/me", { timeoutMs: 20_000 }),
  );
  // The token comes from another server call: meanwhile every call has got as far as it can.
  const answer = await signIn();
  expect(asked).toBe(1);
  expect(await requests()).toEqual({});
  give(answer);
  const expected = times(100, (index) => ({ email: index % 2 ? SEEDED.email : "partner@example.com" }));
  expect(await Promise.all(calls)).toMatchObject(expected);
  expect(asked).toBe(1);
  expect(await requests()).toEqual({ [INFO]: 50, [ME]: 50 });
});

describe("nothing is left", () => {
  /** Timers that neither ran nor were cleared. */
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

  /** A signal that knows its listeners. */
  function watched() {
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
    ["an iteration", (omi, options) => all(omi.tenants.list({}, options)), page([])],
    ["create", (omi, options) => omi.tenants.create(newTenant(), options), { id: "a1" }],
    [
      "topUp",
      // Of another tenant each time: those of one would wait for each other.
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
    const fine = () => done(payload);
    const { controller: onArrival, ...arrival } = watched();
    const { controller: inPause, ...pause } = watched();
    const { controller: forToken, ...token } = watched();
    const { controller: late, ...succeeded } = watched();
    const [timedOut, lost, refused] = [watched(), watched(), watched()];
    const soon = { maxRetries: 0, timeoutMs: 20 };
    const hanging = () => (queueMicrotask(() => forToken.abort()), new Promise<string>(() => {}));

    const results = await outcomes([
      call(await offline(answering(fine)), { signal: succeeded.signal }),
      call(await offline(answering(() => html(503, { "retry-after": "0" }), fine)), { signal: succeeded.signal }),
      call(await offline(answering(() => refusal("no"))), { signal: refused.signal }),
      call(await offline(answering(() => html(502))), { signal: lost.signal, maxRetries: 0 }),
      call(await offline(answering(() => Promise.reject(new TypeError("lost")))), {
        signal: lost.signal,
        maxRetries: 0,
      }),
      call(await offline(answering(never)), { signal: timedOut.signal, ...soon }),
      call(await offline(answering(endless)), { signal: timedOut.signal, ...soon }),
      call(await offline(answering(fine), { token: () => new Promise<string>(() => {}) }), {
        signal: timedOut.signal,
        ...soon,
      }),
      call(await offline(recording(() => (queueMicrotask(() => onArrival.abort()), never()))), {
        signal: arrival.signal,
      }),
      call(
        await offline(
          answering(() => html(503, { "retry-after": "60" })),
          {
            onEvent: ({ type }) => type === "retry" && inPause.abort(),
          },
        ),
        { signal: pause.signal },
      ),
      call(await offline(answering(fine), { token: hanging }), { signal: token.signal }),
      call(await offline(answering(fine)), { signal: AbortSignal.abort() }),
    ]);
    expect(results).toEqual(expect.arrayContaining(["no", "timeout", "aborted"]));
    late.abort();

    // The last one ended before it began.
    expect(started).toBeGreaterThanOrEqual(results.length - 1);
    expect(timers).toEqual(new Set());
    for (const signal of [arrival, pause, token, succeeded, timedOut, lost, refused]) {
      expect(signal.added()).toBeGreaterThan(0);
      expect(signal.listeners).toEqual(new Set());
    }
  });

  test("of a wait that gives up, and of one that is aborted between two looks", async () => {
    const waiting = watched();
    const omi = await offline(answering(() => done({ status: "new" })));
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
