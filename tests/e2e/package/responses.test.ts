// Responses that violate the contract, errors by HTTP status, retries, and lists without an end.
import {
  ApiError,
  AuthenticationError,
  NetworkError,
  OutcomeUnknownError,
  PartnerError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "omicall-partner";
import type { CallOptions, ClientEvent, PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  ADD,
  collect,
  respondingFetch,
  unknownOutcomeCause,
  sandboxClient,
  success,
  html,
  INFO,
  json,
  LIST,
  ME,
  neverResponds,
  newTenant,
  newTopUp,
  stubbedClient,
  page,
  recordingFetch,
  apiError,
  rejection,
  requestCounts,
  reset,
  SANDBOX,
  UPDATE_BALANCE,
  SEEDED,
  storedTenant,
} from "./support";
import type { ErrorClass, Recorder } from "./support";

type Call = (omi: PartnerClient, options?: CallOptions) => Promise<unknown>;

const get: Call = (omi, options) => omi.tenants.get("a1", options);
const list: Call = async (omi, options) => omi.tenants.list({}, options);
const create: Call = (omi, options) => omi.tenants.create(newTenant(), options);
const topUp: Call = (omi, options) => omi.tenants.topUp(newTopUp(), options);

const reads: [string, string, Call, unknown][] = [
  ["get", INFO, get, {}],
  ["list", LIST, list, page([])],
  ["waitUntilActive", INFO, (omi, options) => omi.tenants.waitUntilActive("a1", options), { status: "activated" }],
  ["request GET", ME, (omi, options) => omi.request("GET", "/api/partner/me", options), {}],
];
const writes: [string, string, Call, string][] = [
  ["create", ADD, create, "tenants.create"],
  ["topUp", UPDATE_BALANCE, topUp, "tenants.topUp"],
  ["request POST", "POST /api/x", (omi, options) => omi.request("POST", "/api/x", { body: {}, ...options }), "request"],
];

describe("a 200 response that violates the contract", () => {
  const bodies: [string, () => Response, Partial<ProtocolError>][] = [
    ["HTML", () => html(200), { path: "" }],
    ["an empty body", () => new Response(""), { path: "" }],
    ["no body", () => new Response(null), { path: "" }],
    ["a 204 response", () => new Response(null, { status: 204 }), { path: "" }],
    ["truncated JSON", () => new Response('{"status_code":9999,"payload":{"balance":1'), { path: "" }],
    ["null", () => json(null), { path: "", actual: "null" }],
    ["an array", () => json([]), { path: "", actual: "array" }],
    ["a string", () => json("x"), { path: "", actual: "string" }],
    ["a number", () => json(9999), { path: "", actual: "number" }],
    ["an empty object", () => json({}), { path: "status_code", expected: "number", actual: "undefined" }],
    [
      "status_code a string",
      () => json({ status_code: "9999", payload: {} }),
      { path: "status_code", actual: "string" },
    ],
    ["status_code null", () => json({ status_code: null, payload: {} }), { path: "status_code", actual: "null" }],
  ];

  test.each(bodies)("a read rejects with ProtocolError: %s", async (_name, respond, mismatch) => {
    const net = respondingFetch(respond);
    const error = await rejection(get(await stubbedClient(net)), ProtocolError);
    expect(error).toMatchObject({ name: "ProtocolError", code: "protocol", endpoint: INFO, attempts: 1 });
    expect(error).toMatchObject({ retryable: false, ...mismatch });
    expect(error.expected).not.toBe("");
    expect(error.actual).not.toBe("");
    expect(net.sent).toHaveLength(1);
  });

  test.each(writes)("%s rejects with OutcomeUnknownError", async (_name, endpoint, call, operation) => {
    for (const [, respond, mismatch] of bodies) {
      const net = respondingFetch(respond);
      const omi = await stubbedClient(net);
      const error = await rejection(call(omi), OutcomeUnknownError);
      expect(error).toMatchObject({ endpoint, operation, attempts: 1 });
      const protocolError = await unknownOutcomeCause(Promise.reject(error), ProtocolError);
      expect(protocolError).toMatchObject({ code: "protocol", ...mismatch });
      expect(net.sent).toHaveLength(1);
    }
  });

  const wrongPayloads: [payload: unknown, call: Call, path: string, expected: string, actual: string][] = [
    ...[null, undefined, [], "x", 5, true].flatMap((payload): [unknown, Call, string, string, string][] => {
      const actual = payload === null ? "null" : Array.isArray(payload) ? "array" : typeof payload;
      return [
        [payload, get, "payload", "object", actual],
        [payload, list, "payload", "object", actual],
      ];
    }),
    ...["full_name", "email", "description", "domain", "domain_fusion", "phone", "status", "paid_type", "nation"].map(
      (field): [unknown, Call, string, string, string] => [{ [field]: 5 }, get, `payload.${field}`, "string", "number"],
    ),
    ...["currency", "language", "api_key"].map((field): [unknown, Call, string, string, string] => [
      { [field]: {} },
      get,
      `payload.${field}`,
      "string",
      "object",
    ]),
    ...["domain_expire", "effective_date", "expire_date", "balance"].map(
      (field): [unknown, Call, string, string, string] => [
        { [field]: "5" },
        get,
        `payload.${field}`,
        "number",
        "string",
      ],
    ),
    [{ enabled: "true" }, get, "payload.enabled", "boolean", "string"],
    [{ enabled: 1 }, get, "payload.enabled", "boolean", "number"],
    [{ public_numbers: {} }, get, "payload.public_numbers", "array", "object"],
    [{ public_numbers: [null] }, get, "payload.public_numbers[0]", "object", "null"],
    [{ public_numbers: [{}, { number: 84 }] }, get, "payload.public_numbers[1].number", "string", "number"],
    [{ public_numbers: [{ provider: [] }] }, get, "payload.public_numbers[0].provider", "string", "array"],
    [{ public_numbers: [{ expire_date: "x" }] }, get, "payload.public_numbers[0].expire_date", "number", "string"],
    [{ public_numbers: [{ status: true }] }, get, "payload.public_numbers[0].status", "string", "boolean"],
    [{ service_package: [] }, get, "payload.service_package", "object", "array"],
    [{ service_package: { code_name: 5 } }, get, "payload.service_package.code_name", "string", "number"],
    [{ service_package: { service_name: 5 } }, get, "payload.service_package.service_name", "string", "number"],
    [{ service_package: { staff_num: "5" } }, get, "payload.service_package.staff_num", "number", "string"],
    [{ service_package: { customer_num: "5" } }, get, "payload.service_package.customer_num", "number", "string"],
    [{ service_package: { expiry_date: "5" } }, get, "payload.service_package.expiry_date", "number", "string"],
    [{ service_package: { cashback: false } }, get, "payload.service_package.cashback", "number", "boolean"],
    [{}, list, "payload.items", "array", "undefined"],
    [{ items: null }, list, "payload.items", "array", "null"],
    [{ items: {} }, list, "payload.items", "array", "object"],
    [{ items: [null] }, list, "payload.items[0]", "object", "null"],
    [{ items: [{ id: "a" }, {}] }, list, "payload.items[1].id", "string", "undefined"],
    [{ items: [{ id: 5 }] }, list, "payload.items[0].id", "string", "number"],
    [{ items: [{ id: null }] }, list, "payload.items[0].id", "string", "null"],
    [
      { items: [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d", balance: "5" }] },
      list,
      "payload.items[3].balance",
      "number",
      "string",
    ],
    [
      { items: [{ id: "a", service_package: { staff_num: "5" } }] },
      list,
      "payload.items[0].service_package.staff_num",
      "number",
      "string",
    ],
    ...["page_number", "page_size", "total_items", "total_pages", "next_page", "previous_page"].map(
      (field): [unknown, Call, string, string, string] => [
        { items: [], [field]: "1" },
        list,
        `payload.${field}`,
        "number",
        "string",
      ],
    ),
    [{ items: [], has_next: "no" }, list, "payload.has_next", "boolean", "string"],
    [{ items: [], has_previous: 0 }, list, "payload.has_previous", "boolean", "number"],
  ];

  test.each(wrongPayloads)("the payload %j", async (payload, call, path, expected, actual) => {
    for (const language of ["en", "vi"] as const) {
      const error = await rejection(
        call(
          await stubbedClient(
            respondingFetch(() => success(payload)),
            { language },
          ),
        ),
        ProtocolError,
      );
      expect(error).toMatchObject({ path, expected, actual, httpStatus: 200, instanceId: "node-7" });
      expect(error.message).toContain(path);
      if (language === "en") expect(error.message).toContain(`${path}: expected ${expected}, got ${actual}`);
    }
  });

  test.each([
    [{}, "payload.id", "undefined"],
    [{ id: 5 }, "payload.id", "number"],
    [null, "payload", "null"],
    [[], "payload", "array"],
  ])("a payload of create that is %j: the outcome is unknown", async (payload, path, actual) => {
    const error = await unknownOutcomeCause(
      create(await stubbedClient(respondingFetch(() => success(payload)))),
      ProtocolError,
    );
    expect(error).toMatchObject({ path, actual });
  });
});

describe("payloads that the contract allows", () => {
  const nulls = {
    ...{ full_name: null, email: null, description: null, enabled: null, domain: null, domain_fusion: null },
    ...{ domain_expire: null, effective_date: null, expire_date: null, phone: null, status: null, paid_type: null },
    ...{ nation: null, currency: null, language: null, balance: null, api_key: null, public_numbers: null },
    service_package: null,
  };

  test.each([
    [{}],
    [nulls],
    [{ public_numbers: [{ number: null, provider: null, expire_date: null, status: null }, {}] }],
    [{ service_package: {} }],
    [{ service_package: { code_name: null, service_name: null, staff_num: null, cashback: null, expiry_date: null } }],
    [{ status: "frozen_2027", paid_type: "barter", nation: "la", currency: "LAK", language: "lo" }],
    [{ balance: -12.5, expire_date: 0, full_name: "" }],
    [{ id: 5, tags: ["x"], settings: { a: { b: [null] } }, "odd name": true }],
  ])("the tenant %j is returned unchanged", async (payload) => {
    expect(await get(await stubbedClient(respondingFetch(() => success(payload))))).toEqual(payload);
  });

  test.each([
    [{ items: [] }],
    [{ items: [{ id: "a" }] }],
    [{ items: [{ id: "a", ...nulls, rank: 1 }], cursor: "x" }],
    [{ items: [], page_number: null, page_size: null, total_items: null, total_pages: null, has_next: null }],
    [{ items: [], has_previous: null, next_page: null, previous_page: null }],
  ])("the page %j is returned unchanged", async (payload) => {
    expect(await list(await stubbedClient(respondingFetch(() => success(payload))))).toEqual(payload);
  });

  test.each([[null], [undefined], [true], ["ok"], [{ balance: 5 }]])(
    "the payload of a top-up may be %j",
    async (payload) => {
      const receipt = await topUp(await stubbedClient(respondingFetch(() => success(payload))));
      expect(receipt).toEqual({ payload });
    },
  );

  test("list returns the same object that the response contained, not a copy", async () => {
    const payload = { items: [{ id: "a", rank: 1 }], cursor: "x" };
    const response = success({});
    Object.defineProperty(response, "json", { value: async () => ({ status_code: 9999, payload }) });
    const result = await (await stubbedClient(respondingFetch(() => response))).tenants.list();
    expect(result).toBe(payload);
  });

  test("the content type is ignored, and the envelope may have missing or additional fields", async () => {
    const bare = () =>
      new Response('{"status_code":9999,"payload":{"balance":1}}', { headers: { "content-type": "" } });
    expect(await get(await stubbedClient(respondingFetch(bare)))).toEqual({ balance: 1 });
    const rich = () =>
      json({ status_code: 9999, message: "ok", instance_name: "n", key_enabled: true, x: 1, payload: { balance: 1 } });
    expect(await get(await stubbedClient(respondingFetch(rich)))).toEqual({ balance: 1 });
  });
});

describe("an error code in the envelope", () => {
  const errorEnvelope = { status_code: -9999, instance_id: "node-7" };

  test.each([
    ["an undocumented code", { ...errorEnvelope, message: "quota_2027" }, "quota_2027"],
    ["a code that is a sentence", { ...errorEnvelope, message: "Không đủ quyền! " }, "Không đủ quyền! "],
    [
      "a code in payload.error",
      { ...errorEnvelope, payload: { error: "email_blocked", message: "Sorry." } },
      "email_blocked",
    ],
    [
      "both: message has precedence",
      { ...errorEnvelope, message: "email_invalid", payload: { error: "other", message: "Sorry." } },
      "email_invalid",
    ],
    ["an empty message", { ...errorEnvelope, message: "", payload: { error: "email_blocked" } }, "email_blocked"],
    [
      "a message that is null",
      { ...errorEnvelope, message: null, payload: { error: "email_blocked" } },
      "email_blocked",
    ],
    ["another status_code", { ...errorEnvelope, status_code: 5000, message: "too_early" }, "too_early"],
    ["the status_code 0", { ...errorEnvelope, status_code: 0, message: "too_early" }, "too_early"],
    ["an additional payload", { ...errorEnvelope, message: "too_early", payload: { id: "a" } }, "too_early"],
  ])("%s", async (_name, body, code) => {
    for (const call of [get, list, create, topUp]) {
      const net = respondingFetch(() => json(body));
      const error = await rejection(call(await stubbedClient(net)), ApiError);
      expect(error).toMatchObject({ name: "ApiError", code, httpStatus: 200, instanceId: "node-7", attempts: 1 });
      expect(error.retryable).toBe(false);
      expect(net.sent).toHaveLength(1);
    }
  });

  test("an unknown code has a message in both languages", async () => {
    const messages = new Set<string>();
    for (const language of ["en", "vi"] as const) {
      const omi = await stubbedClient(
        respondingFetch(() => apiError("quota_2027")),
        { language },
      );
      messages.add((await rejection(get(omi), ApiError)).message);
    }
    expect(messages.size).toBe(2);
  });

  test("an error envelope without a code is an ApiError too", async () => {
    const error = await rejection(topUp(await stubbedClient(respondingFetch(() => json(errorEnvelope)))), ApiError);
    expect(error.code).not.toBe("");
  });

  test.each(["partner_invalid", "tenant_invalid"])("%s in payload.error is an AuthenticationError", async (code) => {
    const body = { ...errorEnvelope, payload: { error: code } };
    const error = await rejection(get(await stubbedClient(respondingFetch(() => json(body)))), AuthenticationError);
    expect(error.code).toBe(code);
  });

  test.each([
    [400, ApiError],
    [401, AuthenticationError],
    [403, AuthenticationError],
    [404, ApiError],
    [409, ApiError],
    [422, ApiError],
  ])("its code has precedence over HTTP %i", async (status, type) => {
    for (const call of [get, create]) {
      const error = await rejection(
        call(await stubbedClient(respondingFetch(() => apiError("email_invalid", { status })))),
        type,
      );
      expect(error).toMatchObject({ code: "email_invalid", httpStatus: status, instanceId: "node-7", attempts: 1 });
    }
  });
});

describe("an HTTP error status with an HTML body", () => {
  const noRetries = { maxRetries: 0 };

  const statuses: { status: number; type: ErrorClass<PartnerError>; code: string; retryable: boolean }[] = [
    { status: 400, type: ApiError, code: "http_400", retryable: false },
    { status: 401, type: AuthenticationError, code: "unauthorized", retryable: false },
    { status: 403, type: AuthenticationError, code: "forbidden", retryable: false },
    { status: 404, type: ApiError, code: "http_404", retryable: false },
    { status: 408, type: ApiError, code: "http_408", retryable: false },
    { status: 413, type: ApiError, code: "http_413", retryable: false },
    { status: 429, type: RateLimitError, code: "rate_limited", retryable: true },
    { status: 500, type: ServerError, code: "server_error", retryable: true },
    { status: 501, type: ServerError, code: "server_error", retryable: true },
    { status: 502, type: ServerError, code: "server_error", retryable: true },
    { status: 503, type: ServerError, code: "server_error", retryable: true },
    { status: 504, type: ServerError, code: "server_error", retryable: true },
  ];

  test.each(statuses)("a read: $status becomes $code", async ({ status, type, code, retryable }) => {
    const messages = new Set<string>();
    for (const language of ["en", "vi"] as const) {
      const net = respondingFetch(() => html(status));
      const error = await rejection(get(await stubbedClient(net, { language }), noRetries), type);
      expect(error).toMatchObject({ code, httpStatus: status, endpoint: INFO, attempts: 1, retryable });
      messages.add(error.message);
      expect(net.sent).toHaveLength(1);
    }
    expect(messages.size).toBe(2);
  });

  test.each(statuses)("a write: $status", async ({ status, type, code }) => {
    for (const [, endpoint, call, operation] of writes) {
      const net = respondingFetch(() => html(status, { "retry-after": "0" }));
      const write = call(await stubbedClient(net, { maxRetries: 5 }));
      if (status >= 500 || status === 408) {
        const error = await rejection(write, OutcomeUnknownError);
        expect(error).toMatchObject({ operation, endpoint, httpStatus: status, attempts: 1 });
        expect(await unknownOutcomeCause(Promise.reject(error), type)).toMatchObject({ code, httpStatus: status });
      } else {
        expect(await rejection(write, type)).toMatchObject({ code, httpStatus: status, endpoint, attempts: 1 });
      }
      expect(net.sent).toHaveLength(1);
    }
  });

  test.each([500, 503])("a write with an error code in a %i response has an unknown outcome", async (status) => {
    const omi = await stubbedClient(respondingFetch(() => apiError("create_tenant_error", { status })));
    expect(await unknownOutcomeCause(create(omi), ServerError)).toMatchObject({
      code: "server_error",
      httpStatus: status,
    });
  });

  test.each([
    ["2", 2_000],
    ["0", 0],
    ["3600", 3_600_000],
    // Without a readable `Date` header, and not within the next minute.
    ["Wed, 21 Oct 2015 07:28:00 GMT", undefined],
    ["soon", undefined],
    ["-1", undefined],
    [undefined, undefined],
  ])("429 with Retry-After %s", async (header, expected) => {
    const respond = () => html(429, header === undefined ? {} : { "retry-after": header });
    const error = await rejection(get(await stubbedClient(respondingFetch(respond)), noRetries), RateLimitError);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.retryAfterMs).toBe(expected);
    const write = await rejection(topUp(await stubbedClient(respondingFetch(respond))), RateLimitError);
    expect(write.retryAfterMs).toBe(expected);
  });
});

describe("a redirect", () => {
  beforeEach(reset);

  const HERE = `${location.origin}/elsewhere`;

  test("the test server redirects to the sandbox", async () => {
    const response = await fetch(`${HERE}/api/partner/me`);
    expect(response.redirected).toBe(true);
    expect(await requestCounts()).toEqual({ [ME]: 1 });
  });

  test("is not followed by a read", async () => {
    const omi = await sandboxClient({ baseUrl: HERE });
    const error = await rejection(omi.request("GET", "/api/partner/me"), ProtocolError);
    expect(error).toMatchObject({ endpoint: ME, attempts: 1, retryable: false });
    expect(await requestCounts()).toEqual({});
  });

  test.each(writes)("is not followed by %s", async (_name, endpoint, call) => {
    const error = await unknownOutcomeCause(call(await sandboxClient({ baseUrl: HERE })), ProtocolError);
    expect(error).toMatchObject({ endpoint, attempts: 1 });
    expect(await requestCounts()).toEqual({});
  });
});

describe("no response", () => {
  const connectionLost = () => Promise.reject(new TypeError("connection lost"));

  test("a read", async () => {
    const reason = new TypeError("connection lost");
    const net = respondingFetch(() => Promise.reject(reason));
    const error = await rejection(get(await stubbedClient(net), { maxRetries: 0 }), NetworkError);
    expect(error).toMatchObject({
      name: "NetworkError",
      code: "network",
      endpoint: INFO,
      attempts: 1,
      retryable: true,
    });
    expect(error.cause).toBe(reason);
    expect(error.httpStatus).toBeUndefined();
  });

  test.each(writes)("%s: the outcome is unknown", async (_name, endpoint, call, operation) => {
    const net = respondingFetch(connectionLost);
    const error = await rejection(call(await stubbedClient(net, { maxRetries: 5 })), OutcomeUnknownError);
    expect(error).toMatchObject({ operation, endpoint, attempts: 1 });
    expect(await unknownOutcomeCause(Promise.reject(error), NetworkError)).toMatchObject({ code: "network" });
    expect(net.sent).toHaveLength(1);
  });

  test("a server that does not exist", async () => {
    const omi = await sandboxClient({ baseUrl: "http://127.0.0.1:1", maxRetries: 0 });
    expect(await rejection(omi.tenants.get("a1"), NetworkError)).toMatchObject({ code: "network", attempts: 1 });
  });

  test("the connection is lost in the middle of the body", async () => {
    const broken = () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"status_code":9999,"payload":'));
        },
        pull(controller) {
          controller.error(new TypeError("connection lost"));
        },
      });
      return new Response(body);
    };
    await rejection(get(await stubbedClient(respondingFetch(broken)), { maxRetries: 0 }), NetworkError);
    await unknownOutcomeCause(topUp(await stubbedClient(respondingFetch(broken))), NetworkError);
  });
});

