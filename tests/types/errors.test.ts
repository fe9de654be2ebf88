// Every error class: its instances have the fields that it declares, with values of the declared types, and no others; what
// is declared as absent is absent rather than undefined.
import * as partner from "omicall-partner";
import { connect, isPartnerError, OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { CallOptions, ClientOptions, PartnerClient } from "omicall-partner";
import { afterAll, describe, expect, inject, test } from "vitest";
import { done, failure, json, offline, order, tenant } from "./client.ts";
import type { Answer } from "./client.ts";
import { faults, fieldsOf } from "./shapes.ts";

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
  (status: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(null, { status, headers });
const named: Answer = () => new Response(json({ status_code: -9999, message: "email_invalid", instance_id: "node-7" }));
const gone: Answer = () => Promise.reject(new TypeError("connection lost"));
const never: Answer = () => new Promise(() => {});

/** What the call rejects with. */
const error =
  (answer: Answer, call: Call = get(), options: Partial<ClientOptions> = {}) =>
  async () =>
    failure(call(await offline(answer, options)));

/** Each class, got in every way that puts other fields on it. */
const ways: [name: string, way: string, get: () => Promise<unknown>][] = [
  ["ValidationError", "of an argument", error(never, (omi) => omi.tenants.get(""))],
  ["ValidationError", "of the options of connect", () => failure(connect({ baseUrl: "", token: "" }))],
  ["ValidationError", "of a closed client", error(never, closed)],
  [
    "ValidationError",
    "without a tenant to top up",
    error(
      () => done({ items: [] }),
      (omi) => omi.tenants.topUp(order, { recordBalance: true }),
    ),
  ],
  ["ApiError", "of a server that has a name", error(named)],
  ["ApiError", "by its status", error(status(404))],
  ["ApiError", "of a write", error(named, create)],
  ["AuthenticationError", "of a token that was refused", error(status(401))],
  [
    "AuthenticationError",
    "of a token function that throws",
    error(never, get(), { token: () => Promise.reject("mine") }),
  ],
  ["AuthenticationError", "of one that gives nothing", error(never, get(), { token: () => "" })],
  ["RateLimitError", "with a time", error(status(429, { "retry-after": "7" }))],
  ["RateLimitError", "without one", error(status(429))],
  ["ServerError", "of a read", error(status(503))],
  ["NetworkError", "with a cause", error(gone)],
  ["NetworkError", "without one", error(() => undefined as never)],
  ["TimeoutError", "of an attempt", error(never, get(), { timeoutMs: 1 })],
  ["TimeoutError", "of the token", error(never, get(), { timeoutMs: 1, token: () => new Promise(() => {}) })],
  [
    "TimeoutError",
    "of an activation",
    error(
      () => done({}),
      (omi) => omi.tenants.waitUntilActive("a1", { deadlineMs: 1 }),
    ),
  ],
  ["AbortError", "with the signal's own reason", error(never, get({ signal: AbortSignal.abort() }))],
  ["AbortError", "with a reason that is null", error(never, get({ signal: AbortSignal.abort(null) }))],
  ["ProtocolError", "of a field", error(() => done({ balance: "5" }))],
  ["ProtocolError", "of the whole", error(() => new Response("<html>"))],
  ["ProtocolError", "of a redirect", error(status(302))],
  ["OutcomeUnknownError", "after a lost answer", error(gone, create)],
  ["OutcomeUnknownError", "after a failure", error(status(502), create)],
  ["OutcomeUnknownError", "after an odd answer", error(() => done({ id: 5 }), create)],
  ["OutcomeUnknownError", "after a time limit", error(never, create, { timeoutMs: 1 })],
  ["OutcomeUnknownError", "of any write", error(gone, (omi) => omi.request("POST", "/api/x"))],
  // A fault of the package itself cannot be had for the asking.
  [
    "PartnerError",
    "made by hand",
    async () => new PartnerError({ code: "internal", message: "The SDK itself failed." }),
  ],
];

/** On how many errors each optional field was, and was not. */
const seen: Record<string, { present: number; absent: number }> = {};

function expectTruth(name: string, error: unknown): void {
  if (!(error instanceof PartnerError)) throw error;
  expect(error.constructor).toBe(partner[name as "PartnerError"]);
  expect(error.name).toBe(name);
  expect(isPartnerError(error)).toBe(true);
  for (const type of [name, "AnyPartnerError"]) expect(faults(types, { is: "type", name: type }, error)).toEqual([]);
  const fields = fieldsOf(types, name);
  const declared = fields.map(([field]) => field);
  const own = Object.getOwnPropertyDescriptors(error);
  expect(Object.keys(own).filter((field) => !declared.includes(field))).toEqual([]);
  expect(Object.entries(own).filter(([, { value }]) => value === undefined)).toEqual([]);
  for (const [field] of fields.filter(([, { optional }]) => optional)) {
    const count = (seen[field] ??= { present: 0, absent: 0 });
    count[field in error ? "present" : "absent"]++;
  }
  const { stack: _, cause: __, ...told } = Object.fromEntries(declared.map((field) => [field, error[field as "code"]]));
  const data = Object.entries(told).filter(([, value]) => value !== undefined && typeof value !== "function");
  expect(error.toJSON()).toEqual(Object.fromEntries(data));
}

describe("an instance has what its class declares", () => {
  test.for(ways)("%s %s", async ([name, , make]) => {
    const error = await make();
    expectTruth(name, error);
    if (error instanceof OutcomeUnknownError) expectTruth((error.cause as PartnerError).name, error.cause);
  });

  afterAll(() => {
    // Otherwise what is declared as optional is not, or is never there.
    delete seen["stack"];
    expect(Object.entries(seen).filter(([, { present, absent }]) => present === 0 || absent === 0)).toEqual([]);
  });
});

test("every class was looked at", () => {
  const isClass = (value: unknown) => value === PartnerError || Object.getPrototypeOf(value) instanceof Function;
  const classes = Object.entries(partner).filter(
    ([name, value]) => name.endsWith("Error") && /^[A-Z]/.test(name) && isClass(value),
  );
  const names = new Set([...ways.map(([name]) => name), "LoadError"]); // see load-errors.test.ts
  expect(classes.map(([name]) => name).sort()).toEqual([...names].sort());
});

test("isPartnerError takes nothing that lacks what its type promises", () => {
  const values = [
    ...[undefined, null, "TimeoutError", {}, { name: "TimeoutError", attempts: 1, code: "timeout", retryable: true }],
    ...[new Error("mine"), new DOMException("mine", "TimeoutError"), Object.assign(new Error(), { attempts: 1 })],
    Object.assign(new Error("of another package"), { name: "toString", attempts: 3, code: "x", retryable: true }),
  ];
  expect(values.filter(isPartnerError)).toEqual([]);
});
