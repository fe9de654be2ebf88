// Installs what the project needs and what is missing. It runs before `npm ci`: node: builtins and lib.mjs only.
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  capture,
  CliError,
  isMain,
  main,
  paint,
  readText,
  root,
  run,
  runQuietly,
  seconds,
  toolsDir,
  which,
} from "./lib.mjs";

/** @typedef {{ chrome: string, chromedriver: string, firefox: string, geckodriver: string }} Browsers */

const manifest = JSON.parse(readText("package.json"));
const versionIn = /\d+\.\d+(\.\d+)*/;

/** Whether version a is b or newer. @param {string} a @param {string} b */
const atLeast = (a, b) => a === b || a.localeCompare(b, "en", { numeric: true }) > 0;

/** @param {string} path */
const versionOf = (path) => capture(path, "--version")?.match(versionIn)?.[0];

let position = "";
/** @param {string} text what a step that takes longer does */
const installing = (text) => console.log(`${position}: ${text}`);

function node() {
  const needed = manifest.engines.node.match(versionIn)[0];
  const { node } = process.versions;
  if (!atLeast(node, needed))
    throw new CliError(`Node.js ${needed} or newer is needed; this is ${node}: see https://nodejs.org.`);
  const npm = capture("npm", "--version");
  if (!npm) throw new CliError("npm isn't on the PATH: it comes with Node.js, see https://nodejs.org.");
  return `Node.js ${node}, npm ${npm}`;
}

async function npmPackages() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".installed-lock.json");
  const isCurrent = existsSync(installed) && readFileSync(installed).equals(readFileSync(lock));
  if (isCurrent) return "up to date";
  installing("npm ci");
  await runQuietly("Installing the npm packages", "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  copyFileSync(lock, installed);
  return "installed";
}

function rust() {
  const needed = readText("Cargo.toml").match(/rust-version\s*=\s*"([\d.]+)"/)?.[1] ?? "";
  if (!which("cargo") || !which("rustc")) {
    throw new CliError(
      `Rust ${needed} or newer is needed and isn't installed: see https://rustup.rs, or run: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh`,
    );
  }
  const version = versionOf("rustc");
  if (!version)
    throw new CliError("rustc doesn't run; with rustup, install a toolchain: rustup toolchain install stable");
  if (!atLeast(version, needed))
    throw new CliError(`Rust ${needed} or newer is needed; this is ${version}. With rustup: rustup update stable`);
  return version;
}

async function lintTools() {
  const missing = ["clippy", "rustfmt"].filter((name) => !capture("cargo", name.replace("rust", ""), "--version"));
  if (missing.length === 0) return "installed";
  if (!which("rustup")) throw new CliError(`Rust's ${missing.join(" and ")} are needed and aren't installed.`);
  installing(`rustup component add ${missing.join(" ")}`);
  await runQuietly("Installing Rust's components", "rustup", ["component", "add", ...missing]);
  return "installed now";
}

async function wasmTarget() {
  const target = "wasm32-unknown-unknown";
  const isThere = () => existsSync(join(capture("rustc", "--print", "sysroot") ?? "", "lib", "rustlib", target, "lib"));
  if (isThere()) return "installed";
  if (!which("rustup")) {
    throw new CliError(
      `Rust's ${target} target is missing, and this Rust doesn't come from rustup. Use https://rustup.rs, or install ` +
        "the package of your system: libstd-rust-dev-wasm32 on Debian and Ubuntu, " +
        `rust-std-static-${target} on Fedora.`,
    );
  }
  installing(`rustup target add ${target}`);
  await runQuietly(`Installing Rust's ${target} target`, "rustup", ["target", "add", target]);
  if (!isThere()) throw new CliError(`rustup added the ${target} target to another toolchain than the one in use.`);
  return "installed now";
}

/**
 * A tool from crates.io, installed where cargo installs tools; or in this project's own folder if another version, which other
 * projects may need, is there.
 * @param {string} program @param {string} version
 * @param {{ crate?: string, locked?: boolean, exact?: boolean }} [options]
 */
async function cargoTool(program, version, { crate = program, locked = true, exact = false } = {}) {
  const path = which(program);
  const found = path && versionOf(path);
  if (found && (exact ? found === version : atLeast(found, version))) return found;
  const flags = [...(locked ? ["--locked"] : []), ...(path ? ["--root", toolsDir] : [])];
  const args = ["install", ...flags, `${crate}@${version}`];
  installing(`cargo ${args.join(" ")} (it is compiled, which takes some minutes)`);
  await runQuietly(`Installing ${crate} ${version}`, "cargo", args);
  return `${version}, installed now`;
}

function wasmBindgen() {
  const version = readText("Cargo.lock").match(/name = "wasm-bindgen"\nversion = "([^"]+)"/)?.[1] ?? "";
  // The crate's lock file contains older versions than it needs: without --locked.
  return cargoTool("wasm-bindgen", version, { crate: "wasm-bindgen-cli", locked: false, exact: true });
}

