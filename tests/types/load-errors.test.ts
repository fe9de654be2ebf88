// The core is loaded once, so each of its failures has a copy of the package to itself.
import { afterEach, expect, inject, test, vi } from "vitest";
import { isPartnerError } from "omicall-partner";
import type { ClientOptions } from "omicall-partner";
import { faults } from "./shapes.ts";

const types = inject("types");

afterEach(() => vi.unstubAllGlobals());

const blocked = { ...WebAssembly, Module: WebAssembly.Module, compile: () => Promise.reject(new Error("unsafe-eval")) };

test.for<[code: string, wasm: ClientOptions["wasm"], core?: object | undefined]>([
  ["wasm_not_found", new URL("./nowhere.wasm", import.meta.url)],
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
  expect(faults(types, { is: "type", name: "LoadError" }, error)).toEqual([]);
  // An error of another copy of the package is one of the package all the same.
  expect(isPartnerError(error)).toBe(true);
  expect(faults(types, { is: "type", name: "AnyPartnerError" }, error)).toEqual([]);
});
