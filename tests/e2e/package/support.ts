// Shared by the contract tests: the sandbox's admin routes, clients, and stubs of `fetch`.
import { connect, OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { ClientOptions, CreateTenantParams, PartnerClient, TopUpParams, ValidationError } from "omicall-partner";
import { expect } from "vitest";

export const SANDBOX: string = import.meta.env["SANDBOX_URL"];

export const PARTNER_KEY = "sandbox-partner-key";
export const EMPTY_KEY = "sandbox-empty-key";
export const SUSPENDED_KEY = "sandbox-suspended-key";

/** A tenant that the sandbox always seeds, and the number of seeded tenants. */
export const SEEDED = {
  total: 120,
  id: "65956ff9e7b4d67bdfc1bd77",
  email: "quynh.nguyen1@example.net",
  fullName: "Công ty Cổ phần Mỹ phẩm Thành Công",
  apiKey: "S1M7TFQT-YLJX0G0-SG4CTQ-QYS6",
} as const;

export const ADD = "POST /api/partner/tenant/add";
export const LIST = "POST /api/partner/tenant/list";
export const INFO = "GET /api/partner/tenant/info";
export const UPDATE_BALANCE = "POST /api/partner/tenant/update_balance";
export const ME = "GET /api/partner/me";
export const AGENCY = "GET /api/partner/agency_tenant/info";
export const PACKAGES = "GET /api/partner/service_package/list";
export const TEMPLATES = "GET /api/partner/service_package_v2/template/list";
export const NUMBERS = "GET /api/partner/public_number/list";
export const UPGRADE = "POST /api/partner/service_package/upgrade";
export const EXTEND = "POST /api/partner/service_package/extend";
export const BUY = "POST /api/partner/public_number/buy";

export const PASSWORD = "Str0ng!Passw0rd";
/** 50 characters, the minimum for a top-up. */
export const DESCRIPTION = "Nap tien thang 8 theo hop dong so 2026/OMI-000123.";

let serial = 0;

/** Valid parameters of `create`, with a unique e-mail address. */
export const newTenant = (changes: Partial<CreateTenantParams> = {}): CreateTenantParams => ({
  email: `owner${++serial}@contract.example`,
  password: PASSWORD,
  fullName: "Công ty TNHH Hợp Đồng",
  ownerName: "Nguyễn Thị Kiểm Thử",
  phone: "0901234567",
  ...changes,
});

export const newTopUp = (changes: Partial<TopUpParams> = {}): TopUpParams => ({
  email: SEEDED.email,
  amount: 500_000,
  description: DESCRIPTION,
  ...changes,
});

// The sandbox

export async function admin<T>(method: "GET" | "POST", path: string, body?: unknown, sandbox = SANDBOX): Promise<T> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${sandbox}/sandbox/${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export const reset = () => admin<{ tenants: number }>("POST", "reset");
export const expireTokens = () => admin<{ expired: number }>("POST", "expire_tokens");
export const tenantCount = async () => (await admin<{ tenants: number }>("GET", "state")).tenants;

export interface Fault {
  kind: string;
  [parameter: string]: unknown;
}

/** Injects a fault into the next `count` calls of an endpoint, or into all of them. */
export const injectFault = (
  endpoint: string,
  fault: Fault,
  { sandbox, ...options }: { count?: number; effect?: boolean; sandbox?: string } = {},
) => admin("POST", "faults", { endpoint, fault, ...options }, sandbox);

/** Turns connection reuse on or off. Without it every request uses a new connection, and browsers do not repeat POSTs over http. */
export const setKeepAlive = (enabled: boolean) => admin("POST", "keep_alive", { enabled });

export interface LoggedRequest {
  endpoint: string;
  url: string;
  connection: number;
  nth: number;
  protocol: string;
  fault: string | null;
  at: number;
}

/** The requests that the sandbox received since the reset, in order. */
export const requestLog = (sandbox?: string) => admin<LoggedRequest[]>("GET", "requests", undefined, sandbox);

/** The number of requests per endpoint since the reset, without sign-ins. */
export async function requestCounts(): Promise<Record<string, number>> {
  const state = await admin<{ requests: Record<string, number> }>("GET", "state");
  return Object.fromEntries(Object.entries(state.requests).filter(([endpoint]) => endpoint !== "GET /api/auth"));
}

export interface StoredTenant {
  id: string;
  email: string;
  status: string;
  enabled: boolean;
  balance: number;
  service_balance: number;
  purchases: { kind: string; months: number; price: number; note: string; at: number }[];
  top_ups: { amount: number; wallet: "SPK" | "NORMAL"; description: string; at: number }[];
}

/** The tenant as the sandbox has stored it, with all its top-ups. */
export const storedTenant = (email: string) => admin<StoredTenant>("GET", `tenant?email=${encodeURIComponent(email)}`);

/** Gets a new token without the SDK. */
export async function signIn(key: string = PARTNER_KEY, sandbox = SANDBOX): Promise<string> {
  const response = await fetch(`${sandbox}/api/auth?apiKey=${encodeURIComponent(key)}`);
  const { payload } = (await response.json()) as { payload: { access_token: string } };
  return payload.access_token;
}

/** Sends a request without the SDK and returns the response envelope. */
export async function rawRequest<T>(path: string, init?: { body: unknown }): Promise<{ message?: string; payload: T }> {
  const response = await fetch(`${SANDBOX}${path}`, {
    method: init ? "POST" : "GET",
    headers: { Authorization: `Bearer ${await signIn()}`, "Content-Type": "application/json" },
    ...(init && { body: JSON.stringify(init.body) }),
  });
  return (await response.json()) as { message?: string; payload: T };
}

// Clients

/** A client of the sandbox, signed in as the partner that owns the seeded tenants. */
export const sandboxClient = async (options: Partial<ClientOptions> = {}): Promise<PartnerClient> =>
  connect({ baseUrl: SANDBOX, token: await signIn(), ...options });

/** A `fetch` that records its requests. */
export interface Recorder {
  fetch: typeof globalThis.fetch;
  /** The requests, with unread bodies. */
  sent: Request[];
}

type StubbedResponse = Response | Promise<Response>;

/** Responds with `respond(request, index)`. */
export function recordingFetch(respond: (request: Request, index: number) => StubbedResponse): Recorder {
  const sent: Request[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      return respond(request, sent.length - 1);
    },
  };
}

/** Forwards every request to the page's `fetch`. */
export const passThroughFetch = () => recordingFetch((request) => fetch(request));

/** Responds with these in order; the last one is used for all further requests. */
export const respondingFetch = (...responses: (() => StubbedResponse)[]): Recorder =>
  recordingFetch((_, index) => {
    const respond = responses[Math.min(index, responses.length - 1)];
    if (!respond) throw new Error("The test has no response for this request.");
    return respond();
  });

/** A client without a server: the recorder provides every response. */
export const stubbedClient = (
  { fetch }: Pick<Recorder, "fetch">,
  options: Partial<ClientOptions> = {},
): Promise<PartnerClient> => connect({ baseUrl: "https://api.example.com", token: "test-token", fetch, ...options });

export const neverResponds = () => new Promise<Response>(() => {});

// Responses

export const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);
/** An envelope that reports success. */
export const success = (payload: unknown, init?: ResponseInit) =>
  json({ status_code: 9999, instance_id: "node-7", payload }, init);
