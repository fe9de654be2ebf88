// The benchmark's page: measures one contender, controlled by the driving script.
import type { Client, Connect, Page } from "../contenders/contender.js";
import { bytesFrom, bytesOf, parsed, responseOf } from "./responses.js";
import type { Bench } from "./api.js";
import { Heartbeat } from "./heartbeat.js";
import { iterate } from "./iterate.js";
import { difference } from "./difference.js";

/** The core's memory, which the package does not expose. */
let memory: WebAssembly.Memory | undefined;
const { instantiate } = WebAssembly;
Object.assign(WebAssembly, {
  async instantiate(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    const instance = await instantiate(module, imports);
    // By its type: the build shortens the names of exports.
    memory ??= Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
    return instance;
  },
});

let api = { baseUrl: "", token: "" };
let online: Client;
let stubbed: Client;

/** The next response for the client `stubbed`, and the time at which it was returned. */
let nextResponse: Response | undefined;
let respondedAt = 0;

const stubbedFetch = () => {
  if (!nextResponse) throw new Error("A second request for one response.");
  const response = nextResponse;
  nextResponse = undefined;
  respondedAt = performance.now();
  return Promise.resolve(response);
};

// Imported on demand, after WebAssembly.instantiate was replaced.
const load = async (contender: string) => (await import(`/contenders/${contender}/index.js`)) as { connect: Connect };

function expect(what: string, ok: boolean) {
  if (!ok) throw new Error(`Not the right data: ${what}.`);
}

function expectSame(what: string, actual: unknown, expected: unknown) {
  const found = difference(actual, expected);
  if (found) throw new Error(`Not the right data: of ${what}, ${found}.`);
}

/** Makes the contender decode a response: its result, and the time in ms. */
async function decodeOnce(bytes: ArrayBuffer, size: number): Promise<{ page: Page; ms: number }> {
  nextResponse = responseOf(bytes);
  const page = await stubbed.list(1, size);
  return { page, ms: performance.now() - respondedAt };
}

/** Reads a payload without any code of the contenders. */
async function payloadOf(path: string, init: RequestInit): Promise<unknown> {
  const headers = new Headers({ authorization: `Bearer ${api.token}` });
  if (init.body) headers.set("content-type", "application/json");
  const response = await fetch(api.baseUrl + path, { ...init, headers });
  return ((await response.json()) as { payload: unknown }).payload;
}

const isRejected = (promise: PromiseLike<unknown>) =>
  promise.then(
    () => false,
    () => true,
  );

async function rejectsChanged(size: number, change: (body: ReturnType<typeof parsed>) => void): Promise<boolean> {
  const body = parsed(await bytesOf(size));
  change(body);
  nextResponse = responseOf(bytesFrom(body));
  return isRejected(stubbed.list(1, size));
}

let iterator: AsyncIterator<Page> | undefined;

/** Throws unless an iteration gives the first pages in their order. */
async function verifyIteration(size: number, ahead: number): Promise<void> {
  const pages = iterate(online, size, ahead);
  for (let number = 1; number <= 3; number++) {
    const path = `/api/partner/tenant/list?page=${number}&size=${size}`;
    const listed = await payloadOf(path, { method: "POST", body: "{}" });
    expectSame(`page ${number} of an iteration, ${ahead} ahead`, (await pages.next()).value, listed);
  }
  await pages.return?.();
}

