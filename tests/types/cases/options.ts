// The options of `connect` and of single calls.
import type {
  AuthenticateOptions,
  CallOptions,
  ClientEvent,
  ClientOptions,
  Language,
  PartnerClient,
  RequestOptions,
  ListOptions,
  PurchaseOptions,
  TopUpOptions,
  WaitOptions,
  WasmSource,
} from "omicall-partner";
import type { ActivationProgress } from "omicall-partner";
import { connect } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<Language>().toEqualTypeOf<"en" | "vi">();
expectTypeOf<WasmSource>().toEqualTypeOf<
  string | URL | Request | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module
>();

expectTypeOf<ClientOptions>().toEqualTypeOf<{
  baseUrl: string;
  token: string | (() => string | Promise<string>);
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  language?: Language | undefined;
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  credentials?: "omit" | "same-origin" | "include" | undefined;
  dangerouslyAllowCrossOriginCookies?: boolean | undefined;
  wasm?: WasmSource | undefined;
  onEvent?: ((event: ClientEvent) => void) | undefined;
  singleSend?: boolean | undefined;
}>();

interface CommonOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
}
interface ListSpecific extends CommonOptions {
  prefetch?: number | undefined;
}
interface TopUpSpecific extends CommonOptions {
  recordBalance?: boolean | undefined;
}
interface PurchaseSpecific extends CommonOptions {
  recordEvidence?: boolean | undefined;
}
interface WaitSpecific extends CommonOptions {
  deadlineMs?: number | undefined;
  intervalMs?: number | undefined;
  onProgress?: ((progress: ActivationProgress) => void) | undefined;
}
interface RequestSpecific extends CommonOptions {
  query?: Record<string, string | number | boolean> | undefined;
  body?: unknown;
}
interface AuthenticateSpecific extends CommonOptions {
  baseUrl: string;
  apiKey: string;
  dangerouslyAllowBrowser?: boolean | undefined;
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  language?: Language | undefined;
  wasm?: WasmSource | undefined;
}
expectTypeOf<AuthenticateOptions>().toEqualTypeOf<AuthenticateSpecific>();
expectTypeOf<CallOptions>().toEqualTypeOf<CommonOptions>();
expectTypeOf<ListOptions>().toEqualTypeOf<ListSpecific>();
expectTypeOf<TopUpOptions>().toEqualTypeOf<TopUpSpecific>();
expectTypeOf<PurchaseOptions>().toEqualTypeOf<PurchaseSpecific>();
expectTypeOf<WaitOptions>().toEqualTypeOf<WaitSpecific>();
expectTypeOf<RequestOptions>().toEqualTypeOf<RequestSpecific>();

declare const omi: PartnerClient;
const required = { baseUrl: "", token: "" };
const { signal } = new AbortController();

