// The release script, in a copy of the repository; nothing is published.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { capture, root, run } from "../../scripts/lib.mjs";

let copy: string;

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgSign=false", ...args], {
    cwd: copy,
  });
const release = (...args: string[]) => run(process.execPath, ["scripts/release.mjs", ...args], { cwd: copy });
const read = (file: string) => readFileSync(join(copy, file), "utf8");
const edit = (file: string, from: string | RegExp, to: string) => {
  const text = read(file);
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(join(copy, file), edited);
};

beforeAll(async () => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "omicall-partner-release-")));
  const tracked = capture("git", "ls-files", "--cached", "--others", "--exclude-standard")?.split("\n") ?? [];
  const built = [
    ...["pkg/dist", "pkg/wasm", "target/package"],
    ...["dist", "wasm", "embedded.js"].map((name) => `tests/sandbox/pkg/${name}`),
  ];
  for (const file of [...tracked, ...built].filter((file) => existsSync(join(root, file)))) {
    cpSync(join(root, file), join(copy, file), { recursive: true, preserveTimestamps: true });
  }
  // Something to release, also where a release is being made.
  edit("CHANGELOG.md", /## \[Unreleased\][^]*$/, "## [Unreleased]\n\n### Added\n\n- Something.\n");
  await git("init", "--quiet");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Everything");
  await git("tag", "start");
});

