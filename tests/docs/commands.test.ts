// The commands in the documents exist: npm scripts, test suites, options of scripts and of the sandbox, routes and faults.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { documents, root } from "./documents";
import { run } from "./process";

const manifest = (path: string) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
const { scripts, workspaces }: { scripts: Record<string, string>; workspaces: string[] } = manifest(".");
const tarballs = workspaces.map(manifest).map(({ name, version }) => `/${name}-${version}.tgz`);

let suites: string[];
let help: string;

beforeAll(async () => {
  const list = await run(process.execPath, ["scripts/test.mjs", "--list"]);
  suites = list.stdout.split("\n").flatMap((line) => /^\S+/.exec(line) ?? []);
  const program = process.env["SANDBOX_PROGRAM"] ?? join(root, "target/debug/omicall-sandbox");
  help = (await run(program, ["--help"])).stdout;
});

/** Returns the arguments that are neither an option that `isKnown` accepts nor its value. */
const unknownArguments = (args: string[], isKnown: (option: string) => boolean) =>
  args.filter((arg, index) => (arg.startsWith("--") ? !isKnown(arg) : !args[index - 1]?.startsWith("--")));

const unknownSandboxArguments = (args: string[]) =>
  unknownArguments(args, (option) => new RegExp(`^ *(-\\w, )?${option}( |$)`, "m").test(help));

const withoutVariables = (command: string) => command.replace(/^([A-Z_]+=\S+ )+/, "");

/** Returns the arguments that the last program of an npm script does not document: in its source, or in its `--help`. */
async function unknownScriptArguments(script: string, args: string[]): Promise<string[]> {
  const last = scripts[script]?.split(" && ").at(-1) ?? "";
  const [program = "", file = ""] = withoutVariables(last).split(" ");
  const text =
    program === "node"
      ? readFileSync(join(root, file), "utf8")
      : (await run(join(root, "node_modules/.bin", program), ["--help"])).stdout;
  return unknownArguments(args, (option) =>
    new RegExp(`\\b${option.slice(2)}: \\{ type: |^ +${option}\\b`, "m").test(text),
  );
}

/** Returns the first package, as `name@major`, whose major version differs from the version that checks the examples. */
function otherMajor(packages: string[]): string | undefined {
  const majors = packages.map((name) => {
    const folder = `node_modules/${name.slice(0, name.lastIndexOf("@"))}`;
    return [name, manifest(folder).version.split(".")[0]];
  });
  return majors.find(([name, major]) => !name.endsWith(`@${major}`))?.join(" is ");
}

/** Commands that make a reader's project and run its programs: quick-start.test.ts runs those of the quick start. */
const PROJECT = [
  "npm init -y",
  "npm init",
  "npm pkg set type=module",
  "npm install --save-dev esbuild",
  "npm install --save-dev vitest jsdom",
  "npm install --save-dev jest",
  "npm install --save-dev @playwright/test",
  "npm install --save-dev msw@2",
  "npm create storybook@latest",
  "npm run storybook",
  "npm install react-hook-form @hookform/resolvers",
  "npm install @tanstack/react-form",
  "npm install @mantine/form",
  "node main.js",
  "node write.js",
  "node account.js",
  "node example.js",
  "npm create vite@latest my-portal -- --template react-ts --no-interactive",
  "cd my-portal",
  "npm install",
  "npm run dev",
];

/** Returns what is wrong with a command, if anything. */
async function problemWith(command: string): Promise<string | undefined> {
  const [program = "", ...args] = withoutVariables(command).split(/\s+/);
  const passedOn = args.includes("--") ? args.slice(args.indexOf("--") + 1) : [];
  const [verb = "", ...rest] = args.filter((_, index) => !args.includes("--") || index < args.indexOf("--"));
  // Commands for a reader's project; other tests run the programs of npx, or run the same code.
  if (program === "npx" && verb === "omicall-partner-sandbox")
    return unknownSandboxArguments(rest).join(" ") || undefined;
  if (program === "npx")
    return ["esbuild", "tsx"].includes(verb) && /^[\w-]+\.[jt]s$/.test(rest[0] ?? "") ? undefined : "unknown";
  if (PROJECT.includes(command)) return undefined;
  if (program === "npm" && verb === "install" && rest[0]?.includes("@")) return otherMajor(rest);
  if (program !== "npm") return "unknown program";
  if (verb === "pack") return rest.find((arg) => arg !== "-w" && !workspaces.includes(arg));
  if (verb === "install") {
    const files = rest.filter((arg) => arg !== "--save-dev");
    return files.find((file) => !tarballs.some((name) => file.endsWith(name)));
  }
  const script = verb === "run" ? rest[0] : verb;
  if (script === undefined || !(script in scripts)) return `package.json has no script ${script}`;
  if (script === "test")
    return passedOn.filter((name) => name !== "--list" && !suites.includes(name)).join(" ") || undefined;
  if (script === "sandbox") return unknownSandboxArguments(passedOn).join(" ") || undefined;
  if (script === "release" || passedOn.length === 0) return undefined; // the suite `release` tests the options of `release`
  return (await unknownScriptArguments(script, passedOn)).join(" ") || undefined;
}

const commands = [...documents].flatMap(([name, { blocks, inlineCodes }]) => [
  ...blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ line, code }) => code.split("\n").map((text, index) => [`${name}:${line + index + 1}`, text] as const)),
  ...inlineCodes
    .filter(({ code }) => /^npm |^npx omicall-partner-sandbox/.test(code))
    .map(({ line, code }) => [`${name}:${line}`, code] as const),
]);

test.each(commands)("%s: %s", async (_, line) => {
  const found = line
    .replace(/ +# .*$/, "")
    .split(" && ")
    .filter((command) => command !== "");
  const problems = await Promise.all(found.map(async (command) => [command, await problemWith(command.trim())]));
  expect(problems).toEqual(found.map((command) => [command, undefined]));
});

/** The inline code of all documents that matches a pattern, with its location. */
const inlineCodesLike = (pattern: RegExp, isIncluded: (document: string) => boolean = () => true) =>
  [...documents].flatMap(([name, { inlineCodes }]) =>
    inlineCodes
      .filter(({ code }) => isIncluded(name) && pattern.test(code))
      .map(({ line, code }) => [`${name}:${line}`, code] as const),
  );

// These documents name options of other programs and of former versions.
const others = ["CHANGELOG.md", "RELEASING.md", "docs/performance.md"];
const options = inlineCodesLike(/^--/, (name) => !others.includes(name));

test.each(options)("%s: the sandbox has the option %s", (_, option) => {
  expect(unknownSandboxArguments(option.split(" "))).toEqual([]);
});

const routes = inlineCodesLike(/^(GET|POST) \/(sandbox|api)\//);

test.each(routes)("%s: the sandbox has the route %s", (_, route) => {
  const [method = "", path = ""] = route.replace(/\?.*$/, "").split(" ");
  expect(help).toMatch(new RegExp(`^ +${method} +${path}(\\?|\\s)`, "m"));
});

const faults = inlineCodesLike(/^\{ kind: /);

test.each(faults)("%s: the sandbox has the fault %s", (_, fault) => {
  const [, kind = ""] = /^\{ kind: "(\w+)"/.exec(fault) ?? [];
  expect(help).toMatch(new RegExp(`^  ${kind}( |$)`, "m"));
  const [, parameters = ""] = new RegExp(`^  ${kind} \\{ ([^}]*) \\}`, "m").exec(help) ?? [];
  for (const [, parameter = ""] of fault.matchAll(/, (\w+): /g)) expect(parameters.split(", ")).toContain(parameter);
});
