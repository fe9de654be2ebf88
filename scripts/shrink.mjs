// Makes the core that wasm-bindgen wrote as small as it can be, and its glue with it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root, runQuietly, Stop } from "./lib.mjs";
import { plainName } from "./owners.mjs";
import { renameExternals } from "./wasm.mjs";

const dir = join(root, "target", "core");
/** The core again, with the names of its functions: for the size report. */
export const namedFile = join(dir, "named.wasm");

/** One function less in line is some bytes less after compression; the rest is wasm-opt's own idea of small. */
const passes = ["-Oz", "--one-caller-inline-max-function-size=50", "--converge"];
const flags = [...passes, "--strip-producers", "--strip-target-features"];

/** Where panics end, and what tells of them on the way: functions, and modules with all that is in them. */
const panicking = new Set([
  ...["__rustc::rust_begin_unwind", "__rustc::rust_panic"],
  ...["core::option::unwrap_failed", "core::option::expect_failed", "core::result::unwrap_failed"],
  ...["core::cell::panic_already_borrowed", "core::cell::panic_already_mutably_borrowed"],
  ...["core::str::slice_error_fail", "core::str::slice_error_fail_rt", "core::slice::index::slice_index_fail"],
  ...["core::slice::copy_from_slice_impl::len_mismatch_fail", "core::cell::lazy::panic_poisoned"],
  ...["alloc::alloc::handle_alloc_error", "alloc::raw_vec::handle_error", "alloc::raw_vec::capacity_overflow"],
  "std::thread::local::panic_access_error",
]);
const panickingModules = /^<?(?:core|std)::panicking::/;
/** Putting values into words. */
const formatting = /^<.* as core::fmt::\w+>::|^<?core::fmt::|^<\w+>::_?fmt$/;

/** @param {string} name a plain name */
const panics = (name) => panicking.has(name) || panickingModules.test(name);

/**
 * Ends every panic at once, with the trap that it ends with anyway: nobody hears what it would say, and what says it weighs
 * more than the core's own rules. Nothing but panics may put values into words: src/text.rs has what the core needs.
 * @param {Uint8Array} core
 */
export async function trapPanics(core) {
  const { default: binaryen } = await import("binaryen");
  binaryen.setDebugInfo(true);
  const module = binaryen.readBinary(core);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  /** @type {Set<string>} */
  const formatters = new Set();
  let found = false;
  for (const { name, module: from, params, results } of functions) {
    const plain = plainName(name);
    const formats = formatting.test(plain);
    if (from || !(formats || panics(plain))) continue;
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
    if (formats) formatters.add(name);
    found ||= plain === "core::panicking::panic_fmt";
  }
  if (!found) {
    throw new Stop("The core has no function panic_fmt: see how panics are called now, in scripts/shrink.mjs.");
  }
  const users = usersOf(formatters, module.emitText());
  if (users.length > 0)
    throw new Stop(`Formatting has no place in the core (see src/text.rs), and is called by:\n${users.join("\n")}`);
  return module.emitBinary();
}

/** The functions that call one of these by name. @param {Set<string>} called @param {string} text of the module */
function usersOf(called, text) {
  /** @type {string[]} */
  const users = [];
  let current = "";
  for (const line of text.split("\n")) {
    const [, what, quoted, plain = quoted] = /\((func|call) \$(?:"([^"]*)"|([^\s()]+))/.exec(line) ?? [];
    if (plain === undefined) continue;
    if (what === "func") current = plain;
    else if (called.has(plain) && !called.has(current)) users.push(`  ${current} calls ${plain}`);
  }
  return users;
}

/**
 * Gives what the core takes from its glue and what only the glue knows of the core the shortest names there are. Those of
 * wasm-bindgen carry hashes, which nothing compresses.
 * @param {Uint8Array} core @param {string} glue
 */
