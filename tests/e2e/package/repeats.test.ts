// What browsers send by themselves: a request whose reused connection dies before the answer begins is sent again, POSTs
// included. docs/browser-repeats.md tells it in words.
import { OutcomeUnknownError } from "omicall-partner";
import type { ClientEvent, ClientOptions } from "omicall-partner";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  admin,
  connected,
  INFO,
  newTopUp,
  rejection,
  requestLog,
  SANDBOX,
  SEEDED,
  signIn,
  strike,
  UPDATE_BALANCE,
} from "./support";
import type { Books } from "./support";

const isChromium = import.meta.env["BROWSER"] === "chrome";

const SERVERS = {
  "HTTP/1.1": SANDBOX,
  "HTTP/1.1 over TLS": import.meta.env["SANDBOX_TLS_HTTP1_URL"] as string,
  "HTTP/2": import.meta.env["SANDBOX_TLS_URL"] as string,
};
type Server = keyof typeof SERVERS;

/** The most that one `fetch` became in either browser: one for each idle connection, and one on a fresh one. */
const MOST = 11;

/** A client with a connection that has been used, and what it sends. */
async function used(server: Server, options: Partial<ClientOptions> = {}) {
  const sandbox = SERVERS[server];
  const events: ClientEvent[] = [];
  const omi = await connected({
    baseUrl: sandbox,
    token: await signIn(undefined, sandbox),
    onEvent: (event) => events.push(event),
    ...options,
  });
  // The preflight of the write as well, so that nothing else comes between.
  await omi.tenants.topUp(newTopUp({ amount: 10_000 }));
  events.length = 0;
  return {
    omi,
    /** POSTs that the SDK sent. */
    sent: () => events.filter((event) => event.type === "request" && event.endpoint === UPDATE_BALANCE).length,
    /** POSTs that arrived and were struck. */
    arrived: async () =>
      (await requestLog(sandbox)).filter(({ endpoint, fault }) => endpoint === UPDATE_BALANCE && fault !== null),
    booked: async () => {
      const { top_ups } = await admin<Books>("GET", `tenant?email=${SEEDED.email}`, undefined, sandbox);
      return top_ups.filter(({ amount }) => amount === 500_000).length;
    },
    cut: (count?: number) =>
      strike(UPDATE_BALANCE, { kind: "cut_headers" }, { sandbox, effect: true, ...(count && { count }) }),
    keepAlive: (enabled: boolean) => admin("POST", "keep_alive", { enabled }, sandbox),
  };
}

/** What was measured, for the reader of the log. */
const measured: Record<string, number> = {};
afterAll(() => console.log("POSTs that arrived for one fetch:", JSON.stringify(measured)));

beforeEach(async () => {
  for (const sandbox of Object.values(SERVERS)) await admin("POST", "reset", undefined, sandbox);
});

/** One top-up whose connection the server cuts each time after it was booked. */
async function lost(client: Awaited<ReturnType<typeof used>>) {
  await client.cut();
  const error = await rejection(client.omi.tenants.topUp(newTopUp()), OutcomeUnknownError);
  expect(error).toMatchObject({ attempts: 1, cause: { name: "NetworkError" } });
  expect(client.sent()).toBe(1);
  const arrived = await client.arrived();
  // Each that arrived is money.
  expect(await client.booked()).toBe(arrived.length);
  return arrived;
}

describe("one fetch of a POST, on a connection that was used before", () => {
  test.each(["HTTP/1.1", "HTTP/1.1 over TLS"] as const)("is sent again over %s", async (server) => {
    const arrived = await lost(await used(server));
    measured[`${server}, used once`] = arrived.length;
    expect(arrived.length).toBeGreaterThanOrEqual(2);
    expect(arrived.length).toBeLessThanOrEqual(MOST);
    for (const { protocol } of arrived) expect(protocol).toBe("HTTP/1.1");
    // Each time on another connection, as the last one was dead.
    expect(new Set(arrived.map(({ connection }) => connection)).size).toBe(arrived.length);
  });

  test("is sent again over HTTP/1.1 for each idle connection that dies", async () => {
    const client = await used("HTTP/1.1");
    await strike(INFO, { kind: "delay", ms: 200 });
    const looks = Array.from({ length: 6 }, () => client.omi.tenants.get(SEEDED.id));
    await Promise.all(looks);
    const arrived = await lost(client);
    measured["HTTP/1.1, six used"] = arrived.length;
    expect(arrived.length).toBeGreaterThan(3);
    expect(arrived.length).toBeLessThanOrEqual(MOST);
  });

  test("is sent again over HTTP/2 by Chromium, not by Firefox", async () => {
    const arrived = await lost(await used("HTTP/2"));
    measured["HTTP/2"] = arrived.length;
    expect(arrived).toHaveLength(isChromium ? 2 : 1);
    for (const { protocol } of arrived) expect(protocol).toBe("HTTP/2");
  });

  test.each(["HTTP/1.1", "HTTP/1.1 over TLS"] as const)("is sent once over %s on a fresh one", async (server) => {
    const client = await used(server);
    await client.keepAlive(false);
    const arrived = (await lost(client)).length;
    measured[`${server}, fresh`] = arrived;
    // Firefox tries a fresh one over TLS once more now and then.
    expect(arrived).toBeLessThanOrEqual(server === "HTTP/1.1" || isChromium ? 1 : 2);
  });
});

