// Whose code a function of the core is, by its name.

const std = new Set(["core", "alloc", "std"]);
const primitives = /^(?:bool|char|str|f32|f64|[iu](?:8|16|32|64|128|size))$/;

/**
 * The name without what differs from build to build: hashes, the crates' numbers, the numbers of namesakes, and the marks
 * of wasm-bindgen's adapters.
 * @param {string} name as wasm-bindgen demangled it
 */
export const plainName = (name) =>
  name
    .replace(/ externref shim| multivalue shim/g, "")
    .replace(/\[\d+\]$/, "")
    .replace(/::h[0-9a-f]{16}\b/g, "")
    .replace(/\[[0-9a-f]{8,16}\]/g, "");

/** The part before a type or a closure, and of a function's path what is before the function. @param {string} path */
function moduleOf(path) {
  const segments = path.split("::");
  const end = segments.findIndex((segment) => !/^[a-z][a-z0-9_]*$/.test(segment));
  const typed = end >= 0 && !segments[end]?.startsWith("{");
  return segments.slice(0, typed ? end : (end < 0 ? segments.length : end) - 1);
}

/**
 * Crate and module. What is generic counts for what it is made for, as far as its name says it: the code that drops a
 * type for the type's own crate, an `impl` of a foreign trait for the type's.
 * @param {string} name a plain name
 * @returns {{ crate: string, module: string }}
 */
export function ownerOf(name) {
  if (/^(?:__wbg_)?core_\w+$/.test(name)) return { crate: "omicall_partner", module: "client" };
  if (/__(?:rdl|rust)_/.test(name)) return { crate: "allocator", module: "" };
  if (/^__(?:wbindgen|externref)|Externref$/.test(name)) return { crate: "wasm_bindgen", module: "" };
  const paths = name.match(/(?<![\w:])[a-z_]\w*(?:::(?:\w+|\{\{[\w.]+\}\}))+/g) ?? [];
  const path = paths.find((path) => !std.has(path.split("::")[0] ?? "")) ?? paths[0];
  if (!path) return { crate: name.split(/\W+/).some((word) => primitives.test(word)) ? "core" : "other", module: "" };
  const [crate = "other", ...module] = moduleOf(path);
  return { crate, module: crate === "omicall_partner" ? module.join("::") : "" };
}
