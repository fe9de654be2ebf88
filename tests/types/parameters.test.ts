// Every parameter and option: what its type does not allow is refused by name before anything is sent; what may be left out
// may be undefined too.
import { connect, ValidationError } from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { done, failure, offline, order, tenant } from "./client.ts";
import { alternatives, isRuled, kinds } from "./kinds.ts";
import { faults, fieldsOf } from "./shapes.ts";

const types = inject("types");

interface Taker {
  /** The type of what it takes. */
  type: string;
  /** With every field. */
  valid: Record<string, unknown>;
  /** The name by which the argument itself is refused. */
  argument: string;
  call: (omi: PartnerClient, value: never) => PromiseLike<unknown>;
}

const { signal } = new AbortController();
const times = { signal, timeoutMs: 30_000, maxRetries: 1 };
const params = "params";
const options = "options";

const takers: Record<string, Taker> = {
  "tenants.create": {
    ...{ type: "CreateTenantParams", argument: params, valid: { ...tenant, isAutoActive: true } },
    call: (omi, value) => omi.tenants.create(value),
  },
  "tenants.list": {
    ...{ type: "ListTenantsParams", argument: params, valid: { page: 1, size: 10, keyword: "sao mai" } },
    call: (omi, value) => omi.tenants.list(value),
  },
  "tenants.topUp": {
    ...{ type: "TopUpParams", argument: params, valid: { ...order, wallet: "NORMAL" } },
    call: (omi, value) => omi.tenants.topUp(value),
  },
  "options of tenants.create": {
    ...{ type: "CallOptions", argument: options, valid: times },
    call: (omi, value) => omi.tenants.create(tenant, value),
  },
  "options of tenants.list": {
    ...{ type: "CallOptions", argument: options, valid: times },
    call: (omi, value) => omi.tenants.list({}, value),
  },
  "options of tenants.get": {
    ...{ type: "CallOptions", argument: options, valid: times },
    call: (omi, value) => omi.tenants.get("a1", value),
  },
  "options of tenants.topUp": {
    ...{ type: "TopUpOptions", argument: options, valid: { ...times, recordBalance: false } },
    call: (omi, value) => omi.tenants.topUp(order, value),
  },
  "options of tenants.waitUntilActive": {
    ...{ type: "WaitOptions", argument: options },
    valid: { ...times, deadlineMs: 60_000, intervalMs: 1_000, onProgress: () => {} },
    call: (omi, value) => omi.tenants.waitUntilActive("a1", value),
  },
  "options of request": {
    ...{ type: "RequestOptions", argument: "init", valid: { ...times, query: { a: 1, b: true, c: "x" }, body: {} } },
    call: (omi, value) => omi.request("POST", "/api/x", value),
  },
  connect: {
    ...{ type: "ClientOptions", argument: options },
    valid: {
      ...{ baseUrl: "https://api.example.com", token: "t", timeoutMs: 30_000, maxRetries: 1, language: "vi" },
      ...{ fetch: () => {}, wasm: undefined, onEvent: () => {}, singleSend: false },
    },
    call: (_, value) => connect(value),
  },
};

let omi: PartnerClient;

beforeAll(async () => {
  const shown = { id: "a1", email: order.email, status: "activated", balance: 5 };
  omi = await offline(({ url }) => done(url.includes("/list") ? { items: [shown], has_next: false } : shown));
});

/** The fields that are refused; none where the call resolves. */
async function refused(call: PromiseLike<unknown>): Promise<string[]> {
  const error = await failure(call);
  if (error === undefined) return [];
  if (!(error instanceof ValidationError)) throw error;
  expect(error.attempts).toBe(0);
  return error.issues.map(({ field }) => field);
}

describe.for(Object.entries(takers))("%s", ([, { type, valid, argument, call }]) => {
  const take = (value: unknown) => refused(call(omi, value as never));
  const fields = fieldsOf(types, type);

  test("everything at once", async () => {
    expect(Object.keys(valid).sort()).toEqual(fields.map(([name]) => name).sort());
    expect(await take(valid)).toEqual([]);
  });

  // What the option `wasm` cannot load is a LoadError.
  const checked = fields.filter(([name]) => name !== "wasm");
  test.for(checked)("%s", async ([name, { shape, optional }]) => {
    const { [name]: _, ...others } = valid;
    expect(await take(others)).toEqual(optional ? [] : [name]);
    const promised = alternatives(types, shape);
    const taken = new Set<string>();
    for (const kind of [valid[name], ...promised.flatMap(({ values }) => values), ...kinds]) {
      const found = await take({ ...valid, [name]: kind });
      const [fault] = faults(types, shape, kind, false, name);
      if (fault !== undefined) expect({ kind, found }).toEqual({ kind, found: [fault] });
      // What is of the type may still be against the rules, such as a text that is no e-mail address.
      else if (isRuled(shape, kind)) expect(["", name]).toContain(found.join());
      else expect({ kind, found }).toEqual({ kind, found: [] });
      if (found.length === 0) taken.add(kind === null ? "null" : typeof kind);
    }
    // Of each kind that the type allows, the core takes something.
    expect(promised.filter(({ kind }) => !taken.has(kind))).toEqual([]);
    expect(faults(types, shape, undefined)).toEqual(optional ? [] : [""]);
  });

  test("no other", async () => {
    expect(await take({ ...valid, surprise: undefined })).toEqual(["surprise"]);
  });

  test("the argument itself", async () => {
    for (const kind of [null, "text", 5, true, 1n, [], [valid], () => valid]) {
      expect({ kind, found: await take(kind) }).toEqual({ kind, found: [argument] });
    }
    const needed = fields.some(([, { optional }]) => !optional);
    expect(await take(undefined)).toEqual(needed ? [argument] : []);
  });
});

describe("arguments that are no objects", () => {
  const places: [name: string, allowed: (kind: unknown) => boolean, call: (value: never) => PromiseLike<unknown>][] = [
    ["id", (kind) => typeof kind === "string", (value) => omi.tenants.get(value)],
    ["id", (kind) => typeof kind === "string", (value) => omi.tenants.waitUntilActive(value)],
    ["method", (kind) => kind === "GET" || kind === "POST", (value) => omi.request(value, "/api/x")],
    ["path", (kind) => typeof kind === "string", (value) => omi.request("GET", value)],
  ];
  test.for(places)("%s", async ([name, allowed, call]) => {
    for (const kind of kinds) {
      const found = await refused(call(kind as never));
      if (allowed(kind)) expect(["", name]).toContain(found.join());
      else expect({ kind, found }).toEqual({ kind, found: [name] });
    }
  });
});
