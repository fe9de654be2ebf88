import binaryen from "binaryen";
import { CliError } from "./lib.mjs";

/** The functions of Rust's standard library that start a panic, by their paths without hashes. None of them returns. */
const panicking =
  /^(core|alloc|std)::(\w+::)+(panic|panic_\w+|\w+_fail(ed|_rt)?|handle_(alloc_)?error|capacity_overflow)$/;

/**
 * Replaces the bodies of those functions by a trap. A panic of the core ends in a trap anyway (`panic = "abort"`), and nothing
 * in a browser shows its message, but the code that formats it is about 1,500 B of the package. Rust's setting for this,
 * `panic = "immediate-abort"`, needs a nightly compiler.
 * @param {Uint8Array} core with the names of its functions
 */
export function trapPanics(core) {
  binaryen.setDebugInfo(true);
  const module = binaryen.readBinary(core);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  let found = false;
  for (const { name, module: importedFrom, params, results } of functions) {
    const path = name.replace(/\[[0-9a-f]+\]|::h[0-9a-f]{16}$/g, "");
    if (importedFrom || !panicking.test(path)) continue;
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
    found ||= path === "core::panicking::panic_fmt";
  }
  if (!found) throw new CliError("The core has no function core::panicking::panic_fmt: adapt scripts/panics.mjs.");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
