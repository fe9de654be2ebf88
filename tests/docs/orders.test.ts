// The guide on safe top-ups: which refusals settle an order.
import { pathToFileURL } from "node:url";
import { connect, type TopUpParams } from "omicall-partner";
import { beforeAll, expect, test, vi } from "vitest";
import { compile } from "./compile";
import { fileOf } from "./documents";
import { injectFault, reset, SANDBOX, token } from "./sandbox";
import { writeSources } from "./typecheck";

const description = "First top-up, as agreed with the owner on the phone today.";

let file: string;

beforeAll(async () => {
  await reset();
  await injectFault({
    endpoint: "POST /api/partner/tenant/update_balance",
    fault: { kind: "unknown_code", code: "quota_exceeded" },
  });
  writeSources();
  file = await compile(fileOf("docs/guides/safe-top-ups.md", "order.ts"));
});

test.each<[string, Partial<TopUpParams>, string, string[][]]>([
  ["of the server that the balance confirms", {}, "quota_exceeded", [["1", "refused"]]],
  ["of the server that can be about a repeated request", { wallet: "SPK" }, "quota_exceeded", []],
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
