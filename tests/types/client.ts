// A client of nobody: every answer is the test's.
import { connect, OutcomeUnknownError, ProtocolError } from "omicall-partner";
import type { ClientOptions, CreateTenantParams, PartnerClient, TopUpParams } from "omicall-partner";

export type Answer = (request: Request, index: number) => Response | Promise<Response>;

export function offline(answer: Answer, options: Partial<ClientOptions> = {}): Promise<PartnerClient> {
  let count = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => answer(new Request(input, init), count++);
  return connect({ baseUrl: "https://api.example.com", token: "t", maxRetries: 0, fetch, ...options });
}

/** JSON as servers may write it: `JSON.stringify` has no -0. */
export function json(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${json(field)}`).join(",")}}`;
}

export const done = (payload: unknown) => new Response(json({ status_code: 9999, instance_id: "node-7", payload }));
export const refusal = (message: string, init?: ResponseInit) =>
  new Response(json({ status_code: -9999, message }), init);

export const tenant: CreateTenantParams = {
  email: "chu@sao-mai.example",
  password: "Abcdef1!",
  fullName: "Công ty Sao Mai",
  ownerName: "Trần Văn Minh",
  phone: "0901234567",
};

export const order: TopUpParams = {
  email: tenant.email,
  amount: 500_000,
  description: "Nạp tiền tháng 8 theo hợp đồng số 2026/OMI-000123, đợt 1.",
};

/** The calls whose answers have a type, by its name. */
export const answered: Record<string, (omi: PartnerClient) => PromiseLike<unknown>> = {
  CreatedTenant: (omi) => omi.tenants.create(tenant),
  Tenant: (omi) => omi.tenants.get("a1"),
  TenantPage: (omi) => omi.tenants.list(),
};

export const failure = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  );

/** Why an answer was not taken: what a call rejects with, or of a write, which may have been made, the cause. */
export function mismatch(error: unknown): ProtocolError | undefined {
  const inner = error instanceof OutcomeUnknownError ? error.cause : error;
  if (inner === undefined || inner instanceof ProtocolError) return inner;
  throw inner;
}

/** A place in a payload, as errors name it. */
export const inPayload = (path: string) => `payload${path === "" || path.startsWith("[") ? "" : "."}${path}`;
