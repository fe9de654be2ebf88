// The commands that the documents name are there: npm scripts, test suites, options of the sandbox.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { documents, root } from "./documents";
import { run } from "./run";

const manifest = (path: string) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
const { scripts, workspaces }: { scripts: Record<string, string>; workspaces: string[] } = manifest(".");
const pkg: { name: string; version: string } = manifest("pkg");

let suites: string[];
let help: string;

beforeAll(async () => {
  const list = await run(process.execPath, ["scripts/test.mjs", "--list"]);
  suites = list.stdout.split("\n").flatMap((line) => /^\S+/.exec(line) ?? []);
  const built = join(root, "target/debug/omicall-sandbox");
  const program = process.env["SANDBOX_PROGRAM"] ?? built;
  help = (await run(program, ["--help"])).stdout;
});

/** The options of a command line of the sandbox that it does not have, or cannot read. */
function unknownOptions(options: string[]): string[] {
  return options.filter((option, index) => {
    if (!option.startsWith("--")) return !options[index - 1]?.startsWith("--");
    return !new RegExp(`^ *(-\\w, )?${option}( |$)`, "m").test(help);
  });
}

/** The packages, as `name@major`, whose major version is not the one that the examples are checked with. */
function strange(packages: string[]): string | undefined {
  const versions = packages.map((name) => [name, manifest(`node_modules/${name.split("@")[0]}`).version.split(".")[0]]);
  return versions.find(([name, major]) => !name.endsWith(`@${major}`))?.join(" is ");
}

/** The options that a script neither tells `parseArgs` about nor lists in its usage. */
function unreadOptions(script: string, options: string[]): string[] {
  const source = readFileSync(join(root, "scripts", `${script}.mjs`), "utf8");
  return options.filter(
    (option, index) =>
      (option.startsWith("--") && !new RegExp(`\\b${option.slice(2)}: \\{ type: |^ +${option}\\b`, "m").test(source)) ||
      (!option.startsWith("--") && !options[index - 1]?.startsWith("--")),
  );
}

/** What is wrong with a command; nothing, mostly. */
function fault(command: string): string | undefined {
  const [program = "", ...args] = command.replace(/^([A-Z_]+=\S+ )+/, "").split(/\s+/);
  const passedOn = args.includes("--") ? args.slice(args.indexOf("--") + 1) : [];
  const [verb = "", ...rest] = args.filter((_, index) => !args.includes("--") || index < args.indexOf("--"));
  if (program === "target/release/omicall-sandbox") return unknownOptions(args).join(" ") || undefined;
  if (program === "cargo") {
    const crate = args[args.indexOf("-p") + 1];
    return verb === "build" && existsSync(join(root, "tests/sandbox")) && crate === "omicall-sandbox"
      ? undefined
      : "unknown";
  }
  // Of a reader's own project; the programs of npx are run by other tests, or run the same code.
  if (program === "npx")
    return ["esbuild", "tsx"].includes(verb) && /^[\w-]+\.ts$/.test(rest[0] ?? "") ? undefined : "unknown";
  if (program === "npm" && verb === "install" && rest[0]?.includes("@")) return strange(rest);
  if (program !== "npm") return "a program that this test does not know";
  if (verb === "pack") return rest[0] === "-w" && workspaces.includes(rest[1] ?? "") ? undefined : "no such workspace";
  if (verb === "install") return rest[0]?.endsWith(`/${pkg.name}-${pkg.version}.tgz`) ? undefined : "no such tarball";
  const script = verb === "run" ? rest[0] : verb;
  if (script === undefined || !(script in scripts)) return `package.json has no script ${script}`;
  if (script === "test")
    return passedOn.filter((name) => name !== "--list" && !suites.includes(name)).join(" ") || undefined;
  if (script === "sandbox") return unknownOptions(passedOn).join(" ") || undefined;
  if (script === "bench" || script === "size") return unreadOptions(script, passedOn).join(" ") || undefined;
  return script !== "release" && passedOn.length > 0 ? "options that nobody reads" : undefined;
}

const commands = [...documents].flatMap(([name, { blocks, spans }]) => [
  ...blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ line, code }) => code.split("\n").map((text, index) => [`${name}:${line + index + 1}`, text] as const)),
  ...spans.filter(({ code }) => code.startsWith("npm ")).map(({ line, code }) => [`${name}:${line}`, code] as const),
]);

test.each(commands)("%s: %s", (_, line) => {
  const found = line
    .replace(/ +# .*$/, "")
    .split(" && ")
    .filter((command) => command !== "");
  expect(found.map((command) => [command, fault(command.trim())])).toEqual(
    found.map((command) => [command, undefined]),
  );
});

/** Options of the sandbox that a guide lists in a table. */
const options = [...documents].flatMap(([name, { spans }]) =>
  spans
    .filter(({ code }) => code.startsWith("--") && !["RELEASING.md", "docs/performance.md"].includes(name))
    .map(({ line, code }) => [`${name}:${line}`, code] as const),
);

test.each(options)("%s: the sandbox knows %s", (_, option) => {
  expect(unknownOptions(option.split(" "))).toEqual([]);
});

const routes = [...documents].flatMap(([name, { spans }]) =>
  spans
    .filter(({ code }) => /^(GET|POST) \/(sandbox|api)\//.test(code))
    .map(({ line, code }) => [`${name}:${line}`, code] as const),
);

test.each(routes)("%s: the sandbox knows %s", (_, route) => {
  const [method = "", path = ""] = route.replace(/\?.*$/, "").split(" ");
  expect(help).toMatch(new RegExp(`^ +${method} +${path}(\\?|\\s)`, "m"));
});

const faults = [...documents].flatMap(([name, { spans }]) =>
  spans.filter(({ code }) => code.startsWith("{ kind: ")).map(({ line, code }) => [`${name}:${line}`, code] as const),
);

test.each(faults)("%s: the sandbox knows the fault %s", (_, fault) => {
  const [, kind = ""] = /^\{ kind: "(\w+)"/.exec(fault) ?? [];
  expect(help).toMatch(new RegExp(`^  ${kind}( |$)`, "m"));
  const [, parameters = ""] = new RegExp(`^  ${kind} \\{ ([^}]*) \\}`, "m").exec(help) ?? [];
  for (const [, parameter = ""] of fault.matchAll(/, (\w+): /g)) expect(parameters.split(", ")).toContain(parameter);
});
