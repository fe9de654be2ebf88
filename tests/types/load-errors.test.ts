// The core is loaded once per copy of the package, so each load error needs its own copy.
import { afterEach, expect, inject, test, vi } from "vitest";
import { isPartnerError } from "omicall-partner";
import type { ClientOptions } from "omicall-partner";
import { mismatches } from "./shapes.ts";

const types = inject("types");

afterEach(() => vi.unstubAllGlobals());

const blocked = { ...WebAssembly, Module: WebAssembly.Module, compile: () => Promise.reject(new Error("unsafe-eval")) };

test.for<[code: string, wasm: ClientOptions["wasm"], core?: object | undefined]>([
  ["wasm_not_found", new URL("./missing.wasm", import.meta.url)],
  ["wasm_invalid", new Uint8Array([1, 2, 3])],
  ["wasm_unsupported", undefined, undefined],
  ["wasm_blocked_by_csp", new Uint8Array([1, 2, 3]), blocked],
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
