// What no browser's own `fetch` brings, and no sensible caller passes: every call settles all the same.
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
import { answering, faults, newTenant, newTopUp, offline, page, rejection, SANDBOX } from "./support";

/** An object, and all that is in it, that throws at the look number `left` and at each one after it. */
function throwing<T extends object>(target: T, looks: { left: number }): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      // The language itself looks at what a promise is resolved with.
      if (key === "then") return undefined;
      if (--looks.left < 0) throw new Error("no more");
      const value: unknown = Reflect.get(object, key, receiver);
      return typeof value === "object" && value !== null ? throwing(value, looks) : value;
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

describe("an answer that throws when it is looked at", () => {
  test.each(Object.entries(calls))("%s settles, however late that is", async (name, call) => {
    let resolved = 0;
    for (let count = 0; count < 120; count++) {
      const body = () => throwing({ status_code: 9999, payload }, { left: count });
      const answer = { status: 200, headers: new Headers(), json: async () => body() } as unknown as Response;
      const recorder = answering(() => answer);
      const omi = await offline(recorder, { maxRetries: 0, timeoutMs: 1_000 });
      const error: unknown = await call(omi).then(
        () => void resolved++,
        (reason: unknown) => reason,
      );
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(PartnerError);
      expect(error).not.toMatchObject({ code: "internal" });
      const wrote = recorder.sent.some(({ url }) => /\/(add|update_balance|x)$/.test(url)) && name !== "request GET";
      if (wrote) expect(error).toBeInstanceOf(OutcomeUnknownError);
    }
    // With looks enough it is a good answer.
    expect(resolved).toBeGreaterThan(0);
  });
});

/** A proxy that throws whatever is done with it. */
function revoked(): never {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy as never;
}

describe("an answer that holds a proxy which was revoked", () => {
  const strange: Record<string, () => object> = {
    "as its status": () => ({ status_code: revoked(), payload }),
    "in the fields of its payload": () => ({
      status_code: 9999,
      payload: { ...payload, id: revoked(), email: revoked(), has_next: revoked(), balance: revoked() },
    }),
  };

  test.each(Object.keys(strange).flatMap((place) => Object.keys(calls).map((name) => [place, name] as const)))(
    "%s: %s settles, and so does the next one",
    async (place, name) => {
      const recorder = answering(
        () => ({ status: 200, headers: new Headers(), json: async () => strange[place]?.() }) as unknown as Response,
      );
      const omi = await offline(recorder, { maxRetries: 0, timeoutMs: 1_000 });
      for (let time = 0; time < 2; time++) {
        const error: unknown = await calls[name]?.(omi).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        // What a write's answer holds is not documented, and handed on as it is.
        const asItIs = place !== "as its status" && /^(topUp|request)/.test(name);
        if (error === undefined) expect(asItIs).toBe(true);
        else expect(error).toBeInstanceOf(PartnerError);
        expect(error).not.toMatchObject({ code: "internal" });
        const wrote = recorder.sent.some(({ url }) => /\/(add|update_balance|x)$/.test(url)) && name !== "request GET";
        if (error !== undefined && wrote) expect(error).toBeInstanceOf(OutcomeUnknownError);
      }
    },
  );
});

describe("arguments that throw when they are looked at", () => {
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
    const recorder = answering(() => expect.unreachable("was sent"));
    const omi = await offline(recorder);
    const [field] = name.split(":");
    expect(faults(await rejection(call(omi), ValidationError))).toEqual([`${field}: request_invalid`]);
  });

  test("a revoked proxy as the options of connect", async () => {
    expect(faults(await rejection(connect(revoked()), ValidationError))).toEqual(["options: request_invalid"]);
  });

  test.each(["baseUrl", "token", "language", "wasm", "fetch"])(
    "a getter %s of the options of connect",
    async (name) => {
      const valid = { baseUrl: SANDBOX, token: "t" };
      const options = Object.defineProperty({ ...valid }, name, {
        get() {
          throw new Error("mine");
        },
        enumerable: true,
      });
      // What cannot be read counts as absent.
      const required = name in valid;
      const connecting = connect(options);
      if (required) expect(faults(await rejection(connecting, ValidationError))).toEqual([`${name}: request_invalid`]);
      else (await connecting).close();
    },
  );
});

describe("promises that never settle", () => {
  test("a fetch that heeds no signal, and a token function that hangs, end with the time limit", async () => {
    const deaf = () => new Promise<Response>(() => {});
    const omi = await offline({ fetch: deaf }, { maxRetries: 0, timeoutMs: 20 });
    await rejection(omi.tenants.get("a1"), TimeoutError);
    const mute = await offline({ fetch: deaf }, { token: () => new Promise<string>(() => {}), timeoutMs: 20 });
    await rejection(mute.tenants.get("a1"), TimeoutError);
    const broken = await offline({ fetch: deaf }, { token: () => revoked() });
    await rejection(broken.tenants.get("a1"), AuthenticationError);
  });
});
