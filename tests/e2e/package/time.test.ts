// Time: a page that was busy, hidden or asleep, and a clock that is wrong.
import { OutcomeUnknownError, RateLimitError, TimeoutError } from "omicall-partner";
import type { ActivationProgress, CallOptions, ClientEvent, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  ADD,
  html,
  INFO,
  injectFault,
  LIST,
  ME,
  neverResponds,
  newTenant,
  newTopUp,
  recordingFetch,
  rejection,
  requestCounts,
  reset,
  respondingFetch,
  sandboxClient,
  SEEDED,
  signIn,
  storedTenant,
  stubbedClient,
  success,
  UPDATE_BALANCE,
} from "./support";

beforeEach(reset);
afterEach(() => {
  vi.restoreAllMocks();
});

/** Keeps the page from doing anything else. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Waits until the sandbox has received a request. */
const received = (endpoint: string) =>
  vi.waitFor(async () => expect(await requestCounts()).toHaveProperty([endpoint]), { interval: 5, timeout: 5_000 });

test.each([1_000, 5_000])(
  "a page whose timers are all %i ms late, as in a hidden tab, still ends a call",
  async (late) => {
    const omi = await stubbedClient(recordingFetch(neverResponds));
    const setTimeout = globalThis.setTimeout;
    // The clock that the core sees; the test does not wait.
    let now = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => now);
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((step: () => void, ms = 0) =>
      setTimeout(() => {
        now += ms + late;
        step();
      })) as typeof globalThis.setTimeout);
    await rejection(omi.tenants.get("a1", { timeoutMs: 2_000, maxRetries: 0 }), TimeoutError);
    const error = await rejection(omi.tenants.create(newTenant(), { timeoutMs: 2_000 }), OutcomeUnknownError);
    expect(error.cause).toBeInstanceOf(TimeoutError);
  },
);

describe("a page that is busy when the time runs out, while the response has arrived", () => {
  const calls: [string, string, (omi: PartnerClient, options: CallOptions) => Promise<unknown>][] = [
    ["topUp", UPDATE_BALANCE, (omi, options) => omi.tenants.topUp(newTopUp(), options)],
    ["create", ADD, (omi, options) => omi.tenants.create(newTenant(), options)],
    ["get", INFO, (omi, options) => omi.tenants.get(SEEDED.id, options)],
    ["list", LIST, async (omi, options) => omi.tenants.list({}, options)],
    ["request", ME, (omi, options) => omi.request("GET", "/api/partner/me", options)],
  ];

  test.each(calls)("%s resolves", async (_name, endpoint, call) => {
    const omi = await sandboxClient();
    await injectFault(endpoint, { kind: "delay", ms: 300 });
    const result = call(omi, { timeoutMs: 1_000, maxRetries: 0 });
    await received(endpoint);
    block(1_200);
    await result;
    expect(await requestCounts()).toMatchObject({ [endpoint]: 1 });
  });

  test("a token resolves the call that waits for it", async () => {
    let respond: (token: string) => void = () => {};
    let wasCalled: () => void = () => {};
    const called = new Promise<void>((resolve) => (wasCalled = resolve));
    const token = () => {
      wasCalled();
      return new Promise<string>((resolve) => (respond = resolve));
    };
    const omi = await stubbedClient(
      respondingFetch(() => success({ id: "a1" })),
      { token },
    );
    const result = omi.tenants.get("a1", { timeoutMs: 200 });
    // Its task waits behind the timer of the timeout.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => respond("late");
    await called;
    block(400);
    channel.port2.postMessage(undefined);
    expect(await result).toEqual({ id: "a1" });
    channel.port1.close();
  });

  test("a top-up whose turn has come is sent", async () => {
    const omi = await sandboxClient();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const [{ name } = { name: "" }] = await namesOfLocks(() => omi.tenants.topUp(newTopUp()));
    const lock = navigator.locks.request(name, () => held);
    const result = omi.tenants.topUp(newTopUp({ amount: 20_000 }), { timeoutMs: 1_000 });
    await vi.waitFor(async () => expect((await navigator.locks.query()).pending).not.toEqual([]));
    release();
    block(1_500);
    await result;
    await lock;
  });

  test("without a response the call times out", async () => {
    const omi = await stubbedClient(recordingFetch(neverResponds));
    const result = omi.tenants.topUp(newTopUp(), { timeoutMs: 50 });
    await Promise.resolve();
    block(100);
    const { cause } = await rejection(result, OutcomeUnknownError);
    expect(cause).toBeInstanceOf(TimeoutError);
  });
});

/** The Web Locks that the page holds while a call runs. */
async function namesOfLocks(call: () => Promise<unknown>): Promise<{ name: string }[]> {
  await injectFault(UPDATE_BALANCE, { kind: "delay", ms: 100 });
  const running = call();
  await received(UPDATE_BALANCE);
  const { held = [] } = await navigator.locks.query();
  await running;
  return held.map(({ name = "" }) => ({ name }));
}

