// The sandbox that the examples run against, and its admin routes.

/** Where the documents say that it is. */
const DOCUMENTED = "http://127.0.0.1:8787";

/** What the provider's pages name; examples that are run call the sandbox instead. */
const PROVIDER = "https://public-v1-stg.omicall.com";

export const SANDBOX = process.env["SANDBOX_URL"] ?? DOCUMENTED;

/** Code of a document, told of the sandbox of this run. */
export const onSandbox = (code: string): string => code.replaceAll(DOCUMENTED, SANDBOX).replaceAll(PROVIDER, SANDBOX);

async function admin<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${SANDBOX}/sandbox/${path}`, init);
  if (!response.ok) throw new Error(`/sandbox/${path}: HTTP ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Back to the start. */
export const reset = (): Promise<unknown> => admin("reset", { method: "POST" });

export const expireTokens = (): Promise<{ expired: number }> => admin("expire_tokens", { method: "POST" });

export const addFault = (order: { endpoint: string; fault: object }): Promise<unknown> =>
  admin("faults", { method: "POST", body: JSON.stringify(order) });

export interface Books {
  readonly id: string;
  readonly status: string;
  readonly balance: number;
  readonly top_ups: readonly { readonly amount: number; readonly wallet: string }[];
}

/** What the sandbox knows of a tenant. */
export const books = (email: string): Promise<Books> => admin(`tenant?email=${encodeURIComponent(email)}`);

/** How many requests each endpoint got since the start. */
export const requests = async (): Promise<Record<string, number>> =>
  (await admin<{ requests: Record<string, number> }>("state")).requests;
