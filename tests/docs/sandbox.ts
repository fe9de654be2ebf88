// The sandbox for the examples, and its admin routes.

/** The sandbox's address in the documents. */
export const DOCUMENTED = "http://127.0.0.1:8787";

/** The provider's address in the documents; examples that are run call the sandbox instead. */
const PROVIDER = "https://public-v1-stg.omicall.com";

export const SANDBOX = process.env["SANDBOX_URL"] ?? DOCUMENTED;

/** Replaces the addresses in the code of a document with the address of this run's sandbox. */
export const withSandboxUrl = (code: string): string =>
  code.replaceAll(DOCUMENTED, SANDBOX).replaceAll(PROVIDER, SANDBOX);

/** A token provider, as the documents have it. */
export async function token(): Promise<string> {
  const response = await fetch(`${SANDBOX}/api/auth?apiKey=sandbox-partner-key`);
  return (await response.json()).payload.access_token;
}

async function admin<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${SANDBOX}/sandbox/${path}`, init);
  if (!response.ok) throw new Error(`/sandbox/${path}: HTTP ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Resets the sandbox to its initial state. */
export const reset = (): Promise<unknown> => admin("reset", { method: "POST" });

export const expireTokens = (): Promise<{ expired: number }> => admin("expire_tokens", { method: "POST" });

export const injectFault = (order: { endpoint: string; fault: object }): Promise<unknown> =>
  admin("faults", { method: "POST", body: JSON.stringify(order) });

export interface TenantState {
  readonly id: string;
  readonly status: string;
  readonly balance: number;
  readonly top_ups: readonly { readonly amount: number; readonly wallet: string }[];
  readonly purchases: readonly { readonly kind: string; readonly price: number }[];
}

export const tenantState = (email: string): Promise<TenantState> => admin(`tenant?email=${encodeURIComponent(email)}`);

/** The number of requests to each endpoint since the last reset. */
export const requests = async (): Promise<Record<string, number>> =>
  (await admin<{ requests: Record<string, number> }>("state")).requests;
