// A program for platforms with `fetch`.
import { connect } from "omicall-partner";
import type { ClientOptions, WasmSource } from "omicall-partner";

const options: ClientOptions = { baseUrl: "https://api.example.com", token: "token" };

export async function run(signal: AbortSignal, request: Request, response: Response): Promise<void> {
  await connect({ ...options, fetch });
  await connect({ ...options, fetch: async () => new Response("{}") });
  await connect({ ...options, fetch: (url: string, init: RequestInit) => fetch(url, init) });
  const trace = { "x-trace-id": "1" };
  const traced: ClientOptions["fetch"] = (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...trace } });
  const wasm: WasmSource[] = [new URL("file:///core.wasm"), request, response];
  const omi = await connect({ ...options, fetch: traced, wasm: wasm[0] });
  await omi.tenants.get("id", { signal });
  await omi.tenants.get("id", { signal: AbortSignal.timeout(1_000) });
  // @ts-expect-error a controller is no signal
  await omi.tenants.get("id", { signal: new AbortController() });
  // @ts-expect-error a response has more than a status
  await connect({ ...options, fetch: async () => ({ status: 200 }) });
}
