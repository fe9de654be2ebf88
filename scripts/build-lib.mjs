// What the builds of both npm packages share.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { buildProgram, capture, cargoHome, CliError, env, root, runQuietly } from "./lib.mjs";

/** What the builds make beside the packages. */
export const work = join(root, "target", "package");

/** The same sources give the same bytes on every machine: no file names of this one in panic messages. */
function reproducible() {
  const sources = join(capture("rustc", "--print", "sysroot") ?? "", "lib", "rustlib", "src", "rust");
  const commit = capture("rustc", "-vV")?.match(/^commit-hash: (\w+)$/m)?.[1];
  const flags = [`${cargoHome}=cargo`, `${root}=root`, `${sources}=/rustc/${commit}`];
  return { ...env, CARGO_ENCODED_RUSTFLAGS: flags.map((flag) => `--remap-path-prefix=${flag}`).join("\x1f") };
}

/**
 * Compiles a crate to WebAssembly, with its JavaScript and types.
 * @param {string} what for messages @param {{ crate: string, name: string, outDir: string }} from the folder of the crate, and the
 * name of the files @param {boolean} withWasmPack
 */
export async function compile(what, { crate, name, outDir }, withWasmPack) {
  const options = { env: reproducible() };
  if (withWasmPack) {
    const args = ["--release", "--mode", "no-install", "--target", "web", "--no-pack", "--out-name", name];
    await runQuietly(`Building ${what}`, "wasm-pack", ["build", crate, ...args, "--out-dir", outDir], options);
    rmSync(join(outDir, ".gitignore"), { force: true }); // npm would leave the folder out of the package
  } else {
    const target = "wasm32-unknown-unknown";
    const manifest = ["--manifest-path", join(crate, "Cargo.toml")];
    const args = ["build", "--locked", "--lib", "--release", "--target", target, ...manifest];
    await runQuietly(`Building ${what}`, "cargo", args, options);
    const bindgen = await buildProgram("the tool for the JavaScript of WebAssembly", "omicall-bindgen");
    await runQuietly(`Making the JavaScript of ${what}`, bindgen, [
      join(root, "target", target, "release", `${name}.wasm`),
      outDir,
    ]);
  }
}

/**
 * Makes one file of the handwritten and the generated types, with what is public and nothing else, and the API report.
 * @param {string} pkg @param {string} generated in the package @param {string} typesFile @param {string} apiReport
 */
export async function rollUpTypes(pkg, generated, typesFile, apiReport) {
  const parts = join(work, "types", basename(apiReport, ".api.md"));
  rmSync(parts, { recursive: true, force: true });
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", parts];
  const tsc = join(root, "node_modules", ".bin", "tsc");
  await runQuietly(`Making the types of ${relative(root, pkg)}`, tsc, ["-p", pkg, ...emit]);
  cpSync(join(pkg, generated), join(parts, generated));

  const { Extractor, ExtractorConfig, ExtractorLogLevel } = await import("@microsoft/api-extractor");
  const error = { default: { logLevel: ExtractorLogLevel.Error } };
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
        reportFolder: work,
        reportTempFolder: work,
      },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: error,
        extractorMessageReporting: {
          ...error,
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
          // The types of the platform that are looked up.
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: error,
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) console.error(message.formatMessageWithLocation(root));
    },
  });
  if (!succeeded) throw new CliError(`Making ${relative(root, typesFile)} failed; the errors are above.`);
  await writeFormatted(typesFile, readFileSync(typesFile, "utf8"));
}

/** @param {string} file @param {string} text */
export async function writeFormatted(file, text) {
  const { format, resolveConfig } = await import("prettier");
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
