// The tarball, its installation, and the package in Node.
import { lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { capture, root, run } from "../../scripts/lib.mjs";
import { expect, expectMainJobDone, installed, project, projects, SANDBOX, tarball, test } from "./support";

test("the tarball contains exactly the files that users need", () => {
  const entries = capture("tar", "-tzf", tarball)?.split("\n") ?? [];
  expect(entries.sort()).toEqual([
    "package/LICENSE",
    "package/README.md",
    "package/dist/embedded.js",
    "package/dist/index.cjs",
    "package/dist/index.d.cts",
    "package/dist/index.d.ts",
    "package/dist/index.js",
    "package/dist/index.js.map",
    "package/package.json",
    "package/wasm/omicall_partner_bg.wasm",
  ]);
});

/** The paths and contents of all files in a folder. */
const contents = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(dir.length), readFileSync(file).toString("base64")]);

for (const name of Object.keys(projects)) {
  test(`${name} has the tarball's files, and no other copy of the package can be resolved`, () => {
    const unpacked = mkdtempSync(join(project("plain").dir, "unpacked-"));
    expect(capture("tar", "-xzf", tarball, "-C", unpacked)).toBe("");
    // pnpm links to the package's folder in `node_modules/.pnpm`.
    expect(lstatSync(installed(name)).isSymbolicLink()).toBe(name === "pnpm");
    expect(realpathSync(installed(name)).startsWith(join(project(name).dir, "node_modules"))).toBe(true);
    expect(contents(installed(name))).toEqual(contents(join(unpacked, "package")));
    expect(installed(name).startsWith(root)).toBe(false);
  });
}

test("the package has no dependencies", () => {
  const modules = readdirSync(join(project("plain").dir, "node_modules"));
  expect(modules.filter((name) => !name.startsWith("."))).toEqual(["omicall-partner"]);
});

const node = (...args: string[]) => run(process.execPath, args, { cwd: project("node").dir });

test("the import has no side effects", async () => {
  const code = `
    const before = Reflect.ownKeys(globalThis);
    globalThis.fetch = WebAssembly.compile = WebAssembly.instantiate = () => console.log("called by the import");
    await import("omicall-partner");
    for (const key of Reflect.ownKeys(globalThis)) if (!before.includes(key)) console.log(key);`;
  expect(await node("--input-type=module", "--eval", code)).toEqual({ code: 0, output: "" });
});

for (const [how, ...args] of [
  ["imported", "main.mjs"],
  ["required", "main.cjs"],
  ["required from the CommonJS build", "--no-experimental-require-module", "main.cjs"],
] as const) {
  test(`in Node it runs the main job when it is ${how}`, async () => {
    const { code, output } = await node(...args, SANDBOX);
    expect([code, output]).toEqual([0, expect.stringMatching(/^\{.*\}$/)]);
    expectMainJobDone(JSON.parse(output));
  });
}

test("in Node it gets a token for an API key", async () => {
  const code = `
    import { authenticate, connect, tokenFromApiKey } from "omicall-partner";
    const [baseUrl] = process.argv.slice(1);
    const options = { baseUrl, apiKey: "sandbox-partner-key" };
    const omi = await connect({ baseUrl, token: tokenFromApiKey(options) });
    const { access_type } = await authenticate(options);
    console.log(access_type, (await omi.account.me()).email);`;
  const { code: status, output } = await node("--input-type=module", "--eval", code, SANDBOX);
  expect([status, output.trim()]).toEqual([0, "bussiness partner@example.com"]);
});

for (const [module, resolution] of [
  ["esnext", "bundler"],
  ["nodenext", "nodenext"],
] as const) {
  test(`its types compile in strict mode with module resolution ${resolution}`, async () => {
    const checked = await run(
      join(root, "node_modules", ".bin", "tsc"),
      [
        ...["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "false", "--types", ""],
        ...["--target", "es2022", "--lib", "es2022,dom"],
        ...["--module", module, "--moduleResolution", resolution, "types.ts"],
      ],
      { cwd: project("node").dir },
    );
    expect(checked).toEqual({ code: 0, output: "" });
  });
}
