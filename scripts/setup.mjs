// Installs what the project needs and isn't there yet. It runs before `npm ci`: node: builtins and lib.mjs only.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { capture, main, paint, readText, root, run, runQuietly, seconds, Stop, toolsDir, which } from "./lib.mjs";

/** @typedef {{ chrome: string, chromedriver: string, firefox: string, geckodriver: string }} Browsers */
/** @typedef {{ title: string, run: () => string | Promise<string> }} Step */

const manifest = JSON.parse(readText("package.json"));
const versionIn = /\d+\.\d+(\.\d+)*/;

/** @param {string} a @param {string} b whether version a is b or newer */
function atLeast(a, b) {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let i = 0; i < right.length; i++) {
    if ((left[i] ?? 0) !== right[i]) return (left[i] ?? 0) > right[i];
  }
  return true;
}

/** @param {string} path */
const versionOf = (path) => capture(path, "--version")?.match(versionIn)?.[0];

let position = "";
/** Says what a step that takes longer does. @param {string} text */
const installing = (text) => console.log(`${position}: ${text}`);

function checkNode() {
  const needed = manifest.engines.node.match(versionIn)[0];
  const npm = capture("npm", "--version");
  if (!atLeast(process.versions.node, needed)) {
    throw new Stop(
      `Node.js ${needed} or newer is needed, and this is ${process.versions.node}: see https://nodejs.org.`,
    );
  }
  if (!npm) throw new Stop("npm isn't on the PATH: it comes with Node.js, see https://nodejs.org.");
  return `Node.js ${process.versions.node}, npm ${npm}`;
}

/** Whether node_modules holds exactly what package-lock.json asks for (packages for other platforms may be missing). */
function packagesAreCurrent() {
  const installedPath = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedPath)) return false;
  /** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} Packages */
  /** @type {Packages} */
  const wanted = JSON.parse(readText("package-lock.json")).packages;
  /** @type {Packages} */
  const installed = JSON.parse(readFileSync(installedPath, "utf8")).packages;
  const inModules = (/** @type {string} */ path) => path.includes("node_modules/");
  return (
    Object.keys(installed).every((path) => !inModules(path) || wanted[path]) &&
    Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
      if (!inModules(path)) return true;
      const found = installed[path];
      return found ? found.version === version && found.integrity === integrity : optional === true;
    })
  );
}