describe("singleSend", () => {
  test("over HTTP/2 a POST arrives once", async () => {
    const arrived = await lost(await used("HTTP/2", { singleSend: true }));
    measured["HTTP/2, singleSend"] = arrived.length;
    expect(arrived).toHaveLength(1);
  });

  test("over HTTP/2 the server reads the same", async () => {
    const client = await used("HTTP/2", { singleSend: true });
    const description = "Nạp tiền đợt 1 theo hợp đồng số 2026/OMI-000123, đã ký.";
    await client.omi.tenants.topUp(newTopUp({ description }));
    expect(client.sent()).toBe(1);
    expect(await client.booked()).toBe(1);
    const { top_ups } = await admin<Books>("GET", `tenant?email=${SEEDED.email}`, undefined, SERVERS["HTTP/2"]);
    expect(top_ups.at(-1)).toMatchObject({ amount: 500_000, description });
  });

  test("over HTTP/2 a write that was refused for its token is sent again, with the new one", async () => {
    const sandbox = SERVERS["HTTP/2"];
    const client = await used("HTTP/2", { singleSend: true, token: () => signIn(undefined, sandbox) });
    await admin("POST", "expire_tokens", undefined, sandbox);
    await client.omi.tenants.topUp(newTopUp());
    expect(client.sent()).toBe(2);
    expect(await client.booked()).toBe(1);
  });

  test("over HTTP/1.1 it fails before anything is sent, where the browser has request streams", async () => {
    const sandbox = SERVERS["HTTP/1.1 over TLS"];
    const events: ClientEvent[] = [];
    const omi = await connected({
      baseUrl: sandbox,
      token: await signIn(undefined, sandbox),
      singleSend: true,
      onEvent: (event) => events.push(event),
    });
    const call = omi.tenants.topUp(newTopUp());
    if (isChromium) expect(await rejection(call, OutcomeUnknownError)).toMatchObject({ attempts: 1 });
    else await call;
    const unavailable = events.filter(({ type }) => type === "singleSendUnavailable");
    const why = [{ type: "singleSendUnavailable", endpoint: UPDATE_BALANCE, reason: "browser" }];
    expect(unavailable).toEqual(isChromium ? [] : why);
    const arrived = (await requestLog(sandbox)).filter(({ endpoint }) => endpoint === UPDATE_BALANCE);
    expect(arrived).toHaveLength(isChromium ? 0 : 1);
  });
});

describe("the evidence of a top-up that the browser doubled", () => {
  test("is in the receipt, when the repeated one was confirmed", async () => {
    const client = await used("HTTP/1.1");
    await client.cut(1);
    const { evidence } = await client.omi.tenants.topUp(newTopUp(), { recordBalance: true });
    expect(client.sent()).toBe(1);
    expect(await client.booked()).toBe(2);
    expect(evidence).toMatchObject({ outcome: "appliedMoreThanOnce" });
    expect(evidence && evidence.balanceAfter - evidence.balanceBefore).toBe(1_000_000);
  });

  test("is found by reconcile(), when every answer was lost", async () => {
    const client = await used("HTTP/1.1");
    await client.cut();
    const call = client.omi.tenants.topUp(newTopUp(), { recordBalance: true });
    const { outcome, evidence } = await (await rejection(call, OutcomeUnknownError)).reconcile();
    const { balanceBefore = NaN, balanceAfter = NaN } = evidence;
    expect(outcome).toBe("appliedMoreThanOnce");
    expect(balanceAfter - balanceBefore).toBe((await client.booked()) * 500_000);
  });
});
