// Requests that browsers repeat by themselves: when a reused connection is closed before the response begins, the browser
// sends the request again, POSTs included. docs/browser-repeats.md explains it.
import { OutcomeUnknownError } from "omicall-partner";
import type { ClientEvent, ClientOptions } from "omicall-partner";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  admin,
  sandboxClient,
  INFO,
  newTopUp,
  rejection,
  requestLog,
  SANDBOX,
  SEEDED,
  signIn,
  injectFault,
  UPDATE_BALANCE,
} from "./support";
import type { StoredTenant } from "./support";

const isChromium = import.meta.env["BROWSER"] === "chrome";

const SERVERS = {
  "HTTP/1.1": SANDBOX,
  "HTTP/1.1 over TLS": import.meta.env["SANDBOX_TLS_HTTP1_URL"] as string,
  "HTTP/2": import.meta.env["SANDBOX_TLS_URL"] as string,
};
type Server = keyof typeof SERVERS;

/** The maximum of requests for one `fetch` in either browser: one on each idle connection, and one on a new connection. */
const MAX_REQUESTS = 11;

/** A client with a connection that was used before, and functions that count its requests. */
async function clientWithUsedConnection(server: Server, options: Partial<ClientOptions> = {}) {
  const sandbox = SERVERS[server];
  const events: ClientEvent[] = [];
  const omi = await sandboxClient({
    baseUrl: sandbox,
    token: await signIn(undefined, sandbox),
    onEvent: (event) => events.push(event),
    ...options,
  });
  // This also sends the preflight of the write, so that no other request comes between.
  await omi.tenants.topUp(newTopUp({ amount: 10_000 }));
  events.length = 0;
  return {
    omi,
    /** The number of POSTs that the SDK sent. */
    sent: () => events.filter((event) => event.type === "request" && event.endpoint === UPDATE_BALANCE).length,
    /** The POSTs that the server received while the fault was injected. */
    received: async () =>
      (await requestLog(sandbox)).filter(({ endpoint, fault }) => endpoint === UPDATE_BALANCE && fault !== null),
    topUpCount: async () => {
      const { top_ups } = await admin<StoredTenant>("GET", `tenant?email=${SEEDED.email}`, undefined, sandbox);
      return top_ups.filter(({ amount }) => amount === 500_000).length;
    },
    cutConnection: (count?: number) =>
      injectFault(UPDATE_BALANCE, { kind: "cut_headers" }, { sandbox, effect: true, ...(count && { count }) }),
    keepAlive: (enabled: boolean) => admin("POST", "keep_alive", { enabled }, sandbox),
  };
}

/** The measured numbers, printed at the end. */
const measured: Record<string, number> = {};
afterAll(() => console.log("POSTs that the server received for one fetch:", JSON.stringify(measured)));

beforeEach(async () => {
  for (const sandbox of Object.values(SERVERS)) await admin("POST", "reset", undefined, sandbox);
});