async function npmPackages() {
  if (!existsSync(join(root, "package-lock.json"))) {
    throw new Stop("package-lock.json is missing: it belongs to the repository, so restore it.");
  }
  if (packagesAreCurrent()) return "up to date";
  installing("npm ci");
  await runQuietly("Installing the npm packages", "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  return "installed";
}

/** @param {boolean} forLint */
async function rust(forLint) {
  const needed = readText("Cargo.toml").match(/rust-version\s*=\s*"([\d.]+)"/)?.[1] ?? "1.88";
  const how = "see https://rustup.rs, or run: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";
  if (!which("cargo") || !which("rustc"))
    throw new Stop(`Rust ${needed} or newer is needed and isn't installed: ${how}`);
  const version = versionOf("rustc");
  if (!version) throw new Stop("rustc doesn't run; with rustup, install a toolchain: rustup toolchain install stable");
  if (!atLeast(version, needed)) {
    throw new Stop(`Rust ${needed} or newer is needed, and this is ${version}; with rustup: rustup update stable`);
  }
  if (forLint) {
    const missing = ["clippy", "fmt"].filter((tool) => capture("cargo", tool, "--version") === undefined);
    if (missing.length > 0) {
      const components = missing.map((tool) => (tool === "fmt" ? "rustfmt" : tool));
      if (!which("rustup")) throw new Stop(`Rust's ${components.join(" and ")} are needed and aren't installed.`);
      installing(`rustup component add ${components.join(" ")}`);
      await runQuietly("Installing Rust's components", "rustup", ["component", "add", ...components]);
    }
  }
  return version;
}

async function wasmTarget() {
  const target = "wasm32-unknown-unknown";
  const isThere = () => existsSync(join(capture("rustc", "--print", "sysroot") ?? "", "lib", "rustlib", target, "lib"));
  if (isThere()) return "installed";
  if (!which("rustup")) {
    throw new Stop(
      `Rust's ${target} target is missing, and this Rust doesn't come from rustup. Use https://rustup.rs, or install ` +
        "the package of your system: libstd-rust-dev-wasm32 on Debian and Ubuntu, " +
        `rust-std-static-${target} on Fedora.`,
    );
  }
  installing(`rustup target add ${target}`);
  await runQuietly(`Installing Rust's ${target} target`, "rustup", ["target", "add", target]);
  if (!isThere()) throw new Stop(`rustup added the ${target} target, but to another toolchain than the one in use.`);
  return "installed now";
}

/**
 * A tool from crates.io. It goes where cargo puts tools; if another version is there, which other projects may need,
 * it goes into this project's own folder instead.
 * @param {string} program @param {string} crate
 * @param {string} version @param {{ locked: boolean, exact: boolean }} options
 */
async function cargoTool(program, crate, version, { locked, exact }) {
  const path = which(program);
  const found = path && versionOf(path);
  if (found && (exact ? found === version : atLeast(found, version))) return found;
  const args = [
    "install",
    ...(locked ? ["--locked"] : []),
    ...(path ? ["--root", toolsDir] : []),
    `${crate}@${version}`,
  ];
  installing(`cargo ${args.join(" ")} (it is compiled, which takes some minutes)`);
  await runQuietly(`Installing ${crate} ${version}`, "cargo", args);
  return `${version}, installed now`;
}

const wasmBindgenVersion = () => {
  const version = readText("Cargo.lock").match(/name = "wasm-bindgen"\nversion = "([^"]+)"/)?.[1];
  if (!version) throw new Stop("Cargo.lock names no wasm-bindgen, so the version of its command line tool is unknown.");
  return version;
};

