// `createSandbox`, in Node.js and in the browsers.
import { connect, OutcomeUnknownError } from "omicall-partner";
import { createSandbox, SandboxError, type Fault, type Sandbox, type SandboxOptions } from "omicall-partner-sandbox";
import { describe, expect, test } from "vitest";

const ME = "/api/partner/me";
const ADD = "/api/partner/tenant/add";
const OWNER = {
  email: "lan@saomai.example",
  password: "Abcdef1!",
  fullName: "Sao Mai",
  ownerName: "Nguyễn Thị Lan",
  phone: "0901234567",
};
const NOW = 1_790_000_000_000;

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable("was not rejected"),
    (error: unknown) => error,
  );

/** What an error of the sandbox says. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await rejection(promise);
  expect(error).toBeInstanceOf(SandboxError);
  const { code, message } = error as SandboxError;
  return `${code}: ${message}`;
}

const connectTo = ({ baseUrl, token, fetch }: Sandbox) => connect({ baseUrl, token, fetch });

/** The parts of a request with a token. */
async function authorized(sandbox: Sandbox, body?: object): Promise<RequestInit> {
  const headers = { authorization: `Bearer ${await sandbox.token()}` };
  return body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
}

/** Whether the sandbox has created the tenant. */
const hasTenant = ({ tenant }: Sandbox) =>
  tenant(OWNER.email).then(
    () => true,
    ({ code }: SandboxError) => code !== "not_found",
  );

const everywhere = (fault: Fault["fault"], more: Partial<Fault> = {}): Fault => ({ endpoint: "*", fault, ...more });

/** Resolves when the sandbox has received this number of requests. */
async function received({ requests }: Sandbox, count: number): Promise<void> {
  while ((await requests()).length < count) await new Promise((resolve) => setTimeout(resolve));
}

describe("options", () => {
  test.each<[unknown, string]>([
    [{ tenant: 5 }, "tenant: unknown field `tenant`, expected one of `basePath`, `allowOrigin`, `apiKey`, "],
    [{ tenants: "5" }, "tenants: invalid type"],
    [{ tenants: 1_000_001 }, "tenants: expected an integer, at most 1000000"],
    [{ seed: 0.5 }, "seed: invalid type"],
    [{ activationMs: [600, 300] }, "activationMs: expected two integers"],
    [{ activationMs: 300 }, "activationMs: invalid type"],
    [{ expiredAs: "403" }, "expiredAs: unknown variant `403`"],
    [{ apiKey: " " }, "apiKey: the key must not be blank"],
    [{ basePath: "proxy" }, "basePath: expected a path"],
    [{ allowOrigin: ["http://localhost/"] }, "allowOrigin[0]: expected an origin"],
    [{ now: "2026-01-01" }, "now: invalid type"],
    [{ origin: "https://api.example.com/" }, "origin: expected an origin"],
    [{ origin: "api.example.com" }, "origin: expected an origin"],
    [{ otherOrigins: "ignore" }, "otherOrigins: expected"],
    [{ seed: 5n }, "seed: expected a finite number"],
    [{ latencyMs: Number.NaN }, "latencyMs: expected a finite number"],
    [{ now: Number.POSITIVE_INFINITY }, "now: expected a finite number"],
    [{ now: -1 }, "now: expected epoch milliseconds"],
    [{ now: 1e15 }, "now: expected epoch milliseconds"],
    [{ seed: -1 }, "seed: invalid value: integer `-1`, expected an integer of at least 0"],
    [{ allowOrigin: "*" }, 'allowOrigin: invalid type: string "*", expected an array'],
  ])("%o is refused by name", async (options, message) => {
    expect(await refusal(createSandbox(options as SandboxOptions))).toContain(`invalid_option: ${message}`);
  });

  test("are all named where one is unknown", async () => {
    const message = await refusal(createSandbox({ originn: "http://localhost:3000" } as SandboxOptions));
    const known: Required<Record<keyof SandboxOptions, true>> = {
      ...{
        tenants: true,
        seed: true,
        now: true,
        activationMs: true,
        latencyMs: true,
        tokenTtlMs: true,
        expiredAs: true,
      },
      ...{ apiKey: true, basePath: true, allowOrigin: true, admin: true, origin: true, otherOrigins: true },
    };
    const named = message.split("expected one of ")[1]?.split(", ");
    expect(named?.sort()).toEqual(
      Object.keys(known)
        .map((name) => `\`${name}\``)
        .sort(),
    );
  });

  test("that are undefined have their defaults", async () => {
    const sandbox = await createSandbox({ tenants: undefined, origin: undefined } as unknown as SandboxOptions);
    expect([(await sandbox.state()).tenants, sandbox.baseUrl]).toEqual([120, "https://sandbox.invalid"]);
  });

  test("have the same effects as the flags of the server", async () => {
    const sandbox = await createSandbox({
      ...{ basePath: "/proxy/", apiKey: "my key", expiredAs: "envelope", tenants: 3, now: NOW, tokenTtlMs: 1000 },
      ...{ origin: "http://localhost:3000", activationMs: [5, 5], seed: 9, latencyMs: 0, admin: true },
    });
    expect(sandbox.baseUrl).toBe("http://localhost:3000/proxy");
    const init = await authorized(sandbox);
    await sandbox.advance(1000);
    expect(await (await sandbox.fetch(sandbox.baseUrl + ME, init)).json()).toMatchObject({
      message: "partner_invalid",
    });
    const state = await sandbox.fetch(`${sandbox.baseUrl}/sandbox/state`);
    expect(await state.json()).toEqual({ requests: { "GET /api/auth": 1, "GET /api/partner/me": 1 }, tenants: 3 });
  });
});

