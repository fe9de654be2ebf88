// Every parameter and option: a value that its type does not allow is rejected by name before anything is sent; an optional
// one may also be undefined.
import { authenticate, connect, ValidationError } from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { success, errorOf, purchase, stubbedClient, topUpParams, tenant } from "./client.ts";
import { alternatives, hasRules, sampleValues } from "./sample-values.ts";
import { mismatches, fieldsOf } from "./shapes.ts";

const types = inject("types");

interface ObjectArgument {
  /** The name of its type. */
  type: string;
  /** A valid value with every field. */
  valid: Record<string, unknown>;
  /** The field name of a validation issue about the argument itself. */
  argument: string;
  call: (omi: PartnerClient, value: never) => PromiseLike<unknown>;
}

const { signal } = new AbortController();
const callOptions = { signal, timeoutMs: 30_000, maxRetries: 1 };
const params = "params";
const options = "options";

const vnd = (price: number) => ({ currency: "VND", price });

const objectArguments: Record<string, ObjectArgument> = {
  "tenants.create": {
    ...{ type: "CreateTenantParams", argument: params, valid: { ...tenant, isAutoActive: true } },
    call: (omi, value) => omi.tenants.create(value),
  },
  "tenants.list": {
    ...{ type: "ListTenantsParams", argument: params, valid: { page: 1, size: 10, keyword: "sao mai" } },
    call: (omi, value) => omi.tenants.list(value),
  },
  "numbers.list": {
    ...{ type: "ListNumbersParams", argument: params, valid: { page: 1, size: 10 } },
    call: (omi, value) => omi.numbers.list(value),
  },
  "tenants.topUp": {
    ...{ type: "TopUpParams", argument: params, valid: { ...topUpParams, wallet: "NORMAL" } },
    call: (omi, value) => omi.tenants.topUp(value),
  },
  "packages.upgrade": {
    ...{ type: "UpgradePackageParams", argument: params, valid: { ...purchase, code_name: "omi_pro", month_num: 6 } },
    call: (omi, value) => omi.packages.upgrade(value),
  },
  "packages.extend": {
    ...{ type: "ExtendPackageParams", argument: params, valid: { ...purchase, month_num: 6 } },
    call: (omi, value) => omi.packages.extend(value),
  },
  "numbers.buy": {
    ...{ type: "BuyNumberParams", argument: params, valid: { ...purchase, number: "842471000001", number_count: 6 } },
    call: (omi, value) => omi.numbers.buy(value),
  },
  "packages.quote": {
    type: "PackageQuoteParams",
    argument: params,
    valid: { package: { fee_setups: [vnd(5)], fee_holds: [vnd(6)] }, months: 6, kind: "upgrade" },
    call: async (omi, value) => omi.packages.quote(value),
  },
  "numbers.quote": {
    type: "NumberQuoteParams",
    argument: params,
    valid: { number: { number: "842471000001", maintaining_prices: [vnd(5)] }, months: 6 },
    call: async (omi, value) => omi.numbers.quote(value),
  },
  "options of account.me": {
    ...{ type: "CallOptions", argument: options, valid: callOptions },
    call: (omi, value) => omi.account.me(value),
  },
  "options of account.agency": {
    ...{ type: "CallOptions", argument: options, valid: callOptions },
    call: (omi, value) => omi.account.agency(value),
  },
  "options of packages.list": {
    ...{ type: "CallOptions", argument: options, valid: callOptions },
    call: (omi, value) => omi.packages.list(value),
  },
  "options of packages.upgrade": {
    ...{ type: "PurchaseOptions", argument: options, valid: { ...callOptions, recordEvidence: false } },
    call: (omi, value) => omi.packages.upgrade({ ...purchase, code_name: "omi_pro", month_num: 6 }, value),
  },
  "options of packages.extend": {
    ...{ type: "PurchaseOptions", argument: options, valid: { ...callOptions, recordEvidence: false } },
    call: (omi, value) => omi.packages.extend({ ...purchase, month_num: 6 }, value),
  },
  "options of numbers.buy": {
    ...{ type: "PurchaseOptions", argument: options, valid: { ...callOptions, recordEvidence: false } },
    call: (omi, value) => omi.numbers.buy({ ...purchase, number: "842471000001", number_count: 6 }, value),
  },
  "options of packages.templates": {
    ...{ type: "CallOptions", argument: options, valid: callOptions },
    call: (omi, value) => omi.packages.templates(value),
  },
  "options of numbers.list": {
    ...{ type: "ListOptions", argument: options, valid: { ...callOptions, prefetch: 4 } },
    call: (omi, value) => omi.numbers.list({}, value),
  },
  "options of tenants.create": {
    ...{ type: "CallOptions", argument: options, valid: callOptions },
    call: (omi, value) => omi.tenants.create(tenant, value),
  },
  "options of tenants.list": {
    ...{ type: "ListOptions", argument: options, valid: { ...callOptions, prefetch: 4 } },
    call: (omi, value) => omi.tenants.list({}, value),
  },
  "options of tenants.get": {
    ...{ type: "CallOptions", argument: options, valid: callOptions },
    call: (omi, value) => omi.tenants.get("a1", value),
  },
  "options of tenants.topUp": {
    ...{ type: "TopUpOptions", argument: options, valid: { ...callOptions, recordBalance: false } },
    call: (omi, value) => omi.tenants.topUp(topUpParams, value),
  },
  "options of tenants.waitUntilActive": {
    ...{ type: "WaitOptions", argument: options },
    valid: { ...callOptions, deadlineMs: 60_000, intervalMs: 1_000, onProgress: () => {} },
    call: (omi, value) => omi.tenants.waitUntilActive("a1", value),
  },
  "options of request": {
    ...{
      type: "RequestOptions",
      argument: "init",
      valid: { ...callOptions, query: { a: 1, b: true, c: "x" }, body: {} },
    },
    call: (omi, value) => omi.request("POST", "/api/x", value),
  },
  authenticate: {
    ...{ type: "AuthenticateOptions", argument: options },
    valid: {
      ...{ ...callOptions, maxRetries: 0, baseUrl: "http://127.0.0.1:9", apiKey: "k", language: "vi", wasm: undefined },
      ...{ fetch: async () => success({ access_token: "t" }), dangerouslyAllowBrowser: true },
    },
    // A valid call is sent: without `fetch` to a port where nobody listens, and by sample functions that send nothing.
    call: (_, value) =>
      authenticate(value).catch((error: unknown) => {
        if (error instanceof ValidationError) throw error;
      }),
  },
  connect: {
    ...{ type: "ClientOptions", argument: options },
    valid: {
      ...{ baseUrl: "https://api.example.com", token: "t", timeoutMs: 30_000, maxRetries: 1, language: "vi" },
      ...{ fetch: () => {}, wasm: undefined, onEvent: () => {}, singleSend: false },
      ...{ credentials: "same-origin", dangerouslyAllowCrossOriginCookies: true },
    },
    call: (_, value) => connect(value),
  },
};

