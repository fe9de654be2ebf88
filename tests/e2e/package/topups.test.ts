// Top-ups must not be executed twice: single flight, one top-up per e-mail address at a time, and evidence from the balance.
import {
  connect,
  AbortError,
  NetworkError,
  OutcomeUnknownError,
  ProtocolError,
  RateLimitError,
  TimeoutError,
} from "omicall-partner";
import { ValidationError } from "omicall-partner";
import type { ClientEvent, PartnerClient, Tenant, TopUpParams } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  respondingFetch,
  storedTenant,
  sandboxClient,
  success,
  issueCodes,
  html,
  INFO,
  LIST,
  neverResponds,
  newTopUp,
  stubbedClient,
  page,
  passThroughFetch,
  recordingFetch,
  rejection,
  requestCounts,
  reset,
  SANDBOX,
  SEEDED,
  signIn,
  UPDATE_BALANCE,
} from "./support";

beforeEach(async () => {
  await reset();
});

const isTopUp = (request: Request) => request.url.endsWith("/update_balance");

/** A promise together with the function that resolves it. */
function deferred<T = void>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { resolve, promise };
}

/** A `fetch` whose responses the test sends one by one; it records the number of concurrent requests. */
function deferredFetch() {
  const received: { body: TopUpParams; request: Request; respond: (response: Response | Error) => void }[] = [];
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  let maxInFlight = 0;
  const { fetch } = recordingFetch(async (request) => {
    const body = (await request.clone().json()) as TopUpParams;
    maxInFlight = Math.max(maxInFlight, ++inFlight);
    const { resolve: respond, promise } = deferred<Response | Error>();
    received.push({ body, request, respond });
    waiting.splice(0).forEach((resume) => resume());
    const aborted = new Promise<Error>((resolve) =>
      request.signal.addEventListener("abort", () => resolve(new Error("aborted"))),
    );
    const response = await Promise.race([promise, aborted]);
    inFlight--;
    if (response instanceof Error) throw response;
    return response;
  });
  return {
    fetch,
    received,
    maxInFlight: () => maxInFlight,
    /** Waits for the request with this index. */
    async request(index: number) {
      for (;;) {
        const found = received[index];
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

/** Resolves in a new task, after all queued microtasks and messages. */
const nextTask = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

describe("identical concurrent top-ups", () => {
  test("send one request with one result", async () => {
    const omi = await sandboxClient();
    const before = (await storedTenant(SEEDED.email)).balance;
    const receipts = await Promise.all([1, 2, 3].map(() => omi.tenants.topUp(newTopUp())));
    expect(receipts[1]).toEqual(receipts[0]);
    expect(receipts[2]).toEqual(receipts[0]);
    expect((await requestCounts())[UPDATE_BALANCE]).toBe(1);
    expect((await storedTenant(SEEDED.email)).balance).toBe(before + 500_000);
  });

  test("are identical whatever the Unicode normalization and the order of the fields", async () => {
    const omi = await sandboxClient();
    const { email, amount, description } = newTopUp({
      description: "Nạp tiền cho khách hàng theo hợp đồng số 2026/000123",
    });
    await Promise.all([
      omi.tenants.topUp({ email, amount, description: description.normalize("NFD") }),
      omi.tenants.topUp({ description, amount, email }),
    ]);
    expect((await requestCounts())[UPDATE_BALANCE]).toBe(1);
  });

  test("are identical for every name of the same wallet, any case of the e-mail address, with and without recordBalance", async () => {
    const omi = await sandboxClient();
    await Promise.all([
      omi.tenants.topUp(newTopUp(), { recordBalance: true }),
      omi.tenants.topUp(newTopUp({ wallet: "" })),
      omi.tenants.topUp(newTopUp({ wallet: "NORMAL", email: SEEDED.email.toUpperCase() })),
    ]);
    expect((await requestCounts())[UPDATE_BALANCE]).toBe(1);
  });

  test("reject together, each with its own error object", async () => {
    const omi = await stubbedClient(respondingFetch(() => Promise.reject(new TypeError("lost"))));
    const [first, second] = [omi.tenants.topUp(newTopUp()), omi.tenants.topUp(newTopUp())];
    const errors = [await rejection(first, OutcomeUnknownError), await rejection(second, OutcomeUnknownError)];
    expect(errors[0]).not.toBe(errors[1]);
    expect(errors[0]?.startedAt).toBe(errors[1]?.startedAt);
  });

  test.each([
    ["amount", { amount: 600_000 }],
    ["wallet", { wallet: "SPK" }],
    ["description", { description: "Nap tien thang 9 theo hop dong so 2026/OMI-000123." }],
  ] as const)("are different with another %s", async (_name, changes) => {
    const omi = await sandboxClient();
    await Promise.all([omi.tenants.topUp(newTopUp()), omi.tenants.topUp(newTopUp(changes))]);
    expect((await requestCounts())[UPDATE_BALANCE]).toBe(2);
  });

  test("are different in another client, which may belong to another partner", async () => {
    const clients = [await sandboxClient(), await sandboxClient()];
    await Promise.all(clients.map((omi) => omi.tenants.topUp(newTopUp())));
    expect((await requestCounts())[UPDATE_BALANCE]).toBe(2);
  });

  test("an identical call after the first one settled is another top-up", async () => {
    const omi = await sandboxClient();
    await omi.tenants.topUp(newTopUp());
    await omi.tenants.topUp(newTopUp());
    expect((await storedTenant(SEEDED.email)).top_ups).toHaveLength(2);
  });

  test("an aborted caller does not cancel the other one, and its outcome is unknown", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const controller = new AbortController();
    const leaving = omi.tenants.topUp(newTopUp(), { signal: controller.signal });
    const staying = omi.tenants.topUp(newTopUp());
    const { request, respond } = await held.request(0);
    controller.abort(new Error("The user left the page."));
    const error = await rejection(leaving, OutcomeUnknownError);
    expect(error).toMatchObject({ operation: "tenants.topUp", attempts: 1, endpoint: UPDATE_BALANCE });
    expect(error.cause).toBeInstanceOf(AbortError);
    expect(request.signal.aborted).toBe(false);
    respond(success("thanks"));
    expect(await staying).toEqual({ payload: "thanks" });
    expect(held.received).toHaveLength(1);
  });

  test("a caller that aborts before anything was sent rejects with AbortError", async () => {
    const token = deferred<string>();
    const held = deferredFetch();
    const omi = await stubbedClient(held, { token: () => token.promise });
    const controller = new AbortController();
    const leaving = omi.tenants.topUp(newTopUp(), { signal: controller.signal });
    const staying = omi.tenants.topUp(newTopUp());
    await nextTask();
    controller.abort();
    expect(await rejection(leaving, AbortError)).toMatchObject({ attempts: 0, endpoint: UPDATE_BALANCE });
    token.resolve("test-token");
    (await held.request(0)).respond(success(null));
    expect(await staying).toEqual({ payload: null });
  });

  test("are cancelled when all callers abort; the next call sends a new request", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => omi.tenants.topUp(newTopUp(), { signal }));
    const { request } = await held.request(0);
    const rejections = calls.map((call) => rejection(call, OutcomeUnknownError));
    controllers[0]?.abort();
    expect(request.signal.aborted).toBe(false);
    controllers[1]?.abort();
    expect(request.signal.aborted).toBe(true);
    const next = omi.tenants.topUp(newTopUp());
    await Promise.all(rejections);
    (await held.request(1)).respond(success("the second"));
    expect(await next).toEqual({ payload: "the second" });
    expect(held.maxInFlight()).toBe(1);
  });

  test("are cancelled when the browser itself aborts the signal, which runs microtasks between the listeners", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const call = omi.tenants.topUp(newTopUp(), { signal: AbortSignal.timeout(50) });
    const { request } = await held.request(0);
    expect((await rejection(call, OutcomeUnknownError)).cause).toBeInstanceOf(AbortError);
    expect(request.signal.aborted).toBe(true);
  });

  test("a call whose signal is already aborted does not join", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const staying = omi.tenants.topUp(newTopUp());
    const aborted = omi.tenants.topUp(newTopUp(), { signal: AbortSignal.abort() });
    await rejection(aborted, AbortError);
    (await held.request(0)).respond(success(null));
    await staying;
  });
});

