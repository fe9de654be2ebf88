// Schemas: the same rules, messages and codes as the calls, synchronous, and nothing is sent.
import { ValidationError } from "omicall-partner";
import type { Language, PartnerClient, Schemas } from "omicall-partner";
import { beforeEach, describe, expect, test } from "vitest";
import {
  newTenant,
  newTopUp,
  page,
  PASSWORD,
  recordingFetch,
  rejection,
  SEEDED,
  stubbedClient,
  success,
} from "./support";
import type { Recorder } from "./support";

type Params = Record<string, unknown>;

/** The call of each schema, with valid parameters. */
const calls: Record<
  keyof Schemas,
  { valid: Params; call: (omi: PartnerClient, params: never) => PromiseLike<unknown> }
> = {
  buyNumber: {
    valid: { email: SEEDED.email, number: "842471000001", number_count: 6, note: "Order 1044" },
    call: (omi, params) => omi.numbers.buy(params),
  },
  extendPackage: {
    valid: { email: SEEDED.email, month_num: 6, note: "Order 1043, by phone." },
    call: (omi, params) => omi.packages.extend(params),
  },
  createTenant: {
    valid: { ...newTenant(), isAutoActive: true },
    call: (omi, params) => omi.tenants.create(params),
  },
  listNumbers: { valid: { page: 2, size: 10 }, call: (omi, params) => omi.numbers.list(params) },
  listTenants: {
    valid: { page: 2, size: 10, keyword: "Sao Mai" },
    call: (omi, params) => omi.tenants.list(params),
  },
  topUp: { valid: { ...newTopUp(), wallet: "NORMAL" }, call: (omi, params) => omi.tenants.topUp(params) },
  upgradePackage: {
    valid: { email: SEEDED.email, code_name: "omi_pro", month_num: 6, note: "Order 1042, by phone." },
    call: (omi, params) => omi.packages.upgrade(params),
  },
};
const names = Object.keys(calls) as (keyof Schemas)[];

let net: Recorder;
let clients: Record<Language, PartnerClient>;

beforeEach(async () => {
  net = recordingFetch(() => success({ id: "a1", ...page([]) }));
  clients = { en: await stubbedClient(net), vi: await stubbedClient(net, { language: "vi" }) };
});

const validate = (omi: PartnerClient, name: keyof Schemas, value: unknown) =>
  omi.schemas[name]["~standard"].validate(value);

/** Sends the request of a call, and returns it. */
async function sentBy(omi: PartnerClient, name: keyof Schemas, value: unknown) {
  net.sent.length = 0;
  await calls[name].call(omi, value as never);
  const [request, ...others] = net.sent;
  expect(others).toEqual([]);
  return { url: request?.url, body: await request?.text() };
}

/** Expects that the schema and the call agree about a value. The schema gets its own copy. */
async function expectAgreement(name: keyof Schemas, make: () => unknown) {
  for (const omi of Object.values(clients)) {
    net.sent.length = 0;
    const result = validate(omi, name, make());
    expect(net.sent).toEqual([]);
    if (result.issues) {
      const { issues } = await rejection(calls[name].call(omi, make() as never), ValidationError);
      expect(net.sent).toEqual([]);
      const isUnknown = (code: string) => code === "unknown_parameter";
      const pathOf = (field: string, code: string) => (field === "params" && !isUnknown(code) ? [] : [field]);
      expect(result.issues).toEqual(
        issues.map(({ field, code, message }) => ({ message, path: pathOf(field, code), code })),
      );
      expect(result.issues).not.toEqual([]);
    } else {
      const sent = await sentBy(omi, name, make());
      expect(await sentBy(omi, name, result.value)).toEqual(sent);
    }
  }
}

const fieldValues: unknown[] = [
  ...[
    undefined,
    null,
    "",
    " ",
    "\u200b",
    "text",
    "lan@example.com",
    "lan@exa\u200bmple.com",
    "Tie\u0302\u0301ng",
    "\ud800",
  ],
  ...[NaN, Infinity, -1, 0, 1, 1.5, 9_999, 10_000, 10_000.5, 2 ** 53, 10n, "10000", "SPK", "spk"],
  ...[true, false, {}, [], ["a"], new Date(0), Symbol("a"), () => "text", "x".repeat(254), "x".repeat(255)],
  PASSWORD,
];

