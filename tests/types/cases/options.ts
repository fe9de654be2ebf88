// The options of `connect` and of single calls.
import type {
  CallOptions,
  ClientEvent,
  ClientOptions,
  Language,
  PartnerClient,
  RequestOptions,
  TopUpOptions,
  WaitOptions,
  WasmSource,
} from "omicall-partner";
import type { ActivationProgress } from "omicall-partner";
import { connect } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<Language>().toEqualTypeOf<"en" | "vi">();
expectTypeOf<WasmSource>().toEqualTypeOf<string | URL | Request | Response | BufferSource | WebAssembly.Module>();

expectTypeOf<ClientOptions>().toEqualTypeOf<{
  baseUrl: string;
  token: string | (() => string | Promise<string>);
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  language?: Language | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  wasm?: WasmSource | undefined;
  onEvent?: ((event: ClientEvent) => void) | undefined;
  singleSend?: boolean | undefined;
}>();

interface EveryCall {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
}
interface OfTopUp extends EveryCall {
  recordBalance?: boolean | undefined;
}
interface OfWait extends EveryCall {
  deadlineMs?: number | undefined;
  intervalMs?: number | undefined;
  onProgress?: ((progress: ActivationProgress) => void) | undefined;
}
interface OfRequest extends EveryCall {
  query?: Record<string, string | number | boolean> | undefined;
  body?: unknown;
}
expectTypeOf<CallOptions>().toEqualTypeOf<EveryCall>();
expectTypeOf<TopUpOptions>().toEqualTypeOf<OfTopUp>();
expectTypeOf<WaitOptions>().toEqualTypeOf<OfWait>();
expectTypeOf<RequestOptions>().toEqualTypeOf<OfRequest>();

declare const omi: PartnerClient;
const must = { baseUrl: "", token: "" };
const { signal } = new AbortController();

// Every way to say it.
connect({ ...must, token: () => "" });
connect({ ...must, token: async () => "" });
connect({ ...must, language: "vi", singleSend: true, timeoutMs: 1, maxRetries: 0, fetch, onEvent: () => {} });
connect({ ...must, fetch: async () => new Response() });
connect({ ...must, onEvent: async (event) => expectTypeOf(event).toEqualTypeOf<ClientEvent>() });
connect({ ...must, wasm: undefined, timeoutMs: undefined, language: undefined, fetch: undefined, onEvent: undefined });
for (const wasm of ["", new URL(""), new Request(""), new Response(), new ArrayBuffer(1), new Uint8Array(1)]) {
  connect({ ...must, wasm });
}
omi.tenants.get("a", { signal, timeoutMs: undefined, maxRetries: 0 });
omi.tenants.topUp({ email: "", amount: 1, description: "" }, { signal: undefined, recordBalance: true });
omi.tenants.waitUntilActive("a", {
  deadlineMs: 1,
  intervalMs: 1,
  onProgress: (progress) => expectTypeOf(progress).toEqualTypeOf<ActivationProgress>(),
});
omi.request("GET", "/api/x", { query: { text: "", number: 1, flag: true }, signal });
omi.request("POST", "/api/x", { body: { anything: [1, "2", null] } });

// Missing.
// @ts-expect-error 2345|2741: baseUrl is required
connect({ token: "" });
// @ts-expect-error 2345|2741: token is required
connect({ baseUrl: "" });

// Another type.
// @ts-expect-error 2322: baseUrl is a text
connect({ ...must, baseUrl: new URL("https://a.example") });
// @ts-expect-error 2322: token is needed
connect({ ...must, token: undefined });
// @ts-expect-error 2322: a token is a text
connect({ ...must, token: () => 5 });
// @ts-expect-error 2322: also a promised one
connect({ ...must, token: async () => undefined });
// @ts-expect-error 2322: a promise is asked for by a function
connect({ ...must, token: Promise.resolve("") });
// @ts-expect-error 2322: timeoutMs is a number
connect({ ...must, timeoutMs: "1" });
// @ts-expect-error 2322: maxRetries is a number
connect({ ...must, maxRetries: true });
// @ts-expect-error 2322: there are two languages
connect({ ...must, language: "fr" });
// @ts-expect-error 2322: a fetch resolves to a Response
connect({ ...must, fetch: async () => ({ status: 200 }) });
// @ts-expect-error 2322: onEvent is a function
connect({ ...must, onEvent: "log" });
// @ts-expect-error 2322: onEvent is not told texts
connect({ ...must, onEvent: (event: string) => event });
// @ts-expect-error 2322: singleSend is a boolean
connect({ ...must, singleSend: 1 });
// @ts-expect-error 2345: signal is an AbortSignal
omi.tenants.get("a", { signal: new AbortController() } as { signal: AbortController });
// @ts-expect-error 2322: timeoutMs is a number
omi.tenants.get("a", { timeoutMs: "1" });
// @ts-expect-error 2322: maxRetries is a number
omi.tenants.list({}, { maxRetries: [] });
// @ts-expect-error 2322: recordBalance is a boolean
omi.tenants.topUp({ email: "", amount: 1, description: "" }, { recordBalance: "yes" });
// @ts-expect-error 2322: deadlineMs is a number
omi.tenants.waitUntilActive("a", { deadlineMs: new Date() });
// @ts-expect-error 2322: intervalMs is a number
omi.tenants.waitUntilActive("a", { intervalMs: "1" });
// @ts-expect-error 2322: onProgress is a function
omi.tenants.waitUntilActive("a", { onProgress: {} });
// @ts-expect-error 2322: query is an object
omi.request("GET", "/api/x", { query: "a=1" });
// @ts-expect-error 2322: not a list
omi.request("GET", "/api/x", { query: ["a"] });
// @ts-expect-error 2322: nor one that iterates
omi.request("GET", "/api/x", { query: new URLSearchParams() });
// @ts-expect-error 2322: of texts, numbers and booleans
omi.request("GET", "/api/x", { query: { a: null } });
// @ts-expect-error 2322: what is not there is left out
omi.request("GET", "/api/x", { query: { a: undefined } });

// Null, for each that may be left out.
// @ts-expect-error 2322: timeoutMs is not nullable
connect({ ...must, timeoutMs: null });
// @ts-expect-error 2322: maxRetries is not nullable
connect({ ...must, maxRetries: null });
// @ts-expect-error 2322: language is not nullable
connect({ ...must, language: null });
// @ts-expect-error 2322: fetch is not nullable
connect({ ...must, fetch: null });
// @ts-expect-error 2322: wasm is not nullable
connect({ ...must, wasm: null });
// @ts-expect-error 2322: onEvent is not nullable
connect({ ...must, onEvent: null });
// @ts-expect-error 2322: singleSend is not nullable
connect({ ...must, singleSend: null });
// @ts-expect-error 2322: signal is not nullable
omi.tenants.get("a", { signal: null });
// @ts-expect-error 2322: recordBalance is not nullable
omi.tenants.topUp({ email: "", amount: 1, description: "" }, { recordBalance: null });
// @ts-expect-error 2322: onProgress is not nullable
omi.tenants.waitUntilActive("a", { onProgress: null });
// @ts-expect-error 2322: query is not nullable
omi.request("GET", "/api/x", { query: null });

// Unknown.
// @ts-expect-error 2561: misspelt
connect({ ...must, baseURL: "" });
// @ts-expect-error 2561: no such option
omi.tenants.get("a", { timeout: 1 });
// @ts-expect-error 2353: no such option
omi.request("POST", "/api/x", { headers: {} });