/** Another copy of the package in a frame, as another tab would have it. */
async function otherTab(): Promise<{ connect: typeof connect; close: () => void }> {
  const frame = document.createElement("iframe");
  frame.src = "/missing/tab";
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  await loaded;
  const packageUrl = new URL("../../../pkg/dist/index.js", import.meta.url).href;
  const { contentWindow } = frame as HTMLIFrameElement & { contentWindow: { eval(code: string): unknown } };
  const { connect } = (await contentWindow.eval(
    `import(${JSON.stringify(packageUrl)})`,
  )) as typeof import("omicall-partner");
  return { connect, close: () => frame.remove() };
}

type Connect = (options: Parameters<typeof connect>[0]) => Promise<PartnerClient>;

/** Pairs of `connect` functions whose clients share no state but the browser's. */
const pairs: [string, () => Promise<[Connect, Connect]>][] = [
  ["of one page", async () => [connect, connect]],
  [
    "of two tabs",
    async () => {
      const tab = await otherTab();
      cleanup.push(tab.close);
      return [connect, tab.connect];
    },
  ],
  [
    "of one page without Web Locks",
    async () => {
      Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
      cleanup.push(() => Reflect.deleteProperty(navigator, "locks"));
      return [connect, connect];
    },
  ],
  [
    "of one page that may not use Web Locks",
    async () => {
      const request = () => Promise.reject(new DOMException("not allowed", "SecurityError"));
      Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
      cleanup.push(() => Reflect.deleteProperty(navigator, "locks"));
      return [connect, connect];
    },
  ],
];