describe("waitUntilActive after its deadline", () => {
  test("finds a tenant that became active while the page slept", async () => {
    const omi = await sandboxClient();
    const { id } = await omi.tenants.create(newTenant({ isAutoActive: true }));
    const onProgress = vi.fn(() => block(1_500));
    const tenant = await omi.tenants.waitUntilActive(id, { deadlineMs: 1_000, intervalMs: 900, onProgress });
    expect(tenant.status).toBe("activated");
    expect(onProgress).toHaveBeenCalledOnce();
    expect(await requestCounts()).toMatchObject({ [INFO]: 2 });
  });

  test("sends one more request, although the next pause is longer", async () => {
    const net = recordingFetch((_request, index) => success({ status: index === 0 ? "not_activated" : "activated" }));
    const omi = await stubbedClient(net);
    await omi.tenants.waitUntilActive("a1", { deadlineMs: 30, intervalMs: 60_000 });
    expect(net.sent).toHaveLength(2);
  });

  test("sends one more request where one is in flight, and gives up", async () => {
    const net = recordingFetch(neverResponds);
    const omi = await stubbedClient(net);
    const error = await rejection(omi.tenants.waitUntilActive("a1", { deadlineMs: 50 }), TimeoutError);
    expect(net.sent).toHaveLength(2);
    expect(error.attempts).toBe(2);
  });

  test("reports an error of the last request", async () => {
    const responses = [() => success({ status: "not_activated" }), () => html(429)];
    const omi = await stubbedClient(respondingFetch(...responses), { maxRetries: 0 });
    await rejection(omi.tenants.waitUntilActive("a1", { deadlineMs: 20, intervalMs: 5_000 }), RateLimitError);
  });
});

describe("a clock that is set while a call runs", () => {
  /** From now on every look at the clock shows another day. */
  function disturbClock() {
    const now = Date.now();
    let looks = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now + (looks++ % 2 === 0 ? 1 : -1) * 86_400_000);
  }

  test("does not change spans in events and progress reports", async () => {
    const events: ClientEvent[] = [];
    const progress: ActivationProgress[] = [];
    let responses = 0;
    const net = recordingFetch(() => {
      disturbClock();
      return success({ status: ++responses < 3 ? "not_activated" : "activated" });
    });
    const omi = await stubbedClient(net, { onEvent: (event) => events.push(event) });
    const start = performance.now();
    await omi.tenants.waitUntilActive("a1", { intervalMs: 5, onProgress: (step) => progress.push(step) });
    const elapsed = performance.now() - start;
    const spans = [...progress, ...events.filter((event) => event.type === "response")].map((span) => span.elapsedMs);
    expect(spans).toHaveLength(5);
    for (const span of spans) {
      expect(span).toBeGreaterThanOrEqual(0);
      expect(span).toBeLessThanOrEqual(elapsed + 1);
    }
  });

  test.each([
    ["Fri, 27 Nov 2026 00:00:30 GMT", "Fri, 27 Nov 2026 00:00:00 GMT", 30_000],
    ["Fri, 27 Nov 2026 00:00:00 GMT", "Fri, 27 Nov 2026 00:00:30 GMT", 0],
    ["Fri, 27 Nov 2026 00:00:30 GMT", undefined, undefined],
    ["30", undefined, 30_000],
  ])("does not change Retry-After %s in a response of %s", async (retryAfter, date, expected) => {
    disturbClock();
    const omi = await stubbedClient(
      respondingFetch(() => html(429, { "retry-after": retryAfter, ...(date !== undefined && { date }) })),
      { maxRetries: 0 },
    );
    expect((await rejection(omi.tenants.get("a1"), RateLimitError)).retryAfterMs).toBe(expected);
  });
});

describe("a token that arrives after the calls that wait for it", () => {
  test("serves the next call", async () => {
    let calls = 0;
    let arrive: (token: string) => void = () => {};
    const arrived = new Promise<string>((resolve) => (arrive = resolve));
    const token = () => (calls++, arrived);
    const omi = await sandboxClient({ token, timeoutMs: 50 });
    await rejection(omi.tenants.get(SEEDED.id), TimeoutError);
    await rejection(omi.tenants.topUp(newTopUp()), TimeoutError);
    arrive(await signIn());
    await arrived;
    expect(await omi.tenants.get(SEEDED.id, { timeoutMs: 30_000 })).toMatchObject({ email: SEEDED.email });
    expect(calls).toBe(1);
    expect((await storedTenant(SEEDED.email)).top_ups).toEqual([]);
  });

  test("does not replace a refresh that fails", async () => {
    let calls = 0;
    let fail: (reason: Error) => void = () => {};
    const token = () => (++calls === 1 ? new Promise<string>((_, reject) => (fail = reject)) : signIn());
    const omi = await sandboxClient({ token });
    await rejection(omi.tenants.get(SEEDED.id, { timeoutMs: 20 }), TimeoutError);
    fail(new Error("The user signed out."));
    await Promise.resolve();
    expect(await omi.tenants.get(SEEDED.id)).toMatchObject({ email: SEEDED.email });
    expect(calls).toBe(2);
  });

  test("does not block the client for ever when it never arrives", async () => {
    let calls = 0;
    const token = () => (++calls === 1 ? new Promise<string>(() => {}) : signIn());
    const omi = await sandboxClient({ token });
    await rejection(omi.tenants.get(SEEDED.id, { timeoutMs: 20 }), TimeoutError);
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 30_001);
    expect(await omi.tenants.get(SEEDED.id)).toMatchObject({ email: SEEDED.email });
    expect(calls).toBe(2);
  });
});
