// Random answers and random arguments: a call resolves, or rejects with one of the documented errors, and nothing else
// happens. The seed is fixed; another one comes by the environment variable PROPERTY_SEED, and a failure names its own.
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
  all,
  connected,
  DESCRIPTION,
  newTenant,
  newTopUp,
  page,
  PASSWORD,
  refusal,
  reset,
  SEEDED,
  done,
} from "./support";
import { CONSOLE_METHODS } from "./leaks";

const SEED = Number(import.meta.env["PROPERTY_SEED"]);

/** How many random answers each of the twelve tests brings at least: in the two browsers more than 100,000 together. */
const ANSWERS = 4_250;
/** Calls at once, each with a client of its own. */
const LANES = 100;
const RUNS = 100;

/** What a call may reject with. Not `LoadError`, as the core is there, and not `PartnerError` itself, which is its own fault. */
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

// Not `expect`, whose every call takes longer than a call of the SDK.
function demand(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Error(what());
}

function known(error: unknown): PartnerError {
  demand(error instanceof PartnerError, () => `rejected with ${fc.stringify(error)}`);
  const { name, code, message } = error;
  demand(CLASSES[name] === error.constructor, () => `rejected with ${name}: ${fc.stringify(error.cause)}`);
  demand(typeof code === "string" && code !== "" && code !== "internal", () => `${name} has the code ${code}`);
  demand(typeof message === "string" && message !== "", () => `${name} has no message`);
  return error;
}

/** What it rejects with; `undefined` where it resolves. */
const failure = (call: Promise<unknown>): Promise<PartnerError | undefined> => call.then(() => undefined, known);

// What a fetch does: as data, so that a failure can show it and make it smaller

type Answer =
  | { is: "response"; body: unknown; status?: number; headers?: Record<string, string>; breaksAfter?: number }
  | { is: "thrown" | "rejected"; reason: unknown }
  | { is: "value"; value: unknown }
  | { is: "alike"; status: unknown; header: unknown; body: unknown; json: "gives" | "promises" | "throws" | "rejects" };

const isBytes = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array;

function response({ body, status = 200, headers = {}, breaksAfter }: Answer & { is: "response" }): Response {
  if (status === 204 || status === 205 || status === 304) return new Response(null, { status, headers });
  const content = typeof body === "string" || isBytes(body) ? body : (JSON.stringify(body) ?? "");
  if (breaksAfter === undefined) return new Response(content, { status, headers });
  const bytes = isBytes(content) ? content : new TextEncoder().encode(content);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.subarray(0, breaksAfter)),
    pull: (controller) => controller.error(new TypeError("connection lost")),
  });
  return new Response(stream, { status, headers });
}

function alike({ status, header, body, json }: Answer & { is: "alike" }): unknown {
  const answers = {
    gives: () => body,
    promises: () => Promise.resolve(body),
    rejects: () => Promise.reject(body),
    throws: () => {
      throw body;
    },
  };
  return { status, headers: { get: () => header }, json: answers[json] };
}

function give(answer: Answer): unknown {
  switch (answer.is) {
    case "response":
      return response(answer);
    case "alike":
      return alike(answer);
    case "value":
      return answer.value;
    case "rejected":
      return Promise.reject(answer.reason);
    case "thrown":
      throw answer.reason;
  }
}

// Random values

const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
/** Around the surrogates, so that many stand alone. */
const brokenText = fc
  .array(fc.integer({ min: 0xd7fe, max: 0xe001 }), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units));
const json = fc.jsonValue({ maxDepth: 3 });
const odd = fc.oneof(
  json,
  text,
  brokenText,
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
  how: "replace" | "remove" | "add";
  key: string;
  value: unknown;
}

const changes = fc.array(
  fc.record<Change>({
    at: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
    how: fc.constantFrom("replace", "remove", "add"),
    key: fc.oneof(text, fc.constantFrom("id", "items", "payload", "error", "message", "toString", "then")),
    value: odd,
  }),
  { maxLength: 4 },
);

/** The document with some fields replaced, removed and added, at any depth. */
function changed<T extends object>(document: T, changes: Change[]): T {
  const copy = structuredClone(document);
  for (const { at, how, key, value } of changes) {
    let place = copy as Record<string, unknown>;
    let name: string | undefined;
    for (const index of at) {
      const inner = name === undefined ? undefined : place[name];
      if (typeof inner === "object" && inner !== null) place = inner as Record<string, unknown>;
      const names = Object.keys(place);
      name = names[index % names.length];
    }
    if (how === "add" || name === undefined) place[key] = value;
    else if (how === "replace") place[name] = value;
    else delete place[name];
  }
  return copy;
}

