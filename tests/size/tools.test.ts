// What the tools of the size report make of what they are given.
import binaryen from "binaryen";
import { describe, expect, test } from "vitest";
import { describeChange, hasGrown, otherTools, readRecord } from "../../scripts/budget.mjs";
import { insert } from "../../scripts/endpoints.mjs";
import type { Report } from "../../scripts/measure.mjs";
import { ownerOf, plainName } from "../../scripts/owners.mjs";
import { trapPanics } from "../../scripts/shrink.mjs";
import { functionsOf, renameExternals, sectionsOf } from "../../scripts/wasm.mjs";

describe("growth", () => {
  const before = readRecord();
  const grown = structuredClone(before);
  grown.total.brotli = Math.ceil(grown.total.brotli * 1.006);
  grown.sections.data!.raw += 3000;
  grown.crates.core! += 700;
  grown.functions["core::fmt::new_one"] = 700;

  test("beyond the tolerance is growth", () => {
    expect(hasGrown(before, grown)).toBe(true);
    expect(hasGrown(before, before)).toBe(false);
    expect(hasGrown(grown, before)).toBe(false);
  });

  test("is told by section, crate and function", () => {
    const text = describeChange(before, grown);
    expect(text).toMatch(/ {3}\+3,000 {2}data \([\d,]+ → [\d,]+\)/);
    expect(text).toMatch(/ {5}\+700 {2}core \([\d,]+ → [\d,]+\)/);
    expect(text).toContain("     +700  core::fmt::new_one (new)");
    expect(describeChange(grown, before)).toContain("     -700  core::fmt::new_one (gone)");
  });

  test("is not told where other tools are at work", () => {
    const other: Report = { ...before, versions: { ...before.versions, rustc: "2.0.0", node: "99.0.0" } };
    expect(otherTools(before, other)).toEqual([`rustc 2.0.0 (the record: ${before.versions.rustc})`]);
  });
});

describe("names", () => {
  test.each([
    [
      "omicall_partner::call::send::Connection::attempt::{{closure}}::h3855b22e320f1969",
      "omicall_partner",
      "call::send",
    ],
    ["omicall_partner::tenants::list::next::{{closure}}::hf968a0c6e5653c21", "omicall_partner", "tenants::list"],
    ["<omicall_partner::error::Fault as core::clone::Clone>::clone::h74ad9a08d882d2ed", "omicall_partner", "error"],
    [
      "core::ptr::drop_in_place<alloc::rc::Rc<omicall_partner::call::turn::Lock>>::h2333802f17d3eca6",
      "omicall_partner",
      "call::turn",
    ],
    ["core_new externref shim multivalue shim", "omicall_partner", "client"],
    [
      "<dlmalloc[e24a27700634d609]::dlmalloc::Dlmalloc<dlmalloc[e24a27700634d609]::sys::System>>::malloc",
      "dlmalloc",
      "",
    ],
    ["__rustc[b7974e8690430dd9]::__rdl_realloc", "allocator", ""],
    ["<alloc[3ca501edff3f0c7c]::string::String as core[c5930c85a12de822]::fmt::Write>::write_char[1]", "alloc", ""],
    ["<alloc[3ca501edff3f0c7c]::raw_vec::RawVecInner<_>>::reserve::do_reserve_and_handle", "alloc", ""],
    ["<gloo_net::http::request::Request as core::convert::TryFrom<T>>::try_from::h2dd0006398828c6d", "gloo_net", ""],
    ["<char>::is_whitespace", "core", ""],
    ["memcmp", "other", ""],
  ])("%s", (name, crate, module) => {
    expect(ownerOf(plainName(name))).toEqual({ crate, module });
  });

  test("lose what differs from build to build", () => {
    expect(plainName("a::b::{{closure}}::h3855b22e320f1969")).toBe("a::b::{{closure}}");
    expect(plainName("<a[3ca501edff3f0c7c]::B>::c[2]")).toBe("<a::B>::c");
  });
});

