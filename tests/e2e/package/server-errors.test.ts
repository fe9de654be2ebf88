// Every documented error code of the server, as the caller receives it.
import { ApiError, AuthenticationError, PartnerError } from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  ADD,
  sandboxClient,
  INFO,
  LIST,
  ME,
  newTenant,
  newTopUp,
  rawRequest,
  storedTenant,
  rejection,
  requestCounts,
  reset,
  SEEDED,
  signIn,
  SUSPENDED_KEY,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

beforeEach(reset);

interface Case {
  code: string;
  endpoint: string;
  type?: typeof AuthenticationError;
  /** The API key of the account whose token is sent, if not the partner's. */
  key?: string;
  call: (omi: PartnerClient) => Promise<unknown>;
}

/** These use `request`, because the SDK's own validation would reject their arguments before they are sent. */
const add = (body?: unknown) => (omi: PartnerClient) =>
  omi.request("POST", "/api/partner/tenant/add", body === undefined ? {} : { body });
const topUp = (body?: unknown) => (omi: PartnerClient) =>
  omi.request("POST", "/api/partner/tenant/update_balance", body === undefined ? {} : { body });
const list = (query: Record<string, number>, body?: unknown) => (omi: PartnerClient) =>
  omi.request("POST", "/api/partner/tenant/list", body === undefined ? { query } : { query, body });

const { phone: _, ...withoutPhone } = newTenant();

const cases: Case[] = [
  ...[
    { endpoint: ME, call: (omi: PartnerClient) => omi.request("GET", "/api/partner/me") },
    { endpoint: INFO, call: (omi: PartnerClient) => omi.tenants.get(SEEDED.id) },
    { endpoint: LIST, call: async (omi: PartnerClient) => omi.tenants.list() },
    { endpoint: ADD, call: (omi: PartnerClient) => omi.tenants.create(newTenant()) },
    { endpoint: UPDATE_BALANCE, call: (omi: PartnerClient) => omi.tenants.topUp(newTopUp()) },
  ].flatMap((each) => [
    { ...each, code: "partner_invalid", key: SUSPENDED_KEY, type: AuthenticationError },
    { ...each, code: "tenant_invalid", key: SEEDED.apiKey, type: AuthenticationError },
  ]),
  { code: "body_request_is_required", endpoint: ADD, call: add() },
  { code: "body_request_is_required", endpoint: ADD, call: add(null) },
  { code: "request_invalid", endpoint: ADD, call: add({}) },
  { code: "request_invalid", endpoint: ADD, call: add([]) },
  { code: "request_invalid", endpoint: ADD, call: add(withoutPhone) },
  { code: "request_invalid", endpoint: ADD, call: add({ ...newTenant(), isAutoActive: "yes" }) },
  { code: "email_invalid", endpoint: ADD, call: add({ ...newTenant(), email: "owner" }) },
  { code: "password_invalid", endpoint: ADD, call: add({ ...newTenant(), password: "abc" }) },
  { code: "email_registered", endpoint: ADD, call: (omi) => omi.tenants.create(newTenant({ email: SEEDED.email })) },
  {
    code: "email_registered",
    endpoint: ADD,
    call: (omi) => omi.tenants.create(newTenant({ email: SEEDED.email.toUpperCase() })),
  },
  {
    code: "create_tenant_error",
    endpoint: ADD,
    call: (omi) => omi.tenants.create(newTenant({ email: "create-tenant-error@example.com" })),
  },
  { code: "request_body_required", endpoint: LIST, call: list({ page: 1, size: 50 }) },
  { code: "request_invalid", endpoint: LIST, call: list({ page: 0, size: 50 }, {}) },
  { code: "request_invalid", endpoint: LIST, call: async (omi) => omi.tenants.list({ size: 10_001 }) },
  { code: "request_invalid", endpoint: INFO, call: (omi) => omi.request("GET", "/api/partner/tenant/info") },
  {
    code: "access_denied",
    endpoint: UPDATE_BALANCE,
    call: (omi) => omi.tenants.topUp(newTopUp({ email: "nobody@contract.example" })),
  },
  { code: "amount_gte_10.000_vnd", endpoint: UPDATE_BALANCE, call: topUp({ ...newTopUp(), amount: 9_999 }) },
  { code: "description_is_required", endpoint: UPDATE_BALANCE, call: topUp({ ...newTopUp(), description: "" }) },
  {
    code: "description_is_to_short.gte_50_characters",
    endpoint: UPDATE_BALANCE,
    call: topUp({ ...newTopUp(), description: "Nap tien" }),
  },
  { code: "request_body_required", endpoint: UPDATE_BALANCE, call: topUp() },
  { code: "request_invalid", endpoint: UPDATE_BALANCE, call: topUp({ ...newTopUp(), wallet: "X" }) },
  { code: "api_key_is_required", endpoint: "GET /api/auth", call: (omi) => omi.request("GET", "/api/auth") },
  {
    code: "api_key_invalid",
    endpoint: "GET /api/auth",
    call: (omi) => omi.request("GET", "/api/auth", { query: { apiKey: "unknown-key" } }),
  },
  // Not documented, so it tests a code that the SDK does not know.
  { code: "tenant_not_found", endpoint: INFO, call: (omi) => omi.tenants.get("000000000000000000000000") },
];