// Valid options.
connect({ ...required, token: () => "" });
connect({ ...required, token: async () => "" });
connect({ ...required, language: "vi", singleSend: true, timeoutMs: 1, maxRetries: 0, fetch, onEvent: () => {} });
connect({ ...required, fetch: async () => new Response() });
connect({ ...required, fetch: globalThis.fetch });
connect({ ...required, fetch: (...args: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...args) });
connect({ ...required, fetch: (url, init) => globalThis.fetch(url, { ...init, keepalive: true }) });
connect({
  ...required,
  fetch: (url, init) => globalThis.fetch(url, { ...init, headers: { ...init.headers, "x-trace": "id" } }),
});
connect({ ...required, credentials: "omit" });
connect({ ...required, credentials: "same-origin" });
connect({ ...required, credentials: "include", dangerouslyAllowCrossOriginCookies: true });
connect({ ...required, credentials: undefined, dangerouslyAllowCrossOriginCookies: undefined });
connect({ ...required, onEvent: async (event) => expectTypeOf(event).toEqualTypeOf<ClientEvent>() });
connect({
  ...required,
  wasm: undefined,
  timeoutMs: undefined,
  language: undefined,
  fetch: undefined,
  onEvent: undefined,
});
for (const wasm of ["", new URL(""), new Request(""), new Response(), new ArrayBuffer(1), new Uint8Array(1)]) {
  connect({ ...required, wasm });
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

// Missing options.
// @ts-expect-error 2345|2741: baseUrl is required
connect({ token: "" });
// @ts-expect-error 2345|2741: token is required
connect({ baseUrl: "" });

// Options of a wrong type.
// @ts-expect-error 2322: baseUrl is a string
connect({ ...required, baseUrl: new URL("https://a.example") });
// @ts-expect-error 2322: token is required
connect({ ...required, token: undefined });
// @ts-expect-error 2322: a token is a string
connect({ ...required, token: () => 5 });
// @ts-expect-error 2322: a promised token is a string too
connect({ ...required, token: async () => undefined });
// @ts-expect-error 2322: a promise must be returned by a function
connect({ ...required, token: Promise.resolve("") });
// @ts-expect-error 2322: timeoutMs is a number
connect({ ...required, timeoutMs: "1" });
// @ts-expect-error 2322: maxRetries is a number
connect({ ...required, maxRetries: true });
// @ts-expect-error 2322: only "en" and "vi" exist
connect({ ...required, language: "fr" });
// @ts-expect-error 2322: a fetch resolves to a Response
connect({ ...required, fetch: async () => ({ status: 200 }) });
// @ts-expect-error 2322: credentials is one of three values
connect({ ...required, credentials: "always" });
// @ts-expect-error 2322: credentials is no boolean
connect({ ...required, credentials: true });
// @ts-expect-error 2322: dangerouslyAllowCrossOriginCookies is a boolean
connect({ ...required, dangerouslyAllowCrossOriginCookies: "yes" });
// @ts-expect-error 2322: onEvent is a function
connect({ ...required, onEvent: "log" });
// @ts-expect-error 2322: onEvent receives no string
connect({ ...required, onEvent: (event: string) => event });
// @ts-expect-error 2322: singleSend is a boolean
connect({ ...required, singleSend: 1 });
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
// @ts-expect-error 2322: query is not an array
omi.request("GET", "/api/x", { query: ["a"] });
// @ts-expect-error 2322: query is not an iterable
omi.request("GET", "/api/x", { query: new URLSearchParams() });
// @ts-expect-error 2322: query values are strings, numbers and booleans
omi.request("GET", "/api/x", { query: { a: null } });
// @ts-expect-error 2322: an absent query value is omitted
omi.request("GET", "/api/x", { query: { a: undefined } });

// Null for each optional option.
// @ts-expect-error 2322: timeoutMs is not nullable
connect({ ...required, timeoutMs: null });
// @ts-expect-error 2322: maxRetries is not nullable
connect({ ...required, maxRetries: null });
// @ts-expect-error 2322: language is not nullable
connect({ ...required, language: null });
// @ts-expect-error 2322: fetch is not nullable
connect({ ...required, fetch: null });
// @ts-expect-error 2322: credentials is not nullable
connect({ ...required, credentials: null });
// @ts-expect-error 2322: dangerouslyAllowCrossOriginCookies is not nullable
connect({ ...required, dangerouslyAllowCrossOriginCookies: null });
// @ts-expect-error 2322: wasm is not nullable
connect({ ...required, wasm: null });
// @ts-expect-error 2322: onEvent is not nullable
connect({ ...required, onEvent: null });
// @ts-expect-error 2322: singleSend is not nullable
connect({ ...required, singleSend: null });
// @ts-expect-error 2322: signal is not nullable
omi.tenants.get("a", { signal: null });
// @ts-expect-error 2322: recordBalance is not nullable
omi.tenants.topUp({ email: "", amount: 1, description: "" }, { recordBalance: null });
// @ts-expect-error 2322: onProgress is not nullable
omi.tenants.waitUntilActive("a", { onProgress: null });
// @ts-expect-error 2322: query is not nullable
omi.request("GET", "/api/x", { query: null });

// Unknown options.
// @ts-expect-error 2561: misspelled
connect({ ...required, baseURL: "" });
// @ts-expect-error 2561: no such option
omi.tenants.get("a", { timeout: 1 });
// @ts-expect-error 2353: no such option
omi.request("POST", "/api/x", { headers: {} });
