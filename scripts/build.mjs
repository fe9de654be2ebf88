// Builds the npm packages. In pkg/: pkg/wasm (the Rust core and its generated JavaScript) and pkg/dist (what apps import). In
// tests/sandbox/pkg: the same of the sandbox.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { deflateRawSync } from "node:zlib";
import { compile, rollUpTypes, work, writeFormatted } from "./build-lib.mjs";
import { buildSandboxPackage, sandboxApiReport, sandboxPkg } from "./build-sandbox.mjs";
import { capture, CliError, isMain, main, root, runQuietly, seconds } from "./lib.mjs";
import { setup } from "./setup.mjs";

const pkg = join(root, "pkg");
const wasmFile = join(pkg, "wasm", "omicall_partner_bg.wasm");
const jsFile = join(pkg, "dist", "index.js");
const embeddedFile = join(pkg, "dist", "embedded.js");
/** For what has no ES modules, such as jest: one file, with the copy of the core in it. */
const commonJsFile = join(pkg, "dist", "index.cjs");
const typesFile = join(pkg, "dist", "index.d.ts");
const commonJsTypesFile = join(pkg, "dist", "index.d.cts");
/** The package as an app's bundler minifies it: package.json has the size limits. */
const appFile = join(work, "app.js");
/** The package's public types as text: committed, so that a diff shows a change of them. */
const apiReport = join(pkg, "omicall-partner.api.md");
/** The report that the last build made. @param {string} report */
const fresh = (report) => join(work, basename(report));
const stampFile = join(work, "stamp.json");

/** All files below a folder. @param {...string} path */
function filesIn(...path) {
  const dir = join(root, ...path);
  if (!existsSync(dir)) return [];
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** @param {string[]} files */
function hash(files) {
  const sum = createHash("sha256");
  for (const file of files)
    sum.update(`\0${relative(root, file)}\0`).update(existsSync(file) ? readFileSync(file) : "missing");
  return sum.digest("hex");
}

/**
 * The hash of everything that decides what a package contains.
 * @param {string[]} sources the path of the folder with the Rust code @param {string} dir of the package
 * @param {string[]} files in it @param {string[]} others in the repository
 */
const inputsOf = (sources, dir, files, others) =>
  hash([
    ...filesIn(...sources),
    ...["package.json", "tsconfig.json", "embedded.d.ts", ...files].map((file) => join(dir, file)),
    ...["Cargo.toml", "Cargo.lock", "package-lock.json", "scripts/build-lib.mjs", ...others].map((file) =>
      join(root, file),
    ),
  ]) + capture("rustc", "--version");

const packageInputs = () => {
  const files = ["index.ts", "load.ts", "glue.ts", "errors.ts", "schemas.ts", "disposable.d.ts"];
  return inputsOf(["src"], pkg, files, ["scripts/build.mjs", "scripts/panics.mjs"]);
};

const sandboxInputs = () => {
  const others = ["scripts/build-sandbox.mjs", "tests/sandbox/Cargo.toml"];
  return inputsOf(["tests", "sandbox", "src"], sandboxPkg, ["index.ts", "core.ts", "cli.ts"], others);
};

const steps = {
  code: {
    inputs: packageInputs,
    /** @param {boolean} withWasmPack */
    build: async (withWasmPack) => {
      for (const dir of ["wasm", "dist"]) rmSync(join(pkg, dir), { recursive: true, force: true });
      mkdirSync(work, { recursive: true });
      await compile("the core", { crate: root, name: "omicall_partner", outDir: dirname(wasmFile) }, withWasmPack);
      const names = await shrink();
      await bundle(names, identify());
    },
    outputs: () => [...filesIn("pkg", "wasm"), jsFile, `${jsFile}.map`, embeddedFile, commonJsFile, appFile],
  },
  types: {
    inputs: packageInputs,
    build: buildTypes,
    outputs: () => [typesFile, commonJsTypesFile, fresh(apiReport)],
  },
  sandbox: {
    inputs: sandboxInputs,
    build: buildSandboxPackage,
    outputs: () => [
      ...["dist", "wasm"].flatMap((dir) => filesIn("tests", "sandbox", "pkg", dir)),
      join(sandboxPkg, "embedded.js"),
      fresh(sandboxApiReport),
    ],
  },
};

/** @typedef {keyof typeof steps} Step */
const allSteps = /** @type {Step[]} */ (Object.keys(steps));

/** @returns {Partial<Record<Step, string>>} */
const stamps = () => (existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, "utf8")) : {});

/** What the stamp of a step is, if nothing has changed since. @param {Step} step */
const stampOf = (step, from = steps[step].inputs()) => from + hash(steps[step].outputs());

/** Whether the packages are those of the sources. */
export const packagesAreCurrent = () => allSteps.every((step) => stamps()[step] === stampOf(step));

/**
 * Builds what is not current; needs a set up machine.
 * @param {{ only?: Step[], withWasmPack?: boolean }} [options] without wasm-pack the result is the same
 */
export async function buildPackages({ only = allSteps, withWasmPack = true } = {}) {
  const begun = performance.now();
  const outdated = only
    .map((step) => ({ step, from: steps[step].inputs() }))
    .filter(({ step, from }) => stamps()[step] !== stampOf(step, from));
  if (outdated.length === 0) return console.log("The packages are up to date.");
  console.log("Building the npm packages ...");
  for (const { step, from } of outdated) {
    await steps[step].build(withWasmPack);
    writeFileSync(stampFile, JSON.stringify({ ...stamps(), [step]: stampOf(step, from) }));
  }
  console.log(`Built in ${seconds(begun)}.`);
}