function shortNames(core, glue) {
  const ownModule = "./omicall_partner_bg.js";
  /** @type {Map<string, string>} */
  const names = new Map();
  const short = (/** @type {string} */ name) => {
    const known = names.get(name) ?? names.size.toString(36);
    names.set(name, known);
    return known;
  };
  const isClosure = (/** @type {string} */ name) => /__invoke__h[0-9a-f]{16}$/.test(name);
  const renamed = renameExternals(core, {
    import: ({ module, name }) =>
      module === ownModule ? { module: "_", name: short(name) } : { module: short(module), name },
    export: (name) => (isClosure(name) ? short(name) : name),
  });
  const modules = /^( +)"(\.\/.+)": (import\d+),\n/gm;
  const keys = /^( {8})(__wb\w+): function\(/gm;
  const seen = new Set();
  const text = glue
    .replace(modules, (_, space, module, value) => {
      // The same module stands there once for each of its functions.
      const again = seen.has(module);
      seen.add(module);
      return again ? "" : `${space}"${module === ownModule ? "_" : short(module)}": ${value},\n`;
    })
    .replace(keys, (_, space, name) => `${space}"${short(name)}": function(`)
    .replace(/\bwasm\.(\w+__invoke__h[0-9a-f]{16})\b/g, (_, name) => `wasm[${JSON.stringify(short(name))}]`);
  const lost = [...names.keys()].filter((name) => text.includes(`"${name}": `) || text.includes(` ${name}: `));
  if (lost.length > 0)
    throw new Stop(`wasm-bindgen's glue has ${lost.join(", ")} in a form that scripts/shrink.mjs does not know.`);
  return { core: renamed, glue: text };
}

/**
 * Leaves of the ways to get the core into the page only the one that pkg/load.ts takes: it has a compiled module.
 * @param {string} glue
 */
function loadModulesOnly(glue) {
  const loader = /^async function __wbg_load\([^]*^export \{ initSync, __wbg_init as default \};\n/m;
  if (!loader.test(glue)) throw new Stop("wasm-bindgen's glue ends in a way that scripts/shrink.mjs does not know.");
  return glue.replace(
    loader,
    `async function __wbg_init({ module_or_path: module }) {
    return __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}

export { __wbg_init as default };
`,
  );
}

/** Wipes out where panics are in the sources: only their words would tell. @param {Uint8Array} core */
function wipePlaces(core) {
  const places = /(?:\/rustc\/[0-9a-f]{40}|cargo|rust|src)\/[\w./-]+\.rs(?=\0)/g;
  const text = Buffer.from(core).toString("latin1");
  return Buffer.from(
    text.replace(places, (place) => "\0".repeat(place.length)),
    "latin1",
  );
}

/**
 * Shrinks both where they are.
 * @param {string} wasmFile as wasm-bindgen wrote it, names included @param {string} glueFile its JavaScript
 */
export async function shrink(wasmFile, glueFile) {
  mkdirSync(dir, { recursive: true });
  const trapping = join(dir, "trapping.wasm");
  writeFileSync(trapping, wipePlaces(await trapPanics(readFileSync(wasmFile))));
  await runQuietly("Shrinking the core", "wasm-opt", [trapping, "-o", namedFile, ...flags, "-g"]);
  await runQuietly("Shrinking the core", "wasm-opt", [trapping, "-o", wasmFile, ...flags, "--strip-debug"]);
  const { core, glue } = shortNames(readFileSync(wasmFile), loadModulesOnly(readFileSync(glueFile, "utf8")));
  const machine = [homedir(), root].find((dir) => Buffer.from(core).includes(dir));
  if (machine) throw new Stop(`The core names a folder of this machine, ${machine}: see scripts/shrink.mjs.`);
  const module = new WebAssembly.Module(Uint8Array.from(core));
  const unknown = WebAssembly.Module.imports(module).filter(
    ({ module, name }) => module === "_" && !new RegExp(`^ {8}"${name}": function\\(`, "m").test(glue),
  );
  if (unknown.length > 0) throw new Stop(`The glue has no ${unknown.map(({ name }) => name).join(", ")}.`);
  writeFileSync(wasmFile, core);
  writeFileSync(glueFile, glue);
}
