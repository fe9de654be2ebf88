// A core that is made to fail at each crossing: call number n from WebAssembly into JavaScript throws, for every n of an
// operation. Every call must settle, and must release what it held: single flight, the queue of its e-mail address, the
// token request.
import type * as Package from "omicall-partner";
import wasmUrl from "omicall-partner/omicall_partner_bg.wasm?url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import packageUrl from "../../../pkg/dist/index.js?url";
import { collect, html, neverResponds, newTenant, newTopUp, page, recordingFetch, success } from "./support";
import type { Recorder } from "./support";

/** More crossings than any operation has. */
const MAX_CROSSINGS = 3_000;
/** A failing run may leave memory behind in the core, so the copy of the package is replaced after this number of runs. */
const RUNS_PER_COPY = 100;
/** A call that has not settled after this time counts as never settled; every timeout of the SDK is shorter. */
const HANG_MS = 5_000;

// The injected failure

interface Injection {
  /** Crossings up to the failing one; 0 when it was reached. */
  remaining: number;
  failure: Error;
  /** The import that failed. */
  importName?: string;
}

let injection: Injection | undefined;

/**
 * Whether a crossing belongs to what runs the core's futures: it wakes them up, catches their failures (`attempt` in guarded.js),
 * releases their callbacks, or settles their promises by the resolving functions, which have no name. If that failed, no call could settle.
 */
