// Random responses and random arguments: a call resolves or rejects with a documented error, and has no other effect.
// The seed is fixed; the environment variable PROPERTY_SEED sets another one, and a failing test prints its seed.
import {
  AbortError,
  ApiError,
  AuthenticationError,
  connect,
  NetworkError,
  OutcomeUnknownError,
  PartnerError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
} from "omicall-partner";
import type { CallOptions, PartnerClient } from "omicall-partner";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  collect,
  sandboxClient,
  DESCRIPTION,
  newTenant,
  newTopUp,
  page,
  PASSWORD,
  apiError,
  reset,
  SEEDED,
  success,
} from "./support";
import { CONSOLE_METHODS } from "./leaks";

const SEED = Number(import.meta.env["PROPERTY_SEED"]);

/**
 * The number of runs, and the minimum of random responses in each of the twelve tests: more than 50,000 in Chromium. The seed is the
 * same in both browsers, so Firefox would only repeat what Chromium has tested: it has fewer.
 */
const [RUNS, MIN_RESPONSES] = import.meta.env["BROWSER"] === "firefox" ? [30, 1_000] : [100, 4_250];
/** The number of concurrent calls, each with its own client. */
const CONCURRENCY = 100;

/**
 * The classes of errors that a call may reject with. Not `LoadError`, because the core is loaded, and not `PartnerError`
 * itself, which reports an internal error.
 */
const CLASSES: Record<string, unknown> = {
  AbortError,
  ApiError,
  AuthenticationError,
  NetworkError,
  OutcomeUnknownError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
};

// Used instead of `expect`, which takes longer than a call of the SDK.
function assert(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new Error(message());
}

function documentedError(error: unknown): PartnerError {
  assert(error instanceof PartnerError, () => `rejected with ${fc.stringify(error)}`);
  const { name, code, message } = error;
  assert(CLASSES[name] === error.constructor, () => `rejected with ${name}: ${fc.stringify(error.cause)}`);
  assert(typeof code === "string" && code !== "" && code !== "internal", () => `${name} has the code ${code}`);
  assert(typeof message === "string" && message !== "", () => `${name} has no message`);
  return error;
}

/** The error that a call rejects with; `undefined` if it resolves. */
const errorOf = (call: Promise<unknown>): Promise<PartnerError | undefined> =>
  call.then(() => undefined, documentedError);

// The behaviour of a stubbed fetch, as data, so that fast-check can print and shrink it

type FetchResult =
  | { is: "response"; body: unknown; status?: number; headers?: Record<string, string>; interruptedAfter?: number }
  | { is: "thrown" | "rejected"; reason: unknown }
  | { is: "value"; value: unknown }
  | {
      is: "responseLike";
      status: unknown;
      header: unknown;
      body: unknown;
      json: "returns" | "resolves" | "throws" | "rejects";
    };

const isBytes = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array;

function response({ body, status = 200, headers = {}, interruptedAfter }: FetchResult & { is: "response" }): Response {
  if (status === 204 || status === 205 || status === 304) return new Response(null, { status, headers });
  const content = typeof body === "string" || isBytes(body) ? body : (JSON.stringify(body) ?? "");
  if (interruptedAfter === undefined) return new Response(content, { status, headers });
  const bytes = isBytes(content) ? content : new TextEncoder().encode(content);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.subarray(0, interruptedAfter)),
    pull: (controller) => controller.error(new TypeError("connection lost")),
  });
  return new Response(stream, { status, headers });
}

function responseLike({ status, header, body, json }: FetchResult & { is: "responseLike" }): unknown {
  const methods = {
    returns: () => body,
    resolves: () => Promise.resolve(body),
    rejects: () => Promise.reject(body),
    throws: () => {
      throw body;
    },
  };
  return { status, headers: { get: () => header }, json: methods[json] };
}

function perform(result: FetchResult): unknown {
  switch (result.is) {
    case "response":
      return response(result);
    case "responseLike":
      return responseLike(result);
    case "value":
      return result.value;
    case "rejected":
      return Promise.reject(result.reason);
    case "thrown":
      throw result.reason;
  }
}

