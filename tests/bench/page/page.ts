// The benchmark's page: measures one contender, as the script that drives it says.
import type { Client, Connect, Page } from "../contenders/contender.js";
import { answer, bytesFrom, bytesOf, parsed } from "./answers.js";
import type { Bench } from "./api.js";
import { Heartbeat } from "./heartbeat.js";
import { difference } from "./same.js";

/** The core's memory, which the package keeps to itself. */
let memory: WebAssembly.Memory | undefined;
const { instantiate } = WebAssembly;
Object.assign(WebAssembly, {
  async instantiate(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    const instance = await instantiate(module, imports);
    if (instance.exports["memory"] instanceof WebAssembly.Memory) memory = instance.exports["memory"];
    return instance;
  },
});

let api = { baseUrl: "", token: "" };
let online: Client;
let offline: Client;

/** What `offline` is answered with next, and when it was. */
let next: Response | undefined;
let handedOut = 0;

const handOut: typeof fetch = () => {
  if (!next) throw new Error("A second request for one answer.");
  const response = next;
  next = undefined;
  handedOut = performance.now();
  return Promise.resolve(response);
};

// Only now: the package must find the WebAssembly.instantiate of this page.
const load = async (contender: string) => (await import(`/contenders/${contender}/index.js`)) as { connect: Connect };

function expect(what: string, ok: boolean) {
  if (!ok) throw new Error(`Not the right data: ${what}.`);
}

function expectSame(what: string, actual: unknown, expected: unknown) {
  const found = difference(actual, expected);
  if (found) throw new Error(`Not the right data: of ${what}, ${found}.`);
}

/** Has the contender decode an answer: its result, and the ms that this took. */
async function decodeOnce(bytes: ArrayBuffer, size: number): Promise<{ page: Page; ms: number }> {
  next = answer(bytes);
  const page = await offline.list(1, size);
  return { page, ms: performance.now() - handedOut };
}

/** The payload, read with nothing that contenders use. */
async function plain(path: string, init: RequestInit): Promise<unknown> {
  const headers = new Headers({ authorization: `Bearer ${api.token}` });
  if (init.body) headers.set("content-type", "application/json");
  const response = await fetch(api.baseUrl + path, { ...init, headers });
  return ((await response.json()) as { payload: unknown }).payload;
}

const refuses = (promise: PromiseLike<unknown>) =>
  promise.then(
    () => false,
    () => true,
  );

async function refusesChanged(size: number, change: (body: ReturnType<typeof parsed>) => void): Promise<boolean> {
  const body = parsed(await bytesOf(size));
  change(body);
  next = answer(bytesFrom(body));
  return refuses(offline.list(1, size));
}

let walking: AsyncIterator<Page>;

async function* pagesOf({ list }: Client, size: number): AsyncGenerator<Page> {
  for (let number = 1, more = true; more; number++) {
    const page = await list(number, size);
    more = page.has_next === true;
    yield page;
  }
}

/** Does work again and again, for so many ms: the mean of what it says that it took. */
async function mean(ms: number, work: () => Promise<number>): Promise<number> {
  let total = 0;
  let times = 0;
  for (; total < ms; times++) total += await work();
  return total / times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const bench: Bench = {
  async open(contender, baseUrl, token) {
    if (!crossOriginIsolated) throw new Error("The page is not isolated, so its clock is too coarse.");
    const { connect } = await load(contender);
    api = { baseUrl, token };
    online = await connect(api);
    offline = await connect({ ...api, fetch: handOut });
  },

  async verify(size, ids) {
    const bytes = await bytesOf(size);
    expectSame(`a page of ${size}`, (await decodeOnce(bytes, size)).page, parsed(bytes).payload);
    const listed = await plain("/api/partner/tenant/list?page=2&size=50", { method: "POST", body: "{}" });
    expectSame("list", await online.list(2, 50), listed);
    for (const id of ids) {
      const shown = await plain(`/api/partner/tenant/info?id=${id}`, { method: "GET" });
      expectSame("get", await online.get(id), shown);
    }
    return {
      refusesWrongType: await refusesChanged(size, ({ payload }) => {
        const last = payload.items.at(-1);
        if (last) last["service_package"] = { staff_num: "5" };
      }),
      refusesRefusal: await refusesChanged(size, (body) => (body["status_code"] = -9999)),
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
        const tenant = await plain(`/api/partner/tenant/info?id=${id}`, { cache: "no-store" });
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
    expect("get, many at once", emails.size === ids.length);
    return { ms, block };
  },

  async walk(size) {
    walking = (online.pages?.(size) ?? pagesOf(online, size))[Symbol.asyncIterator]();
  },

  async walkOn(pages) {
    const walked = { pages: 0, tenants: 0, done: false };
    const ms = await timed(async () => {
      while (walked.pages < pages && !walked.done) {
        const { value, done } = (await walking.next()) as IteratorResult<Page, undefined>;
        walked.done = done === true;
        if (!value) continue;
        walked.pages++;
        walked.tenants += value.items.length;
      }
    });
    return { ...walked, ms };
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
    for (const one of emptyFirst ? both : both.reverse()) await one();
    return { ready, empty };
  },
};

Object.assign(globalThis, { bench });
