// Top-ups that must not happen twice: identical ones at once, several of one tenant, and what the balance tells afterwards.
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
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  answering,
  books,
  connected,
  done,
  faults,
  html,
  INFO,
  LIST,
  never,
  newTopUp,
  offline,
  page,
  passing,
  recording,
  rejection,
  requests,
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

/** A promise to be settled by hand. */
function gate<T = void>() {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { open, opened };
}

/** Holds top-ups back until the test lets them go, one by one; notes which were under way at once. */
function holding() {
  const arrivals: { body: TopUpParams; request: Request; answer: (response: Response | Error) => void }[] = [];
  const waiting: (() => void)[] = [];
  let open = 0;
  let most = 0;
  const { fetch } = recording(async (request) => {
    const body = (await request.clone().json()) as TopUpParams;
    most = Math.max(most, ++open);
    const { open: answer, opened } = gate<Response | Error>();
    arrivals.push({ body, request, answer });
    waiting.splice(0).forEach((wake) => wake());
    const aborted = new Promise<Error>((resolve) =>
      request.signal.addEventListener("abort", () => resolve(new Error("aborted"))),
    );
    const response = await Promise.race([opened, aborted]);
    open--;
    if (response instanceof Error) throw response;
    return response;
  });
  return {
    fetch,
    arrivals,
    most: () => most,
    /** The request that came as number `index`. */
    async arrival(index: number) {
      for (;;) {
        const found = arrivals[index];
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

/** Lets everything that is ready go on: a task of its own, after all microtasks and messages that are queued. */
const settled = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

describe("identical top-ups at once", () => {
  test("are one request with one result", async () => {
    const omi = await connected();
    const before = (await books(SEEDED.email)).balance;
    const receipts = await Promise.all([1, 2, 3].map(() => omi.tenants.topUp(newTopUp())));
    expect(receipts[1]).toEqual(receipts[0]);
    expect(receipts[2]).toEqual(receipts[0]);
    expect((await requests())[UPDATE_BALANCE]).toBe(1);
    expect((await books(SEEDED.email)).balance).toBe(before + 500_000);
  });

  test("count as identical in any spelling of the same request", async () => {
    const omi = await connected();
    const { email, amount, description } = newTopUp({
      description: "Nạp tiền cho khách hàng theo hợp đồng số 2026/000123",
    });
    await Promise.all([
      omi.tenants.topUp({ email, amount, description: description.normalize("NFD") }),
      omi.tenants.topUp({ description, amount, email }),
    ]);
    expect((await requests())[UPDATE_BALANCE]).toBe(1);
  });

  test("count as identical with every name of the same wallet, any case of the address, recorded or not", async () => {
    const omi = await connected();
    await Promise.all([
      omi.tenants.topUp(newTopUp(), { recordBalance: true }),
      omi.tenants.topUp(newTopUp({ wallet: "" })),
      omi.tenants.topUp(newTopUp({ wallet: "NORMAL", email: SEEDED.email.toUpperCase() })),
    ]);
    expect((await requests())[UPDATE_BALANCE]).toBe(1);
  });

  test("fail together, each with an error of its own", async () => {
    const omi = await offline(answering(() => Promise.reject(new TypeError("lost"))));
    const [first, second] = [omi.tenants.topUp(newTopUp()), omi.tenants.topUp(newTopUp())];
    const errors = [await rejection(first, OutcomeUnknownError), await rejection(second, OutcomeUnknownError)];
    expect(errors[0]).not.toBe(errors[1]);
    expect(errors[0]?.startedAt).toBe(errors[1]?.startedAt);
  });

  test.each([
    ["amount", { amount: 600_000 }],
    ["wallet", { wallet: "SPK" }],
    ["description", { description: "Nap tien thang 9 theo hop dong so 2026/OMI-000123." }],
  ] as const)("are not those with another %s", async (_name, changes) => {
    const omi = await connected();
    await Promise.all([omi.tenants.topUp(newTopUp()), omi.tenants.topUp(newTopUp(changes))]);
    expect((await requests())[UPDATE_BALANCE]).toBe(2);
  });

  test("are not those of another client, which may be another partner's", async () => {
    const clients = [await connected(), await connected()];
    await Promise.all(clients.map((omi) => omi.tenants.topUp(newTopUp())));
    expect((await requests())[UPDATE_BALANCE]).toBe(2);
  });

  test("an identical one that is made later is another top-up", async () => {
    const omi = await connected();
    await omi.tenants.topUp(newTopUp());
    await omi.tenants.topUp(newTopUp());
    expect((await books(SEEDED.email)).top_ups).toHaveLength(2);
  });

  test("the one that gives up does not stop the other, and does not know the outcome", async () => {
    const held = holding();
    const omi = await offline(held);
    const controller = new AbortController();
    const leaving = omi.tenants.topUp(newTopUp(), { signal: controller.signal });
    const staying = omi.tenants.topUp(newTopUp());
    const { request, answer } = await held.arrival(0);
    controller.abort(new Error("left the page"));
    const error = await rejection(leaving, OutcomeUnknownError);
    expect(error).toMatchObject({ operation: "tenants.topUp", attempts: 1, endpoint: UPDATE_BALANCE });
    expect(error.cause).toBeInstanceOf(AbortError);
    expect(request.signal.aborted).toBe(false);
    answer(done("thanks"));
    expect(await staying).toEqual({ payload: "thanks" });
    expect(held.arrivals).toHaveLength(1);
  });

  test("the one that gives up before anything was sent is told so", async () => {
    const token = gate<string>();
    const held = holding();
    const omi = await offline(held, { token: () => token.opened });
    const controller = new AbortController();
    const leaving = omi.tenants.topUp(newTopUp(), { signal: controller.signal });
    const staying = omi.tenants.topUp(newTopUp());
    await settled();
    controller.abort();
    expect(await rejection(leaving, AbortError)).toMatchObject({ attempts: 0, endpoint: UPDATE_BALANCE });
    token.open("test-token");
    (await held.arrival(0)).answer(done(null));
    expect(await staying).toEqual({ payload: null });
  });

  test("are cancelled when all give up; the next one starts afresh", async () => {
    const held = holding();
    const omi = await offline(held);
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => omi.tenants.topUp(newTopUp(), { signal }));
    const { request } = await held.arrival(0);
    const rejections = calls.map((call) => rejection(call, OutcomeUnknownError));
    controllers[0]?.abort();
    expect(request.signal.aborted).toBe(false);
    controllers[1]?.abort();
    expect(request.signal.aborted).toBe(true);
    const next = omi.tenants.topUp(newTopUp());
    await Promise.all(rejections);
    (await held.arrival(1)).answer(done("the second"));
    expect(await next).toEqual({ payload: "the second" });
    expect(held.most()).toBe(1);
  });

  test("a signal that has aborted already joins nothing", async () => {
    const held = holding();
    const omi = await offline(held);
    const staying = omi.tenants.topUp(newTopUp());
    const left = omi.tenants.topUp(newTopUp(), { signal: AbortSignal.abort() });
    await rejection(left, AbortError);
    (await held.arrival(0)).answer(done(null));
    await staying;
  });
});

/** The package once more, in a frame of its own: what another tab would have. */
async function otherTab(): Promise<{ connect: typeof connect; close: () => void }> {
  const frame = document.createElement("iframe");
  frame.src = "/missing/tab";
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  await loaded;
  const place = new URL("../../../pkg/dist/index.js", import.meta.url).href;
  const { contentWindow } = frame as HTMLIFrameElement & { contentWindow: { eval(code: string): unknown } };
  const { connect } = (await contentWindow.eval(
    `import(${JSON.stringify(place)})`,
  )) as typeof import("omicall-partner");
  return { connect, close: () => frame.remove() };
}

type Connect = (options: Parameters<typeof connect>[0]) => Promise<PartnerClient>;

/** Two clients that know nothing of each other. */
const neighbours: [string, () => Promise<[Connect, Connect]>][] = [
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
      const request = () => Promise.reject(new DOMException("not for you", "SecurityError"));
      Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
      cleanup.push(() => Reflect.deleteProperty(navigator, "locks"));
      return [connect, connect];
    },
  ],
];

const cleanup: (() => void)[] = [];
afterEach(() => cleanup.splice(0).forEach((undo) => undo()));

describe("different top-ups for one e-mail address", () => {
  test.each(neighbours)("%s go one after the other", async (_name, both) => {
    const held = holding();
    const options = { baseUrl: "https://api.example.com", token: "test-token", fetch: held.fetch };
    const clients = await Promise.all((await both()).map((connect) => connect(options)));
    const amounts = [100_000, 200_000, 300_000, 400_000];
    const calls = amounts.map((amount, index) => {
      const email = index % 2 ? SEEDED.email.toUpperCase() : SEEDED.email;
      return clients[index % 2]?.tenants.topUp(newTopUp({ email, amount }));
    });
    for (let index = 0; index < amounts.length; index++) {
      const { answer } = await held.arrival(index);
      await settled();
      expect(held.arrivals).toHaveLength(index + 1);
      answer(done(null));
    }
    await Promise.all(calls);
    expect(held.arrivals.map(({ body }) => body.amount).sort()).toEqual(amounts);
    expect(held.most()).toBe(1);
  });

  test("go on after one that failed", async () => {
    const held = holding();
    const omi = await offline(held);
    const first = omi.tenants.topUp(newTopUp({ amount: 100_000 }));
    const second = omi.tenants.topUp(newTopUp({ amount: 200_000 }));
    (await held.arrival(0)).answer(new TypeError("lost"));
    await rejection(first, OutcomeUnknownError);
    (await held.arrival(1)).answer(done(null));
    expect(await second).toEqual({ payload: null });
  });

  test("one that gives up while it waits is not sent, and those behind it still wait", async () => {
    const held = holding();
    const omi = await offline(held);
    const controller = new AbortController();
    const first = omi.tenants.topUp(newTopUp({ amount: 100_000 }));
    const second = omi.tenants.topUp(newTopUp({ amount: 200_000 }), { signal: controller.signal });
    const third = omi.tenants.topUp(newTopUp({ amount: 300_000 }));
    const { answer } = await held.arrival(0);
    controller.abort();
    expect(await rejection(second, AbortError)).toMatchObject({ attempts: 0, endpoint: UPDATE_BALANCE });
    await settled();
    expect(held.arrivals).toHaveLength(1);
    answer(done(null));
    await first;
    const last = await held.arrival(1);
    expect(last.body.amount).toBe(300_000);
    last.answer(done(null));
    await third;
  });

  test("another tab's is waited for no longer than an attempt may take", async () => {
    const tab = await otherTab();
    cleanup.push(tab.close);
    const held = holding();
    const options = { baseUrl: "https://api.example.com", token: "test-token", fetch: held.fetch };
    const [here, there] = [await connect(options), await tab.connect(options)];
    const theirs = there.tenants.topUp(newTopUp({ amount: 100_000 }));
    const { answer } = await held.arrival(0);
    const late = here.tenants.topUp(newTopUp({ amount: 200_000 }), { timeoutMs: 50 });
    const error = await rejection(late, TimeoutError);
    expect(error).toMatchObject({ attempts: 0, retryable: true, endpoint: UPDATE_BALANCE });
    expect(error.message).toContain("another tab");
    const aborted = here.tenants.topUp(newTopUp({ amount: 300_000 }), { signal: AbortSignal.timeout(50) });
    expect(await rejection(aborted, AbortError)).toMatchObject({ attempts: 0 });
    answer(done(null));
    await theirs;
    expect(held.arrivals).toHaveLength(1);
  });

  test("other addresses, and other calls, do not wait", async () => {
    const held = holding();
    const omi = await offline(held);
    const calls = ["a@b.vn", "c@d.vn"].map((email) => omi.tenants.topUp(newTopUp({ email })));
    for (const index of [0, 1]) await held.arrival(index);
    expect(held.most()).toBe(2);
    for (const { answer } of held.arrivals) answer(done(null));
    await Promise.all(calls);
  });
});

describe("recordBalance", () => {
  const balance = async () => (await books(SEEDED.email)).balance;

  test("the receipt tells what the balance was, and is", async () => {
    const omi = await connected();
    const before = await balance();
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toEqual({ balanceBefore: before, balanceAfter: before + 500_000, outcome: "applied" });
    expect(await requests()).toEqual({ [LIST]: 1, [INFO]: 2, [UPDATE_BALANCE]: 1 });
  });

  test("without it nothing is read", async () => {
    const omi = await connected();
    expect(await omi.tenants.topUp(newTopUp())).not.toHaveProperty("evidence");
    expect(await requests()).toEqual({ [UPDATE_BALANCE]: 1 });
  });

  test("a top-up that the network doubled shows in the receipt", async () => {
    const { fetch } = recording(async (request) => {
      if (isTopUp(request)) await globalThis.fetch(request.clone());
      return globalThis.fetch(request);
    });
    const omi = await connected({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "appliedMoreThanOnce" });
    expect(evidence && evidence.balanceAfter - evidence.balanceBefore).toBe(1_000_000);
  });

  test.each([
    [0, "notApplied"],
    [1, "applied"],
    [2, "appliedMoreThanOnce"],
  ])("a lost answer of a top-up that came through %i times reconciles to %s", async (times, outcome) => {
    const { fetch } = recording(async (request) => {
      if (!isTopUp(request)) return globalThis.fetch(request);
      for (let time = 0; time < times; time++) await globalThis.fetch(request.clone());
      throw new TypeError("the answer was lost");
    });
    const omi = await connected({ fetch });
    const before = await balance();
    const error = await rejection(omi.tenants.topUp(newTopUp(), { recordBalance: true }), OutcomeUnknownError);
    expect(error).toMatchObject({ operation: "tenants.topUp", attempts: 1 });
    const evidence = { balanceBefore: before, balanceAfter: before + times * 500_000 };
    expect(await error.reconcile()).toEqual({ outcome, evidence });
    omi.close();
    expect(await error.reconcile()).toEqual({ outcome, evidence });
  });

  test("a balance that something else changed meanwhile tells nothing for certain", async () => {
    const { fetch } = recording(async (request) => {
      const response = await globalThis.fetch(request);
      if (!request.url.includes("/info")) return response;
      const answer = (await response.json()) as { payload: Tenant };
      // A call is charged with each look.
      return done({ ...answer.payload, balance: (answer.payload.balance ?? 0) - 350 * (await requests())[INFO]! });
    });
    const omi = await connected({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "inconclusive" });
  });

  test("an answer that was lost without it is inconclusive, with the balance of now", async () => {
    const { fetch } = recording(async (request) => {
      const response = await globalThis.fetch(request);
      if (isTopUp(request)) throw new TypeError("lost");
      return response;
    });
    const omi = await connected({ fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({
      outcome: "inconclusive",
      evidence: { balanceAfter: await balance() },
    });
  });

  test("an answer that was lost without it is inconclusive where two tenants have the address", async () => {
    const { email } = newTopUp();
    const recorder = recording((request) => {
      if (isTopUp(request)) return Promise.reject(new TypeError("lost"));
      return done(page([], { items: ["a1", "a2"].map((id) => ({ id, email })) }));
    });
    const omi = await offline(recorder);
    const error = await rejection(omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "inconclusive", evidence: {} });
  });

  test("a lost answer of a top-up into the service wallet has no evidence", async () => {
    const recorder = answering(() => Promise.reject(new TypeError("lost")));
    const omi = await offline(recorder);
    const error = await rejection(omi.tenants.topUp(newTopUp({ wallet: "SPK" })), OutcomeUnknownError);
    expect(await error.reconcile()).toEqual({ outcome: "inconclusive", evidence: {} });
    expect(recorder.sent).toHaveLength(1);
  });

  test("is refused for the service wallet, whose balance nobody shows", async () => {
    const recorder = passing();
    const omi = await connected({ fetch: recorder.fetch });
    const call = omi.tenants.topUp(newTopUp({ wallet: "SPK" }), { recordBalance: true });
    expect(faults(await rejection(call, ValidationError))).toEqual(["recordBalance: request_invalid"]);
    expect(recorder.sent).toHaveLength(0);
  });

  test("an e-mail address of nobody's is said before anything is sent", async () => {
    const omi = await connected();
    const call = omi.tenants.topUp(newTopUp({ email: "nobody@nowhere.example" }), { recordBalance: true });
    expect(faults(await rejection(call, ValidationError))).toEqual(["email: access_denied"]);
    expect(await requests()).toEqual({ [LIST]: 1 });
  });

  test("a balance that cannot be read stops the top-up before it is sent", async () => {
    const recorder = recording((request) =>
      request.url.includes("/info") ? Promise.reject(new TypeError("lost")) : fetch(request),
    );
    const omi = await connected({ fetch: recorder.fetch, maxRetries: 0 });
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, NetworkError)).toMatchObject({ endpoint: INFO, retryable: true, attempts: 1 });
    expect((await requests())[UPDATE_BALANCE]).toBeUndefined();
  });

  test("a balance that is no number stops the top-up before it is sent", async () => {
    const recorder = recording((request) =>
      request.url.includes("/info")
        ? done({ email: SEEDED.email })
        : done(page(["a1"], { items: [{ id: "a1", email: SEEDED.email }] })),
    );
    const omi = await offline(recorder);
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, ProtocolError)).toMatchObject({
      path: "payload.balance",
      expected: "number",
      actual: "undefined",
      endpoint: INFO,
    });
    expect(recorder.sent.filter(isTopUp)).toHaveLength(0);
  });

  test("several tenants with one address stop the top-up before it is sent", async () => {
    const { email } = newTopUp();
    const items = [
      { id: "a1", email },
      { id: "a2", email },
    ];
    const recorder = answering(() => done(page([], { items })));
    const omi = await offline(recorder);
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, ProtocolError)).toMatchObject({ path: "payload.items", actual: "several" });
    expect(recorder.sent.filter(isTopUp)).toHaveLength(0);
  });

  test("a balance that cannot be read afterwards is no failure", async () => {
    let looks = 0;
    const { fetch } = recording((request) =>
      request.url.includes("/info") && ++looks > 1 ? Promise.reject(new TypeError("lost")) : globalThis.fetch(request),
    );
    const omi = await connected({ fetch, maxRetries: 0 });
    const receipt = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(receipt).not.toHaveProperty("evidence");
    expect((await books(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("who gives up while the balance is read afterwards has the receipt all the same", async () => {
    const looking = gate();
    let looks = 0;
    const { fetch } = recording(async (request) => {
      if (request.url.includes("/info") && ++looks > 1) {
        looking.open();
        await never();
      }
      return globalThis.fetch(request);
    });
    const omi = await connected({ fetch, timeoutMs: 60_000 });
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => omi.tenants.topUp(newTopUp(), { signal, recordBalance: true }));
    await looking.opened;
    for (const [index, controller] of controllers.entries()) {
      controller.abort();
      expect(await calls[index]).not.toHaveProperty("evidence");
    }
    expect((await books(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("a refusal is not believed when the balance has risen: the browser may have sent it twice", async () => {
    const { fetch } = recording(async (request) => {
      if (!isTopUp(request)) return globalThis.fetch(request);
      await globalThis.fetch(request);
      return html(429);
    });
    const omi = await connected({ fetch });
    const error = await rejection(omi.tenants.topUp(newTopUp(), { recordBalance: true }), OutcomeUnknownError);
    expect(error).toMatchObject({ cause: { name: "RateLimitError", retryable: false }, attempts: 1 });
    expect(await error.reconcile()).toMatchObject({ outcome: "applied" });
  });

  test("a refusal is believed when the balance is what it was", async () => {
    const omi = await connected({
      fetch: recording((request) => (isTopUp(request) ? html(429) : fetch(request))).fetch,
    });
    await rejection(omi.tenants.topUp(newTopUp(), { recordBalance: true }), RateLimitError);
  });

  test("a confirmed top-up that the balance does not show yet invites nobody to send it again", async () => {
    const { fetch } = recording((request) => (isTopUp(request) ? done(null) : globalThis.fetch(request)));
    const omi = await connected({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "inconclusive" });
    expect(evidence?.balanceAfter).toBe(evidence?.balanceBefore);
  });

  test("reconcile() waits for other top-ups of the tenant", async () => {
    const held = holding();
    const { fetch } = recording((request) => (isTopUp(request) ? held : globalThis).fetch(request));
    const omi = await connected({ fetch });
    const first = omi.tenants.topUp(newTopUp({ amount: 100_000 }));
    (await held.arrival(0)).answer(new TypeError("lost"));
    const error = await rejection(first, OutcomeUnknownError);
    const second = omi.tenants.topUp(newTopUp({ amount: 200_000 }));
    const { answer } = await held.arrival(1);
    const reconciling = error.reconcile();
    await settled();
    expect(await requests()).toEqual({});
    answer(done(null));
    await second;
    expect((await reconciling).outcome).toBe("inconclusive");
    expect(await requests()).toEqual({ [LIST]: 1, [INFO]: 1 });
  });

  test("a search that does not search is given up", async () => {
    let number = 0;
    const recorder = recording(() => {
      number++;
      return done({ items: [{ id: `a${number}`, email: `${number}@x.vn` }], page_number: number, has_next: true });
    });
    const omi = await offline(recorder);
    const call = omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(await rejection(call, ProtocolError)).toMatchObject({ path: "payload.items" });
    expect(recorder.sent).toHaveLength(20);
  });

  test("finds the tenant where lists hold no e-mail addresses", async () => {
    const { fetch } = recording(async (request) => {
      const response = await globalThis.fetch(request);
      if (!request.url.includes("/list")) return response;
      const answer = (await response.json()) as { payload: { items: { id: string }[] } };
      return done({ ...answer.payload, items: answer.payload.items.map(({ id }) => ({ id })) });
    });
    const omi = await connected({ fetch });
    const { evidence } = await omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(evidence).toMatchObject({ outcome: "applied" });
  });

  test("top-ups of one tenant do not blur each other's evidence", async () => {
    const omi = await connected();
    const amounts = [100_000, 200_000, 300_000];
    const receipts = await Promise.all(
      amounts.map((amount) => omi.tenants.topUp(newTopUp({ amount }), { recordBalance: true })),
    );
    for (const { evidence } of receipts) expect(evidence).toMatchObject({ outcome: "applied" });
  });
});

describe("singleSend", () => {
  test("says in an event that it cannot be had over http, and changes nothing", async () => {
    const events: ClientEvent[] = [];
    const omi = await connected({ singleSend: true, onEvent: (event) => events.push(event) });
    await omi.tenants.topUp(newTopUp());
    await omi.tenants.get(SEEDED.id);
    const unavailable = events.filter(({ type }) => type === "singleSendUnavailable");
    expect(unavailable).toEqual([{ type: "singleSendUnavailable", endpoint: UPDATE_BALANCE, reason: "http" }]);
    expect((await books(SEEDED.email)).top_ups).toHaveLength(1);
  });

  test("sends the same request, as a stream where the browser has them", async () => {
    const plain = answering(() => done({ id: "a1" }));
    const single = answering(() => done({ id: "a1" }));
    const events: ClientEvent[] = [];
    const write = async (omi: PartnerClient) => {
      await omi.tenants.topUp(newTopUp());
      await omi.request("POST", "/api/anything");
      await omi.tenants.get("a1");
    };
    await write(await offline(plain));
    await write(await offline(single, { singleSend: true, onEvent: (event) => events.push(event) }));
    for (const [index, request] of plain.sent.entries()) {
      const twin = single.sent[index];
      expect([...(twin?.headers ?? [])]).toEqual([...request.headers]);
      for (const field of ["method", "url", "mode", "cache", "credentials", "redirect", "referrerPolicy"] as const) {
        expect(twin?.[field], field).toBe(request[field]);
      }
      expect(await twin?.text()).toBe(await request.text());
    }
    const unavailable = events.flatMap((event) => (event.type === "singleSendUnavailable" ? [event.reason] : []));
    const hasStreams = import.meta.env["BROWSER"] === "chrome";
    expect(unavailable).toEqual(hasStreams ? [] : ["browser", "browser"]);
  });

  test("takes true or false", async () => {
    const options = { baseUrl: SANDBOX, token: await signIn(), singleSend: "yes" as unknown as boolean };
    expect(faults(await rejection(connect(options), ValidationError))).toEqual(["singleSend: request_invalid"]);
  });
});