// Random values

const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
/** Characters in and around the surrogate range, so that many strings have a lone surrogate. */
const illFormedText = fc
  .array(fc.integer({ min: 0xd7fe, max: 0xe001 }), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units));
const json = fc.jsonValue({ maxDepth: 3 });
const oddValue = fc.oneof(
  json,
  text,
  illFormedText,
  fc.double(),
  fc.constantFrom(
    null,
    undefined,
    "",
    0,
    -1,
    1e308,
    [],
    {},
    true,
    "activated",
    9999,
    -9999,
    "9999",
    "x".repeat(70_000),
  ),
);
const anything = fc.anything({
  maxDepth: 2,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

interface Change {
  at: number[];
  kind: "replace" | "remove" | "add";
  key: string;
  value: unknown;
}

const changes = fc.array(
  fc.record<Change>({
    at: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
    kind: fc.constantFrom("replace", "remove", "add"),
    key: fc.oneof(text, fc.constantFrom("id", "items", "payload", "error", "message", "toString", "then")),
    value: oddValue,
  }),
  { maxLength: 4 },
);

/** A copy of the document with some fields replaced, removed and added, at any depth. */
function applyChanges<T extends object>(document: T, changes: Change[]): T {
  const copy = structuredClone(document);
  for (const { at, kind, key, value } of changes) {
    let parent = copy as Record<string, unknown>;
    let name: string | undefined;
    for (const index of at) {
      const inner = name === undefined ? undefined : parent[name];
      if (typeof inner === "object" && inner !== null) parent = inner as Record<string, unknown>;
      const names = Object.keys(parent);
      name = names[index % names.length];
    }
    if (kind === "add" || name === undefined) parent[key] = value;
    else if (kind === "replace") parent[name] = value;
    else delete parent[name];
  }
  return copy;
}

const variantsOf = <T extends object>(...documents: T[]): fc.Arbitrary<T> =>
  fc.tuple(fc.constantFrom(...documents), changes).map(([document, list]) => applyChanges(document, list));

const TENANT = {
  ...{ id: "a1", full_name: "Công ty", email: "a@b.example", description: "", domain: "d", domain_fusion: "d" },
  ...{ enabled: true, domain_expire: 1, effective_date: 1, expire_date: 1, phone: "09", status: "activated" },
  ...{ paid_type: "prepaid", nation: "vn", currency: "VND", language: "vi", balance: 5, api_key: "k" },
  public_numbers: [{ number: "842", provider: "viettel", expire_date: 1, status: "active" }],
  service_package: {
    code_name: "trial",
    service_name: "T",
    staff_num: 1,
    customer_num: 0,
    expiry_date: 1,
    cashback: 0,
  },
};
const envelope = (payload: unknown) => ({ status_code: 9999, instance_id: "node-7", message: "ok", payload });
const DOCUMENTS: object[] = [
  envelope(TENANT),
  envelope({ ...TENANT, status: "new" }),
  envelope({ ...page([], { has_next: true, next_page: 2, total_pages: 3 }), items: [TENANT, { id: "b2" }] }),
  envelope(page(["a", "b"])),
  envelope({ id: "a1" }),
  envelope(null),
  { status_code: -9999, instance_id: "node-7", message: "email_registered" },
  { status_code: -9999, payload: { error: "access_denied", message: "No." } },
];

const code = fc.oneof(
  text,
  fc.constantFrom("email_invalid", "tenant_not_found", "partner_invalid", "tenant_invalid"),
  oddValue,
);
const envelopes = fc.record(
  {
    status_code: fc.oneof(fc.constantFrom(9999, -9999, 0), fc.double(), oddValue),
    message: code,
    instance_id: oddValue,
    payload: fc.oneof(fc.record({ error: code, message: oddValue }, { requiredKeys: [] }), oddValue),
  },
  { requiredKeys: [] },
);

const respondWith = (body: fc.Arbitrary<unknown>): fc.Arbitrary<FetchResult> =>
  body.map((body) => ({ is: "response" as const, body }));
const body = fc.oneof(variantsOf(...DOCUMENTS), envelopes, json, text);
const retryAfter = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) }),
  fc.nat().map(String),
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.constantFrom("", "0", "0x10", "1e3", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 2100 23:59:60 GMT", ", "),
);
const reason = fc.oneof(
  anything,
  text,
  fc
    .constantFrom("AbortError", "TimeoutError", "SyntaxError", "NetworkError", "")
    .map((name) => new DOMException("", name)),
  fc.constantFrom(TypeError, SyntaxError, RangeError).map((type) => new type("failed")),
);

