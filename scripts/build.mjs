// Builds the npm package in pkg/: pkg/wasm (the core, by wasm-pack) and pkg/dist (the facade and its types).
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import { capture, env, main, packed, root, runQuietly, seconds, Stop } from "./lib.mjs";
import { setup } from "./setup.mjs";
import { shrink } from "./shrink.mjs";

export const pkg = join(root, "pkg");
export const wasmFile = join(pkg, "wasm", "omicall_partner_bg.wasm");
export const jsFile = join(pkg, "dist", "index.js");
const embeddedFile = join(pkg, "dist", "embedded.js");
const typesFile = join(pkg, "dist", "index.d.ts");
/** The package's public surface as text: committed, so that a change of it shows in a diff. */
const apiReport = join(pkg, "omicall-partner.api.md");
const freshApiReport = join(root, "target", "api", basename(apiReport));
const stampFile = join(root, "target", "package-build.json");
/** How the bundle must refer to the WebAssembly file, for bundlers to find it. */
const wasmUrl = 'new URL("../wasm/omicall_partner_bg.wasm", import.meta.url)';

const sources = ["index.ts", "load.ts", "errors.ts", "embedded.d.ts"];

/** All files below a folder. @param {string} dir @returns {string[]} */
export const filesIn = (dir) =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];

/** @param {string[]} files @param {string} [more] */
export function hash(files, more = "") {
  const sum = createHash("sha256").update(more);
  for (const file of files)
    sum.update(`\0${relative(root, file)}\0`).update(existsSync(file) ? readFileSync(file) : "missing");
  return sum.digest("hex");
}

const inputs = () =>
  hash(
    [
      ...filesIn(join(root, "src")),
      ...[
        "Cargo.toml",
        "Cargo.lock",
        "package-lock.json",
        "scripts/build.mjs",
        "scripts/shrink.mjs",
        "scripts/wasm.mjs",
        "scripts/owners.mjs",
      ].map((file) => join(root, file)),
      ...sources.map((file) => join(pkg, file)),
      ...["package.json", "tsconfig.json"].map((file) => join(pkg, file)),
    ],
    capture("rustc", "--version"),
  );
const outputs = () => hash([...filesIn(join(pkg, "wasm")), ...filesIn(join(pkg, "dist")), freshApiReport]);

/** Writes into the core which one it is, for the facade to know its own. */
function stamp() {
  const core = readFileSync(wasmFile);
  const id = createHash("sha256").update(core).digest("hex").slice(0, 16);
  const name = "core-id";
  // A custom section; all lengths are below 128, and so are a byte each.
  const section = Buffer.from([name.length, ...Buffer.from(name + id)]);
  writeFileSync(wasmFile, Buffer.concat([core, Buffer.from([0, section.length]), section]));
  return id;
}

/** @param {string} id of the core */
async function bundle(id) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(pkg, "index.ts")],
    outfile: jsFile,
    bundle: true,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    define: { CORE_ID: JSON.stringify(id) },
    // A file of its own, which is only loaded where the .wasm file is not to be had.
    external: ["./embedded.js"],
    logLevel: "warning",
  }).catch(() => {
    throw new Stop("Bundling pkg/index.ts failed; what is wrong is said above.");
  });
  const core = deflateRawSync(readFileSync(wasmFile), { level: 9 }).toString("base64");
  writeFileSync(embeddedFile, `export default "${core}";\n`);
  const code = readFileSync(jsFile, "utf8");
  if (!code.includes(wasmUrl)) throw new Stop(`pkg/dist/index.js does not contain ${wasmUrl}: see pkg/index.ts.`);
  if (/new URL\(["']omicall_partner_bg\.wasm["']/.test(code)) {
    throw new Stop(
      "wasm-bindgen's own URL of the .wasm file is in the bundle: set omit-default-module-path in Cargo.toml.",
    );
  }
}

/** Makes one file of the facade's types and the generated ones, with what is public and nothing else, and the report. */
async function types() {
  const tsc = join("node_modules", ".bin", "tsc");
  const parts = join(root, "target", "api", "parts");
  rmSync(dirname(parts), { recursive: true, force: true });
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", parts];
  await runQuietly("Making the types of pkg/index.ts", tsc, ["-p", pkg, ...emit]);
  cpSync(join(pkg, "wasm", "omicall_partner.d.ts"), join(parts, "wasm", "omicall_partner.d.ts"));

  const { Extractor, ExtractorConfig, ExtractorLogLevel } = await import("@microsoft/api-extractor");
  const { Error: error, None: none } = ExtractorLogLevel;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(pkg, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(parts, "index.d.ts"),
      compiler: { tsconfigFilePath: join(pkg, "tsconfig.json") },
      dtsRollup: { enabled: true, untrimmedFilePath: typesFile },
      apiReport: {
        enabled: true,
        reportFileName: basename(apiReport, ".api.md"),
        reportFolder: dirname(freshApiReport),
        reportTempFolder: dirname(freshApiReport),
      },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: error } },
        extractorMessageReporting: {
          default: { logLevel: error },
          "ae-missing-release-tag": { logLevel: none },
        },
        tsdocMessageReporting: { default: { logLevel: error } },
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === error) console.error(message.formatMessageWithLocation(root));
    },
  });
  if (!succeeded) throw new Stop("Making pkg/dist/index.d.ts failed; what is wrong is said above.");
  const { format, resolveConfig } = await import("prettier");
  const text = readFileSync(typesFile, "utf8");
  writeFileSync(typesFile, await format(text, { ...(await resolveConfig(typesFile)), filepath: typesFile }));
  await runQuietly("Checking pkg/dist/index.d.ts", tsc, [
    ...["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"],
    ...["--module", "esnext", "--moduleResolution", "bundler", "--types", "", typesFile],
  ]);
}

