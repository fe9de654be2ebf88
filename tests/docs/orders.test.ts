// The orders of the guide on safe top-ups: which of them a refusal settles.
import { pathToFileURL } from "node:url";
import { connect, type TopUpParams } from "omicall-partner";
import { beforeAll, expect, test, vi } from "vitest";
import { fileOf } from "./documents";
import { compile } from "./run";
import { addFault, reset, SANDBOX } from "./sandbox";
import { typecheck } from "./typecheck";

const token = async (): Promise<string> => {
  const response = await fetch(`${SANDBOX}/api/auth?apiKey=sandbox-partner-key`);
  return (await response.json()).payload.access_token;
};
const description = "First top-up, as agreed with the owner on the phone today.";

let file: string;

beforeAll(async () => {
  await reset();
  await addFault({
    endpoint: "POST /api/partner/tenant/update_balance",
    fault: { kind: "unknown_code", code: "quota_exceeded" },
  });
  await typecheck(); // writes the blocks
  file = await compile(fileOf("docs/guides/safe-top-ups.md", "order.ts"));
});

test.each<[string, Partial<TopUpParams>, string, string[][]]>([
  ["of the server, which the balance bears out", {}, "quota_exceeded", [["1", "refused"]]],
  ["of the server, about one of two requests perhaps", { wallet: "SPK" }, "quota_exceeded", []],
  ["of the SDK", { wallet: "SPK", amount: 1 }, "validation", [["1", "refused"]]],
])("a refusal %s", async (_, part, code, settled) => {
  const { send } = await import(pathToFileURL(file).href);
  const settle = vi.fn(async () => {});
  const omi = await connect({ baseUrl: SANDBOX, token });
  const email = (await omi.tenants.list()).items.find(({ status }) => status === "activated")?.email;
  const order = { email, amount: 500_000, description, ...part };
  await expect(send(omi, { open: async () => "1", settle }, order)).rejects.toMatchObject({ code });
  expect(settle.mock.calls).toEqual(settled);
});