const KINDS: [string, fc.Arbitrary<FetchResult>][] = [
  ["any JSON", respondWith(json)],
  ["JSON similar to the contract", respondWith(variantsOf(...DOCUMENTS))],
  ["envelopes with any content", respondWith(envelopes)],
  [
    "text",
    respondWith(
      fc.oneof(
        text,
        illFormedText,
        fc.json().map((text) => `)]}'\n${text}`),
      ),
    ),
  ],
  [
    "bytes",
    respondWith(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        json.map((body) => new TextEncoder().encode(`\uFEFF${JSON.stringify(body)}`)),
      ),
    ),
  ],
  [
    "truncated JSON",
    respondWith(
      fc.tuple(variantsOf(...DOCUMENTS), fc.nat(400)).map(([body, end]) => JSON.stringify(body).slice(0, end)),
    ),
  ],
  [
    "any status and header",
    fc.record({
      is: fc.constant("response" as const),
      body,
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc.record(
        { "retry-after": retryAfter, "content-type": fc.constantFrom("", "text/html", "application/json", "a/b;") },
        { requiredKeys: [] },
      ),
    }),
  ],
  ["rejections", fc.record({ is: fc.constantFrom("thrown" as const, "rejected" as const), reason })],
  [
    "bodies that are interrupted",
    fc.record({
      is: fc.constant("response" as const),
      body,
      status: fc.constantFrom(200, 200, 200, 201, 400, 401, 429, 500),
      interruptedAfter: fc.nat(400),
    }),
  ],
  [
    "values that are not a Response",
    fc.record({ is: fc.constant("value" as const), value: fc.oneof(anything, reason) }),
  ],
  [
    "objects similar to a Response",
    fc.record({
      is: fc.constant("responseLike" as const),
      status: fc.oneof(fc.constantFrom(200, 200, 400, 401, 503), fc.double(), anything),
      header: fc.oneof(retryAfter, anything),
      body: fc.oneof(variantsOf(...DOCUMENTS), envelopes, anything),
      json: fc.constantFrom("returns", "resolves", "throws", "rejects"),
    }),
  ],
];

// Calls

/** A client and the results of its stubbed `fetch`. */
interface Slot {
  omi: PartnerClient;
  /** Valid responses, which are used first. */
  valid: Response[];
  results: FetchResult[];
  /** The number of requests since the results were set. */
  sent: number;
  /** The number of writes among them. */
  writes: number;
}

/** The number of random responses used. */
let responseCount = 0;

async function newSlot(_: unknown, index: number): Promise<Slot> {
  const slot: Slot = {
    valid: [],
    results: [],
    sent: 0,
    writes: 0,
    omi: await connect({
      baseUrl: "https://api.example.com",
      token: "test-token",
      maxRetries: 0,
      language: index % 2 ? "vi" : "en",
      fetch: async (input, init) => {
        const { url, method } = new Request(input, init);
        if (/\/(add|update_balance|x)$/.test(url) && method === "POST") slot.writes++;
        slot.sent++;
        const valid = slot.valid.shift();
        if (valid) return valid;
        const result = slot.results.shift();
        // An error code ends calls that would send requests without end.
        if (result === undefined) return apiError("over");
        responseCount++;
        return perform(result) as Response;
      },
    }),
  };
  return slot;
}