const near = <T extends object>(...documents: T[]): fc.Arbitrary<T> =>
  fc.tuple(fc.constantFrom(...documents), changes).map(([document, list]) => changed(document, list));

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
  odd,
);
const envelopes = fc.record(
  {
    status_code: fc.oneof(fc.constantFrom(9999, -9999, 0), fc.double(), odd),
    message: code,
    instance_id: odd,
    payload: fc.oneof(fc.record({ error: code, message: odd }, { requiredKeys: [] }), odd),
  },
  { requiredKeys: [] },
);

const respond = (body: fc.Arbitrary<unknown>): fc.Arbitrary<Answer> =>
  body.map((body) => ({ is: "response" as const, body }));
const body = fc.oneof(near(...DOCUMENTS), envelopes, json, text);
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

const KINDS: [string, fc.Arbitrary<Answer>][] = [
  ["any JSON", respond(json)],
  ["JSON close to the contract", respond(near(...DOCUMENTS))],
  ["envelopes of any content", respond(envelopes)],
  [
    "text",
    respond(
      fc.oneof(
        text,
        brokenText,
        fc.json().map((text) => `)]}'\n${text}`),
      ),
    ),
  ],
  [
    "bytes",
    respond(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        json.map((body) => new TextEncoder().encode(`\uFEFF${JSON.stringify(body)}`)),
      ),
    ),
  ],
  [
    "truncated JSON",
    respond(fc.tuple(near(...DOCUMENTS), fc.nat(400)).map(([body, end]) => JSON.stringify(body).slice(0, end))),
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
    "bodies that break off",
    fc.record({
      is: fc.constant("response" as const),
      body,
      status: fc.constantFrom(200, 200, 200, 201, 400, 401, 429, 500),
      breaksAfter: fc.nat(400),
    }),
  ],
  ["what is no Response", fc.record({ is: fc.constant("value" as const), value: fc.oneof(anything, reason) })],
  [
    "what is like a Response",
    fc.record({
      is: fc.constant("alike" as const),
      status: fc.oneof(fc.constantFrom(200, 200, 400, 401, 503), fc.double(), anything),
      header: fc.oneof(retryAfter, anything),
      body: fc.oneof(near(...DOCUMENTS), envelopes, anything),
      json: fc.constantFrom("gives", "promises", "throws", "rejects"),
    }),
  ],
];

// Calls

/** A client and what its `fetch` is to do. */
interface Lane {
  omi: PartnerClient;
  /** Good ones, which come first. */
  good: Response[];
  answers: Answer[];
  /** Requests since the answers were set. */
  sent: number;
  /** Those among them that change something. */
  writes: number;
}

/** How many random answers were given. */
let answered = 0;

async function newLane(_: unknown, index: number): Promise<Lane> {
  const lane: Lane = {
    good: [],
    answers: [],
    sent: 0,
    writes: 0,
    omi: await connect({
      baseUrl: "https://api.example.com",
      token: "test-token",
      maxRetries: 0,
      language: index % 2 ? "vi" : "en",
      fetch: async (input) => {
        if (/\/(add|update_balance|x)$/.test((input as Request).url) && (input as Request).method === "POST")
          lane.writes++;
        lane.sent++;
        const good = lane.good.shift();
        if (good) return good;
        const answer = lane.answers.shift();
        // What asks on and on is ended by a refusal.
        if (answer === undefined) return refusal("over");
        answered++;
        return give(answer) as Response;
      },
    }),
  };
  return lane;
}

interface Operation {
  isWrite: boolean;
  /** Whether `attempts` of its errors is the number of its requests; an iteration tells those of one page. */
  counts: boolean;
  /** Answers to what comes before that which is put to the test. */
  good?: () => Response[];
  call: (omi: PartnerClient, options?: CallOptions) => Promise<unknown>;
}

