// Only type-checked: valid code compiles, and invalid code is an error.
import { connect, OutcomeUnknownError, ValidationError } from "omicall-partner";
import type { ClientEvent, Tenant, TenantPage, TenantSummary, TopUpReceipt } from "omicall-partner";

export async function topUpFirst(email: string, onEvent: (event: ClientEvent) => void): Promise<TopUpReceipt> {
  using omi = await connect({ baseUrl: "https://api.example.com", token: () => "token", onEvent });
  const page: TenantPage = await omi.tenants.list({ keyword: email, size: 20 });
  const all: TenantSummary[] = [];
  for await (const tenant of omi.tenants.list()) all.push(tenant);
  const tenant: Tenant = await omi.tenants.get(page.items[0].id, { signal: AbortSignal.timeout(1000) });
  const balance: number | null | undefined = tenant.balance;
  // @ts-expect-error a balance is not a string
  const text: string | null | undefined = tenant.balance;
  // @ts-expect-error there is no such parameter
  await omi.tenants.list({ keywords: `${balance} ${text} ${all.length}` });
  // @ts-expect-error a top-up needs a description
  await omi.tenants.topUp({ email, amount: 500_000 });
  return omi.tenants.topUp({ email, amount: 500_000, description: "The purpose of the top-up." });
}

export async function explain(error: unknown): Promise<string> {
  if (error instanceof ValidationError) return error.issues.map(({ field, code }) => `${field}: ${code}`).join();
  if (error instanceof OutcomeUnknownError) return (await error.reconcile()).outcome;
  return String(error);
}