function check() {
  const wasmFiles = filesIn(pkg).filter((file) => file.endsWith(".wasm") && !file.includes("node_modules"));
  if (wasmFiles.length !== 1)
    throw new Stop(`pkg/ must hold exactly one .wasm file and holds: ${wasmFiles.join(", ")}.`);
  const module = new WebAssembly.Module(readFileSync(wasmFile));
  if (WebAssembly.Module.customSections(module, "name").length > 0) {
    throw new Stop(
      "The .wasm file still has its debugging names (the custom section `name`): wasm-opt did not strip it.",
    );
  }
}

/** How large a server sends it. @param {Uint8Array} bytes */
export const brotli = (bytes) => packed(bytes).length;

function printSizes() {
  for (const file of [wasmFile, jsFile]) {
    const bytes = readFileSync(file);
    const number = (/** @type {number} */ n) => n.toLocaleString("en").padStart(9);
    console.log(
      `  ${file.slice(root.length + 1).padEnd(34)} ${number(bytes.length)} B, brotli ${number(brotli(bytes))} B`,
    );
  }
}

/** Whether the package was built from these inputs and is as it was built. */
export function packageIsCurrent(from = inputs()) {
  const stamp = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, "utf8")) : {};
  return stamp.inputs === from && stamp.outputs === outputs();
}

/** The environment of a build that says nothing of the machine's folders: the same sources give the same bytes. */
function withoutPaths() {
  const { CARGO_HOME = join(homedir(), ".cargo"), RUSTFLAGS, CARGO_ENCODED_RUSTFLAGS = "" } = env;
  const registry = join(CARGO_HOME, "registry", "src");
  const registries = existsSync(registry) ? readdirSync(registry).map((name) => join(registry, name)) : [];
  // With rust-src installed, rustc names the standard library's sources where they are, and else by its commit.
  const std = join(capture("rustc", "--print", "sysroot") ?? "", "lib", "rustlib", "src", "rust");
  const commit = capture("rustc", "-vV")?.match(/^commit-hash: (\w+)$/m)?.[1];
  const places = [...[CARGO_HOME, root, ...registries].map((dir) => [dir, "cargo"]), [std, `/rustc/${commit}`]];
  // The last one that fits is taken: the longer ones come last.
  const remapped = places.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  const users = CARGO_ENCODED_RUSTFLAGS ? CARGO_ENCODED_RUSTFLAGS.split("\x1f") : (RUSTFLAGS?.split(" ") ?? []);
  return { ...env, CARGO_ENCODED_RUSTFLAGS: [...users.filter(Boolean), ...remapped].join("\x1f") };
}

/** Builds the package unless it was built from the same inputs; needs a set up machine. */
export async function buildPackage() {
  const begun = performance.now();
  if (!existsSync(join(pkg, "index.ts"))) throw new Stop("pkg/index.ts is missing, so there is no package to build.");
  const from = inputs();
  if (packageIsCurrent(from)) {
    console.log("The package is built already, and nothing that it is made of has changed.");
    return;
  }
  console.log("Building the package in pkg/ ...");
  for (const dir of ["wasm", "dist"]) rmSync(join(pkg, dir), { recursive: true, force: true });
  const out = ["--target", "web", "--out-dir", join(pkg, "wasm"), "--out-name", "omicall_partner", "--no-pack"];
  const wasmPack = ["build", root, "--release", "--mode", "no-install", ...out];
  await runQuietly("Building the core", "wasm-pack", wasmPack, { env: withoutPaths() });
  rmSync(join(pkg, "wasm", ".gitignore"), { force: true }); // npm would leave the folder out of the package
  await shrink(wasmFile, join(pkg, "wasm", "omicall_partner.js"));
  await bundle(stamp());
  await types();
  check();
  mkdirSync(join(root, "target"), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ inputs: from, outputs: outputs() }));
  console.log(`Built in ${seconds(begun)}:`);
  printSizes();
}

/** Whether the committed report of the public surface is that of the build. */
export const apiReportIsCurrent = () =>
  existsSync(apiReport) && readFileSync(apiReport, "utf8") === readFileSync(freshApiReport, "utf8");

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(async () => {
    await setup({ packages: true, wasm: true });
    await buildPackage();
    if (!apiReportIsCurrent()) {
      cpSync(freshApiReport, apiReport);
      console.log(`The public surface has changed: ${apiReport.slice(root.length + 1)} says how.`);
    }
    return 0;
  });
}