const read: Omit<Operation, "call"> = { isWrite: false, counts: true };
const write: Omit<Operation, "call"> = { isWrite: true, counts: true };
const OPERATIONS = {
  create: { ...write, call: (omi, options) => omi.tenants.create(newTenant(), options) },
  // Of another tenant each time: those of one go one after the other.
  topUp: { ...write, call: (omi, options) => omi.tenants.topUp(newTopUp({ email: newTenant().email }), options) },
  "topUp with balances": {
    ...write,
    counts: false,
    good: () => [done({ ...page([]), items: [TENANT] }), done(TENANT)],
    call: (omi, options) => omi.tenants.topUp(newTopUp({ email: TENANT.email }), { ...options, recordBalance: true }),
  },
  "request POST": { ...write, call: (omi, options) => omi.request("POST", "/api/x", { body: {}, ...options }) },
  "request GET": { ...read, call: (omi, options) => omi.request("GET", "/api/x", options) },
  get: { ...read, call: (omi, options) => omi.tenants.get("a1", options) },
  list: { ...read, call: async (omi, options) => omi.tenants.list({}, options) },
  iterate: { ...read, counts: false, call: (omi, options) => all(omi.tenants.list({}, options)) },
  waitUntilActive: {
    ...read,
    call: (omi, options) => omi.tenants.waitUntilActive("a1", { intervalMs: 1, ...options }),
  },
} satisfies Record<string, Operation>;

interface Exchange {
  operation: keyof typeof OPERATIONS;
  answers: Answer[];
}

const exchanges = (answer: fc.Arbitrary<Answer>): fc.Arbitrary<Exchange[]> => {
  const exchange = fc.record<Exchange>({
    operation: fc.constantFrom(...(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])),
    answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
  });
  return fc.array(exchange, { minLength: 1, maxLength: LANES, size: "max" });
};

/** What a write may come to that was sent: done, refused, or nobody knows. */
const SETTLED = ["ApiError", "AuthenticationError", "RateLimitError", "OutcomeUnknownError"];

async function expectSettled(lane: Lane, { operation, answers }: Exchange, options?: CallOptions): Promise<void> {
  const { isWrite, counts, good = () => [], call }: Operation = OPERATIONS[operation];
  Object.assign(lane, { good: good(), answers: [...answers], sent: 0, writes: 0 });
  const error = await failure(call(lane.omi, options));
  const { sent, writes } = lane;
  demand(sent > 0, () => `${operation} sent nothing`);
  demand(writes === (isWrite ? 1 : 0), () => `${operation} wrote ${writes} times`);
  demand(!error || !isWrite || SETTLED.includes(error.name), () => `${operation} was sent, and came to ${error?.name}`);
  demand(!error || !counts || error.attempts === sent, () => `${error?.attempts} attempts were ${sent} requests`);
  if (!(error instanceof OutcomeUnknownError)) return;
  demand(isWrite, () => `${operation} has an unknown outcome`);
  known(error.cause);
  await failure(error.reconcile());
  demand(lane.writes === writes, () => `reconciling ${operation} wrote`);
}

/** Runs them all at once; the first failure counts once all are over. */
async function atOnce(calls: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(calls)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

let lanes: Lane[];
const lane = (index: number): Lane => {
  const found = lanes[index];
  if (!found) throw new Error(`There is no lane ${index}.`);
  return found;
};

/** What the page noticed beside the calls. */
let complaints: unknown[];
const complain = (event: ErrorEvent | PromiseRejectionEvent) => {
  complaints.push(event.type, "reason" in event ? event.reason : event.message);
};

beforeAll(async () => {
  await reset();
  lanes = await Promise.all(Array.from({ length: LANES }, newLane));
});

beforeEach(() => {
  answered = 0;
  complaints = [];
  addEventListener("error", complain);
  addEventListener("unhandledrejection", complain);
  for (const method of CONSOLE_METHODS) {
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => void complaints.push(method, ...words));
  }
});