test("every documented code has a case", () => {
  expect([...new Set(cases.map(({ code }) => code))].sort()).toEqual([
    "access_denied",
    "amount_gte_10.000_vnd",
    "api_key_invalid",
    "api_key_is_required",
    "body_request_is_required",
    "create_tenant_error",
    "description_is_required",
    "description_is_to_short.gte_50_characters",
    "email_invalid",
    "email_registered",
    "partner_invalid",
    "password_invalid",
    "request_body_required",
    "request_invalid",
    "tenant_invalid",
    "tenant_not_found",
  ]);
});

describe("an error code of the server", () => {
  test.each(cases)("$code from $endpoint", async ({ code, endpoint, type = ApiError, key, call }) => {
    const token = await signIn(key);
    const messages: string[] = [];
    for (const language of ["en", "vi"] as const) {
      const error = await rejection(call(await sandboxClient({ token, language })), type);
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({
        name: type.name,
        code,
        endpoint,
        httpStatus: 200,
        instanceId: "sandbox",
        attempts: 1,
        retryable: false,
      });
      expect(String(error)).toBe(`${type.name}: ${error.message}`);
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: type.name, code, message: error.message });
      messages.push(error.message);
    }
    const [english, vietnamese] = messages;
    expect(english).not.toBe(vietnamese);
    if (endpoint !== "GET /api/auth") expect(await requestCounts()).toEqual({ [endpoint]: 2 });
    expect(await tenantCount()).toBe(SEEDED.total);
    expect((await storedTenant(SEEDED.email)).top_ups).toEqual([]);
  });
});

describe("an unknown token", () => {
  test.each([
    ["get", INFO, (omi: PartnerClient) => omi.tenants.get(SEEDED.id)],
    ["list", LIST, async (omi: PartnerClient) => omi.tenants.list()],
    ["create", ADD, (omi: PartnerClient) => omi.tenants.create(newTenant())],
    ["topUp", UPDATE_BALANCE, (omi: PartnerClient) => omi.tenants.topUp(newTopUp())],
    ["waitUntilActive", INFO, (omi: PartnerClient) => omi.tenants.waitUntilActive(SEEDED.id)],
    ["request", ME, (omi: PartnerClient) => omi.request("GET", "/api/partner/me")],
  ])("%s", async (_name, endpoint, call) => {
    const messages: string[] = [];
    for (const language of ["en", "vi"] as const) {
      const error = await rejection(
        call(await sandboxClient({ token: "unknown-token", language })),
        AuthenticationError,
      );
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({
        name: "AuthenticationError",
        code: "unauthorized",
        endpoint,
        httpStatus: 401,
        attempts: 1,
        retryable: false,
      });
      expect(error.instanceId).toBeUndefined();
      messages.push(error.message);
    }
    expect(messages[0]).not.toBe(messages[1]);
    expect(await requestCounts()).toEqual({ [endpoint]: 2 });
    expect(await tenantCount()).toBe(SEEDED.total);
    expect((await storedTenant(SEEDED.email)).top_ups).toEqual([]);
  });
});

test("a top-up of a disabled tenant is rejected", async () => {
  const { payload } = await rawRequest<{ items: { email: string; enabled: boolean }[] }>(
    `/api/partner/tenant/list?page=1&size=${SEEDED.total}`,
    { body: {} },
  );
  const email = payload.items.find((tenant) => !tenant.enabled)?.email ?? "";
  const omi = await sandboxClient();
  expect(await rejection(omi.tenants.topUp(newTopUp({ email })), ApiError)).toMatchObject({ code: "access_denied" });
  expect((await storedTenant(email)).top_ups).toEqual([]);
});

test("a PartnerError is distinguished from other errors by its class", async () => {
  const omi = await sandboxClient();
  const error: unknown = await omi.tenants.get("000000000000000000000000").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PartnerError);
  expect(error).not.toBeInstanceOf(AuthenticationError);
  expect(new Error("x")).not.toBeInstanceOf(PartnerError);
});
