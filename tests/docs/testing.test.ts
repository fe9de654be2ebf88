// The tables of the testing guide: the options of a sandbox, and the error from the SDK for each fault.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "omicall-partner";
import { createSandbox, type Fault, type Sandbox } from "omicall-partner-sandbox";
import { beforeAll, describe, expect, test } from "vitest";
import { documentOf, root } from "./documents";
import { injectFault, reset, SANDBOX, token } from "./sandbox";

/** The rows of a table, by the text of its first cell. */
function rowsOf(name: string): readonly (readonly string[])[] {
  const [, ...rows] = documentOf("docs/guides/testing.md").tables.find(([header]) => header?.[0] === name) ?? [];
  return rows;
}

describe("options", () => {
  const options = rowsOf("option");

  test("the table has all options", () => {
    const report = readFileSync(join(root, "tests/sandbox/pkg/omicall-partner-sandbox.api.md"), "utf8");
    const types = [...report.matchAll(/^export interface Sandbox(?:Settings|Options) .*?^}/gms)].join("\n");
    const names = [...types.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name);
    expect(options.map(([option]) => option).sort()).toEqual(names.sort());
  });

  test("the defaults are those of the table", async () => {
    const defaults = options.flatMap(([option = "", value = ""]) =>
      /^[a-z]/.test(value) && value !== "false" ? [] : [[option, JSON.parse(value)] as const],
    );
    expect(defaults.length).toBeGreaterThan(8);
    const [implied, named] = await Promise.all([createSandbox(), createSandbox(Object.fromEntries(defaults))]);
    expect(named.baseUrl).toBe(implied.baseUrl);
    expect(await named.snapshot()).toBe(await implied.snapshot());
  });
});

test("the table of members has all members", async () => {
  const names = rowsOf("member").flatMap(([names = ""]) => names.split(", ").map((name) => name.replace(/\(.*/, "")));
  expect(names.sort()).toEqual(Object.keys(await createSandbox()).sort());
});

/** Rows such as `` | `{ kind: "hang" }` | a `TimeoutError`; for a write an `OutcomeUnknownError` | ``. */
const faults = rowsOf("fault").flatMap(([faults = "", errors = ""]) => {
  const [read, write = read] = errors.split("for a write").map((part) => /\w+Error/.exec(part)?.[0]);
  return (faults.match(/\{.*?\}/g) ?? []).map((fault) => [fault, read, write] as const);
});

const json = (fault: string): Fault["fault"] => JSON.parse(fault.replace(/(\w+):/g, '"$1":'));

test("the guide has a table of faults", () => {
  expect(faults.length).toBeGreaterThan(7);
});

/** A short timeout for the faults that cause one. All others get the default, so that a slow machine does not fail the test. */
const optionsFor = (fault: string) => (/delay|hang/.test(fault) ? { timeoutMs: 300 } : {});

type Door = Pick<Sandbox, "baseUrl" | "token" | "fetch"> & {
  reset(): Promise<unknown>;
  addFault(fault: Fault): Promise<unknown>;
};

const server: Door = { baseUrl: SANDBOX, token, fetch, reset, addFault: injectFault };

describe.each([
  // Only browsers know CORS.
  ["a server", async () => server, faults.filter(([fault]) => !fault.includes("no_cors"))],
  ["the same process", createSandbox, faults],
] as const)("in %s", (_, open, faults) => {
  let door: Door;
  beforeAll(async () => {
    door = await open();
  });

  async function withFault(fault: string) {
    await door.reset();
    const omi = await connect({ baseUrl: door.baseUrl, token: door.token, fetch: door.fetch, maxRetries: 0 });
    await omi.tenants.list(); // gets a valid token
    await door.addFault({ endpoint: "*", fault: json(fault) });
    return omi.tenants;
  }

  test.each(faults)("%s: a read ends with %s", async (fault, name) => {
    const tenants = await withFault(fault);
    await expect(tenants.list({}, optionsFor(fault))).rejects.toMatchObject({ name });
  });

  test.each(faults)("%s: a write (a read ends with %s) ends with %s", async (fault, _, name) => {
    const tenants = await withFault(fault);
    const owner = { email: "lan@saomai.example", ownerName: "Nguyễn Thị Lan", phone: "0901234567" };
    const params = { ...owner, fullName: "Sao Mai", password: "Abcdef1!" };
    await expect(tenants.create(params, optionsFor(fault))).rejects.toMatchObject({ name });
  });
});