/** Shrinks the core. @returns {Promise<Record<string, string>>} the short name of each name that it shares with its JavaScript */
async function shrink() {
  const { trapPanics } = await import("./panics.mjs");
  const trapping = join(work, "trapping.wasm");
  writeFileSync(trapping, trapPanics(readFileSync(wasmFile)));
  const wasmOpt = (/** @type {string[]} */ ...args) =>
    runQuietly("Shrinking the core", "wasm-opt", [...args, "--output", wasmFile]);
  // To inline functions that have one caller makes the code smaller, but larger when compressed.
  await wasmOpt(trapping, "-Oz", "--one-caller-inline-max-function-size=20", "--converge", "--strip-debug");
  const ownModule = "./omicall_partner_bg.js";
  const foreign = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasmFile))).filter(
    ({ module }) => module !== ownModule,
  );
  if (foreign.length > 0) {
    const functions = foreign.map(({ name, module }) => `  ${name} of ${module}`).join("\n");
    throw new CliError(
      `The core imports these functions directly, not by wasm-bindgen's JavaScript: declare them with \`catch\`.\n${functions}`,
    );
  }
  const minify = ["--minify-imports-and-exports-and-modules", "--strip-producers", "--strip-target-features"];
  /** @type {{ imports: [module: string, name: string, short: string][], exports: [name: string, short: string][] }} */
  const { imports, exports } = JSON.parse(await wasmOpt(wasmFile, ...minify));
  const machine = [homedir(), root].find((dir) => readFileSync(wasmFile).includes(dir));
  if (machine) throw new CliError(`The core contains the name of a folder of this machine, ${machine}.`);
  // wasm-opt calls the one module that is left `a`.
  return Object.fromEntries([[ownModule, "a"], ...imports.map(([, name, short]) => [name, short]), ...exports]);
}

/** Writes the core's hash into it, so that the package can recognize its own core. */
function identify() {
  const core = readFileSync(wasmFile);
  const id = createHash("sha256").update(core).digest("hex").slice(0, 16);
  const name = "core-id";
  // A custom section. All lengths are below 128, so each is one byte.
  const section = Buffer.from([name.length, ...Buffer.from(name + id)]);
  writeFileSync(wasmFile, Buffer.concat([core, Buffer.from([0, section.length]), section]));
  return id;
}

/** @param {Record<string, string>} names the core's short names @param {string} id of the core */
async function bundle(names, id) {
  const { build, transform } = await import("esbuild");
  const escaped = Object.keys(names).map((name) => name.replace(/\W/g, "\\$&"));
  /** Only in the generated file: elsewhere a property of the same name is another one. @type {import("esbuild").Plugin} */
  const shortNames = {
    name: "short names",
    setup: ({ onLoad }) =>
      onLoad({ filter: /\bwasm\/omicall_partner\.js$/ }, async ({ path }) => ({
        contents: (
          await transform(readFileSync(path, "utf8"), {
            mangleProps: new RegExp(`^(${escaped.join("|")})$`),
            mangleQuoted: true,
            mangleCache: names,
            sourcefile: basename(path),
            sourcemap: "inline",
          })
        ).code,
      })),
  };
  /** @satisfies {import("esbuild").BuildOptions} */
  const options = {
    bundle: true,
    format: "esm",
    target: "es2022",
    // A file of its own, which is loaded only where the .wasm file is not available.
    external: ["./embedded.js"],
    logLevel: "warning",
  };
  const define = { CORE_ID: JSON.stringify(id) };
  const entryPoints = [join(pkg, "index.ts")];
  await build({ ...options, entryPoints, outfile: jsFile, sourcemap: true, define, plugins: [shortNames] });
  await build({ ...options, entryPoints: [jsFile], outfile: appFile, minify: true });
  // Bundlers find the .wasm file by exactly this expression.
  const wasmUrl = 'new URL("../wasm/omicall_partner_bg.wasm", import.meta.url)';
  if (!readFileSync(jsFile, "utf8").includes(wasmUrl))
    throw new CliError(`pkg/dist/index.js does not contain ${wasmUrl}.`);
  const core = deflateRawSync(readFileSync(wasmFile), { level: 9 }).toString("base64");
  writeFileSync(embeddedFile, `export default "${core}";\n`);
  await build({
    ...{ entryPoints: [jsFile], outfile: commonJsFile, bundle: true, format: "cjs", target: "es2022" },
    define: { "import.meta.url": "undefined" },
    logLevel: "warning",
  });
}

/** The types of the package. */
async function buildTypes() {
  await rollUpTypes(pkg, join("wasm", "omicall_partner.d.ts"), typesFile, apiReport);
  // API Extractor leaves out `declare global`.
  await writeFormatted(typesFile, readFileSync(typesFile, "utf8") + readFileSync(join(pkg, "disposable.d.ts"), "utf8"));
  cpSync(typesFile, commonJsTypesFile);
}

/** The committed API reports that are not those of the build. */
export const outdatedApiReports = () =>
  [apiReport, sandboxApiReport].filter(
    (report) => !existsSync(report) || readFileSync(report, "utf8") !== readFileSync(fresh(report), "utf8"),
  );

if (isMain(import.meta.url)) {
  await main(async () => {
    await setup({ packages: true, wasm: true, wasmPack: true });
    await buildPackages();
    for (const report of outdatedApiReports()) {
      cpSync(fresh(report), report);
      console.log(`The public types have changed: see the diff of ${relative(root, report)}.`);
    }
  });
}