let omi: PartnerClient;

beforeAll(async () => {
  const payload = { id: "a1", number: "842471000001", email: topUpParams.email, status: "activated", balance: 5 };
  omi = await stubbedClient(({ url }) => {
    if (url.includes("service_package")) return success([{ code_name: "omi_pro" }]);
    return success(url.includes("/list") ? { items: [payload], has_next: false } : payload);
  });
});

/** The fields of the validation issues; empty if the call resolves. */
async function issueFields(call: PromiseLike<unknown>): Promise<string[]> {
  const error = await errorOf(call);
  if (error === undefined) return [];
  if (!(error instanceof ValidationError)) throw error;
  expect(error.attempts).toBe(0);
  return error.issues.map(({ field }) => field);
}

describe.for(Object.entries(objectArguments))("%s", ([, { type, valid, argument, call }]) => {
  const fieldsRejected = (value: unknown) => issueFields(call(omi, value as never));
  const fields = fieldsOf(types, type);

  test("accepts a value with every field", async () => {
    expect(Object.keys(valid).sort()).toEqual(fields.map(([name]) => name).sort());
    expect(await fieldsRejected(valid)).toEqual([]);
  });

  // An invalid `wasm` option is a LoadError.
  const checked = fields.filter(([name]) => name !== "wasm");
  test.for(checked)("%s", async ([name, { shape, optional }]) => {
    const { [name]: _, ...others } = valid;
    expect(await fieldsRejected(others)).toEqual(optional ? [] : [name]);
    const allowed = alternatives(types, shape);
    const accepted = new Set<string>();
    for (const value of [valid[name], ...allowed.flatMap(({ values }) => values), ...sampleValues]) {
      const rejected = await fieldsRejected({ ...valid, [name]: value });
      const [mismatch] = mismatches(types, shape, value, false, name);
      if (mismatch !== undefined) expect({ value, rejected }).toEqual({ value, rejected: [mismatch] });
      // A value of the type may still violate a rule, such as a string that is not an e-mail address.
      else if (hasRules(shape, value)) expect(["", name]).toContain(rejected.join());
      else expect({ value, rejected }).toEqual({ value, rejected: [] });
      if (rejected.length === 0) accepted.add(value === null ? "null" : typeof value);
    }
    // The core accepts a value of every JavaScript type that the type allows.
    expect(allowed.filter(({ kind }) => !accepted.has(kind))).toEqual([]);
    expect(mismatches(types, shape, undefined)).toEqual(optional ? [] : [""]);
  });

  test("rejects an unknown field", async () => {
    expect(await fieldsRejected({ ...valid, surprise: undefined })).toEqual(["surprise"]);
  });

  test("rejects an argument of another type", async () => {
    for (const value of [null, "text", 5, true, 1n, [], [valid], () => valid]) {
      expect({ value, rejected: await fieldsRejected(value) }).toEqual({ value, rejected: [argument] });
    }
    const isRequired = fields.some(([, { optional }]) => !optional);
    expect(await fieldsRejected(undefined)).toEqual(isRequired ? [argument] : []);
  });
});

describe("arguments that are not objects", () => {
  const primitiveArguments: [
    name: string,
    allowed: (value: unknown) => boolean,
    call: (value: never) => PromiseLike<unknown>,
  ][] = [
    ["id", (value) => typeof value === "string", (value) => omi.tenants.get(value)],
    ["id", (value) => typeof value === "string", (value) => omi.tenants.waitUntilActive(value)],
    ["method", (value) => value === "GET" || value === "POST", (value) => omi.request(value, "/api/x")],
    ["path", (value) => typeof value === "string", (value) => omi.request("GET", value)],
  ];
  test.for(primitiveArguments)("%s", async ([name, allowed, call]) => {
    for (const value of sampleValues) {
      const rejected = await issueFields(call(value as never));
      if (allowed(value)) expect(["", name]).toContain(rejected.join());
      else expect({ value, rejected }).toEqual({ value, rejected: [name] });
    }
  });
});