test("sections and functions of a small module", () => {
  const type = [1, 4, 1, 0x60, 0, 0];
  const twoFunctions = [3, 3, 2, 0, 0];
  const code = [10, 8, 2, 2, 0, 0x0b, 3, 0, 0x01, 0x0b];
  const names = [0, 14, 4, ...Buffer.from("name"), 1, 7, 2, 0, 1, ...Buffer.from("a"), 1, 1, ...Buffer.from("b")];
  const module = Uint8Array.from([0, ...Buffer.from("asm"), 1, 0, 0, 0, ...type, ...twoFunctions, ...code, ...names]);
  expect(sectionsOf(module).map(({ name, start, end }) => [name, end - start])).toEqual([
    ["type", 6],
    ["function", 5],
    ["code", 10],
    ['custom "name"', 16],
  ]);
  expect(functionsOf(module)).toEqual([
    { name: "a", size: 3 },
    { name: "b", size: 4 },
  ]);
});

describe("what the build does to the core", () => {
  const binary = (text: string) => binaryen.parseText(text).emitBinary();
  const run = async (bytes: Uint8Array, imports: WebAssembly.Imports) =>
    (await WebAssembly.instantiate(Uint8Array.from(bytes), imports)).instance.exports as Record<string, () => number>;

  test("what it imports and exports gets other names, and is the same", async () => {
    const bytes = binary(`(module
      (import "from" "a long name" (func $a (param i32) (result i32)))
      (import "from" "memory" (memory 1))
      (func (export "go") (result i32) (call $a (i32.const 7)))
      (func (export "stay") (result i32) (i32.const 300)))`);
    const renamed = renameExternals(bytes, {
      import: ({ name }) => ({ module: "m".repeat(200), name: name === "memory" ? name : "b" }),
      export: (name) => (name === "go" ? "g" : name),
    });
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { g, stay, go } = await run(renamed, { ["m".repeat(200)]: { b: (n: number) => n * 6, memory } });
    expect([g?.(), stay?.(), go]).toEqual([42, 300, undefined]);
  });

  const panic = `(func $core::panicking::panic_fmt (call $say))`;

  test("a panic traps before it says anything, and nothing else changes", async () => {
    binaryen.setDebugInfo(true);
    const bytes = binary(`(module
      (import "page" "say" (func $say))
      ${panic}
      (func $own::code (export "fine") (result i32) (i32.const 5))
      (func $own::panic_fmt (export "mine") (result i32) (i32.const 6))
      (func (export "panics") (call $core::panicking::panic_fmt)))`);
    let said = 0;
    const { fine, mine, panics } = await run(await trapPanics(bytes), { page: { say: () => void said++ } });
    expect([fine?.(), mine?.()]).toEqual([5, 6]);
    expect(() => panics?.()).toThrow(WebAssembly.RuntimeError);
    expect(said).toBe(0);
  });

  test("putting values into words is refused, unless a panic does it", async () => {
    binaryen.setDebugInfo(true);
    const module = (caller: string) =>
      binary(`(module (import "page" "say" (func $say)) ${panic}
        (func $core::fmt::write (call $say))
        (func ${caller} (export "x") (call $core::fmt::write)))`);
    await expect(trapPanics(module("$own::code"))).rejects.toThrow("own::code calls core::fmt::write");
    await expect(trapPanics(module("$std::panicking::begin"))).resolves.toBeInstanceOf(Uint8Array);
  });

  test("a core whose panics are called otherwise is refused", async () => {
    await expect(trapPanics(binary("(module)"))).rejects.toThrow("no function panic_fmt");
  });
});

describe("pieces", () => {
  const source = "one\n  two\nthree\n";

  test("go where they say", () => {
    const pieces = "//@ before   two\nA\n\n//@ after three\nB\n//@ instead one\nC\n";
    expect(insert(source, pieces, "it")).toBe("C\nA\n\n  two\nthree\nB\n");
  });

  test.each([
    ["//@ before two\nA\n", "it puts a piece at a line that is gone from the sources"],
    ["//@ before one\nA\n", "it puts a piece at a line that is in the sources more than once"],
    ["A\n", "it must begin with"],
    ["//@ below one\nA\n", "it has a piece whose first line is not"],
  ])("are refused where that is not clear: %j", (pieces, message) => {
    expect(() => insert(`${source}one\n`, pieces, "it")).toThrow(message);
  });
});