describe.each(names)("%s", (name) => {
  const { valid } = calls[name];

  test("is a Standard Schema", () => {
    const { "~standard": standard } = clients.en.schemas[name];
    expect(standard).toMatchObject({ version: 1, vendor: "omicall-partner" });
  });

  test.each(Object.keys(valid))("agrees with the call about every value of %s", async (field) => {
    for (const value of fieldValues) await expectAgreement(name, () => ({ ...valid, [field]: value }));
    const { [field]: _, ...others } = valid;
    await expectAgreement(name, () => others);
  });

  test("agrees with the call about several issues, and about unknown parameters", async () => {
    await expectAgreement(name, () => Object.fromEntries(Object.keys(valid).map((field) => [field, 0.5])));
    await expectAgreement(name, () => ({ ...valid, isAutoActiv: true, params: 1, constructor: 1, "": 1 }));
    await expectAgreement(name, () => ({ ...valid, surprise: undefined, page: 0 }));
    expect(validate(clients.vi, name, { ...valid, isAutoActiv: true }).issues).toEqual([
      {
        message: "isAutoActiv không phải là tham số hợp lệ.",
        path: ["isAutoActiv"],
        code: "unknown_parameter",
      },
    ]);
  });

  /** An object whose fields are accessors of its class. */
  class Accessors {
    static {
      for (const [field, value] of Object.entries(valid)) {
        Object.defineProperty(this.prototype, field, { get: () => value });
      }
    }
  }

  test.each<[string, () => unknown]>([
    ...[undefined, null, true, 5, NaN, 10n, "", "text", Symbol("a")].map((value): [string, () => unknown] => [
      String(value),
      () => value,
    ]),
    ["an array", () => []],
    ["an array with parameters", () => [valid]],
    ["a function", () => () => valid],
    ["a Map", () => new Map(Object.entries(valid))],
    ["a Date", () => new Date(0)],
    ["an empty object", () => ({})],
    ["valid parameters", () => valid],
    ["an object without a prototype", () => Object.assign(Object.create(null), valid)],
    ["a frozen object", () => Object.freeze({ ...valid })],
    ["an instance of a class", () => Object.assign(new (class Form {})(), valid)],
    ["accessors of a class", () => new Accessors()],
    ["a proxy", () => new Proxy({ ...valid }, {})],
    ["a proxy that throws at every look", () => revoked()],
    [
      "a proxy whose fields throw",
      () =>
        new Proxy(valid, {
          get: () => {
            throw new Error("get");
          },
        }),
    ],
    [
      "a proxy whose names throw",
      () =>
        new Proxy(valid, {
          ownKeys: () => {
            throw new Error("ownKeys");
          },
        }),
    ],
    ...Object.keys(valid).map((field): [string, () => unknown] => [
      `a getter of ${field} that throws`,
      () =>
        Object.defineProperty({ ...valid }, field, {
          get: () => {
            throw new Error(field);
          },
        }),
    ]),
  ])("agrees with the call about %s", (_, make) => expectAgreement(name, make));

  test("has no path for what is no object", () => {
    const { issues } = validate(clients.en, name, []);
    expect(issues).toEqual([{ message: "params must be of type object.", path: [], code: "request_invalid" }]);
  });

  test("works after close()", () => {
    const { en } = clients;
    const before = [valid, { ...valid, page: "x" }, null].map((value) => validate(en, name, value));
    en.close();
    expect([valid, { ...valid, page: "x" }, null].map((value) => validate(en, name, value))).toEqual(before);
  });
});

/** A proxy that throws on every operation. */
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const writes = names.filter((name) => !name.startsWith("list"));

test.each(writes)("the output of %s is the body that the call sends", async (name) => {
  const { valid } = calls[name];
  const value = { ...valid, ...("fullName" in valid && { fullName: "Tie\u0302\u0301ng Vie\u0323\u0302t" }) };
  const result = validate(clients.vi, name, value);
  expect(result.issues).toBeUndefined();
  expect(result).toStrictEqual({ value: JSON.parse((await sentBy(clients.vi, name, value)).body ?? "") });
});

test("the output is in NFC, without undefined, and a password stays as it was typed", () => {
  const decomposed = "Tie\u0302\u0301ng Vie\u0323\u0302t";
  const password = `${PASSWORD}e\u0302`;
  const result = validate(clients.en, "createTenant", {
    ...newTenant({ email: "a@b.vn", fullName: decomposed, password }),
    isAutoActive: undefined,
  });
  expect(result).toStrictEqual({ value: newTenant({ email: "a@b.vn", fullName: decomposed.normalize(), password }) });
});

test("a list may be without parameters", () => {
  expect(validate(clients.en, "listTenants", undefined)).toStrictEqual({ value: {} });
  expect(validate(clients.en, "listNumbers", undefined)).toStrictEqual({ value: {} });
});