const runsFutures = (original: unknown, [target]: unknown[]) =>
  /\bqueueMicrotask\(|\battempt\d*\(|\b_wbg_cb_unref\(/.test(String(original)) ||
  (typeof target === "function" && target.name === "" && String(target).includes("[native code]"));

const failingAt =
  (name: string, original: (...args: unknown[]) => unknown) =>
  (...args: unknown[]): unknown => {
    if (injection && !runsFutures(original, args) && injection.remaining > 0 && --injection.remaining === 0) {
      injection.importName = name;
      throw injection.failure;
    }
    return original(...args);
  };

/** The same imports, whose functions count their calls and fail at the injected one. */
const instrumented = (imports: WebAssembly.Imports = {}): WebAssembly.Imports =>
  Object.fromEntries(
    Object.entries(imports).map(([module, members]) => [
      module,
      Object.fromEntries(
        Object.entries(members).map(([name, member]) => [
          name,
          typeof member === "function" ? failingAt(name, member as (...args: unknown[]) => unknown) : member,
        ]),
      ),
    ]),
  );

const { Instance, instantiate, instantiateStreaming } = WebAssembly;

beforeAll(() => {
  Object.assign(WebAssembly, {
    instantiate: (source: WebAssembly.Module, imports?: WebAssembly.Imports) =>
      instantiate(source, instrumented(imports)),
    instantiateStreaming: (source: Response | PromiseLike<Response>, imports?: WebAssembly.Imports) =>
      instantiateStreaming(source, instrumented(imports)),
    Instance: new Proxy(Instance, {
      construct: (target, [module, imports]: [WebAssembly.Module, WebAssembly.Imports?]) =>
        new target(module, instrumented(imports)),
    }),
  });
});

afterAll(() => {
  Object.assign(WebAssembly, { Instance, instantiate, instantiateStreaming });
});

/** The injected failure also reaches the page as an uncaught error; only the results of the calls are tested. */
const ignore = (event: Event) => event.preventDefault();

beforeEach(() => {
  addEventListener("error", ignore);
  addEventListener("unhandledrejection", ignore);
});

afterEach(() => {
  injection = undefined;
  removeEventListener("error", ignore);
  removeEventListener("unhandledrejection", ignore);
});

// The package and its clients

let copies = 0;
let core: WebAssembly.Module;

beforeAll(async () => {
  core = await WebAssembly.compileStreaming(fetch(wasmUrl));
});

/** A new copy of the package, whose core is instrumented and has initialised what the operation uses. */
async function freshPackage(operation: Operation): Promise<typeof Package> {
  const copy = (await import(
    /* @vite-ignore */ `${new URL(packageUrl, location.href).href}?internal-failures=${++copies}`
  )) as typeof Package;
  const stub = await connectStub(copy);
  await Promise.all([topUp(stub.omi, stub), get(stub.omi, stub)]);
  await run(await prepared(operation, stub, copy), stub);
  stub.omi.close();
  return copy;
}

/** Of the tenant of all top-ups in a test. It is new for each test, so that a lock which one test leaves cannot fail another. */
let email: string;

beforeEach(() => {
  ({ email } = newTenant());
});

interface Stub {
  omi: Package.PartnerClient;
  net: Recorder;
  tokenCalls: number;
  /** Makes the server reject the current token. */
  expireToken: () => void;
  /** What the server does with the next write. */
  nextWrite: "respond" | "lose" | "hang";
  /** Is called after a request that gets no response was sent. */
  onSilence: () => void;
}

const isWrite = (url: string) => /\/(add|update_balance|x)$/.test(url);

/** A client whose server responds at once. */
async function connectStub({ connect }: typeof Package): Promise<Stub> {
  let validToken = 1;
  /** The reads of the tenants whose state changes with every read. */
  let reads = 0;
  const tenant = { email, status: "activated", balance: 5 };
  const tenants: Record<string, () => Response | Promise<Response>> = {
    pending: () => success(reads++ % 2 ? tenant : { ...tenant, status: "new" }),
    unstable: () => (reads++ % 2 ? success(tenant) : html(503, { "retry-after": "0" })),
    silent: () => (queueMicrotask(() => stub.onSilence()), neverResponds()),
  };
  const net = recordingFetch(({ url, headers }) => {
    if (headers.get("authorization") !== `Bearer token-${validToken}`) return html(401);
    const { pathname, searchParams } = new URL(url);
    if (isWrite(url)) {
      const { nextWrite } = stub;
      stub.nextWrite = "respond";
      if (nextWrite === "lose") return Promise.reject(new TypeError("connection lost"));
      return nextWrite === "hang" ? tenants["silent"]?.() : success({ id: "a1" });
    }
    if (!pathname.endsWith("/list")) return tenants[searchParams.get("id") ?? ""]?.() ?? success(tenant);
    const number = Number(searchParams.get("page"));
    const isLast = number === 2;
    const items = [{ id: `a${number}`, email: isLast ? "other@contract.example" : email }];
    return success({ ...page([]), items, page_number: number, has_next: !isLast });
  });
  const stub: Stub = {
    net,
    tokenCalls: 0,
    expireToken: () => void validToken++,
    nextWrite: "respond",
    onSilence: () => {},
    omi: await connect({
      baseUrl: "https://api.example.com",
      token: async () => (stub.tokenCalls++, `token-${validToken}`),
      fetch: net.fetch,
      timeoutMs: 1_000,
      maxRetries: 0,
      onEvent: () => {},
      wasm: core,
    }),
  };
  return stub;
}

/** A task after all queued microtasks and messages, so that the work after a settled call is done too. */
const nextTask = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

/** Fails if the promise does not settle. */
async function settled<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} never settled`)), HANG_MS);
  });
  return Promise.race([promise, hung]).finally(() => clearTimeout(timer));
}

// The operations

type Calls = () => PromiseLike<unknown>[];

interface Operation {
  isWrite: boolean;
  /** Prepares the concurrent calls under test; no failure is injected yet. */
  prepare: (stub: Stub, copy: typeof Package) => Calls | Promise<Calls>;
}

type Call = (omi: Package.PartnerClient, stub: Stub) => PromiseLike<unknown>;

const read = (...calls: Call[]): Operation => ({
  isWrite: false,
  prepare: (stub) => () => calls.map((call) => call(stub.omi, stub)),
});

const write = (...calls: Call[]): Operation => ({ ...read(...calls), isWrite: true });

/** `reconcile()` of a write whose response was lost. */
const reconcile = (call: Call): Operation => ({
  isWrite: false,
  prepare: async (stub, { OutcomeUnknownError }) => {
    stub.nextWrite = "lose";
    const error: unknown = await call(stub.omi, stub).then(
      () => expect.unreachable("resolved"),
      (reason: unknown) => reason,
    );
    if (!(error instanceof OutcomeUnknownError)) throw error;
    return () => [error.reconcile()];
  },
});

/** A write that gets no response. */
const hanging = (call: Call): Operation => ({
  isWrite: true,
  prepare: (stub) => () => {
    stub.nextWrite = "hang";
    return [call(stub.omi, stub)];
  },
});

/** The time limit of the calls that time out. Their timer ends when the request was sent: the time itself is not tested here. */
const TIMEOUT_MS = 80;
let endTimeout = () => {};

beforeEach(() => {
  const start = globalThis.setTimeout;
  vi.stubGlobal("setTimeout", (handler: () => void, ms?: number) => {
    const timer = start(handler, ms);
    if (ms === TIMEOUT_MS) endTimeout = () => (clearTimeout(timer), handler());
    return timer;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const timingOut = (stub: Stub) => {
  endTimeout = () => {};
  stub.onSilence = () => void nextTask().then(() => endTimeout());
  return TIMEOUT_MS;
};

/** A signal that aborts after the request was sent. */
const abortingInFlight = (stub: Stub) => {
  const controller = new AbortController();
  stub.onSilence = () => controller.abort(new Error("The user left the page."));
  return controller.signal;
};

const topUp: Call = ({ tenants }) => tenants.topUp(newTopUp({ email }));
const otherTopUp: Call = ({ tenants }) => tenants.topUp(newTopUp({ email, amount: 700_000 }));
const topUpWithBalance: Call = ({ tenants }) => tenants.topUp(newTopUp({ email }), { recordBalance: true });
const create: Call = ({ tenants }) => tenants.create({ ...newTenant(), email });
const get: Call = ({ tenants }) => tenants.get("a1");

const OPERATIONS: Record<string, Operation> = {
  create: write(create),
  topUp: write(topUp),
  "topUp with recordBalance": write(topUpWithBalance),
  "two identical topUps": write(topUp, topUp),
  "two different topUps": write(topUp, otherTopUp),
  "a topUp that is aborted": hanging(({ tenants }, stub) =>
    tenants.topUp(newTopUp({ email }), { signal: abortingInFlight(stub) }),
  ),
  "a topUp that times out": hanging(({ tenants }, stub) =>
    tenants.topUp(newTopUp({ email }), { timeoutMs: timingOut(stub) }),
  ),
  list: read(async ({ tenants }) => tenants.list()),
  "an iterated list": read(async ({ tenants }) => collect(tenants.list())),
  pages: read(async ({ tenants }) => collect(tenants.list().pages())),
  get: read(get),
  "two gets that wait for one token": read(get, ({ tenants }) => tenants.get("a2")),
  "a get that is retried": read(({ tenants }) => tenants.get("unstable", { maxRetries: 1 })),
  "a get that is aborted": read(({ tenants }, stub) => tenants.get("silent", { signal: abortingInFlight(stub) })),
  "a get that times out": read(({ tenants }, stub) => tenants.get("silent", { timeoutMs: timingOut(stub) })),
  waitUntilActive: read(({ tenants }) =>
    tenants.waitUntilActive("pending", { intervalMs: 1, deadlineMs: 1_000, onProgress: () => {} }),
  ),
  "request GET": read((omi) => omi.request("GET", "/api/y")),
  "request POST": write((omi) => omi.request("POST", "/api/x", { body: { a: 1 } })),
  "reconcile of create": reconcile(create),
  "reconcile of topUp": reconcile(topUpWithBalance),
};

const FAILURES: Record<string, () => Error> = {
  "a WebAssembly trap": () => new WebAssembly.RuntimeError("unreachable"),
  "a JavaScript exception": () => new Error("injected failure"),
};

const prepared = (operation: Operation, stub: Stub, copy: typeof Package): Promise<Calls> =>
  settled(Promise.resolve(operation.prepare(stub, copy)), "the call before the operation");

/** Runs the calls; with a failure, call number n from the core into JavaScript throws it. */
async function run(calls: Calls, stub: Stub, failure?: Error, n = 0) {
  const sentBefore = stub.net.sent.length;
  injection = failure && { remaining: n, failure };
  try {
    const results = await settled(Promise.allSettled(calls()), "the operation");
    // The work after the calls settled, such as the release of a lock, must be able to fail too.
    await nextTask();
    return {
      results,
      wasInjected: injection?.importName !== undefined,
      wroteBefore: stub.net.sent.slice(sentBefore).some(({ url }) => isWrite(url)),
    };
  } finally {
    if (injection) injection.remaining = 0;
    stub.nextWrite = "respond";
  }
}

type Results = PromiseSettledResult<unknown>[];

/** A form of the results that can be compared: the values, and the names and codes of the errors. */
const comparable = (results: Results) =>
  results.map((result) => {
    if (result.status === "fulfilled") return result.value;
    const { name, code } = result.reason as Package.PartnerError;
    return { name, code };
  });

/**
 * Every call has its regular result, or rejects with an internal error; if the write was sent, also with an unknown outcome.
 */
function expectRegularOrInternal(
  results: Results,
  regular: Results,
  mayBeUnknown: boolean,
  { PartnerError, OutcomeUnknownError }: typeof Package,
): void {
  for (const [index, result] of results.entries()) {
    const [actual] = comparable([result]);
    const expected = comparable(regular)[index];
    if (result.status === "fulfilled") {
      expect(actual).toEqual(expected);
      continue;
    }
    const error: unknown = result.reason;
    expect(error).toBeInstanceOf(PartnerError);
    if (regular[index]?.status === "rejected" && JSON.stringify(actual) === JSON.stringify(expected)) continue;
    if (mayBeUnknown && error instanceof OutcomeUnknownError) continue;
    expect(actual).toEqual({ name: "PartnerError", code: "internal" });
  }
}

/** Everything that the failed calls held is released: all calls work again in the same page. */
async function expectReleased(stub: Stub, copy: typeof Package, calls: Calls, regular: Results): Promise<void> {
  const { omi, net } = stub;
  const topUpsSent = () => net.sent.filter(({ url }) => url.endsWith("/update_balance")).length;
  const receipt = { payload: { id: "a1" } };

  let before = topUpsSent();
  const topUps = [topUp(omi, stub), otherTopUp(omi, stub)];
  expect(await settled(Promise.all(topUps), "an identical and another top-up")).toEqual([receipt, receipt]);
  expect(topUpsSent()).toBe(before + 2);

  const { results } = await run(calls, stub);
  expect(comparable(results)).toEqual(comparable(regular));

  const neighbour = await connectStub(copy);
  expect(await settled(Promise.all([topUp(neighbour.omi, neighbour)]), "a top-up of another client")).toEqual([
    receipt,
  ]);
  neighbour.omi.close();

  const { tokenCalls } = stub;
  stub.expireToken();
  await settled(Promise.all([get(omi, stub), get(omi, stub)]), "two calls that wait for a token");
  expect(stub.tokenCalls).toBe(tokenCalls + 1);

  before = topUpsSent();
  expect(await settled(Promise.all([topUp(omi, stub), topUp(omi, stub)]), "a double click")).toEqual([
    receipt,
    receipt,
  ]);
  expect(topUpsSent()).toBe(before + 1);
}

const KINDS = Object.keys(FAILURES);

// The kinds alternate over the crossings, which halves the runs: together they cover every crossing. The core has the same crossings
// in both browsers, so Firefox tests every third pair.
const STEP = KINDS.length * (import.meta.env["BROWSER"] === "firefox" ? 3 : 1);

describe.each(KINDS)("%s at any crossing", (kind) => {
  const first = KINDS.indexOf(kind) + 1;

  test.each(Object.keys(OPERATIONS))("of %s", { timeout: 300_000 }, async (name) => {
    const operation = OPERATIONS[name] ?? expect.unreachable();
    const makeFailure = FAILURES[kind] ?? expect.unreachable();

    let copy = await freshPackage(operation);
    const cleanStub = await connectStub(copy);
    const { results: regular } = await run(await prepared(operation, cleanStub, copy), cleanStub);

    let n = first;
    for (let runs = 1; n <= MAX_CROSSINGS; n += STEP, runs++) {
      if (runs % RUNS_PER_COPY === 0) copy = await freshPackage(operation);
      const stub = await connectStub(copy);
      const failure = makeFailure();
      let importName: string | undefined;
      try {
        const calls = await prepared(operation, stub, copy);
        const { results, wasInjected, wroteBefore } = await run(calls, stub, failure, n).finally(
          () => (importName = injection?.importName),
        );
        expectRegularOrInternal(results, regular, operation.isWrite && wroteBefore, copy);
        if (!wasInjected) break;
        await expectReleased(stub, copy, calls, regular);
        stub.omi.close();
      } catch (error) {
        throw new Error(`crossing ${n} (${importName ?? "not reached"}): ${String(error)}`, { cause: error });
      }
    }
    // The operation has crossings, and the loop went past the last one.
    expect(n).toBeGreaterThan(first);
    expect(n).toBeLessThanOrEqual(MAX_CROSSINGS);
  });
});
