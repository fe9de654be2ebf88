// A program that uses nothing but the language.
import { connect, isPartnerError, OutcomeUnknownError, PartnerError, ValidationError } from "omicall-partner";
import type { ClientOptions, PartnerClient, Tenant, TenantPage, TenantSummary, WasmSource } from "omicall-partner";

export async function run(token: () => Promise<string>): Promise<number> {
  const wasm: WasmSource[] = ["omicall_partner_bg.wasm", new ArrayBuffer(8), new Uint8Array(8)];
  const options: ClientOptions = { baseUrl: "https://api.example.com", token, language: "vi", wasm: wasm[0] };
  const omi: PartnerClient = await connect(options);
  const page: TenantPage = await omi.tenants.list({ size: 20 });
  const all: TenantSummary[] = [];
  for await (const tenant of omi.tenants.list()) all.push(tenant);
  for await (const { items } of omi.tenants.list().pages()) all.push(...items);
  const [first] = await Promise.all([omi.tenants.list().catch(() => page), omi.tenants.list()]);
  const tenant: Tenant = await omi.tenants.get(first.items[0]?.id ?? "", { timeoutMs: 1_000, signal: undefined });
  // @ts-expect-error a balance is no string
  const balance: string | null | undefined = tenant.balance;
  try {
    await omi.tenants.topUp({ email: "", amount: 500_000, description: "" }, { recordBalance: true });
  } catch (error) {
    if (error instanceof ValidationError) return error.issues.length;
    if (error instanceof OutcomeUnknownError) return (await error.reconcile()).outcome === "applied" ? 1 : 0;
    if (isPartnerError(error) && error.name === "RateLimitError") return error.retryAfterMs ?? 0;
    if (error instanceof PartnerError) return error.attempts;
  }
  omi[Symbol.dispose]();
  return all.length + (balance ?? "").length;
}