test.each([
  ["topUp", "amount", "Hãy nhập số tiền.", "Enter the amount."],
  ["listTenants", "page", "Hãy nhập số thứ tự trang.", "Enter the page number."],
] as const)("an empty number field: %s, %s", (name, field, vietnamese, english) => {
  const { valid } = calls[name];
  for (const empty of ["", " ", NaN, null, ...(name === "topUp" ? [undefined] : [])]) {
    const issue = { path: [field], code: "request_invalid" };
    const value = { ...valid, [field]: empty };
    expect(validate(clients.vi, name, value).issues).toEqual([{ ...issue, message: vietnamese }]);
    expect(validate(clients.en, name, value).issues).toEqual([{ ...issue, message: english }]);
  }
});

describe("extend", () => {
  const message = "Mật khẩu nhập lại không khớp.";
  const signUp = () =>
    clients.vi.schemas.createTenant.extend({
      confirmPassword: (value, form) => (value === form.password ? undefined : message),
    });
  const tenant = newTenant();
  const form = { ...tenant, confirmPassword: tenant.password };

  test("leaves the additional fields out, so that the output is what the call takes", async () => {
    const result = signUp()["~standard"].validate(form);
    expect(result).toStrictEqual({ value: tenant });
    if (!result.issues) await clients.vi.tenants.create(result.value);
    expect(await net.sent[0]?.json()).toEqual(tenant);
  });

  test("reports their messages after the call's own issues", () => {
    const issue = { message, path: ["confirmPassword"], code: "custom" };
    const { validate } = signUp()["~standard"];
    expect(validate({ ...form, confirmPassword: "other" })).toEqual({ issues: [issue] });
    expect(validate(tenant)).toEqual({ issues: [issue] });
    const { issues } = validate({ ...form, email: "lan@", confirmPassword: "" });
    expect(issues?.map(({ path, code }) => [...path, code])).toEqual([
      ["email", "email_invalid"],
      ["confirmPassword", "custom"],
    ]);
  });

  test("keeps a typo an issue", () => {
    const { issues } = signUp()["~standard"].validate({ ...form, isAutoActiv: true, confirmPasword: "" });
    expect(issues?.map(({ path, code }) => [...path, code])).toEqual([
      ["isAutoActiv", "unknown_parameter"],
      ["confirmPasword", "unknown_parameter"],
    ]);
  });

  test("does not change the schema, and can be repeated", () => {
    const own = clients.vi.schemas.createTenant;
    const both = signUp().extend({
      terms: (value, { confirmPassword }) => (value === true && confirmPassword ? undefined : "Hãy đồng ý."),
    });
    expect(both["~standard"].validate({ ...form, terms: true })).toStrictEqual({ value: tenant });
    expect(both["~standard"].validate(form).issues?.map(({ path }) => path)).toEqual([["terms"]]);
    expect(own["~standard"].validate(form).issues?.map(({ path }) => path)).toEqual([["confirmPassword"]]);
  });

  test("adds a rule to a parameter of the call, which stays in the output", () => {
    const schema = clients.vi.schemas.createTenant.extend({
      phone: (value: string) => (/^0\d{9}$/.test(value) ? undefined : "Số điện thoại gồm 10 chữ số."),
    });
    expect(schema["~standard"].validate(tenant)).toStrictEqual({ value: tenant });
    expect(schema["~standard"].validate({ ...tenant, phone: "1" }).issues).toEqual([
      { message: "Số điện thoại gồm 10 chữ số.", path: ["phone"], code: "custom" },
    ]);
  });

  test("calls no function for what is no object, and treats a field that throws as absent", () => {
    const seen: unknown[] = [];
    const schema = clients.en.schemas.listTenants.extend({ from: (value) => void seen.push(value) });
    for (const value of [null, [], "text", revoked()]) {
      expect(schema["~standard"].validate(value).issues?.map(({ path }) => path)).toEqual([[]]);
    }
    expect(seen).toEqual([]);
    const throwing = Object.defineProperty({}, "from", {
      enumerable: true,
      get: () => {
        throw new Error("from");
      },
    });
    for (const value of [undefined, throwing]) {
      expect(schema["~standard"].validate(value)).toStrictEqual({ value: {} });
    }
    expect(seen).toEqual([undefined, undefined]);
  });

  test("works after close()", () => {
    const schema = signUp();
    clients.vi.close();
    expect(schema["~standard"].validate(form)).toStrictEqual({ value: tenant });
  });
});

test("a call on a closed client says so in a whole sentence", async () => {
  for (const [language, message] of [
    ["en", "The connection is closed: connect again."],
    ["vi", "Kết nối đã đóng: hãy kết nối lại."],
  ] as const) {
    clients[language].close();
    const error = await rejection(clients[language].tenants.list(), ValidationError);
    expect(error.message).toBe(message);
    expect(error.issues).toEqual([{ field: "client", code: "client_closed", message }]);
  }
});