beforeEach(async () => {
  await git("reset", "--quiet", "--hard", "start");
  for (const tag of (await git("tag", "--list", "v*")).output.split("\n").filter(Boolean))
    await git("tag", "--delete", tag);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("prepare", () => {
  test("writes the version and the changelog, and nothing else", async () => {
    expect(await release("prepare", "2.3.4-beta.1")).toMatchObject({ code: 0 });
    const changed = (await git("diff", "--name-only")).output.split("\n");
    expect(changed.sort()).toEqual([
      "CHANGELOG.md",
      "Cargo.lock",
      "Cargo.toml",
      "README.md",
      "README.vi.md",
      "docs/guides/bundlers.md",
      "docs/guides/quick-start.md",
      "docs/guides/react-tanstack-query.md",
      "docs/guides/testing.md",
      "docs/guides/vi/quick-start.md",
      "docs/package.json",
      "package-lock.json",
      "pkg/README.md",
      "pkg/package.json",
      "tests/bench/package.json",
      "tests/sandbox/Cargo.toml",
      "tests/sandbox/pkg/package.json",
      "tests/types/package.json",
      "www/package.json",
    ]);
    const lines = (await git("diff", "--unified=0")).output.split("\n").filter((line) => /^[+-](?![+-])/.test(line));
    const added = lines.filter((line) => line.startsWith("+") && !/^\+$/.test(line));
    expect(added).not.toEqual([]);
    for (const line of added) expect(line).toContain("2.3.4-beta.1");
    expect(read("CHANGELOG.md")).toMatch(/^## \[Unreleased\]\n\n## \[2\.3\.4-beta\.1\] - \d{4}-\d\d-\d\d\n\n\S/m);
  });

  test.each(["", "1", "v1.0.0", "1.0.0 ", "1.0.0;ls"])("refuses the version %j", async (version) => {
    expect((await release("prepare", version)).code).toBe(1);
    expect((await git("status", "--porcelain")).output).toBe("");
  });

  test("refuses while there are changes", async () => {
    edit("README.md", /^/, "\n");
    const { code, output } = await release("prepare", "2.0.0");
    expect([code, output]).toEqual([1, expect.stringContaining("not committed")]);
  });

  test("refuses a version that was released", async () => {
    await git("tag", "v2.0.0");
    const { code, output } = await release("prepare", "2.0.0");
    expect([code, output]).toEqual([1, expect.stringContaining("a tag v2.0.0 already")]);
  });

  test("refuses when nothing has changed for users", async () => {
    edit("CHANGELOG.md", "## [Unreleased]", "## [Unreleased]\n\n## [0.0.9] - 2026-01-01");
    await git("commit", "--all", "--quiet", "--message", "Release");
    const { code, output } = await release("prepare", "2.0.0");
    expect([code, output]).toEqual([1, expect.stringContaining("no text under [Unreleased]")]);
  });
});

describe("publish", () => {
  const { version } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8")) as { version: string };

  // The version as it is, so that what was built is what would be published.
  beforeAll(async () => {
    await git("reset", "--quiet", "--hard", "start");
    expect(await release("prepare", version)).toMatchObject({ code: 0 });
    await git("commit", "--all", "--quiet", "--message", `Release ${version}`);
    await git("tag", "prepared");
  });

  beforeEach(() => git("reset", "--quiet", "--hard", "prepared"));

  test("as a dry run packs what users need, publishes nothing and sets no tag", async () => {
    const { code, output } = await release("publish", "--dry-run");
    expect(output).toContain(`+ omicall-partner@${version}`);
    expect(output).toContain(`+ omicall-partner-sandbox@${version}`);
    for (const file of [
      ...["dist/index.js", "dist/index.d.ts", "dist/embedded.js", "wasm/omicall_partner_bg.wasm"],
      ...["dist/cli.js", "dist/chunk.js", "dist/index.cjs"],
    ]) {
      expect(output).toContain(file);
    }
    expect(output).toContain("tag latest and public access (dry-run)");
    expect(output).toContain("Nothing was published, and no tag was set.");
    expect(code).toBe(0);
    expect((await git("tag", "--list", "v*")).output).toBe("");
  });

  test("as a dry run whose option npm took for its own sets no tag either", async () => {
    const env = { ...process.env, npm_config_dry_run: "true" };
    const { code, output } = await run(process.execPath, ["scripts/release.mjs", "publish"], { cwd: copy, env });
    expect([code, output]).toEqual([0, expect.stringContaining("Nothing was published, and no tag was set.")]);
    expect((await git("tag", "--list", "v*")).output).toBe("");
  });

  test("refuses where git cannot tell", async () => {
    renameSync(join(copy, ".git/HEAD"), join(copy, ".git/HEAD.away"));
    const { code, output } = await release("publish", "--dry-run");
    renameSync(join(copy, ".git/HEAD.away"), join(copy, ".git/HEAD"));
    expect([code, output]).toEqual([1, expect.stringMatching(/`git .*` failed/)]);
  });

  test.each<[string, () => Promise<unknown> | void, string]>([
    ["what is not committed", () => edit("README.md", /^/, "\n"), "not committed"],
    ["a tag at another commit", () => git("tag", `v${version}`, "start"), `tag v${version} is at another commit`],
    [
      "versions that differ",
      () => edit("Cargo.toml", `version = "${version}"`, 'version = "9.9.9"'),
      "Cargo.toml says 9.9.9",
    ],
    [
      "a changelog without the version",
      () => edit("CHANGELOG.md", `## [${version}]`, "## [9.9.9]"),
      `no text under [${version}]`,
    ],
    ["sources that were not built", () => edit("src/lib.rs", /^/, "\n"), "not built from this"],
    ["a build that was changed", () => edit("pkg/dist/index.js", /$/, "\n"), "not built from this"],
    ["a sandbox of other sources", () => edit("tests/sandbox/src/lib.rs", /^/, "\n"), "not built from this"],
    [
      "packages of two versions",
      () => edit("tests/sandbox/pkg/package.json", `"version": "${version}"`, '"version": "9.9.9"'),
      "tests/sandbox/pkg/package.json says 9.9.9",
    ],
  ])("refuses %s", async (_what, spoil, reason) => {
    const built = read("pkg/dist/index.js");
    await spoil();
    const { code, output } = await release("publish", "--dry-run");
    writeFileSync(join(copy, "pkg/dist/index.js"), built);
    expect([code, output]).toEqual([1, expect.stringContaining(reason)]);
  });

  test("asks for a step that it knows", async () => {
    for (const args of [[], ["publish", "--force"], ["prepare", "1.0.0", "2.0.0"], ["undo"]]) {
      const { code, output } = await release(...args);
      expect([code, output]).toEqual([1, expect.stringContaining("npm run release -- prepare VERSION")]);
    }
  });
});