describe("an injected fetch that", () => {
  type Fetch = (url: string, init: RequestInit) => Promise<Response>;

  /** A `fetch` that counts its calls. */
  const counted = (fetch: Fetch) => {
    const counter = { calls: 0, fetch: (url: string, init: RequestInit) => (counter.calls++, fetch(url, init)) };
    return counter;
  };

  const read = async (response: Response) => (await response.text(), response);
  const valid = () => success({ id: "a1" });

  const wrong: [string, Fetch, path: string, actual: string][] = [
    ["gives a response whose body was read", async () => read(valid()), "response.body", "read body"],
    [
      "has a reader of the body",
      async () => {
        const response = valid();
        response.body?.getReader();
        return response;
      },
      "response.body",
      "locked body",
    ],
    [
      "has teed the body",
      async () => {
        const response = valid();
        response.body?.tee();
        return response;
      },
      "response.body",
      "locked body",
    ],
    ["cannot see the response", () => fetch(SANDBOX, { mode: "no-cors" }), "response.type", "opaque"],
    ["gives a network error of its own", async () => Response.error(), "response.type", "error"],
    [
      "gives { ok, json }",
      async () => ({ ok: true, json: async () => ({}) }) as Response,
      "response.status",
      "undefined",
    ],
    ["gives undefined", async () => undefined as unknown as Response, "response", "undefined"],
    [
      "gives data",
      async () => ({ status_code: 9999, payload: {} }) as unknown as Response,
      "response.status",
      "undefined",
    ],
    ["gives text", async () => "{}" as unknown as Response, "response", "string"],
  ];

  test.each(wrong)("%s: the error names it, after one request", async (_what, fetch, path, actual) => {
    const net = counted(fetch);
    const omi = await stubbedClient(net as Pick<Recorder, "fetch">);
    const expected = { name: "ProtocolError", path, actual, attempts: 1, retryable: false };
    expect(await rejection(get(omi), ProtocolError)).toMatchObject(expected);
    expect(await unknownOutcomeCause(topUp(omi), ProtocolError)).toMatchObject(expected);
    expect(net.calls).toBe(2);
  });

  test("gives one response object for two calls", async () => {
    const only = valid();
    const net = counted(async () => only);
    const omi = await stubbedClient(net as Pick<Recorder, "fetch">);
    expect(await get(omi)).toEqual({ id: "a1" });
    expect(await rejection(get(omi), ProtocolError)).toMatchObject({ path: "response.body", actual: "read body" });
    expect(net.calls).toBe(2);
  });

  test("gives clones, or a response of another frame, or reads a clone, succeeds", async () => {
    const only = valid();
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const { Response: Other } = frame.contentWindow as unknown as typeof globalThis;
    const fetches: Fetch[] = [
      async () => only.clone(),
      async () => new Other(JSON.stringify({ status_code: 9999, payload: { id: "a1" } })),
      async () => {
        const response = valid();
        await response.clone().text();
        return response;
      },
    ];
    for (const fetch of fetches) {
      const omi = await stubbedClient({ fetch } as Pick<Recorder, "fetch">);
      for (let call = 0; call < 2; call++) expect(await get(omi)).toEqual({ id: "a1" });
    }
    frame.remove();
  });

  // What this browser says; a lost connection is told apart by its words.
  const refusing: [string, RequestInit | (() => RequestInit)][] = [
    ["a cache mode that does not exist", { cache: "bogus" as RequestCache }],
    ["the mode navigate", { mode: "navigate" }],
    ["a header name that is not valid", { headers: { "not valid": "x" } }],
    ["a header value that is not valid", { headers: { "x-name": "Đặng" } }],
    ["a signal that is none", { signal: {} as AbortSignal }],
    ["a method that is forbidden", { method: "TRACE" }],
    ["a GET with a body", { method: "GET", body: "x" }],
    ["a mistake in the wrapper", () => (undefined as unknown as { init: RequestInit }).init],
    ["a function that does not exist", () => (({}) as { init: () => RequestInit }).init()],
    ["a name that does not exist", () => new Function("return missingName")() as RequestInit],
  ];

  test.each(refusing)("fails with %s: no network failure, and one request", async (_what, added) => {
    const net = counted(async (url, init) =>
      fetch(url, { ...init, ...(typeof added === "function" ? added() : added) }),
    );
    const omi = await sandboxClient({ fetch: net.fetch });
    const expected = { code: "request_refused", attempts: 1, retryable: false, cause: expect.any(Error) };
    expect(await rejection(get(omi), PartnerError)).toMatchObject(expected);
    expect(await unknownOutcomeCause(topUp(omi), PartnerError)).toMatchObject(expected);
    expect(net.calls).toBe(2);
  });

  test("throws, may have sent the request before", async () => {
    const reason = new TypeError("no fetch today");
    const net = counted(() => {
      throw reason;
    });
    const omi = await stubbedClient(net as Pick<Recorder, "fetch">);
    const expected = { code: "request_refused", attempts: 1, retryable: false, cause: reason };
    expect(await rejection(get(omi), PartnerError)).toMatchObject(expected);
    for (const call of [topUp, create]) {
      expect(await unknownOutcomeCause(call(omi), PartnerError)).toMatchObject(expected);
    }
    expect(net.calls).toBe(3);
  });

  test("throws after it has sent a top-up, leaves the outcome unknown", async () => {
    await reset();
    const throwing = (url: string, init: RequestInit) => {
      void fetch(url, init).catch(() => {});
      if (url.includes("update_balance")) throw new TypeError("Cannot read properties of undefined (reading 'id')");
      return fetch(url, init);
    };
    const omi = await sandboxClient({ fetch: throwing });
    const order = { email: SEEDED.email, amount: 50_000, description: "x".repeat(50) };
    expect(await unknownOutcomeCause(omi.tenants.topUp(order), PartnerError)).toMatchObject({
      code: "request_refused",
    });
    await vi.waitFor(async () => expect((await storedTenant(SEEDED.email)).top_ups).toHaveLength(1));
  });

  test("adds a header, gets the token and the address", async () => {
    await reset();
    const urls: string[] = [];
    const omi = await sandboxClient({
      fetch: (url, init) => {
        urls.push(`${url}`);
        return fetch(url, { ...init, headers: { ...init.headers, "Accept-Language": "vi" } });
      },
    });
    expect(await omi.request("GET", "/api/partner/me")).toMatchObject({ email: "partner@example.com" });
    expect(urls).toEqual([`${SANDBOX}/api/partner/me`]);
  });
});

