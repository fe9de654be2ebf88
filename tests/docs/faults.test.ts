// The table of faults in the testing guide: the error from the SDK for each fault.
import { connect } from "omicall-partner";
import { beforeEach, expect, test } from "vitest";
import { documentOf } from "./documents";
import { injectFault, reset, SANDBOX, token } from "./sandbox";

const table = documentOf("docs/guides/testing.md").tables.find(([header]) => header?.[0] === "fault") ?? [];

/** Rows such as `` | `{ kind: "hang" }` | a `TimeoutError`; for a write an `OutcomeUnknownError` | ``. */
const rows = table.slice(1).flatMap(([faults = "", errors = ""]) => {
  const [read, write = read] = errors.split("for a write").map((part) => /\w+Error/.exec(part)?.[0]);
  return (faults.match(/\{.*?\}/g) ?? []).map((fault) => [fault, read, write] as const);
});

const json = (fault: string): object => JSON.parse(fault.replace(/(\w+):/g, '"$1":'));

const omi = await connect({ baseUrl: SANDBOX, token, maxRetries: 0 });

beforeEach(async () => {
  await reset();
  await omi.tenants.list(); // gets a valid token
});

test("the guide has a table of faults", () => {
  expect(rows.length).toBeGreaterThan(7);
});

/** A short timeout for the faults that cause one. All others get the default, so that a slow machine does not fail the test. */
const optionsFor = (fault: string) => (/delay|hang/.test(fault) ? { timeoutMs: 300 } : {});

// CORS only exists in browsers.
const inNode = rows.filter(([fault]) => !fault.includes("no_cors"));

test.each(inNode)("%s: a read ends with %s", async (fault, name) => {
  await injectFault({ endpoint: "*", fault: json(fault) });
  await expect(omi.tenants.list({}, optionsFor(fault))).rejects.toMatchObject({ name });
});

test.each(inNode)("%s: a write (a read ends with %s) ends with %s", async (fault, _, name) => {
  await injectFault({ endpoint: "*", fault: json(fault) });
  const owner = { email: "lan@saomai.example", ownerName: "Nguyễn Thị Lan", phone: "0901234567" };
  const params = { ...owner, fullName: "Sao Mai", password: "Abcdef1!" };
  await expect(omi.tenants.create(params, optionsFor(fault))).rejects.toMatchObject({ name });
});