interface Operation {
  isWrite: boolean;
  /** Whether `attempts` of its errors is the number of all its requests; in an iteration it counts those of one page. */
  countsAttempts: boolean;
  /** Responses to the requests before the tested one. */
  valid?: () => Response[];
  call: (omi: PartnerClient, options?: CallOptions) => Promise<unknown>;
}

const read: Omit<Operation, "call"> = { isWrite: false, countsAttempts: true };
const write: Omit<Operation, "call"> = { isWrite: true, countsAttempts: true };
const OPERATIONS = {
  create: { ...write, call: (omi, options) => omi.tenants.create(newTenant(), options) },
  // A different tenant each time, because top-ups of one tenant are sent one after the other.
  topUp: { ...write, call: (omi, options) => omi.tenants.topUp(newTopUp({ email: newTenant().email }), options) },
  "topUp with balances": {
    ...write,
    countsAttempts: false,
    valid: () => [success({ ...page([]), items: [TENANT] }), success(TENANT)],
    call: (omi, options) => omi.tenants.topUp(newTopUp({ email: TENANT.email }), { ...options, recordBalance: true }),
  },
  "request POST": { ...write, call: (omi, options) => omi.request("POST", "/api/x", { body: {}, ...options }) },
  "request GET": { ...read, call: (omi, options) => omi.request("GET", "/api/x", options) },
  get: { ...read, call: (omi, options) => omi.tenants.get("a1", options) },
  list: { ...read, call: async (omi, options) => omi.tenants.list({}, options) },
  iterate: { ...read, countsAttempts: false, call: (omi, options) => collect(omi.tenants.list({}, options)) },
  waitUntilActive: {
    ...read,
    call: (omi, options) => omi.tenants.waitUntilActive("a1", { intervalMs: 1, ...options }),
  },
} satisfies Record<string, Operation>;

interface Exchange {
  operation: keyof typeof OPERATIONS;
  results: FetchResult[];
}

const exchanges = (result: fc.Arbitrary<FetchResult>): fc.Arbitrary<Exchange[]> => {
  const exchange = fc.record<Exchange>({
    operation: fc.constantFrom(...(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])),
    results: fc.array(result, { minLength: 1, maxLength: 3 }),
  });
  return fc.array(exchange, { minLength: 1, maxLength: CONCURRENCY, size: "max" });
};

/** The errors of a write that was sent: it was rejected, or its outcome is unknown. */
const WRITE_ERRORS = ["ApiError", "AuthenticationError", "RateLimitError", "OutcomeUnknownError"];

async function expectSettled(slot: Slot, { operation, results }: Exchange, options?: CallOptions): Promise<void> {
  const { isWrite, countsAttempts, valid = () => [], call }: Operation = OPERATIONS[operation];
  Object.assign(slot, { valid: valid(), results: [...results], sent: 0, writes: 0 });
  const error = await errorOf(call(slot.omi, options));
  const { sent, writes } = slot;
  assert(sent > 0, () => `${operation} sent nothing`);
  assert(writes === (isWrite ? 1 : 0), () => `${operation} wrote ${writes} times`);
  assert(
    !error || !isWrite || WRITE_ERRORS.includes(error.name),
    () => `${operation} was sent and rejected with ${error?.name}`,
  );
  assert(
    !error || !countsAttempts || error.attempts === sent,
    () => `attempts is ${error?.attempts} after ${sent} requests`,
  );
  if (!(error instanceof OutcomeUnknownError)) return;
  assert(isWrite, () => `${operation} has an unknown outcome`);
  documentedError(error.cause);
  await errorOf(error.reconcile());
  assert(slot.writes === writes, () => `reconciling ${operation} wrote`);
}

