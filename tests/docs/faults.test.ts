// What the testing guide says that the SDK makes of each fault.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "omicall-partner";
import { beforeEach, expect, test } from "vitest";
import { root } from "./documents";
import { addFault, reset, SANDBOX } from "./sandbox";

const guide = readFileSync(join(root, "docs/guides/testing.md"), "utf8");

/** Rows as `` | `{ kind: "hang" }` | a `TimeoutError`; of a write an `OutcomeUnknownError` | ``. */
const rows = [...guide.matchAll(/^\| (`\{ kind: .+?) \| (.+) \|$/gm)].flatMap(([, faults = "", text = ""]) => {
  const [read, write = read] = text.split("of a write").map((part) => /`(\w+Error)`/.exec(part)?.[1]);
  return faults.split(", `").map((fault) => [fault.replaceAll("`", ""), read, write] as const);
});

const json = (fault: string): object => JSON.parse(fault.replace(/(\w+):/g, '"$1":'));

const token = async (): Promise<string> => {
  const response = await fetch(`${SANDBOX}/api/auth?apiKey=sandbox-partner-key`);
  return (await response.json()).payload.access_token;
};
const omi = await connect({ baseUrl: SANDBOX, token, maxRetries: 0 });

beforeEach(async () => {
  await reset();
  await omi.tenants.list(); // with a token that is valid again
});

test("the guide has a table of faults", () => {
  expect(rows.length).toBeGreaterThan(7);
});

/** What never comes is not waited for; what comes has all the time that a busy machine may need. */
const optionsFor = (fault: string) => (/delay|hang/.test(fault) ? { timeoutMs: 300 } : {});

// Node knows nothing of CORS.
const inNode = rows.filter(([fault]) => !fault.includes("no_cors"));

test.each(inNode)("%s: a read ends as %s", async (fault, name) => {
  await addFault({ endpoint: "*", fault: json(fault) });
  await expect(omi.tenants.list({}, optionsFor(fault))).rejects.toMatchObject({ name });
});

test.each(inNode)("%s: a write (a read would be %s) ends as %s", async (fault, _, name) => {
  await addFault({ endpoint: "*", fault: json(fault) });
  const owner = { email: "lan@saomai.example", ownerName: "Nguyễn Thị Lan", phone: "0901234567" };
  const params = { ...owner, fullName: "Sao Mai", password: "Abcdef1!" };
  await expect(omi.tenants.create(params, optionsFor(fault))).rejects.toMatchObject({ name });
});