/** An envelope that reports an error code. */
export const apiError = (message: string, init?: ResponseInit) =>
  json({ status_code: -9999, instance_id: "node-7", message }, init);
export const html = (status: number, headers: Record<string, string> = {}) =>
  new Response("<html><body><h1>gateway</h1></body></html>", {
    status,
    headers: { "content-type": "text/html", ...headers },
  });

export const page = (ids: string[], more: Record<string, unknown> = {}) => ({
  items: ids.map((id) => ({ id, email: `${id}@example.com` })),
  page_number: 1,
  page_size: ids.length,
  total_items: ids.length,
  total_pages: 1,
  has_next: false,
  has_previous: false,
  next_page: 1,
  previous_page: 1,
  ...more,
});

// Errors

export type ErrorClass<E extends PartnerError> = new (...args: never[]) => E;

/** Expects a rejection with an error of exactly this class, and returns the error. */
export async function rejection<E extends PartnerError>(
  promise: PromiseLike<unknown>,
  type: ErrorClass<E>,
): Promise<E> {
  const error = await Promise.resolve(promise).then(
    (value) => expect.unreachable(`resolved to ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(error instanceof type)) throw error;
  expect(error).toBeInstanceOf(PartnerError);
  expect(error).toBeInstanceOf(Error);
  expect(error.constructor).toBe(type);
  expect(error.message).not.toBe("");
  return error;
}

/** Expects an `OutcomeUnknownError` whose cause has exactly this class, and returns the cause. */
export async function unknownOutcomeCause<E extends PartnerError>(
  promise: PromiseLike<unknown>,
  type: ErrorClass<E>,
): Promise<E> {
  const error = await rejection(promise, OutcomeUnknownError);
  expect(error).toMatchObject({ name: "OutcomeUnknownError", code: "outcome_unknown", retryable: false });
  expect(error.startedAt).toBeGreaterThan(0);
  return rejection(Promise.reject(error.cause), type);
}

/** The field and the code of every validation issue, sorted. */
export const issueCodes = (error: ValidationError) => error.issues.map(({ field, code }) => `${field}: ${code}`).sort();

/** Collects the items of an async iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