test("sandboxes side by side share nothing, and the same seed has the same data", async () => {
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => createSandbox({ seed, tenants: 20, now: NOW })));
  const [a, b, c] = await Promise.all([connectTo(one!), connectTo(same!), connectTo(other!)]);
  const { id } = await a.tenants.create(OWNER);
  expect((await a.tenants.list()).total_items).toBe(21);
  expect(await b.tenants.list()).toMatchObject({ total_items: 20, items: (await a.tenants.list()).items.slice(1) });
  expect((await c.tenants.list()).items[0]!.email).not.toBe((await b.tenants.list()).items[0]!.email);
  expect((await b.tenants.create(OWNER)).id).toBe(id);
  expect(await refusal(other!.tenant(OWNER.email))).toBe("not_found: no tenant has this e-mail");
});

test("a portal's main job: create, wait, top up, and find out what happened to a top-up whose response was lost", async () => {
  const sandbox = await createSandbox();
  const omi = await connectTo(sandbox);
  const { id } = await omi.tenants.create({ ...OWNER, isAutoActive: true });
  const active = omi.tenants.waitUntilActive(id, { intervalMs: 20 });
  await sandbox.advance(10_000);
  expect((await active).status).toBe("activated");

  const order = {
    email: OWNER.email,
    amount: 500_000,
    description: "First top-up, as agreed with the owner on the phone.",
  };
  await sandbox.addFault({
    endpoint: "POST /api/partner/tenant/update_balance",
    ...{ count: 1, effect: true, fault: { kind: "cut_headers" } },
  });
  const error = await rejection(omi.tenants.topUp(order, { recordBalance: true }));
  expect(error).toBeInstanceOf(OutcomeUnknownError);
  expect((await (error as OutcomeUnknownError).reconcile()).outcome).toBe("applied");
  expect(await sandbox.tenant(OWNER.email)).toMatchObject({
    ...{ status: "activated", balance: 500_000, service_balance: 0 },
    top_ups: [{ amount: 500_000, wallet: "NORMAL", description: order.description }],
  });
});

describe("token", () => {
  test("gets a new token each time, for the partner's key", async () => {
    const { token, baseUrl, fetch } = await createSandbox({ apiKey: "một khóa" });
    const [first, second] = [await token(), await token()];
    expect(first).not.toBe(second);
    const response = await fetch(baseUrl + ME, { headers: { authorization: `Bearer ${first}` } });
    expect(await response.json()).toMatchObject({ status_code: 9999, payload: { currency: "VND" } });
  });

  test("says why there is none", async () => {
    const sandbox = await createSandbox();
    await sandbox.addFault(everywhere({ kind: "status", status: 503 }, { count: 1 }));
    expect(await refusal(sandbox.token())).toBe("no_token: The sandbox gave no token: HTTP 503.");
    await sandbox.addFault(everywhere({ kind: "unknown_code", code: "locked" }, { count: 1 }));
    expect(await refusal(sandbox.token())).toBe("no_token: The sandbox gave no token: locked.");
    for (const kind of ["html", "empty", "truncated", "wrong_types"] as const) {
      await sandbox.addFault(everywhere({ kind }, { count: 1 }));
      expect(await refusal(sandbox.token())).toBe("no_token: The sandbox gave no token: HTTP 200.");
    }
  });

  test("that is expired is refused", async () => {
    const sandbox = await createSandbox();
    const init = await authorized(sandbox);
    expect(await sandbox.expireTokens()).toEqual({ expired: 1 });
    expect((await sandbox.fetch(sandbox.baseUrl + ME, init)).status).toBe(401);
  });
});