/** Waits for all concurrent calls, and then throws the first error. */
async function settleAll(calls: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(calls)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

let slots: Slot[];
const slotAt = (index: number): Slot => {
  const found = slots[index];
  if (!found) throw new Error(`There is no slot ${index}.`);
  return found;
};

/** Error events and console output of the page. */
let reports: unknown[];
const report = (event: ErrorEvent | PromiseRejectionEvent) => {
  reports.push(event.type, "reason" in event ? event.reason : event.message);
};

beforeAll(async () => {
  await reset();
  slots = await Promise.all(Array.from({ length: CONCURRENCY }, newSlot));
});

beforeEach(() => {
  responseCount = 0;
  reports = [];
  addEventListener("error", report);
  addEventListener("unhandledrejection", report);
  for (const method of CONSOLE_METHODS) {
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => void reports.push(method, ...words));
  }
});

afterEach(async () => {
  // A call after all others proves that the core still runs, and gives pending error events the time to fire.
  const omi = await sandboxClient();
  expect(await omi.tenants.get(SEEDED.id)).toMatchObject({ email: SEEDED.email });
  expect((await omi.tenants.list()).total_items).toBe(SEEDED.total);
  removeEventListener("error", report);
  removeEventListener("unhandledrejection", report);
  vi.restoreAllMocks();
  expect(reports).toEqual([]);
});

/** `timeout` fails calls that never settle. */
const parameters = {
  seed: SEED,
  numRuns: RUNS,
  timeout: 10_000,
  interruptAfterTimeLimit: 100_000,
  markInterruptAsFailure: true,
};
const LONG_TIMEOUT = { timeout: 120_000 };

describe("random responses", () => {
  test.each(KINDS)("%s", LONG_TIMEOUT, async (_name, result) => {
    const property = fc.asyncProperty(exchanges(result), (batch) =>
      settleAll(batch.map((exchange, index) => expectSettled(slotAt(index), exchange))),
    );
    await fc.assert(property, parameters);
    expect(responseCount).toBeGreaterThanOrEqual(MIN_RESPONSES);
  });

  test("any status, with retries", LONG_TIMEOUT, async () => {
    const retried: fc.Arbitrary<FetchResult> = fc.record({
      is: fc.constant("response" as const),
      body,
      status: fc.constantFrom(200, 401, 408, 429, 500, 502, 503, 504),
      headers: fc.constant({ "retry-after": "0" }),
    });
    const property = fc.asyncProperty(exchanges(retried), fc.nat(3), (batch, maxRetries) =>
      settleAll(batch.map((exchange, index) => expectSettled(slotAt(index), exchange, { maxRetries }))),
    );
    await fc.assert(property, parameters);
    expect(responseCount).toBeGreaterThanOrEqual(MIN_RESPONSES);
  });
});

