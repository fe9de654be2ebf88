// A client without a server: the test provides every response.
import { authenticate, connect, OutcomeUnknownError, ProtocolError } from "omicall-partner";
import type { ClientOptions, CreateTenantParams, PartnerClient, TopUpParams } from "omicall-partner";
import type { Shape } from "./shapes.ts";

export type Respond = (request: Request, index: number) => Response | Promise<Response>;

const baseUrl = "https://api.example.com";

/** The `fetch` of each client. */
const fetches = new WeakMap<PartnerClient, typeof globalThis.fetch>();

export async function stubbedClient(respond: Respond, options: Partial<ClientOptions> = {}): Promise<PartnerClient> {
  let count = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => respond(new Request(input, init), count++);
  const omi = await connect({ baseUrl, token: "t", maxRetries: 0, fetch, ...options });
  fetches.set(omi, fetch);
  return omi;
}

/** JSON that keeps -0, which servers may send and `JSON.stringify` does not write. */
export function json(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${json(field)}`).join(",")}}`;
}

export const success = (payload: unknown) => new Response(json({ status_code: 9999, instance_id: "node-7", payload }));
export const apiError = (message: string, init?: ResponseInit) =>
  new Response(json({ status_code: -9999, message }), init);

export const tenant: CreateTenantParams = {
  email: "chu@sao-mai.example",
  password: "Abcdef1!",
  fullName: "Công ty Sao Mai",
  ownerName: "Trần Văn Minh",
  phone: "0901234567",
};

export const topUpParams: TopUpParams = {
  email: tenant.email,
  amount: 500_000,
  description: "Nạp tiền tháng 8 theo hợp đồng số 2026/OMI-000123, đợt 1.",
};

export const purchase = { email: tenant.email, note: "Đơn hàng số 1042" };

/** The calls whose payload has a type, by the name of the type; `[]` is a list. */
export const callsByType: Record<string, (omi: PartnerClient) => PromiseLike<unknown>> = {
  AccessToken: (omi) => authenticate({ baseUrl, apiKey: "k", maxRetries: 0, fetch: fetches.get(omi) }),
  Agency: (omi) => omi.account.agency(),
  CreatedTenant: (omi) => omi.tenants.create(tenant),
  NumberPage: (omi) => omi.numbers.list(),
  "PackageOffer[]": (omi) => omi.packages.list(),
  Partner: (omi) => omi.account.me(),
  Tenant: (omi) => omi.tenants.get("a1"),
  TenantPage: (omi) => omi.tenants.list(),
};

/** The shape of a name in `callsByType`. */
export const shapeOf = (name: string): Shape =>
  name.endsWith("[]") ? { is: "list", of: { is: "type", name: name.slice(0, -2) } } : { is: "type", name };

export const errorOf = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  );

/** The `ProtocolError` of a call: the error itself, or the cause of an unknown outcome. Throws any other error. */
export function protocolErrorOf(error: unknown): ProtocolError | undefined {
  const inner = error instanceof OutcomeUnknownError ? error.cause : error;
  if (inner === undefined || inner instanceof ProtocolError) return inner;
  throw inner;
}

/** A path in a payload, as errors report it. */
export const inPayload = (path: string) => `payload${path === "" || path.startsWith("[") ? "" : "."}${path}`;
