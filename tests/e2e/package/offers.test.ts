// The partner's account, packages and numbers, against the sandbox.
import { ApiError, AuthenticationError, ProtocolError, ValidationError } from "omicall-partner";
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

describe("a quote", () => {
  const usd = (price: number) => ({ currency: "USD", price });
  const vnd = (price: number) => ({ currency: "VND", price });

  test("of a package is the setup fee and the monthly fees, or the monthly fees alone", async () => {
    const offer = (await omi.packages.list()).find(({ code_name }) => code_name === "omi_start") ?? {};
    const before = await requestCounts();
    const quote = (kind: "upgrade" | "extend", months: number) =>
      omi.packages.quote({ package: offer, months, kind }).prices;
    // 500,000 + 6 × 300,000; 19.531 + 6 × 11.719.
    expect(quote("upgrade", 6)).toEqual([vnd(2_300_000), usd(89.845)]);
    expect(quote("extend", 12)).toEqual([vnd(3_600_000), usd(140.628)]);
    expect(await requestCounts()).toEqual(before);
  });

  test("of a number is exact to the listed digits", async () => {
    const { items } = await omi.numbers.list();
    const number = items.find(({ number_type }) => number_type === "fixed") ?? { number: "" };
    expect(omi.numbers.quote({ number, months: 6 }).prices).toEqual([vnd(150_000), usd(5.862)]);
    for (let months = 6; months < 600; months++) {
      const price = omi.numbers.quote({ number, months }).prices[1]?.price;
      expect(price).toBe(Number(`${months * 977}e-3`));
    }
  });

  test.each([
    [
      [vnd(0.1), usd(0.2)],
      [usd(0.1), vnd(0.7)],
      [vnd(4.3), usd(0.8)],
    ],
    [[vnd(5)], [usd(1), vnd(1)], [vnd(11)]],
    [[], [vnd(1)], undefined],
    [undefined, [vnd(1)], undefined],
    [[vnd(5)], undefined, undefined],
    [[usd(5)], [vnd(5)], undefined],
    [[{ currency: null, price: 5 }, vnd(1)], [{ price: 5 }, vnd(1), {}], [vnd(7)]],
    [[vnd(5), vnd(6)], [vnd(1), usd(1), vnd(2)], [vnd(11)]],
    [[vnd(1e21), usd(Infinity)], [vnd(1), usd(1)], [vnd(1e21)]],
    [[vnd(NaN)], [vnd(1)], undefined],
  ])("has the currencies in which all fees are listed: %j %j", (fee_setups, fee_holds, expected) => {
    const offer = { ...(fee_setups && { fee_setups }), ...(fee_holds && { fee_holds }) };
    const quote = () => omi.packages.quote({ package: offer, months: 6, kind: "upgrade" });
    if (expected) expect(quote().prices).toEqual(expected);
    else expect(quote).toThrow("The package has no list price.");
  });

  test.each([
    // Sums and products of binary fractions have a tail.
    [0.30000000000000004, 12, 3.6],
    [1e-7, 12, 0.0000012],
    [11.72562048075044, 12, 140.7074457690048],
    // More digits than a decimal, or than a number has.
    [11.72562048075044, 9_999, 117244.47918702365],
    [90_071_992_547_409.9, 6, 540431955284459.4],
    [900_719_925_474_099.1, 6, 5404319552844595],
    [300_000, Number.MAX_SAFE_INTEGER, 300_000 * Number.MAX_SAFE_INTEGER],
  ])("of %d a month for %d months is %d", (price, months, expected) => {
    const number = { number: "1", maintaining_prices: [usd(price)] };
    expect(omi.numbers.quote({ number, months }).prices).toEqual([usd(expected)]);
  });

  test("names each issue, in the language of the client", async () => {
    const vi = await sandboxClient({ language: "vi" });
    const wrong = { package: { fee_holds: [vnd(1)] }, months: 5, kind: "buy" } as never;
    expect(() => vi.packages.quote(wrong)).toThrow(
      'Số tháng phải là số nguyên từ 6 trở lên. Loại giao dịch phải là một trong "upgrade", "extend".',
    );
    const empty = { number: { number: "1", maintaining_prices: [vnd(1)] }, months: "" } as never;
    expect(() => vi.numbers.quote(empty)).toThrow("Hãy nhập số tháng.");
    const none = { number: { number: "1" }, months: 6 };
    const error = await rejection((async () => vi.numbers.quote(none))(), ValidationError);
    expect(error.issues).toEqual([
      { field: "number", code: "request_invalid", message: "Đầu số không có giá niêm yết." },
    ]);
    for (const missing of [undefined, null]) {
      expect(() => vi.numbers.quote({ number: missing, months: 6 } as never)).toThrow("Đầu số không được để trống.");
    }
    expect(() => omi.packages.quote({ package: "omi_pro", months: 6 } as never)).toThrow(
      'The package must be of type object. The kind of purchase must be one of "upgrade", "extend".',
    );
    expect(() => omi.numbers.quote({ number: {}, months: 6 } as never)).toThrow(
      "number.number must be of type string.",
    );
    expect(() =>
      omi.packages.quote({ package: { fee_holds: [{}, { price: "1" }] }, months: 6, kind: "extend" } as never),
    ).toThrow("package.fee_holds[1].price must be of type number.");
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