afterEach(async () => {
  // A call after it all: neither did the core stop, nor can it hide an event that is still to come.
  const omi = await connected();
  expect(await omi.tenants.get(SEEDED.id)).toMatchObject({ email: SEEDED.email });
  expect((await omi.tenants.list()).total_items).toBe(SEEDED.total);
  removeEventListener("error", complain);
  removeEventListener("unhandledrejection", complain);
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

/** `timeout` is for calls that never settle. */
const parameters = {
  seed: SEED,
  numRuns: RUNS,
  timeout: 10_000,
  interruptAfterTimeLimit: 100_000,
  markInterruptAsFailure: true,
};
const PATIENCE = { timeout: 120_000 };

describe("random answers", () => {
  test.each(KINDS)("%s", PATIENCE, async (_name, answer) => {
    const property = fc.asyncProperty(exchanges(answer), (batch) =>
      atOnce(batch.map((exchange, index) => expectSettled(lane(index), exchange))),
    );
    await fc.assert(property, parameters);
    expect(answered).toBeGreaterThanOrEqual(ANSWERS);
  });

  test("any, with retries", PATIENCE, async () => {
    const passing: fc.Arbitrary<Answer> = fc.record({
      is: fc.constant("response" as const),
      body,
      status: fc.constantFrom(200, 401, 408, 429, 500, 502, 503, 504),
      headers: fc.constant({ "retry-after": "0" }),
    });
    const property = fc.asyncProperty(exchanges(passing), fc.nat(3), (batch, maxRetries) =>
      atOnce(batch.map((exchange, index) => expectSettled(lane(index), exchange, { maxRetries }))),
    );
    await fc.assert(property, parameters);
    expect(answered).toBeGreaterThanOrEqual(ANSWERS);
  });
});

describe("random arguments", () => {
  const huge = fc.oneof(
    fc.double(),
    fc.bigInt(),
    fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 53, 2 ** 64, 1e308, Infinity, -Infinity, NaN, -0, 5e-324),
  );
  const circle: unknown[] = [];
  circle.push({ circle });
  const fail = () => {
    throw new Error("a caller's own");
  };
  const special = fc.constantFrom<unknown>(
    circle,
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
  const value = fc.oneof(anything, json, text, brokenText, huge, special);

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
  // One option at a time: a tiny time limit and many retries are a call without end.
  const OPTIONS = [{ timeoutMs: 5_000 }, { maxRetries: 2 }];
  const NEAR: Record<string, fc.Arbitrary<unknown>[]> = {
    create: [near({ ...newTenant(), password: PASSWORD, isAutoActive: true }), near<object>(...OPTIONS)],
    topUp: [near(newTopUp({ description: DESCRIPTION, wallet: "SPK" })), near<object>(...OPTIONS)],
    request: [
      fc.constantFrom("GET", "POST"),
      paths,
      near<object>(...OPTIONS, { query: { a: 1 } }, { body: { a: [1] } }),
    ],
    get: [fc.constant(SEEDED.id), near<object>(...OPTIONS)],
    list: [near(LISTED), near<object>(...OPTIONS)],
    iterate: [near(LISTED), near<object>(...OPTIONS)],
    waitUntilActive: [fc.constant(SEEDED.id), near<object>(...OPTIONS, { deadlineMs: 5_000, intervalMs: 10 })],
  };

  type Free = (...given: unknown[]) => unknown;
  const calls: Record<string, (omi: PartnerClient, given: unknown[]) => unknown> = {
    create: ({ tenants }, given) => (tenants.create as Free)(...given),
    topUp: ({ tenants }, given) => (tenants.topUp as Free)(...given),
    request: ({ request }, given) => (request as Free)(...given),
    get: ({ tenants }, given) => (tenants.get as Free)(...given),
    list: ({ tenants }, given) => (tenants.list as Free)(...given),
    iterate: ({ tenants }, given) => all((tenants.list as Free)(...given) as AsyncIterable<unknown>),
    waitUntilActive: ({ tenants }, given) => (tenants.waitUntilActive as Free)(...given),
  };

  /** Every call takes it: the tenant is active, and the list is over. */
  const fine: Answer = { is: "response", body: envelope({ ...page(["a"]), id: "a1", status: "activated" }) };

  test.each(Object.keys(calls))("of %s", PATIENCE, async (name) => {
    const arbitraries = (NEAR[name] ?? []).map((arbitrary) => fc.oneof({ arbitrary, weight: 3 }, value));
    const given = fc.tuple(fc.tuple(...arbitraries), fc.nat(arbitraries.length)).map(([given, n]) => given.slice(0, n));
    let [sent, refused] = [0, 0];
    const property = fc.asyncProperty(fc.array(given, { maxLength: LANES, size: "max" }), (batch) =>
      atOnce(
        batch.map(async (given, index) => {
          const { omi } = Object.assign(lane(index), { answers: [fine], sent: 0, writes: 0 });
          const error = await failure((async () => calls[name]?.(omi, given))());
          const { sent: count, writes } = lane(index);
          demand(writes <= 1, () => `${name} wrote ${writes} times`);
          demand(count === 0 || !(error instanceof ValidationError), () => `${name} was sent in spite of a fault`);
          if (count > 0) sent++;
          if (error instanceof ValidationError) refused++;
        }),
      ),
    );
    await fc.assert(property, { ...parameters, numRuns: 50 });
    // It came to both often.
    expect(sent).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });

  test("of connect", PATIENCE, async () => {
    const options = { baseUrl: "https://a.example/x", token: "t", timeoutMs: 1, maxRetries: 1, language: "vi" };
    const property = fc.asyncProperty(fc.oneof(near(options), value), async (given) => {
      await failure((connect as Free)(given) as Promise<unknown>);
    });
    await fc.assert(property, { ...parameters, numRuns: 1_000 });
  });
});