/** @returns {{ [name in keyof Browsers]: string | undefined }} */
function findBrowsers() {
  const { CHROME_BIN, CHROMEDRIVER, FIREFOX_BIN, GECKODRIVER } = process.env;
  return {
    chrome: which(
      ...(CHROME_BIN ? [CHROME_BIN] : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    chromedriver: which(...(CHROMEDRIVER ? [CHROMEDRIVER] : ["chromedriver", "chromium.chromedriver"])),
    firefox: which(
      ...(FIREFOX_BIN ? [FIREFOX_BIN] : ["firefox-esr", "firefox"]),
      "/Applications/Firefox.app/Contents/MacOS/firefox",
    ),
    geckodriver: which(GECKODRIVER || "geckodriver"),
  };
}

/** @type {Browsers | undefined} */
let browsers;

async function findOrInstallBrowsers() {
  let found = findBrowsers();
  if (!(found.chrome && found.chromedriver && found.firefox) && process.getuid?.() === 0 && which("apt-get")) {
    const install = ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver", "firefox-esr"];
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    installing(`apt-get ${install.join(" ")}`);
    await runQuietly("Reading Debian's package lists", "apt-get", ["update"], options);
    // Ubuntu has these under other names or as snaps; the error below says what is still missing.
    await runQuietly("Installing the browsers", "apt-get", install, options).catch((error) =>
      console.error(error.message),
    );
    found = findBrowsers();
  }
  if (!found.geckodriver && found.firefox) {
    await cargoTool("geckodriver", manifest.config.geckodriver);
    found = findBrowsers();
  }
  const missing = Object.entries(found).flatMap(([name, path]) => (path ? [] : [name]));
  if (missing.length > 0) {
    throw new CliError(
      `The tests run in browsers. Missing on this machine: ${missing.join(", ")}. To install them:
  Debian         sudo apt-get install chromium chromium-driver firefox-esr
  Ubuntu         sudo snap install chromium firefox
  Fedora         sudo dnf install chromium chromedriver firefox
  macOS          brew install --cask google-chrome chromedriver firefox
  elsewhere      Chromium and chromedriver of the same version, and Firefox, as your system offers them
  geckodriver    cargo install --locked geckodriver@${manifest.config.geckodriver}
If they are in another place, set the variables CHROME_BIN, CHROMEDRIVER, FIREFOX_BIN and GECKODRIVER.`,
    );
  }
  browsers = /** @type {Browsers} */ (found);
  const { chrome, chromedriver, firefox, geckodriver } = browsers;
  const versions = await Promise.all(
    [chrome, chromedriver, firefox, geckodriver].map(async (path) => {
      const { code, output } = await run(path, ["--version"]);
      const version = output.match(/^\D*\b(\d+\.\d+\S*)/m)?.[1];
      if (code !== 0 || !version)
        throw new CliError(`\`${path} --version\` fails, so the tests can't use it:\n${output}`);
      return version;
    }),
  );
  const [chromeVersion, driverVersion] = versions;
  if (chromeVersion.split(".")[0] !== driverVersion.split(".")[0]) {
    throw new CliError(
      `${chrome} is version ${chromeVersion} but ${chromedriver} is ${driverVersion}: their major versions must be the ` +
        "same. Update one of them, or set CHROME_BIN or CHROMEDRIVER to another one.",
    );
  }
  return `Chromium ${chromeVersion}, chromedriver ${driverVersion}, Firefox ${versions[2]}, geckodriver ${versions[3]}`;
}

/**
 * Sets up what is wanted; Node.js and Rust always.
 * @param {{ packages?: boolean, wasm?: boolean, wasmPack?: boolean, lint?: boolean, browsers?: boolean }} wanted
 * @returns {Promise<Browsers | undefined>} the browsers if they are wanted
 */
export async function setup(wanted) {
  const begun = performance.now();
  /** @type {[title: string, wanted: boolean | undefined, run: () => string | Promise<string>][]} */
  const all = [
    ["Node.js", true, node],
    ["Rust", true, rust],
    ["Rust's lint tools", wanted.lint, lintTools],
    ["npm packages", wanted.packages, npmPackages],
    ["Rust's WebAssembly target", wanted.wasm, wasmTarget],
    ["wasm-pack", wanted.wasmPack, () => cargoTool("wasm-pack", manifest.config["wasm-pack"])],
    ["wasm-bindgen", wanted.wasmPack, wasmBindgen],
    ["browsers", wanted.browsers, findOrInstallBrowsers],
  ];
  const steps = all.filter(([, wanted]) => wanted);
  for (const [index, [title, , run]] of steps.entries()) {
    const stepBegun = performance.now();
    position = `setup ${index + 1}/${steps.length}  ${title}`;
    const result = await run();
    console.log(`${position}: ${result} ${paint("dim", `(${seconds(stepBegun)})`)}`);
  }
  console.log(`Set up in ${seconds(begun)}.`);
  return wanted.browsers ? browsers : undefined;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setup({ packages: true, wasm: true, wasmPack: true, lint: true, browsers: true });
  });
}