const cleanup: (() => void)[] = [];
afterEach(() => cleanup.splice(0).forEach((undo) => undo()));

describe("different top-ups for one e-mail address", () => {
  test.each(pairs)("%s are sent one after the other", async (_name, connectPair) => {
    const held = deferredFetch();
    const options = { baseUrl: "https://api.example.com", token: "test-token", fetch: held.fetch };
    const clients = await Promise.all((await connectPair()).map((connect) => connect(options)));
    const amounts = [100_000, 200_000, 300_000, 400_000];
    const calls = amounts.map((amount, index) => {
      const email = index % 2 ? SEEDED.email.toUpperCase() : SEEDED.email;
      return clients[index % 2]?.tenants.topUp(newTopUp({ email, amount }));
    });
    for (let index = 0; index < amounts.length; index++) {
      const { respond } = await held.request(index);
      await nextTask();
      expect(held.received).toHaveLength(index + 1);
      respond(success(null));
    }
    await Promise.all(calls);
    expect(held.received.map(({ body }) => body.amount).sort()).toEqual(amounts);
    expect(held.maxInFlight()).toBe(1);
  });

  test("continue after a top-up that failed", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const first = omi.tenants.topUp(newTopUp({ amount: 100_000 }));
    const second = omi.tenants.topUp(newTopUp({ amount: 200_000 }));
    (await held.request(0)).respond(new TypeError("lost"));
    await rejection(first, OutcomeUnknownError);
    (await held.request(1)).respond(success(null));
    expect(await second).toEqual({ payload: null });
  });

  test("a call that aborts while it waits is not sent, and later calls still wait", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const controller = new AbortController();
    const first = omi.tenants.topUp(newTopUp({ amount: 100_000 }));
    const second = omi.tenants.topUp(newTopUp({ amount: 200_000 }), { signal: controller.signal });
    const third = omi.tenants.topUp(newTopUp({ amount: 300_000 }));
    const { respond } = await held.request(0);
    controller.abort();
    expect(await rejection(second, AbortError)).toMatchObject({ attempts: 0, endpoint: UPDATE_BALANCE });
    await nextTask();
    expect(held.received).toHaveLength(1);
    respond(success(null));
    await first;
    const last = await held.request(1);
    expect(last.body.amount).toBe(300_000);
    last.respond(success(null));
    await third;
  });

  test("the wait for another tab's top-up ends with the timeout", async () => {
    const tab = await otherTab();
    cleanup.push(tab.close);
    const held = deferredFetch();
    const options = { baseUrl: "https://api.example.com", token: "test-token", fetch: held.fetch };
    const [here, there] = [await connect(options), await tab.connect(options)];
    const theirs = there.tenants.topUp(newTopUp({ amount: 100_000 }));
    const { respond } = await held.request(0);
    const late = here.tenants.topUp(newTopUp({ amount: 200_000 }), { timeoutMs: 50 });
    const error = await rejection(late, TimeoutError);
    expect(error).toMatchObject({ attempts: 0, retryable: true, endpoint: UPDATE_BALANCE });
    expect(error.message).toContain("another tab");
    const aborted = here.tenants.topUp(newTopUp({ amount: 300_000 }), { signal: AbortSignal.timeout(50) });
    expect(await rejection(aborted, AbortError)).toMatchObject({ attempts: 0 });
    respond(success(null));
    await theirs;
    expect(held.received).toHaveLength(1);
    // Neither of the two is sent later, when the lock is free.
    const next = here.tenants.topUp(newTopUp({ amount: 400_000 }));
    const { body, respond: respondToNext } = await held.request(1);
    expect(body.amount).toBe(400_000);
    respondToNext(success(null));
    await next;
    expect(held.received).toHaveLength(2);
  });

  test("top-ups of other e-mail addresses do not wait", async () => {
    const held = deferredFetch();
    const omi = await stubbedClient(held);
    const calls = ["a@b.vn", "c@d.vn"].map((email) => omi.tenants.topUp(newTopUp({ email })));
    for (const index of [0, 1]) await held.request(index);
    expect(held.maxInFlight()).toBe(2);
    for (const { respond } of held.received) respond(success(null));
    await Promise.all(calls);
  });
});

