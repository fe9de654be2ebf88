// The package's size limits, which are in package.json, and the step of the build that removes the code of panic messages.
import binaryen from "binaryen";
import { describe, expect, test } from "vitest";
import { run } from "../../scripts/lib.mjs";
import { trapPanics } from "../../scripts/panics.mjs";

const { output } = await run("size-limit", ["--json"]);
const limits = JSON.parse(output) as { name: string; size: number; sizeLimit: number }[];

test.each(limits)("$name", ({ size, sizeLimit }) => {
  expect(size, "bytes, brotli").toBeLessThanOrEqual(sizeLimit);
});

describe("the functions that start a panic", () => {
  const start = async (text: string) => {
    binaryen.setDebugInfo(true);
    let calls = 0;
    const page = { log: () => void calls++ };
    const bytes = trapPanics(binaryen.parseText(`(module (import "page" "log" (func $log)) ${text})`).emitBinary());
    const { instance } = await WebAssembly.instantiate(Uint8Array.from(bytes), { page });
    return { exports: instance.exports as Record<string, () => unknown>, calls: () => calls };
  };
  const panicFmt = "(func $core::panicking::panic_fmt (call $log))";

  test.each([
    "core[c5930c85a12de822]::panicking::panic_fmt",
    "core[c5930c85a12de822]::panicking::panic_const::panic_const_async_fn_resumed",
    "core::option::unwrap_failed::h3855b22e320f1969",
    "core[c5930c85a12de822]::str::slice_error_fail_rt",
    "alloc[3ca501edff3f0c7c]::raw_vec::handle_error",
    "alloc[3ca501edff3f0c7c]::raw_vec::capacity_overflow[1]",
    "std[a543996e6e7dbf1e]::thread::local::panic_access_error",
  ])("%s traps", async (name) => {
    const others = name.endsWith("panic_fmt") ? "" : panicFmt;
    const { exports, calls } = await start(`${others} (func $"${name}" (export "call") (call $log))`);
    expect(exports["call"]).toThrow(WebAssembly.RuntimeError);
    expect(calls()).toBe(0);
  });

  test.each([
    "core[c5930c85a12de822]::fmt::write",
    "omicall_partner::panicking::panic_fmt",
    "<core::panicking::X as core::fmt::Display>::fmt",
    "std[a543996e6e7dbf1e]::panicking::catch_unwind::do_call",
    "wasm_bindgen::__rt::maybe_catch_unwind::h3855b22e320f1969",
  ])("%s is none of them", async (name) => {
    const { exports, calls } = await start(`${panicFmt} (func $"${name}" (export "call") (call $log))`);
    exports["call"]?.();
    expect(calls()).toBe(1);
  });

  test("have other names in a new version of Rust: the build fails", async () => {
    await expect(start("")).rejects.toThrow("no function core::panicking::panic_fmt");
  });
});
