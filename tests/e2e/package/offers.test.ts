// The partner's account, packages and numbers, against the sandbox.
import { ApiError, AuthenticationError, ProtocolError } from "omicall-partner";
import type { NumberPage, PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  AGENCY,
  collect,
  EMPTY_KEY,
  injectFault,
  ME,
  NUMBERS,
  PACKAGES,
  rawRequest,
  recordingFetch,
  rejection,
  requestCounts,
  reset,
  sandboxClient,
  signIn,
  stubbedClient,
  success,
  TEMPLATES,
} from "./support";

let omi: PartnerClient;

beforeEach(async () => {
  await reset();
  omi = await sandboxClient();
});

const raw = async (path: string) => (await rawRequest<unknown>(path)).payload;

test("each call sends one request, and gives what the server sent", async () => {
  expect(await omi.account.me()).toEqual(await raw("/api/partner/me"));
  expect(await omi.account.agency()).toEqual(await raw("/api/partner/agency_tenant/info"));
  expect(await omi.packages.list()).toEqual(await raw("/api/partner/service_package/list"));
  expect(await omi.packages.templates()).toEqual(await raw("/api/partner/service_package_v2/template/list"));
  expect(await omi.numbers.list()).toEqual(await raw("/api/partner/public_number/list?page=1&size=50"));
  const counts = await requestCounts();
  // Each was sent once by the SDK and once by the test.
  for (const endpoint of [ME, AGENCY, PACKAGES, TEMPLATES, NUMBERS]) expect(counts[endpoint]).toBe(2);
});

test("the account is the one of the token", async () => {
  expect(await omi.account.me()).toMatchObject({ email: "partner@example.com", balance: 250_000_000 });
  const other = await sandboxClient({ token: () => signIn(EMPTY_KEY) });
  expect(await other.account.me()).toMatchObject({ email: "empty@example.com", balance: 0 });
  const wrong = await sandboxClient({ token: "not-a-token" });
  expect(await rejection(wrong.account.me(), AuthenticationError)).toMatchObject({ endpoint: ME });
});

describe("packages", () => {
  test("have prices for each currency, unless they have no list price", async () => {
    const packages = await omi.packages.list();
    expect(packages.map(({ code_name }) => code_name)).toContain("omi_pro");
    const start = packages.find(({ code_name }) => code_name === "omi_start");
    expect(start?.fee_holds).toEqual([
      { currency: "VND", price: 300_000 },
      { currency: "USD", price: 11.719 },
    ]);
    expect(packages.find(({ code_name }) => code_name === "trial")).not.toHaveProperty("fee_holds");
  });

  test.each([
    [{}, "payload", "array", "object"],
    [null, "payload", "array", "null"],
    [[{}, null], "payload[1]", "object", "null"],
    [[{ staff_num: "10" }], "payload[0].staff_num", "number", "string"],
    [[{}, { fee_setups: [{}, { price: "5" }] }], "payload[1].fee_setups[1].price", "number", "string"],
    [[{ fee_holds: {} }], "payload[0].fee_holds", "array", "object"],
  ])("%j is no list of packages", async (payload, path, expected, actual) => {
    const client = await stubbedClient(recordingFetch(() => success(payload)));
    const error = await rejection(client.packages.list(), ProtocolError);
    expect(error).toMatchObject({ path, expected, actual, endpoint: PACKAGES });
  });

  test("a refusal has the server's code", async () => {
    await injectFault(PACKAGES, { kind: "unknown_code", code: "quota_exceeded" });
    const error = await rejection(omi.packages.list(), ApiError);
    expect(error).toMatchObject({ code: "quota_exceeded", endpoint: PACKAGES });
  });
});

describe("numbers", () => {
  test("are listed page by page", async () => {
    const page = await omi.numbers.list({ page: 2, size: 100 });
    expect(page).toMatchObject({ page_number: 2, page_size: 100, total_items: 120, has_next: false });
    expect(page.items).toHaveLength(20);

    const numbers = await collect(omi.numbers.list({ size: 50 }));
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(120);
    const pages = await collect(omi.numbers.list({ size: 50 }).pages());
    expect(pages.flatMap(({ items }) => items)).toEqual(numbers);
    expect((await requestCounts())[NUMBERS]).toBe(1 + 3 + 3);
  });

  test("that are iterated stop at break", async () => {
    for await (const { number } of omi.numbers.list({ size: 10 })) {
      expect(number).not.toBe("");
      break;
    }
    expect((await requestCounts())[NUMBERS]).toBe(1);
  });

  test("are asked for by GET, with the page in the query and nothing else", async () => {
    const net = recordingFetch(() => success({ items: [], has_next: false } satisfies NumberPage));
    const client = await stubbedClient(net);
    await client.numbers.list();
    await client.numbers.list({ page: 3, size: 7 });
    expect(net.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}${new URL(url).search}`)).toEqual([
      `${NUMBERS}?page=1&size=50`,
      `${NUMBERS}?page=3&size=7`,
    ]);
  });

  test("that come again end the iteration with an error", async () => {
    await injectFault(NUMBERS, { kind: "repeated_page" });
    const error = await rejection(collect(omi.numbers.list({ size: 10 })), ProtocolError);
    expect(error).toMatchObject({ path: "payload.items", endpoint: NUMBERS });
  });

  test("without a number are a mismatch", async () => {
    const client = await stubbedClient(recordingFetch(() => success({ items: [{ provider: "itel" }] })));
    expect(await rejection(client.numbers.list(), ProtocolError)).toMatchObject({ path: "payload.items[0].number" });
  });
});