/** Repeats the work for `ms` milliseconds of the time that it returns: the mean of that time. */
async function mean(ms: number, work: () => Promise<number>): Promise<number> {
  let total = 0;
  let times = 0;
  for (; total < ms; times++) total += await work();
  return total / times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const bench: Bench = {
  async open(contender, baseUrl, token) {
    if (!crossOriginIsolated) throw new Error("The page is not cross-origin isolated, so its clock is too coarse.");
    const { connect } = await load(contender);
    api = { baseUrl, token };
    online = await connect(api);
    stubbed = await connect({ ...api, fetch: stubbedFetch });
  },

  async verify(size, ids) {
    const bytes = await bytesOf(size);
    expectSame(`a page of ${size}`, (await decodeOnce(bytes, size)).page, parsed(bytes).payload);
    const listed = await payloadOf("/api/partner/tenant/list?page=2&size=50", { method: "POST", body: "{}" });
    expectSame("list", await online.list(2, 50), listed);
    for (const id of ids) {
      const shown = await payloadOf(`/api/partner/tenant/info?id=${id}`, { method: "GET" });
      expectSame("get", await online.get(id), shown);
    }
    for (const ahead of [0, 4]) await verifyIteration(size, ahead);
    return {
      rejectsWrongType: await rejectsChanged(size, ({ payload }) => {
        const last = payload.items.at(-1);
        if (last) last["service_package"] = { staff_num: "5" };
      }),
      rejectsErrorEnvelope: await rejectsChanged(size, (body) => (body["status_code"] = -9999)),
    };
  },

  async decode(size, ms) {
    const bytes = await bytesOf(size);
    return mean(ms, async () => {
      const { page, ms } = await decodeOnce(bytes, size);
      expect(`${page.items.length} of ${size} tenants`, page.items.length === size);
      return ms;
    });
  },

  async decodeBlock(size) {
    const bytes = await bytesOf(size);
    const heartbeat = new Heartbeat();
    const { page } = await decodeOnce(bytes, size);
    const block = heartbeat.stop();
    expect(`${page.items.length} of ${size} tenants`, page.items.length === size);
    return block;
  },

  listCalls: (size, ms) =>
    mean(ms, () =>
      timed(async () => {
        const { items } = await online.list(1, size);
        expect("list", items.length === size);
      }),
    ),

  getCalls: (id, ms) =>
    mean(ms, () =>
      timed(async () => {
        expect("get", "email" in (await online.get(id)));
      }),
    ),

  noStoreGetCalls: (id, ms) =>
    mean(ms, () =>
      timed(async () => {
        const tenant = await payloadOf(`/api/partner/tenant/info?id=${id}`, { cache: "no-store" });
        expect("get, no-store", typeof tenant === "object" && tenant !== null && "email" in tenant);
      }),
    ),

  async lists(times, pages) {
    for (let i = 0; i < times; i++) await online.list((i % pages) + 1, 50);
  },

  async gets(ids) {
    for (const id of ids) await online.get(id);
  },

  async atOnce(ids) {
    let tenants: object[] = [];
    const heartbeat = new Heartbeat();
    const ms = await timed(async () => {
      tenants = await Promise.all(ids.map((id) => online.get(id)));
    });
    const block = heartbeat.stop();
    const emails = new Set(tenants.map((tenant) => "email" in tenant && tenant.email));
    expect("concurrent get calls", emails.size === ids.length);
    return { ms, block };
  },

  async startIteration(size, ahead) {
    await iterator?.return?.();
    iterator = iterate(online, size, ahead);
  },

  async readPages(pages) {
    const read = { pages: 0, tenants: 0, done: false };
    const ms = await timed(async () => {
      while (read.pages < pages && !read.done) {
        const { value, done } = ((await iterator?.next()) ?? {}) as Partial<IteratorResult<Page, undefined>>;
        read.done = done !== false;
        if (!value) continue;
        read.pages++;
        read.tenants += value.items.length;
      }
    });
    return { ...read, ms };
  },

  wasmBytes: async () => memory?.buffer.byteLength ?? 0,

  async start(contender, emptyFirst) {
    const { connect } = await load(contender);
    let ready = 0;
    let empty = 0;
    const both = [
      async () => {
        empty = await timed(async () => instantiate(await WebAssembly.compileStreaming(fetch("/empty.wasm"))));
      },
      async () => {
        ready = await timed(() => connect({ baseUrl: "http://127.0.0.1", token: "none" }));
      },
    ];
    for (const measure of emptyFirst ? both : both.reverse()) await measure();
    return { ready, empty };
  },
};

Object.assign(globalThis, { bench });