describe("fetch", () => {
  test("takes what the platform's fetch takes", async () => {
    const sandbox = await createSandbox();
    const init = await authorized(sandbox);
    const url = sandbox.baseUrl + ME;
    for (const response of [
      await sandbox.fetch(url, init),
      await sandbox.fetch(new URL(url), init),
      await sandbox.fetch(new Request(url, init)),
      await sandbox.fetch(new Request(url), init),
    ]) {
      expect(await response.json()).toMatchObject({ status_code: 9999 });
    }
  });

  test("refuses another origin and names it, unless it passes others on", async () => {
    const sandbox = await createSandbox();
    for (const url of ["https://sandbox.invalid:444/api/auth", "https://other.example/x?y", "data:text/plain,x"]) {
      expect(await refusal(sandbox.fetch(url))).toContain(`other_origin: ${url} is not an address of the sandbox`);
    }
    expect(await sandbox.requests()).toEqual([]);
    const passing = await createSandbox({ otherOrigins: "fetch" });
    expect(await (await passing.fetch("data:text/plain,xin%20ch%C3%A0o")).text()).toBe("xin chào");
  });

  test("rejects with the signal's reason, before and during the request", async () => {
    const sandbox = await createSandbox({ now: NOW });
    await sandbox.addFault(everywhere({ kind: "hang" }, { count: 1 }));
    await sandbox.addFault(everywhere({ kind: "delay", ms: 1000 }));
    const reason = new Error("enough");
    expect(await rejection(sandbox.fetch(sandbox.baseUrl + ME, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(await sandbox.requests()).toEqual([]);
    for (const count of [1, 2]) {
      const controller = new AbortController();
      const rejected = rejection(sandbox.fetch(sandbox.baseUrl + ME, { signal: controller.signal }));
      await received(sandbox, count);
      controller.abort(reason);
      expect(await rejected).toBe(reason);
    }
  });

  test("drops an aborted request as a server does when its client is gone: what was not executed yet is not executed", async () => {
    for (const effect of [false, true]) {
      const sandbox = await createSandbox({ now: NOW });
      const init = await authorized(sandbox, OWNER);
      await sandbox.addFault(everywhere({ kind: "delay", ms: 1000 }, { effect }));
      const controller = new AbortController();
      const rejected = rejection(sandbox.fetch(sandbox.baseUrl + ADD, { ...init, signal: controller.signal }));
      await received(sandbox, 2);
      controller.abort();
      expect(await rejected).toMatchObject({ name: "AbortError" });
      await sandbox.advance(1000);
      expect(await hasTenant(sandbox)).toBe(effect);
    }
  });

  test.each<[Fault["fault"], string]>([
    [{ kind: "cut_headers" }, "cut the connection before the response"],
    [{ kind: "no_cors" }, "has no CORS headers"],
    [{ kind: "redirect", to: "https://other.example" }, "is a redirect"],
  ])("with the fault %o rejects with a TypeError", async (fault, message) => {
    for (const effect of [false, true]) {
      const sandbox = await createSandbox();
      const init = await authorized(sandbox, OWNER);
      await sandbox.addFault(everywhere(fault, { effect }));
      const error = await rejection(sandbox.fetch(sandbox.baseUrl + ADD, init));
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain(message);
      // This fault always executes the endpoint.
      expect(await hasTenant(sandbox)).toBe(effect || fault.kind === "no_cors");
    }
  });

  test("returns a redirect that it is not to follow", async () => {
    const sandbox = await createSandbox();
    await sandbox.addFault(everywhere({ kind: "redirect", to: "https://other.example" }));
    const response = await sandbox.fetch(`${sandbox.baseUrl}${ME}?a=1`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([307, `https://other.example${ME}?a=1`]);
  });

  test("has the headers and half of a body that is cut", async () => {
    const sandbox = await createSandbox();
    const init = await authorized(sandbox);
    await sandbox.addFault(everywhere({ kind: "cut_body" }));
    const response = await sandbox.fetch(sandbox.baseUrl + ME, init);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toMatch(/^{"status_code":9999/);
    expect(await rejection(reader.read())).toBeInstanceOf(TypeError);
    // `json()` of Firefox replaces the error of a stream by an AbortError of its own.
    const { name } = (await rejection((await sandbox.fetch(sandbox.baseUrl + ME, init)).json())) as Error;
    expect(["TypeError", "AbortError"]).toContain(name);
    const omi = await connect({ baseUrl: sandbox.baseUrl, token: "any", fetch: sandbox.fetch, maxRetries: 0 });
    expect(await rejection(omi.account.me())).toMatchObject({ name: "NetworkError", code: "network" });
  });

  test("streams a huge body", async () => {
    const sandbox = await createSandbox();
    await sandbox.addFault(everywhere({ kind: "huge", bytes: 10_000_001 }));
    const response = await sandbox.fetch(sandbox.baseUrl + ME);
    const { payload } = (await response.json()) as { payload: { sandbox_filler: string } };
    expect(payload.sandbox_filler).toHaveLength(10_000_001);
  });

  test("ends the body that it streams when it is aborted", async () => {
    const sandbox = await createSandbox();
    await sandbox.addFault(everywhere({ kind: "huge", bytes: 50_000_000 }));
    const controller = new AbortController();
    const response = await sandbox.fetch(sandbox.baseUrl + ME, { signal: controller.signal });
    const reader = response.body!.getReader();
    await reader.read();
    const reason = new Error("enough");
    controller.abort(reason);
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    expect(await rejection(rest())).toBe(reason);
  });

  test("keeps the bytes of headers", async () => {
    const sandbox = await createSandbox();
    await sandbox.addFault(everywhere({ kind: "status", status: 503, retry_after: "sớm" }));
    const { headers } = await sandbox.fetch(sandbox.baseUrl + ME);
    const bytes = Uint8Array.from(headers.get("retry-after") ?? "", (char) => char.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).toBe("sớm");
  });

  test("refuses a body that is too large, and goes on", async () => {
    const sandbox = await createSandbox();
    const init = await authorized(sandbox);
    const body = new Uint8Array(17 * 1024 * 1024);
    const response = await sandbox.fetch(sandbox.baseUrl + ADD, { ...init, method: "POST", body });
    expect(response.status).toBe(413);
    expect((await sandbox.fetch(sandbox.baseUrl + ME, init)).status).toBe(200);
  });

  test("is refused by CORS where the page is not allowed", async () => {
    const page = (globalThis.location as Location | undefined)?.origin;
    const allowed = await createSandbox({ allowOrigin: [page ?? "http://localhost:5173"] });
    const { headers } = await allowed.fetch(allowed.baseUrl + ME);
    expect(headers.get("access-control-allow-origin")).toBe(page ?? "http://localhost:5173");
    // Where there is no page, nothing is refused.
    const other = await createSandbox({ allowOrigin: ["http://other.example"] });
    const result = other.fetch(other.baseUrl + ME);
    if (page) expect(await rejection(result)).toBeInstanceOf(TypeError);
    else expect((await result).status).toBe(401);
  });
});

describe("handle", () => {
  test("answers like a server, whatever the origin of the address", async () => {
    const sandbox = await createSandbox({ now: NOW });
    const handle = (path: string, init?: RequestInit) =>
      sandbox.handle(new Request(`https://any.example${path}`, init));
    const response = await handle(ME, await authorized(sandbox));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{ "content-type": "application/json", "access-control-allow-origin": "*" },
      date: new Date(NOW).toUTCString(),
    });
    expect((await handle("/nowhere")).status).toBe(404);
    const admin = await handle("/sandbox/state");
    expect([admin.status, ((await admin.json()) as { error: string }).error]).toEqual([
      404,
      "the admin routes need the flag --admin, or the option admin of createSandbox",
    ]);
    const preflight = { origin: "https://portal.example", "access-control-request-method": "POST" };
    const { status, headers } = await handle(ADD, { method: "OPTIONS", headers: preflight });
    expect([status, headers.get("access-control-allow-methods")]).toEqual([200, "GET,POST,OPTIONS"]);
  });

  test("returns what a page could not read", async () => {
    const sandbox = await createSandbox();
    await sandbox.addFault(everywhere({ kind: "no_cors" }));
    const response = await sandbox.handle(new Request(sandbox.baseUrl + ME));
    expect([response.status, response.headers.has("access-control-allow-origin")]).toEqual([401, false]);
  });
});

describe("the clock", () => {
  test("ends activations and tokens", async () => {
    const sandbox = await createSandbox({ now: NOW, activationMs: [10_000, 10_000], tokenTtlMs: 20_000 });
    const omi = await connectTo(sandbox);
    const { id } = await omi.tenants.create({ ...OWNER, isAutoActive: true });
    await sandbox.advance(9_999);
    expect((await omi.tenants.get(id)).status).toBe("not_activated");
    expect(await sandbox.advance(1)).toEqual({ now: NOW + 10_000 });
    expect(await omi.tenants.get(id)).toMatchObject({ status: "activated", effective_date: NOW + 10_000 });
    const init = await authorized(sandbox);
    await sandbox.advance(20_000);
    expect((await sandbox.fetch(sandbox.baseUrl + ME, init)).status).toBe(401);
  });

  test.each([undefined, NOW])("ends delays (now: %s)", async (now) => {
    const sandbox = await createSandbox({ latencyMs: 3_600_000, ...(now && { now }) });
    let isDone = false;
    const response = sandbox.fetch(sandbox.baseUrl + ME).finally(() => (isDone = true));
    await received(sandbox, 1);
    await sandbox.advance(3_500_000);
    await sandbox.state();
    expect(isDone).toBe(false);
    await sandbox.advance(100_000);
    expect((await response).status).toBe(401);
  });

  test("has a last day: nothing fails on it", async () => {
    const sandbox = await createSandbox({ now: 4_133_980_799_999 });
    const snapshot = (await sandbox.snapshot()).replace('"advanced":0', '"advanced":9000000000000000');
    await sandbox.restore(snapshot);
    await sandbox.addFault(everywhere({ kind: "status", status: 503, retry_after: "date+4294967295" }));
    const { headers } = await sandbox.fetch(sandbox.baseUrl + ME);
    expect([headers.get("date"), headers.get("retry-after")]).toEqual([
      "Mon, 01 Jan 9990 00:00:00 GMT",
      "Fri, 31 Dec 9999 23:59:59 GMT",
    ]);
  });

  test("does not go back", async () => {
    const sandbox = await createSandbox();
    for (const ms of [-1, 0.5, Number.NaN, 2 ** 32]) {
      expect(await refusal(sandbox.advance(ms))).toMatch(/^invalid_argument: ms: (invalid|expected)/);
    }
  });
});

describe("faults", () => {
  test.each<[unknown, string]>([
    [{ endpoint: "GET /api/nowhere", fault: { kind: "hang" } }, "endpoint: unknown variant `GET /api/nowhere`"],
    [{ endpoint: "*", fault: { kind: "hung" } }, "fault.kind: unknown variant `hung`"],
    [{ endpoint: "*", fault: { kind: "delay" } }, "fault: missing field `ms`"],
    [{ endpoint: "*", fault: { kind: "delay", ms: "5" } }, "fault.ms: invalid type"],
    [{ endpoint: "*", fault: { kind: "hang", ms: 5 } }, "fault.ms: unknown field"],
    [{ endpoint: "*", times: 2, fault: { kind: "hang" } }, "times: unknown field"],
    [{ endpoint: "*", count: 0, fault: { kind: "hang" } }, "count: invalid value"],
    [{ endpoint: "GET /api/partner/me", fault: { kind: "endless" } }, "endpoint: endless is for"],
    [{}, "missing field `endpoint`"],
  ])("%o is refused by name", async (fault, message) => {
    const { addFault, faults } = await createSandbox();
    expect(await refusal(addFault(fault as Fault))).toContain(`invalid_argument: ${message}`);
    expect(await faults()).toEqual([]);
  });

  test("are listed, counted and cleared", async () => {
    const sandbox = await createSandbox();
    const fault = everywhere({ kind: "status", status: 429, body: "json", retry_after: "7" });
    expect(await sandbox.addFault({ ...fault, count: 2 })).toEqual({ ...fault, effect: false, struck: 0, left: 2 });
    const response = await sandbox.fetch(sandbox.baseUrl + ME);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await sandbox.faults()).toEqual([{ ...fault, effect: false, struck: 1, left: 1 }]);
    expect((await sandbox.requests()).map(({ endpoint, fault }) => [endpoint, fault])).toEqual([
      ["GET /api/partner/me", "status"],
    ]);
    expect(await sandbox.clearFaults()).toEqual({ cleared: 1 });
    expect((await sandbox.fetch(sandbox.baseUrl + ME)).status).toBe(401);
  });
});

test("reset restores the initial state", async () => {
  const sandbox = await createSandbox({ now: NOW, tenants: 5 });
  const init = await authorized(sandbox);
  await (await connectTo(sandbox)).tenants.create(OWNER);
  await sandbox.advance(1000);
  await sandbox.addFault(everywhere({ kind: "html" }));
  expect(await sandbox.reset()).toEqual({ tenants: 5 });
  expect(await hasTenant(sandbox)).toBe(false);
  expect([await sandbox.faults(), await sandbox.requests()]).toEqual([[], []]);
  expect((await sandbox.fetch(sandbox.baseUrl + ME, init)).status).toBe(401);
  expect(await sandbox.advance(0)).toEqual({ now: NOW });
});

describe("a snapshot", () => {
  test("has all data: another sandbox goes on from there", async () => {
    const sandbox = await createSandbox({ now: NOW, activationMs: [5, 5] });
    const omi = await connectTo(sandbox);
    await omi.tenants.create({ ...OWNER, isAutoActive: true });
    await sandbox.advance(1000);
    const note = "Mua theo hợp đồng số 15";
    await omi.packages.upgrade({ email: OWNER.email, code_name: "omi_start", month_num: 6, note });
    const [{ number }] = (await omi.numbers.list()).items as [{ number: string }];
    await omi.numbers.buy({ email: OWNER.email, number, number_count: 6, note });

    const other = await createSandbox({ now: NOW, activationMs: [5, 5], seed: 2, tenants: 0 });
    expect(await other.restore(await sandbox.snapshot())).toEqual({ tenants: 121 });
    expect(await other.snapshot()).toBe(await sandbox.snapshot());
    expect(await other.tenant(OWNER.email)).toEqual(await sandbox.tenant(OWNER.email));
    const again = await connectTo(other);
    expect(await again.account.me()).toEqual(await omi.account.me());
    expect(await again.tenants.list()).toEqual(await omi.tenants.list());
    expect((await again.numbers.list()).items[0]?.number).not.toBe(number);
    const next = { ...OWNER, email: "next@saomai.example" };
    expect(await again.tenants.create(next)).toEqual(await omi.tenants.create(next));
  });

  test("that is no snapshot is refused and changes nothing", async () => {
    const sandbox = await createSandbox({ tenants: 2 });
    const good = await sandbox.snapshot();
    for (const [bad, message] of [
      ["", "EOF"],
      ["{}", "missing field `version`"],
      [good.replace('"version":1', '"version":2'), "version: expected 1"],
      [good.replace('"enabled":true', '"enabled":1'), "].enabled: invalid type"],
      [good.slice(0, -1), "EOF"],
      [good.replace(/"id":"\w+"/g, '"id":"one"'), "tenants[1].id: another tenant has the same"],
      [good.replace(/"email":"[^"]+"/g, '"email":"a@b.example"'), "tenants[1].email: another tenant has the same"],
      [good.replace('"partner":0', '"partner":3'), "tenants[0].partner: there is no such partner"],
      [good.replace('"advanced":0', '"advanced":-1'), "advanced: expected"],
      [good.replace('"partner":0', '"partner":0,"vip":true'), "unknown field `vip`"],
    ] as const) {
      expect(await refusal(sandbox.restore(bad))).toMatch(/^invalid_argument: /);
      expect(await refusal(sandbox.restore(bad))).toContain(message);
    }
    expect(await sandbox.snapshot()).toBe(good);
  });
});
