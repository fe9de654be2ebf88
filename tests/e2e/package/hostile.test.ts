// Values that a browser's own `fetch` never returns and that no correct caller passes. Every call must settle with them too.
import {
  AuthenticationError,
  connect,
  OutcomeUnknownError,
  PartnerError,
  TimeoutError,
  ValidationError,
} from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { describe, expect, test } from "vitest";
import { respondingFetch, issueCodes, newTenant, newTopUp, stubbedClient, page, rejection, SANDBOX } from "./support";

/** An object whose properties, nested ones too, can be read `left` times; every later read throws. */
function throwing<T extends object>(target: T, reads: { left: number }): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      // JavaScript itself reads `then` of a value that a promise is resolved with.
      if (key === "then") return undefined;
      if (--reads.left < 0) throw new Error("no more reads");
      const value: unknown = Reflect.get(object, key, receiver);
      return typeof value === "object" && value !== null ? throwing(value, reads) : value;
    },
  });
}

const calls: Record<string, (omi: PartnerClient) => Promise<unknown>> = {
  create: (omi) => omi.tenants.create(newTenant()),
  list: async (omi) => omi.tenants.list(),
  "list page after page": async (omi) => {
    for await (const _ of omi.tenants.list().pages());
  },
  get: (omi) => omi.tenants.get("a1"),
  wait: (omi) => omi.tenants.waitUntilActive("a1", { intervalMs: 1, deadlineMs: 20 }),
  "topUp with recordBalance": (omi) => omi.tenants.topUp(newTopUp(), { recordBalance: true }),
  topUp: (omi) => omi.tenants.topUp(newTopUp()),
  "request GET": (omi) => omi.request("GET", "/api/x"),
  "request POST": (omi) => omi.request("POST", "/api/x"),
};

const payload = {
  ...page(["a1"]),
  id: "a1",
  email: newTopUp().email,
  items: [{ id: "a1", email: newTopUp().email }],
  balance: 5,
  status: "activated",
};

describe("a response whose properties throw", () => {
  test.each(Object.entries(calls))("%s settles, whichever read throws first", async (name, call) => {
    let resolved = 0;
    for (let count = 0; count < 120; count++) {
      const body = () => throwing({ status_code: 9999, payload }, { left: count });
      const response = { status: 200, headers: new Headers(), json: async () => body() } as unknown as Response;
      const recorder = respondingFetch(() => response);
      const omi = await stubbedClient(recorder, { maxRetries: 0, timeoutMs: 1_000 });
      const error: unknown = await call(omi).then(
        () => void resolved++,
        (reason: unknown) => reason,
      );
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(PartnerError);
      expect(error).not.toMatchObject({ code: "internal" });
      const writeSent =
        recorder.sent.some(({ url }) => /\/(add|update_balance|x)$/.test(url)) && name !== "request GET";
      if (writeSent) expect(error).toBeInstanceOf(OutcomeUnknownError);
    }
    // With enough reads it is a valid response.
    expect(resolved).toBeGreaterThan(0);
  });
});

/** A proxy that throws on every operation. */
function revoked(): never {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy as never;
}

describe("a response that contains a revoked proxy", () => {
  const bodies: Record<string, () => object> = {
    "as its status": () => ({ status_code: revoked(), payload }),
    "in the fields of its payload": () => ({
      status_code: 9999,
      payload: { ...payload, id: revoked(), email: revoked(), has_next: revoked(), balance: revoked() },
    }),
  };

  test.each(Object.keys(bodies).flatMap((place) => Object.keys(calls).map((name) => [place, name] as const)))(
    "%s: %s settles, and so does the next call",
    async (place, name) => {
      const recorder = respondingFetch(
        () => ({ status: 200, headers: new Headers(), json: async () => bodies[place]?.() }) as unknown as Response,
      );
      const omi = await stubbedClient(recorder, { maxRetries: 0, timeoutMs: 1_000 });
      for (let attempt = 0; attempt < 2; attempt++) {
        const error: unknown = await calls[name]?.(omi).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        // The payload of these calls is not documented, so it is returned unchecked.
        const isUnchecked = place !== "as its status" && /^(topUp|request)/.test(name);
        if (error === undefined) expect(isUnchecked).toBe(true);
        else expect(error).toBeInstanceOf(PartnerError);
        expect(error).not.toMatchObject({ code: "internal" });
        const writeSent =
          recorder.sent.some(({ url }) => /\/(add|update_balance|x)$/.test(url)) && name !== "request GET";
        if (error !== undefined && writeSent) expect(error).toBeInstanceOf(OutcomeUnknownError);
      }
    },
  );
});

describe("arguments that throw when they are read", () => {
  test.each<[string, (omi: PartnerClient) => PromiseLike<unknown>]>([
    ["params: create", (omi) => omi.tenants.create(revoked())],
    ["params: topUp", (omi) => omi.tenants.topUp(revoked())],
    ["params: list", (omi) => omi.tenants.list(revoked())],
    ["options: create", (omi) => omi.tenants.create(newTenant(), revoked())],
    ["options: topUp", (omi) => omi.tenants.topUp(newTopUp(), revoked())],
    ["options: list", (omi) => omi.tenants.list({}, revoked())],
    ["options: get", (omi) => omi.tenants.get("a1", revoked())],
    ["options: waitUntilActive", (omi) => omi.tenants.waitUntilActive("a1", revoked())],
    ["init: request", (omi) => omi.request("GET", "/api/x", revoked())],
    ["id: get", (omi) => omi.tenants.get(revoked())],
    ["query: request", (omi) => omi.request("GET", "/api/x", { query: revoked() })],
  ])("a revoked proxy as %s", async (name, call) => {
    const recorder = respondingFetch(() => expect.unreachable("a request was sent"));
    const omi = await stubbedClient(recorder);
    const [field] = name.split(":");
    expect(issueCodes(await rejection(call(omi), ValidationError))).toEqual([`${field}: request_invalid`]);
  });

  test("a revoked proxy as the options of connect", async () => {
    expect(issueCodes(await rejection(connect(revoked()), ValidationError))).toEqual(["options: request_invalid"]);
  });

  test.each(["baseUrl", "token", "language", "wasm", "fetch"])(
    "a getter %s of the options of connect",
    async (name) => {
      const valid = { baseUrl: SANDBOX, token: "t" };
      const options = Object.defineProperty({ ...valid }, name, {
        get() {
          throw new Error("error of the caller");
        },
        enumerable: true,
      });
      // An option that cannot be read counts as absent.
      const required = name in valid;
      const connecting = connect(options);
      if (required)
        expect(issueCodes(await rejection(connecting, ValidationError))).toEqual([`${name}: request_invalid`]);
      else (await connecting).close();
    },
  );
});

describe("promises that never settle", () => {
  test("a fetch that ignores its signal, and a token provider that never settles, end with the timeout", async () => {
    const ignoresSignal = () => new Promise<Response>(() => {});
    const omi = await stubbedClient({ fetch: ignoresSignal }, { maxRetries: 0, timeoutMs: 20 });
    await rejection(omi.tenants.get("a1"), TimeoutError);
    const withHangingProvider = await stubbedClient(
      { fetch: ignoresSignal },
      { token: () => new Promise<string>(() => {}), timeoutMs: 20 },
    );
    await rejection(withHangingProvider.tenants.get("a1"), TimeoutError);
    const withRevokedToken = await stubbedClient({ fetch: ignoresSignal }, { token: () => revoked() });
    await rejection(withRevokedToken.tenants.get("a1"), AuthenticationError);
  });
});
