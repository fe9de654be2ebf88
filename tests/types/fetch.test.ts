// The functions that people inject as `fetch` in Node.js: undici's own, Node's, and wrappers around them.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AuthenticationError, connect, NetworkError, OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { ClientOptions } from "omicall-partner";
import { fetch as undici } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { errorOf, json, tenant } from "./client.ts";

type Fetch = NonNullable<ClientOptions["fetch"]>;

let server: Server;
let baseUrl: string;
let received: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];

beforeAll(async () => {
  server = createServer(({ method, url, headers }, response) => {
    received.push({ method, url, headers });
    response.setHeader("content-type", "application/json");
    response.end(json({ status_code: 9999, payload: { id: "a1" } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  received = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** An address at which nothing listens. */
async function unusedUrl(): Promise<string> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  await new Promise((resolve) => other.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** undici has types of its own. */
const ofUndici = undici as unknown as Fetch;

describe.for<[string, Fetch]>([
  ["Node's", (url, init) => fetch(url, init)],
  ["undici's", ofUndici],
])("%s fetch", ([, send]) => {
  const traced: Fetch = (url, init) => send(url, { ...init, headers: { ...init.headers, "x-trace": "id-1" } });
  const connectWith = (fetch: Fetch, options: Partial<ClientOptions> = {}) =>
    connect({ baseUrl, token: "t", fetch, maxRetries: 0, ...options });

  test("sends reads and writes, also in a wrapper that adds a header", async () => {
    for (const fetch of [send, traced]) {
      const omi = await connectWith(fetch);
      expect(await omi.tenants.get("a1")).toEqual({ id: "a1" });
      expect(await omi.tenants.create(tenant)).toEqual({ id: "a1" });
    }
    expect(received.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill("Bearer t"));
    expect(received.map(({ headers }) => headers["x-trace"])).toEqual([undefined, undefined, "id-1", "id-1"]);
  });

  test("that refuses an option is no network failure", async () => {
    const omi = await connectWith((url, init) => send(url, { ...init, cache: "bogus" as RequestCache }));
    const read = await errorOf(omi.tenants.get("a1"));
    expect(read).toBeInstanceOf(PartnerError);
    expect(read).toMatchObject({ code: "request_refused", cause: { message: expect.stringContaining("bogus") } });
    const write = await errorOf(omi.tenants.create(tenant));
    expect(write).toBeInstanceOf(OutcomeUnknownError);
    expect(write).toMatchObject({ cause: { code: "request_refused" } });
    expect(received).toEqual([]);
  });

  test("of an address at which nothing listens is a network failure", async () => {
    const omi = await connectWith(send, { baseUrl: await unusedUrl() });
    expect(await errorOf(omi.tenants.get("a1"))).toBeInstanceOf(NetworkError);
  });

  test("in a token function: a lost connection, and not a refused sign-in", async () => {
    const url = await unusedUrl();
    const token = () => send(url, {}).then((response) => response.text());
    const error = await errorOf((await connectWith(send, { token })).tenants.get("a1"));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: "token_unavailable", retryable: true });
    expect(error).not.toMatchObject({ message: expect.stringContaining("sign in") });
  });
});
