// Makes a release, in two steps: npm run release -- prepare VERSION, and npm run release -- publish [--dry-run]
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packagesAreCurrent } from "./build.mjs";
import { capture, CliError, main, readText, root, run, runQuietly } from "./lib.mjs";

const usage = "npm run release -- prepare VERSION, or npm run release -- publish [--dry-run]";
const semver = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** @param {string} file @param {string} text */
const write = (file, text) => writeFileSync(join(root, file), text);

const packages = [
  ["omicall-partner", "pkg"],
  ["omicall-partner-sandbox", join("tests", "sandbox", "pkg")],
];

/** Every place that contains the version, with the text before it. The lock files follow. */
const places = /** @type {[file: string, before: RegExp][]} */ ([
  ["pkg/package.json", /^ {2}"version": "/m],
  ["Cargo.toml", /^\[package\]\n(?:.+\n)*?version = "/m],
  ["tests/sandbox/pkg/package.json", /^ {2}"version": "/m],
  ["tests/sandbox/Cargo.toml", /^\[package\]\n(?:.+\n)*?version = "/m],
  // The workspaces that use the packages by their names.
  ["www/package.json", /^ {4}"omicall-partner": "/m],
  ["docs/package.json", /^ {4}"omicall-partner": "/m],
  ["tests/types/package.json", /^ {4}"omicall-partner": "/m],
  ["tests/bench/package.json", /^ {4}"omicall-partner": "/m],
  ["www/package.json", /^ {4}"omicall-partner-sandbox": "/m],
  ["docs/package.json", /^ {4}"omicall-partner-sandbox": "/m],
  ["tests/bench/package.json", /^ {4}"omicall-partner-sandbox": "/m],
]).map(([file, before]) => ({ file, version: new RegExp(`(${before.source})([^"]+)(?=")`, "m") }));

/** Documents that contain the version in the name of the tarball or in a CDN's address. */
const texts = () =>
  git("ls-files", "*.md")
    .split("\n")
    .filter((file) => !/^(CHANGELOG|RELEASING)\.md$/.test(file));
const named = /(?<=omicall-partner(?:-sandbox)?[-@/])\d+\.\d+\.\d+(-[\w.]+?)?(?=\.tgz|\/)/g;

const versions = () => places.map(({ file, version }) => ({ file, version: version.exec(readText(file))?.[2] }));

/** The text of a version in the changelog. @param {string} heading such as `[Unreleased]` */
function changesOf(heading) {
  const sections = readText("CHANGELOG.md").split(/^(?=## )/m);
  return sections
    .find((text) => text.startsWith(`## ${heading}`))
    ?.replace(/^.*\n/, "")
    .trim();
}

/** @param {string[]} args */
function git(...args) {
  const output = capture("git", ...args);
  if (output === undefined) throw new CliError(`\`git ${args.join(" ")}\` failed.`);
  return output;
}

/** @param {string} version */
async function prepare(version) {
  if (!semver.test(version)) throw new CliError(`${version || "Nothing"} is no version such as 1.2.3. ${usage}`);
  if (git("status", "--porcelain")) throw new CliError("There are changes that are not committed: commit them first.");
  if (git("tag", "--list", `v${version}`)) throw new CliError(`There is a tag v${version} already.`);
  if (!changesOf("[Unreleased]"))
    throw new CliError("CHANGELOG.md has no text under [Unreleased]: there is nothing to release.");
  console.log("Writing the version; `git checkout .` undoes it.");
  for (const place of places) write(place.file, readText(place.file).replace(place.version, `$1${version}`));
  for (const file of texts()) write(file, readText(file).replace(named, version));
  const today = new Date().toISOString().slice(0, 10);
  write(
    "CHANGELOG.md",
    readText("CHANGELOG.md").replace("## [Unreleased]", `## [Unreleased]\n\n## [${version}] - ${today}`),
  );
  await runQuietly("Updating package-lock.json", "npm", [
    "install",
    "--package-lock-only",
    "--ignore-scripts",
    "--no-audit",
  ]);
  await runQuietly("Updating Cargo.lock", "cargo", ["update", "--workspace", "--offline"]);
  console.log(
    `Prepared ${version}. Look at \`git diff\`, run \`npm test\`, and commit; then npm run release -- publish --dry-run.`,
  );
}

/** The reasons against publishing what is checked out. @param {string} version @returns {string[]} */
function obstacles(version) {
  const tag = capture("git", "rev-parse", "--quiet", "--verify", `refs/tags/v${version}^{commit}`);
  return [
    ...versions()
      .filter((place) => place.version !== version)
      .map((place) => `${place.file} says ${place.version ?? "no version"}, not ${version}.`),
    changesOf(`[${version}]`) ? "" : `CHANGELOG.md has no text under [${version}].`,
    git("status", "--porcelain") ? "There are changes that are not committed." : "",
    packagesAreCurrent() ? "" : "The packages were not built from this: npm run build.",
    tag && tag !== git("rev-parse", "HEAD") ? `The tag v${version} is at another commit.` : "",
  ].filter(Boolean);
}

/** @param {boolean} dryRun */
async function publish(dryRun) {
  const version = versions()[0]?.version ?? "";
  const found = obstacles(version);
  if (found.length > 0) throw new CliError(`${version} can't be published:\n  ${found.join("\n  ")}`);
  const oidc = ["ACTIONS_ID_TOKEN_REQUEST_URL", "SIGSTORE_ID_TOKEN"].some((name) => process.env[name]);
  const args = [
    ...["publish", "--ignore-scripts"],
    // A version such as 1.0.0-beta.1 must not become `latest`.
    ...["--tag", version.includes("-") ? "next" : "latest"],
    ...(oidc && !dryRun ? ["--provenance"] : []),
    ...(dryRun ? ["--dry-run"] : []),
  ];
  for (const [name, folder] of packages) {
    // One of them was published and the other one failed: the second run publishes only the other one.
    if (!dryRun && capture("npm", "view", `${name}@${version}`, "version") === version) continue;
    const cwd = join(root, folder);
    const { code } = dryRun
      ? await run("npm", args, { cwd, onLine: console.log })
      : // In this terminal, where npm may ask for a one-time password.
        { code: spawnSync("npm", args, { cwd, stdio: "inherit" }).status };
    if (code !== 0) throw new CliError(`npm publish failed for ${name}; the errors are above. No tag was set.`);
  }
  if (dryRun) return console.log(`Dry run: ${version} could be published. Nothing was published, and no tag was set.`);
  if (!git("tag", "--list", `v${version}`)) {
    git("tag", "--annotate", `v${version}`, "--message", `omicall-partner ${version}`);
  }
  console.log(`Published ${version} and tagged it v${version}: git push --follow-tags`);
}

await main(async () => {
  const [step, ...args] = process.argv.slice(2);
  if (!existsSync(join(root, ".git"))) throw new CliError("A release is made from a git checkout.");
  if (step === "prepare" && args.length <= 1) await prepare(args[0] ?? "");
  else if (step === "publish" && args.every((arg) => arg === "--dry-run")) {
    // Without the `--` before it, npm reads --dry-run as its own option.
    await publish(args.length > 0 || process.env.npm_config_dry_run === "true");
  } else throw new CliError(`Unknown command. ${usage}`);
  return 0;
});
