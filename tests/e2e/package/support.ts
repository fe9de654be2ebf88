// What the contract tests share: the sandbox's admin routes, clients, and a `fetch` that is under the test's control.
import { connect, OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { ClientOptions, CreateTenantParams, PartnerClient, TopUpParams, ValidationError } from "omicall-partner";
import { expect } from "vitest";

export const SANDBOX: string = import.meta.env["SANDBOX_URL"];

export const PARTNER_KEY = "sandbox-partner-key";
export const EMPTY_KEY = "sandbox-empty-key";
export const SUSPENDED_KEY = "sandbox-suspended-key";

/** Tenants that the sandbox's seed is certain to hold. */
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

export const PASSWORD = "Str0ng!Passw0rd";
/** 50 characters, the fewest that a top-up may have. */
export const DESCRIPTION = "Nap tien thang 8 theo hop dong so 2026/OMI-000123.";

let serial = 0;

/** A tenant that can be created; no two have the same e-mail address. */
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

/** Has a fault strike the calls of an endpoint, `count` of them or all. */
export const strike = (
  endpoint: string,
  fault: Fault,
  { sandbox, ...how }: { count?: number; effect?: boolean; sandbox?: string } = {},
) => admin("POST", "faults", { endpoint, fault, ...how }, sandbox);

/** Whether connections are used again. Off, each request comes on a fresh one, and browsers repeat no POST over http by themselves. */
export const keepAlive = (enabled: boolean) => admin("POST", "keep_alive", { enabled });

export interface LoggedRequest {
  endpoint: string;
  url: string;
  connection: number;
  nth: number;
  protocol: string;
  fault: string | null;
  at: number;
}

/** The requests that reached the sandbox since the reset, in order. */
export const requestLog = (sandbox?: string) => admin<LoggedRequest[]>("GET", "requests", undefined, sandbox);

/** How often each endpoint was called since the reset, sign-ins excepted. */
export async function requests(): Promise<Record<string, number>> {
  const state = await admin<{ requests: Record<string, number> }>("GET", "state");
  return Object.fromEntries(Object.entries(state.requests).filter(([endpoint]) => endpoint !== "GET /api/auth"));
}

export interface Books {
  id: string;
  email: string;
  status: string;
  enabled: boolean;
  balance: number;
  service_balance: number;
  top_ups: { amount: number; wallet: "SPK" | "NORMAL"; description: string; at: number }[];
}

export const books = (email: string) => admin<Books>("GET", `tenant?email=${encodeURIComponent(email)}`);

/** A fresh token, got without the SDK. */
export async function signIn(key: string = PARTNER_KEY, sandbox = SANDBOX): Promise<string> {
  const response = await fetch(`${sandbox}/api/auth?apiKey=${encodeURIComponent(key)}`);
  const { payload } = (await response.json()) as { payload: { access_token: string } };
  return payload.access_token;
}

/** What the sandbox says to a request of the test's own making. */
export async function raw<T>(path: string, init?: { body: unknown }): Promise<{ message?: string; payload: T }> {
  const response = await fetch(`${SANDBOX}${path}`, {
    method: init ? "POST" : "GET",
    headers: { Authorization: `Bearer ${await signIn()}`, "Content-Type": "application/json" },
    ...(init && { body: JSON.stringify(init.body) }),
  });
  return (await response.json()) as { message?: string; payload: T };
}

// Clients

/** A client of the sandbox, signed in as the partner of the seeded tenants. */
export const connected = async (options: Partial<ClientOptions> = {}): Promise<PartnerClient> =>
  connect({ baseUrl: SANDBOX, token: await signIn(), ...options });

/** A `fetch` that keeps what it was given. */
export interface Recorder {
  fetch: typeof globalThis.fetch;
  /** The requests, their bodies still unread. */
  sent: Request[];
}

type Answer = Response | Promise<Response>;

/** Answers with `answer(request, index)`. */
export function recording(answer: (request: Request, index: number) => Answer): Recorder {
  const sent: Request[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push(request.clone());
      return answer(request, sent.length - 1);
    },
  };
}

/** Passes everything on. */
export const passing = () => recording((request) => fetch(request));

/** Answers with these, one after the other; asked for more, the last one again. */
export const answering = (...answers: (() => Answer)[]): Recorder =>
  recording((_, index) => {
    const answer = answers[Math.min(index, answers.length - 1)];
    if (!answer) throw new Error("The test has no answer for this request.");
    return answer();
  });

/** A client of nobody: every answer is the recorder's. */
export const offline = (
  { fetch }: Pick<Recorder, "fetch">,
  options: Partial<ClientOptions> = {},
): Promise<PartnerClient> => connect({ baseUrl: "https://api.example.com", token: "test-token", fetch, ...options });

export const never = () => new Promise<Response>(() => {});

// Answers

export const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);
export const done = (payload: unknown, init?: ResponseInit) =>
  json({ status_code: 9999, instance_id: "node-7", payload }, init);
export const refusal = (message: string, init?: ResponseInit) =>
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

/** What the promise rejects with; it must be of exactly this class. */
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

/** Why nobody knows what became of a write; it must be of exactly this class. */
export async function cause<E extends PartnerError>(promise: PromiseLike<unknown>, type: ErrorClass<E>): Promise<E> {
  const error = await rejection(promise, OutcomeUnknownError);
  expect(error).toMatchObject({ name: "OutcomeUnknownError", code: "outcome_unknown", retryable: false });
  expect(error.startedAt).toBeGreaterThan(0);
  return rejection(Promise.reject(error.cause), type);
}

/** Field and code of all faults, in a fixed order. */
export const faults = (error: ValidationError) => error.issues.map(({ field, code }) => `${field}: ${code}`).sort();

/** The items of an iteration. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
