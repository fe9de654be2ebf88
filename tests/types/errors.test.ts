// Every error class: its instances have exactly the declared fields, with values of the declared types; an absent optional
// field is absent, not undefined.
import * as partner from "omicall-partner";
import { connect, isPartnerError, OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { CallOptions, ClientOptions, PartnerClient } from "omicall-partner";
import { MessageChannel } from "node:worker_threads";
import { afterAll, describe, expect, inject, test } from "vitest";
import { success, errorOf, json, stubbedClient, topUpParams, tenant } from "./client.ts";
import type { Respond } from "./client.ts";
import { mismatches, fieldsOf } from "./shapes.ts";

const types = inject("types");

type Call = (omi: PartnerClient) => PromiseLike<unknown>;
const get =
  (options?: CallOptions): Call =>
  (omi) =>
    omi.tenants.get("a1", options);
const create: Call = (omi) => omi.tenants.create(tenant);
const closed: Call = (omi) => {
  omi.close();
  return create(omi);
};

const status =
  (status: number, headers: Record<string, string> = {}): Respond =>
  () =>
    new Response(null, { status, headers });
const errorEnvelope: Respond = () =>
  new Response(json({ status_code: -9999, message: "email_invalid", instance_id: "node-7" }));
const connectionLost: Respond = () => Promise.reject(new TypeError("connection lost"));
const never: Respond = () => new Promise(() => {});

/** Returns a function that makes the call and returns its error. */
const error =
  (respond: Respond, call: Call = get(), options: Partial<ClientOptions> = {}) =>
  async () =>
    errorOf(call(await stubbedClient(respond, options)));

/** Each class, in every situation that sets different fields. */
const situations: [name: string, situation: string, get: () => Promise<unknown>][] = [
  ["ValidationError", "for an argument", error(never, (omi) => omi.tenants.get(""))],
  ["ValidationError", "for the options of connect", () => errorOf(connect({ baseUrl: "", token: "" }))],
  ["ValidationError", "for a closed client", error(never, closed)],
  [
    "ValidationError",
    "for a top-up without a tenant",
    error(
      () => success({ items: [] }),
      (omi) => omi.tenants.topUp(topUpParams, { recordBalance: true }),
    ),
  ],
  ["ApiError", "with the server's instance id", error(errorEnvelope)],
  ["ApiError", "for an HTTP status", error(status(404))],
  ["ApiError", "for a write", error(errorEnvelope, create)],
  ["AuthenticationError", "for a rejected token", error(status(401))],
  [
    "AuthenticationError",
    "for a token provider that rejects",
    error(never, get(), { token: () => Promise.reject("error of the provider") }),
  ],
  [
    "AuthenticationError",
    "for a token provider without a connection",
    error(never, get(), { token: () => Promise.reject(new TypeError("fetch failed")) }),
  ],
  [
    "AuthenticationError",
    "for a token provider that returns an empty string",
    error(never, get(), { token: () => "" }),
  ],
  ["RateLimitError", "with retryAfterMs", error(status(429, { "retry-after": "7" }))],
  ["RateLimitError", "without retryAfterMs", error(status(429))],
  ["ServerError", "for a read", error(status(503))],
  ["NetworkError", "with a cause", error(connectionLost)],
  ["NetworkError", "without a cause", error(() => Promise.reject(undefined))],
  ["TimeoutError", "for an attempt", error(never, get(), { timeoutMs: 1 })],
  ["TimeoutError", "for the token provider", error(never, get(), { timeoutMs: 1, token: () => new Promise(() => {}) })],
  [
    "TimeoutError",
    "for an activation",
    error(
      () => success({}),
      (omi) => omi.tenants.waitUntilActive("a1", { deadlineMs: 1 }),
    ),
  ],
  ["AbortError", "with the default reason of the signal", error(never, get({ signal: AbortSignal.abort() }))],
  ["AbortError", "with the reason null", error(never, get({ signal: AbortSignal.abort(null) }))],
  ["ProtocolError", "for a field", error(() => success({ balance: "5" }))],
  ["ProtocolError", "for the whole body", error(() => new Response("<html>"))],
  ["ProtocolError", "for a redirect", error(status(302))],
  ["ProtocolError", "for a value that is no response", error(() => undefined as never)],
  ["OutcomeUnknownError", "after a lost connection", error(connectionLost, create)],
  ["OutcomeUnknownError", "after a server error", error(status(502), create)],
  ["OutcomeUnknownError", "after an invalid response", error(() => success({ id: 5 }), create)],
  ["OutcomeUnknownError", "after a timeout", error(never, create, { timeoutMs: 1 })],
  ["OutcomeUnknownError", "for another write", error(connectionLost, (omi) => omi.request("POST", "/api/x"))],
  [
    "PartnerError",
    "for a fetch that throws",
    error(never, get(), {
      fetch: () => {
        throw new TypeError("Unsupported cache mode: default");
      },
    }),
  ],
  // An internal error cannot be caused by arguments or responses.
  [
    "PartnerError",
    "constructed directly",
    async () => new PartnerError({ code: "internal", message: "The SDK itself failed." }),
  ],
];

/** The number of errors with and without each optional field. */
const seen: Record<string, { present: number; absent: number }> = {};

function expectDeclaredFields(name: string, error: unknown): void {
  if (!(error instanceof PartnerError)) throw error;
  expect(error.constructor).toBe(partner[name as "PartnerError"]);
  expect(error.name).toBe(name);
  expect(isPartnerError(error)).toBe(true);
  for (const type of [name, "AnyPartnerError"])
    expect(mismatches(types, { is: "type", name: type }, error)).toEqual([]);
  const fields = fieldsOf(types, name);
  const declared = fields.map(([field]) => field);
  const own = Object.getOwnPropertyDescriptors(error);
  expect(Object.keys(own).filter((field) => !declared.includes(field))).toEqual([]);
  expect(Object.entries(own).filter(([, { value }]) => value === undefined)).toEqual([]);
  for (const [field] of fields.filter(([, { optional }]) => optional)) {
    const count = (seen[field] ??= { present: 0, absent: 0 });
    count[field in error ? "present" : "absent"]++;
  }
  const {
    stack: _,
    cause: __,
    ...fieldsOfJson
  } = Object.fromEntries(declared.map((field) => [field, error[field as "code"]]));
  const data = Object.entries(fieldsOfJson).filter(([, value]) => value !== undefined && typeof value !== "function");
  const { cause: causeJson, ...fieldsOfToJson } = error.toJSON();
  expect(fieldsOfToJson).toEqual(Object.fromEntries(data));
  if (error.cause instanceof PartnerError) expect(causeJson).toEqual(error.cause.toJSON());
}

describe("an instance has the fields that its class declares", () => {
  test.for(situations)("%s %s", async ([name, , make]) => {
    const error = await make();
    expectDeclaredFields(name, error);
    if (error instanceof OutcomeUnknownError) expectDeclaredFields((error.cause as PartnerError).name, error.cause);
  });

  afterAll(() => {
    // Otherwise a field that is declared as optional is required, or never set.
    delete seen["stack"];
    expect(Object.entries(seen).filter(([, { present, absent }]) => present === 0 || absent === 0)).toEqual([]);
  });
});

test("every class is tested", () => {
  const isClass = (value: unknown) => value === PartnerError || Object.getPrototypeOf(value) instanceof Function;
  const classes = Object.entries(partner).filter(
    ([name, value]) => name.endsWith("Error") && /^[A-Z]/.test(name) && isClass(value),
  );
  const names = new Set([...situations.map(([name]) => name), "LoadError"]); // see load-errors.test.ts
  expect(classes.map(([name]) => name).sort()).toEqual([...names].sort());
});

test("isPartnerError rejects values that lack a declared field", () => {
  const values = [
    ...[undefined, null, "TimeoutError", {}, { name: "TimeoutError", attempts: 1, code: "timeout", retryable: true }],
    ...[new Error("other"), new DOMException("other", "TimeoutError"), Object.assign(new Error(), { attempts: 1 })],
    Object.assign(new Error("of another package"), { name: "toString", attempts: 3, code: "x", retryable: true }),
  ];
  expect(values.filter(isPartnerError)).toEqual([]);
});

describe("toJSON", () => {
  const partnerError = (cause: unknown) => new PartnerError({ code: "internal", message: "It failed.", cause });
  const withCause = (cause: unknown) => partnerError(cause).toJSON().cause;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const cyclic = new TypeError("secret");
  cyclic.cause = partnerError(cyclic);
  const throwing = Object.defineProperty(new Error("secret"), "name", {
    get() {
      throw new Error("secret");
    },
  });

  test("of an unknown outcome says why", async () => {
    const failure = await error(connectionLost, create)();
    if (!(failure instanceof OutcomeUnknownError)) throw failure;
    expect(JSON.parse(JSON.stringify(failure))).toMatchObject({
      name: "OutcomeUnknownError",
      operation: "tenants.create",
      startedAt: expect.any(Number),
      cause: { name: "NetworkError", code: "network", cause: { name: "TypeError" } },
    });
    expect(JSON.stringify(failure)).not.toContain("connection lost");
    const refused = await error(status(502), create)();
    expect(JSON.parse(JSON.stringify(refused))).toMatchObject({ cause: { name: "ServerError", httpStatus: 502 } });
  });

  test.for<[what: string, cause: unknown, json: unknown]>([
    ["an error", new TypeError("secret"), { name: "TypeError" }],
    [
      "an error of Node.js",
      Object.assign(new Error("secret"), { code: "ECONNREFUSED" }),
      { name: "Error", code: "ECONNREFUSED" },
    ],
    ["an error of an HTTP client", { status: 401, message: "secret", headers: new Map() }, { status: 401 }],
    ["an abort", new DOMException("secret", "AbortError"), { name: "AbortError", code: 20 }],
    [
      "a cause of a cause",
      new Error("secret", { cause: new RangeError("secret") }),
      { name: "Error", cause: { name: "RangeError" } },
    ],
    ["a person's name and a token", { name: "Nguyễn Văn secret", code: "Bearer secret" }, undefined],
    ["a name that is no string", { name: Symbol("secret"), code: () => {} }, undefined],
    ["a string", "secret", undefined],
    ["a function", () => "secret", undefined],
    ["null", null, undefined],
    ["an object that throws", revoked.proxy, undefined],
    ["a getter that throws", throwing, undefined],
  ])("of %s as the cause", ([, cause, json]) => {
    expect(withCause(cause)).toEqual(json);
    expect(JSON.stringify(partnerError(cause))).not.toContain("secret");
    expect(structuredClone(partnerError(cause).toJSON())).toEqual(partnerError(cause).toJSON());
  });

  test("ends where causes form a circle", () => {
    const json = partnerError(cyclic).toJSON();
    expect(json.cause).toMatchObject({ name: "TypeError", cause: { name: "PartnerError" } });
    expect(structuredClone(json)).toEqual(json);
    expect(JSON.stringify(json)).not.toContain("secret");
  });

  test.for(situations)("can be posted and made an error again: %s %s", async ([name, , make]) => {
    const original = await make();
    if (!(original instanceof PartnerError)) throw original;
    const { port1, port2 } = new MessageChannel();
    const received = new Promise<unknown>((resolve) => port2.once("message", resolve));
    port1.postMessage(original.toJSON());
    const copy = PartnerError.fromJSON(await received);
    port1.close();
    expect(copy).toBeInstanceOf(partner[name as "PartnerError"]);
    expect(isPartnerError(copy)).toBe(true);
    expect(copy?.toJSON()).toEqual(original.toJSON());
  });

  test("an unknown outcome reconciles where the client is", async () => {
    const json = await error(connectionLost, create)().then((failure) => (failure as OutcomeUnknownError).toJSON());
    const lonely = PartnerError.fromJSON(json);
    if (!(lonely instanceof OutcomeUnknownError)) throw lonely;
    await expect(lonely.reconcile()).rejects.toMatchObject({ name: "PartnerError", code: "reconcile_unavailable" });
    const reconciliation = { outcome: "applied", evidence: {} } as const;
    const connected = PartnerError.fromJSON(json, async () => reconciliation);
    expect(connected?.name === "OutcomeUnknownError" && (await connected.reconcile())).toBe(reconciliation);
  });

  test.for<[what: string, value: unknown]>([
    ["nothing", undefined],
    ["a string", "PartnerError"],
    ["an unknown class", { ...partnerError(null).toJSON(), name: "OtherError" }],
    ["a field of Object", { ...partnerError(null).toJSON(), name: "toString" }],
    ["a code that is no string", { ...partnerError(null).toJSON(), code: 5 }],
    ["an error itself", partnerError(null)],
    ["another error", new TypeError("other")],
    ["an object that throws", revoked.proxy],
  ])("fromJSON makes no error of %s", ([, value]) => {
    expect(PartnerError.fromJSON(value)).toBeUndefined();
  });
});