describe("retries", () => {
  const failing = (status: number) => () => html(status, { "retry-after": "0" });

  test.each(reads)("%s is retried until it succeeds", async (_name, endpoint, call, payload) => {
    const net = respondingFetch(failing(503), failing(502), () => success(payload));
    const events: ClientEvent[] = [];
    const omi = await stubbedClient(net, { onEvent: (event) => events.push(event) });
    expect(await call(omi)).toEqual(payload);
    expect(net.sent).toHaveLength(3);
    expect(new Set(net.sent.map(({ url, method }) => `${method} ${url}`)).size).toBe(1);
    const bodies = await Promise.all(net.sent.map((request) => request.text()));
    expect(new Set(bodies).size).toBe(1);
    const elapsedMs = expect.any(Number);
    expect(events).toEqual([
      { type: "request", endpoint, attempt: 1 },
      { type: "response", endpoint, attempt: 1, httpStatus: 503, elapsedMs },
      { type: "retry", endpoint, attempt: 1, code: "server_error", delayMs: 0 },
      { type: "request", endpoint, attempt: 2 },
      { type: "response", endpoint, attempt: 2, httpStatus: 502, elapsedMs },
      { type: "retry", endpoint, attempt: 2, code: "server_error", delayMs: 0 },
      { type: "request", endpoint, attempt: 3 },
      { type: "response", endpoint, attempt: 3, httpStatus: 200, elapsedMs },
    ]);
  });

  test.each([408, 429, 500, 502, 503, 504])("HTTP %i: three attempts by default", async (status) => {
    const net = respondingFetch(failing(status));
    const error = await get(await stubbedClient(net)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ httpStatus: status, attempts: 3 });
    expect(net.sent).toHaveLength(3);
  });

  test.each([400, 401, 403, 404, 409, 501])("HTTP %i: one attempt", async (status) => {
    const net = respondingFetch(failing(status));
    const error = await get(await stubbedClient(net)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ httpStatus: status, attempts: 1 });
    expect(net.sent).toHaveLength(1);
  });

  test("an invalid response and an error envelope are not retried", async () => {
    for (const respond of [() => html(200), () => apiError("request_invalid")]) {
      const net = respondingFetch(respond);
      await get(await stubbedClient(net)).catch(() => {});
      expect(net.sent).toHaveLength(1);
    }
  });

  test("a lost connection and a timeout are retried", async () => {
    const net = respondingFetch(
      () => Promise.reject(new TypeError("connection lost")),
      neverResponds,
      () => success({ balance: 1 }),
    );
    expect(await get(await stubbedClient(net, { timeoutMs: 400 }))).toEqual({ balance: 1 });
    expect(net.sent).toHaveLength(3);
  });

  test.each([
    [{ maxRetries: 0 }, undefined, 1],
    [{ maxRetries: 1 }, undefined, 2],
    [{ maxRetries: 4 }, undefined, 5],
    [{ maxRetries: 4 }, { maxRetries: 1 }, 2],
    [{ maxRetries: 0 }, { maxRetries: 3 }, 4],
    [{}, { maxRetries: undefined }, 3],
  ])("client options %o, call options %o: %i requests", async (clientOptions, callOptions, sent) => {
    for (const [, , call] of reads) {
      const net = respondingFetch(failing(503));
      const error = await rejection(call(await stubbedClient(net, clientOptions), callOptions), ServerError);
      expect(error.attempts).toBe(sent);
      expect(net.sent).toHaveLength(sent);
    }
  });

  test("a date in Retry-After is honoured", async () => {
    const date = "Wed, 21 Oct 2015 07:28:00 GMT";
    const past = () => html(503, { "retry-after": date, date });
    const delays: number[] = [];
    const onEvent = (event: ClientEvent) => void (event.type === "retry" && delays.push(event.delayMs));
    expect(
      await get(
        await stubbedClient(
          respondingFetch(past, () => success({})),
          { onEvent },
        ),
      ),
    ).toEqual({});
    expect(delays).toEqual([0]);
  });

  test("a Retry-After of more than 60 s is not waited for", async () => {
    const net = respondingFetch(() => html(429, { "retry-after": "61" }));
    expect(await rejection(get(await stubbedClient(net)), RateLimitError)).toMatchObject({
      retryAfterMs: 61_000,
      attempts: 1,
    });
    expect(net.sent).toHaveLength(1);
  });

  test("without Retry-After the first retry delay is at most half a second", async () => {
    const delays: number[] = [];
    const onEvent = (event: ClientEvent) => void (event.type === "retry" && delays.push(event.delayMs));
    const net = respondingFetch(
      () => html(503),
      () => success({}),
    );
    await get(await stubbedClient(net, { onEvent }));
    expect(delays).toHaveLength(1);
    expect(delays[0]).toBeGreaterThan(0);
    expect(delays[0]).toBeLessThanOrEqual(500);
  });

  test("a page that fails is retried without restarting the iteration", async () => {
    const first = success(page(["a", "b"], { has_next: true, next_page: 2, total_pages: 2 }));
    const second = success(page(["c"], { page_number: 2, total_pages: 2 }));
    const net = respondingFetch(
      () => first,
      failing(503),
      () => second,
    );
    const omi = await stubbedClient(net);
    expect((await collect(omi.tenants.list())).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(net.sent.map(({ url }) => new URL(url).searchParams.get("page"))).toEqual(["1", "2", "2"]);
  });
});