describe("random arguments", () => {
  const huge = fc.oneof(
    fc.double(),
    fc.bigInt(),
    fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 53, 2 ** 64, 1e308, Infinity, -Infinity, NaN, -0, 5e-324),
  );
  const cyclic: unknown[] = [];
  cyclic.push({ cyclic });
  const fail = () => {
    throw new Error("error of the caller");
  };
  const special = fc.constantFrom<unknown>(
    cyclic,
    fail,
    Symbol("x"),
    Object.defineProperty({}, "email", { get: fail, enumerable: true }),
    Object.defineProperty({}, "signal", { get: fail, enumerable: true }),
    { toJSON: fail },
    { toString: fail, valueOf: fail },
    { signal: { aborted: false, addEventListener: fail } },
    { signal: { aborted: false, addEventListener: () => {} } },
    { signal: AbortSignal.abort() },
    { onProgress: fail },
    document.body,
  );
  const value = fc.oneof(anything, json, text, illFormedText, huge, special);

  const paths = fc.constantFrom(
    ...Array<string>(9).fill("/api/x"),
    "/",
    "//x",
    "/a/../b",
    "/a?b",
    "/a#b",
    "/%2e%2e/a",
    "https://x.example/",
    "",
  );
  const LISTED = { page: 1, size: 50, keyword: "" };
  // One option at a time: a very short timeout with many retries would be a call without end.
  const OPTIONS = [{ timeoutMs: 5_000 }, { maxRetries: 2 }];
  const SIMILAR: Record<string, fc.Arbitrary<unknown>[]> = {
    create: [variantsOf({ ...newTenant(), password: PASSWORD, isAutoActive: true }), variantsOf<object>(...OPTIONS)],
    topUp: [variantsOf(newTopUp({ description: DESCRIPTION, wallet: "SPK" })), variantsOf<object>(...OPTIONS)],
    request: [
      fc.constantFrom("GET", "POST"),
      paths,
      variantsOf<object>(...OPTIONS, { query: { a: 1 } }, { body: { a: [1] } }),
    ],
    get: [fc.constant(SEEDED.id), variantsOf<object>(...OPTIONS)],
    list: [variantsOf(LISTED), variantsOf<object>(...OPTIONS)],
    iterate: [variantsOf(LISTED), variantsOf<object>(...OPTIONS)],
    waitUntilActive: [fc.constant(SEEDED.id), variantsOf<object>(...OPTIONS, { deadlineMs: 5_000, intervalMs: 10 })],
  };

  type AnyFunction = (...args: unknown[]) => unknown;
  const calls: Record<string, (omi: PartnerClient, args: unknown[]) => unknown> = {
    create: ({ tenants }, args) => (tenants.create as AnyFunction)(...args),
    topUp: ({ tenants }, args) => (tenants.topUp as AnyFunction)(...args),
    request: ({ request }, args) => (request as AnyFunction)(...args),
    get: ({ tenants }, args) => (tenants.get as AnyFunction)(...args),
    list: ({ tenants }, args) => (tenants.list as AnyFunction)(...args),
    iterate: ({ tenants }, args) => collect((tenants.list as AnyFunction)(...args) as AsyncIterable<unknown>),
    waitUntilActive: ({ tenants }, args) => (tenants.waitUntilActive as AnyFunction)(...args),
  };

  /** A valid response for every call: the tenant is active, and the list ends. */
  const valid: FetchResult = { is: "response", body: envelope({ ...page(["a"]), id: "a1", status: "activated" }) };

  test.each(Object.keys(calls))("of %s", LONG_TIMEOUT, async (name) => {
    const arbitraries = (SIMILAR[name] ?? []).map((arbitrary) => fc.oneof({ arbitrary, weight: 3 }, value));
    const args = fc.tuple(fc.tuple(...arbitraries), fc.nat(arbitraries.length)).map(([args, n]) => args.slice(0, n));
    let [sentCount, rejectedCount] = [0, 0];
    const property = fc.asyncProperty(fc.array(args, { maxLength: CONCURRENCY, size: "max" }), (batch) =>
      settleAll(
        batch.map(async (args, index) => {
          const { omi } = Object.assign(slotAt(index), { results: [valid], sent: 0, writes: 0 });
          const error = await errorOf((async () => calls[name]?.(omi, args))());
          const { sent, writes } = slotAt(index);
          assert(writes <= 1, () => `${name} wrote ${writes} times`);
          assert(
            sent === 0 || !(error instanceof ValidationError),
            () => `${name} was sent in spite of a validation issue`,
          );
          if (sent > 0) sentCount++;
          if (error instanceof ValidationError) rejectedCount++;
        }),
      ),
    );
    await fc.assert(property, { ...parameters, numRuns: 50 });
    // Both cases must be frequent.
    expect(sentCount).toBeGreaterThan(100);
    expect(rejectedCount).toBeGreaterThan(100);
  });

  test("of connect", LONG_TIMEOUT, async () => {
    const options = { baseUrl: "https://a.example/x", token: "t", timeoutMs: 1, maxRetries: 1, language: "vi" };
    const property = fc.asyncProperty(fc.oneof(variantsOf(options), value), async (args) => {
      await errorOf((connect as AnyFunction)(args) as Promise<unknown>);
    });
    await fc.assert(property, { ...parameters, numRuns: 1_000 });
  });
});