/** @returns {{ [name in keyof Browsers]: string | undefined }} */
function findBrowsers() {
  const { CHROME_BIN, CHROMEDRIVER, FIREFOX_BIN, GECKODRIVER } = process.env;
  const applications = "/Applications";
  return {
    chrome: which(
      ...(CHROME_BIN ? [CHROME_BIN] : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
      `${applications}/Chromium.app/Contents/MacOS/Chromium`,
      `${applications}/Google Chrome.app/Contents/MacOS/Google Chrome`,
    ),
    chromedriver: which(...(CHROMEDRIVER ? [CHROMEDRIVER] : ["chromedriver", "chromium.chromedriver"])),
    firefox: which(
      ...(FIREFOX_BIN ? [FIREFOX_BIN] : ["firefox-esr", "firefox"]),
      `${applications}/Firefox.app/Contents/MacOS/firefox`,
    ),
    geckodriver: which(GECKODRIVER || "geckodriver"),
  };
}

/** @type {Browsers | undefined} */
let browsers;

async function findOrInstallBrowsers() {
  let found = findBrowsers();
  const isRoot = process.getuid?.() === 0;
  if (!(found.chrome && found.chromedriver && found.firefox) && isRoot && which("apt-get")) {
    const packages = ["chromium", "chromium-driver", "firefox-esr"];
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    installing(`apt-get install ${packages.join(" ")}`);
    await runQuietly("Reading Debian's package lists", "apt-get", ["update"], options);
    // Ubuntu has these under other names or as snaps; the list below tells what is still missing.
    await runQuietly(
      "Installing the browsers",
      "apt-get",
      ["install", "-y", "--no-install-recommends", ...packages],
      options,
    ).catch((error) => console.error(error.message));
    found = findBrowsers();
  }
  if (!found.geckodriver && found.firefox) {
    await cargoTool("geckodriver", "geckodriver", manifest.config.geckodriver, { locked: true, exact: false });
    found = findBrowsers();
  }
  const { chrome, chromedriver, firefox, geckodriver } = found;
  if (!chrome || !chromedriver || !firefox || !geckodriver) {
    const missing = [
      ...(chrome ? [] : ["Chromium (or Google Chrome)"]),
      ...(chromedriver ? [] : ["chromedriver"]),
      ...(firefox ? [] : ["Firefox"]),
      ...(geckodriver ? [] : ["geckodriver"]),
    ];
    throw new Stop(
      `The tests run in browsers, and missing here: ${missing.join(", ")}. They are installed by:
  Debian         sudo apt-get install chromium chromium-driver firefox-esr
  Ubuntu         sudo snap install chromium firefox
  Fedora         sudo dnf install chromium chromedriver firefox
  macOS          brew install --cask google-chrome chromedriver firefox
  elsewhere      Chromium and chromedriver of the same version, and Firefox, as your system offers them
  geckodriver    cargo install --locked geckodriver@${manifest.config.geckodriver}
What is installed elsewhere is named by the variables CHROME_BIN, CHROMEDRIVER, FIREFOX_BIN and GECKODRIVER.`,
    );
  }
  browsers = { chrome, chromedriver, firefox, geckodriver };
  const [chromeSays, driverSays, firefoxSays, geckodriverSays] = await Promise.all(
    [chrome, chromedriver, firefox, geckodriver].map(async (path) => {
      const { code, output } = await run(path, ["--version"]);
      const version = output.match(/^\D*\b(\d+\.\d+\S*)/m)?.[1];
      if (code !== 0 || !version) throw new Stop(`\`${path} --version\` fails, so the tests can't use it:\n${output}`);
      return version;
    }),
  );
  if (chromeSays.split(".")[0] !== driverSays.split(".")[0]) {
    throw new Stop(
      `${chrome} is version ${chromeSays} but ${chromedriver} is ${driverSays}: they must be of the same major version. ` +
        "Update one of them, or name another by CHROME_BIN or CHROMEDRIVER.",
    );
  }
  return `Chromium and chromedriver ${chromeSays}, Firefox ${firefoxSays}, geckodriver ${geckodriverSays}`;
}

/**
 * Sets up what is asked for; Rust always.
 * @param {{ packages?: boolean, wasm?: boolean, lint?: boolean, browsers?: boolean }} wanted
 * @returns {Promise<Browsers | undefined>} the browsers, if asked for
 */
export async function setup(wanted) {
  const begun = performance.now();
  /** @type {Step[]} */
  const steps = [
    { title: "Node.js", run: checkNode },
    { title: "Rust", run: () => rust(wanted.lint ?? false) },
  ];
  if (wanted.packages) steps.push({ title: "npm packages", run: npmPackages });
  if (wanted.wasm) {
    const wasmPack = manifest.config["wasm-pack"];
    steps.push(
      { title: "Rust's WebAssembly target", run: wasmTarget },
      { title: "wasm-pack", run: () => cargoTool("wasm-pack", "wasm-pack", wasmPack, { locked: true, exact: false }) },
      {
        title: "wasm-bindgen",
        // its lock file is older than the dependencies that it needs: without --locked
        run: () => cargoTool("wasm-bindgen", "wasm-bindgen-cli", wasmBindgenVersion(), { locked: false, exact: true }),
      },
    );
  }
  if (wanted.browsers) steps.push({ title: "browsers", run: findOrInstallBrowsers });
  for (const [index, step] of steps.entries()) {
    const stepBegun = performance.now();
    position = `setup ${index + 1}/${steps.length}  ${step.title}`;
    const result = await step.run();
    console.log(`${position}: ${result} ${paint("dim", `(${seconds(stepBegun)})`)}`);
  }
  console.log(`Set up in ${seconds(begun)}.`);
  return wanted.browsers ? browsers : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(async () => {
    await setup({ packages: true, wasm: true, lint: true, browsers: true });
  });
}