/** One top-up. The server executes every request for it, and then closes the connection without a response. */
async function topUpWithLostResponse(client: Awaited<ReturnType<typeof clientWithUsedConnection>>) {
  await client.cutConnection();
  const error = await rejection(client.omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
  expect(error).toMatchObject({ attempts: 1, cause: { name: "NetworkError" } });
  expect(client.sent()).toBe(1);
  const received = await client.received();
  // The server executes every received request.
  expect(await client.topUpCount()).toBe(received.length);
  return received;
}

describe("one fetch of a POST, on a connection that was used before", () => {
  test.each(["HTTP/1.1", "HTTP/1.1 over TLS"] as const)("is sent again over %s", async (server) => {
    const received = await topUpWithLostResponse(await clientWithUsedConnection(server));
    measured[`${server}, used once`] = received.length;
    expect(received.length).toBeGreaterThanOrEqual(2);
    expect(received.length).toBeLessThanOrEqual(MAX_REQUESTS);
    for (const { protocol } of received) expect(protocol).toBe("HTTP/1.1");
    // Each on another connection, because the previous one was closed.
    expect(new Set(received.map(({ connection }) => connection)).size).toBe(received.length);
  });

  test("is sent again over HTTP/1.1 for each closed idle connection", async () => {
    const client = await clientWithUsedConnection("HTTP/1.1");
    await injectFault(INFO, { kind: "delay", ms: 200 });
    const reads = Array.from({ length: 6 }, () => client.omi.tenants.get(SEEDED.id));
    await Promise.all(reads);
    const received = await topUpWithLostResponse(client);
    measured["HTTP/1.1, six used"] = received.length;
    expect(received.length).toBeGreaterThan(3);
    expect(received.length).toBeLessThanOrEqual(MAX_REQUESTS);
  });

  test("is sent again over HTTP/2 by Chromium, not by Firefox", async () => {
    const received = await topUpWithLostResponse(await clientWithUsedConnection("HTTP/2"));
    measured["HTTP/2"] = received.length;
    expect(received).toHaveLength(isChromium ? 2 : 1);
    for (const { protocol } of received) expect(protocol).toBe("HTTP/2");
  });

  test.each(["HTTP/1.1", "HTTP/1.1 over TLS"] as const)("is sent once over %s on a new connection", async (server) => {
    const client = await clientWithUsedConnection(server);
    await client.keepAlive(false);
    const received = (await topUpWithLostResponse(client)).length;
    measured[`${server}, fresh`] = received;
    // Firefox occasionally repeats a request on a new TLS connection once.
    expect(received).toBeLessThanOrEqual(server === "HTTP/1.1" || isChromium ? 1 : 2);
  });
});

describe("singleSend", () => {
  test("over HTTP/2 the server receives a POST once", async () => {
    const received = await topUpWithLostResponse(await clientWithUsedConnection("HTTP/2", { singleSend: true }));
    measured["HTTP/2, singleSend"] = received.length;
    expect(received).toHaveLength(1);
  });

  test("over HTTP/2 the server reads the same body", async () => {
    const client = await clientWithUsedConnection("HTTP/2", { singleSend: true });
    const description = "Nạp tiền đợt 1 theo hợp đồng số 2026/OMI-000123, đã ký.";
    await client.omi.tenants.topUp(newTopUp({ description }));
    expect(client.sent()).toBe(1);
    expect(await client.topUpCount()).toBe(1);
    const { top_ups } = await admin<StoredTenant>("GET", `tenant?email=${SEEDED.email}`, undefined, SERVERS["HTTP/2"]);
    expect(top_ups.at(-1)).toMatchObject({ amount: 500_000, description });
  });

  test("over HTTP/2 a write whose token was rejected is sent again with a new token", async () => {
    const sandbox = SERVERS["HTTP/2"];
    const client = await clientWithUsedConnection("HTTP/2", {
      singleSend: true,
      token: () => signIn(undefined, sandbox),
    });
    await admin("POST", "expire_tokens", undefined, sandbox);
    await client.omi.tenants.topUp(newTopUp());
    expect(client.sent()).toBe(2);
    expect(await client.topUpCount()).toBe(1);
  });

  test("over HTTP/1.1 it fails before anything is sent, in browsers with request streams", async () => {
    const sandbox = SERVERS["HTTP/1.1 over TLS"];
    const events: ClientEvent[] = [];
    const omi = await sandboxClient({
      baseUrl: sandbox,
      token: await signIn(undefined, sandbox),
      singleSend: true,
      onEvent: (event) => events.push(event),
    });
    const call = omi.tenants.topUp(newTopUp());
    if (isChromium) expect(await rejection(call, OutcomeUnknownError)).toMatchObject({ attempts: 1 });
    else await call;
    const unavailable = events.filter(({ type }) => type === "singleSendUnavailable");
    const expected = [{ type: "singleSendUnavailable", endpoint: UPDATE_BALANCE, reason: "browser" }];
    expect(unavailable).toEqual(isChromium ? [] : expected);
    const received = (await requestLog(sandbox)).filter(({ endpoint }) => endpoint === UPDATE_BALANCE);
    expect(received).toHaveLength(isChromium ? 0 : 1);
  });
});

describe("the evidence of a top-up that the browser sent twice", () => {
  test("is in the receipt, when the repeated request succeeded", async () => {
    const client = await clientWithUsedConnection("HTTP/1.1");
    await client.cutConnection(1);
    const { evidence } = await client.omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(client.sent()).toBe(1);
    expect(await client.topUpCount()).toBe(2);
    expect(evidence).toMatchObject({ outcome: "appliedMoreThanOnce" });
    expect(evidence && evidence.balanceAfter - evidence.balanceBefore).toBe(1_000_000);
  });

  test("is found by reconcile(), when every response was lost", async () => {
    const client = await clientWithUsedConnection("HTTP/1.1");
    await client.cutConnection();
    const call = client.omi.tenants.topUp(newTopUp(), { recordBalance: true });
    const { outcome, evidence } = await (await rejection(call, OutcomeUnknownError)).reconcile();
    const { balanceBefore = NaN, balanceAfter = NaN } = evidence;
    expect(outcome).toBe("appliedMoreThanOnce");
    expect(balanceAfter - balanceBefore).toBe((await client.topUpCount()) * 500_000);
  });
});
