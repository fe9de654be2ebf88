// The core is loaded once per copy of the package, so each load error needs its own copy.
import { afterEach, expect, inject, test, vi } from "vitest";
import { isPartnerError } from "omicall-partner";
import type { ClientOptions } from "omicall-partner";
import { mismatches } from "./shapes.ts";

const types = inject("types");

afterEach(() => vi.unstubAllGlobals());

const rejecting = (message: string) => ({
  ...WebAssembly,
  Module: WebAssembly.Module,
  compile: () => Promise.reject(new Error(message)),
});
const blocked = rejecting("unsafe-eval");
/** What V8 says in Cloudflare Workers. */
const forbidden = rejecting("WebAssembly.compile(): Wasm code generation disallowed by embedder");

test.for<[code: string, wasm: ClientOptions["wasm"], core?: object | undefined]>([
  ["wasm_not_found", new URL("./missing.wasm", import.meta.url)],
  ["wasm_invalid", new Uint8Array([1, 2, 3])],
  ["wasm_unsupported", undefined, undefined],
  ["wasm_blocked_by_csp", new Uint8Array([1, 2, 3]), blocked],
  ["wasm_blocked_by_csp", undefined, forbidden],
])("LoadError %s", async ([code, wasm, ...core]) => {
  vi.resetModules();
  const copy = await import("omicall-partner");
  if (core.length > 0) vi.stubGlobal("WebAssembly", core[0]);
  const error = await copy.connect({ baseUrl: "https://a.example", token: "t", wasm }).catch((error: unknown) => error);
  if (!(error instanceof copy.LoadError)) throw error;
  expect(error).toMatchObject({ name: "LoadError", code, attempts: 0, retryable: code !== "wasm_unsupported" });
  expect(mismatches(types, { is: "type", name: "LoadError" }, error)).toEqual([]);
  // An error of another copy of the package counts as an error of the package.
  expect(isPartnerError(error)).toBe(true);
  expect(mismatches(types, { is: "type", name: "AnyPartnerError" }, error)).toEqual([]);
});

test.for<[what: string, core: object | undefined, en: string[], vi: string[]]>([
  ["is switched off", undefined, ["switched off", "Lockdown Mode", "Edge"], ["đang bị tắt", "Lockdown Mode", "Edge"]],
  ["may not be compiled", forbidden, ["Cloudflare Workers", "wasm option"], ["Cloudflare Workers", "tùy chọn wasm"]],
])("where WebAssembly %s, the message says so", async ([, core, ...words]) => {
  for (const [index, language] of (["en", "vi"] as const).entries()) {
    vi.resetModules();
    const { connect } = await import("omicall-partner");
    vi.stubGlobal("WebAssembly", core);
    const { message } = await connect({ baseUrl: "https://a.example", token: "t", language }).then(
      () => expect.unreachable("connected"),
      (error: Error) => error,
    );
    vi.unstubAllGlobals();
    for (const word of words[index] ?? []) expect(message).toContain(word);
  }
});