describe("recordBalance", () => {
  const balance = async () => (await storedTenant(SEEDED.email)).balance;

  test("the receipt contains the balance before and after", async () => {
    const omi = await sandboxClient();
    const before = await balance();
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toEqual({ balanceBefore: before, balanceAfter: before + 500_000, outcome: "applied" });
    expect(await requestCounts()).toEqual({ [LIST]: 1, [INFO]: 2, [UPDATE_BALANCE]: 1 });
  });

  test("without it no balance is read", async () => {
    const omi = await sandboxClient();
    expect(await omi.tenants.topUp(newTopUp())).not.toHaveProperty("evidence");
    expect(await requestCounts()).toEqual({ [UPDATE_BALANCE]: 1 });
  });

  test("a top-up that the network sent twice is visible in the receipt", async () => {
    const { fetch } = recordingFetch(async (request) => {
      if (isTopUp(request)) await globalThis.fetch(request.clone());
      return globalThis.fetch(request);
    });
    const omi = await sandboxClient({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "appliedMoreThanOnce" });
    expect(evidence && evidence.balanceAfter - evidence.balanceBefore).toBe(1_000_000);
  });

  test.each([
    [0, "notApplied"],
    [1, "applied"],
    [2, "appliedMoreThanOnce"],
  ])("a top-up that was executed %i times and whose response was lost reconciles to %s", async (times, outcome) => {
    const { fetch } = recordingFetch(async (request) => {
      if (!isTopUp(request)) return globalThis.fetch(request);
      for (let time = 0; time < times; time++) await globalThis.fetch(request.clone());
      throw new TypeError("The response was lost.");
    });
    const omi = await sandboxClient({ fetch });
    const before = await balance();
    const error = await rejection(omi.tenants.topUp(newTopUp(), { recordBalance: true }), OutcomeUnknownError);
    expect(error).toMatchObject({ operation: "tenants.topUp", attempts: 1 });
    const evidence = { balanceBefore: before, balanceAfter: before + times * 500_000 };
    expect(await error.reconcile()).toEqual({ outcome, evidence });
    omi.close();
    expect(await error.reconcile()).toEqual({ outcome, evidence });
  });

  test("a balance that changed for another reason is inconclusive", async () => {
    const { fetch } = recordingFetch(async (request) => {
      const response = await globalThis.fetch(request);
      if (!request.url.includes("/info")) return response;
      const body = (await response.json()) as { payload: Tenant };
      // Every read of the balance lowers it.
      return success({ ...body.payload, balance: (body.payload.balance ?? 0) - 350 * (await requestCounts())[INFO]! });
    });
    const omi = await sandboxClient({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "inconclusive" });
  });

  test.each([
    [4_166_549.61, 4_216_549.61, "applied"],
    [0.1, 100_000.1, "appliedMoreThanOnce"],
    [4_166_549.61, 4_216_549.6, "inconclusive"],
  ])("a balance that goes from %d to %d: %s, in the receipt and from reconcile()", async (before, after, outcome) => {
    for (const isLost of [false, true]) {
      let balance = before;
      const { fetch } = recordingFetch(async (request) => {
        if (isTopUp(request)) {
          balance = after;
          return isLost ? html(502) : success(null);
        }
        return success(request.url.includes("/list") ? page([SEEDED.id]) : { id: SEEDED.id, balance });
      });
      const omi = await stubbedClient({ fetch });
      const call = omi.tenants.topUp(newTopUp({ amount: 50_000, email: `${SEEDED.id}@example.com` }), {
        recordBalance: true,
      });
      if (isLost) {
        const evidence = { balanceBefore: before, balanceAfter: after };
        expect(await (await rejection(call, OutcomeUnknownError)).reconcile()).toEqual({ outcome, evidence });
      } else {
        expect((await call).evidence).toEqual({ balanceBefore: before, balanceAfter: after, outcome });
      }
    }
  });

  test("a lost response without recordBalance is inconclusive, with the current balance", async () => {
    const { fetch } = recordingFetch(async (request) => {
      const response = await globalThis.fetch(request);
      if (isTopUp(request)) throw new TypeError("lost");
      return response;
    });
    const omi = await sandboxClient({ fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({
      outcome: "inconclusive",
      evidence: { balanceAfter: await balance() },
    });
  });

  test("a lost response without recordBalance is inconclusive if two tenants have the e-mail address", async () => {
    const { email } = newTopUp();
    const recorder = recordingFetch((request) => {
      if (isTopUp(request)) return Promise.reject(new TypeError("lost"));
      return success(page([], { items: ["a1", "a2"].map((id) => ({ id, email })) }));
    });
    const omi = await stubbedClient(recorder);
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "inconclusive", evidence: {} });
  });

  test("a lost response of a top-up of the service wallet has no evidence", async () => {
    const recorder = respondingFetch(() => Promise.reject(new TypeError("lost")));
    const omi = await stubbedClient(recorder);
    const error = await rejection(omi.tenants.topUp(newTopUp({ wallet: "SPK" })), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "inconclusive", evidence: {} });
    expect(recorder.sent).toHaveLength(1);
  });

  test("is rejected for the service wallet, whose balance the API does not show", async () => {
    const recorder = passThroughFetch();
    const omi = await sandboxClient({ fetch: recorder.fetch });
    const call = omi.tenants.topUp(newTopUp({ wallet: "SPK" }), { recordBalance: true });
    expect(issueCodes(await rejection(call, ValidationError))).toEqual(["recordBalance: request_invalid"]);
    expect(recorder.sent).toHaveLength(0);
  });

  test("an e-mail address without a tenant is rejected before the top-up is sent", async () => {
    const omi = await sandboxClient();
    const call = omi.tenants.topUp(newTopUp({ email: "nobody@nowhere.example" }), { recordBalance: true });
    expect(issueCodes(await rejection(call, ValidationError))).toEqual(["email: access_denied"]);
    expect(await requestCounts()).toEqual({ [LIST]: 1 });
  });

  test("a balance that cannot be read stops the top-up before it is sent", async () => {
    const recorder = recordingFetch((request) =>
      request.url.includes("/info") ? Promise.reject(new TypeError("lost")) : fetch(request),
    );
    const omi = await sandboxClient({ fetch: recorder.fetch, maxRetries: 0 });
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, NetworkError)).toMatchObject({ endpoint: INFO, retryable: true, attempts: 1 });
    expect((await requestCounts())[UPDATE_BALANCE]).toBeUndefined();
  });

  test("a balance that is not a number stops the top-up before it is sent", async () => {
    const recorder = recordingFetch((request) =>
      request.url.includes("/info")
        ? success({ email: SEEDED.email })
        : success(page(["a1"], { items: [{ id: "a1", email: SEEDED.email }] })),
    );
    const omi = await stubbedClient(recorder);
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, ProtocolError)).toMatchObject({
      path: "payload.balance",
      expected: "number",
      actual: "undefined",
      endpoint: INFO,
    });
    expect(recorder.sent.filter(isTopUp)).toHaveLength(0);
  });

  test("several tenants with the e-mail address stop the top-up before it is sent", async () => {
    const { email } = newTopUp();
    const items = [
      { id: "a1", email },
      { id: "a2", email },
    ];
    const recorder = respondingFetch(() => success(page([], { items })));
    const omi = await stubbedClient(recorder);
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, ProtocolError)).toMatchObject({ path: "payload.items", actual: "several" });
    expect(recorder.sent.filter(isTopUp)).toHaveLength(0);
  });

  test("the top-up succeeds if the balance cannot be read afterwards", async () => {
    let reads = 0;
    const { fetch } = recordingFetch((request) =>
      request.url.includes("/info") && ++reads > 1 ? Promise.reject(new TypeError("lost")) : globalThis.fetch(request),
    );
    const omi = await sandboxClient({ fetch, maxRetries: 0 });
    const receipt = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(receipt).not.toHaveProperty("evidence");
    expect((await storedTenant(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("callers that abort while the balance is read afterwards still get the receipt", async () => {
    const reading = deferred();
    let reads = 0;
    const { fetch } = recordingFetch(async (request) => {
      if (request.url.includes("/info") && ++reads > 1) {
        reading.resolve();
        await neverResponds();
      }
      return globalThis.fetch(request);
    });
    const omi = await sandboxClient({ fetch, timeoutMs: 60_000 });
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => omi.tenants.topUp(newTopUp(), { signal, recordBalance: true }));
    await reading.promise;
    for (const [index, controller] of controllers.entries()) {
      controller.abort();
      expect(await calls[index]).not.toHaveProperty("evidence");
    }
    expect((await storedTenant(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("a rejected top-up has an unknown outcome if the balance has risen: the browser may have sent it twice", async () => {
    const { fetch } = recordingFetch(async (request) => {
      if (!isTopUp(request)) return globalThis.fetch(request);
      await globalThis.fetch(request);
      return html(429);
    });
    const omi = await sandboxClient({ fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp(), { recordBalance: true }), OutcomeUnknownError);
    expect(error).toMatchObject({ cause: { name: "RateLimitError", retryable: false }, attempts: 1 });
    expect(await error.reconcile()).toMatchObject({ outcome: "applied" });
  });

  test("a rejected top-up keeps its error if the balance is unchanged", async () => {
    const omi = await sandboxClient({
      fetch: recordingFetch((request) => (isTopUp(request) ? html(429) : fetch(request))).fetch,
    });
    await rejection(omi.tenants.topUp(newTopUp(), { recordBalance: true }), RateLimitError);
  });

  test("a successful top-up that is not yet in the balance is inconclusive, not notApplied", async () => {
    const { fetch } = recordingFetch((request) => (isTopUp(request) ? success(null) : globalThis.fetch(request)));
    const omi = await sandboxClient({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "inconclusive" });
    expect(evidence?.balanceAfter).toBe(evidence?.balanceBefore);
  });

  test("reconcile() waits for other top-ups of the tenant", async () => {
    const held = deferredFetch();
    const { fetch } = recordingFetch((request) => (isTopUp(request) ? held : globalThis).fetch(request));
    const omi = await sandboxClient({ fetch });
    const first = omi.tenants.topUp(newTopUp({ amount: 100_000 }));
    (await held.request(0)).respond(new TypeError("lost"));
    const error = await rejection(first, OutcomeUnknownError);
    const second = omi.tenants.topUp(newTopUp({ amount: 200_000 }));
    const { respond } = await held.request(1);
    const reconciling = error.reconcile();
    await nextTask();
    expect(await requestCounts()).toEqual({});
    respond(success(null));
    await second;
    expect((await reconciling).outcome).toBe("inconclusive");
    expect(await requestCounts()).toEqual({ [LIST]: 1, [INFO]: 1 });
  });

  test("a search that ignores its keyword ends after 20 pages", async () => {
    let number = 0;
    const recorder = recordingFetch(() => {
      number++;
      return success({ items: [{ id: `a${number}`, email: `${number}@x.vn` }], page_number: number, has_next: true });
    });
    const omi = await stubbedClient(recorder);
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, ProtocolError)).toMatchObject({ path: "payload.items" });
    expect(recorder.sent).toHaveLength(20);
  });

  test("finds the tenant in a list without e-mail addresses", async () => {
    const { fetch } = recordingFetch(async (request) => {
      const response = await globalThis.fetch(request);
      if (!request.url.includes("/list")) return response;
      const body = (await response.json()) as { payload: { items: { id: string }[] } };
      return success({ ...body.payload, items: body.payload.items.map(({ id }) => ({ id })) });
    });
    const omi = await sandboxClient({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "applied" });
  });

  test("concurrent top-ups of one tenant do not affect each other's evidence", async () => {
    const omi = await sandboxClient();
    const amounts = [100_000, 200_000, 300_000];
    const receipts = await Promise.all(
      amounts.map((amount) => omi.tenants.topUp(newTopUp({ amount }), { recordBalance: true })),
    );
    for (const { evidence } of receipts) expect(evidence).toMatchObject({ outcome: "applied" });
  });
});

describe("singleSend", () => {
  test("over http it has no effect and an event reports it", async () => {
    const events: ClientEvent[] = [];
    const omi = await sandboxClient({ singleSend: true, onEvent: (event) => events.push(event) });
    await omi.tenants.topUp(newTopUp());
    await omi.tenants.get(SEEDED.id);
    const unavailable = events.filter(({ type }) => type === "singleSendUnavailable");
    expect(unavailable).toEqual([{ type: "singleSendUnavailable", endpoint: UPDATE_BALANCE, reason: "http" }]);
    expect((await storedTenant(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("sends the same request, with a stream body in browsers with request streams", async () => {
    const plain = respondingFetch(() => success({ id: "a1" }));
    const single = respondingFetch(() => success({ id: "a1" }));
    const events: ClientEvent[] = [];
    const write = async (omi: PartnerClient) => {
      await omi.tenants.topUp(newTopUp());
      await omi.request("POST", "/api/anything");
      await omi.tenants.get("a1");
    };
    await write(await stubbedClient(plain));
    await write(await stubbedClient(single, { singleSend: true, onEvent: (event) => events.push(event) }));
    for (const [index, request] of plain.sent.entries()) {
      const streamed = single.sent[index];
      expect([...(streamed?.headers ?? [])]).toEqual([...request.headers]);
      for (const field of ["method", "url", "mode", "cache", "credentials", "redirect", "referrerPolicy"] as const) {
        expect(streamed?.[field], field).toBe(request[field]);
      }
      expect(await streamed?.text()).toBe(await request.text());
    }
    const unavailable = events.flatMap((event) => (event.type === "singleSendUnavailable" ? [event.reason] : []));
    const hasStreams = import.meta.env["BROWSER"] === "chrome";
    expect(unavailable).toEqual(hasStreams ? [] : ["browser", "browser"]);
  });

  test.each([false, true])(
    "%s: the page's own fetch gets a request without cookies and referrer",
    async (singleSend) => {
      const omi = await connect({ baseUrl: "https://api.example.com", token: "test-token", singleSend });
      const sent: Request[] = [];
      const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(async (request) => {
        sent.push(request as Request);
        return success({ id: "a1" });
      });
      await omi.tenants.topUp(newTopUp()).finally(() => fetch.mockRestore());
      expect(sent).toHaveLength(1);
      expect(sent[0]).toMatchObject({
        ...{ method: "POST", url: "https://api.example.com/api/partner/tenant/update_balance" },
        ...{ credentials: "omit", redirect: "manual", referrerPolicy: "no-referrer" },
      });
      const headers = Object.fromEntries(sent[0]?.headers ?? []);
      expect(headers).toEqual({
        ...{ accept: "application/json", authorization: "Bearer test-token", "content-type": "application/json" },
      });
      expect(await sent[0]?.json()).toEqual(newTopUp());
    },
  );

  test("aborted in the microtask before it starts, it rejects and sends nothing", async () => {
    for (let microtasks = 0; microtasks < 14; microtasks++) {
      const net = respondingFetch(() => success({ id: "a1" }));
      const omi = await stubbedClient(net);
      const controller = new AbortController();
      const topUp = omi.tenants.topUp(newTopUp(), { signal: controller.signal }).then(
        (receipt) => expect.unreachable(`resolved to ${JSON.stringify(receipt)}`),
        (error: unknown) => error,
      );
      for (let n = 0; n < microtasks; n++) await null;
      controller.abort();
      expect(await topUp).toBeInstanceOf(net.sent.length === 0 ? AbortError : OutcomeUnknownError);
    }
  });

  test("must be a boolean", async () => {
    const options = { baseUrl: SANDBOX, token: await signIn(), singleSend: "yes" as unknown as boolean };
    expect(issueCodes(await rejection(connect(options), ValidationError))).toEqual(["singleSend: request_invalid"]);
  });
});