describe("an iteration over an inconsistent list", () => {
  /** Responds with `pageOf(number)`, where `number` is the requested page number. */
  const server = (pageOf: (number: number) => unknown): Recorder =>
    recordingFetch(({ url }) => success(pageOf(Number(new URL(url).searchParams.get("page")))));

  const cases: [string, (number: number) => unknown, path: string][] = [
    [
      "the same page without end",
      (number) => page(["a", "b"], { page_number: number, has_next: true }),
      "payload.items",
    ],
    ["page 1 without end, with page_number 1", () => page(["a", "b"], { has_next: true }), "payload."],
    [
      "two pages alternately",
      (number) => page(number % 2 ? ["a", "b"] : ["c", "d"], { page_number: number, has_next: true }),
      "payload.items",
    ],
    [
      "a cycle from the third page on",
      (number) => page([number < 3 ? `p${number}` : `c${number % 3}`], { page_number: number, has_next: true }),
      "payload.items",
    ],
    ["an empty page with has_next", (number) => page([], { page_number: number, has_next: true }), "payload.items"],
    [
      "empty pages after the first",
      (number) => page(number === 1 ? ["a"] : [], { page_number: number, has_next: true }),
      "payload.items",
    ],
    [
      "another page than the requested one",
      (number) => page([`p${number}`], { page_number: number === 2 ? 7 : number, has_next: true }),
      "payload.page_number",
    ],
  ];

  test.each(cases)("%s", async (_name, pageOf, path) => {
    for (const iterate of [
      (omi: PartnerClient) => collect(omi.tenants.list()),
      (omi: PartnerClient) => collect(omi.tenants.list().pages()),
    ]) {
      const net = server(pageOf);
      const error = await rejection(iterate(await stubbedClient(net)), ProtocolError);
      expect(error).toMatchObject({ code: "protocol", endpoint: LIST, retryable: false });
      expect(error.path).toContain(path);
      expect(net.sent.length).toBeLessThan(20);
    }
  });

  test("the tenants of earlier pages are delivered before the error", async () => {
    const net = server((number) => page(number === 1 ? ["a", "b"] : [], { page_number: number, has_next: true }));
    const omi = await stubbedClient(net);
    const seen: string[] = [];
    const iterate = async () => {
      for await (const { id } of omi.tenants.list()) seen.push(id);
    };
    await rejection(iterate(), ProtocolError);
    expect(seen).toEqual(["a", "b"]);
  });

  test.each([
    ["has_next", { has_next: false }],
    ["total_pages", { has_next: null, total_pages: 3, next_page: null }],
    ["an empty page", { has_next: null, total_pages: null, next_page: null, page_number: null }],
  ])("a consistent list ends by %s", async (_name, more) => {
    const net = server((number) =>
      page(number > 3 ? [] : [`p${number}`], {
        page_number: number,
        next_page: number + 1,
        ...more,
        ...(more.has_next === false && { has_next: number < 3 }),
      }),
    );
    const omi = await stubbedClient(net);
    expect((await collect(omi.tenants.list())).map(({ id }) => id)).toEqual(["p1", "p2", "p3"]);
  });

  test("a list of a hundred pages is iterated completely", async () => {
    const net = server((number) => page([`p${number}`], { page_number: number, has_next: number < 100 }));
    expect(await collect((await stubbedClient(net)).tenants.list({ size: 1 }))).toHaveLength(100);
    expect(net.sent).toHaveLength(100);
  });

  test("a timeout in the middle ends the iteration", async () => {
    const net = respondingFetch(() => success(page(["a"], { has_next: true, next_page: 2 })), neverResponds);
    const omi = await stubbedClient(net, { timeoutMs: 400, maxRetries: 0 });
    await rejection(collect(omi.tenants.list()), TimeoutError);
    expect(net.sent).toHaveLength(2);
  });
});
